"""RESERVE_QUOTA and LEASE_ADDRESSES: the scarce things of a CreateNetworkInterface, held together."""

from cloudsim.api.requests import CreateNetworkInterface
from cloudsim.operations.holding import HeldTogether
from cloudsim.operations.interfaces.site import Site
from cloudsim.operations.operation import Phase
from cloudsim.operations.policy import Policy
from cloudsim.operations.wishes import wish4, wish6
from cloudsim.resources.estate import Estate
from cloudsim.resources.pin import Pin


class Holdings(HeldTogether):
    """Everything scarce that one create has taken so far, to be used with ``with``.

    Args:
        request: says what is wanted.
        policy: says how it is taken.
    """

    __slots__ = ("_address_count", "_wish4", "_wish6")

    def __init__(self, request: CreateNetworkInterface, policy: Policy) -> None:
        super().__init__(policy)
        self._wish4 = wish4(request)
        wanted6 = wish6(request)
        size6 = wanted6.size
        self._wish6 = wanted6 if size6 else None
        self._address_count = self._wish4.size + size6

    def pin(self, site: Site) -> None:
        """Keep what the ENI will stand on from being deleted meanwhile."""
        self.add(Pin(site.vswitch.ledger, site.vswitch, *site.groups))

    def take(self, phase: Phase, estate: Estate, site: Site) -> None:
        """Do one of the two reserving phases.

        Raises:
            ApiError: a quota, a security group or the pool has too little, or a named address cannot be had.
        """
        if phase is Phase.LEASE_ADDRESSES:
            self.lease4(site.vswitch, self._wish4)
            if self._wish6 is not None:
                self.lease6(site.vswitch, self._wish6)
            return
        self.reserve(estate.quota, 1)
        for group in site.groups:
            self.reserve(group.places, group.places_for(self._address_count))
