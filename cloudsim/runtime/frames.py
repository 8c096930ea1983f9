"""Where a script waits: the frames of a parked coroutine, told in words without addresses.

trio's own ``Task.iter_await_frames`` sees the wrapper of the gate and stops there, so the inner coroutine is walked
here in the same way. File names are given without their folders, so that a report is equal on every machine.
"""

import gc
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from types import AsyncGeneratorType, CoroutineType, FrameType, GeneratorType
from typing import Final

import trio
from trio.lowlevel import Task

OUTSIDE: Final[dict[str, str]] = {
    "trio._threads": "a worker thread",
    "trio._core._io_epoll": "a socket, a pipe or a child process",
    "trio._core._io_kqueue": "a socket, a pipe or a child process",
    "trio._core._io_windows": "a socket, a pipe or a child process",
}
"""Modules of trio in which a task waits for the world outside, which has a time of its own."""

PLUMBING: Final = ("trio._core._traps", "trio._core._parking_lot")
"""Modules in which trio's primitives wait; they say nothing of what for."""

IN_WORDS: Final[dict[str, str]] = {"Nursery._nested_child_finished": "the tasks of its nursery"}
"""Primitives whose names in trio would tell nobody anything."""


@dataclass(frozen=True, slots=True)
class Wait:
    """What a parked coroutine waits for."""

    primitive: str
    """Such as ``Lock.acquire``."""
    place: str
    """The innermost line that is not trio's or ours, such as ``demo.py:12 in worker``."""
    holders: tuple[Task, ...] = ()
    """The tasks that hold what it waits for, where that can be told."""


def await_frames(awaited: object) -> Iterator[FrameType]:
    """Walk the frames of a parked coroutine, the outermost first."""
    while awaited is not None:
        if isinstance(awaited, CoroutineType):
            frame, awaited = awaited.cr_frame, awaited.cr_await
        elif isinstance(awaited, GeneratorType):
            frame, awaited = awaited.gi_frame, awaited.gi_yieldfrom
        elif isinstance(awaited, AsyncGeneratorType):
            frame, awaited = awaited.ag_frame, awaited.ag_await
        else:
            # A step of an async generator, or a wrapper made by __await__, has no attribute that leads on.
            inner = (CoroutineType, GeneratorType, AsyncGeneratorType)
            awaited = next((found for found in gc.get_referents(awaited) if isinstance(found, inner)), None)
            continue
        assert frame is not None, "what is parked has not ended"
        yield frame


def outside_wait(awaited: object) -> str | None:
    """Say what a parked coroutine waits for if virtual time cannot bring it, else None."""
    for frame in await_frames(awaited):
        module = _module(frame)
        if module in OUTSIDE:
            return OUTSIDE[module]
        if frame.f_code.co_name == "wait_all_tasks_blocked" and module.startswith("trio."):
            return "trio's wait_all_tasks_blocked, which never comes in virtual time: use settle()"
    return None


def describe_wait(awaited: object) -> Wait:
    """Tell what a parked coroutine waits for, and where."""
    frames = list(await_frames(awaited))
    own = [frame for frame in frames if not _module(frame).startswith(("trio.", "cloudsim.runtime."))]
    asked = next((frame for frame in reversed(frames) if _module(frame) not in PLUMBING), frames[-1])
    place = own[-1] if own else asked
    return Wait(
        primitive=_primitive(asked),
        place=f"{PurePath(place.f_code.co_filename).name}:{place.f_lineno} in {place.f_code.co_name}",
        holders=_holders(asked),
    )


def _module(frame: FrameType) -> str:
    return str(frame.f_globals.get("__name__", ""))


def _primitive(frame: FrameType) -> str:
    """Name a method by the class of its object: people know Lock, not the mix-in that has its code."""
    code, subject = frame.f_code, frame.f_locals.get("self")
    if not _module(frame).startswith("trio."):
        return "an awaitable of its own"
    name = code.co_name if subject is None else f"{type(subject).__name__}.{code.co_name}"
    return IN_WORDS.get(name, name)


def _holders(frame: FrameType) -> tuple[Task, ...]:
    subject = frame.f_locals.get("self")
    if isinstance(subject, trio.Lock | trio.StrictFIFOLock):
        owner = subject.statistics().owner
        return (owner,) if owner is not None else ()
    if isinstance(subject, trio.CapacityLimiter):
        return tuple(borrower for borrower in subject.statistics().borrowers if isinstance(borrower, Task))
    return ()
