"""Requests and their fingerprints."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudsim.api.params import PARAMETERS, from_parameters, to_parameters
from cloudsim.api.requests import ACTIONS, Request, Tag, TrafficConfig, fingerprint
from tests.api.asking import USUAL, a_create, any_request

VPC_ACTIONS = {
    *("CreateVpc", "DeleteVpc", "DescribeVpcs", "DescribeVpcAttribute", "ModifyVpcAttribute"),
    "DescribeRouteTableList",
    *("CreateVSwitch", "DeleteVSwitch", "DescribeVSwitches", "DescribeVSwitchAttributes", "ModifyVSwitchAttribute"),
    *("CreateVSwitchCidrReservation", "DeleteVSwitchCidrReservation", "ListVSwitchCidrReservations"),
}


def test_there_are_48_actions_each_named_as_its_request() -> None:
    assert len(ACTIONS) == 48
    assert all(request.__name__ == action for action, request in ACTIONS.items())


def test_an_action_has_the_version_of_its_api() -> None:
    by_version: dict[str, set[str]] = {}
    for action, request in ACTIONS.items():
        by_version.setdefault(request.version, set()).add(action)
    assert by_version == {"2014-05-26": ACTIONS.keys() - VPC_ACTIONS, "2016-04-28": VPC_ACTIONS}


@pytest.mark.parametrize("action", list(ACTIONS))
def test_nothing_is_both_a_field_and_without_effect(action: str) -> None:
    fields = {parameter.partition(".")[0] for parameter in PARAMETERS[action]}
    assert fields & set(ACTIONS[action].without_effect) == set()


@pytest.mark.parametrize("request_class", ACTIONS.values(), ids=list(ACTIONS))
def test_nothing_is_given_unless_it_is_said(request_class: type[Request]) -> None:
    assert all(getattr(request_class(), name) is None for name in request_class.__struct_fields__)


def test_a_request_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        USUAL.description = "other"  # type: ignore[misc]


WITH_TOKEN = [request for request in ACTIONS.values() if "client_token" in request.__struct_fields__]


@given(request=any_request(st.text(min_size=1), is_sayable=True, of=WITH_TOKEN))
def test_equal_parameters_have_equal_fingerprints(request: Request) -> None:
    made_anew = from_parameters(request.action, to_parameters(request)).request
    assert made_anew is not request
    assert fingerprint(made_anew) == fingerprint(request)


@pytest.mark.parametrize(
    "other",
    [
        a_create(vswitch_id="vsw-2"),
        a_create(security_group_id=None, security_group_ids=("sg-1",)),
        a_create(network_interface_name="sg-1", security_group_id=None),
        a_create(private_ip_addresses=("10.0.0.4", "10.0.0.5")),
        a_create(private_ip_addresses=("10.0.0.5", "10.0.0.4")),
        a_create(tags=(Tag(key="a", value="b"),)),
        a_create(tags=(Tag(key="a"), Tag(value="b"))),
        a_create(queue_number=1),
        a_create(visible=True),
        a_create(network_interface_traffic_config=TrafficConfig(queue_number=1)),
    ],
)
def test_other_parameters_have_another_fingerprint(other: Request) -> None:
    assert fingerprint(other) != fingerprint(USUAL)


def test_the_token_is_no_part_of_the_fingerprint() -> None:
    assert fingerprint(a_create(client_token="t-1")) == fingerprint(a_create(client_token="t-2")) == fingerprint(USUAL)


def test_a_fingerprint_has_16_bytes_and_is_the_same_on_every_platform() -> None:
    everything = a_create(
        description="Grüße",
        tags=(Tag(key="app", value=""),),
        queue_number=2048,
        delete_on_release=True,
        network_interface_traffic_config=TrafficConfig(queue_number=8),
    )
    assert fingerprint(USUAL).hex() == "68860d617519a07f5341f73ee37b4383"
    assert fingerprint(everything).hex() == "6d1eb36934e13cdf1a22e0a143918f69"
