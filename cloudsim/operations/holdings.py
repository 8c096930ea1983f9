"""RESERVE_QUOTA and LEASE_ADDRESSES: the scarce things of a CreateNetworkInterface, held together.

All holds of one request are ended together: whatever ends the request before COMMIT gives back everything, in the
reverse order of taking. What is held when depends on the policy's order; how, on its quota and address settings.
"""

from typing import Final, Self

from cloudsim.api.requests import CreateNetworkInterface
from cloudsim.operations.operation import Phase
from cloudsim.operations.policy import AddressPolicy, CheckOrder, Policy, QuotaPolicy
from cloudsim.operations.site import Site
from cloudsim.resources.capacity import Capacity, Places
from cloudsim.resources.estate import Estate
from cloudsim.resources.vswitch import AddressWish, LeasedAddresses, VSwitch

PHASES_IN_ORDER: Final[dict[CheckOrder, tuple[Phase, Phase]]] = {
    CheckOrder.QUOTA_FIRST: (Phase.RESERVE_QUOTA, Phase.LEASE_ADDRESSES),
    CheckOrder.ADDRESSES_FIRST: (Phase.LEASE_ADDRESSES, Phase.RESERVE_QUOTA),
}


def wish4(request: CreateNetworkInterface) -> AddressWish:
    """The IPv4 addresses that a request asks for."""
    return AddressWish(
        primary=request.primary_ip_address or None,
        listed=request.private_ip_addresses or (),
        count=request.secondary_private_ip_address_count or 0,
        prefixes=request.ipv4_prefixes or (),
        prefix_count=request.ipv4_prefix_count or 0,
    )


def wish6(request: CreateNetworkInterface) -> AddressWish | None:
    """The IPv6 addresses that a request asks for; None for none at all."""
    wish = AddressWish(
        wants_primary=False,
        listed=request.ipv6_addresses or (),
        count=request.ipv6_address_count or 0,
        prefixes=request.ipv6_prefixes or (),
        prefix_count=request.ipv6_prefix_count or 0,
    )
    return wish if wish.size else None


class Holdings:
    """Everything scarce that one request has taken so far, to be used with ``with``.

    Args:
        request: says what is wanted.
        policy: says how it is taken.
    """

    __slots__ = ("_policy", "_taken", "_wish4", "_wish6", "leased4", "leased6")

    def __init__(self, request: CreateNetworkInterface, policy: Policy) -> None:
        self._policy = policy
        self._wish4 = wish4(request)
        self._wish6 = wish6(request)
        self._taken: list[Places | LeasedAddresses] = []
        self.leased4: LeasedAddresses | None = None
        self.leased6: LeasedAddresses | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        """Give back whatever was not kept, the last one first."""
        for taken in reversed(self._taken):
            taken.__exit__(*exc_info)

    def take(self, phase: Phase, estate: Estate, site: Site) -> None:
        """Do one of the two reserving phases.

        Raises:
            ApiError: a quota, a security group or the pool has too little, or a named address cannot be had.
        """
        if phase is Phase.RESERVE_QUOTA:
            self._reserve(estate, site)
        else:
            self._lease(site.vswitch)

    def _reserve(self, estate: Estate, site: Site) -> None:
        addresses = self._wish4.size + (self._wish6.size if self._wish6 is not None else 0)
        self._hold(estate.quota, 1)
        for group in site.groups:
            self._hold(group.places, group.places_for(addresses))

    def _hold(self, capacity: Capacity, count: int) -> None:
        hold = capacity.hold if self._policy.quota is QuotaPolicy.HOLD else capacity.check
        self._taken.append(hold(count))

    def _lease(self, vswitch: VSwitch) -> None:
        lease = vswitch.lease if self._policy.address is AddressPolicy.LEASE else vswitch.choose
        self.leased4 = lease(self._wish4)
        self._taken.append(self.leased4)
        if self._wish6 is not None:
            self.leased6 = vswitch.lease6(self._wish6)
            self._taken.append(self.leased6)

    def keep(self) -> None:
        """Make everything permanent; the ENI begins to exist in the same step."""
        for taken in self._taken:
            taken.keep()
