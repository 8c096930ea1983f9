"""The plan of a world: its tables with every reference followed, every default taken and every text read.

Made by :mod:`~cloudsim.simulation.world.validate`, which fills in nothing that contradicts the rest, and used up by
:mod:`~cloudsim.simulation.world.build`, which therefore asks no questions. Besides, each vSwitch has a trial pool: the
named addresses are taken from it first to find out whether they can be had.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from sortedcontainers import SortedDict

from cloudsim.ipam.edge import AddressSpace
from cloudsim.ipam.pool import Pool
from cloudsim.resources.catalogue import Catalogue, InstanceType
from cloudsim.simulation.world.spec import (
    AccountSpec,
    EniSpec,
    InstanceSpec,
    RegionSpec,
    SecurityGroupSpec,
    VpcSpec,
    VSwitchSpec,
)
from cloudsim.values.duration import Ns
from cloudsim.values.profile import Profile


@dataclass(slots=True, kw_only=True)
class PlannedRegion:
    """A region with its zones."""

    spec: RegionSpec
    zones: tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class PlannedAccount:
    """An account with what is derived from its id."""

    spec: AccountSpec
    owner_id: str
    default_resource_group: str


@dataclass(slots=True, kw_only=True, eq=False)
class PlannedVpc:
    """A VPC and what lies in it so far."""

    spec: VpcSpec
    account: PlannedAccount
    region: PlannedRegion
    resource_group: str
    blocks: tuple[AddressSpace, ...]
    block6: AddressSpace | None
    vswitches: "SortedDict[int, PlannedVSwitch]" = field(default_factory=SortedDict)
    """By the first address; no two share one, so an overlap can only be with a neighbour."""
    vswitches6: "dict[int, PlannedVSwitch]" = field(default_factory=dict)
    """Those that have an IPv6 block, by its first address."""
    groups: "list[PlannedGroup]" = field(default_factory=list)


@dataclass(slots=True, kw_only=True, eq=False)
class PlannedGroup:
    """A security group."""

    spec: SecurityGroupSpec
    account: PlannedAccount
    region: PlannedRegion
    vpc: PlannedVpc | None
    resource_group: str


@dataclass(slots=True, kw_only=True)
class Trial:
    """A pool in which named addresses are taken for a try, and who took each."""

    pool: Pool
    holders: dict[int, str] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True, eq=False)
class PlannedVSwitch:
    """A vSwitch and who wants addresses of it."""

    spec: VSwitchSpec
    key: str
    vpc: PlannedVpc
    resource_group: str
    zone: str
    cool_ns: Ns
    trial: Trial
    trial6: Trial | None
    reservations: tuple[AddressSpace, ...] = ()
    drawn: int = 0
    """How many addresses the policy is to choose at the beginning."""

    @property
    def space(self) -> AddressSpace:
        """Its IPv4 block."""
        return self.trial.pool.space

    @property
    def space6(self) -> AddressSpace | None:
        """Its IPv6 block."""
        return None if self.trial6 is None else self.trial6.pool.space


@dataclass(slots=True, kw_only=True, eq=False)
class PlannedEni:
    """An ENI, or as many as its table counts."""

    spec: EniSpec
    vswitch: PlannedVSwitch
    groups: tuple[str, ...]
    resource_group: str
    names: tuple[str | None, ...]
    """An id for each, or None where it is drawn."""


@dataclass(slots=True, kw_only=True, eq=False)
class PlannedInstance:
    """An instance."""

    name: str
    spec: InstanceSpec
    key: str
    type: InstanceType
    vswitch: PlannedVSwitch
    primary: PlannedEni | None = None
    """Its primary ENI; there is one in every plan that is complete."""
    others: "Counter[str]" = field(default_factory=Counter)
    """How many further ENIs are attached to it, by their type."""


@dataclass(slots=True, kw_only=True, eq=False)
class Plan:
    """A world that is sound."""

    profile: Profile
    catalogue: Catalogue
    accounts: Mapping[str, PlannedAccount]
    regions: Mapping[str, PlannedRegion]
    resource_groups: Mapping[str, PlannedAccount]
    """Whose each resource group is."""
    vpcs: Mapping[str, PlannedVpc]
    groups: Mapping[str, PlannedGroup]
    vswitches: Mapping[str, PlannedVSwitch]
    instances: Mapping[str, PlannedInstance]
    enis: list[PlannedEni]
    """All ENIs but the primary ones of instances, in the order of the file."""
