"""Entropy: named streams of integers from one seed.

A draw is keyed by what it is for (``latency/client-1/17``), not by how many draws came before it, so that a new draw in
one place moves nothing elsewhere, and two variants of a what-if meet the same arrivals. Only integers are given: libm
differs by an ulp between platforms, and ``random.choice`` and its kin may change between versions of Python.

Price: a keyed integer is one BLAKE2b (about a microsecond); a step of a stream is one multiplication.
"""

from hashlib import blake2b
from typing import Final

_MASK_64: Final = (1 << 64) - 1
_MULTIPLIER: Final = 6_364_136_223_846_793_005
_INCREMENT: Final = 1_442_695_040_888_963_407


class Stream:
    """A sequence of integers: Knuth's 64-bit linear congruential generator, of which only the high 32 bits are given.

    Its whole state is one integer, so a stream costs little to make, to save and to compare.
    """

    __slots__ = ("state",)

    def __init__(self, state: int) -> None:
        self.state = state & _MASK_64

    def bits32(self) -> int:
        """Draw 32 bits."""
        self.state = state = (self.state * _MULTIPLIER + _INCREMENT) & _MASK_64
        return state >> 32

    def below(self, bound: int) -> int:
        """Draw an integer in ``[0, bound)``.

        The bias of the scaling is below ``bound / 2**32``.

        Args:
            bound: at least 1, at most 2**32.
        """
        assert 0 < bound <= 1 << 32, "a draw is made among 1 to 2**32 values"
        return self.bits32() * bound >> 32


class Entropy:
    """All chance of one run, from one seed.

    Args:
        seed: any integer; equal seeds give equal draws on every platform.
    """

    __slots__ = ("_key", "seed")

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._key = blake2b(str(seed).encode("ascii"), digest_size=32, person=b"cloudsim/seed").digest()

    def integer(self, stream: str, key: str, *, bits: int = 64) -> int:
        """Draw the integer that belongs to ``key`` in ``stream``; asked again, it is the same.

        Args:
            stream: what the draw is for, such as ``eni-id``.
            key: for whom, such as the name of the call.
            bits: how many random bits, at most 512.
        """
        assert 0 < bits <= 512, "BLAKE2b gives at most 512 bits"
        size = (bits + 7) >> 3
        digest = blake2b(f"{stream}\0{key}".encode(), digest_size=size, key=self._key).digest()
        return int.from_bytes(digest, "big") >> (size * 8 - bits)

    def block(self, stream: str, key: str) -> bytes:
        """Draw the 64 bytes that belong to ``key`` in ``stream``."""
        return blake2b(f"{stream}\0{key}".encode(), key=self._key).digest()

    def stream(self, stream: str, key: str) -> Stream:
        """Begin the stream of draws that belongs to ``key`` in ``stream``."""
        return Stream(self.integer(stream, key))
