"""Findings: sentences that a planner can act on, each with the number that it rests on."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cloudsim.scenario.page.words import many
from cloudsim.whatif.report.results import Results, Target, Variant
from cloudsim.whatif.report.words import (
    axis_value,
    figure,
    instant,
    interval,
    listed,
    number,
    share,
    target,
    variant_names,
    varying_axes,
)

_EACH_MAX: Final = 4
"""Variants of which each gets sentences of its own; of more, the tables tell."""
_CODE: Final = re.compile(r"rejected\.([^@]+)")
_BINDING: Final = {
    "InvalidVSwitchId.IpNotEnough": "the addresses of the vSwitch",
    "MaxEniCountExceeded": "the account's quota of ENIs",
    "SecurityGroupInstanceLimitExceed": "the places of the security group",
    "EnterpriseGroupLimited.MutliGroupType": "the places of the security group",
    "Throttling": "the limit of calls",
    "Throttling.User": "the limit of calls of the user",
    "Throttling.Api": "the limit of calls of the action",
    "ServiceUnavailable": "a zone that is out",
    "NoNode": "the number of nodes",
}
"""What is short where a code refuses."""


class Tone(StrEnum):
    """What a finding is."""

    GOOD = "good"
    BAD = "bad"
    UNSURE = "unsure"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence, and whether it is good news."""

    tone: Tone
    text: str


def findings_of(results: Results) -> Iterator[Finding]:
    """Tell what was found: targets first, then what binds and when, then what to be careful with."""
    for place in range(len(results.variants[0].targets)):
        yield _of_target(results, place)
    names = variant_names(results.variants)
    for variant, name in list(zip(results.variants, names, strict=True))[:_EACH_MAX]:
        told = " ".join(f"{text[0].upper()}{text[1:]}" for text in _of_variant(results, variant))
        if told:
            yield Finding(Tone.PLAIN, f"{name}: {told}" if len(results.variants) > 1 else told)
    yield from _of_trust(results)


# -- targets


def _of_target(results: Results, place: int) -> Finding:
    """Say which variants meet a target, and which one to take."""
    names = variant_names(results.variants)
    wanted = [variant.targets[place] for variant in results.variants]
    said = target(wanted[0])
    met = [number for number, one in enumerate(wanted) if one.met]
    if len(wanted) == 1:
        return _alone(results, wanted[0], said)
    if not met:
        best = _nearest(wanted)
        if best is None:
            return Finding(Tone.UNSURE, f"{said} is shown for no variant: so few runs have no bound. Make more runs.")
        return Finding(
            Tone.BAD,
            f"No variant is shown to keep {said}. The nearest is {names[best]}, {_bounded(wanted[best])}"
            f"{_hope(results.variants[best], wanted[best])}",
        )
    if len(met) == len(wanted):
        tightest = max(met, key=lambda number: _badness(wanted[number]))
        return Finding(
            Tone.GOOD, f"Every variant keeps {said}. The tightest is {names[tightest]}, {_bounded(wanted[tightest])}."
        )
    return Finding(Tone.GOOD, f"{said} is kept by {listed([names[n] for n in met])}{_advice(results, wanted, met)}")


def _alone(results: Results, wanted: Target, said: str) -> Finding:
    if wanted.met:
        return Finding(Tone.GOOD, f"{said} is kept, {_bounded(wanted)}.")
    if wanted.bound is None:
        return Finding(Tone.UNSURE, f"{said} cannot be told: so few runs have no bound. Make more runs.")
    return Finding(Tone.BAD, f"{said} is not shown, {_bounded(wanted)}{_hope(results.variants[0], wanted)}")


def _bounded(one: Target) -> str:
    """Say where the true figure is."""
    side = "at most" if one.at_least is None else "at least"
    return f"where it is {side} {figure(one.metric, one.bound)} with 95 % confidence"


def _hope(variant: Variant, one: Target) -> str:
    """Say whether more runs may show what these do not."""
    estimate = variant.value(one.metric)
    good = estimate is not None and (estimate <= one.limit if one.at_least is None else estimate >= one.limit)
    return f"; its estimate, {figure(one.metric, estimate)}, is good, so more runs may show it." if good else "."


def _badness(one: Target) -> float:
    """How near to breaking it, or how far beyond."""
    assert one.bound is not None, "only what has a bound is met"
    return one.bound if one.at_least is None else -one.bound


def _nearest(wanted: Sequence[Target]) -> int | None:
    known = [number for number, one in enumerate(wanted) if one.bound is not None]
    return min(known, key=lambda number: _badness(wanted[number]), default=None)


def _advice(results: Results, wanted: Sequence[Target], met: Sequence[int]) -> str:
    """Say which value of the axis is the smallest that does, where one axis varies and has an order."""
    keys = varying_axes(results.variants)
    sizes = [_size(axis_value(variant.axes.get(keys[0]))) for variant in results.variants] if len(keys) == 1 else []
    ordered = [size for size in sizes if size is not None]
    if not ordered or len(ordered) < len(sizes):
        broken = [number for number in range(len(wanted)) if number not in met]
        worst = max(broken, key=lambda number: (wanted[number].bound is None, _bound(wanted[number])))
        rest = "the other does not: it" if len(broken) == 1 else f"the other {len(broken)} do not: the worst"
        return f"; {rest} is at {figure(wanted[worst].metric, wanted[worst].bound)}."
    take = min(met, key=lambda number: ordered[number])
    value = axis_value(results.variants[take].axes[keys[0]])
    smaller = [number for number in range(len(wanted)) if ordered[number] < ordered[take]]
    less = max(smaller, key=lambda number: ordered[number], default=None)
    text = f". Take {keys[0]} = {value}: it is the smallest that does"
    if less is None:
        return f"{text} of those tried, and smaller ones may do as well."
    value = axis_value(results.variants[less].axes[keys[0]])
    return f"{text}; {value} is at {figure(wanted[less].metric, _value(results, less, wanted))}."


def _bound(one: Target) -> float:
    return 0.0 if one.bound is None else _badness(one)


def _value(results: Results, number: int, wanted: Sequence[Target]) -> float | None:
    return results.variants[number].value(wanted[number].metric)


def _size(value: str) -> float | None:
    """Give what a value of an axis is ordered by: a block by how many addresses it has."""
    _, slash, length = value.partition("/")
    if slash and length.isdigit():
        return -float(length)
    try:
        return float(value)
    except ValueError:
        return None


# -- what binds, and when


def _of_variant(results: Results, variant: Variant) -> Iterator[str]:
    yield from _binding(variant)
    yield from _first_rejection(results, variant)
    yield from _fullest(variant)
    outage = variant.value("longest_outage")
    if outage:
        yield f"the longest time in which everything was refused is {figure('longest_outage', outage)} on average."


def _binding(variant: Variant) -> Iterator[str]:
    """Say which limit refuses most, and which one next."""
    codes = {
        found[1]: one.estimate
        for name, one in variant.metrics.items()
        if (found := _CODE.fullmatch(name)) and one.estimate
    }
    total = sum(codes.values())
    ratio = variant.metrics.get("rejection_ratio")
    if not total or ratio is None or ratio.estimate is None:
        if variant.value("offered"):
            yield f"nothing was refused of {number(variant.value('offered') or 0)} items a run."
        return
    (first, count), *others = sorted(codes.items(), key=lambda item: (-item[1], item[0]))
    between = f" ({interval('rejection_ratio', ratio)})" if ratio.low is not None else ""
    text = f"{share(ratio.estimate)}{between} is refused, and {_short_of(first)} is what binds"
    if not others:
        yield f"{text}: it makes all refusals."
        return
    code, more = others[0]
    following = f"next comes {_short_of(code)} with {share(more / total)}"
    yield f"{text}: it makes {share(count / total)} of the refusals; {following}."


def _short_of(code: str) -> str:
    return f"{_BINDING[code]} ({code})" if code in _BINDING else code


def _first_rejection(results: Results, variant: Variant) -> Iterator[str]:
    median = variant.metrics.get("time_to_first_rejection.q50")
    if median is None or not median.n:
        return
    never = median.censored or 0
    start = results.summary.start_date
    if median.estimate is None:
        yield f"{never} of {median.n} runs go to the end without a rejection."
        return
    between = f" (95 % interval {interval(_TIME, median)})" if median.low is not None or median.high is not None else ""
    when = instant(median.estimate, start)
    if median.n == 1:
        yield f"the first rejection comes after {when}."
        return
    rest = f"; {never} never do" if never else ""
    word = "after" if start is None else "by"
    yield f"half of {median.n} runs have met their first rejection {word} {when}{between}{rest}."


_TIME: Final = "time_to_first_rejection"


def _fullest(variant: Variant) -> Iterator[str]:
    """Say which vSwitch comes nearest to its end."""
    peaks = {
        name.partition("@")[2]: one.estimate
        for name, one in variant.metrics.items()
        if name.startswith("peak_utilisation@") and "quota:" not in name and one.estimate is not None
    }
    if not peaks:
        return
    name, peak = max(peaks.items(), key=lambda item: item[1])
    full = variant.value(f"time_share_full@{name}") or 0.0
    room = variant.value(f"headroom@{name}")
    if full:
        yield f"The fullest vSwitch is {name}: it has no free address for {share(full)} of the time."
    elif room is not None:
        yield f"The fullest vSwitch is {name}: its peak is {share(peak)}, with {number(room)} addresses to spare."


# -- how far to trust it


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _of_trust(results: Results) -> Iterator[Finding]:
    warnings = dict.fromkeys(
        f"{one.metric}: {text}" for variant in results.variants for one in variant.targets for text in one.warnings
    )
    yield from (Finding(Tone.UNSURE, f"Careful with {text}.") for text in warnings)
    failed = sum(len(variant.failed) for variant in results.variants)
    if failed:
        why = next(variant.failed[0].why for variant in results.variants if variant.failed)
        yield Finding(
            Tone.BAD, f"{many(failed, 'run')} {_are(failed)} left out for want of a result; the first says: {why}"
        )
    if results.summary.runs == 1:
        yield Finding(
            Tone.UNSURE, "There is one run of each variant: no figure has an interval, and no target can be met."
        )
