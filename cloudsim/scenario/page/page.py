"""One offline page that tells an exploration: verdict, outcomes, each failure drawn, and what was seen.

Everything is in the one text: no request leaves the machine, and the page forbids itself any. The only script that it
lets run is its own, told by its digest; without it the page misses nothing but highlights and buttons that copy.

Source: W3C, "Content Security Policy Level 3".
"""

from base64 import b64encode
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Final

from cloudsim.scenario.explore import Findings
from cloudsim.scenario.page.commands import command_box, explore_again
from cloudsim.scenario.page.failures import failures_part
from cloudsim.scenario.page.looks import SCRIPT, STYLE
from cloudsim.scenario.page.markup import Markup, element, join
from cloudsim.scenario.page.outcomes import outcomes_part
from cloudsim.scenario.page.words import many
from cloudsim.version import __version__

POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
    f"script-src 'sha256-{b64encode(sha256(SCRIPT.encode()).digest()).decode()}'"
)


def write_page(findings: Findings, files: Mapping[str, str], *, again: str | None = None) -> str:
    """Write the page.

    Args:
        findings: what came of an exploration.
        files: for each kind of failure the file that its schedule was written to.
        again: the command that explores the same once more; if None, one is made of the findings.

    Returns:
        HTML, whole.
    """
    body = element(
        "body",
        element("header", _head(findings, again if again is not None else explore_again(findings))),
        element(
            "main",
            _part("outcomes", _outcomes_title(findings), outcomes_part(findings)),
            _part("failures", "What is wrong", _wrong(findings, files)),
            _part("seen", "What was seen on the way", _seen(findings)),
        ),
        element("footer", f"Written by cloudsim {__version__}. This page is whole: it loads nothing."),
        element("script", Markup(SCRIPT)),
    )
    return "<!doctype html>\n" + element("html", _meta(findings), body, lang="en") + "\n"


def _meta(findings: Findings) -> Markup:
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=POLICY),
        element("meta", name_="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name_="referrer", content="no-referrer"),
        element("link", rel="icon", href="data:,"),
        element("title", f"{findings.program.scenario.name}: {findings.verdict}"),
        element("style", Markup(STYLE)),
    )


def _part(name: str, title: str, *content: Markup | Iterator[Markup]) -> Markup:
    return element("section", element("h2", title), *content, id=name, class_="part")


def _head(findings: Findings, again: str) -> Iterator[Markup]:
    program = findings.program
    yield element("h1", program.scenario.name)
    yield element("p", program.scenario.summary, class_="summary")
    yield _verdict(findings)
    facts = [
        ("seed", str(program.seed)),
        ("mode", program.mode),
        ("strategy", findings.strategy),
        *((name, str(value)) for name, value in program.given.items()),
        ("schedules", str(findings.tally.schedules)),
        ("orders", str(findings.tally.orders)),
        ("events", str(findings.tally.events)),
        ("wall time", f"{findings.wall_s:.2f} s"),
    ]
    yield element("dl", (_fact(name, value) for name, value in facts), class_="facts")
    yield element("p", "Explore it again: ", command_box(again), class_="again")


def _fact(name: str, value: str) -> Markup:
    return element("div", element("dt", name), element("dd", value))


def _verdict(findings: Findings) -> Markup:
    """Say whether anything is wrong, and how far that goes."""
    kinds = len(findings.tally.violations)
    wrong = [many(kinds, "thing") + " wrong"] if kinds else []
    wrong += [f"{len(findings.tally.unseen)} never seen"] if findings.tally.unseen else []
    state = element("div", ", ".join(wrong) or "nothing wrong", class_=f"state {'ok' if findings.ok else 'bad'}")
    name, _, rest = findings.verdict.partition(": ")
    reach = element(
        "div",
        element("strong", name),
        " ",
        rest,
        element("p", _reach(findings)),
        class_=f"reach {'proved' if findings.is_proved else 'bounded'}",
    )
    return element("div", state, reach, class_="verdict")


def _reach(findings: Findings) -> str:
    if findings.is_proved:
        return "Every order that could make a difference was tried. There is no other one."
    if findings.was_interrupted:
        return "The search was interrupted; orders that were not tried may lead elsewhere."
    reasons = "; ".join(findings.tally.loose)
    if findings.is_covered:
        return f"All orders of the operations were tried, which does not tell all here: {reasons}."
    more = f" Besides: {reasons}." if reasons else ""
    return f"A part of the orders was tried; others may lead elsewhere.{more}"


def _outcomes_title(findings: Findings) -> str:
    return f"{many(len(findings.tally.outcomes), 'outcome')} in {many(findings.tally.orders, 'order')}"


def _wrong(findings: Findings, files: Mapping[str, str]) -> Iterator[Markup]:
    if not findings.tally.violations:
        yield element("p", "Nothing was wrong in any of the orders that were tried.")
    yield from failures_part(findings, files)
    if findings.tally.unseen:
        names = [element("li", name) for name in findings.tally.unseen]
        yield element("p", "This was to be seen in at least one order, and was not:")
        yield element("ul", names, class_="unseen")


def _seen(findings: Findings) -> Markup:
    tally = findings.tally
    spent = {
        "runs to the end, each another order": tally.orders,
        "runs broken off, as repetitions of others": tally.schedules - tally.orders,
        "of them remembered failures, tried first": findings.remembered,
        "runs to make failures small, besides": sum(found.shrink_runs for found in findings.found),
    }
    wanted = {name: "seen" if is_seen else "never seen" for name, is_seen in tally.wanted.items()}
    return join(
        element(
            "div",
            _counts("How calls ended", sorted(tally.codes.items(), key=_most_first), "no call ended"),
            _counts("Fault sites that fired", sorted(tally.sites.items(), key=_most_first), "none fired"),
            _counts("To be seen at least once", list(wanted.items()), "nothing was named"),
            _counts("How schedules were spent", [(name, count) for name, count in spent.items() if count], "none"),
            class_="columns",
        )
    )


def _most_first(counted: tuple[str, int]) -> tuple[int, str]:
    return -counted[1], counted[0]


def _counts(title: str, rows: list[tuple[str, int]] | list[tuple[str, str]], nothing: str) -> Markup:
    cells = [element("tr", element("td", name), element("td", str(count), class_="number")) for name, count in rows]
    content = element("table", element("tbody", cells)) if cells else element("p", nothing, class_="note")
    return element("div", element("h3", title), content)
