"""Security groups are called otherwise, keep their members apart, and are referred to by nobody."""

import pytest

from cloudsim.api.render import to_json
from cloudsim.api.requests import (
    DescribeSecurityGroupAttribute,
    DescribeSecurityGroupReferences,
    DescribeSecurityGroups,
    ModifySecurityGroupAttribute,
    ModifySecurityGroupPolicy,
)
from cloudsim.api.responses import (
    DescribeSecurityGroupAttributeResponse,
    DescribeSecurityGroupReferencesResponse,
    DescribeSecurityGroupsResponse,
    ModifySecurityGroupPolicyResponse,
)
from cloudsim.operations.operation import Phase
from cloudsim.resources.facts import facts_of_group
from cloudsim.resources.journal import Journal
from cloudsim.simulation.saving.saving import simulation_of, snapshot_of
from cloudsim.simulation.world.builder import World
from tests.small_world import REGION, Watched, code, small


def shown(sim: Watched, group: str = "sg-main") -> DescribeSecurityGroupAttributeResponse:
    found = sim.ask(DescribeSecurityGroupAttribute(region_id=REGION, security_group_id=group)).result()
    assert isinstance(found, DescribeSecurityGroupAttributeResponse)
    return found


def texts(sim: Watched, group: str = "sg-main") -> tuple[str, str]:
    """What a group is called by both descriptions, which agree."""
    found = sim.ask(DescribeSecurityGroups(region_id=REGION, security_group_id=group)).result()
    assert isinstance(found, DescribeSecurityGroupsResponse)
    one, (other,) = shown(sim, group), found.security_groups
    assert (one.security_group_name, one.description) == (other.security_group_name, other.description)
    return one.security_group_name, one.description


def rename(group: str = "sg-main", **said: str) -> ModifySecurityGroupAttribute:
    return ModifySecurityGroupAttribute(region_id=REGION, security_group_id=group, **said)


def let(policy: str, group: str = "sg-main", *, token: str | None = None) -> ModifySecurityGroupPolicy:
    return ModifySecurityGroupPolicy(
        region_id=REGION, security_group_id=group, inner_access_policy=policy, client_token=token
    )


# -- what groups are called


def test_what_is_given_changes_and_what_is_not_stays() -> None:
    sim = Watched()
    assert texts(sim) == ("", "")
    for said, wanted in (
        ({"security_group_name": "web", "description": "the front"}, ("web", "the front")),
        ({"security_group_name": "shop"}, ("shop", "the front")),
        ({"description": "the back"}, ("shop", "the back")),
        ({"security_group_name": "", "description": ""}, ("shop", "the back")),
        ({}, ("shop", "the back")),
    ):
        sim.ask(rename(**said)).result()
        assert texts(sim) == wanted
    assert sim.close() == []


def test_a_group_is_found_by_its_new_name_and_no_more_by_its_old_one() -> None:
    sim = Watched(small().security_group("sg-web", name="web"))
    sim.ask(rename("sg-web", security_group_name="shop")).result()
    for name, count in (("web", 0), ("shop", 1)):
        found = sim.ask(DescribeSecurityGroups(region_id=REGION, security_group_name=name)).result()
        assert found.total_count == count  # type: ignore[union-attr]


@pytest.mark.parametrize("request_", [rename(security_group_name="web"), let("Drop")])
def test_a_change_that_is_abandoned_changes_nothing(
    request_: ModifySecurityGroupAttribute | ModifySecurityGroupPolicy,
) -> None:
    sim = Watched()
    sim.faults.abandon(Phase.COMMIT)
    sim.ask(request_)
    assert (texts(sim), shown(sim).inner_access_policy) == (("", ""), "Accept")
    assert sim.close() == []


def test_the_groups_of_others_are_not_found() -> None:
    world = World().account("acme").account("else").region(REGION)
    sim = Watched(world.vpc("vpc-main", account="acme", cidr="10.0.0.0/16").security_group("sg-main"))
    other = sim.caller(account="else")
    references = DescribeSecurityGroupReferences(region_id=REGION, security_group_ids=("sg-main",))
    for request in (rename(security_group_name="web"), let("Drop"), references):
        assert code(sim.ask(request, by=other)) == "InvalidSecurityGroupId.NotFound"


# -- whether members meet


def test_a_basic_group_begins_with_accept_and_an_enterprise_group_with_drop() -> None:
    sim = Watched(small().security_group("sg-firm", type="enterprise"))
    assert [shown(sim, group).inner_access_policy for group in ("sg-main", "sg-firm")] == ["Accept", "Drop"]


@pytest.mark.parametrize("word", ["Drop", "drop", "DROP"])
def test_the_policy_may_be_written_in_capitals_or_not(word: str) -> None:
    sim = Watched()
    sim.ask(let(word)).result()
    assert shown(sim).inner_access_policy == "Drop"
    sim.ask(let("accept")).result()
    assert shown(sim).inner_access_policy == "Accept"
    assert sim.close() == []


def test_an_enterprise_group_may_be_told_to_keep_what_it_has() -> None:
    sim = Watched(small().security_group("sg-firm", type="enterprise"))
    sim.ask(let("Drop", "sg-firm")).result()
    assert code(sim.ask(let("Accept", "sg-firm"))) == "InvalidParameter"
    assert shown(sim, "sg-firm").inner_access_policy == "Drop"


def test_a_token_changes_a_policy_once_however_often_it_is_used() -> None:
    sim = Watched()
    first = sim.ask(let("Drop", token="t-1")).result()
    sim.ask(let("Accept")).result()
    second = sim.ask(let("Drop", token="t-1")).result()
    assert isinstance(first, ModifySecurityGroupPolicyResponse)
    assert isinstance(second, ModifySecurityGroupPolicyResponse)
    assert first.request_id != second.request_id
    assert shown(sim).inner_access_policy == "Accept"


def test_the_journal_says_a_policy_only_where_it_is_not_the_usual_one() -> None:
    sim = Watched(small().security_group("sg-firm", type="enterprise"))
    groups = sim.cloud.security_groups
    assert ["inner_access_policy" in facts_of_group(group) for group in groups.values()] == [False, False]
    sim.ask(let("Drop")).result()
    said = [facts_of_group(group).get("inner_access_policy") for group in groups.values()]
    assert said == ["Drop", None]


def test_names_and_policies_go_through_snapshots_and_branches() -> None:
    sim = Watched(small().security_group("sg-firm", type="enterprise"))
    sim.ask(let("Drop")).result()
    sim.ask(rename(security_group_name="web", description="the front")).result()
    loaded = simulation_of(snapshot_of(sim), journal=Journal(keep=True))
    for cloud in (loaded.cloud, sim.clone().cloud):
        assert {name: facts_of_group(group) for name, group in cloud.security_groups.items()} == {
            name: facts_of_group(group) for name, group in sim.cloud.security_groups.items()
        }
        assert [group.inner_access_policy for group in cloud.security_groups.values()] == ["Drop", "Drop"]


# -- who refers to a group


def test_nobody_refers_to_a_group_since_there_are_no_rules() -> None:
    sim = Watched(small().security_group("sg-other", rules=3))
    request = DescribeSecurityGroupReferences(region_id=REGION, security_group_ids=("sg-main", "sg-other"))
    found = sim.ask(request).result()
    assert isinstance(found, DescribeSecurityGroupReferencesResponse)
    assert found.security_group_references == ()
    assert b'"SecurityGroupReferences":{"SecurityGroupReference":[]}' in to_json(found)
    assert sim.close() == []
