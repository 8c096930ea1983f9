"""Numbers, figures and variants in words: with their units, and with no more digits than are of use."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any, Final

import msgspec

from cloudsim.whatif.experiment.figures import is_share
from cloudsim.whatif.report.results import Target, Variant
from cloudsim.whatif.statistics import Estimate

MINUS: Final = "\u2212"
NOTHING: Final = "\u2013"
_GLUE: Final = "\u00a0"
"""Stands between a number and its unit; no line is broken there."""
_TIMES: Final = ("time_to_", "wait", "recovery_time", "longest_outage", "measured_seconds")
_SPANS: Final = ((86_400, "d", 3), (3_600, "h", 2), (60, "min", 2), (1, "s", 1), (1e-3, "ms", 0))
"""Seconds, unit, and how many of the unit there must be for it to be taken."""


def is_time(metric: str) -> bool:
    """Whether a metric is in seconds."""
    return metric.startswith(_TIMES)


def is_time_to(metric: str) -> bool:
    """Whether a metric is an instant: how long from the beginning to something."""
    return metric.startswith("time_to_")


def number(value: float) -> str:
    """Write a number with four digits that count, and thin spaces between thousands."""
    if value == 0 or abs(value) >= 1000:
        return _signed(f"{value:,.0f}".replace(",", "\u202f"))
    return _signed(f"{value:.4g}" if abs(value) >= 1e-4 else f"{value:.2g}")


def span(seconds: float) -> str:
    """Write a length of time in its natural unit."""
    size = abs(seconds)
    if not size:
        return f"0{_GLUE}s"
    for unit_s, name, least in _SPANS:
        if size >= unit_s * least:
            return _signed(f"{seconds / unit_s:.3g}{_GLUE}{name}")
    return _signed(f"{seconds:.3g}{_GLUE}s")


def share(value: float) -> str:
    """Write a share in per cent."""
    return _signed(f"{100 * value:.3g}{_GLUE}%")


def figure(metric: str, value: float | None) -> str:
    """Write a figure in its unit."""
    if value is None:
        return NOTHING
    base = metric.partition("@")[0]
    return span(value) if is_time(metric) else share(value) if is_share(base) else number(value)


def change(metric: str, value: float | None) -> str:
    """Write the change of a figure, with its sign; that of a share in percentage points."""
    if value is None:
        return NOTHING
    base = metric.partition("@")[0]
    said = _signed(f"{100 * value:.3g} points") if is_share(base) and not is_time(metric) else figure(metric, value)
    return f"+{said}" if value > 0 else said


def instant(seconds: float, start_date: str | None) -> str:
    """Write an instant of the experiment: so long after its beginning, and as a date where that has one."""
    if start_date is None:
        return span(seconds)
    date = dt.date.fromisoformat(start_date) + dt.timedelta(seconds=seconds)
    return f"{date.isoformat()} ({span(seconds)} on)"


def dated(metric: str, told: str, value: float | None, start_date: str | None) -> str:
    """Tell an instant as a date too, where the experiment has one; anything else as it is told."""
    return told if value is None or start_date is None or not is_time_to(metric) else instant(value, start_date)


def interval(metric: str, estimate: Estimate) -> str:
    """Write an interval; of one that is open above because runs never got there, only the beginning."""
    if estimate.low is None and estimate.high is None:
        return NOTHING
    low, high = (figure(metric, end) for end in (estimate.low, estimate.high))
    if estimate.high is None:
        return f"from {low}"
    return f"up to {high}" if estimate.low is None else f"{low} to {high}"


def value_of(metric: str, estimate: Estimate) -> str:
    """Write an estimate; a quantile among the runs that never got there is told as such."""
    if estimate.estimate is None and estimate.censored:
        return "not by the end"
    return figure(metric, estimate.estimate)


def target(wanted: Target) -> str:
    """Write what a target asks for."""
    return limit(wanted.metric, at_most=wanted.at_most, at_least=wanted.at_least)


def limit(metric: str, *, at_most: float | None, at_least: float | None) -> str:
    """Write what a figure must keep."""
    sign, value = ("\u2264", at_most) if at_least is None else ("\u2265", at_least)
    return f"{metric} {sign} {figure(metric, value)}"


def listed(names: Sequence[str], *, most: int = 6) -> str:
    """List names in a sentence, as far as anybody would read."""
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def axis_value(value: Any) -> str:  # noqa: ANN401  whatever TOML has
    """Write the value of an axis."""
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def varying_axes(variants: Sequence[Variant]) -> tuple[str, ...]:
    """Name the axes that have more than one value."""
    keys = dict.fromkeys(key for variant in variants for key in variant.axes)
    return tuple(key for key in keys if len({axis_value(variant.axes.get(key)) for variant in variants}) > 1)


def variant_names(variants: Sequence[Variant]) -> tuple[str, ...]:
    """Name variants by what tells them apart; short keys where they are clear."""
    keys = varying_axes(variants)
    short = _short_keys(keys)
    return tuple(", ".join(_said(variant, keys, short)) or "as stated" for variant in variants)


def _said(variant: Variant, keys: Sequence[str], short: Sequence[str]) -> Iterator[str]:
    for key, name in zip(keys, short, strict=True):
        if key in variant.axes:
            yield f"{name} {axis_value(variant.axes[key])}"


def _short_keys(keys: Sequence[str]) -> list[str]:
    """Leave out the first word of keys, such as ``vswitch``, where what is left tells them apart."""
    short = [key.partition(".")[2] if key.count(".") > 1 else key for key in keys]
    return short if len(dict.fromkeys(short)) == len(keys) else list(keys)


def _signed(text: str) -> str:
    return text.replace("-", MINUS) if text.startswith("-") else text
