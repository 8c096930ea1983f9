"""Faults: what goes wrong on purpose, and for which calls.

A fault is a delay before a phase, a refusal thrown into the operation at a phase (so that its ``with`` blocks unwind),
an operation abandoned at a phase, an answer lost on its way back, or a refusal told by another code; the ENI that a
lost answer told of exists all the same. Several faults may strike one call: delays of a phase add up, and of the others
each phase has one. An operation that goes through FINISH several times meets its fault at the first one.

What happens to the cloud and not to a call, such as a zone that is out, is a trouble: see
:mod:`cloudsim.simulation.trouble`. Troubles are not struck by faults.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from string import Formatter
from typing import Any, ClassVar, TypeAlias

from cloudsim.api.requests import ACTIONS
from cloudsim.errors.addresses import InvalidVSwitchIdIpNotEnough, QuotaExceededPrivateIpAddress
from cloudsim.errors.base import ApiError
from cloudsim.errors.codes import CODES
from cloudsim.errors.own import SettingError, did_you_mean, require
from cloudsim.errors.service import InternalError, ThrottlingUser
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


@dataclass(frozen=True, slots=True)
class Alias:
    """A refusal is told by another code; what a ClientToken remembers of it is the true one."""

    kind: type[ApiError]
    told_as: type[ApiError]


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

    delays: dict[Phase, Ns] = field(default_factory=dict)
    endings: dict[Phase, Ending] = field(default_factory=dict)
    matches: list[tuple[Phase, Match]] = field(default_factory=list)

    def has_room_for(self, fault: Fault) -> bool:
        """Whether a fault can strike besides those that do: delays add up, of the others a phase has one."""
        return isinstance(fault, Delay) or fault.phase not in self.endings

    def add(self, fault: Fault, match: Match) -> None:
        """Let a fault strike that there is room for; the match counts when it does."""
        self.matches.append((fault.phase, match))
        if isinstance(fault, Delay):
            self.delays[fault.phase] = self.delays.get(fault.phase, 0) + fault.by_ns
        else:
            self.endings[fault.phase] = fault

    def fire(self, phase: Phase) -> Ending | None:
        """Count what happens now that the call has come to a phase, and give how it ends; each happens once."""
        ending = self.endings.pop(phase, None)
        for at, match in self.matches:
            if at is phase:
                match.fired += 1
        self.matches = [pair for pair in self.matches if pair[0] is not phase]
        return ending


class Faults:
    """The faults of one simulation; none at the beginning."""

    def __init__(self) -> None:
        self._planned: list[tuple[Match, Fault]] = []
        self._aliases: list[tuple[Match, Alias]] = []
        self.counted_across_callers = False
        """Whether a fault has counted the calls of several callers, so that their order says whom it strikes."""
        self.makes_answers_up = False
        """Whether refusals are made up or renamed, so that they say nothing of what is there."""

    def stop(self) -> None:
        """Let nothing go wrong any more; calls under way meet what was meant for them."""
        self._planned.clear()
        self._aliases.clear()

    @property
    def are_planned(self) -> bool:
        """Whether any call may be struck."""
        return bool(self._planned)

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
        chosen = self._noted(match)
        self._planned.append((chosen, fault))
        return chosen

    def _noted(self, match: Match | None) -> Match:
        """Take a match, or the one for the next call."""
        chosen = match if match is not None else Match()
        counts = chosen.first > 1 or chosen.times is not None
        self.counted_across_callers = self.counted_across_callers or (counts and chosen.caller is None)
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
        return self.add(Refuse(Phase.ADMIT, throttled), match)

    def refuse(self, error: ApiError, at: Phase = Phase.ADMIT, match: Match | None = None) -> Match:
        """Refuse calls at a phase with any error.

        Raises:
            SettingError: there is no such phase, or it is RESPOND, where there is nothing left to refuse.
        """
        require(error, ApiError, "refuse")
        self.makes_answers_up = True
        return self.add(Refuse(as_phase(at), lambda _: error.again()), match)

    def abandon(self, at: Phase, match: Match | None = None) -> Match:
        """Let operations end at a phase without an answer.

        Raises:
            SettingError: there is no such phase.
        """
        return self.add(Abandon(as_phase(at)), match)

    def hang(self, match: Match | None = None) -> Match:
        """Let operations never end after their answer, at the first FINISH; those that have none are not touched."""
        return self.add(Abandon(Phase.FINISH), match)

    def hang_attach(self, match: Match | None = None) -> Match:
        """Let ENIs stay Attaching.

        Raises:
            SettingError: the match is for another action; so with the others of its kind.
        """
        return self.hang(_of("AttachNetworkInterface", match))

    def hang_detach(self, match: Match | None = None) -> Match:
        """Let ENIs stay Detaching, until somebody repeats the call."""
        return self.hang(_of("DetachNetworkInterface", match))

    def hang_delete(self, match: Match | None = None) -> Match:
        """Let ENIs stay Deleting, until somebody repeats the call; in the classic profile there is nothing to hang."""
        return self.hang(_of("DeleteNetworkInterface", match))

    def fail_attach(self, match: Match | None = None) -> Match:
        """Let attachments fail after their answer, so that the ENI is Available again and its slot free."""
        return self.add(Refuse(Phase.FINISH, lambda _: InternalError()), _of("AttachNetworkInterface", match))

    def burn_token(self, match: Match | None = None) -> Match:
        """Let operations end at COMMIT without an answer, so that their ClientToken is burnt."""
        return self.abandon(Phase.COMMIT, match)

    def alias(
        self,
        code: str = InvalidVSwitchIdIpNotEnough.code,
        told_as: type[ApiError] = QuotaExceededPrivateIpAddress,
        match: Match | None = None,
    ) -> Match:
        """Tell refusals of one code by another one, as the service does at times with the shortage of addresses.

        Here a match counts only calls that are refused by that code.

        Raises:
            SettingError: there is no such code, or the other's message needs what the first one's does not know.
        """
        if match is not None:
            require(match, Match, "a fault, for whom it strikes,")
        if code not in CODES:
            raise SettingError(f"there is no code {code!r}; {did_you_mean(code, CODES)}")
        lacking = [fact for fact in _facts_in(told_as.form) if fact not in _facts_in(CODES[code].form)]
        if lacking:
            raise SettingError(f"{code} cannot be told as {told_as.code}, which also says: {', '.join(lacking)}")
        chosen = self._noted(match)
        self.makes_answers_up = True
        self._aliases.append((chosen, Alias(CODES[code], told_as)))
        return chosen

    def rename(self, call: Call[Any], refusal: ApiError) -> ApiError:
        """Give a refusal as the caller is told it: an equal one, or its alias."""
        for number, (match, alias) in enumerate(self._aliases):
            if type(refusal) is alias.kind and match.strikes(call, f"alias-{number}"):
                match.fired += 1
                return alias.told_as(**refusal.facts)
        return refusal.again()

    def for_call(self, call: Call[Any]) -> Struck | None:
        """Give the faults that strike a call, or None.

        An ending whose phase has one already leaves the call alone, and strikes a later one.
        """
        if not self._planned:
            return None
        struck = Struck()
        for number, (match, fault) in enumerate(self._planned):
            if struck.has_room_for(fault) and match.strikes(call, str(number)):
                struck.add(fault, match)
        return struck if struck.matches else None


def _of(action: str, match: Match | None) -> Match:
    """Make a match one for an action, which it is from then on."""
    if match is None:
        return Match(action=action)
    require(match, Match, "a fault, for whom it strikes,")
    if match.action not in (None, action):
        raise SettingError(f"this fault strikes {action}, and the match is for {match.action}")
    match.action = action
    return match


def _facts_in(form: str) -> list[str]:
    """The facts that a message names."""
    return [name for _, name, _, _ in Formatter().parse(form) if name]


def throttled(call: Call[Any]) -> ApiError:
    """What a limit of no calls at all answers."""
    return ThrottlingUser(account=call.account, action=call.request.action, used=0, limit=0)
