"""Chance inside a pool: one 64-bit integer of state, and nothing else.

``random.Random`` is the hidden cost of a pool: 2.5 KB and 4 us to make, more than all the rest, and its state of 625
words would have to be in every snapshot. A linear congruential generator is one integer, so a clone copies it for
nothing and a pool of ten addresses stays small. Its low bits are poor and its high bits good, so an index is taken
from the top: ``state * count >> 64``. The pools are independent of each other, since each begins from a keyed draw
of its own (world seed and VSwitch id): one more ENI in a VSwitch moves no address in another.

A draw that may have to be tried again (rejection) advances the state once all the same, and ``scatter`` makes the
further candidates from that one draw.

Source: the multiplier and increment of Knuth's MMIX; the finalizer of SplitMix64 (Steele, Lea, Flood, 2014).
"""

from typing import Final

MASK: Final = (1 << 64) - 1
MULTIPLIER: Final = 6364136223846793005
INCREMENT: Final = 1442695040888963407
_GAMMA: Final = 0x9E3779B97F4A7C15


def advance(state: int) -> int:
    """Return the state after this one; its high bits are the draw."""
    return (state * MULTIPLIER + INCREMENT) & MASK


def scatter(draw: int, attempt: int, count: int) -> int:
    """Return the candidate of an attempt, 0 to ``count - 1``, from a draw that is not advanced further.

    Args:
        draw: a state of the generator.
        attempt: 0, 1, 2, ...
        count: how many candidates there are, at most 2**64; beyond 2**32 all 64 bits are needed, hence the mixing.
    """
    z = (draw + attempt * _GAMMA) & MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return (z ^ (z >> 31)) * count >> 64


def branch(seed: int, number: int) -> int:
    """Return the seed of a further generator in the same pool, one for each number from 1."""
    return scatter(seed, number, 1 << 64)
