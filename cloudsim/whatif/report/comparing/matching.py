"""Which variant of A belongs to which variant of B."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cloudsim.errors.own import ResultsError
from cloudsim.whatif.report.results import Results, read_results
from cloudsim.whatif.report.words import axis_value

_NUMBERED: Final = re.compile(r"(.+)#(\d+)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A or B: the results of a sweep, or one variant of them."""

    name: str
    results: Results
    chosen: int | None
    """The number of the variant; None for all."""

    @property
    def numbers(self) -> tuple[int, ...]:
        """The variants that are meant."""
        return tuple(range(len(self.results.variants))) if self.chosen is None else (self.chosen,)


def read_side(text: str) -> Side:
    """Read what ``A`` or ``B`` is on the command line: a folder, or ``FOLDER#2`` for its variant 2, counted from 0.

    Raises:
        ResultsError: there are no such results.
    """
    found = None if Path(text).is_dir() else _NUMBERED.fullmatch(text)
    results = read_results(Path(found[1] if found else text))
    chosen = int(found[2]) if found else None
    if chosen is not None and chosen >= len(results.variants):
        raise ResultsError(f"{text}: there are variants 0 to {len(results.variants) - 1}")
    return Side(name=text, results=results, chosen=chosen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Variants of A and B in pairs, and those that have no partner."""

    pairs: tuple[tuple[int, int], ...]
    only_a: tuple[int, ...] = ()
    only_b: tuple[int, ...] = ()


def match(a: Side, b: Side) -> Match:
    """Pair the variants: one with one as they are; of several, those whose common axes have the same values.

    Raises:
        ResultsError: there are several, and what they have in common does not tell which belongs to which.
    """
    ours, theirs = a.numbers, b.numbers
    if len(ours) == len(theirs) == 1:
        return Match(pairs=((ours[0], theirs[0]),))
    mine, yours = a.results.variants, b.results.variants
    common = [key for key in mine[0].axes if key in yours[0].axes]
    by_values: dict[tuple[str, ...], int] = {}
    for number in theirs:
        by_values.setdefault(tuple(axis_value(yours[number].axes[key]) for key in common), number)
    wanted = {number: tuple(axis_value(mine[number].axes[key]) for key in common) for number in ours}
    if len(by_values) < len(theirs) or len(dict.fromkeys(wanted.values())) < len(ours):
        raise ResultsError(
            f"{a.name} and {b.name} have several variants, and their common axes do not tell which belongs to which; "
            f"name one of each: {a.name}#0 {b.name}#0"
        )
    pairs = tuple((number, by_values[values]) for number, values in wanted.items() if values in by_values)
    if not pairs:
        raise ResultsError(
            f"no variant of {a.name} has the same values of {', '.join(common)} as one of {b.name}; "
            f"name one of each: {a.name}#0 {b.name}#0"
        )
    met = [their for _, their in pairs]
    return Match(
        pairs=pairs,
        only_a=tuple(number for number in ours if wanted[number] not in by_values),
        only_b=tuple(number for number in theirs if number not in met),
    )
