"""Small Markov chains, solved exactly: what the formulas are held against."""

from collections.abc import Callable, Iterable
from fractions import Fraction

State = tuple[int, ...]
Moves = Callable[[State], Iterable[tuple[State, Fraction]]]


def stationary(start: State, moves: Moves) -> dict[State, Fraction]:
    """Give the long-run probabilities of all states that can be reached from ``start``, by Gauss elimination.

    Args:
        start: any recurrent state.
        moves: gives the states that follow one, and at which rates.
    """
    states = [start]
    known = {start: 0}
    rates: dict[tuple[int, int], Fraction] = {}
    for here, state in enumerate(states):  # it grows while it is walked
        for following, rate in moves(state):
            if rate and following not in known:
                known[following] = len(states)
                states.append(following)
            if rate:
                there = known[following]
                rates[here, there] = rates.get((here, there), Fraction(0)) + rate
    return dict(zip(states, _solved(len(states), rates), strict=True))


def _solved(size: int, rates: dict[tuple[int, int], Fraction]) -> list[Fraction]:
    """Solve the balance equations, the last of them replaced by "they sum to 1"."""
    rows = [[Fraction(0)] * size + [Fraction(0)] for _ in range(size)]
    for (here, there), rate in rates.items():
        rows[there][here] += rate
        rows[here][here] -= rate
    rows[-1] = [Fraction(1)] * (size + 1)
    for column in range(size):
        pivot = next(row for row in range(column, size) if rows[row][column])
        rows[column], rows[pivot] = rows[pivot], rows[column]
        top = [value / rows[column][column] for value in rows[column]]
        rows[column] = top
        for row in range(size):
            factor = rows[row][column]
            if row != column and factor:
                rows[row] = [value - factor * above for value, above in zip(rows[row], top, strict=True)]
    return [row[-1] for row in rows]
