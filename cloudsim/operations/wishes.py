"""The addresses that a request asks for, as a vSwitch is asked for them."""

from cloudsim.api.requests import AssignIpv6Addresses, AssignPrivateIpAddresses, CreateNetworkInterface
from cloudsim.resources.vswitch import AddressWish


def wish4(request: CreateNetworkInterface | AssignPrivateIpAddresses) -> AddressWish:
    """The IPv4 addresses that a request asks for; a create wants a primary one in any case."""
    create = request if isinstance(request, CreateNetworkInterface) else None
    return AddressWish(
        primary=(create.primary_ip_address or None) if create is not None else None,
        wants_primary=create is not None,
        listed=request.private_ip_addresses or (),
        count=request.secondary_private_ip_address_count or 0,
        prefixes=request.ipv4_prefixes or (),
        prefix_count=request.ipv4_prefix_count or 0,
    )


def wish6(request: CreateNetworkInterface | AssignIpv6Addresses) -> AddressWish:
    """The IPv6 addresses that a request asks for, which may be none."""
    return AddressWish(
        wants_primary=False,
        listed=request.ipv6_addresses or (),
        count=request.ipv6_address_count or 0,
        prefixes=request.ipv6_prefixes or (),
        prefix_count=request.ipv6_prefix_count or 0,
    )
