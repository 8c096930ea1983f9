"""Answers and refusals on the wire."""

import csv
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudsim.api.render import error_to_json, error_to_xml, to_json, to_wire, to_xml
from cloudsim.api.responses import (
    AssociatedPublicIp,
    Attachment,
    CreateNetworkInterfaceResponse,
    DeleteNetworkInterfaceResponse,
    DescribeNetworkInterfacesResponse,
    NetworkInterfaceSet,
    Response,
)
from cloudsim.errors.network import InvalidVSwitchIdNotFound

FACTS = Path(__file__).parents[1] / "reference"
GOLDEN = Path(__file__).parent / "golden"

INTERFACE: dict[str, Any] = {
    "network_interface_id": "eni-bp1bighqoqowq73yw91r",
    "network_interface_name": "my-eni-name",
    "description": "testDescription",
    "status": "Available",
    "type": "Secondary",
    "owner_id": "1234560001",
    "vpc_id": "vpc-bp1j7w3gc1cexjqd0a1b",
    "vswitch_id": "vsw-bp16usj2p27htro30a1b",
    "zone_id": "cn-hangzhou-e",
    "mac_address": "00:16:3e:12:0a:1b",
    "private_ip_addresses": ("172.17.0.49",),
    "security_group_ids": ("sg-bp18kz60mefsicfg0a1b",),
    "resource_group_id": "rg-2ze88m67qx5z0a1b",
}
SAMPLE = CreateNetworkInterfaceResponse(request_id="0910A187-1002-4488-9FE5-EF770D142B73", **INTERFACE)
EVERYTHING: dict[str, Any] = {
    **INTERFACE,
    "private_ip_addresses": ("172.17.0.49", "172.17.0.50"),
    "ipv6_addresses": ("2001:db8::1",),
    "ipv4_prefixes": ("172.17.0.64/28",),
    "ipv6_prefixes": ("2001:db8:0:0:1::/80",),
    "tags": (("app", "shop"), ("empty", "")),
}
DESCRIBED = DescribeNetworkInterfacesResponse(
    request_id="473469C7-AA6F-4DC5-B3DB-A3DC0DE3C83E",
    total_count=2,
    page_number=1,
    page_size=10,
    network_interface_sets=(
        NetworkInterfaceSet(creation_time="2026-01-01T00:00:00Z", **INTERFACE),
        NetworkInterfaceSet(
            creation_time="2026-01-01T00:00:01Z",
            instance_id="i-bp1",
            queue_number=2,
            queue_pair_number=4,
            delete_on_release=True,
            attachment=Attachment(
                instance_id="i-bp1", device_index=1, network_card_index=0, trunk_network_interface_id="eni-bp1"
            ),
            associated_public_ip=AssociatedPublicIp(allocation_id="eip-1", public_ip_address="203.0.113.1"),
            **EVERYTHING,
        ),
    ),
)
DELETED = DeleteNetworkInterfaceResponse(request_id="473469C7-AA6F-4DC5-B3DB-A3DC0DE3C83E")
ANSWERS: list[Response] = [
    SAMPLE,
    CreateNetworkInterfaceResponse(request_id="0910A187-1002-4488-9FE5-EF770D142B73", **EVERYTHING),
    DELETED,
    DESCRIBED,
]


def at(wire: dict[str, Any], path: str) -> Any:
    """What lies at a dotted path; of a list, in its first item."""
    found: Any = wire
    for name in path.split("."):
        found = found[0][name] if isinstance(found, list) else found[name]
    return found


def test_the_json_sample_of_the_reference_is_in_the_rendering() -> None:
    sample = json.loads((GOLDEN / "sample_answer.json").read_text())
    rendered = json.loads(to_json(SAMPLE))
    assert {name: rendered[name] for name in sample} == sample


def test_the_xml_sample_of_the_reference_is_in_the_rendering() -> None:
    sample = ET.parse(GOLDEN / "sample_answer.xml").getroot()  # noqa: S314  our own file
    rendered = ET.fromstring(to_xml(SAMPLE))  # noqa: S314  our own text
    assert rendered.tag == sample.tag
    for leaf in leaves(sample):
        assert leaf in leaves(rendered)


def leaves(element: ET.Element, path: str = "") -> list[tuple[str, str]]:
    here = f"{path}/{element.tag}"
    if len(element) == 0:
        return [(here, (element.text or "").strip())]
    return [leaf for child in element for leaf in leaves(child, here)]


@pytest.mark.parametrize(
    ("answer", "name"),
    [(ANSWERS[0], "create"), (ANSWERS[1], "create_everything"), (DELETED, "delete"), (DESCRIBED, "describe")],
    ids=["create", "create_everything", "delete", "describe"],
)
def test_an_answer_is_rendered_letter_by_letter(answer: Response, name: str) -> None:
    assert to_json(answer) + b"\n" == (GOLDEN / f"rendered_{name}.json").read_bytes()
    assert to_xml(answer) + b"\n" == (GOLDEN / f"rendered_{name}.xml").read_bytes()


WIRE_TYPES = {"String": str, "Boolean": bool, "Long": int, "Array": list}


def test_every_response_field_of_the_reference_is_rendered_with_its_type() -> None:
    wire = to_wire(ANSWERS[1])
    with (FACTS / "create_response_fields.csv").open(newline="") as rows:
        documented = list(csv.DictReader(rows))
    assert len(documented) == 22
    for row in documented:
        assert type(at(wire, row["field"])) is WIRE_TYPES[row["type"]]


def paths(types: Any, prefix: str = "") -> list[tuple[str, str]]:
    """Leaves of a wire form, or of the SDK's model of one, with the names of their types."""
    if isinstance(types, dict):
        return [leaf for name, inner in types.items() for leaf in paths(inner, f"{prefix}.{name}".lstrip("."))]
    if isinstance(types, list):
        return [leaf for inner in types for leaf in paths(inner, prefix)]
    return [(prefix, types if types in {"str", "int", "bool"} else type(types).__name__)]


NOT_IN_THIS_CLOUD = {
    "AssociatedPublicIp.AllocationId",
    "AssociatedPublicIp.PublicIpAddress",
    "PrivateDnsName",
}
"""What the SDK's model has for a private address of a description: public addresses and private names."""


@pytest.mark.parametrize("answer", [ANSWERS[1], DELETED, DESCRIBED], ids=["create", "delete", "describe"])
def test_the_current_sdk_finds_every_field_with_its_type(answer: Response) -> None:
    types = json.loads((FACTS / "sdk_types.json").read_text())[answer.action]["response"]
    inner = "NetworkInterfaceSets.NetworkInterfaceSet.PrivateIpSets.PrivateIpSet."
    assert set(paths(to_wire(answer))) == {
        (path, kind) for path, kind in paths(types) if path.removeprefix(inner) not in NOT_IN_THIS_CLOUD
    }


def test_empty_lists_and_texts_are_there() -> None:
    wire = to_wire(
        CreateNetworkInterfaceResponse(
            request_id="R", **{**INTERFACE, "network_interface_name": "", "description": "", "resource_group_id": ""}
        )
    )
    assert wire["Ipv6Sets"] == {"Ipv6Set": []}
    assert wire["Ipv4PrefixSets"] == {"Ipv4PrefixSet": []}
    assert wire["Ipv6PrefixSets"] == {"Ipv6PrefixSet": []}
    assert wire["Tags"] == {"Tag": []}
    assert wire["NetworkInterfaceName"] == wire["Description"] == wire["ResourceGroupId"] == ""


def test_a_free_interface_has_an_empty_instance_and_attachment() -> None:
    free = to_wire(DESCRIBED)["NetworkInterfaceSets"]["NetworkInterfaceSet"][0]
    assert free["InstanceId"] == ""
    assert free["Attachment"] == free["AssociatedPublicIp"] == {}
    assert "QueueNumber" not in free


def test_no_success_has_a_code() -> None:
    assert all("Code" not in to_wire(answer) for answer in ANSWERS)


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer.action)
def test_the_xml_form_says_what_the_json_form_says(answer: Response) -> None:
    root = ET.fromstring(to_xml(answer))  # noqa: S314  our own text
    assert root.tag == f"{answer.action}Response"
    assert sorted(leaves(root)) == sorted(xml_leaves(f"/{root.tag}", to_wire(answer)))


def xml_leaves(path: str, value: Any) -> list[tuple[str, str]]:
    """The leaves that the mechanical XML form of a JSON value has."""
    if isinstance(value, dict):
        children = [
            leaf
            for name, inner in value.items()
            for item in (inner if isinstance(inner, list) else [inner])
            for leaf in xml_leaves(f"{path}/{name}", item)
        ]
        return children or [(path, "")]
    return [(path, str(value).lower() if isinstance(value, bool) else str(value))]


@given(description=st.text())
def test_any_description_comes_through(description: str) -> None:
    answer = CreateNetworkInterfaceResponse(request_id="R", **{**INTERFACE, "description": description})
    assert json.loads(to_json(answer))["Description"] == description
    told = ET.fromstring(to_xml(answer)).findtext("Description")  # noqa: S314  our own text
    assert told is not None
    if description.isprintable():
        assert told == description
    assert len(told) <= len(description)


def test_what_xml_cannot_carry_is_replaced() -> None:
    answer = CreateNetworkInterfaceResponse(request_id="R", **{**INTERFACE, "description": "a\0b\x1bc\ufffe<&>"})
    told = ET.fromstring(to_xml(answer)).findtext("Description")  # noqa: S314  our own text
    assert told == "a\ufffdb\ufffdc\ufffd<&>"


REFUSED = InvalidVSwitchIdNotFound(vswitch='vsw-"<1>"')
ENVELOPE = {
    "Code": "InvalidVSwitchId.NotFound",
    "HostId": "ecs.cn-hangzhou.aliyuncs.com",
    "Message": 'The specified VSwitchId "vsw-"<1>"" is not found.',
    "Recommend": "https://next.api.aliyun.com/troubleshoot?q=InvalidVSwitchId.NotFound&product=Ecs",
    "RequestId": "473469C7-AA6F-4DC5-B3DB-A3DC0DE3C83E",
}


def test_a_refusal_as_json_has_the_five_documented_names() -> None:
    told = error_to_json(REFUSED, request_id=ENVELOPE["RequestId"], host_id=ENVELOPE["HostId"])
    assert json.loads(told) == ENVELOPE


def test_a_refusal_as_xml_has_the_same() -> None:
    told = error_to_xml(REFUSED, request_id=ENVELOPE["RequestId"], host_id=ENVELOPE["HostId"])
    root = ET.fromstring(told)  # noqa: S314  our own text
    assert root.tag == "Error"
    assert {child.tag: child.text for child in root} == ENVELOPE


def test_an_answer_tells_people_the_documented_shapes_too() -> None:
    answer = CreateNetworkInterfaceResponse(request_id="R", **EVERYTHING)
    assert answer.private_ip_address == "172.17.0.49"
    assert [(item.private_ip_address, item.primary) for item in answer.private_ip_sets] == [
        ("172.17.0.49", True),
        ("172.17.0.50", False),
    ]
    assert [(item.ipv6_address, item.primary) for item in answer.ipv6_sets] == [("2001:db8::1", False)]
    assert [item.ipv4_prefix for item in answer.ipv4_prefix_sets] == ["172.17.0.64/28"]
    assert [item.ipv6_prefix for item in answer.ipv6_prefix_sets] == ["2001:db8:0:0:1::/80"]
    assert [(item.tag_key, item.tag_value) for item in answer.tag_pairs] == [("app", "shop"), ("empty", "")]
