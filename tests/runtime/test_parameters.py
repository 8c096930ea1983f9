"""Typed parameters: exactly those of the requests, a little wider in form, and nothing wrong gets through."""

from typing import Any, get_type_hints

import msgspec
import pytest

from cloudsim.api.requests import (
    ConnectionTracking,
    CreateNetworkInterface,
    DeleteNetworkInterface,
    DescribeNetworkInterfaces,
    Request,
    Tag,
    TrafficConfig,
)
from cloudsim.errors.own import RequestTimeout, SettingError
from cloudsim.errors.quota import MaxEniCountExceeded
from cloudsim.errors.service import InternalError
from cloudsim.runtime.parameters import CreateParameters, DeleteParameters, DescribeParameters, make_request
from cloudsim.runtime.retry import Retry, TokenUse

KINDS: list[tuple[type[Request], Any]] = [
    (CreateNetworkInterface, CreateParameters),
    (DeleteNetworkInterface, DeleteParameters),
    (DescribeNetworkInterfaces, DescribeParameters),
]


@pytest.mark.parametrize(("request_", "parameters"), KINDS)
def test_what_a_client_s_method_takes_is_what_its_request_has(request_: type[Request], parameters: Any) -> None:
    assert set(parameters.__annotations__) == set(request_.__struct_fields__)
    assert not parameters.__total__


@pytest.mark.parametrize(("request_", "parameters"), KINDS)
def test_scalars_have_one_type_in_both(request_: type[Request], parameters: Any) -> None:
    theirs, ours = get_type_hints(request_), get_type_hints(parameters)
    for name, kind in ours.items():
        if kind in (str, int, bool):
            assert theirs[name] == kind | None, name


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
    ("tags", "team"),
    ("network_interface_traffic_config", {"queue_number": 8}),
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
    for kind, _ in KINDS:
        made = make_request(kind, dict.fromkeys(kind.__struct_fields__))
        assert made == kind()
        assert msgspec.structs.asdict(made) == msgspec.structs.asdict(kind())


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
