"""What a simulation was given: its seed, latency, policy and strategy, and who has called."""

from collections import Counter
from typing import Final, TypeAlias

import msgspec

from cloudsim.errors.own import SettingError, SnapshotError
from cloudsim.kernel.kernel import Kernel
from cloudsim.kernel.strategy import Fifo, RandomOrder, RunToBlock, Strategy
from cloudsim.operations.operation import Phase
from cloudsim.operations.policy import Policy
from cloudsim.simulation.caller import Caller
from cloudsim.simulation.latency import Constant, Distribution, LatencyProfile, Quantiles, Uniform
from cloudsim.simulation.simulation import Simulation
from cloudsim.values.duration import Ns
from cloudsim.values.ids import AccountId

DistributionRecord: TypeAlias = tuple[str, tuple[Ns, ...]]
"""Of what kind, and its numbers."""
Phases: TypeAlias = tuple[tuple[Phase, DistributionRecord], ...]

_STRATEGIES: Final[dict[str, type[Strategy]]] = {"fifo": Fifo, "run-to-block": RunToBlock, "random": RandomOrder}


class LatencyRecord(msgspec.Struct):
    """A latency profile."""

    name: str
    there: DistributionRecord
    phases: Phases
    actions: tuple[tuple[str, Phases], ...]


class CallerRecord(msgspec.Struct, array_like=True):
    """A caller, and how many calls he has submitted."""

    name: str
    account: AccountId
    user: str | None
    count: int
    waits_for_ever: bool


class SettingsRecord(msgspec.Struct):
    """How a simulation runs."""

    seed: str
    """As text, since it may be of any size."""
    now_ns: Ns
    slack_ns: str
    """As text likewise."""
    strategy: str
    chance: int
    """The state of a strategy's generator; 0 for one that has none."""
    latency: LatencyRecord
    policy: Policy
    callers: tuple[CallerRecord, ...]
    unnamed_callers: int
    sent: int
    calls: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]
    """By action, how many calls ended how."""


def record(simulation: Simulation) -> SettingsRecord:
    """Say how a simulation runs.

    Raises:
        SettingError: its strategy or its latency is of a kind that cannot be written down.
    """
    strategy = simulation.kernel.strategy
    names = [name for name, kind in _STRATEGIES.items() if type(strategy) is kind]
    if not names:
        raise SettingError(f"a simulation cannot be saved under the strategy {type(strategy).__name__}")
    return SettingsRecord(
        seed=str(simulation.seed),
        now_ns=simulation.now_ns,
        slack_ns=str(simulation.kernel.slack_ns),
        strategy=names[0],
        chance=strategy._stream.state if isinstance(strategy, RandomOrder) else 0,
        latency=_record_latency(simulation.latency),
        policy=simulation.policy,
        callers=tuple(
            CallerRecord(caller.name, caller.account, caller.user, caller.count, caller.waits_for_ever)
            for caller in simulation.callers.values()
        ),
        unnamed_callers=simulation.unnamed_callers,
        sent=simulation.sent,
        calls=tuple((action, tuple(endings.items())) for action, endings in simulation.calls.items()),
    )


def begin(said: SettingsRecord) -> tuple[Simulation, Kernel]:
    """Make a simulation that has its seed, latency and policy and no cloud yet, and the kernel that it will have."""
    simulation = object.__new__(Simulation)
    simulation.seed = int(said.seed)
    simulation.latency = _restore_latency(said.latency)
    simulation.policy = said.policy
    kernel = Kernel(_restore_strategy(said), slack_ns=int(said.slack_ns))
    kernel.now_ns = said.now_ns
    return simulation, kernel


def go_on(simulation: Simulation, said: SettingsRecord) -> None:
    """Let a simulation that has begun know who has called before, and how that ended."""
    for one in said.callers:
        caller = simulation.callers.get(one.name)  # who makes troubles is there already, and holds on to himself
        if caller is None:
            caller = simulation.callers[one.name] = Caller(one.name, one.account, one.user)
        caller.count, caller.waits_for_ever = one.count, one.waits_for_ever
    simulation.unnamed_callers = said.unnamed_callers
    simulation.sent = said.sent
    simulation.calls.update({action: Counter(dict(endings)) for action, endings in said.calls})


def _restore_strategy(said: SettingsRecord) -> Strategy:
    if said.strategy == "random":
        strategy = RandomOrder(0)
        strategy._stream.state = said.chance
        return strategy
    if said.strategy not in _STRATEGIES:
        raise SnapshotError(f"there is no strategy {said.strategy!r}")
    return _STRATEGIES[said.strategy]()


# -- latency


def _record_latency(profile: LatencyProfile) -> LatencyRecord:
    return LatencyRecord(
        name=profile.name,
        there=_record_distribution(profile.there),
        phases=tuple((phase, _record_distribution(each)) for phase, each in profile.phases.items()),
        actions=tuple(
            (action, tuple((phase, _record_distribution(each)) for phase, each in phases.items()))
            for action, phases in profile.actions.items()
        ),
    )


def _record_distribution(distribution: Distribution) -> DistributionRecord:
    match distribution:
        case Constant(value_ns=value):
            return "constant", (value,)
        case Uniform(least_ns=least, most_ns=most):
            return "uniform", (least, most)
        case Quantiles(values_ns=values):
            return "quantiles", values
        case _:
            kinds = "Constant, Uniform and Quantiles"
            raise SettingError(f"a latency of {type(distribution).__name__} cannot be saved, but {kinds} can")


def _restore_latency(said: LatencyRecord) -> LatencyProfile:
    phases = {phase: _restore_distribution(each) for phase, each in said.phases}
    actions = {action: {phase: _restore_distribution(each) for phase, each in own} for action, own in said.actions}
    return LatencyProfile(said.name, _restore_distribution(said.there), phases, actions)


def _restore_distribution(said: DistributionRecord) -> Distribution:
    kind, values = said
    if kind == "constant" and len(values) == 1:
        return Constant(*values)
    if kind == "uniform" and len(values) == 2:
        return Uniform(*values)
    if kind == "quantiles" and len(values) >= 2:
        return Quantiles(values)
    raise SnapshotError(f"there is no latency {kind!r} of {len(values)} numbers")
