"""Draws: all chance that belongs to one call, or to one thing of a world, from a single block of bytes.

Ids, MAC address, RequestId and latency are each a fixed part of the block, so none of them moves another; the block is
keyed by the name of the call alone. An id is never an ordinal: two creates whose order is exchanged keep their ids, so
commits of different requests do not depend on each other. A collision is probed: the next block, or the next number.

Price: one BLAKE2b (about a microsecond) for everything together.

Source: CreateNetworkInterface reference, samples (20 characters after the prefix of an id); eni_api.md section 7.
"""

from collections.abc import Container
from typing import Final

from cloudsim.values.entropy import Entropy, Stream
from cloudsim.values.ids import ID_LENGTH, MAC_COUNT

_LATENCY: Final = slice(0, 8)
_REQUEST_ID: Final = slice(8, 24)
_ID: Final = slice(24, 24 + ID_LENGTH)
_MAC: Final = slice(44, 47)

_CHARACTERS: Final = bytes(b"0123456789abcdefghijklmnopqrstuvwxyz"[byte % 36] for byte in range(256))
"""Turns a byte into a character of an id; the first four are a little likelier, which no id minds."""


MARK_LENGTH: Final = 12
"""Characters of an id by which its call is known; the infix of a region is shorter than the rest."""


class Draws:
    """The chance of one call.

    Args:
        entropy: the chance of the run.
        key: for whom: the name of the call.
    """

    __slots__ = ("_block", "_entropy", "_key")

    def __init__(self, entropy: Entropy, key: str) -> None:
        self._entropy = entropy
        self._key = key
        self._block = entropy.block("call", key)

    def child(self, part: str) -> "Draws":
        """Give the chance of one part of a call that makes several things, such as the third instance of a launch.

        Args:
            part: which, by what it is to the call; equal parts have equal chance.
        """
        return Draws(self._entropy, f"{self._key}/{part}")

    def integer(self, stream: str) -> int:
        """Draw 64 bits for a purpose of its own, such as whether a fault strikes."""
        return self._entropy.integer(stream, self._key)

    def latency(self) -> Stream:
        """Begin the stream of the call's delays."""
        return Stream(int.from_bytes(self._block[_LATENCY], "big"))

    def request_id(self) -> str:
        """Give the RequestId: an upper-case UUID of version 4."""
        text = self._block[_REQUEST_ID].hex().upper()
        variant = "89AB"[int(text[16], 16) & 3]
        return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-{variant}{text[17:20]}-{text[20:]}"

    def id(self, prefix: str, infix: str, taken: Container[str]) -> str:
        """Draw an id in the real shape: prefix, infix of the region, letters and digits, 20 after the prefix.

        Args:
            prefix: ``eni``, ``i``, ... without the hyphen.
            infix: of the region.
            taken: the ids that exist; while the drawn one is among them, the next block is tried.
        """
        head = f"{prefix}-{infix}"
        drawn, probe = self._block[_ID], 0
        while True:
            made = head + drawn.translate(_CHARACTERS)[len(infix) :].decode("ascii")
            if made not in taken:
                return made
            probe += 1
            drawn = self._entropy.block("call", f"{self._key}#{probe}")[_ID]

    def eni(self, infix: str, ids: Container[str], macs: Container[int]) -> tuple[str, int]:
        """Draw the id of an ENI and the low bits of its MAC address: :meth:`id` and :meth:`mac` in one go."""
        block = self._block
        eni = f"eni-{infix}{block[_ID].translate(_CHARACTERS)[len(infix) :].decode('ascii')}"
        low = int.from_bytes(block[_MAC], "big")
        return self.id("eni", infix, ids) if eni in ids else eni, self.mac(macs) if low in macs else low

    @property
    def mark(self) -> str:
        """What the ids that the call draws end with, whatever they are of and wherever; but for a probed one."""
        return self._block[_ID].translate(_CHARACTERS).decode("ascii")[-MARK_LENGTH:]

    def mac(self, taken: Container[int]) -> int:
        """Draw the low 24 bits of a MAC address, counting on while it is taken.

        Args:
            taken: the low bits in use, fewer than :data:`~cloudsim.values.ids.MAC_COUNT`.
        """
        low = int.from_bytes(self._block[_MAC], "big")
        while low in taken:
            low = (low + 1) % MAC_COUNT
        return low
