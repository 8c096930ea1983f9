"""The indexes of ENIs: they find whatever a walk over all ENIs would find, whatever has happened."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudsim.resources.cloud import Cloud
from cloudsim.resources.estate import Estate
from cloudsim.resources.interface import EniEvent, EniExtras, EniStatus, NetworkInterface
from cloudsim.resources.interface_index import By, InterfaceIndex, tag_value
from tests.small_world import REGION, Watched, a_delete, small


def peopled(*, enis: int = 4, watch: bool = True) -> Watched:
    """Two vSwitches, an instance, and ENIs with names, tags and groups of two kinds."""
    world = small(profile="current").vswitch("vsw-b", cidr="10.0.1.0/24").security_group("sg-b")
    sim = Watched(world.instance("i-1", type="ecs.g7.xlarge", vswitch="vsw-a"), watch=watch)
    for number in range(enis):
        sim.make(vswitch_id=("vsw-a", "vsw-b")[number % 2], security_group_id=("sg-main", "sg-b")[number % 2])
    return sim


def estate_of(sim: Watched) -> Estate:
    (estate,) = sim.cloud.estates.values()
    return estate


def found(sim: Watched, by: By, value: str) -> list[NetworkInterface]:
    return list(estate_of(sim).index.shelf(by, value))


def use_all(index: InterfaceIndex) -> None:
    for by in By:
        index.shelf(by, "")


Naive = Callable[[NetworkInterface], list[str]]

NAIVE: dict[By, Naive] = {
    By.ALL: lambda _: [""],
    By.VSWITCH: lambda eni: [eni.vswitch.id],
    By.VPC: lambda _: ["vpc-main"],
    By.INSTANCE: lambda eni: [eni.instance] if eni.instance else [],
    By.GROUP: lambda eni: list(eni.security_group_ids) if eni.type != "Primary" else [],
    By.TAG_KEY: lambda eni: [key for key, _ in eni.tags],
    By.TAG: lambda eni: [tag_value(key, value) for key, value in eni.tags],
    By.STATUS: lambda eni: [str(eni.status)],
    By.TYPE: lambda eni: [str(eni.type)],
    By.NAME: lambda eni: [eni.name] if eni.name else [],
    By.RESOURCE_GROUP: lambda eni: [eni.resource_group],
    By.PRIMARY_ADDRESS: lambda eni: [eni.private_ip_addresses[0]],
    By.ADDRESS: lambda eni: list(eni.private_ip_addresses),
    By.IPV6_ADDRESS: lambda eni: list(eni.extras.ipv6_addresses) if eni.extras else [],
}


def agrees(sim: Watched) -> None:
    """Hold every index against a walk."""
    index = estate_of(sim).index
    for by, values_of in NAIVE.items():
        for value in sorted({value for eni in sim.enis for value in values_of(eni)} | {"nobody's"}):
            assert list(index.shelf(by, value)) == [eni for eni in sim.enis if value in values_of(eni)]
    index.check()


CHANGES: dict[str, Callable[[NetworkInterface], object]] = {
    "name": lambda eni: setattr(eni, "name", f"{eni.name}x"),
    "no name": lambda eni: setattr(eni, "name", ""),
    "tags": lambda eni: setattr(eni, "tags", (("team", "net"), ("team\n3", "x"))),
    "one tag less": lambda eni: setattr(eni, "tags", eni.tags[:1]),
    "groups": lambda eni: setattr(eni, "security_group_ids", eni.security_group_ids[::-1]),
    "ipv6": lambda eni: setattr(eni, "extras", EniExtras(ipv6_addresses=("2001:db8:0:1::7",))),
    "no extras": lambda eni: setattr(eni, "extras", None),
    "nothing": lambda _: None,
}


@given(
    begun=st.lists(st.sampled_from(By), unique=True),
    steps=st.lists(
        st.tuples(st.sampled_from([*CHANGES, "create", "delete", "attach", "attached"]), st.integers(0, 9)), max_size=12
    ),
)
def test_indexes_find_what_a_walk_finds_whenever_they_were_made(begun: list[By], steps: list[tuple[str, int]]) -> None:
    sim = peopled(watch=False)
    for by in begun:
        estate_of(sim).index.shelf(by, "")
    for step, number in steps:
        if step == "create":
            sim.make(network_interface_name="web")
            continue
        eni = sim.enis[number % len(sim.enis)]
        change(sim.cloud, eni, step)
    agrees(sim)


def change(cloud: Cloud, eni: NetworkInterface, step: str) -> None:
    if step in CHANGES:
        with cloud.changing(eni) as changed:
            CHANGES[step](changed)
    elif step == "delete" and eni.status is EniStatus.AVAILABLE:
        with cloud.changing(eni):
            eni.extras = None  # its address was never leased
        for event in (EniEvent.DELETE, EniEvent.DELETED):
            cloud.advance(eni, event)
        cloud.remove_interface(eni)
    elif step == "attach" and eni.status is EniStatus.AVAILABLE:
        cloud.advance(eni, EniEvent.ATTACH)
    elif step == "attached" and eni.status is EniStatus.ATTACHING:
        cloud.advance(eni, EniEvent.ATTACHED)


def test_an_index_is_made_when_it_is_first_asked_for_and_kept_up_from_then_on() -> None:
    sim = peopled(enis=2)
    assert len(found(sim, By.VSWITCH, "vsw-a")) == 2, "the primary one is among them"
    sim.make()
    assert len(found(sim, By.VSWITCH, "vsw-a")) == 3
    sim.ask(a_delete(sim.enis[-1].id))
    assert len(found(sim, By.VSWITCH, "vsw-a")) == 2


def test_a_group_finds_secondary_enis_only() -> None:
    sim = peopled(enis=2)
    assert [eni.id for eni in found(sim, By.GROUP, "sg-main")] == [sim.enis[1].id]


def test_an_eni_that_says_a_value_twice_is_found_once() -> None:
    sim = peopled(enis=1)
    eni = sim.enis[-1]
    estate_of(sim).index.shelf(By.TAG_KEY, "")
    with sim.cloud.changing(eni):
        eni.tags = (("team", "a"), ("team", "b"))
    assert found(sim, By.TAG_KEY, "team") == [eni]
    estate_of(sim).index.remove(eni)
    assert found(sim, By.TAG_KEY, "team") == []


def test_a_tag_is_told_from_another_that_reads_alike_when_joined() -> None:
    assert len({tag_value("a", "b\nc"), tag_value("a\nb", "c"), tag_value("a\nb\nc", "")}) == 3


def test_what_only_changes_its_order_stays_where_it_is() -> None:
    sim = peopled(enis=0)
    sim.make(security_group_id=None, security_group_ids=("sg-main", "sg-b"))
    eni = sim.enis[-1]
    before = found(sim, By.GROUP, "sg-b")
    with sim.cloud.changing(eni):
        eni.security_group_ids = eni.security_group_ids[::-1]
    assert found(sim, By.GROUP, "sg-b") == before == [eni]


def test_another_region_s_estate_has_indexes_of_its_own() -> None:
    sim = peopled()
    use_all(estate_of(sim).index)
    assert sim.interfaces(account="acme", region=REGION) == found(sim, By.ALL, "")


def test_an_index_that_was_passed_by_is_found_out() -> None:
    sim = peopled()
    use_all(estate_of(sim).index)
    sim.enis[-1].name = "other"
    with pytest.raises(AssertionError, match="the index of ENIs by name is not what the ENIs say"):
        estate_of(sim).index.check()
