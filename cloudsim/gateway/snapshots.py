"""Snapshots that a server is given: read as they were written, and held against all invariants before they are used."""

from dataclasses import dataclass

from cloudsim.errors.own import SnapshotError
from cloudsim.simulation.simulation import Simulation


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The bytes of a snapshot, and what it is called."""

    data: bytes
    name: str = "the snapshot"


def served_simulation(snapshot: Snapshot) -> Simulation:
    """Make the simulation of a snapshot.

    Raises:
        SnapshotError: it is none, of another format, damaged, or contradicts itself.
    """
    from cloudsim.simulation.saving.saving import simulation_of  # noqa: PLC0415  few servers ever need it

    simulation = simulation_of(snapshot.data, name=snapshot.name)
    try:
        found = simulation.audit()
    except Exception as error:  # noqa: BLE001  what somebody made by hand may break any expectation of an audit
        found = [f"{type(error).__name__}: {error}"]
    if found:
        raise SnapshotError(f"{snapshot.name} contradicts itself: {'; '.join(found[:3])}")
    return simulation
