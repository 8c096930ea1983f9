import json
from pathlib import Path
from typing import Any

import pytest

from cloudsim.errors.own import WorldError
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.instance import InstanceStatus
from cloudsim.resources.interface import EniStatus, EniType
from cloudsim.simulation.world.builder import World
from cloudsim.simulation.world.describe_import import UNKNOWN_TYPE
from cloudsim.simulation.world.document import read_document
from cloudsim.values.ids import InstanceId, RegionId, SecurityGroupId, VpcId, VSwitchId
from tests.simulation.world.sample import built, enis_of

ANSWERS = Path(__file__).parent / "answers"
ALL = ("vswitches.json", "vpcs.json", "enis.json", "instances.json", "groups.json")

VSW_A, VSW_B, VSW_C = (VSwitchId(f"vsw-bp1s5fnvk4gn2tws03{end}") for end in ("aaa", "bbb", "ccc"))
VPC_A, VPC_B = VpcId("vpc-bp1j7w3gc1cexjqd0aaaa"), VpcId("vpc-bp1j7w3gc1cexjqd0bbbb")
SG_A, SG_B, SG_C = (SecurityGroupId(f"sg-bp1fg655nh68xyz90{end}") for end in ("aaa", "bbb", "ccc"))
I_A, I_B = InstanceId("i-bp1e2l6djkndyuli0aaa"), InstanceId("i-bp1e2l6djkndyuli0bbb")


def imported(*names: str, account: str | None = None) -> World:
    return World().imported(*(ANSWERS / name for name in names), account=account)


def answer(name: str) -> Any:
    return json.loads((ANSWERS / name).read_text("utf-8"))


def cloud_of(folder: Path, *documents: object) -> Cloud:
    return built(World().imported(*write(folder, *documents)))


def write(folder: Path, *documents: object) -> list[Path]:
    files = [folder / f"{number}.json" for number in range(len(documents))]
    for file, document in zip(files, documents, strict=True):
        file.write_text(json.dumps(document), "utf-8")
    return files


def refusal_of(folder: Path, *documents: object) -> str:
    with pytest.raises(WorldError) as refused:
        _ = World().imported(*write(folder, *documents)).spec
    return str(refused.value).replace(str(folder) + "/", "")


def test_todays_account_is_where_a_world_begins() -> None:
    cloud = built(imported(*ALL, account="acme"))
    ((account_id, account),) = cloud.accounts.items()
    assert (account_id, account.owner_id) == ("acme", "1234567890123456")
    assert cloud.regions[RegionId("cn-hangzhou")].zones == ("cn-hangzhou-h", "cn-hangzhou-i")
    assert cloud.vpcs[VPC_A].cidrs == ("172.16.0.0/12", "10.3.0.0/16")
    assert cloud.vpcs[VPC_A].ipv6_cidr == "2408:4003:10b:6a00::/56"
    assert [vswitch.id for vswitch in cloud.vswitches.values()] == [VSW_A, VSW_B, VSW_C]
    assert cloud.vswitches[VSW_C].status == "Pending"
    assert list(cloud.instances) == [I_A, I_B]
    assert cloud.instances[I_B].status is InstanceStatus.STOPPED


def test_a_vswitch_has_as_many_free_addresses_as_the_answer_says() -> None:
    cloud = built(imported(*ALL))
    assert cloud.vswitches[VSW_A].available_count() == 227
    assert cloud.vswitches[VSW_A].taken_elsewhere == 252 - 227 - (1 + 3 + 1 + 16)
    assert cloud.vswitches[VSW_C].available_count() == 60


def test_where_answers_disagree_the_enis_are_right() -> None:
    """The answer says that vsw-b is empty, and an instance lies there."""
    vswitch = built(imported(*ALL)).vswitches[VSW_B]
    assert (vswitch.available_count(), vswitch.taken_elsewhere) == (251, 0)


def test_the_primary_eni_of_an_instance_is_the_imported_one() -> None:
    primary = built(imported(*ALL)).instances[I_A].primary
    assert (primary.id, primary.type, primary.status) == ("eni-bp14v2sdd3v8htln0aaa", EniType.PRIMARY, EniStatus.IN_USE)
    assert (primary.private_ip_addresses, primary.mac_address) == (("172.16.0.10",), "00:16:3e:12:e7:27")
    assert primary.queue_number == 4


def test_an_instance_whose_primary_eni_is_not_listed_has_one_with_its_address() -> None:
    primary = built(imported(*ALL)).instances[I_B].primary
    assert primary.private_ip_addresses == ("172.16.1.8",)
    assert primary.security_group_ids == (SG_A,)


def test_an_eni_is_as_the_answer_says() -> None:
    cloud = built(imported(*ALL))
    eni = {eni.id: eni for eni in enis_of(cloud)}["eni-bp14v2sdd3v8htln0bbb"]  # type: ignore[index]
    assert eni.private_ip_addresses == ("172.16.0.20", "172.16.0.21", "172.16.0.22")
    assert (eni.instance, eni.status, eni.type) == (I_A, EniStatus.IN_USE, EniType.SECONDARY)
    assert (eni.name, eni.description, eni.tags) == ("pods", "made by the CNI", (("creator", "terway"),))
    assert eni.security_group_ids == (SG_A, SG_B)
    assert eni.resource_group == "rg-acfmxazb4ph0aaa"
    assert eni.extras is not None
    assert eni.extras.ipv6_addresses == ("2408:4003:10b:6a01::77",)


def test_an_eni_without_a_type_is_secondary_and_a_foreign_mac_is_drawn() -> None:
    eni = enis_of(built(imported(*ALL)))[-1]
    assert (eni.id, eni.type, eni.status) == ("eni-bp14v2sdd3v8htln0ccc", EniType.SECONDARY, EniStatus.AVAILABLE)
    assert eni.extras is not None
    assert eni.extras.ipv4_prefixes == ("172.16.0.64/28",)
    assert eni.mac_address.startswith("00:16:3e:")


def test_an_eni_whose_creation_failed_and_a_classic_instance_are_left_out() -> None:
    cloud = built(imported(*ALL))
    assert len(enis_of(cloud)) == 4
    assert len(cloud.instances) == 2


def test_groups_are_listed_or_inferred_from_who_is_in_them() -> None:
    groups = built(imported(*ALL)).security_groups
    assert (groups[SG_A].vpc, groups[SG_A].places.used) == (VPC_A, 5 + 1)  # the addresses of three ENIs
    assert (groups[SG_B].vpc, groups[SG_B].places.used) == (VPC_A, 4)
    assert (groups[SG_C].vpc, groups[SG_C].region) == (None, "cn-hangzhou")


def test_vswitches_alone_are_enough() -> None:
    """VPCs have the smallest blocks that hold their vSwitches, the account its OwnerId."""
    cloud = built(imported("vswitches.json"))
    assert list(cloud.accounts) == ["1234567890123456"]
    assert cloud.vpcs[VPC_A].cidrs == ("172.16.0.0/23",)
    assert cloud.vpcs[VPC_A].ipv6_cidr == "2408:4003:10b:6a00::/56"
    assert cloud.vpcs[VPC_B].cidrs == ("192.168.3.0/26",)
    assert cloud.vswitches[VSW_A].available_count() == 227


def test_the_order_of_the_files_does_not_matter() -> None:
    forwards, backwards = imported(*ALL).spec, imported(*reversed(ALL)).spec
    assert forwards.vswitches == backwards.vswitches
    assert forwards.enis == backwards.enis
    assert forwards.regions == backwards.regions
    assert {vpc.id: vpc for vpc in forwards.vpcs} == {vpc.id: vpc for vpc in backwards.vpcs}


def test_an_instance_that_only_enis_know_has_a_type_that_limits_nothing() -> None:
    cloud = built(imported("vswitches.json", "enis.json"))
    (instance,) = cloud.instances.values()
    assert (instance.id, instance.type.name, instance.type.eni_quantity) == (I_A, UNKNOWN_TYPE, None)
    assert instance.primary.id == "eni-bp14v2sdd3v8htln0aaa"


@pytest.mark.parametrize("is_primary_first", [True, False])
def test_an_inferred_instance_has_its_primary_eni_wherever_that_stands(tmp_path: Path, is_primary_first: bool) -> None:
    page = answer("enis.json")[0]
    if not is_primary_first:
        page["NetworkInterfaceSets"]["NetworkInterfaceSet"].reverse()
    cloud = cloud_of(tmp_path, answer("vswitches.json"), page | {"TotalCount": 2})
    assert cloud.instances[I_A].primary.id == "eni-bp14v2sdd3v8htln0aaa"
    assert cloud.vswitches[VSW_A].taken_elsewhere == 252 - 227 - 4


def test_an_inferred_instance_whose_primary_eni_is_not_known_takes_an_address_beside_its_eni(tmp_path: Path) -> None:
    page = answer("enis.json")[0]
    enis = page["NetworkInterfaceSets"]["NetworkInterfaceSet"]
    enis[0] |= {"Type": "Secondary"}
    cloud = cloud_of(tmp_path, answer("vswitches.json"), page | {"TotalCount": 2})
    assert cloud.instances[I_A].primary.vswitch.id == VSW_A
    assert cloud.vswitches[VSW_A].available_count() == 227
    assert cloud.vswitches[VSW_A].taken_elsewhere == 252 - 227 - 4 - 1


@pytest.mark.parametrize(
    ("said", "instance", "status"),
    [
        ("Creating", "", EniStatus.AVAILABLE),
        ("Available", "i-stale", EniStatus.AVAILABLE),
        ("Deleting", "", EniStatus.DELETING),
        ("InUse", "", EniStatus.IN_USE),
        ("Attaching", "", EniStatus.IN_USE),
        ("Attaching", "i-1", EniStatus.ATTACHING),
        ("Detaching", "i-1", EniStatus.DETACHING),
    ],
)
def test_an_eni_is_where_in_its_life_the_answer_says(
    tmp_path: Path, said: str, instance: str, status: EniStatus
) -> None:
    item = {"NetworkInterfaceId": "eni-1", "VSwitchId": VSW_A, "PrivateIpAddress": "172.16.0.9"}
    page = enis([item | {"Status": said, "InstanceId": instance}])
    eni = enis_of(cloud_of(tmp_path, answer("vswitches.json"), page))[-1]
    assert (eni.id, eni.status, eni.instance) == ("eni-1", status, instance if instance == "i-1" else None)


def enis(items: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return {"NetworkInterfaceSets": {"NetworkInterfaceSet": items}, **more}


def vswitches(items: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return {"VSwitches": {"VSwitch": items}, **more}


def vswitch(number: int, cidr: str, **more: Any) -> dict[str, Any]:
    return {"VSwitchId": f"vsw-{number}", "VpcId": "vpc-1", "ZoneId": "ap-southeast-1a", "CidrBlock": cidr, **more}


def test_blocks_far_apart_become_a_block_of_the_vpc_and_secondary_ones(tmp_path: Path) -> None:
    cidrs = ["10.0.0.0/24", "10.9.0.0/16", "192.168.0.128/29", "192.168.0.136/29"]
    page = vswitches([vswitch(number, cidr) for number, cidr in enumerate(cidrs)])
    cloud = cloud_of(tmp_path, page)
    assert cloud.vpcs[VpcId("vpc-1")].cidrs == ("10.0.0.0/12", "192.168.0.128/28")
    assert list(cloud.regions) == ["ap-southeast-1"]


def test_blocks_are_inferred_as_large_as_the_profile_lets_a_vpc_be(tmp_path: Path) -> None:
    files = write(tmp_path, vswitches([vswitch(1, "10.0.0.0/24"), vswitch(2, "10.1.0.0/24")]))
    narrow = built(World(profile="current", limits={"vpc_prefix_min": 16}).imported(*files))
    assert narrow.vpcs[VpcId("vpc-1")].cidrs == ("10.0.0.0/24", "10.1.0.0/24")
    wider = built(World(profile="current").imported(*files))
    assert wider.vpcs[VpcId("vpc-1")].cidrs == ("10.0.0.0/15",)


def test_a_vswitch_without_a_count_has_nothing_taken_elsewhere(tmp_path: Path) -> None:
    cloud = cloud_of(tmp_path, vswitches([vswitch(1, "10.0.0.0/24")]))
    assert list(cloud.accounts) == ["imported"]
    assert cloud.vswitches[VSwitchId("vsw-1")].available_count() == 252


def test_pages_that_overlap_and_agree_are_read_once(tmp_path: Path) -> None:
    page = vswitches([vswitch(1, "10.0.0.0/24")], TotalCount=1)
    assert len(cloud_of(tmp_path, page, page).vswitches) == 1


def test_pages_with_a_next_token_have_no_total(tmp_path: Path) -> None:
    first = vswitches([vswitch(1, "10.0.0.0/24")], TotalCount=9, NextToken="caeba0bbb2be03f84eb48b699f0a4883")
    last = vswitches([vswitch(2, "10.0.1.0/24")], TotalCount=9, NextToken="")
    assert len(cloud_of(tmp_path, first, last).vswitches) == 2


def test_a_group_of_a_vpc_without_vswitches_is_in_the_only_region(tmp_path: Path) -> None:
    groups = {"SecurityGroups": {"SecurityGroup": [{"SecurityGroupId": "sg-1", "VpcId": "vpc-9"}]}}
    cloud = cloud_of(tmp_path, vswitches([vswitch(1, "10.0.0.0/24")]), groups)
    assert cloud.security_groups[SecurityGroupId("sg-1")].vpc == "vpc-9"
    assert cloud.vpcs[VpcId("vpc-9")].region == "ap-southeast-1"


def test_tables_beside_an_import_override_what_they_say_and_leave_the_rest() -> None:
    document = {
        "format": 1,
        "import": {"files": list(ALL)},
        "account": [{"id": "acme", "eni_quota": 3}],
        "vswitch": [
            {"id": VSW_A, "policy": "lowest-first", "cool_down": "5m"},
            {"id": "vsw-new", "vpc": VPC_A, "zone": "cn-hangzhou-h", "cidr": "172.16.7.0/24"},
        ],
        "eni": [{"vswitch": "vsw-new", "name": "pods"}],
        "instance_type": [{"name": "ecs.g6.large", "eni_quantity": 1}],
    }
    cloud = built(read_document(document, folder=ANSWERS))
    assert list(cloud.vswitches) == [VSW_A, "vsw-new", VSW_B, VSW_C]
    assert cloud.vswitches[VSW_A].available_count() == 227
    assert cloud.vswitches[VSW_A].pool.allocate(0) == 5  # others have the four below
    assert cloud.vswitches[VSW_A].pool.cool_ns == 300 * 10**9
    assert len(enis_of(cloud)) == 5
    assert cloud.instances[I_B].type.eni_quantity == 1
    (estate,) = cloud.estates.values()
    assert (estate.account.id, estate.account.owner_id, estate.quota.limit) == ("acme", "1234567890123456", 3)


def test_an_eni_may_lie_in_a_vswitch_that_only_the_users_tables_have(tmp_path: Path) -> None:
    item = {"NetworkInterfaceId": "eni-1", "VSwitchId": "vsw-own", "PrivateIpAddress": "10.0.9.9", "VpcId": "vpc-1"}
    files = write(tmp_path, vswitches([vswitch(1, "10.0.0.0/24")]), enis([item | {"ZoneId": "ap-southeast-1b"}]))
    world = World().imported(*files).vpc("vpc-1", cidr="10.0.0.0/8")
    (eni,) = enis_of(built(world.vswitch("vsw-own", zone="ap-southeast-1b", cidr="10.0.9.0/24")))
    assert (eni.vswitch.id, eni.vswitch.zone) == ("vsw-own", "ap-southeast-1b")


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ([1], "0.json: [0]: expected an answer, which is a JSON object"),
        ({"Zones": {}}, "0.json: it is no answer of DescribeVpcs, DescribeVSwitches, "),
        (
            [{"RequestId": "1", "Code": "Throttling", "Message": "Request was denied"}],
            "0.json: [0]: it is a refusal, Throttling: Request was denied",
        ),
        ([], "0.json: it is an empty list, without any answer"),
        ([[]], "0.json: [0]: it is an empty list, without any answer"),
        ({"VSwitches": []}, "0.json: VSwitches: expected an object with the list VSwitch"),
        ({"body": {"VSwitches": {}}}, "0.json: body.VSwitches: expected an object with the list VSwitch"),
        (
            vswitches([vswitch(1, "10.0.0.0/24"), {"VSwitchId": "vsw-2"}]),
            "0.json: VSwitches.VSwitch[1]: VpcId is missing",
        ),
        (
            vswitches([vswitch(1, "10.0.0.0/24", AvailableIpAddressCount="many")]),
            "0.json: VSwitches.VSwitch[0].AvailableIpAddressCount: expected a whole number, not text",
        ),
        (
            vswitches([vswitch(1, "10.0.0.0/24", Status="Availble")]),
            "0.json: VSwitches.VSwitch[0].Status: 'Availble' is not one of its values; did you mean 'Available'?",
        ),
        (
            vswitches([vswitch(1, "10.0.0.1/24")]),
            "0.json: VSwitches.VSwitch[0].CidrBlock: '10.0.0.1/24' is not an address block",
        ),
        (vswitches([vswitch(1, "10.0.0.0/24", ZoneId="9")]), "0.json: VSwitches.VSwitch[0].ZoneId: '9' is no zone"),
        (
            vswitches([vswitch(1, "10.0.0.0/24", Ipv6CidrBlock="x")]),
            "0.json: VSwitches.VSwitch[0].Ipv6CidrBlock: 'x' is not an address block",
        ),
        (
            vswitches([vswitch(1, "10.0.0.0/24"), vswitch(1, "10.0.1.0/24")]),
            "0.json: VSwitches.VSwitch[1]: vsw-1 is in 0.json as well, and not the same there",
        ),
        (
            vswitches([vswitch(1, "10.0.0.0/24")], TotalCount=25),
            "0.json: DescribeVSwitches has a TotalCount of 25, and 1 are here: pages are missing",
        ),
        (
            vswitches([vswitch(1, "10.0.0.0/24")], NextToken="caeba0"),
            "0.json: each page of DescribeVSwitches has a NextToken, so the last page is missing",
        ),
        (
            enis([{"NetworkInterfaceId": "eni-1", "VSwitchId": "vsw-9", "PrivateIpAddress": "10.0.0.9"}]),
            "0.json: NetworkInterfaceSets.NetworkInterfaceSet[0].VSwitchId: vSwitch 'vsw-9' is in no DescribeVSwitches",
        ),
        (
            {
                "Instances": {
                    "Instance": [{"InstanceId": "i-1", "InstanceType": "t", "VpcAttributes": {"VSwitchId": "v"}}]
                }
            },
            "0.json: Instances.Instance[0].VpcAttributes.VSwitchId: vSwitch 'v' is in no DescribeVSwitches answer",
        ),
        (
            {"Vpcs": {"Vpc": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/8"}]}},
            "0.json: Vpcs.Vpc[0]: nothing tells its region; import the vSwitches of its VPC as well",
        ),
    ],
)
def test_an_answer_that_cannot_be_used_is_refused_with_its_json_path(
    tmp_path: Path, document: object, said: str
) -> None:
    assert refusal_of(tmp_path, document).replace(f"{tmp_path}/", "").startswith(said)


def test_a_file_that_is_no_json_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "broken.json"
    file.write_text('{\n "VSwitches": }')
    with pytest.raises(WorldError, match=r"broken.json: line 2, column 15: Expecting value$"):
        _ = World().imported(file).spec
    file.write_bytes(b"\xff")
    with pytest.raises(WorldError, match=r"broken.json: it is not UTF-8 text$"):
        _ = World().imported(file).spec


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (
            {"import": {"file": "a.json"}},
            "import.file: there is no such key; did you mean 'files'?\nimport.files: it is missing",
        ),
        ({"imprt": {"files": ["a.json"]}}, "imprt: there is no such key; did you mean 'import'?"),
        ({"import": {"files": []}}, "import.files: it may not be empty"),
        ({"import": 3}, "import: expected a table, not a whole number"),
        (
            {"import": {"files": ["vswitches.json"]}, "account": [{"id": "a"}, {"id": "b"}]},
            "import.account: there are 2 accounts, so name one",
        ),
        (
            {"import": {"files": ["vswitches.json"]}, "vswitch": {"id": "v"}},
            "vswitch: expected a list of tables; write [[vswitch]]",
        ),
        (
            {"import": {"files": ["vswitches.json"]}, "account": [{"id": 7}]},
            "account[0].id: expected text, not a whole number",
        ),
        ({"import": {"files": ["vswitches.json"]}, "limits": 3}, "limits: expected a table, not a whole number"),
    ],
)
def test_an_import_that_is_misspelt_is_refused(document: dict[str, Any], said: str) -> None:
    with pytest.raises(WorldError) as refused:
        read_document({"format": 1, **document}, folder=ANSWERS)
    assert str(refused.value) == said
