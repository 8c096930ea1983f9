"""Scopes: of what things the figures of a run are told, and what is counted for each.

Things are the vSwitches of the workloads, with those that events add, and their zones, accounts and quotas; the
workloads; the instance types; and whatever a target names besides. An item counts for its workload and for the vSwitch
that was tried last: together a *cell*. Every scope is a row of cells, or of vSwitches.

Scopes with the same members, such as a zone with one vSwitch and that vSwitch, share one meter: what cannot differ is
measured once.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from cloudsim.resources.cloud import Cloud
from cloudsim.resources.vpc import Vpc
from cloudsim.values.ids import VpcId
from cloudsim.whatif.experiment.events import InstanceTypeChange, VSwitchAdded
from cloudsim.whatif.experiment.spec import Experiment

ALL: Final = ""
"""The scope of the whole."""

Key = tuple[str, str]
"""A cell: workload and vSwitch."""
M = TypeVar("M")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Home:
    """Where a vSwitch belongs."""

    zone: str
    account: str
    region: str

    @property
    def quota(self) -> str:
        """The quota that its ENIs take places of."""
        return f"quota:{self.account}/{self.region}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scopes:
    """All scopes of a run, by ``@`` and a name, and what vSwitches of the workloads are in each."""

    homes: Mapping[str, Home]
    """The vSwitches that are measured."""
    whole: tuple[str, ...]
    """Those of the workloads."""
    vswitches: Mapping[str, tuple[str, ...]]
    zones: Mapping[str, tuple[str, ...]]
    accounts: Mapping[str, tuple[str, ...]]
    quotas: Mapping[str, tuple[str, ...]]
    cells: Mapping[str, tuple[Key, ...]]
    """By workload: where its items may be."""
    types: tuple[str, ...]
    """Instance types."""

    @property
    def places(self) -> dict[str, tuple[str, ...]]:
        """Scopes of vSwitches together: the whole, each, zones, accounts and quotas."""
        return {ALL: self.whole, **self.vswitches, **self.zones, **self.accounts, **self.quotas}

    @property
    def workloads(self) -> dict[str, tuple[Key, ...]]:
        """Scopes of workloads."""
        return {f"@{name}": cells for name, cells in self.cells.items()}

    @property
    def items(self) -> dict[str, tuple[Key, ...]]:
        """Scopes of items: the whole, workloads, and what they tried last."""
        every = tuple(cell for cells in self.cells.values() for cell in cells)
        tried = {scope: tuple(cell for cell in every if cell[1] in homes) for scope, homes in self.places.items()}
        return {**tried, ALL: every, **self.workloads}


def scopes_of(experiment: Experiment, cloud: Cloud) -> Scopes:
    """Find the scopes of a run.

    Args:
        experiment: with its axes applied.
        cloud: its world at the beginning.
    """
    added = [event for event in experiment.events if isinstance(event, VSwitchAdded)]
    used = dict.fromkeys(name for workload in experiment.workloads for name in workload.vswitches)
    used |= dict.fromkeys(event.vswitch.id for event in added)
    named = [target.metric.partition("@")[2] for target in experiment.targets]
    every = {str(name): _home(vswitch.zone, vswitch.vpc) for name, vswitch in cloud.vswitches.items()}
    every |= {event.vswitch.id: _home_of_added(event, cloud) for event in added}
    homes = {name: home for name, home in every.items() if name in used or name in named}
    zones = [zone for region in cloud.regions.values() for zone in region.zones if zone in named]
    accounts = [account for account in cloud.accounts if account in named]
    quotas = [name for name in named if name.startswith("quota:")]
    whole = {name: home for name, home in homes.items() if name in used}
    return Scopes(
        homes=homes,
        whole=tuple(whole),
        vswitches={f"@{name}": (name,) for name in homes},
        zones=_by(whole, zones, lambda home: home.zone),
        accounts=_by(whole, accounts, lambda home: home.account),
        quotas=_by(whole, quotas, lambda home: home.quota),
        cells={workload.name: _cells(workload.name, workload.vswitches, added) for workload in experiment.workloads},
        types=tuple(f"@{name}" for name in _types(experiment)),
    )


def _home(zone: str, vpc: Vpc) -> Home:
    return Home(zone, vpc.account, vpc.region)


def _home_of_added(event: VSwitchAdded, cloud: Cloud) -> Home:
    said = event.vswitch
    vpc = next(iter(cloud.vpcs.values())) if said.vpc is None else cloud.vpcs[VpcId(said.vpc)]
    return _home(said.zone or next(iter(cloud.regions[vpc.region].zones)), vpc)


def _by(homes: Mapping[str, Home], named: Sequence[str], thing_of: Callable[[Home], str]) -> dict[str, tuple[str, ...]]:
    """Give the vSwitches of each thing that homes belong to, and of those that are named."""
    things = dict.fromkeys([*map(thing_of, homes.values()), *named])
    return {f"@{thing}": tuple(one for one, home in homes.items() if thing_of(home) == thing) for thing in things}


def _cells(workload: str, vswitches: Sequence[str], added: Sequence[VSwitchAdded]) -> tuple[Key, ...]:
    later = [event.vswitch.id for event in added if event.workloads is None or workload in event.workloads]
    return tuple((workload, vswitch) for vswitch in (*vswitches, *later))


def _types(experiment: Experiment) -> dict[str, None]:
    fleet = [] if experiment.fleet is None else [experiment.fleet.instance_type]
    changes = [event.instance_type for event in experiment.events if isinstance(event, InstanceTypeChange)]
    return dict.fromkeys([*fleet, *changes, *(instance.type for instance in experiment.world.instances)])


class Shared(Generic[M, T]):
    """A meter for each scope; scopes with the same members share one.

    Args:
        members: of each scope.
        make: makes a meter.
    """

    def __init__(self, members: Mapping[str, tuple[M, ...]], make: Callable[[], T]) -> None:
        made: dict[tuple[M, ...], T] = {}
        of_member: dict[M, list[T]] = {}
        self.by_scope: dict[str, T] = {}
        for scope, inside in members.items():
            if inside not in made:
                meter = made[inside] = make()
                for member in inside:
                    of_member.setdefault(member, []).append(meter)
            self.by_scope[scope] = made[inside]
        self.each: tuple[T, ...] = tuple(made.values())
        """All meters, each once."""
        self._of_member = {member: tuple(meters) for member, meters in of_member.items()}

    def of(self, member: M) -> tuple[T, ...]:
        """The meters that a member counts for."""
        return self._of_member.get(member, ())
