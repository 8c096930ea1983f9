"""Recordings: what a server was asked, by whom, in which order and at which instants; enough to do it all again.

A recording is JSON Lines. The first line says the format, and each *segment* begins with what exists: a world with its
seed and settings, or a snapshot. Then come the inputs in their order, each with its place: how many steps the kernel
had made and what its clock showed. Between two inputs a simulation is on its own, and deterministic; so chance needs no
tape but the seed. A segment ends with the digest that was reached.

No secret is in it: calls stand there as they were let in, without signatures, and worlds without keys.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Final, TypeAlias

import msgspec

from cloudsim.errors.own import RecordingError
from cloudsim.exploration.strategies.named import make_strategy, require_strategy
from cloudsim.resources.journal import Journal
from cloudsim.scenario.dials import consistency_from, of_group, policy_from, require_dials, throttling_from
from cloudsim.scenario.settings import Value
from cloudsim.simulation.latency import latency_named
from cloudsim.simulation.simulation import Simulation
from cloudsim.simulation.world.spec import WorldSpec
from cloudsim.simulation.world.tables import read_tables
from cloudsim.simulation.world.validate import validate
from cloudsim.values.duration import Ns

FORMAT: Final = 1
SUFFIX: Final = ".rec.jsonl"
"""What the name of a recording usually ends in."""
_FIRST: Final = b'{"is":"recording"'
"""What the first line begins with."""
_Count = Annotated[int, msgspec.Meta(ge=0)]


class Line(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, tag_field="is"):
    """One line."""


class Head(Line, frozen=True, kw_only=True, tag="recording"):
    """The first line."""

    format: int
    cloudsim: str = ""
    """The version that wrote it."""


class Begin(Line, frozen=True, kw_only=True, tag="begin"):
    """A segment begins."""

    world: dict[str, Any] | None = None
    """Its tables; None where it goes on from a snapshot."""
    snapshot: bytes | None = None
    seed: int = 0
    settings: dict[str, Value] = {}
    """Dials, as :mod:`cloudsim.scenario.dials` has them."""
    slack_ns: _Count = 0
    time: str = ""
    """How time passed; the places of the inputs say all that a replay needs of it."""


class Input(Line, frozen=True, kw_only=True):
    """Something that came from outside, and where it came."""

    steps: _Count
    """Of the kernel, made before it."""
    t: _Count
    """The instant."""


class CallIn(Input, frozen=True, kw_only=True, tag="call"):
    """A call was submitted."""

    name: str
    """Its caller and its ordinal."""
    account: str
    user: str | None = None
    parameters: dict[str, str]
    """Action and version among them."""
    unknown: tuple[str, ...] = ()
    """Names of parameters that the action does not know."""
    heard: tuple[str, ...] = ()
    """Calls that were answered since the call before this one."""


class ChangeIn(Input, frozen=True, kw_only=True, tag="change"):
    """The admin API changed something."""

    path: str
    body: str = ""


class ByHandIn(Input, frozen=True, kw_only=True, tag="by-hand"):
    """The process that served had the simulation in its hands; what it did there nobody knows."""


class RefusedIn(Input, frozen=True, kw_only=True, tag="refused"):
    """The gateway refused a request, which so never became a call."""

    code: str
    """Of the refusal, or the HTTP status where it has none."""


class End(Input, frozen=True, kw_only=True, tag="end"):
    """A segment ends."""

    digest: str
    events: _Count


AnyInput: TypeAlias = CallIn | ChangeIn | ByHandIn | RefusedIn
AnyLine: TypeAlias = Head | Begin | AnyInput | End

_DECODER: Final = msgspec.json.Decoder(AnyLine)


class Segment(msgspec.Struct):
    """A part of a recording in which one simulation was served."""

    begin: Begin
    inputs: list[AnyInput]
    end: End | None = None
    """None where the server had no time to write it."""

    @property
    def calls(self) -> list[CallIn]:
        """The calls alone."""
        return [line for line in self.inputs if isinstance(line, CallIn)]


def read_recording(path: Path) -> list[Segment]:
    """Read a recording.

    Args:
        path: of the file; a last line that is cut off is left out, as a server that was killed leaves it.

    Raises:
        RecordingError: it cannot be read, is no recording, or a line of it is none; the line is told.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise RecordingError(f"{path}: it cannot be read: {error.strerror}") from None
    _require_recording(path, data)
    segments: list[Segment] = []
    for number, line in enumerate(_lines(path, data), start=1):
        if (number == 1) is not isinstance(line, Head):
            raise RecordingError(f"{path}:{number}: a recording has one line that says its format, the first one")
        if isinstance(line, Head):
            _require_format(path, line)
        elif isinstance(line, Begin):
            segments.append(Segment(line, []))
        elif not segments or segments[-1].end is not None:
            raise RecordingError(f"{path}:{number}: it belongs to no segment: a line with 'begin' is missing before it")
        elif isinstance(line, End):
            segments[-1].end = line
        else:
            segments[-1].inputs.append(line)
    if not segments:
        raise RecordingError(f"{path}: nothing was recorded in it, or it is cut off before what was")
    return segments


def _require_recording(path: Path, data: bytes) -> None:
    """Refuse what is no recording at all."""
    first, newline, _ = data.partition(b"\n")
    if not data:
        raise RecordingError(f"{path}: it is empty, and no recording: nothing was written to it")
    if not newline and first.startswith(_FIRST[: len(first)]):
        raise RecordingError(f"{path}: it is cut off within its first line, so nothing is left of what was recorded")
    if not _is_head(first):
        raise RecordingError(
            f"{path}: it is no recording of `cloudsim serve`, whose first line begins with {_FIRST.decode()}"
        )


def _require_format(path: Path, head: Head) -> None:
    if head.format != FORMAT:
        raise RecordingError(f"{path}: it is of format {head.format}, and this version reads format {FORMAT}")


def _lines(path: Path, data: bytes) -> Iterator[AnyLine]:
    for number, line in enumerate(data.split(b"\n")[:-1], start=1):
        try:
            yield _DECODER.decode(line)
        except msgspec.DecodeError as error:
            raise RecordingError(f"{path}:{number}: it is no line of a recording: {error}") from None


def begin_simulation(begin: Begin, *, journal: Journal | None = None) -> Simulation:
    """Make the simulation with which a segment begins.

    Raises:
        CloudsimError: the world, the snapshot or a setting cannot be.
    """
    if begin.snapshot is not None:
        from cloudsim.simulation.saving.saving import simulation_of  # noqa: PLC0415  few recordings need it

        return simulation_of(begin.snapshot, journal=journal, name="the snapshot in the recording")
    return make_simulation(
        world_of(begin), seed=begin.seed, settings=begin.settings, slack_ns=begin.slack_ns, journal=journal
    )


def world_of(begin: Begin) -> WorldSpec:
    """Give the world with which a segment begins.

    Raises:
        RecordingError: it begins with a snapshot.
        WorldError: the world contradicts itself.
    """
    if begin.world is None:
        raise RecordingError("the recording goes on from a snapshot, and has no world")
    world = read_tables(begin.world)
    validate(world)
    return world


def make_simulation(
    world: WorldSpec,
    *,
    seed: int,
    settings: Mapping[str, Value],
    slack_ns: Ns = 0,
    journal: Journal | None = None,
) -> Simulation:
    """Make a simulation by its dials.

    Args:
        world: what exists.
        seed: of all chance.
        settings: dials, by name.
        slack_ns: how much later than the first step another one may be due and compete with it.
        journal: where events go.

    Raises:
        CloudsimError: a dial is none or cannot have that value, or the world contradicts itself.
    """
    require_dials(settings)
    return Simulation(
        world,
        seed=seed,
        latency=latency_named(str(settings.get("latency", "default"))),
        policy=policy_from(of_group(settings, "policy")),
        strategy=make_strategy(require_strategy(str(settings.get("strategy", "fifo"))), seed),
        throttling=throttling_from(settings, None),
        consistency=consistency_from(settings, "immediate"),
        journal=journal,
        slack_ns=slack_ns,
    )


def is_recording(path: Path) -> bool:
    """Whether a file begins as a recording does; one that cannot be read does not."""
    try:
        with path.open("rb") as file:
            return _is_head(file.readline(4096))
    except OSError:
        return False


def _is_head(line: bytes) -> bool:
    try:
        return isinstance(_DECODER.decode(line), Head)
    except msgspec.DecodeError:
        return False
