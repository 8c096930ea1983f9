"""One offline page about a run of the laboratory: verdict, goals, plots, tables, and what was left out.

It is made like the page of a sweep, of the same parts: all is readable without a script, plots are drawn by plotly's
script inside the page, and the page forbids itself every request.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import msgspec

from cloudsim.lab.laboratory import Outcome
from cloudsim.lab.report.document import LIBRARIES, machine, versions
from cloudsim.lab.report.pivot import pivots
from cloudsim.lab.report.plots import plots_of
from cloudsim.lab.report.words import bound, number, share, time_of, verdict
from cloudsim.scenario.page.markup import Markup, element
from cloudsim.version import __version__
from cloudsim.whatif.extras import need
from cloudsim.whatif.report.looks import DATA, SCRIPT, STYLE
from cloudsim.whatif.report.page import policy_of
from cloudsim.whatif.report.plots.plot import Plot

_WIDE: Final = ".plots{grid-template-columns:1fr}.canvas{height:32rem}td,th{white-space:nowrap}"


def write_page(outcome: Outcome) -> str:
    """Write the page as text.

    Raises:
        MissingExtra: plots need plotly.
    """
    plots = list(plots_of(outcome))
    scripts = [_plotly(), SCRIPT] if plots else []
    body = element(
        "body",
        element("header", _head(outcome)),
        element(
            "main",
            _part("goals", "Goals", _goals(outcome)),
            _plots(plots),
            _part("blocks", "Whole blocks", _blocks(outcome)),
            _part("table", "Times", _tables(outcome)),
            _part("left-out", "Left out", _left_out(outcome)),
        ),
        element("footer", f"Written by cloudsim {__version__}. This page is whole: it loads nothing."),
        _data(plots),
        (element("script", Markup(script)) for script in scripts),
    )
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy_of(scripts)),
        element("meta", name_="viewport", content="width=device-width, initial-scale=1"),
        element("link", rel="icon", href="data:,"),
        element("title", "Address allocators"),
        element("style", Markup(STYLE + _WIDE)),
    )
    return "<!doctype html>\n" + element("html", head, body, lang="en") + "\n"


def _plotly() -> str:
    """Give plotly's script. Its line ends are those that a browser reads, which the digest is of."""
    text: str = need("plotly.offline", extra="lab").get_plotlyjs()
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _head(outcome: Outcome) -> Iterator[Markup]:
    yield element("h1", "Address allocators, compared")
    judged = [goal for goal in outcome.goals if goal.met is not None]
    if judged:
        met = sum(bool(goal.met) for goal in judged)
        state = "ok" if met == len(judged) else "bounded"
        said = element("div", f"{met} of {len(judged)} goals met", class_=f"state {state}")
        yield element("div", said, class_="verdict")
    where = machine()
    facts = [
        ("cells", str(len(outcome.rows))),
        ("skipped", str(len(outcome.skipped))),
        ("kind of run", "quick: fewer rounds, noisier" if outcome.is_quick else "full"),
        ("machine", f"{where['system']} {where['architecture']}, {where['cores']} cores, load {where['load'][0]}"),
        ("Python", where["python"]),
        *((name, version or "not installed") for name, version in versions(*LIBRARIES).items()),
    ]
    yield element(
        "dl", (element("div", element("dt", name), element("dd", value)) for name, value in facts), class_="facts"
    )
    yield element(
        "p",
        "A pair is a release and an allocation. Times are thread CPU time, medians of interleaved rounds; the ratios "
        "of one table are the result, single times move with the machine's other work.",
        class_="note",
    )


def _part(name: str, title: str, content: Iterator[Markup]) -> Markup:
    inside = list(content)
    return element("section", element("h2", title), *inside, id=name, class_="part") if inside else Markup("")


def _goals(outcome: Outcome) -> Iterator[Markup]:
    if not outcome.goals:
        return
    rows = [
        [str(goal.number), goal.name, number(goal.value), bound(goal), verdict(goal), goal.note]
        for goal in outcome.goals
    ]
    yield _table(["", "ratio", "measured", "goal", "", ""], rows)


def _blocks(outcome: Outcome) -> Iterator[Markup]:
    if outcome.left:
        yield _table(
            ["policy", "allocator", "size", "use", "whole", "of", "by formula", "packed", "reuse after"],
            [
                [
                    one.policy, one.name, one.size, share(one.use), number(one.free_blocks), str(one.blocks),
                    number(one.expected), number(one.packed), number(one.reuse_distance),
                ]
                for one in outcome.left
            ],
        )  # fmt: skip
    if outcome.bursts:
        yield element("h3", "After a burst")
        yield element("p", "Filled to 80 %, down to 20 % at random, then churned in batches of 2 %.", class_="note")
        turns = list(dict.fromkeys(one.turnovers for one in outcome.bursts))
        rows = []
        for name in dict.fromkeys(one.name for one in outcome.bursts):
            mine = [one for one in outcome.bursts if one.name == name]
            rows.append([mine[0].policy, name, *(number(one.free_blocks) for one in mine), number(mine[0].packed)])
        yield _table(["policy", "allocator", *(f"+{turn} turnovers" for turn in turns), "packed"], rows)


def _tables(outcome: Outcome) -> Iterator[Markup]:
    for place, pivot in enumerate(pivots(outcome)):
        table = _table(pivot.columns, pivot.rows)
        yield element(
            "details", element("summary", pivot.title), element("p", _NOTE, class_="note"), table, open=place == 0
        )


_NOTE: Final = "In brackets: probes for each allocation, where more than one. ~: foretold, not measured."


def _left_out(outcome: Outcome) -> Iterator[Markup]:
    if outcome.missing:
        said = "; ".join(f"{name} (needs {library})" for name, library in outcome.missing.items())
        yield element("p", f"Not installed: {said}. pip install 'cloudsim-eni[lab]' brings them.")
    if outcome.skipped:
        rows = [
            [one.name, one.size, one.occupancy, one.workload, str(one.pools), f"~{time_of(one.predicted_ns)}", one.why]
            for one in outcome.skipped
        ]
        table = _table(["allocator", "size", "held", "workload", "pools", "a pair", "why"], rows)
        yield element("details", element("summary", f"{len(rows)} cells were skipped"), table)


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Markup:
    head = element("thead", element("tr", (element("th", column) for column in columns)))
    body = element("tbody", (element("tr", (_cell(text) for text in row)) for row in rows))
    return element("div", element("table", head, body, class_="plain"), class_="scroll")


def _cell(text: str) -> Markup:
    if text in ("pass", "MISS"):
        return element("td", element("span", text, class_=f"tag {'met' if text == 'pass' else 'broken'}"))
    is_number = text[:1].isdigit() or text[:1] in "~-"
    return element("td", text, class_="number" if text and is_number else "")


def _plots(plots: Sequence[Plot]) -> Markup:
    """Make room for the plots; a script fills it, and without one nobody sees it."""
    if not plots:
        return Markup("")
    figures = (
        element(
            "figure",
            element("h3", plot.title),
            element("figcaption", plot.says),
            element("div", id=f"plot-{plot.name}", class_="canvas", role="img", aria_label=plot.title),
            class_="plot",
        )
        for plot in plots
    )
    without = element("noscript", element("p", "The plots need a script; the tables say the same.", class_="note"))
    content = element("div", element("h2", "Plots"), element("div", figures, class_="plots"), id="plots", hidden=True)
    return element("section", without, content, class_="part")


def _data(plots: Sequence[Plot]) -> Markup:
    """Put the plots where the script finds them; no text in it can end the block."""
    if not plots:
        return Markup("")
    told: list[dict[str, Any]] = [{"name": one.name, "data": one.data, "layout": one.layout} for one in plots]
    text = msgspec.json.encode(told).decode().replace("<", "\\u003c")
    return element("script", Markup(text), type="application/json", id=DATA)
