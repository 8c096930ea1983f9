"""What was observed: each call as its caller saw it, with its place in real time.

Real time is the order of events, departures and answers alike: of two calls, one of which was answered before the other
departed, the first took effect first. Everything else is concurrent, also at one instant of virtual time.
"""

from dataclasses import dataclass

from cloudsim.api.requests import Request
from cloudsim.api.responses import Response
from cloudsim.errors.base import ApiError
from cloudsim.values.duration import Ns


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """One call as its caller saw it.

    Args:
        call: its name, such as ``client-1/2``.
        caller: who called.
        request: what was asked for, with its region filled in.
        account: for which account.
        invoked: the ordinal of its departure among all events.
        answered: that of its answer; None while the outcome is unknown: lost, abandoned, or still under way.
        response: what it was answered, unless it was refused.
        error: the refusal.
        invoked_ns: the instant of its departure; decides only whether a ClientToken may have expired.
        answered_ns: the instant of its answer.
    """

    call: str
    caller: str
    request: Request
    account: str
    invoked: int
    answered: int | None = None
    response: Response | None = None
    error: ApiError | None = None
    invoked_ns: Ns = 0
    answered_ns: Ns | None = None

    @property
    def is_unknown(self) -> bool:
        """Whether nobody knows if it took effect."""
        return self.answered is None

    @property
    def may_have_acted(self) -> bool:
        """Whether it was not refused, so that it took effect or may have."""
        return self.error is None

    @property
    def outcome(self) -> str:
        """How it ended, in a word: ``ok``, a code, or ``no answer``."""
        if self.answered is None:
            return "no answer"
        return "ok" if self.error is None else self.error.code

    def overlaps(self, other: "Observed") -> bool:
        """Whether the two were under way at the same time, at some time."""
        ends = self.answered, other.answered
        return (ends[0] is None or other.invoked < ends[0]) and (ends[1] is None or self.invoked < ends[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """What no order of the calls can explain.

    Args:
        key: of which resource, such as ``eni:eni-1``.
        text: the explanation, for people: the calls with their places in real time, how far they can be explained, and
            which one cannot be.
        calls: the names of the calls that the explanation shows.
        undecided: nothing was found, but the search was given up; whoever needs a proof has none.
    """

    key: str
    text: str
    calls: tuple[str, ...]
    undecided: bool = False
