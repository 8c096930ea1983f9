"""What scripts share: objects that two of them hold, by which the order of their steps may make a difference.

Operations tell what they touch, scripts do not. A script that touches the cloud by its calls alone needs no say in the
order of steps: the travel of its requests stands for its own delays. Scripts that hold one mutable object, a client or
a primitive of trio together are another matter, and so exploration has to know. It looks at what each script was given
when it was spawned: arguments, closures, and the globals that its code names. A list, a dictionary or a set that two of
them hold is shared once it has other contents than before. That is a guess on the safe side: what is held together need
not be used together; but what is reached through attributes of objects is not looked for.

Source: Python data model, "Code objects", "Frame objects".
"""

import types
from collections.abc import Coroutine, Iterator
from enum import Enum
from typing import Any, Final

import trio

from cloudsim.runtime.client.asking import Asking
from cloudsim.simulation.simulation import Simulation

_HARMLESS: Final = (
    str, bytes, int, float, complex, bool, type(None), Enum, type, types.ModuleType, types.BuiltinFunctionType, range,
    Asking, Simulation, trio.Nursery, trio.CancelScope,
)  # fmt: skip
"""Values that cannot change, and what all scripts have together and touch by its own rules; of clients see below."""


Held = dict[int, tuple[object, str]]
"""Objects by id, and what they are called."""


def held_by(coroutine: Coroutine[Any, Any, object]) -> Held:
    """What a coroutine that has not begun holds that might change."""
    found: Held = {}
    seen: set[int] = set()
    frame = getattr(coroutine, "cr_frame", None)
    if frame is not None:
        _add_frame(frame, found, seen)
    return found


def _add_frame(frame: types.FrameType, found: Held, seen: set[int]) -> None:
    code = frame.f_code
    is_ours = str(frame.f_globals.get("__name__", "")).startswith("cloudsim.")
    for name, value in frame.f_locals.items():
        # What our own helpers close over, such as the results of gather, is put in its place by the helper.
        if not (is_ours and name in code.co_freevars):
            _add(name, value, found, seen)
    if not is_ours:
        for name in _names_in(code):
            if name in frame.f_globals:
                _add(name, frame.f_globals[name], found, seen)


def _add(name: str, value: object, found: Held, seen: set[int]) -> None:
    if isinstance(value, _HARMLESS) or id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, types.MethodType):
        _add(name, value.__self__, found, seen)
    elif isinstance(value, types.FunctionType):
        for inner, content in _closure(value):
            _add(inner, content, found, seen)
    elif isinstance(value, types.CoroutineType):
        if value.cr_frame is not None:
            _add_frame(value.cr_frame, found, seen)
    elif isinstance(value, tuple | frozenset):
        for member in value:
            _add(name, member, found, seen)
    elif isinstance(value, types.MappingProxyType) or (isinstance(value, dict) and name in ("kwargs", "keywords")):
        # The one cannot be changed, the other is made anew for each call.
        for key, member in value.items():
            _add(str(key), member, found, seen)
    elif not getattr(type(value), "__dataclass_params__", None) or not type(value).__dataclass_params__.frozen:  # type: ignore[attr-defined]
        found[id(value)] = (value, _title(value, name))
        for member in _members(value):
            _add(name, member, found, seen)


def _members(value: object) -> Iterator[object]:
    """What is in a container, which may be changed while the container stays as it is."""
    if isinstance(value, list | dict | set):
        yield from value
    if isinstance(value, dict):
        yield from value.values()


def _closure(function: types.FunctionType) -> Iterator[tuple[str, object]]:
    """What a function closes over, but for names that are not bound yet."""
    if function.__module__.startswith("cloudsim."):
        return
    for name, cell in zip(function.__code__.co_freevars, function.__closure__ or (), strict=True):
        try:
            yield name, cell.cell_contents
        except ValueError:
            continue
    for name in _names_in(function.__code__):
        if name in function.__globals__:
            yield name, function.__globals__[name]


def _names_in(code: types.CodeType) -> Iterator[str]:
    """What code names, and the code inside it: comprehensions, lambdas, functions of its own."""
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _names_in(constant)


def _title(value: object, name: str) -> str:
    """Call an object in a way that is equal in every run."""
    return f"{name} ({type(value).__name__})"


class Sharing:
    """Watches what the scripts of one run hold.

    A parent that waits for its nursery alone cannot meet its children, so what a script shares with those it spawned
    counts only from its first step beside them. Clients name their calls in order, so two scripts share one as soon as
    one of them calls when the order of steps has begun to matter.
    """

    def __init__(self) -> None:
        self._holders: dict[int, str] = {}
        self._containers: dict[str, tuple[object, object, str]] = {}
        self._callers: dict[str, tuple[str, bool]] = {}
        self._found: dict[str, str] = {}

    def add(self, name: str, coroutine: Coroutine[Any, Any, object]) -> None:
        """Take a script that was spawned by another one; not the first of all.

        Args:
            name: its name.
            coroutine: before its first step.
        """
        for held, (value, title) in held_by(coroutine).items():
            other = self._holders.setdefault(held, name)
            if other != name:
                self._note(title, f"{other} and {name} share {title}", value)

    def _note(self, title: str, told: str, value: object) -> None:
        if isinstance(value, list | dict | set):
            self._containers.setdefault(title, (value, value.copy(), told))
        else:
            self._found.setdefault(title, told)

    def note_beside(self, script: str) -> None:
        """Take a script that goes on while scripts that it spawned do."""
        self._found.setdefault(script, f"{script} goes on beside the scripts that it spawned")

    def look(self) -> None:
        """Look, after a step of a script, which containers have other contents than before; they may change back."""
        for title, (value, before, told) in list(self._containers.items()):
            if value != before:
                self._found.setdefault(title, told)
                del self._containers[title]

    @property
    def found(self) -> list[str]:
        """What is shared, in words; of each thing the first two that have it."""
        self.look()
        return list(self._found.values())

    def note_call(self, client: str, script: str, *, is_early: bool) -> None:
        """Take a call that a script makes.

        Args:
            client: its name.
            script: its name.
            is_early: whether no step of an operation has been made yet, so that calls have their names in every order.
        """
        first, was_early = self._callers.setdefault(client, (script, is_early))
        if first != script and not (was_early and is_early):
            self._found.setdefault(f"client {client}", f"{first} and {script} share client {client}")
        self._callers[client] = (first, was_early and is_early)
