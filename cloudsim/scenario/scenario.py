"""A scenario: a world, a drive, a check. One file, one scenario, and it fits on one screen.

A scenario file is plain Python with up to four functions; their keyword-only parameters are its settings:

    ``world(*, ...) -> World``                       what exists at the beginning
    ``async drive(sim, *, ...) -> anything``         what people do, as a trio script
    ``async recover(sim, driven, *, ...)``           optional: what must still work once nothing goes wrong any more
    ``check(sim, expect, driven, *, ...) -> None``   what is to be seen at the end; ``driven`` is what drive gave

Drive is the safety phase: faults strike, and nothing wrong may come of it. Recover is the liveness phase: all faults
are switched off before it, and it has to come to its end.

A world may also be the name of a TOML file beside it: ``world = "acme.toml"``. The first line of the file's docstring
is the summary, ``SHOWS`` the codes that the scenario is there to show; ``LATENCY`` and ``STRATEGY`` name a profile (or
are one) and a strategy other than the usual ones. ``THROTTLING`` is a Throttling, or the name of a kind of it, and
``CONSISTENCY`` a Consistency or the name of one.
"""

import inspect
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from cloudsim.resources.consistency import Consistency
from cloudsim.resources.throttle import Throttling
from cloudsim.scenario.settings import Value, declared
from cloudsim.simulation.latency import LatencyProfile
from cloudsim.simulation.world.builder import World
from cloudsim.simulation.world.spec import WorldSpec

MakeWorld: TypeAlias = Callable[..., World | WorldSpec]
Drive: TypeAlias = Callable[..., Awaitable[Any]]
Recover: TypeAlias = Callable[..., Awaitable[None]]
Check: TypeAlias = Callable[..., None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """What to run: a world, a drive through it, and what is to be seen.

    Raises:
        SettingError: at making, when two functions disagree about a setting.
    """

    name: str
    world: MakeWorld
    drive: Drive
    check: Check
    recover: Recover | None = None
    summary: str = ""
    shows: tuple[str, ...] = ()
    """Codes, and other things, that the scenario is there to show."""
    latency: str | LatencyProfile = "default"
    """The latency profile or its name, unless the run says otherwise."""
    strategy: str = "fifo"
    """Who goes first among equals, unless the run says otherwise."""
    throttling: str | Throttling | None = None
    """How many calls are let through, or the name of a kind, unless the run says otherwise; None lets all through."""
    consistency: str | Consistency = "immediate"
    """How late descriptions are, or its name, unless the run says otherwise."""
    seed: int | None = None
    """The only seed that it makes sense with, such as that of a recording; None for any."""
    dials: Mapping[str, Value] = field(default_factory=dict)
    """Dials (:mod:`cloudsim.scenario.dials`), unless the run says otherwise."""
    settings: dict[str, Value] = field(init=False)
    """The defaults of its settings."""

    def __post_init__(self) -> None:
        functions: dict[str, Callable[..., object]] = {"world": self.world, "drive": self.drive, "check": self.check}
        if self.recover is not None:
            functions["recover"] = self.recover
        object.__setattr__(self, "settings", declared(functions))

    @property
    def file(self) -> str:
        """The file that its drive is written in, as code objects name it."""
        return str(inspect.unwrap(self.drive).__code__.co_filename)
