"""A seeded fault plan: troubles thrown at random, the same ones at the same instants under the same seed.

Which verb comes when is drawn from a stream that belongs to the plan alone, so it does not depend on what is in the
cloud. On whom a throw falls is drawn from a stream of its own, among what there is at that instant. All draws are
integers, and times are whole milliseconds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar

from cloudsim.errors.own import SettingError, did_you_mean, require
from cloudsim.kernel.actor import URGENT
from cloudsim.resources.instance import InstanceStatus
from cloudsim.resources.interface import EniStatus, EniType
from cloudsim.simulation.throwing import Thrown
from cloudsim.values.duration import UNITS, Ns, as_duration, format_duration
from cloudsim.values.entropy import Stream

if TYPE_CHECKING:
    from cloudsim.simulation.simulation import Simulation

T = TypeVar("T")
Throw: TypeAlias = "Callable[[Simulation, Stream, Ns], Thrown | None]"
"""Throws one trouble that lasts so long; None where there is nobody to throw it at."""

NOBODY: Final = "nobody there"
"""How a throw ends that found nobody."""
_MS: Final = UNITS["ms"]
_MEAN_MAX_MS: Final = (1 << 31) - 1
"""Of a time that is drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TroublePlan:
    """What is thrown, how often and for how long; times as text or nanoseconds, kept as the latter.

    Args:
        end: nothing is thrown at this instant or after it.
        begin: nothing is thrown before this instant.
        mean_gap: the time between two throws is anything from 1ms to twice this.
        mean_lasting: how long a trouble lasts, where it ends by itself, is likewise anything from 1ms to twice this.
        verbs: what is thrown, with weights: a verb of weight 3 comes three times as often as one of weight 1. All of
            :data:`VERBS` alike if None.
        name: keys the chance; two plans of different names have nothing in common.

    Raises:
        SettingError: a verb is unknown, a weight is negative, none is positive, or a mean cannot be drawn from.
        DurationError: a time is no duration.
    """

    end: str | Ns
    begin: str | Ns = 0
    mean_gap: str | Ns = "1m"
    mean_lasting: str | Ns = "1m"
    verbs: Mapping[str, int] | None = None
    name: str = "plan"

    def __post_init__(self) -> None:
        for time in ("end", "begin", "mean_gap", "mean_lasting"):
            object.__setattr__(self, time, as_duration(getattr(self, time)))
        for mean in (as_duration(self.mean_gap), as_duration(self.mean_lasting)):
            if not 1 <= mean // _MS <= _MEAN_MAX_MS:
                raise SettingError(
                    f"a mean of a trouble plan is at least 1ms and below 25d, not {format_duration(mean)}"
                )
        require(self.weights, Mapping, "verbs of a trouble plan")
        for verb, weight in self.weights.items():
            if verb not in VERBS:
                raise SettingError(f"a plan cannot throw {verb!r}; {did_you_mean(verb, VERBS)}")
            require(weight, int, f"the weight of {verb}")
            if weight < 0:
                raise SettingError(f"the weight of {verb} is at least 0, not {weight}")
        if not sum(self.weights.values()):
            raise SettingError("a trouble plan throws nothing: no verb has a weight")

    @property
    def weights(self) -> Mapping[str, int]:
        """The verbs with their weights."""
        return self.verbs if self.verbs is not None else dict.fromkeys(VERBS, 1)


class RunningPlan:
    """A plan in a simulation; one that begins in the past begins now.

    Args:
        sim: the simulation.
        plan: the plan.
    """

    def __init__(self, sim: Simulation, plan: TroublePlan) -> None:
        self.plan = plan
        self.thrown: list[tuple[str, Thrown | None]] = []
        """Verb and trouble of each throw so far; None where it found nobody."""
        self._sim = sim
        self._stream = sim.entropy.stream("trouble-plan", plan.name)
        self._end_ns = as_duration(plan.end)
        self._mean_gap_ms = as_duration(plan.mean_gap) // _MS
        self._mean_lasting_ms = as_duration(plan.mean_lasting) // _MS
        self._go_on(max(as_duration(plan.begin), sim.now_ns))

    def _go_on(self, from_ns: Ns) -> None:
        """Draw the next throw, and come again at its instant."""
        at_ns = from_ns + _around(self._stream, self._mean_gap_ms)
        verb = self._draw_verb()
        if at_ns < self._end_ns:
            self._sim.at(at_ns, partial(self._strike, verb), name=f"{self.plan.name}: {verb}", priority=URGENT)

    def _draw_verb(self) -> str:
        weights = self.plan.weights
        drawn = self._stream.below(sum(weights.values()))
        return next(verb for verb, upto in zip(weights, accumulate(weights.values()), strict=True) if drawn < upto)

    def _strike(self, verb: str) -> None:
        stream = self._sim.entropy.stream("trouble-target", f"{self.plan.name}/{len(self.thrown)}")
        lasting_ns = _around(stream, self._mean_lasting_ms)
        self.thrown.append((verb, VERBS[verb](self._sim, stream, lasting_ns)))
        self._go_on(self._sim.now_ns)

    def summary(self) -> dict[str, dict[str, int]]:
        """How many throws of each verb ended how: ``ok``, a code, or :data:`NOBODY`; by verb and ending in order."""
        found: dict[str, Counter[str]] = {}
        for verb, thrown in self.thrown:
            found.setdefault(verb, Counter())[NOBODY if thrown is None else thrown.fate] += 1
        return {verb: dict(sorted(found[verb].items())) for verb in sorted(found)}


def _around(stream: Stream, mean_ms: int) -> Ns:
    """Draw a time around a mean."""
    return (1 + stream.below(2 * mean_ms)) * _MS


def _one_of(stream: Stream, things: Sequence[T]) -> list[T]:
    """Draw one of several; none of none."""
    return [things[stream.below(len(things))]] if things else []


def _take_zone_out(sim: Simulation, stream: Stream, lasting_ns: Ns) -> Thrown | None:
    cloud = sim.cloud
    zones = [
        zone for region in cloud.regions.values() for zone in region.zones if zone not in cloud.conditions.zones_out
    ]
    for zone in _one_of(stream, zones):
        return sim.trouble.take_zone_out(zone, lasting=lasting_ns)
    return None


def _stop_instance(sim: Simulation, stream: Stream, lasting_ns: Ns) -> Thrown | None:
    running = [one.id for one in sim.cloud.instances.values() if one.status is InstanceStatus.RUNNING]
    for instance in _one_of(stream, running):
        return sim.trouble.set_instance_status(instance, InstanceStatus.STOPPED, lasting=lasting_ns)
    return None


def _suspend_vswitch(sim: Simulation, stream: Stream, lasting_ns: Ns) -> Thrown | None:
    for vswitch in _one_of(stream, [one.id for one in sim.cloud.vswitches.values() if one.status == "Available"]):
        return sim.trouble.set_vswitch_status(vswitch, lasting=lasting_ns)
    return None


def _occupy(sim: Simulation, stream: Stream, lasting_ns: Ns) -> Thrown | None:
    free = {vswitch: sim.free_addresses(vswitch) for vswitch in sim.cloud.vswitches}
    for vswitch in _one_of(stream, [vswitch for vswitch, count in free.items() if count]):
        return sim.trouble.occupy_addresses(vswitch, 1 + stream.below(free[vswitch]), lasting=lasting_ns)
    return None


def _alias(sim: Simulation, stream: Stream, lasting_ns: Ns) -> Thrown | None:
    for vswitch in _one_of(stream, list(sim.cloud.vswitches)):
        return sim.trouble.alias_shortage(vswitch, lasting=lasting_ns)
    return None


def _freeze_quota(sim: Simulation, stream: Stream, lasting_ns: Ns) -> Thrown | None:
    """Cut the ENI quota of an account to what is in use, so that it gives nothing more."""
    for (account, region), estate in _one_of(stream, list(sim.cloud.estates.items())):
        return sim.trouble.set_quota("eni", estate.quota.used, account=account, region=region, lasting=lasting_ns)
    return None


def _burn_token(sim: Simulation, stream: Stream, _: Ns) -> Thrown | None:
    """Burn a token of a call that is under way."""
    running = [(*where, token) for where, estate in sim.cloud.estates.items() for token in estate.tokens.running()]
    for account, region, text in _one_of(stream, running):
        action, token = text.split("/", 1)
        return sim.trouble.burn_token(token, account=account, region=region, action=action)
    return None


def _snag(verb: str, *statuses: EniStatus) -> Throw:
    """Make the throw of a snag: before a secondary ENI that is in one of the states."""

    def throw(sim: Simulation, stream: Stream, _: Ns) -> Thrown | None:
        enis = [
            eni.id
            for estate in sim.cloud.estates.values()
            for eni in estate.interfaces.values()
            if eni.status in statuses and eni.type is not EniType.PRIMARY
        ]
        for eni in _one_of(stream, enis):
            thrown: Thrown = getattr(sim.trouble, verb)(eni)
            return thrown
        return None

    return throw


VERBS: Final[dict[str, Throw]] = {
    "take_zone_out": _take_zone_out,
    "set_instance_status": _stop_instance,
    "set_vswitch_status": _suspend_vswitch,
    "occupy_addresses": _occupy,
    "alias_shortage": _alias,
    "set_quota": _freeze_quota,
    "burn_token": _burn_token,
    "hang_attach": _snag("hang_attach", EniStatus.AVAILABLE, EniStatus.ATTACHING),
    "fail_attach": _snag("fail_attach", EniStatus.AVAILABLE, EniStatus.ATTACHING),
    "hang_detach": _snag("hang_detach", EniStatus.IN_USE, EniStatus.DETACHING),
    "hang_delete": _snag("hang_delete", EniStatus.AVAILABLE, EniStatus.DELETING),
}
"""What a plan can throw: zones are taken out, running instances stopped, vSwitches made Pending, free addresses
occupied, shortages told by their alias and ENI quotas cut to what is in use, each for a while; tokens of calls under
way are burnt, and ENIs get a snag before their next change."""
