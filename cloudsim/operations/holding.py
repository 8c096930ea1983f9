"""What one request holds: scarce things that are taken phase by phase, kept together, or given back together.

Whatever ends the request before its COMMIT gives back everything, in the reverse order of taking. How things are taken
depends on the policy's quota and address settings, and which first on its order.
"""

from typing import Final, Protocol, Self

from cloudsim.operations.operation import Phase, Touches
from cloudsim.operations.policy import AddressPolicy, CheckOrder, Policy, QuotaPolicy
from cloudsim.resources.capacity import Capacity
from cloudsim.resources.vswitch import AddressWish, LeasedAddresses, VSwitch

PHASES_IN_ORDER: Final[dict[CheckOrder, tuple[Phase, Phase]]] = {
    CheckOrder.QUOTA_FIRST: (Phase.RESERVE_QUOTA, Phase.LEASE_ADDRESSES),
    CheckOrder.ADDRESSES_FIRST: (Phase.LEASE_ADDRESSES, Phase.RESERVE_QUOTA),
}


def reserving_touches(policy: Policy, phase: Phase, places: Touches, pools: Touches) -> Touches:
    """Say what the two reserving phases and COMMIT touch: what is taken, and what is held since the phase before.

    Args:
        policy: says which of the phases is the first.
        phase: one of the three.
        places: of quotas and security groups.
        pools: of addresses.
    """
    order = PHASES_IN_ORDER[policy.order]
    if phase is order[0]:
        return places if phase is Phase.RESERVE_QUOTA else pools
    return (*places, *pools)


class Held(Protocol):
    """A scarce thing that was taken: places, addresses, a pin or an occupation."""

    def keep(self) -> None:
        """End the holding, since what was wanted now exists."""
        ...

    def __exit__(self, *exc_info: object) -> None: ...


class HeldTogether:
    """Everything scarce that one request has taken so far, to be used with ``with``.

    Args:
        policy: says how places and addresses are taken.
    """

    __slots__ = ("_policy", "_taken", "leased4", "leased6")

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._taken: list[Held] = []
        self.leased4: LeasedAddresses | None = None
        self.leased6: LeasedAddresses | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        """Give back whatever was not kept, the last one first."""
        while self._taken:
            self._taken.pop().__exit__(*exc_info)

    def add(self, taken: Held) -> None:
        """Hold what has just been taken, together with the rest."""
        self._taken.append(taken)

    def reserve(self, capacity: Capacity, count: int) -> None:
        """Take places, or under the known-bad policy look whether they are there.

        Raises:
            ApiError: the refusal of the capacity.
        """
        hold = capacity.hold if self._policy.quota is QuotaPolicy.HOLD else capacity.check
        self._taken.append(hold(count))

    def lease4(self, vswitch: VSwitch, wish: AddressWish) -> LeasedAddresses:
        """Take IPv4 addresses, or under the known-bad policy choose some.

        Raises:
            ApiError: as :meth:`VSwitch.lease`.
        """
        lease = vswitch.lease if self._policy.address is AddressPolicy.LEASE else vswitch.choose
        self.leased4 = leased = lease(wish)
        self._taken.append(leased)
        return leased

    def lease6(self, vswitch: VSwitch, wish: AddressWish) -> LeasedAddresses:
        """Take IPv6 addresses.

        Raises:
            ApiError: as :meth:`VSwitch.lease6`.
        """
        self.leased6 = leased = vswitch.lease6(wish)
        self._taken.append(leased)
        return leased

    def keep(self) -> None:
        """Make everything permanent; what it was taken for begins to exist in the same step."""
        for taken in self._taken:
            taken.keep()
        self._taken.clear()
