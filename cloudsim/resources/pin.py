"""Pins: what a request in flight stands on, and nobody may delete meanwhile.

A create that has found its vSwitch and its groups pins them until it commits or fails: a DeleteVSwitch in between meets
DependencyViolation, as it would with the ENI already there. Pins are counted; adding and taking off commute.
"""

from typing import Protocol, Self

from cloudsim.resources.ledger import Ledger, Mode


class Pinnable(Protocol):
    """What can be pinned."""

    pins: int
    """How many requests in flight stand on it."""

    @property
    def id(self) -> str:
        """Its id."""


def pins_key(thing_id: str) -> str:
    """Give the name of a thing's pins in footprints."""
    return f"pins:{thing_id}"


class Pin:
    """Things that nobody may delete, to be used with ``with``."""

    __slots__ = ("_is_held", "_ledger", "_things")

    def __init__(self, ledger: Ledger, *things: Pinnable) -> None:
        self._ledger = ledger
        self._things = things
        self._is_held = True
        for thing in things:
            thing.pins += 1
        if ledger.watcher is not None:
            self._touch()

    def _touch(self) -> None:
        for thing in self._things:
            self._ledger.touch(pins_key(thing.id), Mode.ADD)

    def keep(self) -> None:
        """Take the pins off, since from now on something exists that stands there."""
        self._is_held = False
        for thing in self._things:
            thing.pins -= 1
            assert thing.pins >= 0, "only a pin that was set is taken off"
        if self._ledger.watcher is not None:
            self._touch()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        if self._is_held:
            self.keep()
