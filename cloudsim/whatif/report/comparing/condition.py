"""``--fail-on 'METRIC OP NUMBER'``: one comparison of one figure with one number. Nothing is evaluated.

    condition = metric operator number
    metric    = a figure of B, such as rejection_ratio@vsw-a, or change.FIGURE: B less A over the same runs
    operator  = ">" | ">=" | "<" | "<=" | "==" | "!="
    number    = a decimal number, such as 0.01, -3 or 1e-3

A quantile that lies among the runs that never got there is later than every number.
"""

import operator
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import inf
from typing import Final

from cloudsim.errors.own import ResultsError, did_you_mean
from cloudsim.whatif.experiment.figures import FIGURES
from cloudsim.whatif.statistics import Estimate
from cloudsim.whatif.sweeping.columns import absent_value

CHANGE: Final = "change."
_OPERATORS: Final[dict[str, Callable[[float, float], bool]]] = {
    ">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le, "==": operator.eq, "!=": operator.ne,
}  # fmt: skip
_NUMBER: Final = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
_CONDITION: Final = re.compile(rf"\s*([^\s<>=!]+)\s*(>=|<=|==|!=|>|<)\s*({_NUMBER})\s*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition; something fails where it holds."""

    text: str
    """As it was said."""
    metric: str
    """A figure."""
    is_change: bool
    """Whether its change is asked for, and not its value."""
    sign: str
    number: float

    def holds_of(self, value: float) -> bool:
        """Whether it holds of a value."""
        return _OPERATORS[self.sign](value, self.number)


def read_condition(text: str) -> Condition:
    """Read a condition.

    Raises:
        ResultsError: it is none.
    """
    found = _CONDITION.fullmatch(text)
    if found is None:
        raise ResultsError(
            f"{text!r} is no METRIC OP NUMBER, such as 'rejection_ratio > 0.01'; OP is one of {' '.join(_OPERATORS)}"
        )
    metric, sign, number = found.groups()
    is_change = metric.startswith(CHANGE)
    return Condition(text.strip(), metric.removeprefix(CHANGE), is_change, sign, float(number))


def value_for(condition: Condition, known: Iterable[str], estimate: Estimate | None) -> float:
    """Give the number that a condition is about.

    Args:
        condition: which has a metric.
        known: the metrics that there are.
        estimate: of that metric, or of its change; None where there is no such metric.

    Raises:
        ResultsError: there is no such metric, or it has no value.
    """
    prefix = CHANGE if condition.is_change else ""
    if estimate is None:
        names = list(known)
        if _never_happened(condition.metric, names):
            return 0.0
        asked = prefix + condition.metric
        raise ResultsError(
            f"--fail-on: there is no {asked!r}; {did_you_mean(asked, [prefix + name for name in names])}"
        )
    if estimate.estimate is not None:
        return estimate.estimate
    if estimate.censored:
        return inf
    raise ResultsError(f"--fail-on: {prefix}{condition.metric} has no value, so nobody can say whether it holds")


def _never_happened(metric: str, known: Sequence[str]) -> bool:
    """Whether a metric that no run has is a count of what did not happen: refusals by a code, calls of an action."""
    base, at, scope = metric.partition("@")
    family = FIGURES.get(base.partition(".")[0])
    is_count = family is not None and absent_value(base) == 0 and base.partition(".")[2] in family.members
    return is_count and (not at or any(name.endswith(f"@{scope}") for name in known))
