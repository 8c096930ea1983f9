"""RESERVE_QUOTA and LEASE_ADDRESSES of a launch: the scarce things of all its instances, held together.

Each instance has its share: places of the account's ENI and vCPU quotas, of security groups, and addresses. If a share
cannot be had whole, the launch is refused, or goes on with the instances before it where MinAmount allows that. Shares
are always held, whatever the policies for quota and addresses: those known-bad settings show what a race between calls
costs, and a launch of many would be its own rival.
"""

from typing import Self

from cloudsim.api.requests import RunInstances
from cloudsim.errors.addresses import (
    InvalidVSwitchIdIpInvalid,
    InvalidVSwitchIdIpNotEnough,
    QuotaExceededPrivateIpAddress,
)
from cloudsim.errors.base import ApiError
from cloudsim.errors.instances import InvalidPrivateIpAddress
from cloudsim.operations.holding import HeldTogether
from cloudsim.operations.instances.launch_site import LaunchSite
from cloudsim.operations.operation import Phase
from cloudsim.operations.policy import Policy
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.estate import Estate
from cloudsim.resources.pin import Pin


class Share(HeldTogether):
    """What one instance of a launch needs, which is always held.

    Args:
        number: of the instance in the launch, from 0.
    """

    __slots__ = ("_number", "addresses", "ipv6_addresses")

    def __init__(self, number: int) -> None:
        super().__init__(Policy())
        self._number = number
        self.addresses: list[tuple[str, ...]] = []
        """Private IPv4 addresses of each new ENI, its primary address first."""
        self.ipv6_addresses: list[tuple[str, ...]] = []

    def take_places(self, cloud: Cloud, estate: Estate, site: LaunchSite) -> None:
        """Hold places of the quota and of security groups.

        Raises:
            ApiError: there are too few; what was taken until then is still held.
        """
        counted = len(site.enis) - (0 if cloud.profile.primary_enis_count else 1)
        if counted:
            self.reserve(estate.quota, counted)
        if site.type.vcpu:
            self.reserve(estate.vcpu_places, site.type.vcpu)
        for planned in site.enis:
            for group in planned.groups:
                self.reserve(group.places, group.places_for(planned.address_count))

    def take_addresses(self, site: LaunchSite) -> None:
        """Hold addresses.

        Raises:
            ApiError: they cannot be had, by other codes than at a create; what was taken until then is still held.
        """
        for planned in site.enis:
            try:
                leased = self.lease4(planned.vswitch, planned.wish4(self._number))
            except InvalidVSwitchIdIpInvalid as refusal:
                facts = refusal.facts
                raise InvalidPrivateIpAddress(address=facts["address"], reason=facts["reason"]) from None
            except InvalidVSwitchIdIpNotEnough as refusal:
                raise QuotaExceededPrivateIpAddress(**refusal.facts) from None
            wish6 = planned.wish6
            self.addresses.append(leased.addresses)
            self.ipv6_addresses.append(() if wish6 is None else self.lease6(planned.vswitch, wish6).addresses)


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
            share.__exit__()
        del self.shares[first:]

    def take(self, phase: Phase, estate: Estate) -> None:
        """Do one of the two reserving phases, for as many instances as can be had.

        Raises:
            ApiError: there is too little for the least number of instances.
        """
        for number, share in enumerate(self.shares):
            try:
                if phase is Phase.RESERVE_QUOTA:
                    share.take_places(self._cloud, estate, self._site)
                else:
                    share.take_addresses(self._site)
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
