"""The order of the rules, the rules of a description, and what holds for any request at all."""

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudsim.api.requests import ACTIONS, DescribeNetworkInterfaces, Request, Tag
from cloudsim.api.rules import RULES
from cloudsim.api.rules.rule import Rule
from cloudsim.errors.base import ApiError
from cloudsim.values.profile import CLASSIC, CURRENT, PROFILES, Profile
from tests.api.asking import a_create, any_request, code, reason, refusal

BREACHES: list[tuple[str, dict[str, Any]]] = [
    ("MissingParameter", {"region_id": None}),
    ("MissingParameter", {"vswitch_id": None}),
    ("UnsupportedParameter", {"delete_on_release": True}),
    ("InvalidParameter", {"network_interface_name": "1"}),
    ("InvalidParameter", {"description": "x"}),
    ("InvalidParameter", {"queue_number": 0}),
    ("InvalidParameter", {"secondary_private_ip_address_count": 0}),
    ("InvalidParameter.Conflict", {"security_group_ids": ("sg-2", "sg-3")}),
    ("InvalidClientToken.ValueNotSupported", {"client_token": "é"}),
    ("QuotaExceed.Tags", {"tags": (Tag(),) * 21}),
    ("InvalidVSwitchId.IpInvalid", {"primary_ip_address": "x"}),
]
"""One breach for each rule of a create, in the documented order."""


@pytest.mark.parametrize(("earlier", "later"), list(combinations(BREACHES, 2)))
def test_of_two_breaches_the_earlier_rule_answers(
    earlier: tuple[str, dict[str, Any]], later: tuple[str, dict[str, Any]]
) -> None:
    assert code(a_create(**later[1])) == later[0]
    assert code(a_create(**earlier[1], **later[1])) == earlier[0]


def test_malformed_tags_come_before_tags_said_twice() -> None:
    assert code(a_create(tags=(Tag(key="k"), Tag(key="k", value="acs:")))) == "InvalidTagValue.Malformed"


def test_too_many_groups_come_before_a_group_said_twice() -> None:
    assert code(a_create(security_group_id="", security_group_ids=("sg-1",) * 6)) == "JoinedGroupLimitExceed"


def test_every_action_has_rules() -> None:
    assert {request.action for request in ACTIONS.values()} - {request.action for request in RULES} == set()


@given(
    request=any_request(st.text(st.characters(), max_size=300), is_sayable=False, of=RULES),
    profile=st.sampled_from(list(PROFILES.values())),
)
def test_every_rule_takes_or_refuses_any_request_at_all(request: Request, profile: Profile) -> None:
    """Nothing but an ApiError comes out of a rule, and its message has all the facts that it names."""
    refusals = [error for rule in RULES[type(request)] if (error := broken(rule, request, profile)) is not None]
    assert all(error.message for error in refusals)
    assert refusal(request, profile) == next(iter(refusals), None)


def broken(rule: Rule, request: Request, profile: Profile) -> ApiError | None:
    try:
        rule(request, profile)
    except ApiError as error:
        return error
    return None


def described(**filters: Any) -> DescribeNetworkInterfaces:
    return DescribeNetworkInterfaces(**{"region_id": "cn-hangzhou", **filters})


@pytest.mark.parametrize("profile", [CLASSIC, CURRENT], ids=["classic", "current"])
@pytest.mark.parametrize(
    "filters",
    [
        {},
        {"network_interface_ids": ("None",) * 100, "private_ip_addresses": ("x",) * 100},
        {"type": "?", "status": "?", "instance_id": "?", "primary_ip_address": "?"},
        {"tags": tuple(Tag(key=str(number)) for number in range(20))},
        {"page_number": 1, "page_size": 100},
        {"max_results": 1, "page_size": 1000},
        {"max_results": 5000},
        {"next_token": "10", "page_number": 0},
    ],
)
def test_a_description_takes_any_filter_and_the_documented_pages(filters: dict[str, Any], profile: Profile) -> None:
    assert code(described(**filters), profile) is None


@pytest.mark.parametrize(
    ("filters", "refused_as", "named"),
    [
        ({"region_id": ""}, "MissingParameter", "RegionId"),
        ({"network_interface_ids": ("x",) * 101}, "InvalidParameter", "NetworkInterfaceId.N"),
        ({"private_ip_addresses": ("x",) * 101}, "InvalidParameter", "PrivateIpAddress.N"),
        ({"ipv6_addresses": ("x",) * 101}, "InvalidParameter", "Ipv6Address.N"),
        ({"tags": (Tag(key="x"),) * 21}, "InvalidParameter", "Tag.N"),
        ({"tags": (Tag(key="x"), Tag(value="x"))}, "InvalidTagKey.Malformed", "Tag.n.Key"),
        ({"page_number": 0}, "InvalidParameter", "PageNumber"),
        ({"page_size": 0}, "InvalidParameter", "PageSize"),
        ({"page_size": 101}, "InvalidParameter", "PageSize"),
    ],
)
def test_a_description_refuses_long_lists_and_pages_that_cannot_be(
    filters: dict[str, Any], refused_as: str, named: str
) -> None:
    assert code(described(**filters)) == refused_as
    assert named in reason(described(**filters))
