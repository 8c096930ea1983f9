"""RESERVE_QUOTA and LEASE_ADDRESSES of a launch: the scarce things of all its instances, held together.

Each instance has its share: places of the account's ENI quota, of security groups, and addresses. If a share cannot be
had whole, the launch is refused, or goes on with the instances before it where MinAmount allows that. Shares are always
held, whatever the policies for quota and addresses: those known-bad settings show what a race between calls costs, and
a launch of many would be its own rival.
"""

from typing import Final, Self

from cloudsim.api.requests import RunInstances
from cloudsim.errors.addresses import (
    InvalidVSwitchIdIpInvalid,
    InvalidVSwitchIdIpNotEnough,
    QuotaExceededPrivateIpAddress,
)
from cloudsim.errors.base import ApiError
from cloudsim.errors.instances import InvalidPrivateIpAddress
from cloudsim.operations.instances.launch_site import LaunchSite
from cloudsim.operations.operation import Phase
from cloudsim.resources.capacity import Places
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.estate import Estate
from cloudsim.resources.pin import Pin
from cloudsim.resources.vswitch import AddressWish, LeasedAddresses, VSwitch

_NONE: Final[tuple[str, ...]] = ()


class Share:
    """What one instance of a launch needs.

    Args:
        number: of the instance in the launch, from 0.
    """

    __slots__ = ("_number", "_taken", "addresses", "ipv6_addresses")

    def __init__(self, number: int) -> None:
        self._number = number
        self._taken: list[Places | LeasedAddresses] = []
        self.addresses: list[tuple[str, ...]] = []
        """Private IPv4 addresses of each new ENI, its primary address first."""
        self.ipv6_addresses: list[tuple[str, ...]] = []

    def reserve(self, cloud: Cloud, estate: Estate, site: LaunchSite) -> None:
        """Hold places of the quota and of security groups.

        Raises:
            ApiError: there are too few; what was taken until then is still held.
        """
        counted = len(site.enis) - (0 if cloud.profile.primary_enis_count else 1)
        if counted:
            self._taken.append(estate.quota.hold(counted))
        for planned in site.enis:
            for group in planned.groups:
                self._taken.append(group.places.hold(group.places_for(planned.address_count)))

    def lease(self, site: LaunchSite) -> None:
        """Hold addresses.

        Raises:
            ApiError: they cannot be had; what was taken until then is still held.
        """
        for planned in site.enis:
            leased = _lease(planned.vswitch, planned.wish4(self._number))
            self._taken.append(leased)
            self.addresses.append(leased.addresses)
            wish6, ipv6 = planned.wish6, _NONE
            if wish6 is not None:
                leased6 = planned.vswitch.lease6(wish6)
                self._taken.append(leased6)
                ipv6 = leased6.addresses
            self.ipv6_addresses.append(ipv6)

    def keep(self) -> None:
        """Make everything permanent."""
        for taken in self._taken:
            taken.keep()

    def give_back(self) -> None:
        """Give back whatever was not kept, the last one first."""
        for taken in reversed(self._taken):
            taken.__exit__(None, None, None)


def _lease(vswitch: VSwitch, wish: AddressWish) -> LeasedAddresses:
    """Lease addresses; what is wrong with them has other codes here than at a create."""
    try:
        return vswitch.lease(wish)
    except InvalidVSwitchIdIpInvalid as refusal:
        raise InvalidPrivateIpAddress(address=refusal.facts["address"], reason=refusal.facts["reason"]) from None
    except InvalidVSwitchIdIpNotEnough as refusal:
        raise QuotaExceededPrivateIpAddress(**refusal.facts) from None


class LaunchHoldings:
    """The shares of all instances of a launch, to be used with ``with``.

    Args:
        cloud: the cloud.
        request: says how many there shall be, and at least.
        site: what each is made of; it is pinned.
    """

    __slots__ = ("_cloud", "_least", "_pin", "_site", "shares")

    def __init__(self, cloud: Cloud, request: RunInstances, site: LaunchSite) -> None:
        amount = 1 if request.amount is None else request.amount
        self._cloud = cloud
        self._least = amount if request.min_amount is None else request.min_amount
        self._site = site
        groups = [group for planned in site.enis for group in planned.groups]
        self._pin = Pin(cloud.ledger, *(planned.vswitch for planned in site.enis), *groups)
        self.shares = [Share(number) for number in range(amount)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._drop(0)
        self._pin.__exit__(*exc_info)

    def _drop(self, first: int) -> None:
        for share in reversed(self.shares[first:]):
            share.give_back()
        del self.shares[first:]

    def take(self, phase: Phase, estate: Estate) -> None:
        """Do one of the two reserving phases, for as many instances as can be had.

        Raises:
            ApiError: there is too little for the least number of instances.
        """
        for number, share in enumerate(self.shares):
            try:
                if phase is Phase.RESERVE_QUOTA:
                    share.reserve(self._cloud, estate, self._site)
                else:
                    share.lease(self._site)
            except ApiError:
                if number < self._least:
                    raise
                self._drop(number)
                return

    def keep(self) -> None:
        """Make everything permanent; the instances begin to exist in the same step."""
        for share in self.shares:
            share.keep()
        self._pin.keep()
