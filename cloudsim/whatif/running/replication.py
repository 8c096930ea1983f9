"""One replication: an experiment's workloads drive its world from the beginning to the horizon.

All chance comes of the seed of the replication, which is the same in all variants, and is keyed by what it is for: the
same items arrive, whatever the world can take.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

import msgspec

from cloudsim.errors.own import ExperimentError
from cloudsim.kernel.actor import Step
from cloudsim.resources.journal import Journal, SilentJournal
from cloudsim.simulation.simulation import Simulation
from cloudsim.values.duration import Ns
from cloudsim.values.entropy import Entropy
from cloudsim.values.ids import VSwitchId
from cloudsim.whatif.arrivals.items import ClosedItems, Item
from cloudsim.whatif.arrivals.workload import closed_items, items, trace_items
from cloudsim.whatif.experiment.dials import consistency_of, latency_of, policy_of, throttling_of
from cloudsim.whatif.experiment.spec import Experiment
from cloudsim.whatif.experiment.workloads import AnyWorkload, Closed, Trace
from cloudsim.whatif.running.books import Books
from cloudsim.whatif.running.callbook import CallBook
from cloudsim.whatif.running.census import Census
from cloudsim.whatif.running.collecting import collecting_rarely
from cloudsim.whatif.running.fleet.fleet import Fleet
from cloudsim.whatif.running.fleet.pods import Pods
from cloudsim.whatif.running.fleet.tally import Tally
from cloudsim.whatif.running.happenings import Happenings
from cloudsim.whatif.running.interfaces import Interfaces
from cloudsim.whatif.running.measures import Measures, figures_of
from cloudsim.whatif.running.plane import Plane
from cloudsim.whatif.running.scopes import scopes_of
from cloudsim.whatif.running.series import Recorder, Series

Figure = int | float | None
"""What a figure of one run is; None where it has no value, such as a time that did not come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunResult:
    """What came of one replication."""

    figures: dict[str, Figure]
    """By name, as experiments.md has them, ``@`` and a scope where they are of one thing."""
    result_digest: str
    """Of the figures."""
    digest: str | None = None
    """Of the journal, where it was kept."""
    events: int = 0
    calls: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """For each action how many calls ended how, in the whole run."""
    series: Series | None = None
    """How it went over time, where that was asked for."""


def run_once(experiment: Experiment, run: int, *, with_digest: bool = False, series_cells: int = 0) -> RunResult:
    """Run one replication.

    Args:
        experiment: with its axes applied.
        run: its number, from 0, by which its seed is derived.
        with_digest: whether the journal's digest is given.
        series_cells: into how many cells of time its series are cut; 0 for none.

    Raises:
        ExperimentError: the initial state does not fit into the world.
        TraceError: a trace cannot be read.
    """
    seed = Entropy(experiment.seed).integer("run", str(run), bits=48)
    with collecting_rarely():
        return Replication(experiment, seed, with_digest=with_digest).run(series_cells=series_cells)


class Replication:
    """One run of an experiment.

    Args:
        experiment: with its axes applied.
        seed: of all its chance.
        with_digest: whether the journal's digest is wanted.
    """

    def __init__(self, experiment: Experiment, seed: int, *, with_digest: bool = False) -> None:
        self.experiment = experiment
        self._with_digest = with_digest
        self.horizon_ns = horizon_of(experiment)
        self.simulation = simulation = Simulation(
            experiment.world,
            seed=seed,
            latency=latency_of(experiment),
            policy=policy_of(experiment),
            throttling=throttling_of(experiment),
            consistency=consistency_of(experiment),
            journal=Journal() if with_digest else SilentJournal(),
        )
        self.kernel = simulation.kernel
        cloud, ledger = simulation.cloud, simulation.cloud.ledger
        self.scopes = scopes = scopes_of(experiment, cloud)
        self.books = Books(scopes, experiment.warmup_ns)
        self.calls = CallBook(scopes)
        self.plane = Plane(simulation, warmup_ns=experiment.warmup_ns)
        self.census = Census(
            scopes,
            cloud,
            self.kernel,
            following=ledger.count_watcher,
            takes_time=not simulation.latency.is_none,
        )
        ledger.count_watcher = self.census
        self.tally = Tally(scopes, cloud, self.kernel)
        spec = experiment.fleet
        self.fleet = (
            None if spec is None else Fleet(spec, self.plane, census=self.census, tally=self.tally, calls=self.calls)
        )
        self._placers = {workload.name: self._placer(workload) for workload in experiment.workloads}

    def _placer(self, workload: AnyWorkload) -> Interfaces | Pods:
        cloud = self.simulation.cloud
        vswitches = [cloud.vswitches[VSwitchId(name)] for name in workload.vswitches]
        vpc = vswitches[0].vpc
        groups = (name for name, group in cloud.security_groups.items() if group.vpc == vpc.id)
        group = workload.security_group or next(groups)
        if workload.holds == "ip":
            assert self.fleet is not None, "an experiment whose items hold addresses has a fleet"
            return Pods(self.fleet, self.plane, self.books, workload, vswitches=vswitches, group=group)
        return Interfaces(
            self.plane,
            self.books,
            workload,
            caller=self.simulation.caller(account=vpc.account, name=workload.name),
            line=self.calls.lines[workload.name, vpc.account],
            region=vpc.region,
            vswitches=vswitches,
            group=group,
        )

    def run(self, *, series_cells: int = 0) -> RunResult:
        """Run to the horizon, and measure."""
        recorder = self._recorder(series_cells) if series_cells else None
        if self.fleet is not None:
            self.fleet.begin()
        happenings = Happenings(self.experiment, self.simulation, self.census, self._placers, self.fleet)
        happenings.begin(self.horizon_ns)
        for workload in self.experiment.workloads:
            self._begin(workload, happenings)
        pauses = recorder.pauses() if recorder else iter((self.horizon_ns,))
        warmup_ns = self.experiment.warmup_ns
        is_measuring = not warmup_ns
        for instant_ns in pauses:
            if not is_measuring and instant_ns >= warmup_ns:
                self._begin_measuring(warmup_ns)
                is_measuring = True
            self._run_until(instant_ns)
        self._run_until(self.horizon_ns + 1)
        for placer in self._placers.values():
            placer.end(self.horizon_ns)
        self.census.settle()
        figures = self._figures()
        encoded = msgspec.json.encode(figures, order="sorted")
        return RunResult(
            figures=figures,
            result_digest=sha256(encoded).hexdigest(),
            digest=self.simulation.digest() if self._with_digest else None,
            events=self.simulation.cloud.journal.events,
            calls={action: dict(endings) for action, endings in self.simulation.calls.items()},
            series=recorder.series() if recorder else None,
        )

    def _begin_measuring(self, warmup_ns: Ns) -> None:
        """Run the warm-up, and measure from its end on."""
        self._run_until(warmup_ns)
        for part in (self.books, self.census, self.tally):
            part.begin(warmup_ns)

    def _figures(self) -> dict[str, Figure]:
        return figures_of(
            Measures(
                experiment=self.experiment,
                horizon_ns=self.horizon_ns,
                scopes=self.scopes,
                books=self.books,
                census=self.census,
                tally=self.tally,
                calls=self.calls,
            )
        )

    def _run_until(self, instant_ns: Ns) -> None:
        """Make all that is due before an instant."""
        while self.kernel.run(steps=1 << 16, horizon_ns=instant_ns) is Step.RAN:
            pass

    def _recorder(self, cells: int) -> Recorder:
        return Recorder(horizon_ns=self.horizon_ns, cells=cells, census=self.census, books=self.books, calls=self.calls)

    def _begin(self, workload: AnyWorkload, happenings: Happenings) -> None:
        """Put the initial items in their places, and let the others come."""
        zones = tuple(dict.fromkeys(one.zone for one in self._placers[workload.name].vswitches))
        entropy = self.simulation.entropy
        if isinstance(workload, Closed):
            members = closed_items(workload, entropy=entropy, zones=zones)
            for member in range(workload.population):
                self._idle(members, member, 0)
            return
        bend = happenings.bend_of(workload.name)
        coming = items(workload, entropy=entropy, horizon_ns=self.horizon_ns, zones=zones, bend=bend)
        first = self._place_initial(coming)
        if first is not None:
            self._await(first, coming)

    def _place_initial(self, coming: Iterator[Item]) -> Item | None:
        """Make the calls that nobody made, and give the first item that arrives."""
        self.plane.is_counting = False
        first = None
        for item in coming:
            if not item.is_initial:
                first = item
                break
            self._placers[item.workload].arrive(item)
        self.plane.is_counting = True
        if self.books.has_refused:
            raise ExperimentError("the initial state does not fit into the world: an item of it was refused")
        return first

    def _await(self, item: Item, coming: Iterator[Item]) -> None:
        """Let an item come at its instant, and after it the others of its workload."""
        arrivals = Arrivals(self._placers[item.workload], item, coming)
        self.kernel.schedule_at(arrivals, item.at_ns)

    def _idle(self, members: ClosedItems, member: int, turn: int) -> None:
        """Let a member of a closed workload be idle, and then come."""
        idle_ns = members.idle_ns(member, turn)
        if idle_ns is None or self.kernel.now_ns + idle_ns > self.horizon_ns:
            return
        at_ns = self.kernel.now_ns + idle_ns
        item = members.item(member, turn, at_ns)
        placer = self._placers[item.workload]
        self.kernel.call_at(
            at_ns, lambda: placer.arrive(item, then=lambda: self._idle(members, member, turn + 1)), name=item.key
        )


class Arrivals:
    """The actor that lets the items of a workload come, one after the other.

    Args:
        placer: of the workload.
        item: the first.
        coming: the others, in order of time.
    """

    __slots__ = ("_coming", "_item", "_placer")

    def __init__(self, placer: Interfaces | Pods, item: Item, coming: Iterator[Item]) -> None:
        self._placer = placer
        self._item = item
        self._coming = coming

    @property
    def name(self) -> str:
        """Who comes next."""
        return self._item.key

    def resume(self) -> Ns | None:
        """Let an item come, and say how long until the next one does."""
        item = self._item
        self._placer.arrive(item)
        following = next(self._coming, None)
        if following is None:
            return None
        self._item = following
        return following.at_ns - item.at_ns


def horizon_of(experiment: Experiment) -> Ns:
    """Give the end of a run: what the experiment says, else the last instant of its traces.

    Raises:
        ExperimentError: there is neither.
    """
    if experiment.horizon_ns is not None:
        return experiment.horizon_ns
    traces = [one for one in experiment.workloads if isinstance(one, Trace)]
    ends = [trace_items(msgspec.structs.replace(one, zone=None)).horizon_ns for one in traces]  # zones play no part
    if not ends:
        raise ExperimentError("an experiment without a trace needs a horizon", key="horizon")
    return max(ends)
