"""Workloads: who wants addresses or ENIs, when, and for how long.

A workload is a stream of items. Each item holds one ENI with its addresses (``holds = "eni"``), or one address on an
ENI of a node of the fleet (``holds = "ip"``), from its arrival until its lifetime is over. The kinds say when items
come; all other keys are those of :class:`Workload`.
"""

from typing import Annotated, Final, Literal, TypeAlias

from msgspec import Meta, field

from cloudsim.simulation.world.spec import Count, Id, Places, Table
from cloudsim.whatif.experiment.lifetimes import FOREVER, AnyDistribution, Lifetime, Positive
from cloudsim.whatif.experiment.scalars import Duration, Rate, Shift

NO_RETRY: Final = "none"
UNTIL_PLACED: Final = "until-placed"


class Retry(Table, frozen=True, kw_only=True):
    """``retry = { attempts = 3, backoff = "1s", token = "same" }``: how often a refused call is repeated."""

    attempts: Places
    """Calls at most, the first one included."""
    backoff_ns: Duration = field(name="backoff")
    """How long until the second call."""
    factor: Annotated[float, Meta(ge=1)] = 2.0
    """Each further wait is so many times the one before."""
    backoff_max_ns: Duration | None = field(name="backoff_max", default=None)
    """The longest wait; no limit unless given."""
    token: Literal["same", "fresh"] = "same"  # noqa: S105  no secret
    """Whether the calls have one ClientToken, or each its own."""


class Workload(Table, frozen=True, kw_only=True, tag_field="kind"):
    """``[[workload]]``: what all kinds have in common."""

    name: Id
    """What figures call it, ``rejection_ratio@NAME``."""
    holds: Literal["eni", "ip"] = "eni"
    """``eni``: one ENI each. ``ip``: one address on an ENI of the fleet."""
    secondary: Count = 0
    """Secondary addresses of each ENI; it then has one more."""
    vswitch: Annotated[tuple[Id, ...], Meta(min_length=1)] | None = None
    """One vSwitch or a list; by zone where items have zones. All of the world in its order unless given."""
    choice: Literal["ordered", "random", "most-free"] = "ordered"
    """Which of several is tried first; the next one is tried only after an IpNotEnough."""
    security_group: str | None = None
    """The group of the ENIs; the first of the VPC unless given."""
    retry: Retry | Literal["none", "until-placed"] = NO_RETRY
    """What follows a refusal: nothing, some more calls, or calls until there is room (the item is then pending)."""
    retry_every_ns: Duration = field(name="retry_every", default_factory=lambda: Duration(60_000_000_000))
    """How long a pending item waits between two tries (``retry = "until-placed"``); 1m unless given."""
    zone: str | None = None
    """Of each item: ``row % 3`` (items or data rows count from 0; value k is the k-th distinct zone in the order of
    ``vswitch``), ``round-robin``, or for a trace the name of a column. Without it: one pool of all vSwitches."""

    @property
    def vswitches(self) -> tuple[str, ...]:
        """Its vSwitches, where defaults have been filled in."""
        assert self.vswitch is not None, "reading fills the vSwitches in"
        return self.vswitch


class Synthetic(Workload, frozen=True, kw_only=True):
    """A workload whose items come of a rule."""

    lifetime: Lifetime
    """How long an item holds what it got, counted from when it got it."""


class Poisson(Synthetic, frozen=True, kw_only=True, tag="poisson"):
    """Items come independently of each other."""

    rate: Rate
    """How many on average, ``8/h``."""


class Steady(Synthetic, frozen=True, kw_only=True, tag="constant"):
    """Items come at even distances, the first one after one distance."""

    rate: Rate
    """How many, ``8/h``."""


class Diurnal(Synthetic, frozen=True, kw_only=True, tag="diurnal"):
    """Items come independently of each other at a rate that follows a cosine: mean x (1 + amplitude x cos)."""

    mean: Rate
    """The mean rate, ``8/h``."""
    amplitude: Annotated[float, Meta(ge=0, le=1)]
    """How far the rate goes from its mean, as a share of it."""
    period_ns: Duration = field(name="period", default_factory=lambda: Duration(86_400_000_000_000))
    """How long it takes to come back; a day unless given."""
    peak_at_ns: Duration = field(name="peak_at", default_factory=lambda: Duration(0))
    """When the rate is highest, from the beginning on."""


class Burst(Synthetic, frozen=True, kw_only=True, tag="burst"):
    """Items come in bursts, all of one at the same instant, the first burst after one distance."""

    size: Places
    """Items of one burst."""
    every_ns: Duration = field(name="every")
    """The distance of two bursts."""


class Closed(Synthetic, frozen=True, kw_only=True, tag="closed"):
    """A fixed population: each member is idle, then asks, holds what it got, and is idle again; refused, it is idle."""

    population: Places
    """How many members."""
    idle: AnyDistribution
    """How long one is idle; a duration alone is the mean of an exponential one."""


class Growth(Synthetic, frozen=True, kw_only=True, tag="growth"):
    """Some items are there at the beginning, and further ones come independently of each other, so many a day."""

    start: Count = 0
    """Items that are alive at the beginning: initial state, no API call."""
    per_day: Annotated[float, Meta(ge=0)]
    """How many come in a day on average."""
    lifetime: Lifetime = FOREVER
    """How long an item holds what it got; for ever unless given."""


class Surge(Table, frozen=True, kw_only=True):
    """``surges = [{ begin = "1h", end = "2h", copies = 2, shift = "24h" }]``: rows of a trace that come again."""

    begin_ns: Duration = field(name="begin")
    """Rows that start from here on ..."""
    end_ns: Duration = field(name="end")
    """... and before here are cloned."""
    copies: Places = 1
    """How many clones of each."""
    shift_ns: Shift = field(name="shift", default_factory=lambda: Shift(0))
    """How much later the clones come."""


class Trace(Workload, frozen=True, kw_only=True, tag="trace"):
    """Items of a file, each with its start and end; transforms come in the order of the keys below."""

    file: Id
    """CSV, JSON Lines or Parquet, relative to the file that says so."""
    format: Literal["csv", "jsonl", "parquet"] | None = None
    """Which of them; by the ending of the name unless given."""
    start: Id
    """The column with the start."""
    end: Id | None = None
    """The column with the end; without one, and without ``duration``, items stay to the horizon."""
    duration: Id | None = None
    """The column with the length, instead of ``end``."""
    unit: Literal["ns", "us", "ms", "s", "m", "h", "d"] = "s"
    """The unit of these columns."""
    blank_start: Literal["skip", "begin"] = "skip"
    """A row without a start: left out, or alive at the beginning (initial state, no API call)."""
    blank_end: Literal["skip", "end"] = "end"
    """A row without an end: left out, or alive to the horizon."""
    ties: Literal["release-first"] = "release-first"
    """Intervals are half-open: at one instant releases come before starts, equal starts go in the order of the
    file. An interval of no length holds nothing and is not counted."""
    filter: dict[str, str | int | float | tuple[str | int | float, ...]] = field(default_factory=dict)
    """Columns with the value, or values, that a row must have to be used."""
    shift_ns: Shift = field(name="shift", default_factory=lambda: Shift(0))
    """How much later everything comes; rows that would then start before the beginning and live at it begin there."""
    scale_rate: Positive = 1.0
    """How many times as often items come: starts move together, lengths stay."""
    stretch_lifetimes: Positive = 1.0
    """How many times as long items live."""
    surges: tuple[Surge, ...] = ()
    """Parts that come again."""
    zones: dict[str, str] = field(default_factory=dict)
    """Zones of a column to zones of the world."""


AnyWorkload: TypeAlias = Poisson | Steady | Diurnal | Burst | Closed | Growth | Trace
