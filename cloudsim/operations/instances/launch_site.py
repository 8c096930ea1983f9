"""RESOLVE of a launch: what RunInstances names, looked up and held against each other.

All ENIs of an instance lie in one zone and one VPC, that of its primary one. The order of the checks, which no document
states: the instance type, the primary ENI's vSwitch and groups, stock, those of the other ENIs, ENIs that exist, how
many the type allows, the resource group.

Source: RunInstances, help page of 2024; eni_api.md section 2.10.
"""

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from cloudsim.api.requests import InstanceInterface, RunInstances
from cloudsim.api.rules.launching import others_of, primary_of
from cloudsim.errors.instances import (
    InvalidInstanceTypeValueNotSupported,
    InvalidParameterMismatch,
    InvalidParamNetworkInterface,
    InvalidSecurityGroupId,
    LaunchZoneMismatch,
    OperationDeniedCreatingConflict,
    OperationDeniedNoStock,
)
from cloudsim.errors.network import (
    InvalidOperationInvalidEniType,
    InvalidOperationVpcMismatch,
    InvalidSecurityGroupIdNotFound,
)
from cloudsim.errors.quota import EniPerInstanceLimitExceeded
from cloudsim.operations.attachments import require_same_place
from cloudsim.operations.finding import find_interface, find_place, find_resource_group
from cloudsim.operations.memberships import find_group_for, require_compatible, require_unmanaged
from cloudsim.operations.standing import require_own
from cloudsim.resources.catalogue import InstanceType
from cloudsim.resources.cloud import Cloud, eni_key
from cloudsim.resources.conditions import stock_key
from cloudsim.resources.estate import Estate
from cloudsim.resources.interface import EniEvent, EniType, NetworkInterface
from cloudsim.resources.ledger import Mode
from cloudsim.resources.network import SecurityGroup
from cloudsim.resources.vswitch import AddressWish, VSwitch
from cloudsim.values.ids import ResourceGroupId, ZoneId

A_NEW_INSTANCE = "a new instance"
"""How a message names what has no id yet."""


@dataclass(frozen=True, slots=True)
class PlannedEni:
    """An ENI that is made with each instance: what is asked, and where it will be."""

    asked: InstanceInterface
    vswitch: VSwitch
    groups: tuple[SecurityGroup, ...]

    def wish4(self, number: int) -> AddressWish:
        """The IPv4 addresses of the ENI of one instance.

        Args:
            number: of the instance in the launch, from 0; addresses count on from the one that is named. A row of them
                never leaves the block, since the last addresses of every block are reserved, and end it before.
        """
        primary, space = self.asked.primary_ip_address or None, self.vswitch.pool.space
        if primary is not None and number:
            primary = space.text(space.offset(primary) + number)
        return AddressWish(primary=primary, count=self.asked.secondary_private_ip_address_count or 0)

    @property
    def wish6(self) -> AddressWish | None:
        """The IPv6 addresses of the ENI of one instance; None for none."""
        wish = AddressWish(
            wants_primary=False, listed=self.asked.ipv6_addresses or (), count=self.asked.ipv6_address_count or 0
        )
        return wish if wish.size else None

    @property
    def address_count(self) -> int:
        """How many places of a basic security group it takes."""
        wish6 = self.wish6
        return self.wish4(0).size + (0 if wish6 is None else wish6.size)


@dataclass(frozen=True, slots=True)
class LaunchSite:
    """What every instance of a launch is made of."""

    type: InstanceType
    enis: tuple[PlannedEni, ...]
    """New ENIs of each instance, the primary one first."""
    existing: tuple[InstanceInterface, ...]
    """What says which ENIs that exist are put on the only instance."""
    resource_group: ResourceGroupId

    @property
    def home(self) -> VSwitch:
        """The vSwitch of the primary ENI."""
        return self.enis[0].vswitch


def resolve(cloud: Cloud, estate: Estate, request: RunInstances) -> LaunchSite:
    """Look up what the request names.

    Raises:
        ApiError: the documented refusal of the first thing that is not there or does not fit.
    """
    type_name = request.instance_type or ""
    if type_name not in cloud.catalogue:
        raise InvalidInstanceTypeValueNotSupported(type=type_name)
    type_ = cloud.catalogue.get(type_name)
    primary = _planned(cloud, estate, primary_of(request), None)
    zone = primary.vswitch.zone
    if request.zone_id and request.zone_id != zone:
        raise LaunchZoneMismatch(vswitch=primary.vswitch.id, zone=zone, asked=request.zone_id)
    require_stock(cloud, zone, type_name)
    enis, existing = [primary], []
    for number, asked in others_of(request):
        if asked.network_interface_id:
            require_launchable(cloud, estate, asked.network_interface_id, primary.vswitch, mode=Mode.READ)
            existing.append(asked)
        else:
            other = _planned(cloud, estate, asked, primary)
            _require_near(number, other.vswitch, primary.vswitch)
            enis.append(other)
    count = len(enis) + len(existing)
    if type_.eni_quantity is not None and count > type_.eni_quantity:
        raise EniPerInstanceLimitExceeded(
            instance=A_NEW_INSTANCE, type=type_name, used=0, limit=type_.eni_quantity, asked=count
        )
    resource_group = find_resource_group(cloud, estate, request.resource_group_id)
    return LaunchSite(type_, tuple(enis), tuple(existing), resource_group)


def require_stock(cloud: Cloud, zone: ZoneId, type_name: str) -> None:
    """Refuse while a zone has no more of a type; reads ``stock:<zone>``.

    Raises:
        OperationDeniedNoStock: it has none, or no instances at all.
    """
    cloud.ledger.touch(stock_key(zone), Mode.READ)
    sold_out = cloud.conditions.sold_out
    if (zone, type_name) in sold_out or (zone, "") in sold_out:
        raise OperationDeniedNoStock(type=type_name, zone=zone)


def launch_key(estate: Estate) -> str:
    """Give the name in footprints of the launch of an account that may make one at a time."""
    return f"launch:{estate.account.id}/{estate.region.id}"


def alone(cloud: Cloud, estate: Estate) -> AbstractContextManager[object]:
    """Let an account that launches alone make nothing else for the length of a ``with`` block, up to its COMMIT.

    Raises:
        OperationDeniedCreatingConflict: it is making something.
    """
    if not estate.account.launches_alone:
        return nullcontext()
    key = launch_key(estate)
    cloud.ledger.touch(key, Mode.WRITE)
    if key in cloud.busy.by_key:
        raise OperationDeniedCreatingConflict(account=estate.account.id, region=estate.region.id)
    return cloud.busy.occupy(key)


def group_ids(asked: InstanceInterface) -> tuple[str, ...]:
    """The security groups that an ENI shall be in, in either form."""
    return asked.security_group_ids or ((asked.security_group_id,) if asked.security_group_id else ())


def _planned(cloud: Cloud, estate: Estate, asked: InstanceInterface, primary: PlannedEni | None) -> PlannedEni:
    """Look up where an ENI shall be: without a word of its own, where the primary one is."""
    vswitch = (
        primary.vswitch if primary is not None and not asked.vswitch_id else find_place(cloud, estate, asked.vswitch_id)
    )
    wanted = group_ids(asked)
    if primary is not None and not wanted:
        wanted = tuple([group.id for group in primary.groups])
    groups = tuple([_group(cloud, estate, vswitch, group) for group in wanted])
    require_compatible(groups, cloud.profile)
    require_unmanaged(groups)
    return PlannedEni(asked, vswitch, groups)


def _group(cloud: Cloud, estate: Estate, vswitch: VSwitch, wanted: str) -> SecurityGroup:
    """Look up a security group; what is wrong with it has other codes here than at a create."""
    try:
        return find_group_for(cloud, estate, vswitch, wanted)
    except InvalidSecurityGroupIdNotFound as refusal:
        raise InvalidSecurityGroupId(**refusal.facts) from None
    except InvalidOperationVpcMismatch as refusal:
        raise InvalidParameterMismatch(**refusal.facts) from None


def _require_near(number: int, vswitch: VSwitch, home: VSwitch) -> None:
    if vswitch.vpc is not home.vpc or vswitch.zone != home.zone:
        reason = (
            f"{vswitch.id} is in zone {vswitch.zone} of {vswitch.vpc.id}, {home.id} in {home.zone} of {home.vpc.id}"
        )
        raise InvalidParamNetworkInterface(number=number, reason=reason)


def require_launchable(cloud: Cloud, estate: Estate, wanted: str, home: VSwitch, *, mode: Mode) -> NetworkInterface:
    """Look up an ENI that exists and shall be put on the new instance.

    Raises:
        InvalidEniIdNotFound: the account has no such ENI in the region.
        InvalidParamsEniId: the id is none.
        InvalidOperationInvalidEniType: it is no secondary one.
        InvalidOperationEniServiceManaged: a cloud product has it.
        InvalidOperationInvalidEniState: it is not Available.
        OperationConflict: its addresses are being changed.
        InstanceVpcMismatch: it is in another VPC.
        InvalidOperationAvailabilityZoneMismatch: it is in another zone.
    """
    eni = find_interface(cloud, estate, wanted, mode=mode)
    if eni.type is not EniType.SECONDARY:
        raise InvalidOperationInvalidEniType(eni=eni.id, expecting=EniType.SECONDARY, type=eni.type)
    require_own(eni)
    eni.after(EniEvent.ATTACH)
    cloud.busy.require_free(eni_key(eni.id))
    require_same_place(eni, home, A_NEW_INSTANCE)
    return eni
