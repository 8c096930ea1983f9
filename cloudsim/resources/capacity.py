"""Capacity: places that are counted and held, such as an account's ENI quota or the room of a security group.

A place is charged when a request *reserves* it, not when it commits, so that two requests in flight can never share the
last one. The price is a phantom refusal: a request that will fail later may hold the place meanwhile. The alternative,
check now and count at the commit, is here as well, because it is what goes wrong: see :meth:`Capacity.check`.

Source: CreateNetworkInterface reference, "a maximum of 100 ENIs in a region for an Alibaba Cloud account".
"""

from collections.abc import Callable
from typing import Protocol, Self, TypeAlias

from cloudsim.errors.base import ApiError
from cloudsim.resources.ledger import Ledger, Mode

Refusal: TypeAlias = "Callable[[Capacity, int], ApiError]"
"""Makes the documented refusal for a capacity that lacks the places asked for."""


class Places(Protocol):
    """Places taken for one request, to be used with ``with``; :meth:`keep` makes them permanent."""

    def keep(self) -> None:
        """Count the places as used from now on."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *exc_info: object) -> None: ...


class Capacity:
    """So many places, of which some are used and some are held by requests in flight.

    Args:
        key: the resource's name in footprints and journal, such as ``quota:acme/cn-hangzhou``.
        ledger: of the cloud.
        limit: how many places there are; may be set below what is in use, and then nothing more is given.
        refusal: makes the refusal when places are lacking.
    """

    __slots__ = ("held", "key", "lawful", "ledger", "limit", "refusal", "used")

    def __init__(self, key: str, ledger: Ledger, limit: int, refusal: Refusal) -> None:
        self.key = key
        self.ledger = ledger
        self.limit = limit
        self.lawful = limit
        """The most that may be used without somebody having overshot: the limit, or what was in use when it was set."""
        self.refusal = refusal
        self.used = 0
        self.held = 0

    def twin(self, ledger: Ledger, refusal: Refusal) -> "Capacity":
        """Give one in the same state, of another cloud.

        Args:
            ledger: of that cloud.
            refusal: of the thing there that it belongs to.
        """
        assert not self.held, "what nobody holds is copied"
        twin = Capacity(self.key, ledger, self.limit, refusal)
        twin.lawful = self.lawful
        twin.used = self.used
        return twin

    @property
    def free(self) -> int:
        """Places that the next request could have, at least 0."""
        return max(0, self.limit - self.used - self.held)

    def set_limit(self, limit: int) -> None:
        """Set how many places there are; what is in use stays in use."""
        self.limit = limit
        self.lawful = max(limit, self.used + self.held)

    def hold(self, count: int) -> "HeldPlaces":
        """Take ``count`` places for the length of a ``with`` block.

        Args:
            count: places wanted, at least 1.

        Raises:
            ApiError: the refusal of this capacity; fewer than ``count`` places are free.
        """
        ledger = self.ledger
        if ledger.watcher is not None:
            ledger.touch(self.key, Mode.WRITE)
        self._require(count)
        self.held += count
        ledger.write("held", {"of": self.key, "count": count})
        return HeldPlaces(self, count)

    def check(self, count: int) -> "UnheldPlaces":
        """Look whether ``count`` places are free, without taking them: the known-bad way, which oversubscribes.

        Raises:
            ApiError: as :meth:`hold`.
        """
        self.ledger.touch(self.key, Mode.READ)
        self._require(count)
        return UnheldPlaces(self, count)

    def _require(self, count: int) -> None:
        assert count >= 1, "nobody asks for no place"
        if self.limit - self.used - self.held < count:
            raise self.refusal(self, count)

    def use(self, count: int) -> None:
        """Count places as used without asking whether they are there: what exists, exists."""
        ledger = self.ledger
        if ledger.watcher is not None:
            ledger.touch(self.key, Mode.WRITE)
        self.used += count

    def give_back(self, count: int) -> None:
        """Free ``count`` used places."""
        ledger = self.ledger
        if ledger.watcher is not None:
            ledger.touch(self.key, Mode.WRITE)
        assert count <= self.used, "only used places are given back"
        self.used -= count


class HeldPlaces:
    """Places that nobody else can have until they are kept or given back."""

    __slots__ = ("capacity", "count", "kept")

    def __init__(self, capacity: Capacity, count: int) -> None:
        self.capacity = capacity
        self.count = count
        self.kept = False

    def keep(self) -> None:
        """Count the places as used; leaving the block then gives nothing back."""
        assert not self.kept, "a hold is kept once"
        self.kept = True
        self.capacity.held -= self.count
        self.capacity.use(self.count)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        if not self.kept:
            capacity = self.capacity
            ledger = capacity.ledger
            if ledger.watcher is not None:
                ledger.touch(capacity.key, Mode.WRITE)
            capacity.held -= self.count
            ledger.write("given-back", {"of": capacity.key, "count": self.count})


class UnheldPlaces:
    """Places that were free a while ago; keeping them counts without looking again."""

    __slots__ = ("capacity", "count")

    def __init__(self, capacity: Capacity, count: int) -> None:
        self.capacity = capacity
        self.count = count

    def keep(self) -> None:
        """Count the places as used, whatever happened since the check."""
        self.capacity.use(self.count)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        """Give nothing back, since nothing is held."""
