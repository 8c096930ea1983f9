"""Named addresses that collide, and other questions of drawing with and without putting back.

A client that names addresses picks one of ``size`` at random without looking; the second to name one is refused. That
is the birthday problem. Where a cloud chooses free addresses at random, whole free /28 blocks become rare: drawing
without putting back.

All answers but the binomial's are exact fractions.

Source: Feller, An Introduction to Probability Theory and Its Applications I, chapter II (birthdays, occupancy,
hypergeometric).
"""

from collections.abc import Sequence
from fractions import Fraction
from math import comb, perm

from cloudsim.whatif.analytic.number import Number


def birthday(drawn: int, size: int) -> Fraction:
    """Give the probability that ``drawn`` picks out of ``size``, each independent, are not all different."""
    return 1 - Fraction(perm(size, drawn), size**drawn)


def collisions_expected(drawn: int, size: int) -> Fraction:
    """Give the mean number of picks that meet one picked before, where nothing is given back."""
    return drawn - size * (1 - Fraction(size - 1, size) ** drawn)


def distinct(drawn: int, size: int) -> list[Fraction]:
    """Give the probabilities that 0, 1, ... ``drawn`` different ones were picked; refused are the others."""
    ways: Sequence[int] = [1] + [0] * drawn
    for done in range(drawn):
        following = [0] * (drawn + 1)
        for found in range(done + 1):
            following[found] += found * ways[found]
            following[found + 1] += max(0, size - found) * ways[found]
        ways = following
    return [Fraction(count, size**drawn) for count in ways]


def hypergeometric(marked_drawn: int, *, size: int, marked: int, drawn: int) -> Fraction:
    """Give the probability that of ``drawn`` out of ``size``, none twice, exactly so many are among the marked."""
    if not 0 <= marked_drawn <= drawn:
        return Fraction(0)
    return Fraction(comb(marked, marked_drawn) * comb(size - marked, drawn - marked_drawn), comb(size, drawn))


def free_blocks_expected(*, size: int, block: int, taken: int) -> Fraction:
    """Give the mean number of whole free blocks where ``taken`` addresses lie anywhere with equal probability.

    Args:
        size: addresses that may be taken, a multiple of ``block``.
        block: addresses in a block, such as 16 for a /28.
        taken: how many are taken.
    """
    assert size % block == 0, "the pool is made of whole blocks"
    return size // block * hypergeometric(0, size=size, marked=block, drawn=taken)


def binomial(successes: int, trials: int, p: Number) -> Number:
    """Give the probability of so many successes in independent trials."""
    if not 0 <= successes <= trials:
        return p * 0
    return p**successes * (1 - p) ** (trials - successes) * comb(trials, successes)


def binomial_at_most(successes: int, trials: int, p: Number) -> Number:
    """Give the probability of at most so many successes in independent trials."""
    return sum((binomial(count, trials, p) for count in range(successes + 1)), start=p * 0)
