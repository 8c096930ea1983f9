"""Whole lists: every thing once, by either style of pages, and what each style misses when things change meanwhile."""

from typing import Any

import pytest

from cloudsim.errors.own import SettingError
from cloudsim.errors.service import ThrottlingUser
from cloudsim.runtime.client import Client
from cloudsim.runtime.pages import PageStyle
from cloudsim.runtime.session import Session
from tests.runtime.sessions import WHERE, drive
from tests.small_world import small

STYLES = pytest.mark.parametrize("style", [*PageStyle, "tokens", "pages"])

SIZE = {"tokens": "max_results", "pages": "page_size"}


def crowd(count: int) -> Any:
    world = small(quota=count)
    return world.eni("eni-{n:03}", count=count, vswitch="vsw-a") if count else world


async def ids(client: Client, **how: Any) -> list[str]:
    return [eni.network_interface_id async for eni in client.all_network_interfaces(**how)]


@STYLES
@pytest.mark.parametrize(("count", "size", "calls"), [(0, None, 1), (50, None, 1), (25, 10, 3), (30, 10, 3)])
def test_everything_is_listed_once(style: str, count: int, size: int | None, calls: int) -> None:
    async def script(sim: Session) -> list[str]:
        return await ids(sim.client(**WHERE), style=style, vswitch_id="vsw-a", **{SIZE[style]: size})

    sim, listed = drive(script, crowd(count))
    assert listed == [eni.id for eni in sim.interfaces(**WHERE)]
    assert sim.calls["DescribeNetworkInterfaces"] == {"ok": calls}


def test_tokens_are_the_style_where_there_are_any() -> None:
    async def script(sim: Session) -> int:
        return len(await ids(sim.client(**WHERE)))

    sim, count = drive(script, crowd(120))
    assert count == 120
    assert sim.calls["DescribeNetworkInterfaces"] == {"ok": 2}


@pytest.mark.parametrize(("style", "missed"), [("tokens", 0), ("pages", 1)])
def test_what_is_deleted_between_two_pages_lets_one_slip_through_the_numbered_ones(style: str, missed: int) -> None:
    async def script(sim: Session) -> list[str]:
        client = sim.client(**WHERE)
        seen = []
        async for eni in client.all_network_interfaces(style=style, **{SIZE[style]: 10}):  # type: ignore[arg-type]
            seen.append(eni.network_interface_id)
            if len(seen) == 10:
                await client.delete_network_interface(network_interface_id=seen[0])
        return seen

    _, seen = drive(script, crowd(30))
    assert len(seen) == 30 - missed


def test_a_list_may_be_left_in_the_middle_and_costs_only_the_pages_that_were_looked_at() -> None:
    async def script(sim: Session) -> None:
        async for _ in sim.client(**WHERE).all_network_interfaces(max_results=10):
            break

    sim, _ = drive(script, crowd(30))
    assert sim.calls["DescribeNetworkInterfaces"] == {"ok": 1}


def test_after_a_refusal_the_same_page_is_asked_for_again() -> None:
    async def script(sim: Session) -> list[str]:
        listing = sim.client(**WHERE).all_network_interfaces(max_results=10)
        seen = [(await anext(listing)).network_interface_id for _ in range(10)]
        sim.faults.throttle()
        with pytest.raises(ThrottlingUser):
            await anext(listing)
        return [*seen, *[eni.network_interface_id async for eni in listing]]

    sim, seen = drive(script, crowd(25))
    assert seen == [eni.id for eni in sim.interfaces(**WHERE)]


def test_a_numbered_list_may_begin_in_the_middle() -> None:
    async def script(sim: Session) -> list[str]:
        return await ids(sim.client(**WHERE), style="pages", page_number=3, page_size=10)

    sim, seen = drive(script, crowd(25))
    assert seen == [eni.id for eni in sim.interfaces(**WHERE)][20:]


def test_a_style_that_does_not_exist_is_refused() -> None:
    async def script(sim: Session) -> None:
        with pytest.raises(SettingError, match="no style of pages 'page'; did you mean 'pages'"):
            sim.client(**WHERE).all_network_interfaces(style="page")

    drive(script)


@pytest.mark.parametrize(
    ("style", "name"), [("pages", "max_results"), ("pages", "next_token"), ("tokens", "page_size")]
)
def test_a_parameter_of_the_other_style_is_refused(style: str, name: str) -> None:
    """A list by numbers that said MaxResults once was without end: the service gave its first page again and again."""

    async def script(sim: Session) -> None:
        value: Any = "10" if name == "next_token" else 10
        with pytest.raises(SettingError, match=f"{name} has no place in a list in the style '{style}'"):
            sim.client(**WHERE).all_network_interfaces(style=style, **{name: value})

    drive(script)


@pytest.mark.parametrize(
    ("name", "style"), [("all_vpcs", "tokens"), ("all_instance_types", "pages"), ("all_tag_resources", "pages")]
)
def test_a_style_that_an_action_has_not_is_refused(name: str, style: str) -> None:
    async def script(sim: Session) -> None:
        with pytest.raises(SettingError, match=f"has no pages of the style '{style}'"):
            getattr(sim.client(**WHERE), name)(style=style)

    drive(script)
