"""The tables of the page: verdicts, main figures side by side, differences, every figure, and where it came from."""

from collections.abc import Iterator, Sequence
from typing import Final

from cloudsim.scenario.page.markup import Markup, breakable, element
from cloudsim.whatif.report.comparing.outcomes import HEADLINES, Outcome, outcomes
from cloudsim.whatif.report.findings import findings_of
from cloudsim.whatif.report.limits import limits_of
from cloudsim.whatif.report.results import Results, Target
from cloudsim.whatif.report.words import (
    NOTHING,
    change,
    dated,
    figure,
    instant,
    interval,
    number,
    share,
    target,
    value_of,
    variant_names,
)
from cloudsim.whatif.statistics import Estimate
from cloudsim.whatif.sweeping.columns import absent_value

_SIDE_BY_SIDE_MAX: Final = 6
_P_LEAST: Final = 0.001
_OF_THING: Final = ("rejection_ratio@", "peak_utilisation@", "time_share_full@", "headroom@")
_CODES: Final = "rejected."


def findings_part(results: Results) -> Markup:
    """List the findings."""
    items = (element("li", one.text, class_=one.tone.value) for one in findings_of(results))
    return element("ul", items, class_="findings")


def targets_part(results: Results) -> Iterator[Markup]:
    """Tell for each variant and target whether it is met."""
    names = variant_names(results.variants)
    if not any(variant.targets for variant in results.variants):
        yield element("p", "The experiment states no target.", class_="note")
        return
    rows = [
        _target_row(name, variant.metrics.get(one.metric), one, results.summary.start_date)
        for name, variant in zip(names, results.variants, strict=True)
        for one in variant.targets
    ]
    yield _table(("variant", "target", "verdict", "95 % bound", "estimate", "95 % interval"), rows, numbers=4)
    yield element(
        "p",
        "A target is met if and only if the one-sided 95 % bound satisfies it; without a bound it is not met.",
        class_="note",
    )


def _target_row(name: str, estimate: Estimate | None, one: Target, start_date: str | None) -> Markup:
    verdict = element("span", "✓ met" if one.met else "✗ not met", class_=f"tag {'met' if one.met else 'broken'}")
    return element(
        "tr",
        element("td", name),
        element("td", target(one)),
        element("td", verdict),
        element("td", dated(one.metric, figure(one.metric, one.bound), one.bound, start_date), class_="number"),
        element("td", NOTHING if estimate is None else _value(one.metric, estimate, start_date), class_="number"),
        element("td", NOTHING if estimate is None else interval(one.metric, estimate), class_="number"),
    )


def figures_part(results: Results) -> Iterator[Markup]:
    """Set the main figures of the variants side by side; of many variants, a row for each."""
    names, variants = variant_names(results.variants), results.variants
    metrics, start = _main_figures(results), results.summary.start_date
    if len(variants) <= _SIDE_BY_SIDE_MAX:
        rows = [
            element(
                "tr",
                element("td", breakable(metric)),
                [_estimate(metric, one.metrics.get(metric), start) for one in variants],
            )
            for metric in metrics
        ]
        yield _table(("figure", *names), rows, numbers=2)
    else:
        few = [metric for metric in metrics if "@" not in metric and not metric.startswith(_CODES)][:8]
        rows = [
            element("tr", element("td", name), [_estimate(metric, one.metrics.get(metric), start) for metric in few])
            for name, one in zip(names, variants, strict=True)
        ]
        yield _table(("variant", *few), rows, numbers=2)
    yield element("p", "Counts are means per run; below each estimate its 95 % interval.", class_="note")


def _main_figures(results: Results) -> list[str]:
    """Name the figures worth a look: targets, headlines, codes, and what vSwitches say."""
    have = list(dict.fromkeys(name for variant in results.variants for name in variant.metrics))
    targets = [one.metric for variant in results.variants for one in variant.targets]
    codes = [name for name in have if name.startswith(_CODES) and "@" not in name]
    medians = [f"{name}.q50" for name in ("time_to_first_rejection", "time_to_exhaustion")]
    wanted = [*targets, "offered", "accepted", *HEADLINES[:3], *codes, *medians, *HEADLINES[3:]]
    wanted = [name for name in wanted if not (name.startswith("time_to_") and "." not in name)]
    per_thing = [name for name in have if name.startswith(_OF_THING)]
    known = dict.fromkeys(have)
    return [name for name in dict.fromkeys([*wanted, *per_thing]) if name in known]


def _value(metric: str, one: Estimate, start_date: str | None) -> str:
    return dated(metric, value_of(metric, one), one.estimate, start_date)


def _estimate(metric: str, one: Estimate | None, start_date: str | None) -> Markup:
    if one is None:
        return element("td", NOTHING if absent_value(metric) is None else "0", class_="number")
    between = interval(metric, one)
    small = "" if between == NOTHING else element("small", between)
    return element("td", _value(metric, one, start_date), small, class_="number", title=f"{one.method}, n = {one.n}")


def limits_part(results: Results) -> Iterator[Markup]:
    """Put the limits of each variant beside each other, the tightest first."""
    rows = [
        element(
            "tr",
            element("td", name),
            element("td", one.name),
            element("td", number(one.peak), class_="number"),
            element("td", NOTHING if one.room is None else number(one.room), class_="number"),
            element("td", f"{one.factor:.3g} times", class_="number"),
            element("td", share(one.exhausted), class_="number"),
            element("td", NOTHING if one.first_s is None else instant(one.first_s, results.summary.start_date)),
        )
        for place, name in enumerate(variant_names(results.variants))
        for one in limits_of(results, place)
    ]
    if rows:
        yield element(
            "p", "How much more load each limit would take, were it for that limit alone. What an earlier one refused ",
            "never came to the later ones, so theirs are upper limits where something was refused.",
        )  # fmt: skip
        heads = ("variant", "limit", "peak", "left", "load that uses it up", "runs that did", "when, in half of these")
        yield _table(heads, rows, numbers=5)


def differences_part(results: Results) -> Iterator[Markup]:
    """Hold each variant against the first, run by run."""
    others = range(1, len(results.variants))
    if not others or results.summary.runs < 2:
        return
    names = variant_names(results.variants)
    targets = list(dict.fromkeys(one.metric for one in results.variants[0].targets))
    wanted = list(dict.fromkeys([*targets, "rejection_ratio", "mean_addresses", "calls"]))
    told = outcomes([((results, 0), (results, other)) for other in others], wanted)
    rows = [
        _difference_row(names[number], metric, outcome)
        for number, found in zip(others, told, strict=True)
        for metric, outcome in found.items()
    ]
    yield element(
        "p", "Each variant less ", element("strong", names[0]), ", over runs that met the same arrivals. ",
        "“Differs” holds for all of the table at once, at 5 % (Holm).",
    )  # fmt: skip
    yield _table(("variant", "figure", "change", "95 % interval", "adjusted p", "differs"), rows, numbers=3)


def _difference_row(name: str, metric: str, outcome: Outcome) -> Markup:
    one = outcome.difference
    ends = f"{change(metric, one.low)} to {change(metric, one.high)}" if one.low is not None else NOTHING
    return element(
        "tr",
        element("td", name),
        element("td", breakable(metric)),
        element("td", change(metric, one.estimate), class_="number"),
        element("td", ends, class_="number"),
        element("td", p_value(one.p_adjusted), class_="number"),
        element("td", "differs" if one.differs else "may be chance"),
    )


def p_value(p: float | None) -> str:
    """Write a p-value."""
    if p is None:
        return NOTHING
    return f"< {_P_LEAST:g}" if p < _P_LEAST else f"{p:.3f}"


def every_figure_part(results: Results) -> Iterator[Markup]:
    """Put all figures of each variant behind a line that opens them."""
    for name, variant in zip(variant_names(results.variants), results.variants, strict=True):
        rows = [
            element(
                "tr",
                element("td", breakable(metric)),
                element("td", value_of(metric, one), class_="number"),
                element("td", interval(metric, one), class_="number"),
                element("td", str(one.n), class_="number"),
                element("td", one.method),
                element("td", *filter(None, [one.caution, f"{one.censored} censored" if one.censored else None])),
            )
            for metric, one in variant.metrics.items()
        ]
        table = _table(("figure", "estimate", "95 % interval", "n", "method", ""), rows, numbers=2)
        yield element("details", element("summary", f"{name}: {len(rows)} figures"), table)


def provenance_part(results: Results) -> Iterator[Markup]:
    """Say where the results came from."""
    told = results.provenance
    rows = [("command", " ".join(map(str, told.get("command", ())))), ("key of the sweep", str(told.get("key", "")))]
    rows += [(f"version of {name}", str(version)) for name, version in told.get("versions", {}).items()]
    rows += [(f"input {path}", f"sha256 {digest}") for path, digest in told.get("inputs", {}).items()]
    names = variant_names(results.variants)
    for name, variant in zip(names, results.variants, strict=True):
        rows.append((f"results of {name}", f"sha256 {variant.result_digest}"))
        rows += [(f"journal of run 0 of {name}", variant.digest)] if variant.digest else []
    cells = [element("tr", element("td", name), element("td", element("code", value))) for name, value in rows if value]
    yield element("div", element("table", element("tbody", cells), class_="origins"), class_="scroll plain")


def _table(heads: Sequence[str], rows: Sequence[Markup], *, numbers: int) -> Markup:
    """Make a table.

    Args:
        heads: of the columns.
        rows: made already.
        numbers: from which column on, counted from 1, there are numbers.
    """
    head = (
        element("th", breakable(name), class_="number" if numbers <= place else "")
        for place, name in enumerate(heads, 1)
    )
    table = element("table", element("thead", element("tr", head)), element("tbody", rows))
    return element("div", table, class_="scroll plain")
