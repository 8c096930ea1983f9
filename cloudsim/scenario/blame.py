"""Whose it is when a scenario's own code does not come to its end: the run's, the scenario file's, or ours.

A refusal or a time-out that nobody handled, a deadlock, an exception of the script: the run broke, which is a result
like an expectation that was not met. A wrong setting or parameter is wrong input. What was raised by our own code is
our bug, and goes on as it is. The innermost line of a traceback that is the scenario's or ours decides.
"""

from collections.abc import Iterator
from pathlib import Path, PurePath
from traceback import FrameSummary, extract_tb
from typing import Final

from cloudsim.errors.base import ApiError
from cloudsim.errors.own import CloudsimError, DurationError, ScenarioError, SettingError, UndeclaredTouch, WorldError

WRONG_INPUT: Final = (DurationError, ScenarioError, SettingError, WorldError)
"""What a user set right by writing something else."""

_PACKAGE: Final = Path(__file__).parents[1]
_TOLD_MAX: Final = 3


def why_broken(error: BaseException, file: str) -> str:
    """Say why the code of a scenario did not come to its end.

    Args:
        error: what it raised; groups of nurseries are looked into.
        file: the scenario's, as its code objects name it.

    Returns:
        A line for each reason, at most three; files without their folders, so that the text is equal on every machine.

    Raises:
        KeyboardInterrupt: it was interrupted.
        ScenarioError: wrong input was met on the way.
        BaseException: ``error`` as it is, where it is our own fault.
    """
    raised = list(_leaves(error))
    if any(isinstance(leaf, KeyboardInterrupt) for leaf in raised):
        raise KeyboardInterrupt from error
    if any(_is_ours(leaf, file) for leaf in raised):
        raise error
    for leaf in raised:
        if isinstance(leaf, WRONG_INPUT):
            raise ScenarioError(_told(leaf, file)) from error
    reasons = list(dict.fromkeys(_told(leaf, file) for leaf in raised))
    more = [f"and {len(reasons) - _TOLD_MAX} more"] if len(reasons) > _TOLD_MAX else []
    return "\n".join([*reasons[:_TOLD_MAX], *more])


def kinds_of(error: BaseException) -> list[str]:
    """Name what was raised by codes and types, without facts: what two failures of one kind have in common."""
    return sorted({leaf.code if isinstance(leaf, ApiError) else type(leaf).__name__ for leaf in _leaves(error)})


def _leaves(error: BaseException) -> Iterator[BaseException]:
    if isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions:
            yield from _leaves(inner)
    else:
        yield error


def _is_ours(error: BaseException, file: str) -> bool:
    if isinstance(error, UndeclaredTouch):
        return True
    if isinstance(error, (ApiError, CloudsimError)):
        return False
    for frame in reversed(extract_tb(error.__traceback__)):
        if frame.filename == file:  # asked first: bundled scenarios lie inside the package
            return False
        if _PACKAGE in Path(frame.filename).parents:
            return True
    return False


def _told(error: BaseException, file: str) -> str:
    frames = [frame for frame in extract_tb(error.__traceback__) if frame.filename == file]
    where = f"{PurePath(file).name}, line {frames[-1].lineno}: " if frames else ""
    return where + _words(error, frames)


def _words(error: BaseException, frames: list[FrameSummary]) -> str:
    if isinstance(error, (ApiError, CloudsimError)):
        return str(error)
    text = str(error)
    if isinstance(error, AssertionError) and not text and frames:
        text = frames[-1].line or ""
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
