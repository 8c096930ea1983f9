"""Saving and loading: a simulation at rest, to a file and back.

A simulation that was loaded goes on as the one that was saved would have: the same answers, the same lines of the
journal, the same addresses and ids. Only its digest is another, since a SHA-256 that is under way cannot be written
down: it is the SHA-256 over the digest before (32 bytes) and the lines since. Lines of before are where they were
written to; the loaded journal has those since.

What people wrote as code is not saved: scripts, properties and observers, which decide nothing by themselves. Faults
that are still to strike, and fault sites, do decide what happens next: with these it is refused.

A snapshot is data alone; loading one runs nothing that it brings. Who made it by hand can make a cloud that
contradicts itself; ``Simulation.audit`` tells.
"""

from os import PathLike
from pathlib import Path

import msgspec

from cloudsim.errors.own import CloudsimError, SettingError, SnapshotError, require
from cloudsim.ipam.refusals import Refusal
from cloudsim.resources.journal import Journal
from cloudsim.simulation.collecting import uncollected
from cloudsim.simulation.saving.file import read_whole, sealed, unsealed, write_whole
from cloudsim.simulation.saving.whole import ENCODER, SimulationRecord, record, restore
from cloudsim.simulation.simulation import Simulation

_DECODER = msgspec.msgpack.Decoder(SimulationRecord)


def save_simulation(simulation: Simulation, path: str | PathLike[str]) -> None:
    """Write a simulation to a file, which is there as a whole or not at all; an older one stays until then.

    Args:
        simulation: at rest; it is not changed.
        path: of the file; its folder is there.

    Raises:
        SettingError: the simulation cannot be saved now: see :func:`snapshot_of`.
        SnapshotError: the file cannot be written.
    """
    write_whole(Path(path), snapshot_of(simulation))


def load_simulation(path: str | PathLike[str], *, journal: Journal | None = None, watch: bool = False) -> Simulation:
    """Make the simulation that a file says; its callers are there by :meth:`Simulation.caller_named`.

    Args:
        path: of the file.
        journal: where events go from now on, a new one; if None, one of the kind that there was, which keeps no lines.
        watch: hold every step against its footprint, as with a new simulation.

    Raises:
        SettingError: the journal is not a new one.
        SnapshotError: the file cannot be read, is no snapshot or none of this format, is cut off or damaged.
    """
    return simulation_of(read_whole(Path(path)), journal=journal, watch=watch, name=str(path))


def snapshot_of(simulation: Simulation) -> bytes:
    """Give what :func:`save_simulation` writes.

    Raises:
        SettingError: calls are under way or something is due; faults are still to strike; its strategy or its latency
            is of a kind that cannot be written down; a number is beyond 64 bits.
    """
    require(simulation, Simulation, "saving")
    _require_rest(simulation)
    try:
        return sealed(ENCODER.encode(record(simulation)))
    except OverflowError:
        raise SettingError("a number of this simulation is beyond 64 bits, and cannot be saved") from None


def simulation_of(
    snapshot: bytes, *, journal: Journal | None = None, watch: bool = False, name: str = "the snapshot"
) -> Simulation:
    """Make the simulation of a snapshot that is no file.

    Args:
        snapshot: by :func:`snapshot_of`.
        journal: as :func:`load_simulation`.
        watch: likewise.
        name: for messages.

    Raises:
        SettingError: the journal is not a new one.
        SnapshotError: as :func:`load_simulation`.
    """
    if journal is not None:
        require(journal, Journal, "journal of a loaded simulation")
        if journal.events:
            raise SettingError(f"a loaded simulation takes a new journal, not one with {journal.events} lines")
    body = unsealed(snapshot, name=name)
    try:
        with uncollected():
            return restore(_DECODER.decode(body), journal=journal, watch=watch)
    except (msgspec.DecodeError, CloudsimError, Refusal, LookupError, ValueError, RecursionError) as error:
        why = f"it has no {error}" if isinstance(error, LookupError) else str(error)
        raise SnapshotError(f"{name} is whole, and still makes no simulation: {why}") from None


def _require_rest(simulation: Simulation) -> None:
    """Refuse what cannot be saved now."""
    waiting, flying = simulation.kernel.pending, len(simulation.in_flight)
    if flying or waiting:
        raise SettingError(
            f"a simulation is saved at rest: {flying} calls are under way and {waiting} steps are due; "
            "run() lets them end"
        )
    if simulation.fault_sites is not None:
        raise SettingError("fault sites are on (seek_faults), which decide what happens next and cannot be saved")
    faults = simulation.faults
    planned = (*faults._planned, *faults._aliases)
    left = [match for match, _ in planned if match.times is None or match.struck < match.times]
    if left:
        raise SettingError(
            f"{len(left)} faults are still to strike, which decide what happens next and cannot be saved; "
            "faults.stop() ends them, and a simulation that was loaded can be given new ones"
        )
