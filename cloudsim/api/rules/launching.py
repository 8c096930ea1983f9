"""Rules of RunInstances: how many, of what, and which parameters do not go together.

One item of NetworkInterface.N may be the primary ENI, and then says what the flat parameters say else. What is said of
a secondary ENI has limits that depend on the number of instances.

Source: RunInstances, help page of 2024; eni_api.md section 2.10. The order is our choice.
"""

from collections.abc import Callable, Iterator
from typing import Final

import msgspec

from cloudsim.api.requests import InstanceInterface, RunInstances
from cloudsim.api.rules import naming, newer
from cloudsim.api.rules.addresses import EVERY_IPV4
from cloudsim.api.rules.bounds import require_least, require_range
from cloudsim.errors.base import ApiError
from cloudsim.errors.instances import (
    InvalidDescriptionMalformed,
    InvalidInstanceNameMalformed,
    InvalidMinAmountMalformed,
    InvalidParamAmount,
    InvalidParamNetworkInterface,
    InvalidParamSecondaryNetworkInterface,
    InvalidPrimaryIpAddressSizeInvalid,
    InvalidSecurityGroupIdSingleIdAndMultiIdConflict,
    LaunchAddressMalformed,
    LaunchEniType,
    LaunchSecurityGroupIdRepeated,
)
from cloudsim.errors.parameters import InvalidParameter, InvalidParameterConflict, MissingParameter
from cloudsim.errors.quota import JoinedGroupLimitExceed, MaxEniIpv6IpsCountExceeded
from cloudsim.ipam.refusals import MalformedAddress
from cloudsim.values.profile import Profile

_FLAT: Final = {
    "vswitch_id": "VSwitchId",
    "security_group_id": "SecurityGroupId",
    "security_group_ids": "SecurityGroupIds.N",
    "private_ip_address": "PrivateIpAddress",
    "ipv6_addresses": "Ipv6Address.N",
    "ipv6_address_count": "Ipv6AddressCount",
    "network_interface_queue_number": "NetworkInterfaceQueueNumber",
}
"""Flat parameters that describe the primary ENI; they do not go with a primary NetworkInterface.N."""

_ALLOWED_WITH_ID: Final = ("instance_type", "network_interface_id", "network_card_index")
_SECONDARY_MAX: Final = 49


def primary_of(request: RunInstances) -> InstanceInterface:
    """The primary ENI as it is asked for: in NetworkInterface.N, else by the flat parameters."""
    for asked in request.network_interfaces or ():
        if asked.instance_type == "Primary":
            return asked
    return InstanceInterface(
        instance_type="Primary",
        vswitch_id=request.vswitch_id,
        security_group_id=request.security_group_id,
        security_group_ids=request.security_group_ids,
        primary_ip_address=request.private_ip_address,
        ipv6_addresses=request.ipv6_addresses,
        ipv6_address_count=request.ipv6_address_count,
        queue_number=request.network_interface_queue_number,
    )


def others_of(request: RunInstances) -> Iterator[tuple[int, InstanceInterface]]:
    """The secondary ENIs of each instance, with their numbers in the request."""
    for number, asked in enumerate(request.network_interfaces or (), start=1):
        if asked.instance_type != "Primary":
            yield number, asked


def amount_is_in_range(request: RunInstances, profile: Profile) -> None:
    """Refuse too many instances or none, and a MinAmount beyond their number."""
    amount, most = _amount(request), profile.instances_per_run_max
    if not 1 <= amount <= most:
        raise InvalidParamAmount(amount=amount, reason=f"1 to {most} are allowed")
    least = request.min_amount
    if least is not None and not 1 <= least <= amount:
        raise InvalidMinAmountMalformed(min_amount=least, amount=amount)


def _amount(request: RunInstances) -> int:
    return 1 if request.amount is None else request.amount


def texts_are_well_formed(request: RunInstances, profile: Profile) -> None:
    """Refuse malformed names and descriptions, of instances and of ENIs."""
    _reworded(InvalidInstanceNameMalformed, lambda: naming.require_name("", request.instance_name, profile))
    _reworded(InvalidDescriptionMalformed, lambda: naming.require_description(request.description))
    for number, asked in enumerate(request.network_interfaces or (), start=1):
        naming.require_name(f"NetworkInterface.{number}.NetworkInterfaceName", asked.network_interface_name, profile)
        naming.require_description(asked.description)


def _reworded(refusal: type[ApiError], check: Callable[[], None]) -> None:
    """Give a breach the code that RunInstances has for it."""
    try:
        check()
    except InvalidParameter as broken:
        raise refusal(reason=broken.facts["reason"]) from None


def token_is_well_formed(request: RunInstances, _profile: Profile) -> None:
    """Refuse a ClientToken of more than 64 characters or beyond ASCII."""
    naming.require_token(request.client_token)


def tags_are_well_formed(request: RunInstances, profile: Profile) -> None:
    """Refuse too many tags, malformed ones, and a key that is said twice."""
    naming.require_tags(request.tags, profile)


def interfaces_agree(request: RunInstances, _profile: Profile) -> None:
    """Refuse a second primary ENI, flat parameters beside a primary one, and an ENI that exists described anew."""
    is_primary_said, named = False, set[str]()
    for number, asked in enumerate(request.network_interfaces or (), start=1):
        if asked.instance_type not in (None, "", "Primary", "Secondary"):
            raise LaunchEniType(value=asked.instance_type or "")
        if asked.instance_type == "Primary":
            if is_primary_said:
                raise InvalidParamNetworkInterface(number=number, reason="an instance has one primary ENI")
            is_primary_said = True
            _require_primary(request, number, asked)
        elif asked.network_interface_id:
            if asked.network_interface_id in named:
                raise InvalidParamNetworkInterface(number=number, reason=f"{asked.network_interface_id} is said twice")
            named.add(asked.network_interface_id)
            _require_alone(request, number, asked)
        elif asked.ipv6_addresses or asked.ipv6_address_count is not None:
            raise InvalidParamNetworkInterface(number=number, reason="only a primary ENI is made with IPv6 addresses")


def _require_primary(request: RunInstances, number: int, asked: InstanceInterface) -> None:
    if asked.network_interface_id:
        raise InvalidParamNetworkInterface(number=number, reason="an ENI that exists is no primary one")
    for field, name in _FLAT.items():
        if getattr(request, field) not in (None, "", ()):
            raise InvalidParamNetworkInterface(number=number, reason=f"it is primary, and {name} is given as well")


def _require_alone(request: RunInstances, number: int, asked: InstanceInterface) -> None:
    """Refuse an ENI that exists for more instances than one, or with parameters of a new one."""
    if _amount(request) != 1:
        raise InvalidParamAmount(amount=_amount(request), reason="an ENI that exists can be put on one instance")
    for field in msgspec.structs.fields(InstanceInterface):
        if field.name not in _ALLOWED_WITH_ID and getattr(asked, field.name) not in (None, "", ()):
            reason = f"{field.encode_name} is for new ENIs, and NetworkInterfaceId is given"
            raise InvalidParamNetworkInterface(number=number, reason=reason)


def places_are_given(request: RunInstances, profile: Profile) -> None:
    """Require vSwitch and security groups of the primary ENI, and groups in one form, few and different."""
    primary = primary_of(request)
    if not primary.vswitch_id:
        raise MissingParameter(parameter="VSwitchId")
    if not primary.security_group_id and not primary.security_group_ids:
        raise MissingParameter(parameter="SecurityGroupId")
    for asked in (primary, *(other for _, other in others_of(request))):
        groups = asked.security_group_ids or ()
        if asked.security_group_id and groups:
            raise InvalidSecurityGroupIdSingleIdAndMultiIdConflict(
                parameter="SecurityGroupId", other="SecurityGroupIds.N"
            )
        if len(groups) > profile.groups_per_eni_max:
            raise JoinedGroupLimitExceed(asked=len(groups), limit=profile.groups_per_eni_max)
        for position, group in enumerate(groups):
            if group in groups[:position]:
                raise LaunchSecurityGroupIdRepeated(group=group)


def addresses_are_well_formed(request: RunInstances, profile: Profile) -> None:
    """Refuse malformed addresses, wrong counts, and addresses that so many instances cannot have."""
    primary, amount = primary_of(request), _amount(request)
    _require_ipv6(primary, amount, profile)
    _require_ipv4(primary)
    for _, asked in others_of(request):
        _require_ipv4(asked)
        if asked.primary_ip_address and amount > 1:
            raise InvalidPrimaryIpAddressSizeInvalid(address=asked.primary_ip_address, amount=amount)
        if primary.primary_ip_address and amount > 1:
            raise InvalidParamSecondaryNetworkInterface(address=primary.primary_ip_address)


def _require_ipv4(asked: InstanceInterface) -> None:
    address = asked.primary_ip_address
    if address:
        try:
            EVERY_IPV4.offset(address)
        except MalformedAddress:
            raise LaunchAddressMalformed(address=address) from None
    require_range(
        "NetworkInterface.N.SecondaryPrivateIpAddressCount", asked.secondary_private_ip_address_count, 1, _SECONDARY_MAX
    )


def _require_ipv6(primary: InstanceInterface, amount: int, profile: Profile) -> None:
    listed, count, most = primary.ipv6_addresses or (), primary.ipv6_address_count, profile.ipv6_per_eni_max
    if listed and count is not None:
        raise InvalidParameterConflict(parameter="Ipv6Address.N", other="Ipv6AddressCount")
    if listed and amount > 1:
        raise InvalidParamAmount(amount=amount, reason="Ipv6Address.N is for one instance")
    require_least("Ipv6AddressCount", count, 1)
    asked = len(listed) if listed else count or 0
    if asked > most:
        raise MaxEniIpv6IpsCountExceeded(asked=asked, limit=most)
    newer.require_ipv6(listed)


def queues_are_well_formed(request: RunInstances, _profile: Profile) -> None:
    """Refuse queues and traffic modes that no ENI may have; what the type allows is asked for later."""
    for asked in (primary_of(request), *(other for _, other in others_of(request))):
        require_range("NetworkInterface.N.QueueNumber", asked.queue_number, 1, 2048)
        newer.require_mode(asked.network_interface_traffic_mode)
        newer.require_pairs(asked.queue_pair_number, asked.network_interface_traffic_mode)
        newer.require_queue_sizes(asked.rx_queue_size, asked.tx_queue_size)
