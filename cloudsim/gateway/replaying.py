"""Replaying: what was recorded of a server is done again, without a network, to the same digest.

Each input is given at its place: the kernel makes the steps that it had made then, and its clock is moved to where it
stood. What the admin API had changed is changed again by the admin API.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from cloudsim.api.params import from_parameters
from cloudsim.errors.base import ApiError
from cloudsim.errors.own import CloudsimError, RecordingError
from cloudsim.gateway.admin.admin import Admin
from cloudsim.gateway.admin.answers import AdminRefusal
from cloudsim.gateway.admin.security import AdminOptions
from cloudsim.kernel.actor import Step
from cloudsim.resources.journal import Journal
from cloudsim.scenario.recording import (
    ByHandIn,
    CallIn,
    ChangeIn,
    End,
    Input,
    RefusedIn,
    Segment,
    begin_simulation,
)
from cloudsim.simulation.caller import Caller
from cloudsim.simulation.simulation import Simulation
from cloudsim.simulation.world.spec import WorldSpec


@dataclass(frozen=True, slots=True, kw_only=True)
class Rerun:
    """What came of a segment that was done again."""

    simulation: Simulation
    digest: str
    expected: str
    """The digest that was recorded; empty where the server had no time to write it."""
    calls: int
    refused: int
    """Requests that the gateway had refused, which no simulation saw."""
    by_hand: int
    """How often the process that served had the simulation in its hands, of which nothing was recorded."""

    @property
    def is_same(self) -> bool:
        """Whether the digest is the recorded one."""
        return self.digest == self.expected


class _Stage:
    """Where a change is made again: the host of an admin that nobody can reach."""

    time = "replay"
    world: WorldSpec | None = None
    failures: Sequence[str] = ()
    refused: ClassVar[Mapping[str, int]] = {}

    def __init__(self, simulation: Simulation) -> None:
        self.simulation = simulation

    def begin(self, world: WorldSpec, seed: int) -> None:
        """Refuse: a segment has one simulation."""
        raise RecordingError(f"a change inside a segment begins another world (seed {seed}, {len(world.accounts)})")

    def begin_again(self) -> None:
        """Refuse likewise."""
        raise RecordingError("a change inside a segment begins it again")

    def resume(self, simulation: Simulation) -> None:
        """Refuse likewise."""
        raise RecordingError(f"a change inside a segment goes on with another simulation, seed {simulation.seed}")

    def follow(self) -> None:
        """Do nothing: time is moved by the places of the inputs."""

    def note_change(self) -> None:
        """Do nothing: time is moved by the places of the inputs."""


def rerun(segment: Segment, *, journal: Journal | None = None) -> Rerun:
    """Do a segment again.

    Args:
        segment: of a recording.
        journal: where its events go; a new one if None.

    Raises:
        CloudsimError: what it begins with cannot be made, or an input cannot be given where it stands.
    """
    simulation = begin_simulation(segment.begin, journal=journal)
    admin = Admin(_Stage(simulation), AdminOptions(port=1))
    for number, line in enumerate(segment.inputs, start=1):
        try:
            _give(simulation, admin, line)
        except (AdminRefusal, ApiError, CloudsimError) as error:
            raise RecordingError(f"input {number} cannot be given again: {error}") from error
    if segment.end is not None:
        _go_to(simulation, segment.end)
    return Rerun(
        simulation=simulation,
        digest=simulation.digest(),
        expected=segment.end.digest if segment.end is not None else "",
        calls=len(segment.calls),
        refused=sum(isinstance(line, RefusedIn) for line in segment.inputs),
        by_hand=sum(isinstance(line, ByHandIn) for line in segment.inputs),
    )


def _give(simulation: Simulation, admin: Admin, line: Input) -> None:
    if isinstance(line, ByHandIn | RefusedIn):
        return  # of the one nothing is known, and the other is no input of the simulation
    _go_to(simulation, line)
    if isinstance(line, ChangeIn):
        admin.perform(line.path, line.body.encode())
    else:
        assert isinstance(line, CallIn), "there are no other inputs"
        _submit(simulation, line)


def _go_to(simulation: Simulation, line: Input | End) -> None:
    """Let the kernel come to the place of an input.

    Raises:
        RecordingError: it has made more steps, or has not so many to make, or its clock is beyond.
    """
    kernel = simulation.kernel
    missing = line.steps - kernel.steps
    if missing < 0 or (missing and kernel.run(steps=missing) is not Step.RAN) or kernel.now_ns > line.t:
        raise RecordingError(
            f"it came after {line.steps} steps at {line.t} ns, and the same world is at {kernel.steps} steps and "
            f"{kernel.now_ns} ns there: something else decides, or another version wrote it"
        )
    if kernel.now_ns < line.t and kernel.run(steps=1, horizon_ns=line.t) is not Step.HORIZON:
        raise RecordingError(f"its clock showed {line.t} ns, and the same world has things to do before")


def _submit(simulation: Simulation, line: CallIn) -> None:
    caller = _caller_of(simulation, line)
    parameters = dict(line.parameters)
    parsed = from_parameters(parameters.get("Action", ""), parameters)
    reply = simulation.submit(caller, parsed.request, unknown=line.unknown)
    if reply.call.name != line.name:
        raise RecordingError(f"it was {line.name}, and is {reply.call.name}: a call before it is missing")


def _caller_of(simulation: Simulation, line: CallIn) -> Caller:
    name = line.name.rpartition("/")[0]
    known = simulation.callers.get(name)
    return known if known is not None else simulation.caller(account=line.account, user=line.user, name=name)
