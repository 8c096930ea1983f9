"""DescribeNetworkInterfaces: each filter alone and with others, both styles of paging, and what each ENI shows."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudsim.api.requests import DescribeNetworkInterfaces, Tag
from cloudsim.api.responses import Attachment
from cloudsim.simulation.world.builder import World
from tests.small_world import REGION, Watched, code, small


def rich() -> World:
    """Five ENIs that differ in everything one can ask for; eni-p is primary, eni-d is being deleted."""
    return (
        World(profile="current")
        .account("acme", owner_id="1234567890123456")
        .account("other")
        .region(REGION, zones=["cn-hangzhou-h"])
        .vpc("vpc-main", account="acme", cidr="10.0.0.0/16", ipv6_cidr="2001:db8::/56")
        .vpc("vpc-two", account="acme", cidr="10.0.0.0/16")
        .vpc("vpc-other", account="other", cidr="10.0.0.0/16")
        .vswitch("vsw-a", vpc="vpc-main", cidr="10.0.0.0/24", ipv6=1)
        .vswitch("vsw-b", vpc="vpc-main", cidr="10.0.1.0/24")
        .vswitch("vsw-c", vpc="vpc-two", cidr="10.0.0.0/24")
        .vswitch("vsw-o", vpc="vpc-other", cidr="10.0.0.0/24")
        .security_group("sg-main", vpc="vpc-main")
        .security_group("sg-more", vpc="vpc-main")
        .security_group("sg-two", vpc="vpc-two")
        .resource_group("rg-blue", account="acme")
        .eni("eni-p", vswitch="vsw-a", type="Primary", instance="i-1", primary_ip="10.0.0.4")
        .instance("i-1", type="ecs.g7.xlarge", vswitch="vsw-a")
        .eni("eni-1", vswitch="vsw-a", name="web", primary_ip="10.0.0.5", tags={"team": "net", "env": "test"})
        .eni("eni-2", vswitch="vsw-b", instance="i-1", secondary_ips=["10.0.1.9"], security_groups=["sg-more"])
        .eni("eni-3", vswitch="vsw-c", resource_group="rg-blue", tags={"team": "db"}, primary_ip="10.0.0.5")
        .eni("eni-d", vswitch="vsw-a", status="Deleting", ipv6_addresses=["2001:db8:0:1::5"], name="web")
        .eni("eni-o", vswitch="vsw-o")
    )


ALL = {"eni-p", "eni-1", "eni-2", "eni-3", "eni-d"}


def found(**filters: Any) -> set[str]:
    page = Watched(rich()).describe(page_size=100, **filters)
    ids = [eni.network_interface_id for eni in page.network_interface_sets]
    assert len(ids) == len(set(ids)) == page.total_count
    return set(ids)


FILTERS: list[tuple[dict[str, Any], set[str]]] = [
    ({}, ALL),
    ({"vswitch_id": "vsw-a"}, {"eni-p", "eni-1", "eni-d"}),
    ({"vswitch_id": "vsw-x"}, set()),
    ({"vswitch_id": "vsw-o"}, set()),
    ({"vpc_id": "vpc-two"}, {"eni-3"}),
    ({"instance_id": "i-1"}, {"eni-p", "eni-2"}),
    ({"network_interface_ids": ("eni-3", "eni-1", "eni-x", "eni-o", "eni-3")}, {"eni-1", "eni-3"}),
    ({"network_interface_ids": ("eni-x",)}, set()),
    ({"primary_ip_address": "10.0.0.5"}, {"eni-1", "eni-3"}),
    ({"primary_ip_address": "10.0.1.9"}, set()),
    ({"private_ip_addresses": ("10.0.1.9", "10.0.0.4")}, {"eni-2", "eni-p"}),
    ({"ipv6_addresses": ("2001:db8:0:1::5",)}, {"eni-d"}),
    ({"ipv6_addresses": ("2001:db8:0:1::6",)}, set()),
    ({"security_group_id": "sg-main"}, {"eni-1", "eni-d"}),
    ({"security_group_id": "sg-more"}, {"eni-2"}),
    ({"network_interface_name": "web"}, {"eni-1", "eni-d"}),
    ({"type": "Primary"}, {"eni-p"}),
    ({"type": "Secondary"}, ALL - {"eni-p"}),
    ({"service_managed": True}, set()),
    ({"service_managed": False}, ALL),
    ({"status": "Deleting"}, {"eni-d"}),
    ({"status": "InUse"}, {"eni-p", "eni-2"}),
    ({"resource_group_id": "rg-blue"}, {"eni-3"}),
    ({"tags": (Tag(key="team"),)}, {"eni-1", "eni-3"}),
    ({"tags": (Tag(key="team", value="net"),)}, {"eni-1"}),
    ({"tags": (Tag(key="team", value=""),)}, set()),
    ({"tags": (Tag(key="team"), Tag(key="env", value="test"))}, {"eni-1"}),
    ({"network_interface_ids": (), "vswitch_id": "", "tags": ()}, ALL),
]


@pytest.mark.parametrize(("filters", "wanted"), FILTERS, ids=lambda value: ",".join(sorted(value)) or "nothing")
def test_each_filter_finds_what_it_names(filters: dict[str, Any], wanted: set[str]) -> None:
    assert found(**filters) == wanted


def test_no_filter_is_left_out() -> None:
    paging = {"page_number", "page_size", "max_results", "next_token", "region_id"}
    known = set(DescribeNetworkInterfaces.__struct_fields__) - paging
    assert {name for filters, _ in FILTERS for name in filters} == known


SINGLE = [(name, value, wanted) for filters, wanted in FILTERS if len(filters) == 1 for name, value in filters.items()]


@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        ({"network_interface_ids": ("eni-1", "eni-2"), "private_ip_addresses": ("10.0.1.9",)}, {"eni-2"}),
        ({"network_interface_ids": ("eni-1", "eni-d"), "ipv6_addresses": ("2001:db8:0:1::5",)}, {"eni-d"}),
        ({"vswitch_id": "vsw-b", "private_ip_addresses": ("10.0.0.4", "10.0.0.5", "10.0.1.9")}, {"eni-2"}),
        ({"private_ip_addresses": ("10.0.0.5",), "ipv6_addresses": ("2001:db8:0:1::5",)}, set()),
    ],
)
def test_a_list_of_addresses_narrows_what_other_filters_find(filters: dict[str, Any], wanted: set[str]) -> None:
    assert found(**filters) == wanted


@given(parts=st.lists(st.sampled_from(SINGLE), min_size=2, max_size=3, unique_by=lambda part: part[0]))
def test_filters_are_joined_by_and(parts: list[tuple[str, Any, set[str]]]) -> None:
    wanted = ALL.intersection(*(alone for _, _, alone in parts))
    assert found(**{name: value for name, value, _ in parts}) == wanted


# -- paging


def many(count: int) -> Watched:
    return Watched(small(profile="current").eni("eni-{n:03}", count=count))


def test_old_paging_has_pages_by_number_and_tells_the_total() -> None:
    sim = many(25)
    pages = [sim.describe(page_number=number, page_size=10) for number in (1, 2, 3, 4)]
    assert [len(page.network_interface_sets) for page in pages] == [10, 10, 5, 0]
    assert [(page.total_count, page.page_size, page.next_token) for page in pages] == [(25, 10, "")] * 4
    assert [page.page_number for page in pages] == [1, 2, 3, 4]
    ids = [eni.network_interface_id for page in pages for eni in page.network_interface_sets]
    assert ids == [f"eni-{number:03}" for number in range(1, 26)]


def test_without_any_word_of_paging_the_first_ten_come() -> None:
    page = many(25).describe()
    assert (len(page.network_interface_sets), page.page_number, page.page_size, page.next_token) == (10, 1, 10, "")


@pytest.mark.parametrize(("asked", "given_size"), [(1, 10), (10, 10), (12, 12), (500, 500), (900, 500)])
def test_new_paging_moves_its_size_to_the_nearer_end(asked: int, given_size: int) -> None:
    assert many(1).describe(max_results=asked).page_size == given_size


@given(count=st.integers(0, 45), size=st.integers(1, 50))
def test_following_the_tokens_shows_every_eni_once(count: int, size: int) -> None:
    sim = many(count) if count else Watched(small(profile="current"))
    shown: list[str] = []
    page = sim.describe(max_results=size)
    shown += [eni.network_interface_id for eni in page.network_interface_sets]
    while page.next_token:
        page = sim.describe(next_token=page.next_token, max_results=size)
        assert page.network_interface_sets, "a page that a token leads to is not empty"
        shown += [eni.network_interface_id for eni in page.network_interface_sets]
    assert shown == [eni.id for eni in sim.enis]


def test_a_token_alone_asks_for_the_new_style() -> None:
    page = many(25).describe(next_token="10", page_number=99)
    assert [len(page.network_interface_sets), page.page_number, page.next_token] == [10, 1, "20"]


@pytest.mark.parametrize("token", ["nonsense", "-1", "1.5", "\uff11\uff10", "9" * 20, "9" * 5000])
def test_a_token_that_is_none_of_ours_is_refused(token: str) -> None:
    """5000 digits ended the run once, since Python reads no integer as long as that."""
    sim = many(1)
    reply = sim.ask(DescribeNetworkInterfaces(region_id=REGION, next_token=token))
    assert code(reply) == "InvalidParameter"
    assert reply.error is not None
    assert "NextToken" in reply.error.message
    assert len(reply.error.message) < 200


def test_a_token_beyond_the_end_leads_to_an_empty_page() -> None:
    page = many(3).describe(next_token="90")
    assert (page.network_interface_sets, page.next_token) == ((), "")


# -- what is shown


def test_an_eni_is_shown_with_everything_that_is_known_of_it() -> None:
    sim = Watched(rich())
    web, in_use = sim.shown("eni-1"), sim.shown("eni-2")
    assert (web.network_interface_name, web.private_ip_address, web.status, web.type) == (
        "web",
        "10.0.0.5",
        "Available",
        "Secondary",
    )
    assert (web.owner_id, web.vpc_id, web.vswitch_id, web.zone_id) == (
        "1234567890123456",
        "vpc-main",
        "vsw-a",
        "cn-hangzhou-h",
    )
    assert web.tags == (("team", "net"), ("env", "test"))
    assert web.creation_time == "2026-01-01T00:00:00Z"
    assert (web.instance_id, web.attachment, web.queue_number) == ("", Attachment(), None)
    assert (in_use.instance_id, in_use.attachment) == ("i-1", Attachment(instance_id="i-1", device_index=1))
    assert in_use.private_ip_addresses[1:] == ("10.0.1.9",)


def test_nobody_needs_to_watch() -> None:
    sim = Watched(rich(), watch=False)
    assert sim.describe().total_count == len(ALL)


def test_ids_that_are_named_come_once_each_and_in_the_order_in_which_they_are_named() -> None:
    page = Watched(rich()).describe(network_interface_ids=("eni-3", "eni-1", "eni-3"))
    assert [eni.network_interface_id for eni in page.network_interface_sets] == ["eni-3", "eni-1"]


def test_an_eni_on_an_instance_has_the_queues_of_its_type_unless_they_were_set() -> None:
    world = small().instance_type("big", eni_quantity=4, primary_queues=8, secondary_queues=4)
    world = world.instance("i-1", type="big").eni("eni-1", instance="i-1").eni("eni-2", instance="i-1", queue_number=2)
    sim = Watched(world.eni("eni-3"))
    page = sim.describe()
    assert [eni.queue_number for eni in page.network_interface_sets] == [8, 4, 2, None]


def test_another_account_s_enis_are_not_shown() -> None:
    sim = Watched(rich())
    reply = sim.ask(DescribeNetworkInterfaces(region_id=REGION), by=sim.caller(account="other"))
    assert reply.result().total_count == 1  # type: ignore[union-attr]
