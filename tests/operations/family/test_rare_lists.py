"""Lists that may be refused: pages that begin too deep, VPCs without vSwitches, tags that somebody is denied."""

from typing import Any

import pytest

from cloudsim.api.requests import DescribeNetworkInterfaces, DescribeVSwitches, Tag, TagFilter
from cloudsim.errors.own import SettingError
from cloudsim.resources.throttle import Throttling
from tests.operations.family.cases_interfaces import elsewhere
from tests.operations.family.cases_rare import of_account
from tests.operations.family.cases_tagging import listed, tag, untag
from tests.small_world import REGION, Watched, code

NO_PERMISSION = "NoPermission.Tag"


def page(number: int, size: int | None = None) -> DescribeVSwitches:
    return DescribeVSwitches(region_id=REGION, page_number=number, page_size=size)


def test_a_page_may_skip_as_many_as_are_allowed_and_no_more() -> None:
    sim = Watched(throttling=Throttling(deep_page=40))
    asked = (page(5), page(6), page(1, 50), page(2, 50), page(41, 1), page(42, 1))
    deep = "Throttling.DeepPageSkip"
    assert [code(sim.ask(one)) for one in asked] == ["ok", deep, "ok", deep, "ok", deep]


@pytest.mark.parametrize("throttling", [None, Throttling()])
def test_pages_are_as_deep_as_one_likes_unless_somebody_says_otherwise(throttling: Throttling | None) -> None:
    assert code(Watched(throttling=throttling).ask(page(10_000))) == "ok"


def test_a_depth_is_no_negative_number() -> None:
    with pytest.raises(SettingError, match="at least 0 calls a minute, not -1 of deep_page"):
        Throttling(deep_page=-1)


def test_only_a_vpc_of_ones_own_without_vswitches_is_refused_as_a_filter() -> None:
    sim = Watched(elsewhere().vpc("vpc-empty", cidr="10.0.0.0/16"))
    found = [
        code(sim.ask(DescribeNetworkInterfaces(region_id=REGION, vpc_id=vpc)))
        for vpc in ("vpc-empty", "vpc-far", "vpc-none", "", None)
    ]
    assert found == ["InvalidVpc.Empty", "ok", "ok", "ok", "ok"]


def denied(**call: Any) -> Watched:
    """An account with two RAM users, one of whom is denied a tag, and whose group has that tag and another."""
    users = [{"name": "ci", "denied_tags": ["a"]}, {"name": "ops"}]
    sim = Watched(of_account(users=users)())
    assert code(sim.ask(tag(tags=(Tag(key="a", value="1"), Tag(key="b", value="2")), **call))) == "ok"
    return sim


def test_a_denied_tag_is_neither_bound_taken_off_nor_looked_for_and_others_are() -> None:
    sim = denied()
    ci = sim.caller(account="acme", user="ci", name="ci")
    mine, other = (Tag(key=key, value="3") for key in ("a", "b"))
    refused = (
        tag(tags=(other, mine)),
        untag(tag_keys=("b", "a")),
        untag(tag_keys=None, all=True),
        listed(tags=(mine,)),
        listed(tag_filters=(TagFilter(tag_key="a"),)),
    )
    assert [code(sim.ask(call, by=ci)) for call in refused] == [NO_PERMISSION] * len(refused)
    (group,) = sim.cloud.security_groups.values()
    assert group.tags == (("a", "1"), ("b", "2"))
    let = (tag(tags=(other,)), listed(), listed(tags=(other,)), untag(tag_keys=("b",)))
    assert [code(sim.ask(call, by=ci)) for call in let] == ["ok"] * len(let)
    assert sim.close() == []


def test_other_users_and_the_account_are_denied_nothing() -> None:
    sim = denied()
    ops = sim.caller(account="acme", user="ops", name="ops")
    assert code(sim.ask(untag(tag_keys=("a",)), by=ops)) == "ok"
    assert code(sim.ask(untag(tag_keys=None, all=True))) == "ok"
