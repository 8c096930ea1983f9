"""RESERVE_QUOTA and LEASE_ADDRESSES: the scarce things of a CreateNetworkInterface, held together.

All holds of one request live on one stack: whatever ends the request before COMMIT gives back everything, in the
reverse order of taking. What is held when depends on the policy's order; how, on its quota and address settings.
"""

from contextlib import ExitStack
from typing import Final, Self

from cloudsim.api.requests import CreateNetworkInterface
from cloudsim.operations.operation import Phase
from cloudsim.operations.policy import AddressPolicy, CheckOrder, Policy, QuotaPolicy
from cloudsim.operations.site import Site
from cloudsim.resources.capacity import Capacity, Places
from cloudsim.resources.estate import Estate
from cloudsim.resources.vswitch import AddressWish, LeasedAddresses

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
    """Everything scarce that one request has taken so far, to be used with ``with``."""

    __slots__ = ("_places", "_stack", "leased4", "leased6")

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._places: list[Places] = []
        self.leased4: LeasedAddresses | None = None
        self.leased6: LeasedAddresses | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._stack.close()

    def take(self, phase: Phase, estate: Estate, site: Site, request: CreateNetworkInterface, policy: Policy) -> None:
        """Do one of the two reserving phases.

        Raises:
            ApiError: a quota, a security group or the pool has too little, or a named address cannot be had.
        """
        if phase is Phase.RESERVE_QUOTA:
            self._reserve(estate, site, request, policy)
        else:
            self._lease(site, request, policy)

    def _reserve(self, estate: Estate, site: Site, request: CreateNetworkInterface, policy: Policy) -> None:
        newer = wish6(request)
        addresses = wish4(request).size + (newer.size if newer else 0)
        self._hold(estate.quota, 1, policy)
        for group in site.groups:
            self._hold(group.places, group.places_for(addresses), policy)

    def _hold(self, capacity: Capacity, count: int, policy: Policy) -> None:
        places: Places = capacity.hold(count) if policy.quota is QuotaPolicy.HOLD else capacity.check(count)
        self._places.append(self._stack.enter_context(places))

    def _lease(self, site: Site, request: CreateNetworkInterface, policy: Policy) -> None:
        wish = wish4(request)
        vswitch = site.vswitch
        leased: LeasedAddresses = vswitch.lease(wish) if policy.address is AddressPolicy.LEASE else vswitch.choose(wish)
        self.leased4 = self._stack.enter_context(leased)
        newer = wish6(request)
        if newer is not None:
            self.leased6 = self._stack.enter_context(vswitch.lease6(newer))

    def keep(self) -> None:
        """Make everything permanent; the ENI begins to exist in the same step."""
        for places in self._places:
            places.keep()
        assert self.leased4 is not None, "an ENI has a primary address"
        self.leased4.keep()
        if self.leased6 is not None:
            self.leased6.keep()
