"""Advice: for each target which value of what is varied to take, and what that costs.

Where one axis decides alone, its values are told from each other: the smallest that does where small ones fail, the
largest where large ones do, or by name where they have no order. Else variants are told by name.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from cloudsim.errors.own import DurationError
from cloudsim.values.duration import parse_duration
from cloudsim.whatif.experiment.scalars import Rate
from cloudsim.whatif.report.comparing.outcomes import outcomes
from cloudsim.whatif.report.finding import Finding, Tone
from cloudsim.whatif.report.results import Results, Target
from cloudsim.whatif.report.words import (
    axis_value,
    change,
    dated,
    figure,
    is_time_to,
    listed,
    share,
    target,
    value_of,
    variant_names,
    varying_axes,
)
from cloudsim.whatif.sweeping.estimating import share_of

_PRICES: Final = (
    "cost", "mean_nodes", "mean_addresses", "mean_idle_addresses", "rejection_ratio", "wait.p95", "calls",
)  # fmt: skip
"""What a choice may cost, or spare."""
_NAMED_MAX: Final = 3
_NOTABLE: Final = 0.05
"""A change of less than this share is not worth a word."""


def advice_of(results: Results, place: int) -> Iterator[Finding]:
    """Say which variants meet a target, which one to take, and what it costs.

    Args:
        results: of the sweep.
        place: which target, from 0.
    """
    for one in _advice(results, [variant.targets[place] for variant in results.variants]):
        yield replace(one, is_advice=True)


def _advice(results: Results, wanted: Sequence[Target]) -> Iterator[Finding]:
    met = [number for number, one in enumerate(wanted) if one.met]
    said = target(wanted[0])
    if len(wanted) == 1:
        yield _alone(results, wanted[0], said)
    elif not met:
        yield _none(results, wanted, said)
    elif len(met) == len(wanted):
        yield _all(results, wanted, said)
    else:
        yield from _some(results, wanted, said)
    if len(met) in (0, len(wanted)) and len(wanted) > 1:
        yield from _against(results, wanted[0].metric, 0, len(wanted) - 1)


# -- all, none, or the only one


def _alone(results: Results, wanted: Target, said: str) -> Finding:
    if wanted.met:
        return Finding(Tone.GOOD, f"{said} is kept: {_bounded(results, wanted)}.")
    if wanted.bound is None:
        return Finding(Tone.UNSURE, f"{said} cannot be told: so few runs have no bound. Make more runs.")
    return Finding(Tone.BAD, f"{said} is not shown: {_bounded(results, wanted)}{_hope(results, 0, wanted)}")


def _none(results: Results, wanted: Sequence[Target], said: str) -> Finding:
    known = [number for number, one in enumerate(wanted) if one.bound is not None]
    if all(one.metric not in variant.metrics for variant, one in zip(results.variants, wanted, strict=True)):
        return Finding(Tone.UNSURE, f"{said} cannot be told: no run has {wanted[0].metric}.")
    if not known:
        return Finding(Tone.UNSURE, f"{said} is shown for no variant: so few runs have no bound. Make more runs.")
    best = min(known, key=lambda number: _badness(wanted[number]))
    return Finding(
        Tone.BAD,
        f"No variant is shown to keep {said}. The nearest is {variant_names(results.variants)[best]}: "
        f"{_bounded(results, wanted[best])}{_hope(results, best, wanted[best])}",
    )


def _all(results: Results, wanted: Sequence[Target], said: str) -> Finding:
    tightest = max(range(len(wanted)), key=lambda number: _badness(wanted[number]))
    name = variant_names(results.variants)[tightest]
    return Finding(
        Tone.GOOD, f"Every variant keeps {said}. The tightest is {name}: {_bounded(results, wanted[tightest])}."
    )


def _hope(results: Results, number: int, one: Target) -> str:
    """Say whether more runs may show what these do not."""
    estimate = results.variants[number].value(one.metric)
    good = estimate is not None and (estimate <= one.limit if one.at_least is None else estimate >= one.limit)
    return f"; its estimate, {figure(one.metric, estimate)}, is good, so more runs may show it." if good else "."


def _badness(one: Target) -> float:
    """How near to breaking it, or how far beyond."""
    return 0.0 if one.bound is None else one.bound if one.at_least is None else -one.bound


# -- some


@dataclass(frozen=True, slots=True)
class _Deciding:
    """An axis whose value alone says whether the target is met."""

    key: str
    good: tuple[int, ...]
    """For each value that does, the variant with it that has the least room."""
    bad: tuple[int, ...]
    """For each value that does not, the variant with it that is worst."""
    others: tuple[str, ...]
    """The other axes with several values."""


def _some(results: Results, wanted: Sequence[Target], said: str) -> Iterator[Finding]:
    deciding = _deciding(results, wanted)
    names = variant_names(results.variants)
    if deciding is None:
        good = [number for number, one in enumerate(wanted) if one.met]
        bad = [number for number, one in enumerate(wanted) if not one.met]
        kept, missed = (listed([names[number] for number in some], most=_NAMED_MAX) for some in (good, bad))
        yield Finding(Tone.GOOD, f"{said} is kept by {kept}; not by {missed}.")
        nearest = min(bad, key=lambda number: (wanted[number].bound is None, _badness(wanted[number])))
        yield from _against(results, wanted[0].metric, nearest, good[0])
        return
    take, less, text = _told(results, wanted, deciding, said)
    if deciding.others:
        text = f"{text}, whatever {listed(deciding.others)} {'is' if len(deciding.others) == 1 else 'are'}"
    yield Finding(Tone.GOOD, f"{text}.")
    yield from _against(results, wanted[0].metric, less, take)


def _deciding(results: Results, wanted: Sequence[Target]) -> _Deciding | None:
    """Find the axis that decides; None where it takes several."""
    keys = varying_axes(results.variants)
    for key in keys:
        by_value: dict[str, list[int]] = {}
        for number, variant in enumerate(results.variants):
            by_value.setdefault(axis_value(variant.axes.get(key)), []).append(number)
        groups = by_value.values()
        if all(len({wanted[number].met for number in group}) == 1 for group in groups):
            worst = [max(group, key=lambda number: _badness(wanted[number])) for group in groups]
            good = tuple(number for number in worst if wanted[number].met)
            bad = tuple(number for number in worst if not wanted[number].met)
            return _Deciding(key, good, bad, tuple(other for other in keys if other != key))
    return None


def _told(results: Results, wanted: Sequence[Target], axis: _Deciding, said: str) -> tuple[int, int, str]:
    """Say which value to take.

    Returns:
        The variant to take, the one to hold it against, and the text.
    """
    sizes = {number: size_of(_value(results, axis, number)) for number in (*axis.good, *axis.bad)}
    ordered = {number: size for number, size in sizes.items() if size is not None}
    for word, sign in (("smallest", 1.0), ("largest", -1.0)):
        if len(ordered) < len(sizes):
            break

        def rank(number: int, *, sign: float = sign) -> float:
            return sign * ordered[number]

        take = min(axis.good, key=rank)
        if all(rank(number) < rank(take) for number in axis.bad):
            return _ended(results, wanted, axis, said, (take, max(axis.bad, key=rank), word))
    return _by_name(results, wanted, axis, said)


def _ended(
    results: Results, wanted: Sequence[Target], axis: _Deciding, said: str, found: tuple[int, int, str]
) -> tuple[int, int, str]:
    take, less, word = found
    text = (
        f"Take {axis.key} = {_value(results, axis, take)}: of those tried it is the {word} that keeps {said} "
        f"({_bounded(results, wanted[take])}); {_short(results, wanted, axis, less)}"
    )
    return take, less, text


def _by_name(results: Results, wanted: Sequence[Target], axis: _Deciding, said: str) -> tuple[int, int, str]:
    take = min(axis.good, key=lambda number: _badness(wanted[number]))
    less = min(axis.bad, key=lambda number: _badness(wanted[number]))
    values = listed([_value(results, axis, number) for number in axis.good], most=_NAMED_MAX)
    text = f"{said} is kept with {axis.key} = {values} ({_bounded(results, wanted[take])}); "
    rest = f"; so with {len(axis.bad) - 1} more" if len(axis.bad) > 1 else ""
    return take, less, f"{text}{_short(results, wanted, axis, less)}{rest}"


def _short(results: Results, wanted: Sequence[Target], axis: _Deciding, number: int) -> str:
    """Say how far a value is from meeting the target."""
    one = wanted[number]
    estimate = results.variants[number].metrics.get(one.metric)
    value = _value(results, axis, number)
    if one.bound is None or estimate is None:
        return f"for {value} there is no bound"
    is_near = estimate.estimate is not None and (_badness(one) > 0) and _is_good(one, estimate.estimate)
    told = _instant(results, one.metric, value_of(one.metric, estimate), estimate.estimate)
    return f"with {value} it is {told}" + (", but not surely" if is_near else "")


def _is_good(one: Target, value: float) -> bool:
    return value <= one.limit if one.at_least is None else value >= one.limit


def _value(results: Results, axis: _Deciding, number: int) -> str:
    return axis_value(results.variants[number].axes[axis.key])


def _bounded(results: Results, one: Target) -> str:
    """Say where the true figure is."""
    if is_time_to(one.metric) and one.at_least is not None and one.bound is not None:
        share_of_runs = share(1 - float(share_of(one.metric)))
        until = _instant(results, one.metric, f"for {figure(one.metric, one.bound)}", one.bound)
        word = "it lasts" if results.summary.start_date is None else "it lasts until"
        return f"in {share_of_runs} of all cases {word} {until} or longer, with 95 % confidence"
    side = "at most" if one.at_least is None else "at least"
    return f"{side} {_instant(results, one.metric, figure(one.metric, one.bound), one.bound)} with 95 % confidence"


def _instant(results: Results, metric: str, told: str, value: float | None) -> str:
    return dated(metric, told, value, results.summary.start_date)


# -- what it costs


def _against(results: Results, metric: str, less: int, take: int) -> Iterator[Finding]:
    """Hold the variant to take against another, run by run: what else changes, and by how much."""
    if results.summary.runs < 2:
        return
    before, after = results.variants[less], results.variants[take]
    have = [name for name in dict.fromkeys((metric, *_PRICES)) if name in before.metrics and name in after.metrics]
    [found] = outcomes([((results, less), (results, take))], have)
    told = [
        f"{name} {change(name, one.difference.estimate)} "
        f"({change(name, one.difference.low)} to {change(name, one.difference.high)})"
        for name, one in found.items()
        if one.difference.differs and _is_notable(one.before.estimate, one.difference.estimate)
    ]
    names = variant_names(results.variants)
    if told:
        yield Finding(Tone.PLAIN, f"{names[take]} against {names[less]}, run by run: {'; '.join(told)}.")


def _is_notable(before: float | None, difference: float | None) -> bool:
    return difference is not None and abs(difference) >= _NOTABLE * abs(before or 0.0)


# -- the order of values


def size_of(value: str) -> float | None:
    """Give what a value of an axis is ordered by: a block by how many addresses it has; None where it has no order."""
    _, slash, length = value.partition("/")
    if slash and length.isdigit():
        return -float(length)
    readers: tuple[Callable[[str], float | Fraction], ...] = (float, parse_duration, Rate.read)
    for read in readers:
        try:
            return float(read(value))
        except (ValueError, DurationError):
            continue
    return None
