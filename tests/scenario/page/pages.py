"""Explorations and their pages, for the tests of the page; and a page as a list of its elements."""

from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from cloudsim.scenario.explore import Budget, Exploration, Findings
from cloudsim.scenario.page import write_page
from cloudsim.scenario.settings import Value

_VOID = ("meta", "link", "wbr", "br", "img", "input")


@dataclass
class Element:
    """An element, with all the text inside it."""

    name: str
    attributes: dict[str, str]
    inside: "tuple[Element, ...]"
    text: str = ""
    classes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.classes = self.attributes.get("class", "").split()


class Page(HTMLParser):
    """All elements of a page, in its order. Whoever closes what is not open has written no HTML."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(text)
        self.close()
        assert not self._open, "every element is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, tuple(self._open))
        self.elements.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().name == tag, f"{tag} is closed in its turn"

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data

    def all(self, *classes: str, name: str = "", within: Element | None = None) -> list[Element]:
        return [
            element
            for element in self.elements
            if all(one in element.classes for one in classes)
            and name in ("", element.name)
            and (within is None or within in element.inside)
        ]

    def one(self, *classes: str, name: str = "") -> Element:
        (found,) = self.all(*classes, name=name)
        return found


@cache
def explored(
    wanted: str = "token_race", *given: tuple[str, Value], schedules: int | None = None, **options: object
) -> Findings:
    """Explore, once for all tests that want the same."""
    budget = Budget(schedules=schedules)
    return Exploration(wanted=wanted, given=dict(given), budget=budget, **options).run()  # type: ignore[arg-type]


CALLERS = ("callers", "2")
BAD_TOKEN = ("policy.token", "look-up-then-commit")


def bad_page(**files: str) -> Page:
    """The page of the token's check-then-act, with two callers."""
    return Page(write_page(explored("token_race", CALLERS, BAD_TOKEN, schedules=40), files))


HOSTILE_NAME = '"><img src=x onerror=alert(1)>'
HOSTILE_WORD = "<script>alert(2)</script>"
HOSTILE_CHECK = "</style></title><script>alert(3)</script>"
HOSTILE = f"""\
'''A <b>summary</b> </script><script>alert(4)</script> & more.'''
from cloudsim import World, attempt, gather

def world():
    return (
        World().account("acme").region("cn-hangzhou", zones=["cn-hangzhou-h"]).vpc("vpc-main", cidr="10.0.0.0/8")
        .vswitch("vsw-a", cidr="10.0.0.0/24").security_group("sg-main")
    )

async def drive(sim, *, callers: int = 2):
    sim.sometimes("seen <i>never</i>", False)
    clients = [sim.client(account="acme", region="cn-hangzhou") for _ in range(callers)]
    return await gather(
        attempt(client.create_network_interface, vswitch_id="vsw-a", security_group_id="sg-main",
                client_token={HOSTILE_WORD!r})
        for client in clients
    )

def check(sim, expect, driven):
    expect({HOSTILE_CHECK!r}, len(sim.interfaces(account="acme", region="cn-hangzhou")), equals=1)
"""

LONG = """\
from cloudsim import World, attempt, gather

def world():
    return (
        World().account("acme").region("cn-hangzhou", zones=["cn-hangzhou-h"]).vpc("vpc-main", cidr="10.0.0.0/8")
        .vswitch("vsw-a", cidr="10.0.0.0/24").security_group("sg-main")
    )

async def drive(sim):
    first, second = [sim.client(account="acme", region="cn-hangzhou") for _ in range(2)]
    for _ in range(12):
        await first.describe_network_interfaces()
    return await gather(
        attempt(client.create_network_interface, vswitch_id="vsw-a", security_group_id="sg-main", client_token="one")
        for client in (first, second)
    )

def check(sim, expect, driven):
    expect("ENIs", len(sim.interfaces(account="acme", region="cn-hangzhou")), equals=1)
"""
"""A race that many calls come before."""


def long(folder: Path) -> Findings:
    """Explore a scenario whose deciding step comes late."""
    file = folder / "long.py"
    file.write_text(LONG, encoding="utf-8")
    given: dict[str, Value] = {"policy.token": "look-up-then-commit"}
    return Exploration(wanted=str(file), given=given, budget=Budget(schedules=40)).run()


def hostile(folder: Path) -> Findings:
    """Explore a scenario whose every name is an attack on a page."""
    file = folder / f"{HOSTILE_NAME}.py"
    file.write_text(HOSTILE, encoding="utf-8")
    given: dict[str, Value] = {"policy.token": "look-up-then-commit"}
    return Exploration(wanted=str(file), given=given, budget=Budget(schedules=40)).run()
