"""Flat parameters read into requests and written from them."""

import csv
import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cloudsim.api.params import COMMON, PARAMETERS, from_parameters, to_parameters
from cloudsim.api.requests import (
    ACTIONS,
    ConnectionTracking,
    CreateNetworkInterface,
    DescribeInstances,
    DescribeInstanceTypes,
    InstanceInterface,
    Request,
    RunInstances,
    Tag,
    TrafficConfig,
)
from cloudsim.errors.parameters import InvalidAction, InvalidParameter
from tests.api.asking import any_request

FACTS = Path(__file__).parents[1] / "reference"
GOLDEN = Path(__file__).parent / "golden"
KINDS = {"String": str, "RepeatList": str, "Integer": int}


def documented() -> list[dict[str, str]]:
    with (FACTS / "create_parameters.csv").open(newline="") as rows:
        return list(csv.DictReader(rows))


def create(**flat: str) -> CreateNetworkInterface:
    """Read a create; double underscores stand for dots."""
    parsed = from_parameters("CreateNetworkInterface", {name.replace("__", "."): text for name, text in flat.items()})
    assert isinstance(parsed.request, CreateNetworkInterface)
    return parsed.request


def unknown(*names: str) -> tuple[str, ...]:
    return from_parameters("CreateNetworkInterface", dict.fromkeys(names, "1")).unknown


def test_the_reference_has_15_parameters() -> None:
    assert len(documented()) == 15


@pytest.mark.parametrize("row", documented(), ids=lambda row: row["parameter"])
def test_every_parameter_of_the_reference_is_a_field_of_the_request(row: dict[str, str]) -> None:
    name = row["parameter"]
    if name == "Action":
        assert name in COMMON
        return
    parameter = PARAMETERS["CreateNetworkInterface"][name]
    assert parameter.field in CreateNetworkInterface.__struct_fields__
    assert parameter.kind is KINDS[row["type"]]
    said = from_parameters("CreateNetworkInterface", {name.replace(".N", ".1"): "7"})
    assert said.unknown == ()
    assert getattr(said.request, parameter.field) is not None


def sdk_parameters(types: dict[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    """The SDK's model of a request as documented names with their types."""
    found: list[tuple[str, str]] = []
    for name, kind in types.items():
        inner, path = (kind[0], f"{prefix}{name}.N") if isinstance(kind, list) else (kind, f"{prefix}{name}")
        found += sdk_parameters(inner, f"{path}.") if isinstance(inner, dict) else [(path, inner)]
    return found


SDK: dict[str, Any] = json.loads((FACTS / "sdk_types.json").read_text())


@pytest.mark.parametrize("action", list(SDK))
def test_every_parameter_of_the_current_sdk_is_known_with_its_type_or_without_effect(action: str) -> None:
    idle = ACTIONS[action].without_effect
    documented = {name: kind for name, kind in sdk_parameters(SDK[action]["request"]) if name not in COMMON}
    known = {name: parameter.kind.__name__ for name, parameter in PARAMETERS[action].items()}
    assert {name: kind for name, kind in documented.items() if name.partition(".")[0] not in idle} == {
        name: kind for name, kind in known.items() if name in documented or name != "RegionId"
    }
    assert set(idle) <= {name.partition(".")[0] for name in documented}


def test_actions_that_the_sdk_s_facts_lack_are_these() -> None:
    reservations = {f"{verb}VSwitchCidrReservation" for verb in ("Create", "Delete")}
    assert ACTIONS.keys() - SDK.keys() == reservations | {"ListVSwitchCidrReservations", "JoinResourceGroup"}
    assert SDK.keys() <= ACTIONS.keys()


def test_the_reference_s_sample_request_is_read_whole() -> None:
    sample = urlsplit("".join((GOLDEN / "create_request.txt").read_text().split("\n")))
    parsed = from_parameters("CreateNetworkInterface", dict(parse_qsl(sample.query)))
    assert parsed.unknown == ()
    assert parsed.request == CreateNetworkInterface(
        region_id="cn-hangzhou",
        vswitch_id="vsw-bp1s5fnvk4gn2tws030a1",
        security_group_ids=("sg-bp1fg655nh68xyz9i0a1", "sg-bp67acfmxazb4ph0a1b2"),
        tags=(Tag(key="TestKey", value="TestValue"),),
        resource_group_id="rg-bp67acfmxazb4ph0a1b2",
        primary_ip_address="172.17.0.49",
        network_interface_name="testNetworkInterfaceName",
        description="testDescription",
        client_token="123e4567-e89b-12d3-a456-426655440000",
    )


@given(request=any_request(st.text(min_size=1), is_sayable=True))
@example(request=CreateNetworkInterface(tags=(Tag(key="", value=""), Tag(key="k"), Tag(value=""))))
@example(request=RunInstances(network_interfaces=(InstanceInterface(security_group_ids=("sg-1", "sg-2")),) * 11))
@example(request=DescribeInstances(instance_ids=()))
@example(request=CreateNetworkInterface(private_ip_addresses=tuple(f"10.0.0.{number}" for number in range(12))))
def test_what_is_written_is_read_back_the_same(request: Request) -> None:
    flat = to_parameters(request)
    assert all(isinstance(text, str) for text in flat.values())
    assert from_parameters(request.action, flat) == (request, (), ())


def test_a_written_request_names_its_action_and_version() -> None:
    assert to_parameters(CreateNetworkInterface(queue_number=7, visible=False)) == {
        "Action": "CreateNetworkInterface",
        "Version": "2014-05-26",
        "QueueNumber": "7",
        "Visible": "false",
    }


def test_what_is_empty_is_not_written() -> None:
    request = CreateNetworkInterface(description="", private_ip_addresses=(), ipv6_addresses=("",))
    assert set(to_parameters(request)) == {"Action", "Version"}


def test_lists_are_ordered_by_number_with_gaps() -> None:
    flat = {f"PrivateIpAddress__{number}": f"10.0.0.{number}" for number in (10, 2, 9, 1, 100)}
    assert create(**flat).private_ip_addresses == ("10.0.0.1", "10.0.0.2", "10.0.0.9", "10.0.0.10", "10.0.0.100")


def test_parts_of_tags_come_together_by_number() -> None:
    request = create(Tag__2__Value="two", Tag__10__Key="ten", Tag__2__Key="2", Tag__9__Value="")
    assert request.tags == (Tag(key="2", value="two"), Tag(value=""), Tag(key="ten"))


def test_parts_of_structures_come_together() -> None:
    request = create(
        ConnectionTrackingConfiguration__UdpTimeout="30",
        NetworkInterfaceTrafficConfig__NetworkInterfaceTrafficMode="Standard",
        NetworkInterfaceTrafficConfig__QueueNumber="8",
    )
    assert request.connection_tracking_configuration == ConnectionTracking(udp_timeout=30)
    assert request.network_interface_traffic_config == TrafficConfig(
        network_interface_traffic_mode="Standard", queue_number=8
    )


def test_a_blank_value_is_not_given_but_in_tags() -> None:
    request = create(VSwitchId="", QueueNumber="", Visible="", SecurityGroupIds__1="", Tag__1__Key="")
    assert request == CreateNetworkInterface(tags=(Tag(key=""),))


@pytest.mark.parametrize(("text", "truth"), [("true", True), ("True", True), ("FALSE", False), ("false", False)])
def test_a_boolean_is_read_in_any_case(text: str, truth: bool) -> None:
    assert create(DeleteOnRelease=text).delete_on_release is truth


@pytest.mark.parametrize("text", ["1", "yes", " true"])
def test_a_boolean_that_is_none_is_refused_by_its_name(text: str) -> None:
    with pytest.raises(InvalidParameter) as refused:
        create(DeleteOnRelease=text)
    assert refused.value.message == (
        f'The specified parameter "DeleteOnRelease" is not valid: "{text}" is neither true nor false.'
    )


@pytest.mark.parametrize(("text", "number"), [("7", 7), ("007", 7), ("-1", -1), ("0", 0)])
def test_an_integer_is_read(text: str, number: int) -> None:
    assert create(QueueNumber=text).queue_number == number


@pytest.mark.parametrize("text", ["x", "1.0", " 1", "1_000", "+1", "\N{FULLWIDTH DIGIT ONE}", "9" * 5000])
def test_an_integer_that_is_none_is_refused_by_its_name(text: str) -> None:
    with pytest.raises(InvalidParameter) as refused:
        create(QueueNumber=text)
    assert '"QueueNumber"' in refused.value.message
    assert "is no integer of at most 18 digits" in refused.value.message
    assert len(refused.value.message) < 600


def read(action: str, **flat: str) -> Request:
    """Read any request; double underscores stand for dots."""
    return from_parameters(action, {name.replace("__", "."): text for name, text in flat.items()}).request


def test_lists_nest_each_ordered_by_its_own_numbers() -> None:
    assert read(
        "RunInstances",
        NetworkInterface__3__SecurityGroupIds__2="sg-b",
        NetworkInterface__3__SecurityGroupIds__1="sg-a",
        NetworkInterface__10__VSwitchId="vsw-2",
        NetworkInterface__10__Ipv6Address__7="::1",
    ) == RunInstances(
        network_interfaces=(
            InstanceInterface(security_group_ids=("sg-a", "sg-b")),
            InstanceInterface(vswitch_id="vsw-2", ipv6_addresses=("::1",)),
        )
    )


@pytest.mark.parametrize(
    "name",
    [
        *("NetworkInterface.SecurityGroupIds.1", "NetworkInterface.1.SecurityGroupIds"),
        *("NetworkInterface.N.SecurityGroupIds.1", "NetworkInterface.1.SecurityGroupIds.N", "InstanceName.1"),
    ],
)
def test_a_number_too_few_or_too_many_makes_a_name_unknown(name: str) -> None:
    assert from_parameters("RunInstances", {name: "1"}).unknown == (name,)


def test_a_json_list_is_one_text_and_may_be_empty() -> None:
    assert read("DescribeInstances", InstanceIds='["i-1", "i-2"]') == DescribeInstances(instance_ids=("i-1", "i-2"))
    assert read("DescribeInstances", InstanceIds="[]") == DescribeInstances(instance_ids=())
    assert read("DescribeInstances", InstanceIds="") == DescribeInstances()
    assert to_parameters(DescribeInstances(instance_ids=()))["InstanceIds"] == "[]"


@pytest.mark.parametrize("text", ["i-1", '"i-1"', "[1]", '["i-1"', "{}", "null", "[" * 4000])
def test_a_json_list_that_is_none_is_refused_by_its_name(text: str) -> None:
    with pytest.raises(InvalidParameter, match=r'"InstanceIds" is not valid: .* is no JSON array of texts'):
        read("DescribeInstances", InstanceIds=text)


@pytest.mark.parametrize(("text", "number"), [("7", 7.0), ("0.5", 0.5), ("-1.25", -1.25)])
def test_a_decimal_number_is_read(text: str, number: float) -> None:
    assert read("DescribeInstanceTypes", MinimumMemorySize=text) == DescribeInstanceTypes(minimum_memory_size=number)


@pytest.mark.parametrize("text", ["x", "1e3", ".5", "1.", "nan", "inf", "9" * 16])
def test_a_decimal_number_that_is_none_is_refused_by_its_name(text: str) -> None:
    with pytest.raises(InvalidParameter, match=r'"MinimumMemorySize" is not valid: .* is no number'):
        read("DescribeInstanceTypes", MinimumMemorySize=text)


def test_documented_names_without_effect_are_told_apart_from_unknown_ones() -> None:
    flat = {"HttpEndpoint": "enabled", "DataDisk.1.Size": "20", "Nonsense": "1"}
    assert from_parameters("RunInstances", flat)[1:] == (("Nonsense",), ("DataDisk.1.Size", "HttpEndpoint"))


def test_names_that_the_action_does_not_know_are_returned_sorted_and_not_refused() -> None:
    assert unknown("on", "DryRun", "VSwitchId") == ("DryRun", "on")


@pytest.mark.parametrize(
    "name",
    [
        *("vswitchid", "SecurityGroupId.1", "SecurityGroupIds", "SecurityGroupIds.N", "SecurityGroupIds.0"),
        *("SecurityGroupIds.01", "SecurityGroupIds.1.2", "SecurityGroupIds.10000", "SecurityGroupIds.-1"),
        *("Tag", "Tag.1", "Tag.1.key", "Tag.Key", "Tag.N.Key", "Tag.1.Key.1", "NetworkInterfaceTrafficConfig", ""),
    ],
)
def test_a_name_that_is_nearly_right_is_unknown(name: str) -> None:
    assert unknown(name) == (name,)


def test_common_parameters_are_set_aside() -> None:
    assert unknown(*COMMON) == ()


def test_an_unknown_action_is_refused() -> None:
    with pytest.raises(InvalidAction, match="MakeNetworkInterface"):
        from_parameters("MakeNetworkInterface", {})


NAMES = st.sampled_from(
    [name.replace(".N", f".{number}") for number in (1, 2, 10) for name in PARAMETERS["CreateNetworkInterface"]]
)


@given(flat=st.dictionaries(st.text() | NAMES, st.text() | st.sampled_from(["", "true", "7"])))
def test_any_parameters_at_all_are_read_or_refused(flat: dict[str, str]) -> None:
    try:
        parsed = from_parameters("CreateNetworkInterface", flat)
    except InvalidParameter as error:
        refused_name = error.facts["parameter"]
    else:
        assert set(parsed.unknown) <= set(flat)
        return
    assert refused_name in flat
