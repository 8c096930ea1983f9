"""A run held against an older one: what has changed beyond the noise of both.

The noise of a ratio is the spread of its rounds, between the quartiles. Where the spreads of the two runs overlap
nothing is said; nor where one of them was measured a single time, since nothing is known of its noise then. Runs of
different machines or versions may be compared, ratios being ratios, and it is told that they are different.
"""

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

import msgspec

from cloudsim.errors.own import SettingError
from cloudsim.lab.report.document import FORMAT_VERSION

_SAME: Final = ("system", "architecture", "cores", "python")


class Verdict(StrEnum):
    """What can be said of a ratio in two runs."""

    BETTER = "better"
    WORSE = "worse"
    NOISE = "inside the noise"
    ONCE = "measured once"
    """In one of the two runs at least, so that there is no telling."""
    NEW = "new"
    """The older run has no number for it."""
    GONE = "gone"
    """This run has none."""


class OldRatio(msgspec.Struct, frozen=True):
    """A ratio of a document."""

    part: str
    name: str
    value: float | None
    op: str
    low: float | None
    high: float | None


class OldRun(msgspec.Struct, frozen=True):
    """The document of a run, as far as it is compared."""

    format_version: int
    benchmark: str
    quick: bool
    large: bool
    machine: dict[str, Any]
    versions: dict[str, str | None]
    ratios: list[OldRatio]


class Change(msgspec.Struct, frozen=True):
    """A ratio in both runs."""

    part: str
    name: str
    before: float | None
    after: float | None
    verdict: Verdict


def read_run(path: Path) -> OldRun:
    """Read what ``cloudsim bench engine --json`` has printed.

    Raises:
        SettingError: the file cannot be read, or is nothing of the kind.
    """
    try:
        run = msgspec.json.decode(path.read_bytes(), type=OldRun)
    except OSError as reason:
        raise SettingError(f"{path} cannot be read: {reason.strerror or reason}") from reason
    except (msgspec.DecodeError, UnicodeDecodeError) as reason:
        raise SettingError(f"{path} is not what cloudsim bench engine --json prints: {reason}") from reason
    if run.benchmark != "engine":
        raise SettingError(f"{path} is of cloudsim bench {run.benchmark}, not of cloudsim bench engine")
    if run.format_version != FORMAT_VERSION:
        raise SettingError(f"{path} has the format {run.format_version}; this cloudsim reads {FORMAT_VERSION}")
    return run


def changes(old: OldRun, new: OldRun) -> list[Change]:
    """Compare what the parts of the new run measure.

    Args:
        old: the older run.
        new: the run that is judged; parts that it has not measured are left out.
    """
    before = {(one.part, one.name): one for one in old.ratios}
    after = {(one.part, one.name): one for one in new.ratios}
    parts = {part for part, _ in after}
    keys = [*after, *(key for key in before if key not in after and key[0] in parts)]
    found = [_change(key, before.get(key), after.get(key)) for key in keys]
    return [change for change in found if change.before is not None or change.after is not None]


def _change(key: tuple[str, str], was: OldRatio | None, now: OldRatio | None) -> Change:
    before, after = (None if one is None else one.value for one in (was, now))
    return Change(*key, before, after, _verdict(was, now))


def _verdict(was: OldRatio | None, now: OldRatio | None) -> Verdict:
    if was is None or was.value is None:
        return Verdict.NEW
    if now is None or now.value is None:
        return Verdict.GONE
    if was.low is None or was.high is None or now.low is None or now.high is None:
        return Verdict.ONCE
    if was.low <= now.high and now.low <= was.high:
        return Verdict.NOISE
    return Verdict.BETTER if (now.value < was.value) is (now.op == "<=") else Verdict.WORSE


def differences(old: OldRun, new: OldRun) -> Iterator[str]:
    """Say in what the two runs differ, beside what is measured."""
    for name in _SAME:
        if old.machine.get(name) != new.machine.get(name):
            yield f"{name}: {old.machine.get(name)} before, {new.machine.get(name)} now"
    for name in dict.fromkeys([*old.versions, *new.versions]):
        before, now = old.versions.get(name), new.versions.get(name)
        if before != now:
            yield f"{name}: {before or 'not installed'} before, {now or 'not installed'} now"
    for name in ("quick", "large"):
        if getattr(old, name) is not getattr(new, name):
            was, now = (f"{'' if getattr(run, name) else 'not '}{name}" for run in (old, new))
            yield f"sizes: {was} before, {now} now"
