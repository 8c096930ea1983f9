"""Tags and resource groups: bound, taken off and listed, for every type of resources."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudsim.api.requests import (
    DescribeSecurityGroups,
    JoinResourceGroup,
    ListTagResources,
    Tag,
    TagFilter,
    TagResources,
    UntagResources,
)
from cloudsim.api.responses import ListTagResourcesResponse
from cloudsim.api.responses.tagging import TagResourceItem
from cloudsim.api.rules.tagging import RESOURCE_TYPES
from cloudsim.operations.tagging.resources import TYPES
from cloudsim.simulation.world.builder import World
from tests.small_world import REGION, Watched, code, small

RESOURCES = {
    "eni": "eni-1",
    "instance": "i-1",
    "securitygroup": "sg-main",
    "vpc": "vpc-main",
    "vswitch": "vsw-a",
}


def one_of_each() -> World:
    return small().instance("i-1", type="ecs.g7.xlarge").eni("eni-1").eni("eni-2").resource_group("rg-1")


def bind(kind: str, ids: tuple[str, ...], **tags: str) -> TagResources:
    pairs = tuple(Tag(key=key, value=value) for key, value in tags.items())
    return TagResources(region_id=REGION, resource_type=kind, resource_ids=ids, tags=pairs)


def unbind(kind: str, ids: tuple[str, ...], *keys: str, all: bool | None = None) -> UntagResources:  # noqa: A002
    return UntagResources(region_id=REGION, resource_type=kind, resource_ids=ids, tag_keys=keys or None, all=all)


def page(sim: Watched, kind: str, **said: Any) -> ListTagResourcesResponse:
    found = sim.ask(ListTagResources(region_id=REGION, resource_type=kind, **said)).result()
    assert isinstance(found, ListTagResourcesResponse)
    return found


def listed(sim: Watched, kind: str, **said: Any) -> list[tuple[str, str, str]]:
    lines = page(sim, kind, **said).tag_resources
    assert all(line.resource_type == kind.lower() for line in lines)
    return [(line.resource_id, line.tag_key, line.tag_value) for line in lines]


def test_every_type_that_the_rules_know_has_resources() -> None:
    assert tuple(TYPES) == RESOURCE_TYPES


@pytest.mark.parametrize("kind", [*RESOURCES, "VPC", "VSWITCH", "Eni"])
def test_a_tag_is_bound_changed_listed_and_taken_off(kind: str) -> None:
    sim = Watched(one_of_each())
    name = RESOURCES[kind.lower()]
    assert code(sim.ask(bind(kind, (name,), a="1", b="2"))) == "ok"
    assert listed(sim, kind, resource_ids=(name,)) == [(name, "a", "1"), (name, "b", "2")]
    sim.ask(bind(kind, (name,), a="3", c="4"))
    assert listed(sim, kind, resource_ids=(name,)) == [(name, "a", "3"), (name, "b", "2"), (name, "c", "4")]
    assert code(sim.ask(unbind(kind, (name,), "a", "nothing"))) == "ok"
    assert listed(sim, kind, resource_ids=(name,)) == [(name, "b", "2"), (name, "c", "4")]
    assert code(sim.ask(unbind(kind, (name,), all=True))) == "ok"
    assert listed(sim, kind, resource_ids=(name,)) == []
    assert sim.close() == []


def test_keys_that_are_named_put_all_out_of_force() -> None:
    sim = Watched(one_of_each())
    sim.ask(bind("eni", ("eni-1",), a="1", b="2"))
    sim.ask(unbind("eni", ("eni-1",), "a", all=True))
    assert listed(sim, "eni", resource_ids=("eni-1",)) == [("eni-1", "b", "2")]


def test_a_tag_shows_where_its_resource_is_described_and_filters_find_it_at_once() -> None:
    sim = Watched(one_of_each())
    tags = (Tag(key="a", value="1"),)
    assert sim.describe(tags=tags).total_count == 0
    sim.ask(bind("eni", ("eni-1",), a="1"))
    sim.ask(bind("securitygroup", ("sg-main",), a="1"))
    (eni,) = sim.describe(tags=tags).network_interface_sets
    assert (eni.network_interface_id, eni.tags) == ("eni-1", (("a", "1"),))
    groups = sim.ask(DescribeSecurityGroups(region_id=REGION, tags=tags)).result()
    assert groups.total_count == 1  # type: ignore[union-attr]
    sim.ask(unbind("eni", ("eni-1",), "a"))
    assert sim.describe(tags=tags).total_count == 0


def test_either_all_resources_of_a_request_are_tagged_or_none() -> None:
    sim = Watched(one_of_each())
    sim.ask(bind("eni", ("eni-2",), **{f"k{n}": "v" for n in range(20)}))
    before = listed(sim, "eni", resource_ids=("eni-1", "eni-2"))
    assert code(sim.ask(bind("eni", ("eni-1", "eni-2"), new="1"))) == "OperationDenied.QuotaExceed"
    assert code(sim.ask(bind("eni", ("eni-1", "eni-x"), new="1"))) == "InvalidResourceId.NotFound"
    assert code(sim.ask(unbind("eni", ("eni-2", "eni-x"), all=True))) == "InvalidResourceId.NotFound"
    assert listed(sim, "eni", resource_ids=("eni-1", "eni-2")) == before
    assert sim.close() == []


def test_a_full_resource_still_gets_new_values_for_its_keys() -> None:
    sim = Watched(one_of_each())
    sim.ask(bind("eni", ("eni-1",), **{f"k{n}": "v" for n in range(20)}))
    assert code(sim.ask(bind("eni", ("eni-1",), k3="w"))) == "ok"
    assert listed(sim, "eni", tags=(Tag(key="k3", value="w"),))[3] == ("eni-1", "k3", "w")


def test_a_change_that_is_none_is_not_written_down() -> None:
    sim = Watched(one_of_each())
    sim.ask(bind("eni", ("eni-1",), a="1"))

    def changes() -> int:
        return sum(b'"eni-changed"' in line for line in sim.cloud.journal.lines)

    before = changes()
    sim.ask(bind("eni", ("eni-1", "eni-1"), a="1"))
    sim.ask(unbind("eni", ("eni-1", "eni-2"), "b"))
    assert changes() == before
    sim.ask(unbind("eni", ("eni-1", "eni-2"), "a"))
    assert changes() == before + 1


def test_the_resources_of_others_are_not_found_and_not_listed() -> None:
    world = World().account("acme").account("else").region(REGION).vpc("vpc-main", account="acme", cidr="10.0.0.0/16")
    sim = Watched(world)
    other = sim.caller(account="else")
    assert code(sim.ask(bind("vpc", ("vpc-main",), a="1"), by=other)) == "InvalidResourceId.NotFound"
    sim.ask(bind("vpc", ("vpc-main",), a="1"))
    request = ListTagResources(region_id=REGION, resource_type="vpc", resource_ids=("vpc-main",))
    assert sim.ask(request, by=other).result().tag_resources == ()  # type: ignore[union-attr]


# -- listing


def tagged() -> Watched:
    """Four ENIs with tags of like names."""
    world = small()
    for number, tags in enumerate(
        ({"env": "prod", "team": "red"}, {"env": "preview"}, {"environment": "prod"}, {"team": "red"})
    ):
        world.eni(f"eni-{number}", tags=tags)
    return Watched(world)


def one(key: str, *values: str) -> TagFilter:
    return TagFilter(tag_key=key, tag_values=values or None)


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ({"tags": (Tag(key="env"),)}, "0 1"),
        ({"tags": (Tag(key="env", value="prod"),)}, "0"),
        ({"tags": (Tag(key="env"), Tag(key="team", value="red"))}, "0"),
        ({"tags": (Tag(key="env", value=""),)}, ""),
        ({"tags": (Tag(key="team"),), "resource_ids": ("eni-3", "eni-1", "eni-x")}, "3"),
        ({"resource_ids": ("eni-3", "eni-0", "eni-3")}, "3 0"),
        ({"tag_filters": (one("env"),)}, "0 1"),
        ({"tag_filters": (one("env*"),)}, "0 1 2"),
        ({"tag_filters": (one("*iron*"),)}, "2"),
        ({"tag_filters": (one("*iron"),)}, ""),
        ({"tag_filters": (one("env", "pr*"),)}, "0 1"),
        ({"tag_filters": (one("env", "*view*"),)}, "1"),
        ({"tag_filters": (one("env", "prod", "preview"),)}, "0 1"),
        ({"tag_filters": (one("env*", "prod"),)}, ""),
        ({"tag_filters": (one("env*"), one("team", "red"))}, "0"),
        ({"tag_filters": (one("team"),), "resource_ids": ("eni-0",)}, "0"),
    ],
)
def test_tags_filters_and_ids_are_joined_by_and(asked: dict[str, Any], wanted: str) -> None:
    found = dict.fromkeys(line[0] for line in listed(tagged(), "eni", **asked))
    assert list(found) == [f"eni-{number}" for number in wanted.split()]


def test_a_resource_that_fits_shows_all_its_tags() -> None:
    assert listed(tagged(), "eni", tags=(Tag(key="env", value="prod"),)) == [
        ("eni-0", "env", "prod"),
        ("eni-0", "team", "red"),
    ]


def test_a_page_has_50_lines_and_the_last_one_no_token() -> None:
    world = small().eni("eni-{n}", tags={f"k{number}": "v" for number in range(15)}, count=7)
    sim = Watched(world)
    pages: list[tuple[TagResourceItem, ...]] = []
    token = ""
    while not pages or token:
        found = page(sim, "eni", tags=(Tag(key="k0"),), next_token=token or None)
        pages.append(found.tag_resources)
        token = found.next_token
    assert [len(lines) for lines in pages] == [50, 50, 5]
    assert len({(line.resource_id, line.tag_key) for lines in pages for line in lines}) == 105


# -- the law

KEYS = ("a", "b", "c", "d")
STEPS = st.lists(
    st.tuples(
        st.sampled_from(("tag", "untag", "untag-all")),
        st.lists(st.sampled_from(("eni-1", "eni-2", "eni-x")), min_size=1, max_size=3),
        st.dictionaries(st.sampled_from(KEYS), st.sampled_from(("1", "2")), min_size=1),
    ),
    max_size=12,
)


@given(steps=STEPS, limit=st.integers(1, 4))
def test_whatever_is_tagged_and_untagged_the_tags_are_those_of_a_plain_dictionary(
    steps: list[tuple[str, list[str], dict[str, str]]], limit: int
) -> None:
    world = World(limits={"tags_per_resource_max": limit}).account("acme").region(REGION).vpc("vpc-main")
    sim = Watched(world.vswitch("vsw-a", cidr="10.0.0.0/24").security_group("sg-main").eni("eni-1").eni("eni-2"))
    model: dict[str, dict[str, str]] = {"eni-1": {}, "eni-2": {}}
    for what, names, tags in steps:
        if what == "tag":
            reply = sim.ask(bind("eni", tuple(names), **tags))
            after = {name: {**model.get(name, {}), **tags} for name in names}
            fits = all(len(had) <= max(limit, len(model.get(name, {}))) for name, had in after.items())
        else:
            reply = sim.ask(unbind("eni", tuple(names), *([] if what == "untag-all" else tags), all=True))
            gone = KEYS if what == "untag-all" else tuple(tags)
            after = {
                name: {key: value for key, value in model.get(name, {}).items() if key not in gone} for name in names
            }
            fits = True
        assert (code(reply) == "ok") is (fits and "eni-x" not in names)
        if code(reply) == "ok":
            model |= after
        assert {eni.id: dict(eni.tags) for eni in sim.enis} == model
    assert sim.close() == []


# -- resource groups


@pytest.mark.parametrize("kind", RESOURCES)
def test_a_resource_moves_to_another_resource_group_and_back(kind: str) -> None:
    sim = Watched(one_of_each())
    default = sim.cloud.accounts[sim.alice.account].default_resource_group

    def resource_group() -> str:
        (estate,) = sim.cloud.estates.values()
        return TYPES[kind].table(estate)[RESOURCES[kind]].resource_group

    for wanted in ("rg-1", default):
        request = JoinResourceGroup(
            region_id=REGION, resource_type=kind, resource_id=RESOURCES[kind], resource_group_id=wanted
        )
        assert code(sim.ask(request)) == "ok"
        assert resource_group() == wanted
    assert sim.close() == []


def test_an_eni_that_has_moved_is_found_by_its_new_resource_group() -> None:
    sim = Watched(one_of_each())
    assert sim.describe(resource_group_id="rg-1").total_count == 0
    sim.ask(JoinResourceGroup(region_id=REGION, resource_type="eni", resource_id="eni-1", resource_group_id="rg-1"))
    (found,) = sim.describe(resource_group_id="rg-1").network_interface_sets
    assert (found.network_interface_id, found.resource_group_id) == ("eni-1", "rg-1")


def test_the_resource_group_of_another_account_is_not_found() -> None:
    world = World().account("acme").account("else").region(REGION).vpc("vpc-main", account="acme", cidr="10.0.0.0/16")
    sim = Watched(world.resource_group("rg-else", account="else"))
    request = JoinResourceGroup(
        region_id=REGION, resource_type="vpc", resource_id="vpc-main", resource_group_id="rg-else"
    )
    assert code(sim.ask(request)) == "InvalidResourceGroup.NotFound"
