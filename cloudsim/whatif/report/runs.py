"""Runs of one variant, as runs.csv has them: figures by the number of the run, by which two variants are paired."""

from collections.abc import Iterator, Sequence

from cloudsim.whatif.sweeping.columns import absent_value


class Runs:
    """The figures of the runs of a variant. Runs that failed are not among them."""

    def __init__(self) -> None:
        self._numbers: dict[int, None] = {}
        self._figures: dict[str, dict[int, float | None]] = {}

    def add(self, run: int, figure: str, value: float | None) -> None:
        """Take a figure of a run."""
        self._numbers[run] = None
        self._figures.setdefault(figure, {})[run] = value

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of the runs, in order."""
        return tuple(sorted(self._numbers))

    def __iter__(self) -> Iterator[str]:
        """List the figures that any run has."""
        return iter(self._figures)

    def __contains__(self, figure: object) -> bool:
        return figure in self._figures

    def values(self, figure: str, numbers: Sequence[int] | None = None) -> list[float | None]:
        """Give a figure, a value for each run; None where a run has none. A count that a run does not name is 0.

        Args:
            figure: its name.
            numbers: of which runs, in which order; of all unless given.
        """
        absent = absent_value(figure)
        column = self._figures.get(figure, {})
        asked = self.numbers if numbers is None else numbers
        return [absent if (value := column.get(run)) is None else value for run in asked]

    def counts(self, figure: str, numbers: Sequence[int] | None = None) -> list[float]:
        """Give a figure that is counted, which every run has."""
        return [value or 0.0 for value in self.values(figure, numbers)]


def common_numbers(before: Runs, after: Runs) -> tuple[int, ...]:
    """Give the numbers of the runs that two variants both have: the pairs."""
    have = dict.fromkeys(after.numbers)
    return tuple(run for run in before.numbers if run in have)
