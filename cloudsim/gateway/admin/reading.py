"""Handlers of what is read; none of them changes anything of the run."""

from typing import TYPE_CHECKING, Final

import msgspec

from cloudsim.errors.own import SettingError, WorldError
from cloudsim.gateway.admin.answers import BYTES, CLOSED, Conflict, answer, json_answer
from cloudsim.gateway.admin.losses import losses_of
from cloudsim.gateway.admin.metrics import MEDIA_TYPE, metrics_of
from cloudsim.gateway.admin.present import present_world, tables_of
from cloudsim.gateway.admin.state import clock_of, quotas_of
from cloudsim.gateway.admin.troubles import list_thrown
from cloudsim.gateway.http import HttpAnswer
from cloudsim.version import __version__

if TYPE_CHECKING:
    from cloudsim.gateway.admin.admin import Desk

NOW: Final = "now"
BEGIN: Final = "begin"
LINES_MAX: Final = 5_000
"""Lines of the journal in one answer."""
LEFT_OUT: Final = "x-cloudsim-left-out"
"""The header that says what a saved world does not have, sentences with ``; `` between them."""


def health(desk: "Desk", body: bytes) -> HttpAnswer:
    """Say that the server is there, and whether a bug of ours has struck what it serves."""
    del body
    simulation, failures = desk.host.simulation, desk.host.failures
    said = {
        "status": "failed" if failures else "ok",
        "ok": not failures,
        "problems": [f"{one}; what is served may contradict itself until it is reset" for one in failures],
        "version": __version__,
        "epoch": desk.board.tail.epoch,
        "seed": simulation.seed,
    }
    return json_answer({**said, **clock_of(simulation, desk.host.time)})


def state(desk: "Desk", body: bytes) -> HttpAnswer:
    """Say what is there."""
    del body
    return json_answer(msgspec.Raw(desk.board.state()[1]))


def quotas(desk: "Desk", body: bytes) -> HttpAnswer:
    """List the quotas."""
    del body
    return json_answer(quotas_of(desk.host.simulation))


def journal(desk: "Desk", body: bytes, *, after: int = 0, limit: int = 1_000) -> HttpAnswer:
    """Give lines of the journal."""
    del body
    tail = desk.board.tail
    piece = tail.read(after, min(limit, LINES_MAX))
    lines = [msgspec.Raw(line) for line in piece.lines]
    said = {"epoch": tail.epoch, "first": piece.first, "next": piece.after, "end": tail.end}
    return json_answer({**said, "lines": lines})


def audit(desk: "Desk", body: bytes) -> HttpAnswer:
    """Say what is wrong with the simulation; nothing, or there is a bug."""
    del body
    found = desk.host.simulation.audit()
    return json_answer({"is_sound": not found, "problems": found})


def metrics(desk: "Desk", body: bytes) -> HttpAnswer:
    """Give the metrics."""
    del body
    text = metrics_of(desk.host, subscribers=desk.board.subscribers)
    return answer(text.encode(), MEDIA_TYPE, CLOSED)


def clock(desk: "Desk", body: bytes) -> HttpAnswer:
    """Say what the time is."""
    del body
    return json_answer(clock_of(desk.host.simulation, desk.host.time))


def faults(desk: "Desk", body: bytes) -> HttpAnswer:
    """List the faults that were planned here."""
    del body
    return json_answer(desk.faults.listed())


def troubles(desk: "Desk", body: bytes) -> HttpAnswer:
    """List the troubles that were thrown."""
    del body
    return json_answer(list_thrown(desk.host.simulation))


def world(desk: "Desk", body: bytes, *, at: str = NOW) -> HttpAnswer:
    """Give the present as a world, or the one that was begun with.

    Raises:
        Conflict: no world can be like that.
    """
    del body
    if at == BEGIN:
        return json_answer(desk.saved_world())
    simulation = desk.host.simulation
    try:
        tables = tables_of(present_world(simulation.cloud))
    except WorldError as error:
        first, *others = error.problems
        more = f", and {len(others)} further problems" if others else ""
        raise Conflict(f"no world is as the present is, and a snapshot keeps it: {first}{more}") from None
    return json_answer(tables, (LEFT_OUT, "; ".join(losses_of(simulation, desk.host.world))))


def snapshot(desk: "Desk", body: bytes) -> HttpAnswer:
    """Give all of the simulation.

    Raises:
        Conflict: it cannot be saved now.
    """
    from cloudsim.simulation.saving.saving import snapshot_of  # noqa: PLC0415  no server needs it to start

    del body
    try:
        data = snapshot_of(desk.host.simulation)
    except SettingError as error:
        raise Conflict(f"{error} (over HTTP: POST clock with {{}}, POST faults/stop)") from None
    name = 'attachment; filename="cloudsim.snapshot"'
    return answer(data, BYTES, CLOSED, ("content-disposition", name))
