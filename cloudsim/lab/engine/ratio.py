"""A ratio of two variants of the same rounds, its spread, and the bound that it should keep."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec

from cloudsim.lab.bounded import Bounded
from cloudsim.lab.timing import Timing


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio(Bounded):
    """A ratio, a rate or a number of bytes. ``op`` says which way is better, even where there is no goal."""

    ns: float | None = None
    """What one operation of the first variant took, for the report; nothing is decided by it."""
    low: float | None = None
    """The lower quartile of the ratio over the rounds; None if it was measured once."""
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How carefully it is measured."""

    is_quick: bool = False
    """Few rounds of small sizes: within a minute for all parts, with more noise."""
    is_large: bool = False
    """Sizes of a million ENIs, which take minutes and gigabytes."""

    def rounds(self, usual: int) -> int:
        """Give the rounds for which ``usual`` is the full number: a quarter if it is quick, at least 3; always odd."""
        return max(3, usual // 4 | 1) if self.is_quick else usual


def ratio(
    name: str,
    timings: Mapping[str, Timing],
    over: str,
    under: str,
    *,
    at_most: float | None = None,
    at_least: float | None = None,
    note: str = "",
) -> Ratio:
    """Hold one variant against another.

    Args:
        name: of the ratio.
        timings: of both, in the same rounds.
        over: the variant that is divided.
        under: the one by which it is divided; where a floor is asked for, ours, whose ns are told.
        at_most: the bound, where less is better.
        at_least: the bound, where more is better; at most one of the two.
        note: what stands for what.
    """
    assert at_most is None or at_least is None, "a ratio is better one way"
    is_floor = at_least is not None
    found = timings[over].to(timings[under])
    low, high = found.spread
    return Ratio(
        name=name, value=found.ns, op=">=" if is_floor else "<=", goal=at_least if is_floor else at_most, note=note,
        ns=timings[under if is_floor else over].ns, low=low, high=high,
    )  # fmt: skip


def missing(name: str, library: str, *, at_least: float | None = None, at_most: float | None = None) -> Ratio:
    """Say that a ratio was not measured, since a peer is not installed."""
    return Ratio(
        name=name, value=None, op="<=" if at_least is None else ">=", goal=at_most if at_least is None else at_least,
        note=library,
    )  # fmt: skip


def is_installed(library: str) -> bool:
    """Whether a peer can be imported."""
    return find_spec(library) is not None


def rate(name: str, timing: Timing, *, at_least: float | None = None) -> Ratio:
    """Give how many operations are made in a CPU second.

    Args:
        name: of the rate.
        timing: of one operation.
        at_least: the bound.
    """
    by_round = Timing(tuple(1e9 / ns for ns in timing.rounds))
    low, high = by_round.spread
    return Ratio(name=name, value=by_round.ns, op=">=", goal=at_least, ns=timing.ns, low=low, high=high)


def once(
    name: str, value: float, *, at_most: float | None = None, at_least: float | None = None, ns: float | None = None
) -> Ratio:
    """Give what was measured a single time, so that nothing is known of its noise.

    Args:
        name: of the number.
        value: the number.
        at_most: the bound, where less is better; so it is taken to be if there is no bound.
        at_least: the bound, where more is better.
        ns: what it took, for the report.
    """
    is_floor = at_least is not None
    return Ratio(
        name=name, value=value, op=">=" if is_floor else "<=", goal=at_least if is_floor else at_most, ns=ns
    )  # fmt: skip
