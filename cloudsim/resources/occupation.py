"""Occupation: a resource that one request is changing, so that a second change of it is refused meanwhile.

AssignPrivateIpAddresses and its like go through several phases with one ENI; whoever wants to change the ENI in
between meets Operation.Conflict, and may try again.

Source: eni_api.md section 2.6, "another change is running on the same ENI".
"""

from typing import Self

from cloudsim.errors.network import OperationConflict
from cloudsim.resources.ledger import Ledger, Mode


class Occupations:
    """Which resources are being changed, by their keys in footprints.

    Args:
        ledger: of the cloud.
    """

    __slots__ = ("_ledger", "by_key")

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self.by_key: dict[str, str] = {}
        """Key of the resource to the name of the call that changes it."""

    def occupy(self, key: str) -> "Occupied":
        """Claim a resource for the length of a ``with`` block.

        Args:
            key: its name in footprints, such as ``eni:eni-1``; the phases in between declare a write of it.

        Raises:
            OperationConflict: somebody is changing it.
        """
        self._ledger.touch(key, Mode.WRITE)
        self.require_free(key)
        self.by_key[key] = self._ledger.call
        return Occupied(self, key)

    def require_free(self, key: str) -> None:
        """Refuse if somebody is changing a resource; reads its key.

        Raises:
            OperationConflict: somebody is.
        """
        self._ledger.touch(key, Mode.READ)
        if key in self.by_key:
            raise OperationConflict(resource=key)

    def leave(self, key: str) -> None:
        """Let a resource go."""
        self._ledger.touch(key, Mode.WRITE)
        del self.by_key[key]


class Occupied:
    """A resource that nobody else may change, to be used with ``with``; it is let go in any case."""

    __slots__ = ("_is_held", "_key", "_occupations")

    def __init__(self, occupations: Occupations, key: str) -> None:
        self._occupations = occupations
        self._key = key
        self._is_held = True

    def keep(self) -> None:
        """Let the resource go: the change is made."""
        self._is_held = False
        self._occupations.leave(self._key)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        if self._is_held:
            self.keep()
