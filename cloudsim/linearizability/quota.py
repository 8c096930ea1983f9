"""The ENI quota of an account in a region, by counting; it needs no search.

Creates as late and deletes as early as real time allows give the fewest ENIs at each instant, all at once in one order.
So the quota was overshot exactly where those fewest are too many. A refusal is just if there was an instant during the
call at which the most that can have been there, the places held by calls in flight included, left no room: the places
that others hold may cause phantom refusals, which is the documented price.

Where deletes are asynchronous, nobody is told when a place comes back, so there a refusal is judged as if it never did.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from itertools import accumulate
from math import inf
from typing import NamedTuple

from cloudsim.api.requests import CreateNetworkInterface, DeleteNetworkInterface, RunInstances
from cloudsim.api.troubles import SetQuota
from cloudsim.errors.quota import MaxEniCountExceeded
from cloudsim.linearizability.observed import Observed, Violation
from cloudsim.linearizability.survey import Scope, Survey


class _Made(NamedTuple):
    """An ENI that a call of the history made: the call, and when it was made at the earliest and the latest."""

    call: Observed
    earliest: int
    latest: int


def quota_violations(survey: Survey) -> Iterator[Violation]:
    """Give what contradicts the quotas."""
    made: dict[Scope, dict[str, _Made]] = defaultdict(dict)
    for eni, calls in survey.made.items():
        scope = survey.scope_of(eni)
        assert scope is not None, "what a call made is of its scope"
        first = min(calls, key=lambda call: call.answered or 0)
        earliest = min(call.invoked for call in (*calls, *survey.makers(eni)))
        made[scope][eni] = _Made(first, earliest, first.answered or 0)
    refused: dict[Scope, list[Observed]] = defaultdict(list)
    for call in survey.calls:
        if isinstance(call.error, MaxEniCountExceeded) and not survey.may_repeat(call):
            refused[call.account, call.request.region_id or ""].append(call)
    for scope in dict.fromkeys([*made, *refused]):
        if scope in survey.start.quotas:
            quota = _Quota(survey, scope, made[scope])
            yield from quota.overshoot()
            yield from quota.unjust(refused[scope])


class _Quota:
    """One quota."""

    def __init__(self, survey: Survey, scope: Scope, made: dict[str, _Made]) -> None:
        self._survey = survey
        self._scope = scope
        self._made = made
        self._used = survey.start.used[scope]
        limits = [survey.start.quotas[scope]]
        for call in survey.calls:
            request = call.request
            if not (isinstance(request, SetQuota) and request.quota == "eni" and call.may_have_acted):
                continue
            if (request.account, request.region_id or "") == scope:
                limits.append(request.limit)
        self._limits = limits
        self.key = f"quota:{scope[0]}/{scope[1]}"

    def _ends(self) -> Iterator[tuple[str, Observed]]:
        """The calls by which an ENI that counts may have ended."""
        survey = self._survey
        riders = survey.start.enis if survey.endings else ()  # those that nobody names may end with their instance
        here = [eni for eni in dict.fromkeys([*survey.naming, *riders]) if self._is_here(eni) and self._counts(eni)]
        for eni in here:
            for call in survey.naming.get(eni, ()):
                if isinstance(call.request, DeleteNetworkInterface) and call.may_have_acted:
                    yield eni, call
            for call in survey.riders_end(eni):
                yield eni, call

    def _is_here(self, eni: str) -> bool:
        there = self._survey.start.enis.get(eni)
        scope = self._survey.scope_of(eni) if there is None else (there.account, there.region)
        return scope == self._scope

    def _counts(self, eni: str) -> bool:
        there = self._survey.start.enis.get(eni)
        return eni in self._made or (there is not None and there.counts)

    def overshoot(self) -> Iterator[Violation]:
        """Look for the first create whose answer leaves more ENIs than there may be, however it is ordered."""
        ends: dict[str, int] = {}
        for eni, call in self._ends():
            ends[eni] = min(ends.get(eni, call.invoked), call.invoked)
        events = [(made.latest, 1, eni) for eni, made in self._made.items()]
        events += [(instant, -1, eni) for eni, instant in ends.items()]
        count, limit = self._used, max(self._limits)
        for instant, change, eni in sorted(events):
            count += change
            if change > 0 and count > limit:
                yield self._told_overshoot(count, limit, instant, self._made[eni].call, ends)
                return

    def _told_overshoot(self, count: int, limit: int, instant: int, last: Observed, ends: dict[str, int]) -> Violation:
        there = [
            made.call for eni, made in self._made.items() if made.latest <= instant and ends.get(eni, inf) > instant
        ]
        there.sort(key=lambda call: call.invoked)
        lines = [f"{self.key}: at least {count} ENIs at once, where {limit} are allowed."]
        if self._used:
            lines.append(f"  {self._used} at the beginning")
        lines += [f"  {_line(call)}: made {_eni_of(call)}" for call in there]
        lines.append(
            f"{last.call} cannot be explained: when it was answered, none of these was deleted or being deleted."
        )
        return Violation(key=self.key, text="\n".join(lines), calls=tuple([call.call for call in there]))

    def unjust(self, refused: list[Observed]) -> Iterator[Violation]:
        """Look for refusals at which there was room all the time."""
        if not refused:
            return
        changes: dict[int, int] = defaultdict(int)
        for begin, end, places in self._most():
            changes[begin] += places
            if end is not None:
                changes[end] -= places
        instants = sorted(changes)
        counts = list(accumulate((changes[instant] for instant in instants), initial=self._used))
        for call in refused:
            assert call.answered is not None, "a refusal is an answer"
            assert call.error is not None, "a refusal is an error"
            span = counts[bisect_right(instants, call.invoked) : bisect_right(instants, call.answered) + 1]
            asked = int(call.error.facts.get("asked", 1))
            most, limit = max(span) - _places(call), min(self._limits)
            if most + asked <= limit:
                text = (
                    f"{self.key}: a refusal without a reason.\n  {_line(call)}: {call.error}\n{call.call} cannot be "
                    f"explained: while it ran, at most {most} of {limit} places were used or held by others."
                )
                yield Violation(key=self.key, text=text, calls=(call.call,))

    def _most(self) -> Iterator[tuple[int, int | None, int]]:
        """From when to when, at the most, how many places may have been used or held."""
        survey, ends = self._survey, self._sure_ends()
        for eni, made in self._made.items():
            yield made.earliest, ends.pop(eni, None), 1
        for end in ends.values():
            yield end, None, -1  # it was there at the beginning
        for call in survey.calls:
            if (call.account, call.request.region_id or "") != self._scope:
                continue
            is_counted = isinstance(call.request, CreateNetworkInterface) and call.response is not None
            if _places(call) and not is_counted:
                yield call.invoked, None if call.may_have_acted else call.answered, _places(call)

    def _sure_ends(self) -> dict[str, int]:
        """When, at the latest, an ENI had ended whose delete was answered."""
        ends: dict[str, int] = {}
        if self._survey.start.delete_is_asynchronous:
            return ends
        for eni, call in self._ends():
            if isinstance(call.request, DeleteNetworkInterface) and call.answered is not None:
                ends[eni] = min(ends.get(eni, call.answered), call.answered)
        return ends


def _places(call: Observed) -> int:
    """How many places a call takes or holds at the most."""
    request = call.request
    if isinstance(request, CreateNetworkInterface):
        return 1
    if isinstance(request, RunInstances):
        return (request.amount or 1) * (1 + len(request.network_interfaces or ()))
    return 0


def _line(call: Observed) -> str:
    return f"{call.call} [{call.invoked}, {call.answered}] {call.request.action} ({call.outcome})"


def _eni_of(call: Observed) -> str:
    return str(getattr(call.response, "network_interface_id", ""))
