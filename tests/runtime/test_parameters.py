"""Typed parameters: exactly those of the requests, a little wider in form, and nothing wrong gets through."""

import inspect
from typing import Any, get_type_hints

import msgspec
import pytest

from cloudsim.api.requests import (
    ACTIONS,
    ConnectionTracking,
    CreateNetworkInterface,
    DescribeInstances,
    DescribeInstanceTypes,
    DescribeNetworkInterfaces,
    InstanceInterface,
    ListTagResources,
    Request,
    RunInstances,
    Tag,
    TagFilter,
    TrafficConfig,
)
from cloudsim.api.troubles import SetInstanceStatus
from cloudsim.errors.own import RequestTimeout, SettingError
from cloudsim.errors.quota import MaxEniCountExceeded
from cloudsim.errors.service import InternalError
from cloudsim.runtime import parameters as typed
from cloudsim.runtime.client import Client
from cloudsim.runtime.making import check_request, make_request, method_of
from cloudsim.runtime.retry import Retry, TokenUse

EACH = pytest.mark.parametrize("request_", ACTIONS.values(), ids=ACTIONS)


def table_of(request: type[Request]) -> Any:
    """The typed parameters of an action's method."""
    return getattr(typed, f"{request.action}Parameters")


@EACH
def test_each_action_has_its_method_with_its_parameters_and_its_answer(request_: type[Request]) -> None:
    method = getattr(Client, method_of(request_.action))
    assert inspect.iscoroutinefunction(method)
    assert (method.__doc__ or "").endswith(".")
    signature = inspect.signature(method)
    assert signature.return_annotation == f"{request_.action}Response"
    assert signature.parameters["parameters"].annotation == f"Unpack[{table_of(request_).__name__}]"


def test_a_method_is_named_as_its_action_in_snake_case() -> None:
    assert method_of("CreateVSwitch") == "create_vswitch"
    assert method_of("DescribeVSwitches") == "describe_vswitches"
    assert method_of("CreateVSwitchCidrReservation") == "create_vswitch_cidr_reservation"
    assert method_of("AssignIpv6Addresses") == "assign_ipv6_addresses"


@EACH
def test_what_a_client_s_method_takes_is_what_its_request_has(request_: type[Request]) -> None:
    parameters = table_of(request_)
    assert set(parameters.__annotations__) == set(request_.__struct_fields__)
    assert not parameters.__total__


@EACH
def test_scalars_have_one_type_in_both(request_: type[Request]) -> None:
    theirs, ours = get_type_hints(request_), get_type_hints(table_of(request_))
    for name, kind in ours.items():
        if kind in (str, int, float, bool):
            assert theirs[name] == kind | None, name


def test_the_first_table_has_its_old_name_too() -> None:
    assert typed.CreateParameters is typed.CreateNetworkInterfaceParameters


def test_what_is_right_becomes_a_request() -> None:
    made = make_request(
        CreateNetworkInterface,
        {
            "vswitch_id": "vsw-a",
            "security_group_ids": ["sg-1", "sg-2"],
            "private_ip_addresses": ("10.0.0.9",),
            "tags": {"team": "net", "env": ""},
            "queue_number": 4,
            "delete_on_release": True,
            "resource_group_id": None,
            "network_interface_traffic_config": TrafficConfig(queue_number=8),
            "connection_tracking_configuration": ConnectionTracking(udp_timeout=30),
        },
    )
    assert made == CreateNetworkInterface(
        vswitch_id="vsw-a",
        security_group_ids=("sg-1", "sg-2"),
        private_ip_addresses=("10.0.0.9",),
        tags=(Tag(key="team", value="net"), Tag(key="env", value="")),
        queue_number=4,
        delete_on_release=True,
        network_interface_traffic_config=TrafficConfig(queue_number=8),
        connection_tracking_configuration=ConnectionTracking(udp_timeout=30),
    )


@pytest.mark.parametrize("tags", [[Tag(key="a", value="1"), Tag(key="b")], (Tag(key="a", value="1"), Tag(key="b"))])
def test_tags_may_be_written_as_tags(tags: Any) -> None:
    made = make_request(DescribeNetworkInterfaces, {"tags": tags})
    assert made.tags == (Tag(key="a", value="1"), Tag(key="b"))


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("vswitch", "did you mean 'vswitch_id'"),
        ("VSwitchId", "did you mean 'vswitch_id'"),
        ("client_tokn", "did you mean 'client_token'"),
        ("x", "known are: business_type"),
    ],
)
def test_a_parameter_that_does_not_exist_is_refused_with_the_nearest_one(name: str, says: str) -> None:
    with pytest.raises(SettingError, match=says):
        make_request(CreateNetworkInterface, {name: "x"})


WRONG: list[tuple[str, Any]] = [
    ("vswitch_id", 5),
    ("vswitch_id", {"a": "b"}),
    ("vswitch_id", ["vsw-a"]),
    ("queue_number", "4"),
    ("queue_number", 4.0),
    ("queue_number", True),
    ("delete_on_release", 1),
    ("delete_on_release", "true"),
    ("security_group_ids", "sg-1"),
    ("security_group_ids", {"sg-1"}),
    ("security_group_ids", frozenset({"sg-1"})),
    ("security_group_ids", [1]),
    ("tags", {"team": 5}),
    ("tags", [("team", "net")]),
    ("tags", [Tag(key=5)]),  # type: ignore[arg-type]
    ("tags", {"team": "half \ud800"}),
    ("tags", [{"key": "team", "text": "net"}]),
    ("tags", "team"),
    ("network_interface_traffic_config", {"queue_number": "8"}),
    ("network_interface_traffic_config", {"queue_numbr": 8}),
    ("network_interface_traffic_config", {"queue_number": 8, "QueueNumber": 8}),
    ("network_interface_traffic_config", [{"queue_number": 8}]),
    ("network_interface_traffic_config", ConnectionTracking(udp_timeout=30)),
    ("connection_tracking_configuration", 30),
]


@pytest.mark.parametrize(("name", "value"), WRONG, ids=repr)
def test_a_value_of_the_wrong_kind_is_refused_by_name(name: str, value: Any) -> None:
    """A set has no order of its own; tables in the wrong place and tags of numbers once made broken requests."""
    with pytest.raises(SettingError, match=f"parameter '{name}' of CreateNetworkInterface cannot be"):
        make_request(CreateNetworkInterface, {name: value})


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("vswitch_id", 5, "cannot be 5: expected text, not a whole number"),
        ("queue_number", "4", "cannot be '4': expected a whole number, not text"),
        ("delete_on_release", 1, "cannot be 1: expected true or false, not a whole number"),
        ("security_group_ids", "sg-1", "cannot be 'sg-1': expected a list, not text"),
        ("security_group_ids", [1], "cannot be [1]: at [0], expected text, not a whole number"),
        ("tags", {"team": 5}, "cannot be {'team': 5}: at [0].Value, expected text, not a whole number"),
        ("queue_number", 4.5, "cannot be 4.5: expected a whole number, not a number with a fraction"),
        ("vswitch_id", {"a": "b"}, "cannot be {'a': 'b'}: expected text, not a table"),
        (
            "network_interface_traffic_config",
            {"queue_numbr": 8},
            "cannot be {'queue_numbr': 8}: it has no part 'queue_numbr'; did you mean 'queue_number'?",
        ),
        (
            "network_interface_traffic_config",
            {"QueueNumber": 8, "queue_number": 8},
            "cannot be {'QueueNumber': 8, 'queue_number': 8}: it has QueueNumber twice",
        ),
        (
            "security_group_ids",
            {"sg-1"},
            "cannot be {'sg-1'}: it is neither text, a number, a list, a table nor a Struct",
        ),
    ],
)
def test_a_value_of_the_wrong_kind_is_told_in_words(name: str, value: Any, says: str) -> None:
    """It was told as "Expected `str | null`, got `int`"."""
    with pytest.raises(SettingError) as refused:
        make_request(CreateNetworkInterface, {name: value})
    assert str(refused.value) == f"parameter '{name}' of CreateNetworkInterface {says}"


def test_no_complaint_is_in_the_words_of_the_converter() -> None:
    for name, value in WRONG:
        with pytest.raises(SettingError) as refused:
            make_request(CreateNetworkInterface, {name: value})
        assert not {"`", "Expected", "null", "NoneType"} & set(str(refused.value).replace("`", " ` ").split())


def test_every_request_that_can_be_made_can_be_made_anew_from_its_fields() -> None:
    for kind in ACTIONS.values():
        made = make_request(kind, dict.fromkeys(kind.__struct_fields__))
        assert made == kind()
        assert msgspec.structs.asdict(made) == msgspec.structs.asdict(kind())


def test_tables_stand_for_structs_in_snake_case_or_as_on_the_wire() -> None:
    made = make_request(
        RunInstances,
        {
            "network_interfaces": [
                {"instance_type": "Primary", "vswitch_id": "vsw-a", "security_group_ids": ["sg-1"]},
                {"VSwitchId": "vsw-a", "Ipv6Address": ["2001:db8::1"], "QueueNumber": 4},
                InstanceInterface(network_interface_id="eni-1"),
            ],
            "tags": [{"key": "team", "value": "net"}, {"Key": "env", "Value": ""}],
        },
    )
    assert made == RunInstances(
        network_interfaces=(
            InstanceInterface(instance_type="Primary", vswitch_id="vsw-a", security_group_ids=("sg-1",)),
            InstanceInterface(vswitch_id="vsw-a", ipv6_addresses=("2001:db8::1",), queue_number=4),
            InstanceInterface(network_interface_id="eni-1"),
        ),
        tags=(Tag(key="team", value="net"), Tag(key="env", value="")),
    )


def test_filters_by_tag_may_be_tables() -> None:
    made = make_request(ListTagResources, {"tag_filters": [{"tag_key": "team", "tag_values": ["net", "ops"]}]})
    assert made.tag_filters == (TagFilter(tag_key="team", tag_values=("net", "ops")),)


def test_a_list_that_is_json_on_the_wire_is_a_list_here_and_an_empty_one_is_given() -> None:
    assert make_request(DescribeInstances, {"instance_ids": ["i-1", "i-2"]}).instance_ids == ("i-1", "i-2")
    assert make_request(DescribeInstances, {"instance_ids": []}).instance_ids == ()


def test_a_number_with_a_fraction_is_taken_where_one_is_wanted() -> None:
    assert make_request(DescribeInstanceTypes, {"minimum_memory_size": 0.5}).minimum_memory_size == 0.5
    assert make_request(DescribeInstanceTypes, {"minimum_memory_size": 8}).minimum_memory_size == 8.0


@pytest.mark.parametrize("value", [float("nan"), float("inf"), True, "8"])
def test_what_is_no_number_is_refused_where_a_fraction_is_wanted(value: Any) -> None:
    with pytest.raises(SettingError, match="'minimum_memory_size' of DescribeInstanceTypes cannot be"):
        make_request(DescribeInstanceTypes, {"minimum_memory_size": value})


@pytest.mark.parametrize("name", ["key_pair_name", "KeyPairName"])
def test_a_parameter_without_effect_is_refused_as_such(name: str) -> None:
    with pytest.raises(SettingError) as refused:
        make_request(RunInstances, {name: "mine"})
    assert str(refused.value) == (
        f"parameter {name!r} of RunInstances has no effect here: KeyPairName is not simulated; leave it out"
    )


def test_a_trouble_whose_fields_are_required_can_be_checked_too() -> None:
    trouble = SetInstanceStatus(instance_id="i-1", status="Stopped")
    assert check_request(trouble) == trouble


# -- retries


def test_pauses_grow_by_their_factor() -> None:
    retry = Retry(attempts=5, backoff="100ms", factor=3)
    assert [retry.pause_ns(tries) for tries in (1, 2, 3)] == [100_000_000, 300_000_000, 900_000_000]
    assert [Retry(attempts=5, backoff=7, factor=1).pause_ns(tries) for tries in (1, 4)] == [7, 7]


def test_a_client_does_not_repeat_unless_told() -> None:
    assert not Retry().wants_another(InternalError(), 1)


def test_what_may_help_later_is_tried_as_often_as_said() -> None:
    retry = Retry(attempts=3)
    timeout, later = RequestTimeout("late"), InternalError()
    never = MaxEniCountExceeded(account="a", region="r", used=1, limit=1, asked=1)
    assert [retry.wants_another(timeout, tries) for tries in (1, 2, 3)] == [True, True, False]
    assert [retry.wants_another(later, tries) for tries in (2, 3)] == [True, False]
    assert not retry.wants_another(never, 1)


def test_a_use_of_tokens_may_be_said_by_its_name() -> None:
    assert Retry(token="same").token is TokenUse.SAME  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"attempts": 0}, r"attempts \(0\)"),
        ({"factor": 0}, r"factor \(0\)"),
        ({"token": "smae"}, "did you mean 'same'"),
    ],
)
def test_a_retry_that_cannot_be_is_refused(wrong: dict[str, Any], says: str) -> None:
    with pytest.raises(SettingError, match=says):
        Retry(**wrong)
