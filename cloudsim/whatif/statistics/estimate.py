"""An estimate: a number, how sure it is, of how many runs, and by which method."""

from typing import Final

import msgspec

LEVEL: Final = 0.95
"""Of two-sided intervals and of one-sided bounds alike."""


class Estimate(msgspec.Struct, frozen=True, kw_only=True):
    """What the runs say of one figure."""

    estimate: float | None
    """None where no run has the figure, and for a quantile that lies among the runs that never got there."""
    low: float | None = None
    """Lower end of the two-sided 95 % interval; None where so many runs cannot give it, and always with one run."""
    high: float | None = None
    """Upper end, likewise."""
    n: int
    """Runs (or batches, or pairs) that the estimate rests on."""
    method: str
    """How the interval was made, such as ``student-t``."""
    lower_bound: float | None = None
    """With 95 % confidence the true figure is not below it: what an ``at_least`` target is held against."""
    upper_bound: float | None = None
    """With 95 % confidence the true figure is not above it: what an ``at_most`` target is held against."""
    censored: int | None = None
    """For a quantile: runs that never got there. They count as later than all others and are not dropped."""
    caution: str | None = None
    """What the reader must know before believing the interval; None if nothing."""

    def as_json(self) -> dict[str, object]:
        """Give the estimate in the form of ``sweep --json``: ``{estimate, low, high, n, method}`` and what applies."""
        told: dict[str, object] = {
            "estimate": self.estimate,
            "low": self.low,
            "high": self.high,
            "n": self.n,
            "method": self.method,
        }
        told |= {} if self.censored is None else {"censored": self.censored}
        return told | ({} if self.caution is None else {"caution": self.caution})


class Difference(Estimate, frozen=True, kw_only=True):
    """An estimate of B minus A over the runs that both have."""

    p: float | None = None
    """How likely a difference at least so large would be if there were none; None with fewer than two pairs."""
    p_adjusted: float | None = None
    """The same after Holm's adjustment for all differences that were asked for together; None until then."""

    @property
    def differs(self) -> bool:
        """Whether the difference is there at the family-wise 5 % level, after adjustment."""
        return self.p_adjusted is not None and self.p_adjusted <= 1 - LEVEL

    def as_json(self) -> dict[str, object]:
        """Give the estimate with both p-values and the answer."""
        return super().as_json() | {"p": self.p, "p_adjusted": self.p_adjusted, "differs": self.differs}


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a target is met."""

    bound: float | None
    """The one-sided 95 % bound that decides; None where the runs cannot give one."""
    met: bool
    """Whether the bound satisfies the target. No bound satisfies none."""


def judge(estimate: Estimate, *, at_most: float | None = None, at_least: float | None = None) -> Verdict:
    """Hold an estimate against a target: it is met if and only if the one-sided 95 % bound satisfies it.

    Args:
        estimate: of the target's metric.
        at_most: what the figure may be at most; exactly one of the two is given.
        at_least: what it must be at least.
    """
    assert (at_most is None) != (at_least is None), "a target has one limit"
    if at_most is not None:
        bound = estimate.upper_bound
        return Verdict(bound=bound, met=bound is not None and bound <= at_most)
    assert at_least is not None, "it is the other one"
    bound = estimate.lower_bound
    return Verdict(bound=bound, met=bound is not None and bound >= at_least)
