"""Handlers of what changes the simulation, moves its time or puts another one in its place."""

from typing import TYPE_CHECKING, Any, Final

from cloudsim.errors.own import SnapshotError
from cloudsim.gateway.admin import troubles as thrown
from cloudsim.gateway.admin.answers import BadRequest, Conflict, json_answer
from cloudsim.gateway.admin.bodies import Body, Nothing, Number, Text, read, read_object, require_plain
from cloudsim.gateway.admin.state import clock_of
from cloudsim.gateway.admin.verbs import bounded_time
from cloudsim.gateway.http import HttpAnswer
from cloudsim.gateway.snapshots import Snapshot, served_simulation
from cloudsim.kernel.actor import Step
from cloudsim.simulation.simulation import Simulation
from cloudsim.simulation.world.tables import IMPORT, read_tables

if TYPE_CHECKING:
    from cloudsim.gateway.admin.admin import Desk

STEPS_MAX: Final = 100_000
"""Steps of one answer: about a second, in which nobody else is served. Whoever wants more asks again."""


class ClockBody(Body, frozen=True, kw_only=True):
    """How far time is to pass."""

    advance: Text | Number | None = None
    """A duration, as text or in nanoseconds."""
    to_ns: Number | None = None
    """An instant, not before now."""


class SeedBody(Body, frozen=True, kw_only=True):
    """The seed of the next simulation."""

    seed: Number


class WorldBody(Body, frozen=True, kw_only=True):
    """A world, in one of two forms, and its seed."""

    world: dict[str, Any] | None = None
    """Its tables, as they stand in a file."""
    toml: str | None = None
    """The text of a file."""
    seed: Number | None = None
    """The same as before unless given."""


def fault(desk: "Desk", body: bytes) -> HttpAnswer:
    """Plan a fault."""
    return json_answer(desk.faults.plan(read_object(body)))


def stop_faults(desk: "Desk", body: bytes) -> HttpAnswer:
    """Let no fault strike any more."""
    read(body, Nothing)
    return json_answer(desk.faults.stop())


def trouble(desk: "Desk", body: bytes) -> HttpAnswer:
    """Throw a trouble."""
    return json_answer(thrown.throw(desk.host.simulation, read_object(body)))


def set_quota(desk: "Desk", body: bytes) -> HttpAnswer:
    """Set a quota."""
    return json_answer(thrown.set_quota(desk.host.simulation, read(body, thrown.QUOTA)))


def clock(desk: "Desk", body: bytes) -> HttpAnswer:
    """Let time pass, as far as a bounded number of steps brings it."""
    said = read(body, ClockBody)
    simulation = desk.host.simulation
    if said.advance is not None and said.to_ns is not None:
        raise BadRequest("time passes by a duration (advance) or to an instant (to_ns), not by both")
    until_ns = said.to_ns
    if said.advance is not None:
        until_ns = simulation.now_ns + bounded_time(said.advance, now_ns=simulation.now_ns)
    if until_ns is not None and until_ns < simulation.now_ns:
        raise BadRequest(f"instant {until_ns} has passed, it is {simulation.now_ns}")
    is_reached = _pass_time(simulation, until_ns)
    return json_answer({"is_reached": is_reached, **clock_of(simulation, desk.host.time)})


def _pass_time(simulation: Simulation, until_ns: int | None) -> bool:
    """Let time pass, what is due at the instant itself included, and say whether that was all."""
    kernel = simulation.kernel
    steps_max = kernel.steps + STEPS_MAX
    if kernel.run(steps=STEPS_MAX, horizon_ns=until_ns) is Step.RAN:
        return False
    while kernel.next_due_ns == kernel.now_ns and kernel.steps < steps_max:
        kernel.run(steps=1, horizon_ns=kernel.now_ns + 1)
    return kernel.next_due_ns != kernel.now_ns


def reset(desk: "Desk", body: bytes) -> HttpAnswer:
    """Begin again with what was begun with."""
    read(body, Nothing)
    desk.host.begin_again()
    return _begun(desk)


def seed(desk: "Desk", body: bytes) -> HttpAnswer:
    """Begin the same world under another seed."""
    wanted = read(body, SeedBody).seed
    if desk.host.world is None:
        raise Conflict("the server began with a snapshot, which has its seed; a world can be begun under another one")
    desk.host.begin(desk.host.world, wanted)
    return _begun(desk)


def world(desk: "Desk", body: bytes) -> HttpAnswer:
    """Begin another world."""
    said = read(body, WorldBody)
    if (said.world is None) is (said.toml is None):
        raise BadRequest("a world is said either by its tables (world) or by the text of a file (toml)")
    tables = said.world if said.world is not None else _tables_of(said.toml or "")
    require_plain(tables)
    if IMPORT in tables:
        raise BadRequest("a world that is sent imports nothing: [import] names files, which this API never opens")
    spec = read_tables(tables)
    desk.host.begin(spec, desk.host.simulation.seed if said.seed is None else said.seed)
    return _begun(desk)


def _tables_of(text: str) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415  few worlds come this way

    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # of which one is that it is no TOML
        raise BadRequest(f"the text is no TOML: {error}") from None


def restore(desk: "Desk", body: bytes) -> HttpAnswer:
    """Go on from a snapshot."""
    try:
        simulation = served_simulation(Snapshot(data=body, name="the snapshot that was sent"))
    except SnapshotError as error:
        raise BadRequest(str(error)) from None
    desk.host.resume(simulation)
    return _begun(desk)


def _begun(desk: "Desk") -> HttpAnswer:
    desk.board.follow_host()
    simulation = desk.host.simulation
    return json_answer(
        {"epoch": desk.board.tail.epoch, "seed": simulation.seed, **clock_of(simulation, desk.host.time)}
    )
