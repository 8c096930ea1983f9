"""Expectations: what a scenario is there to show, each with what was measured.

A measured value goes into the result's document, so it is a JSON value or it is refused: the ``repr`` of an object has
its address in memory, and that of a set the order of its hashes, and neither is the same in two runs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from math import isfinite
from typing import Any, Final, TypeAlias

from cloudsim.errors.own import ScenarioError, SettingError

Measured: TypeAlias = int | float | str | bool | Mapping[str, Any] | Sequence[Any] | None
"""A JSON value."""


class _Unsaid(Enum):
    """Tells ``equals=None`` from no ``equals``."""

    UNSAID = "unsaid"


_UNSAID: Final = _Unsaid.UNSAID


@dataclass(frozen=True, slots=True)
class Expectation:
    """One thing that was expected, and what was seen."""

    name: str
    ok: bool
    measured: Measured
    wanted: str
    """What would have been right, in words; ``noted`` where nothing was wanted."""


@dataclass(slots=True)
class Expectations:
    """Collects expectations; a scenario's ``check`` calls it once for each thing that it wants seen.

    ``expect("ENIs made", 100, equals=100)``
    """

    found: list[Expectation] = field(default_factory=list)

    def __call__(
        self,
        name: str,
        measured: Measured,
        *,
        equals: Measured | _Unsaid = _UNSAID,
        at_least: float | None = None,
        at_most: float | None = None,
        among: Sequence[Measured] | None = None,
    ) -> bool:
        """Hold a measured value against what is wanted; with nothing wanted, it is a note, which is always right.

        Args:
            name: what it is, for the result table.
            measured: what was seen: text, a number, true or false, or lists and dictionaries of those.
            equals: the one right value; ``True`` for something that is to be true.
            at_least: the least right number.
            at_most: the largest right number.
            among: all right values, at least one.

        Returns:
            Whether it is as expected.

        Raises:
            ScenarioError: a value is none that a document can have.
            SettingError: ``among`` is empty, so that nothing would be right.
        """
        seen = _json_value(name, measured)
        tests: list[tuple[bool, str]] = []
        if not isinstance(equals, _Unsaid):
            right = _json_value(name, equals)
            tests.append((seen == right, f"= {in_words(right)}"))
        if at_least is not None:
            tests.append((isinstance(measured, int | float) and measured >= at_least, f">= {at_least}"))
        if at_most is not None:
            tests.append((isinstance(measured, int | float) and measured <= at_most, f"<= {at_most}"))
        if among is not None:
            if not among:
                raise SettingError(f"expectation {name!r}: among is empty, so that nothing would be right")
            rights = [_json_value(name, each) for each in among]
            tests.append((seen in rights, f"one of {', '.join(map(in_words, rights))}"))
        ok = all(passed for passed, _ in tests)
        self.found.append(Expectation(name, ok, seen, " and ".join(wanted for _, wanted in tests) or "noted"))
        return ok

    @property
    def all_met(self) -> bool:
        """Whether everything was as expected."""
        return all(expectation.ok for expectation in self.found)


def in_words(value: Measured, *, shown_max: int | None = None) -> str:
    """Write a value on one line.

    Args:
        value: a JSON value.
        shown_max: how many members of a list or a table are written; all if None.
    """
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return _joined([f"{key}={in_words(each)}" for key, each in value.items()], shown_max)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return _joined([in_words(each) for each in value], shown_max)
    return str(value)


def unmet_in_words(expectation: Expectation) -> str:
    """Say what was measured in place of what was wanted."""
    return f"{expectation.name}: measured {in_words(expectation.measured)}, wanted {expectation.wanted}"


def _joined(texts: list[str], shown_max: int | None) -> str:
    left_out = 0 if shown_max is None else len(texts) - shown_max
    more = [f"and {left_out} more"] if left_out > 0 else []
    return ", ".join([*texts[:shown_max], *more]) or "none"


def _json_value(name: str, value: object) -> Measured:
    """Take what JSON has for a value, so that two equal documents mean equal values.

    Raises:
        ScenarioError: JSON has nothing for it.
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):  # also members of a StrEnum; a lone surrogate is no text that can be written
        return str.__str__(value).encode("utf-8", "backslashreplace").decode("utf-8")
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value) if isfinite(value) else str(value)  # JSON has no infinity
    if isinstance(value, Mapping) and all(isinstance(key, str | int) for key in value):
        return {str(_json_value(name, key)): _json_value(name, each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_json_value(name, each) for each in value]
    raise ScenarioError(
        f"expectation {name!r}: {type(value).__name__} is nothing that a result can show; "
        "text, numbers, true and false are, and lists and dictionaries of those"
    )
