"""The host: who serves a simulation, one at a time, and can be given another one."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from cloudsim.simulation.simulation import Simulation
from cloudsim.simulation.world.spec import WorldSpec


class Host(Protocol):
    """What the admin API asks of the gateway around it."""

    @property
    def simulation(self) -> Simulation:
        """The simulation that is served now."""
        ...

    @property
    def world(self) -> WorldSpec | None:
        """The world that was begun with, also after a snapshot was restored; None if the server began with one."""
        ...

    @property
    def failures(self) -> Sequence[str]:
        """Bugs of ours that struck this simulation, a line each; with any, it may contradict itself."""
        ...

    @property
    def time(self) -> str:
        """How time passes: ``on-request``, ``real``, ``x10``, ``step``."""
        ...

    @property
    def refused(self) -> Mapping[str, int]:
        """By code, how many requests the gateway itself has refused, which never reached the simulation."""
        ...

    def begin(self, world: WorldSpec, seed: int) -> None:
        """Close what is served, and begin a world with the settings that the server was started with.

        Raises:
            WorldError: the world contradicts itself; what is served goes on.
        """
        ...

    def begin_again(self) -> None:
        """Close what is served, and begin once more what was begun with."""
        ...

    def resume(self, simulation: Simulation) -> None:
        """Close what is served, and go on with a simulation that was loaded.

        Raises:
            SettingError: nobody could call it, since it has no account; what is served goes on.
        """
        ...

    def follow(self) -> None:
        """Bring the clock to the present, where it follows the wall; whoever passes a request on has done so."""
        ...

    def note_change(self) -> None:
        """Be told that the simulation was changed, moved in time or given something to do."""
        ...
