"""Faults: what goes wrong on purpose, and for which calls.

A fault is a delay before a phase, a refusal thrown into the operation at a phase (so that its ``with`` blocks unwind),
an operation abandoned at a phase, or an answer lost on its way back; the ENI that a lost answer told of exists all the
same. Several faults may strike one call: delays of a phase add up, and of the others each phase has one.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar, TypeAlias

from cloudsim.api.requests import ACTIONS
from cloudsim.errors.base import ApiError
from cloudsim.errors.own import SettingError, did_you_mean, require
from cloudsim.errors.service import ThrottlingUser
from cloudsim.operations.operation import Call, Phase, as_phase
from cloudsim.values.duration import Ns, as_duration


@dataclass(frozen=True, slots=True)
class Delay:
    """The phase takes so much longer."""

    phase: Phase
    by_ns: Ns


@dataclass(frozen=True, slots=True)
class Refuse:
    """The operation is refused at the phase, instead of doing it."""

    phase: Phase
    make_error: Callable[[Call[Any]], ApiError]


@dataclass(frozen=True, slots=True)
class Abandon:
    """The operation ends at the phase without an answer; what it holds is given back, and its token is burnt.

    At RESPOND the operation has done its work, and only the answer never comes.
    """

    phase: Phase


@dataclass(frozen=True, slots=True)
class LoseAnswer:
    """The answer never reaches the caller."""

    phase: ClassVar[Phase] = Phase.RESPOND


Ending: TypeAlias = Refuse | Abandon | LoseAnswer
"""A fault that changes how a step ends."""
Fault: TypeAlias = Delay | Ending


@dataclass(slots=True, kw_only=True)
class Match:
    """Which calls a fault strikes: those that fit, from the ``first`` one on, ``times`` of them.

    Args:
        action: only calls of this action.
        caller: only calls of the caller of this name.
        first: begin with the how-manieth fitting call, from 1.
        times: strike so many, None without end.
        per_mille: strike each fitting call with this chance, drawn by the call's name, until ``times`` are struck.

    Raises:
        SettingError: there is no such action, or a number is out of its range.
    """

    action: str | None = None
    caller: str | None = None
    first: int = 1
    times: int | None = 1
    per_mille: int = 1000
    seen: int = field(default=0, init=False)
    struck: int = field(default=0, init=False)
    """Calls that it was meant for so far; ``times`` is counted in these."""
    fired: int = field(default=0, init=False)
    """Calls that came to its phase and met it; fewer than ``struck`` where a call never does that phase."""

    def __post_init__(self) -> None:
        if self.action is not None and self.action not in ACTIONS:
            raise SettingError(f"there is no action {self.action!r}; {did_you_mean(self.action, ACTIONS)}")
        if self.first < 1 or (self.times is not None and self.times < 1) or not 0 <= self.per_mille <= 1000:
            raise SettingError(
                f"a fault strikes from the first ({self.first}) call on, at least once ({self.times}), with a chance "
                f"of 0 to 1000 per mille ({self.per_mille})"
            )

    def strikes(self, call: Call[Any], fault: str) -> bool:
        """Count a call, and say whether the fault strikes it."""
        if self.action not in (None, call.request.action):
            return False
        if self.caller is not None and call.name.rpartition("/")[0] != self.caller:
            return False
        self.seen += 1
        if self.seen < self.first or (self.times is not None and self.struck >= self.times):
            return False
        if self.per_mille < 1000 and call.draws.integer(f"fault/{fault}") * 1000 >> 64 >= self.per_mille:
            return False
        self.struck += 1
        return True


@dataclass(slots=True)
class Struck:
    """What goes wrong with one call, by phase."""

    delays: dict[Phase, Ns]
    endings: dict[Phase, Ending]
    matches: list[tuple[Phase, Match]]

    def fire(self, phase: Phase) -> None:
        """Count what happens now that the call has come to a phase."""
        for at, match in self.matches:
            if at is phase:
                match.fired += 1


class Faults:
    """The faults of one simulation; none at the beginning."""

    def __init__(self) -> None:
        self._planned: list[tuple[Match, Fault]] = []

    def add(self, fault: Fault, match: Match | None = None) -> Match:
        """Plan a fault for the calls that fit; the next call, where nothing is said.

        Returns:
            The match, whose ``struck`` and ``fired`` count.

        Raises:
            SettingError: at RESPOND there is nothing left to refuse, or ``match`` is none.
        """
        if match is not None:
            require(match, Match, "a fault, for whom it strikes,")
        if isinstance(fault, Refuse) and fault.phase is Phase.RESPOND:
            raise SettingError("a call cannot be refused at RESPOND: its answer is under way; refuse it at COMMIT")
        chosen = match if match is not None else Match()
        self._planned.append((chosen, fault))
        return chosen

    def lose_answer(self, match: Match | None = None) -> Match:
        """Lose answers on their way back."""
        return self.add(LoseAnswer(), match)

    def delay(self, phase: Phase, by: str | Ns, match: Match | None = None) -> Match:
        """Let a phase take longer.

        Raises:
            DurationError: ``by`` is no duration.
            SettingError: there is no such phase.
        """
        return self.add(Delay(as_phase(phase), as_duration(by)), match)

    def throttle(self, match: Match | None = None) -> Match:
        """Refuse calls with Throttling.User at ADMIT."""
        return self.add(Refuse(Phase.ADMIT, _throttled), match)

    def refuse(self, error: ApiError, at: Phase = Phase.ADMIT, match: Match | None = None) -> Match:
        """Refuse calls at a phase with any error.

        Raises:
            SettingError: there is no such phase, or it is RESPOND, where there is nothing left to refuse.
        """
        require(error, ApiError, "refuse")
        return self.add(Refuse(as_phase(at), lambda _: error.again()), match)

    def abandon(self, at: Phase, match: Match | None = None) -> Match:
        """Let operations end at a phase without an answer.

        Raises:
            SettingError: there is no such phase.
        """
        return self.add(Abandon(as_phase(at)), match)

    def for_call(self, call: Call[Any]) -> Struck | None:
        """Give the faults that strike a call, or None.

        An ending whose phase has one already leaves the call alone, and strikes a later one.
        """
        if not self._planned:
            return None
        struck = Struck({}, {}, [])
        for number, (match, fault) in enumerate(self._planned):
            is_taken = fault.phase in struck.endings and not isinstance(fault, Delay)
            if is_taken or not match.strikes(call, str(number)):
                continue
            struck.matches.append((fault.phase, match))
            if isinstance(fault, Delay):
                struck.delays[fault.phase] = struck.delays.get(fault.phase, 0) + fault.by_ns
            else:
                struck.endings[fault.phase] = fault
        return struck if struck.matches else None


def _throttled(call: Call[Any]) -> ApiError:
    """What a limit of no calls at all answers."""
    return ThrottlingUser(account=call.account, action=call.request.action, used=0, limit=0)
