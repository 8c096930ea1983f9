"""A recording as a scenario: the calls that a server was asked, to be explored in other orders.

``cloudsim explore FILE`` asks what had come of it if requests that were under way at the same time had come in another
order. A call that departed after another one's answer may have been made because of it, and still comes after it; what
overlapped is free. Each call keeps its name, and so its chance: what it makes has the same id in every order, and calls
that name it find it.

One segment is explored, the longest. What the admin API changed in it is no call, and such a segment is refused.
"""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

import trio

from cloudsim.api.params import from_parameters
from cloudsim.errors.base import ApiError
from cloudsim.errors.own import RecordingError
from cloudsim.runtime.client import Client
from cloudsim.runtime.session import Session
from cloudsim.scenario.recording import CallIn, ChangeIn, read_recording, world_of
from cloudsim.scenario.scenario import Scenario


def recorded_scenario(path: Path) -> Scenario:
    """Make the scenario of a recording.

    Args:
        path: of the file.

    Raises:
        RecordingError: it is no recording, or its longest segment goes on from a snapshot or was changed by the admin
            API.
        WorldError: the world in it contradicts itself.
    """
    segment = max(read_recording(path), key=lambda one: len(one.calls))
    if any(isinstance(line, ChangeIn) for line in segment.inputs):
        raise RecordingError(f"{path}: the admin API changed the simulation on the way, and only calls are explored")
    try:
        world = world_of(segment.begin)
    except RecordingError as error:
        raise RecordingError(f"{path}: {error}") from None
    dials = {name: value for name, value in segment.begin.settings.items() if name != "strategy"}
    return Scenario(
        name=path.name.partition(".")[0],
        world=lambda: world,
        drive=_driver(segment.calls),
        check=_expect_nothing,
        summary=f"{len(segment.calls)} calls that a server was asked",
        seed=segment.begin.seed,
        dials=dials,
    )


def _driver(calls: list[CallIn]) -> Callable[[Session], Awaitable[None]]:
    """Make what asks the same again: each call once all those have their answer that had it then."""

    async def drive(sim: Session) -> None:
        answered = {line.name: trio.Event() for line in calls}

        async def ask(line: CallIn) -> None:
            name, _, ordinal = line.name.rpartition("/")
            client = clients[name]
            sim.callers[name].count = int(ordinal) - 1  # it is to have the name that it had
            reply = client.submit(from_parameters(line.parameters["Action"], line.parameters).request)
            with suppress(ApiError):  # a refusal is an answer, and tallied as every other
                await client.answer(reply)
            answered[line.name].set()

        clients = _clients(sim, calls)
        async with trio.open_nursery() as nursery:
            for line in calls:
                for name in line.heard:
                    await answered[name].wait()
                nursery.start_soon(ask, line)

    return drive


def _clients(sim: Session, calls: list[CallIn]) -> dict[str, Client]:
    """Make everybody who calls, by name."""
    clients: dict[str, Client] = {}
    for line in calls:
        name = line.name.rpartition("/")[0]
        if name not in clients:
            clients[name] = sim.client(account=line.account, user=line.user, name=name)
    return clients


def _expect_nothing(_sim: Session, _expect: object, _driven: object) -> None:
    """Expect nothing but that the simulation does not contradict itself."""
