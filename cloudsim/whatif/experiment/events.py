"""Events: what happens at an instant of every run, ``[[event]]`` tables with a kind and ``at``."""

from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, field

from cloudsim.simulation.world.spec import Count, Id, Places, Table, VSwitchSpec
from cloudsim.whatif.experiment.lifetimes import Lifetime, Positive
from cloudsim.whatif.experiment.scalars import Duration


class Event(Table, frozen=True, kw_only=True, tag_field="kind"):
    """What all events have in common."""

    name: Id | None = None
    """What axes call it, ``event.NAME.at``; it needs none otherwise."""
    at_ns: Duration = field(name="at")
    """When, from the beginning on."""


class ZoneOutage(Event, frozen=True, kw_only=True, tag="zone-outage"):
    """A zone fails: calls that work in it are refused, and nodes there take no pod."""

    zone: Id
    """Which."""
    lasting_ns: Duration | None = field(name="lasting", default=None)
    """For how long; to the end, or to a ``zone-return``, unless given."""
    pods: Literal["stay", "lost", "moved"] = "stay"
    """What becomes of items that live there: they stay; they end at once; or they end and come anew in other zones."""


class ZoneReturn(Event, frozen=True, kw_only=True, tag="zone-return"):
    """A zone comes back."""

    zone: Id
    """Which."""


class QuotaChange(Event, frozen=True, kw_only=True, tag="quota-change"):
    """A limit is set anew, also to below what is in use."""

    quota: Literal["eni", "vcpus", "vpcs", "security-groups", "vswitches", "private-addresses", "group-places"] = "eni"
    """Which: the first four are of an account in a region, the next two of a VPC, the last of a security group."""
    limit: Count
    """The new one."""
    account: str | None = None
    """Whose; the only account unless given."""
    region: str | None = None
    """Where; the only region unless given."""
    vpc: str | None = None
    """Of which VPC; the only one unless given."""
    security_group: str | None = None
    """Of which security group; the only one unless given."""
    lasting_ns: Duration | None = field(name="lasting", default=None)
    """For how long; to the end unless given."""


class VSwitchAdded(Event, frozen=True, kw_only=True, tag="vswitch-added"):
    """A vSwitch is made, and workloads use it from then on, after those that they have."""

    vswitch: VSwitchSpec
    """The vSwitch, with the keys of a world's ``[[vswitch]]`` table."""
    workloads: tuple[Id, ...] | None = None
    """Who uses it; all workloads unless given."""


class InstanceTypeChange(Event, frozen=True, kw_only=True, tag="instance-type-change"):
    """Nodes that come from here on are of another type; those that are there stay as they are."""

    instance_type: Id
    """The type."""


class DeploymentSurge(Event, frozen=True, kw_only=True, tag="deployment-surge"):
    """Further items of a workload come, all at once or evenly over a while."""

    workload: Id
    """Whose: their vSwitches, retries and lifetimes are its."""
    count: Places
    """How many."""
    over_ns: Duration = field(name="over", default_factory=lambda: Duration(0))
    """In how long a time, the first at once; all at once unless given."""
    lifetime: Lifetime | None = None
    """How long they live; as those of the workload unless given (needed for a trace, which has no lifetimes)."""


class CurvePoint(Table, frozen=True, kw_only=True):
    """A point of a growth curve."""

    after_ns: Duration = field(name="after")
    """How long after the event."""
    factor: Annotated[float, Meta(ge=0)]
    """How many times its rate the workload then has."""


class GrowthCurve(Event, frozen=True, kw_only=True, tag="growth-curve"):
    """The rate of a workload grows, or falls: by points with straight lines between them, or by so much a day.

    The factor is 1 at the event, and stays at that of the last point after it. Exactly one of ``points`` and
    ``per_day`` is given.
    """

    workload: Id
    """Whose: of a kind with a rate (poisson, constant, diurnal, growth)."""
    points: tuple[CurvePoint, ...] = ()
    """Factors at times after the event, in rising order."""
    per_day: Positive | None = None
    """How much the factor grows each day, evenly: 0.02 makes it 1.02 after one day and 1.2 after ten."""


AnyEvent: TypeAlias = (
    ZoneOutage | ZoneReturn | QuotaChange | VSwitchAdded | InstanceTypeChange | DeploymentSurge | GrowthCurve
)
