"""Schedules on disk: everything that brings a run back, exactly or by its order.

A file (``*.sched.json``) has the settings and the seed of the run, its *choices* (where it was not run-to-block, by
the number of the step), its *order* (for each resource who touched it after whom), the fault sites that fired, and what
was to be seen. Choices bring back the very same run, which its digest proves, as long as nothing has been edited; the
order is what survives edits. The JSON is canonical: equal schedules are equal files.

A *token* is the short form for small cases, to be pasted: everything but the order and what was to be seen.
"""

import platform
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from pathlib import Path
from typing import Annotated, Final

import msgspec
import trio

from cloudsim.errors.own import CloudsimError, ScheduleError
from cloudsim.exploration.order import from_texts, order_of, to_texts
from cloudsim.exploration.ready import deviations
from cloudsim.exploration.shrinking import Failing
from cloudsim.scenario.exploring import STEPS_MAX, Faults, ScenarioProgram, slack_of
from cloudsim.scenario.load import load_scenario
from cloudsim.scenario.settings import Value
from cloudsim.version import __version__

FORMAT: Final = 1
SUFFIX: Final = ".sched.json"
_PREFIX: Final = "cs1."
"""What a token begins with."""
_BYTES_MAX: Final = 16 << 20
_Step = Annotated[int, msgspec.Meta(ge=0)]
_Who = Annotated[str, msgspec.Meta(min_length=1)]


class Expected(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was seen when the schedule was written."""

    wrong: tuple[str, ...] = ()
    """The kinds of what was wrong."""
    digest: str = ""
    events: int = 0


class Schedule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One run of a scenario, told so that it can be made again."""

    format: int = FORMAT
    scenario: str
    """The name of a bundled scenario, or the path of a file."""
    settings: dict[str, Value] = {}
    seed: int = 0
    mode: str
    choices: tuple[tuple[_Step, _Who], ...] = ()
    order: dict[str, tuple[str, ...]] = {}
    strikes: tuple[str, ...] = ()
    """The visits of fault sites that fired, as ``site@call``."""
    scripts: str = ""
    """What scripts were found to share, as far as the exploration took their steps into the orders."""
    steps_max: Annotated[int, msgspec.Meta(ge=1)] = STEPS_MAX
    """After so many steps the run is broken off."""
    expect: Expected = Expected()
    made_with: dict[str, str] = {}

    def program(self) -> ScenarioProgram:
        """Load what it is a schedule of.

        Raises:
            ScenarioError: the scenario cannot be loaded.
        """
        faults = Faults(strikes=self.strikes)
        scenario = load_scenario(self.scenario)
        return ScenarioProgram(
            scenario, self.seed, self.settings, mode=self.mode, faults=faults, scripts_share=self.scripts,
            steps_max=self.steps_max,
        )  # fmt: skip


def schedule_of(failing: Failing, wanted: str) -> Schedule:
    """Write down a run of a scenario.

    Args:
        failing: the run.
        wanted: how the scenario was asked for.
    """
    program, run, log = failing.program, failing.run, list(failing.log)
    assert isinstance(program, ScenarioProgram), "only runs of scenarios are written down"
    return Schedule(
        scenario=wanted,
        settings=dict(sorted(program.given.items())),
        seed=program.seed,
        mode=program.mode,
        choices=tuple(deviations(log)),
        order={key: tuple(touches) for key, touches in to_texts(order_of(log)).items()},
        strikes=run.strikes,
        scripts=program.scripts_share,
        steps_max=program.steps_max,
        expect=Expected(wrong=tuple(sorted(run.kinds)), digest=run.digest, events=run.events),
        made_with={"cloudsim": __version__, "python": platform.python_version(), "trio": trio.__version__},
    )


def to_document(schedule: Schedule) -> bytes:
    """Write a schedule as canonical JSON."""
    return msgspec.json.format(msgspec.json.encode(schedule, order="sorted"), indent=1) + b"\n"


def read_schedule(path: Path) -> Schedule:
    """Read a schedule from a file.

    Raises:
        ScheduleError: it cannot be read, or is none.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ScheduleError(f"{path}: it cannot be read: {error.strerror}") from None
    if len(data) > _BYTES_MAX:
        raise ScheduleError(f"{path}: it has {len(data)} bytes, and a schedule has at most {_BYTES_MAX}")
    return _checked(data, str(path))


def _checked(data: bytes, where: str) -> Schedule:
    try:
        said = msgspec.json.decode(data)
    except msgspec.DecodeError as error:
        raise ScheduleError(f"{where}: it is not JSON: {error}") from None
    version = said.get("format") if isinstance(said, dict) else None
    if isinstance(version, int) and version > FORMAT:
        raise ScheduleError(f"{where}: it is of format {version}, and this version reads formats up to {FORMAT}")
    try:
        schedule = msgspec.convert(said, Schedule)
        from_texts(schedule.order)
    except (msgspec.ValidationError, ValueError) as error:
        raise ScheduleError(f"{where}: it is no schedule: {error}") from None
    try:
        slack_of(schedule.mode)
    except CloudsimError as error:
        raise ScheduleError(f"{where}: {error}") from None
    return schedule


class _Short(msgspec.Struct, frozen=True, array_like=True):
    """What a token has."""

    settings: dict[str, Value]
    seed: int
    mode: str
    choices: tuple[tuple[_Step, _Who], ...]
    strikes: tuple[str, ...]
    scripts: str = ""
    steps_max: Annotated[int, msgspec.Meta(ge=1)] = STEPS_MAX


def to_token(schedule: Schedule) -> str:
    """Write a schedule as a token, to be given with the name of its scenario."""
    short = _Short(
        schedule.settings, schedule.seed, schedule.mode, schedule.choices, schedule.strikes, schedule.scripts,
        schedule.steps_max,
    )  # fmt: skip
    packed = zlib.compress(msgspec.json.encode(short, order="sorted"), 9)
    return _PREFIX + urlsafe_b64encode(packed).decode("ascii").rstrip("=")


def from_token(token: str, scenario: str) -> Schedule:
    """Read a token.

    Args:
        token: what :func:`to_token` wrote.
        scenario: how the scenario is asked for.

    Raises:
        ScheduleError: it is none, or a part of it is missing.
    """
    body = token.removeprefix(_PREFIX)
    if body == token:
        raise ScheduleError(f"{token[:20]!r} is no schedule: a token begins with {_PREFIX!r}, a file ends in {SUFFIX}")
    unpack = zlib.decompressobj()
    try:
        data = unpack.decompress(urlsafe_b64decode(body + "=" * (-len(body) % 4)), _BYTES_MAX)
        short = msgspec.json.decode(data, type=_Short)
    except (ValueError, zlib.error, msgspec.DecodeError) as error:
        raise ScheduleError(f"the schedule token is damaged: {error}") from None
    if not unpack.eof:
        raise ScheduleError("the schedule token is damaged: a part of it is missing")
    try:
        slack_of(short.mode)
    except CloudsimError as error:
        raise ScheduleError(f"the schedule token is damaged: {error}") from None
    return Schedule(
        scenario=scenario, settings=short.settings, seed=short.seed, mode=short.mode, choices=short.choices,
        strikes=short.strikes, scripts=short.scripts, steps_max=short.steps_max,
    )  # fmt: skip
