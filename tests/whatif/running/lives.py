"""Lives: items of a small trace as somebody would note them with pencil and paper, and figures by brute force.

Every instant is a whole second. An item is the list of what became of it; figures are read off second by second.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil


@dataclass(frozen=True, slots=True)
class Life:
    """What became of an item."""

    arrived: int
    vswitch: str
    """The one that was tried last."""
    began: int | None = None
    """When it got what it wanted; None if it never did."""
    ended: int | None = None
    code: str | None = None
    """Of its refusal."""

    def lives(self, second: int) -> bool:
        """Whether it lives from this instant to the next."""
        return self.began is not None and self.began <= second and (self.ended is None or second < self.ended)

    def waits(self, second: int) -> bool:
        """Whether it waits from this instant to the next."""
        return self.code is None and self.arrived <= second and (self.began is None or second < self.began)


@dataclass(frozen=True, slots=True)
class Course:
    """How many of something there are, second by second."""

    values: Sequence[int]
    warmup: int

    @property
    def peak(self) -> int:
        """The most, what is there as measuring begins included."""
        return max(self.values[max(0, self.warmup - 1) :])

    @property
    def mean(self) -> float:
        """The mean; the horizon itself lasts for no time."""
        measured = self.values[self.warmup : -1]
        return sum(measured) / len(measured)

    def share(self, level: int) -> float:
        """The share of time in which there are so many or more."""
        measured = self.values[self.warmup : -1]
        return sum(value >= level for value in measured) / len(measured)

    def first(self, level: int) -> float | None:
        """When there first were so many, measured or not."""
        return next((float(second) for second, value in enumerate(self.values) if value >= level), None)


def living(lives: Sequence[Life], warmup: int, horizon: int, each: int = 1) -> Course:
    """How many live, or how many addresses they hold."""
    return Course([each * sum(one.lives(second) for one in lives) for second in range(horizon + 1)], warmup)


def waiting(lives: Sequence[Life], warmup: int, horizon: int) -> Course:
    """How many wait."""
    return Course([sum(one.waits(second) for one in lives) for second in range(horizon + 1)], warmup)


def longest(course: Course) -> float:
    """The longest stretch of measured time without a pause in which there is one or more."""
    best = now = 0
    for value in course.values[course.warmup : -1]:
        now = now + 1 if value else 0
        best = max(best, now)
    return float(best)


def outage(lives: Sequence[Life], warmup: int, horizon: int) -> float:
    """From an item that is refused to the next one that gets what it wants; in the order in which lives stand."""
    best, since = 0, None
    for one in lives:
        if one.arrived < warmup:
            continue
        if one.code is not None and since is None:
            since = one.arrived
        elif one.began is not None and since is not None:
            best, since = max(best, one.began - since), None
    return float(best if since is None else max(best, horizon - since))


def densest(instants: Sequence[int], length: int) -> int:
    """The most within any half-open window."""
    return max((sum(start <= one < start + length for one in instants) for start in instants), default=0)


def nearest_rank(values: Sequence[float], percent: int) -> float | None:
    """The smallest value that so many per cent do not exceed."""
    return sorted(values)[ceil(len(values) * percent / 100) - 1] if values else None
