"""The specification of an experiment: the top level of the file.

One Struct a table, with the keys of the TOML file; ``[[workload]]`` tables are ``Experiment.workloads``. Specs are
values: equal ones give equal runs under equal seeds, on any number of workers. Durations are integer nanoseconds, rates
exact fractions (:mod:`~cloudsim.whatif.experiment.scalars`).
"""

import datetime as dt
from typing import Annotated, Any, Final, Literal, TypeAlias

from msgspec import Meta, field

from cloudsim.simulation.world.spec import Id, Places, Table, WorldSpec
from cloudsim.whatif.experiment.events import AnyEvent
from cloudsim.whatif.experiment.fleets import Fleet
from cloudsim.whatif.experiment.scalars import Duration
from cloudsim.whatif.experiment.workloads import AnyWorkload

FORMAT: Final = 1
"""The version of the format that this version of cloudsim reads."""

AxisValue: TypeAlias = Any
"""What a TOML value is: a text, a number, a truth, a list or a table."""

Settings: TypeAlias = dict[str, str | int]


class Target(Table, frozen=True, kw_only=True):
    """``[[target]]``: what must hold of a figure, in each variant; exactly one of the two bounds is given.

    It is met if and only if the one-sided 95 % bound of the estimate satisfies it, so a single run meets none.
    """

    metric: Id
    """A figure, with ``@...`` where it is of one thing: ``rejection_ratio@vsw-a``."""
    at_most: float | None = None
    """The highest value that is good."""
    at_least: float | None = None
    """The lowest value that is good."""


class Experiment(
    Table,
    frozen=True,
    kw_only=True,
    rename={"workloads": "workload", "targets": "target", "events": "event"},
):
    """An experiment: a world, what happens in it, what is varied, and what must hold."""

    format: Literal[1]
    """The version of the format, 1."""
    name: Id
    """What results call it."""
    description: str = ""
    """For people."""
    seed: Annotated[int, Meta(ge=0, le=(1 << 63) - 1)] = 0
    """The seed of all chance; those of the runs are derived from it, equal for all variants."""
    runs: Places = 1
    """Replications of each variant."""
    horizon_ns: Duration | None = field(name="horizon", default=None)
    """How long a run is, closed at both ends; a trace's is, unless given, the largest start or end of a used row."""
    warmup_ns: Duration = field(name="warmup", default_factory=lambda: Duration(0))
    """What is cut off the beginning of what is measured, for steady-state questions; nothing unless given."""
    world: WorldSpec
    """The world: the path of its file, or its tables."""
    profile: Literal["classic", "current"] | None = None
    """Whose numbers and parameters, instead of what the world says."""
    latency: str | dict[str, str] = "none"
    """A named latency profile, or a table of phases: ``{ there = "5ms", commit = "50ms" }``."""
    start_date: dt.date | None = None
    """The date of the beginning: answers are then told as dates too."""
    policy: dict[str, str] = field(default_factory=dict)
    """Choices where documents leave one, by name: ``quota = "check-then-count"``."""
    throttling: Settings = field(default_factory=lambda: {"kind": "none"})
    """``kind`` (none, minute or bucket; also as text alone), and calls per minute: by action, ``user``, ``api``."""
    consistency: Settings = field(default_factory=lambda: {"kind": "immediate"})
    """``kind`` (immediate or eventual; alone also as text), and how late one thing is shown, by name."""
    prices: str | None = None
    """A file with prices, for figures of cost, relative to the file that says so."""
    workloads: tuple[AnyWorkload, ...] = ()
    """Who wants addresses or ENIs."""
    fleet: Fleet | None = None
    """The nodes of those that hold addresses."""
    events: tuple[AnyEvent, ...] = ()
    """What happens at an instant of every run."""
    axes: dict[str, tuple[AxisValue, ...]] = field(default_factory=dict)
    """What is varied: the path of a key, and its values; the variants are all combinations."""
    targets: tuple[Target, ...] = ()
    """What must hold."""

    def workload(self, name: str) -> AnyWorkload:
        """Give the workload called ``name``."""
        return next(one for one in self.workloads if one.name == name)
