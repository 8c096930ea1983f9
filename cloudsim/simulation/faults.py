"""Faults: what goes wrong on purpose, and for which calls.

A fault is a delay before a phase, a refusal thrown into the operation at a phase (so that its ``with`` blocks unwind),
an operation abandoned at a phase, or an answer lost on its way back; the ENI that a lost answer told of exists all the
same.
"""

from dataclasses import dataclass
from typing import TypeAlias

from cloudsim.errors.base import ApiError
from cloudsim.errors.own import SettingError
from cloudsim.errors.service import ThrottlingUser
from cloudsim.operations.operation import Call, Phase
from cloudsim.values.duration import Ns, as_duration
from cloudsim.values.entropy import Entropy


@dataclass(frozen=True, slots=True)
class Delay:
    """The phase takes so much longer."""

    phase: Phase
    by_ns: Ns


@dataclass(frozen=True, slots=True)
class Refuse:
    """The operation is refused at the phase, instead of doing it."""

    phase: Phase
    error: ApiError


@dataclass(frozen=True, slots=True)
class Abandon:
    """The operation ends at the phase without an answer; what it holds is given back, and its token is burnt."""

    phase: Phase


@dataclass(frozen=True, slots=True)
class LoseAnswer:
    """The answer never reaches the caller."""

    phase: Phase = Phase.RESPOND


Fault: TypeAlias = Delay | Refuse | Abandon | LoseAnswer


@dataclass(slots=True, kw_only=True)
class Match:
    """Which calls a fault strikes: those that fit, from the ``first`` one on, ``times`` of them.

    Args:
        action: only calls of this action.
        caller: only calls whose name begins with this caller's.
        first: begin with the how-manieth fitting call, from 1.
        times: strike so many, None without end.
        per_mille: strike each fitting call with this chance, drawn by the call's name.
    """

    action: str | None = None
    caller: str | None = None
    first: int = 1
    times: int | None = 1
    per_mille: int = 1000
    seen: int = 0
    struck: int = 0

    def strikes(self, action: str, call_name: str, entropy: Entropy, fault: str) -> bool:
        """Count a call, and say whether the fault strikes it."""
        if self.action not in (None, action) or (
            self.caller is not None and call_name.rpartition("/")[0] != self.caller
        ):
            return False
        self.seen += 1
        if self.seen < self.first or (self.times is not None and self.struck >= self.times):
            return False
        if self.per_mille < 1000 and entropy.integer("fault", f"{fault}/{call_name}") * 1000 >> 64 >= self.per_mille:
            return False
        self.struck += 1
        return True


class Faults:
    """The faults of one simulation; none at the beginning."""

    def __init__(self) -> None:
        self._planned: list[tuple[Match, Fault]] = []

    def add(self, fault: Fault, match: Match | None = None) -> Match:
        """Plan a fault for the calls that fit; the next call, where nothing is said.

        Returns:
            The match, whose ``struck`` counts.
        """
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
        """
        return self.add(Delay(phase, as_duration(by)), match)

    def throttle(self, match: Match | None = None) -> Match:
        """Refuse calls with Throttling.User at ADMIT."""
        refusal = ThrottlingUser(account="of the caller", action="the action", used=0, limit=0)
        return self.add(Refuse(Phase.ADMIT, refusal), match)

    def refuse(self, error: ApiError, at: Phase = Phase.ADMIT, match: Match | None = None) -> Match:
        """Refuse calls at a phase with any error.

        Raises:
            SettingError: at RESPOND there is nothing left to refuse.
        """
        if at is Phase.RESPOND:
            raise SettingError("a call cannot be refused at RESPOND: its answer is under way; refuse it at COMMIT")
        return self.add(Refuse(at, error), match)

    def abandon(self, at: Phase, match: Match | None = None) -> Match:
        """Let operations end at a phase without an answer."""
        return self.add(Abandon(at), match)

    def for_call(self, call: Call) -> dict[Phase, Fault] | None:  # type: ignore[type-arg]
        """Give the faults that strike a call, one for each phase, or None."""
        struck: dict[Phase, Fault] = {}
        for number, (match, fault) in enumerate(self._planned):
            if match.strikes(call.request.action, call.name, call.entropy, str(number)):
                struck[fault.phase] = fault
        return struck or None
