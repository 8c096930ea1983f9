"""Expectations: what a scenario is there to show, each with what was measured."""

from dataclasses import dataclass, field
from typing import TypeAlias

Measured: TypeAlias = int | str | bool | dict[str, int] | list[int] | list[str]


@dataclass(frozen=True, slots=True)
class Expectation:
    """One thing that was expected, and what was seen."""

    name: str
    ok: bool
    measured: Measured
    wanted: str
    """What would have been right, in words."""


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
        equals: Measured | None = None,
        at_least: int | None = None,
        at_most: int | None = None,
        among: tuple[Measured, ...] = (),
    ) -> bool:
        """Hold a measured value against what is wanted; with nothing wanted, the value is to be true.

        Args:
            name: what it is, for the result table.
            measured: what was seen.
            equals: the one right value.
            at_least: the least right number.
            at_most: the largest right number.
            among: all right values.

        Returns:
            Whether it is as expected.
        """
        tests: list[tuple[bool, str]] = []
        if equals is not None:
            tests.append((measured == equals, f"= {equals}"))
        if at_least is not None:
            tests.append((isinstance(measured, int) and measured >= at_least, f">= {at_least}"))
        if at_most is not None:
            tests.append((isinstance(measured, int) and measured <= at_most, f"<= {at_most}"))
        if among:
            tests.append((measured in among, f"one of {', '.join(map(str, among))}"))
        if not tests:
            tests.append((bool(measured), "true"))
        ok = all(passed for passed, _ in tests)
        self.found.append(Expectation(name, ok, measured, " and ".join(wanted for _, wanted in tests)))
        return ok

    @property
    def all_met(self) -> bool:
        """Whether everything was as expected."""
        return all(expectation.ok for expectation in self.found)
