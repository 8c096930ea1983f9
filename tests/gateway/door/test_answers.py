"""Answers of every action as clients read them: names, types, wrapped lists, the same in XML; and refusals."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from cloudsim.api.requests import ACTIONS
from cloudsim.simulation.faults import Match
from tests.gateway.door.asking import Desk, header, read_json
from tests.gateway.door.lives import Step, live

SDK: dict[str, Any] = json.loads((Path(__file__).parents[2] / "reference" / "sdk_types.json").read_text())
KINDS = {"str": (str,), "int": (int,), "bool": (bool,), "float": (int, float)}
"""Types of values; a number without a fraction is one, too."""
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?Z")
WITHOUT_MODEL = {
    *(
        "CreateVSwitchCidrReservation",
        "DeleteVSwitchCidrReservation",
        "ListVSwitchCidrReservations",
        "JoinResourceGroup",
    )
}
"""Actions of which the facts about the SDKs have nothing."""

Lived = list[tuple[Step, dict[str, str], dict[str, Any]]]


@pytest.fixture(scope="module")
def lived() -> Lived:
    return live(Desk())


def misfits(value: object, model: object, path: str) -> Iterator[str]:
    """Where an answer is not what the SDK's model of it says: names that it lacks, other types, lists not wrapped."""
    if isinstance(model, dict):
        if not isinstance(value, dict):
            yield f"{path}: an object is expected"
            return
        for name, inner in value.items():
            if name not in model:
                yield f"{path}.{name}: no client knows it"
            else:
                yield from misfits(inner, model[name], f"{path}.{name}")
    elif isinstance(model, list):
        if not isinstance(value, list):
            yield f"{path}: a list is expected"
            return
        for item in value:
            yield from misfits(item, model[0], f"{path}[]")
    elif type(value) not in KINDS[str(model)]:
        yield f"{path}: {model} is expected, not {type(value).__name__}"


def test_every_action_is_answered(lived: Lived) -> None:
    assert {step.action for step, _, _ in lived} == ACTIONS.keys()


def test_every_answer_fits_the_sdk_s_model_of_it(lived: Lived) -> None:
    found = [
        misfit
        for step, _, answer in lived
        if step.action not in WITHOUT_MODEL
        for misfit in misfits(answer, SDK[step.action]["response"], step.action)
    ]
    assert found == []


def test_no_success_has_a_code_and_every_one_a_request_id(lived: Lived) -> None:
    for _, _, answer in lived:
        assert "Code" not in answer
        assert re.fullmatch(r"[0-9A-F]{8}-[0-9A-F]{4}-4[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}", answer["RequestId"])


def test_a_free_and_bare_eni_has_all_that_clients_cannot_do_without(lived: Lived) -> None:
    (shown,) = next(
        answer["NetworkInterfaceSets"]["NetworkInterfaceSet"]
        for step, said, answer in lived
        if step.action == "DescribeNetworkInterfaces" and "NetworkInterfaceId.1" in said
    )
    assert shown["InstanceId"] == shown["Description"] == shown["NetworkInterfaceName"] == ""
    assert shown["Status"] == "Available"
    assert shown["ZoneId"] == "cn-hangzhou-h"
    assert shown["VpcId"].startswith("vpc-")
    assert shown["MacAddress"].startswith("00:16:3e:")
    assert shown["Ipv6Sets"] == {"Ipv6Set": []}
    assert shown["Ipv4PrefixSets"] == {"Ipv4PrefixSet": []}
    assert shown["Tags"] == {"Tag": []}
    assert len(shown["SecurityGroupIds"]["SecurityGroupId"]) == 1
    assert [one["Primary"] for one in shown["PrivateIpSets"]["PrivateIpSet"]] == [True]
    assert isinstance(shown["OwnerId"], str)


def test_times_have_no_fractions_of_seconds(lived: Lived) -> None:
    def times(value: object) -> Iterator[str]:
        if isinstance(value, dict):
            for name, inner in value.items():
                if "Time" in name and isinstance(inner, str) and inner:
                    yield inner
                yield from times(inner)
        elif isinstance(value, list):
            for item in value:
                yield from times(item)

    said = [time for _, _, answer in lived for time in times(answer)]
    assert len(said) > 5
    assert [time for time in said if not TIME.fullmatch(time)] == []


def test_lists_and_structs_come_in_any_order_and_with_gaps(lived: Lived) -> None:
    created = next(answer for step, _, answer in lived if step.action == "CreateNetworkInterface")
    assert created["Tags"] == {"Tag": [{"TagKey": "app", "TagValue": "shop"}, {"TagKey": "last", "TagValue": ""}]}
    assert len(created["SecurityGroupIds"]["SecurityGroupId"]) == 2


def elements(name: str, value: object) -> Iterator[ET.Element]:
    """JSON as XML, mechanically."""
    for item in value if isinstance(value, list) else [value]:
        element = ET.Element(name)
        if isinstance(item, dict):
            for inner, said in item.items():
                element.extend(elements(inner, said))
        else:
            element.text = str(item).lower() if isinstance(item, bool) else str(item)
        yield element


def canonical(element: ET.Element) -> tuple[str, str, tuple[Any, ...]]:
    return element.tag, element.text or "", tuple(map(canonical, element))


def test_every_answer_in_xml_says_the_same_as_in_json(lived: Lived) -> None:
    twin = Desk()
    for step, said, answer in lived:
        written = twin.ask(step.action, said, Format="XML")
        assert header(written.headers, "content-type") == "text/xml;charset=utf-8"
        (expected,) = elements(f"{step.action}Response", answer)
        assert canonical(ET.fromstring(written.body)) == canonical(expected), step.action  # noqa: S314  our own


def test_a_refusal_has_every_key_in_either_form() -> None:
    said = read_json(Desk().ask("DeleteNetworkInterface", NetworkInterfaceId="eni-none"))
    assert {**said, "RequestId": "", "Message": ""} == {
        "Code": "InvalidEniId.NotFound",
        "HostId": "ecs.aliyuncs.com",
        "Message": "",
        "Recommend": "https://next.api.aliyun.com/troubleshoot?q=InvalidEniId.NotFound&product=Ecs",
        "RequestId": "",
    }
    written = Desk().ask("DeleteNetworkInterface", NetworkInterfaceId="eni-none", Format="XML")
    root = ET.fromstring(written.body)  # noqa: S314
    assert (written.status, root.tag) == (404, "Error")
    assert {child.tag: child.text for child in root} == said


def test_a_refusal_of_the_vpc_api_recommends_its_product_and_names_the_host_that_was_asked() -> None:
    answer = Desk().get(
        "/?Action=DeleteVpc&Version=2016-04-28&RegionId=cn-hangzhou&VpcId=vpc-x&Format=JSON",
        ("host", "vpc.cn-hangzhou.aliyuncs.com"),
    )
    assert read_json(answer)["HostId"] == "vpc.cn-hangzhou.aliyuncs.com"
    assert read_json(answer)["Recommend"].endswith("&product=Vpc")


def test_an_unknown_eni_finds_nothing_even_where_it_is_called_none() -> None:
    found = Desk().made("DescribeNetworkInterfaces", NetworkInterfaceId__1="None", Format="None")
    assert (found["TotalCount"], found["NetworkInterfaceSets"]) == (0, {"NetworkInterfaceSet": []})


def test_a_throttled_client_is_told_when_to_come_again() -> None:
    desk = Desk()
    desk.simulation.faults.throttle(Match(times=1))
    answer = desk.ask("DescribeRegions")
    assert answer.status == 400
    assert read_json(answer)["Code"].startswith("Throttling")
    assert header(answer.headers, "x-acs-retry-after") == "1000"
    assert header(desk.ask("DescribeRegions").headers, "x-acs-retry-after") is None
