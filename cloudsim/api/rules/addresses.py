"""IPv4 addresses of a create, and its number of queues: how many, in which form, and none twice.

Whether an address is in the vSwitch's block and free is a matter of state, and asked for later.

Source: CreateNetworkInterface reference: PrimaryIpAddress, PrivateIpAddress.N, SecondaryPrivateIpAddressCount,
QueueNumber and the codes InvalidVSwitchId.IpInvalid, InvalidIp.Address and InvalidIp.IpRepeated. That more than ten
listed addresses are an InvalidParameter is our choice.
"""

from typing import Final

from cloudsim.api.requests import CreateNetworkInterface
from cloudsim.api.rules.bounds import QUEUES_MAX, require_queues, require_range, require_short
from cloudsim.errors.addresses import InvalidIpAddress, InvalidIpIpRepeated, InvalidVSwitchIdIpInvalid
from cloudsim.errors.parameters import InvalidParameterConflict
from cloudsim.ipam.edge import AddressSpace
from cloudsim.ipam.refusals import MalformedAddress
from cloudsim.values.profile import Profile

EVERY_IPV4: Final = AddressSpace.parse("0.0.0.0/0")


def queue_number_is_in_range(request: CreateNetworkInterface, profile: Profile) -> None:
    """Refuse a QueueNumber outside 1 to 2048, by the code that newer documents have for it under their profile."""
    if request.queue_number is not None:
        if profile.newer_parameters:
            require_queues(request.queue_number)
        require_range("QueueNumber", request.queue_number, 1, QUEUES_MAX)


def secondary_addresses_are_few(request: CreateNetworkInterface, profile: Profile) -> None:
    """Refuse more secondary addresses than a create may ask for, and a count of none."""
    count = request.secondary_private_ip_address_count
    if count is not None:
        require_range("SecondaryPrivateIpAddressCount", count, 1, profile.secondary_count_max)
    if request.private_ip_addresses:
        require_short("PrivateIpAddress.N", request.private_ip_addresses, profile.listed_addresses_max)


def lists_exclude_counts(request: CreateNetworkInterface, _profile: Profile) -> None:
    """Refuse a list of addresses or prefixes together with their count."""
    if request.private_ip_addresses and request.secondary_private_ip_address_count is not None:
        raise InvalidParameterConflict(parameter="PrivateIpAddress.N", other="SecondaryPrivateIpAddressCount")
    if request.ipv4_prefixes and request.ipv4_prefix_count is not None:
        raise InvalidParameterConflict(parameter="Ipv4Prefix.N", other="Ipv4PrefixCount")
    if request.ipv6_addresses and request.ipv6_address_count is not None:
        raise InvalidParameterConflict(parameter="Ipv6Address.N", other="Ipv6AddressCount")
    if request.ipv6_prefixes and request.ipv6_prefix_count is not None:
        raise InvalidParameterConflict(parameter="Ipv6Prefix.N", other="Ipv6PrefixCount")


def addresses_are_well_formed(request: CreateNetworkInterface, _profile: Profile) -> None:
    """Refuse what is no IPv4 address, and an address that is said twice, the primary one included."""
    primary, listed = request.primary_ip_address, request.private_ip_addresses or ()
    if primary or listed:
        require_ipv4((primary, *listed) if primary else listed)


def require_ipv4(said: tuple[str, ...]) -> None:
    """Refuse what is no IPv4 address, and an address that is said twice.

    Raises:
        InvalidVSwitchIdIpInvalid: it is no IPv4 address.
        InvalidIpAddress: it is an IPv6 address, or may have been meant as one.
        InvalidIpIpRepeated: it is said twice.
    """
    seen: set[int] = set()
    for address in said:
        value = _ipv4_value(address)
        if value in seen:
            raise InvalidIpIpRepeated(address=address)
        seen.add(value)


def _ipv4_value(address: str) -> int:
    try:
        return EVERY_IPV4.offset(address)
    except MalformedAddress:
        if ":" in address:
            raise InvalidIpAddress(address=address, reason="an IPv4 address is wanted") from None
        raise InvalidVSwitchIdIpInvalid(address=address, reason="it is no IPv4 address") from None
