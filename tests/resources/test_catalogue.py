import subprocess
import sys

import pytest

from cloudsim.errors.own import WorldError
from cloudsim.resources.catalogue import Catalogue, InstanceType


def test_a_type_says_what_its_instances_may_have() -> None:
    assert Catalogue().get("ecs.g7.xlarge") == InstanceType(
        name="ecs.g7.xlarge",
        vcpu=4,
        memory_mib=16 * 1024,
        eni_quantity=4,
        ipv4_per_eni=15,
        ipv6_per_eni=15,
        primary_queues=4,
        secondary_queues=4,
        max_queues_per_eni=4,
        total_queues=16,
        eni_total_quantity=20,
        eni_trunk_supported=True,
        source="instance families help page of 2025/26, and an answer in a test of alibaba-cloud-csi-driver",
    )


def test_a_number_that_no_page_gives_is_none() -> None:
    old = Catalogue().get("ecs.c5.large")
    assert (old.eni_quantity, old.ipv6_per_eni, old.eni_trunk_supported, old.total_queues) == (2, None, None, None)
    assert old.source == "AlibabaCloudDocs/ecs, instance families page of July 2021"


def test_half_a_gibibyte_of_memory_stays_an_integer() -> None:
    assert Catalogue().get("ecs.t6-c4m1.large").memory_mib == 512


def test_a_type_without_trunks_says_so() -> None:
    assert Catalogue().get("ecs.g6.large").eni_trunk_supported is False


def test_every_row_is_read_and_has_a_source() -> None:
    catalogue = Catalogue()
    types = [catalogue.get(name) for name in catalogue.names()]
    assert len(types) == 836
    assert sum(each.eni_quantity is not None and each.ipv4_per_eni is not None for each in types) == 800
    assert sum(each.ipv6_per_eni is not None for each in types) == 414
    assert all(each.source and each.eni_quantity is not None for each in types)


def test_names_come_in_order_and_once() -> None:
    names = Catalogue({"ecs.own.one": InstanceType(name="ecs.own.one")}).names()
    assert names == sorted(set(names))
    assert "ecs.own.one" in names


def test_the_same_type_is_the_same_object() -> None:
    catalogue = Catalogue()
    assert catalogue.get("ecs.g6.large") is catalogue.get("ecs.g6.large")


def test_a_type_of_the_world_takes_the_place_of_a_public_one() -> None:
    mine = InstanceType(name="ecs.g6.large", eni_quantity=9)
    assert Catalogue({"ecs.g6.large": mine}).get("ecs.g6.large") is mine
    assert Catalogue().get("ecs.g6.large").eni_quantity == 2


def test_a_catalogue_knows_what_it_has() -> None:
    catalogue = Catalogue({"ecs.own.one": InstanceType(name="ecs.own.one")})
    assert "ecs.own.one" in catalogue
    assert "ecs.g6.large" in catalogue
    assert "ecs.g6.larg" not in catalogue


@pytest.mark.parametrize(
    ("wrong", "advice"),
    [
        ("ecs.g7.xlrge", "did you mean 'ecs.g7.xlarge'?"),
        ("ecs.xn4.gigantic", "ecs.xn4 has the sizes small"),
        ("ecs.xn4", "ecs.xn4 has the sizes small"),
        ("ecs.gigantic", "`cloudsim catalogue` lists all, and an [[instance_type]] table adds one"),
        ("m5.metal-of-another-cloud", "`cloudsim catalogue` lists all, and an [[instance_type]] table adds one"),
    ],
)
def test_an_unknown_type_is_refused_with_a_suggestion(wrong: str, advice: str) -> None:
    with pytest.raises(WorldError) as refused:
        Catalogue().get(wrong)
    assert str(refused.value) == f"instance type {wrong!r} is not known; {advice}"


def test_importing_the_catalogue_reads_no_file() -> None:
    probe = (
        "import sys; opened = []\n"
        "sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == 'open' else None)\n"
        "import cloudsim.resources.catalogue as catalogue\n"
        "assert not [name for name in opened if name.endswith('.csv')], opened\n"
        "catalogue.Catalogue().get('ecs.g6.large')\n"
        "assert [name for name in opened if name.endswith('.csv')]\n"
    )
    subprocess.run([sys.executable, "-c", probe], check=True)
