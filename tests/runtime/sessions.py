"""A session in the small world, driven by a script that is given to it."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from cloudsim.resources.journal import Journal
from cloudsim.runtime.session import Session
from cloudsim.simulation.latency import LatencyProfile, latency
from cloudsim.simulation.world.builder import World
from tests.small_world import small

T = TypeVar("T")

STEADY = latency("steady", there="10ms", commit="30ms", respond="10ms")
"""A create takes 50 ms, of which the ENI exists from 40 ms on."""

WHERE: dict[str, Any] = {"account": "acme", "region": "cn-hangzhou"}
SOUND: dict[str, Any] = {"vswitch_id": "vsw-a", "security_group_id": "sg-main"}
"""The parameters of a create that nothing speaks against."""


def session(world: World | None = None, *, latency: LatencyProfile = STEADY, **dials: Any) -> Session:
    """A watched session."""
    spec = (world if world is not None else small()).spec
    return Session(spec, latency=latency, watch=True, journal=Journal(keep=True), **dials)


def drive(script: Callable[[Session], Awaitable[T]], world: World | None = None, **dials: Any) -> tuple[Session, T]:
    """Run a script to its end; give the session and what the script returned. The cloud has to be sound."""
    sim = session(world, **dials)
    returned = sim.drive(lambda: script(sim))
    assert sim.close() == []
    return sim, returned
