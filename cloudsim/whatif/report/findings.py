"""Findings: sentences that a planner can act on, each with the number that it rests on."""

import re
from collections.abc import Iterator
from typing import Final

from cloudsim.scenario.page.words import many
from cloudsim.whatif.report.advice import advice_of
from cloudsim.whatif.report.finding import Finding, Tone
from cloudsim.whatif.report.limits import limits_of, next_limit
from cloudsim.whatif.report.results import Results, Variant
from cloudsim.whatif.report.words import figure, instant, interval, number, share, span, variant_names

_EACH_MAX: Final = 4
"""Variants of which each gets sentences of its own; of more, the tables tell."""
_CODE: Final = re.compile(r"rejected\.([^@]+)")
_NO_ADDRESS: Final = "InvalidVSwitchId.IpNotEnough"
_FRAGMENTED_MAX: Final = 0.01
"""The share of the time in which a vSwitch may be full that is told to be fragmented."""
_BINDING: Final = {
    _NO_ADDRESS: "the addresses of the vSwitch",
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


def findings_of(results: Results) -> Iterator[Finding]:
    """Tell what was found: targets first, then what binds and when, then what to be careful with."""
    for place in range(len(results.variants[0].targets)):
        yield from advice_of(results, place)
    names = variant_names(results.variants)
    for variant, name in list(zip(results.variants, names, strict=True))[:_EACH_MAX]:
        limits = limits_of(results, results.variants.index(variant))
        sentences = (*_of_variant(results, variant), *next_limit(limits))
        told = " ".join(f"{text[0].upper()}{text[1:]}" for text in sentences)
        if told:
            yield Finding(Tone.PLAIN, f"{name}: {told}" if len(results.variants) > 1 else told)
    yield from _of_trust(results)


# -- what binds, and when


def _of_variant(results: Results, variant: Variant) -> Iterator[str]:
    yield from _binding(variant)
    yield from _first_rejection(results, variant)
    yield from _fullest(variant)
    yield from _fragmented(results, variant)
    backlog, recovery = variant.value("peak_backlog"), variant.value("recovery_time")
    if backlog and recovery:
        yield f"up to {number(backlog)} items wait at once, and it takes {span(recovery)} until none does."
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
        yield f"the fullest vSwitch is {name}: it has no free address for {share(full)} of the time."
    elif room is not None:
        yield f"the fullest vSwitch is {name}: its peak is {share(peak)}, with {number(room)} addresses to spare."


def _fragmented(results: Results, variant: Variant) -> Iterator[str]:
    """Say where prefixes are refused though addresses are free."""
    if not _has_prefixes(results, variant):
        return
    for name, one in variant.metrics.items():
        base, _, where = name.partition("@")
        peak, blocks = (variant.value(f"{of}@{where}") for of in ("peak_utilisation", "min_free_blocks"))
        if base == f"rejected.{_NO_ADDRESS}" and one.estimate and peak is not None:
            full = variant.value(f"time_share_full@{where}") or 0.0
            if not blocks and full < _FRAGMENTED_MAX:
                yield (
                    f"with {share(peak)} of its addresses in use at the peak, {where} has no whole free /28 left: "
                    "single addresses lie in every block. Give prefixes a vSwitch of their own, or reserve blocks."
                )


def _has_prefixes(results: Results, variant: Variant) -> bool:
    fleet = (results.experiment or {}).get("fleet") or {}
    return variant.axes.get("fleet.mode", fleet.get("mode")) == "prefix"


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
