"""Arrays of offsets, as small and as quick as their size allows.

Up to 256 entries one byte each, of integers that Python has at hand: so a cold pool is four lines of the cache, and
ten thousand of them stay in it. Up to 1024 entries a list of integers that all such lists share: reading makes no
object. Above that an array of 16 bits an entry, an eighth of a list's memory with its integers.
"""

from array import array
from functools import cache
from typing import TypeAlias

Numbers: TypeAlias = "list[int] | bytearray | array[int]"
"""Whole numbers by offset."""


@cache
def natural(size: int) -> "Numbers":
    """Return 0, 1, 2, ... once per size, to be copied: a copy is hundreds of times quicker than a count."""
    return standing(range(size))


@cache
def standing(band: range) -> "Numbers":
    """Return where each offset of a band stands in its natural order, by offset; below the band nothing is meant."""
    places = [*bytes(band.start), *range(len(band))]
    if band.stop <= 1 << 8:
        return bytearray(places)
    return places if band.stop <= 1 << 10 else array("H" if band.stop <= 1 << 16 else "L", places)
