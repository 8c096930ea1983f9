"""Two sweeps side by side, for people: inputs like a plan, outcomes as a table."""

from collections.abc import Iterator
from typing import Final

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from cloudsim.cli.paper import table
from cloudsim.whatif.report.comparing.comparison import Check, Compared, Comparison
from cloudsim.whatif.report.sections import p_value
from cloudsim.whatif.report.words import NOTHING, axis_value, change, figure, value_of

_STYLES: Final = {"+": "green", "-": "red", "~": "yellow"}


def comparison_parts(comparison: Comparison) -> Iterator[RenderableType]:
    """Write what came of comparing two sweeps."""
    several = len(comparison.pairs) > 1
    for place, pair in enumerate(comparison.pairs):
        if several:
            yield Text(f"variant {place}: {_axes(pair)}", "bold")
        yield _inputs(pair)
        yield _outcomes(pair)
    yield from _alone(comparison)
    if comparison.cautions:
        yield Text("\n").join(Text(f"careful: {text}") for text in comparison.cautions)
    if comparison.checks:
        yield Text("\n").join(map(_check, comparison.checks))


def _axes(pair: Compared) -> str:
    return ", ".join(f"{key} {axis_value(value)}" for key, value in pair.b.axes.items()) or "as stated"


def _inputs(pair: Compared) -> Text:
    if not pair.inputs:
        return Text("The inputs are the same.")
    return Text("\n").join(Text(str(one), _STYLES[one.change]) for one in pair.inputs)


def _outcomes(pair: Compared) -> Table:
    heads = ("figure", "A", "B", "change", "95 % interval", "pairs", "adjusted p", "")
    made = table(*heads, numbers=heads[1:7], whole=("figure",))
    for name, one in pair.metrics.items():
        difference = one.difference
        ends = NOTHING
        if difference.low is not None:
            ends = f"{change(name, difference.low)} .. {change(name, difference.high)}"
        made.add_row(
            name,
            value_of(name, one.before),
            value_of(name, one.after),
            change(name, difference.estimate),
            ends,
            str(difference.n),
            p_value(difference.p_adjusted),
            "differs" if difference.differs else "",
            style="bold" if difference.differs else "",
        )
    return made


def _alone(comparison: Comparison) -> Iterator[Text]:
    for side, numbers in ((comparison.a, comparison.match.only_a), (comparison.b, comparison.match.only_b)):
        if numbers:
            yield Text(f"only {side.name} has {len(numbers)} of its variants: {', '.join(map(str, numbers))}")


def _check(check: Check) -> Text:
    said = ", ".join(figure(check.condition.metric, value) for value in check.values)
    if check.holds:
        return Text(f"FAIL {check.condition.text}: it holds, at {said}", "bold red")
    return Text(f"ok   {check.condition.text}: it does not hold, at {said}", "green")
