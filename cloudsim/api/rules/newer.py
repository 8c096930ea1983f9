"""The newer parameters of a create: IPv6, prefixes, kinds, queues, traffic and connection tracking.

Each of these rules returns at once under a profile without them, where they are UnsupportedParameter already. What is
said both directly and in NetworkInterfaceTrafficConfig has to be right in both places; no document says which counts.

Source: eni_api.md sections 1.1 and 1.3; ModifyNetworkInterfaceAttribute, error codes, for EnhancedNetwork.
"""

import re
from typing import Final

from cloudsim.api.requests import ConnectionTracking, CreateNetworkInterface, EnhancedNetwork, TrafficConfig
from cloudsim.api.rules.addresses import EVERY_IPV4
from cloudsim.api.rules.bounds import require_queues, require_range, require_short
from cloudsim.api.rules.presence import NOTHING_NEWER, newer_values
from cloudsim.errors.addresses import (
    InvalidIpAddress,
    InvalidIpIpPrefixIllegal,
    InvalidIpIpPrefixMaskInvalid,
    InvalidIpIpPrefixMaskNotSame,
    InvalidIpIpPrefixNotStrict,
    InvalidIpIpRepeated,
)
from cloudsim.errors.queues import (
    InvalidParameterEniConnectionTrackingConfiguration,
    InvalidParameterEniEnhancedNetwork,
    InvalidParameterEniQueueSize,
    InvalidParameterEniTrafficMode,
    InvalidParameterEniType,
    InvalidParameterInvalidQueuePairNumber,
    InvalidParameterQueuePairNumberMustEmpty,
)
from cloudsim.errors.quota import MaxEniIpv6IpsCountExceeded, MaxEniPrivateIpsCountExceeded
from cloudsim.ipam.edge import AddressSpace
from cloudsim.ipam.refusals import MalformedAddress
from cloudsim.values.profile import Profile

EVERY_IPV6: Final = AddressSpace.parse("::/0")
_QUEUE_SIZES: Final = (8192, 16384)
_TCP_ESTABLISHED: Final = (30, 60, 80, 100, 200, 300, 500, 700, 910)
_TCP_CLOSED: Final = tuple(range(3, 16))
_UDP: Final = (10, 20, 30, 60, 80, 100)
_MASK: Final = re.compile(r"0|[1-9][0-9]{0,2}")


def ranges_are_kept(request: CreateNetworkInterface, profile: Profile) -> None:
    """Refuse numbers, lists and words of the newer parameters that are out of their documented range."""
    if not profile.newer_parameters or newer_values(request) == NOTHING_NEWER:
        return
    _require_few(request, profile)
    kind = request.instance_type
    if kind and kind not in {"Secondary", "Trunk"}:
        raise InvalidParameterEniType(value=kind)
    config = request.network_interface_traffic_config or TrafficConfig()
    require_queues(config.queue_number)
    for said in (request, config):
        require_mode(said.network_interface_traffic_mode)
    mode = config.network_interface_traffic_mode or request.network_interface_traffic_mode
    for said in (request, config):
        require_pairs(said.queue_pair_number, mode)
        require_queue_sizes(said.rx_queue_size, said.tx_queue_size)
    if request.connection_tracking_configuration is not None:
        require_tracking(request.connection_tracking_configuration)
    if request.enhanced_network is not None:
        require_enhanced(request.enhanced_network)


def _require_few(request: CreateNetworkInterface, profile: Profile) -> None:
    """Refuse too long lists and wrong counts of addresses and prefixes."""
    prefixes_max, ipv6_max = profile.prefixes_per_request_max, profile.ipv6_per_eni_max
    require_short("Ipv4Prefix.N", request.ipv4_prefixes, prefixes_max)
    require_range("Ipv4PrefixCount", request.ipv4_prefix_count, 1, prefixes_max)
    require_short("Ipv6Address.N", request.ipv6_addresses, ipv6_max)
    require_range("Ipv6AddressCount", request.ipv6_address_count, 1, ipv6_max)
    require_short("Ipv6Prefix.N", request.ipv6_prefixes, prefixes_max)
    require_range("Ipv6PrefixCount", request.ipv6_prefix_count, 1, prefixes_max)


def require_mode(mode: str | None) -> None:
    """Refuse a traffic mode that is given and none of the two that there are."""
    if mode and mode not in {"Standard", "HighPerformance"}:
        raise InvalidParameterEniTrafficMode(value=mode)


def require_pairs(pairs: int | None, mode: str | None) -> None:
    """Refuse RDMA queues where the traffic mode has none."""
    if pairs is None:
        return
    if mode != "HighPerformance":
        raise InvalidParameterQueuePairNumberMustEmpty(asked=pairs)
    if pairs < 1:
        raise InvalidParameterInvalidQueuePairNumber(asked=pairs)


def require_queue_sizes(received: int | None, sent: int | None) -> None:
    """Refuse depths of queues that are unequal or none of the two that there are."""
    if received != sent:
        reason = f"RxQueueSize is {_told(received)}, TxQueueSize {_told(sent)}"
        raise InvalidParameterEniQueueSize(reason=reason)
    if received is not None and received not in _QUEUE_SIZES:
        raise InvalidParameterEniQueueSize(reason=f"asked for {received}, 8192 and 16384 are allowed")


def _told(number: int | None) -> str:
    return "not given" if number is None else str(number)


def require_tracking(tracking: ConnectionTracking) -> None:
    """Refuse a time-out that is none of the documented ones."""
    for parameter, asked, allowed in (
        ("TcpEstablishedTimeout", tracking.tcp_established_timeout, _TCP_ESTABLISHED),
        ("TcpClosedAndTimeWaitTimeout", tracking.tcp_closed_and_time_wait_timeout, _TCP_CLOSED),
        ("UdpTimeout", tracking.udp_timeout, _UDP),
    ):
        if asked is not None and asked not in allowed:
            reason = f"allowed are {', '.join(map(str, allowed))}"
            raise InvalidParameterEniConnectionTrackingConfiguration(parameter=parameter, asked=asked, reason=reason)


def require_enhanced(enhanced: EnhancedNetwork) -> None:
    """Refuse virtual functions without EnableSriov, and EnableSriov without them."""
    quantity, queues = enhanced.virtual_function_quantity, enhanced.virtual_function_total_queue_number
    if not enhanced.enable_sriov:
        if quantity is not None or queues is not None:
            raise InvalidParameterEniEnhancedNetwork(reason="virtual functions are asked for without EnableSriov")
    elif queues is None:
        raise InvalidParameterEniEnhancedNetwork(reason="EnableSriov needs VirtualFunctionTotalQueueNumber")
    elif quantity is None or not 1 <= quantity <= 256:
        reason = f"VirtualFunctionQuantity is {_told(quantity)}, 1 to 256 are allowed"
        raise InvalidParameterEniEnhancedNetwork(reason=reason)


def addresses_are_well_formed(request: CreateNetworkInterface, profile: Profile) -> None:
    """Refuse malformed or repeated IPv6 addresses and prefixes, and more of either family than an ENI may carry."""
    if not profile.newer_parameters or newer_values(request) == NOTHING_NEWER:
        return
    require_ipv6(request.ipv6_addresses or ())
    require_prefixes(request.ipv4_prefixes or (), EVERY_IPV4)
    require_prefixes(request.ipv6_prefixes or (), EVERY_IPV6)
    ipv4 = (
        1
        + _asked(request.private_ip_addresses, request.secondary_private_ip_address_count)
        + _asked(request.ipv4_prefixes, request.ipv4_prefix_count)
    )
    if ipv4 > profile.addresses_per_eni_max:
        raise MaxEniPrivateIpsCountExceeded(asked=ipv4, limit=profile.addresses_per_eni_max)
    ipv6 = _asked(request.ipv6_addresses, request.ipv6_address_count) + _asked(
        request.ipv6_prefixes, request.ipv6_prefix_count
    )
    if ipv6 > profile.ipv6_per_eni_max:
        raise MaxEniIpv6IpsCountExceeded(asked=ipv6, limit=profile.ipv6_per_eni_max)


def _asked(listed: tuple[str, ...] | None, count: int | None) -> int:
    """Tell how many are asked for, in either form."""
    return len(listed) if listed else count or 0


def require_ipv6(addresses: tuple[str, ...]) -> None:
    """Refuse what is no IPv6 address, and an address that is said twice.

    Raises:
        InvalidIpAddress: it is no IPv6 address.
        InvalidIpIpRepeated: it is said twice.
    """
    seen: set[int] = set()
    for address in addresses:
        try:
            value = EVERY_IPV6.offset(address)
        except MalformedAddress:
            raise InvalidIpAddress(address=address, reason="it is no IPv6 address") from None
        if value in seen:
            raise InvalidIpIpRepeated(address=address)
        seen.add(value)


def require_prefixes(prefixes: tuple[str, ...], every: AddressSpace) -> None:
    """Refuse prefixes of one family that are not aligned blocks of the one length that there is, all different.

    Args:
        prefixes: their texts.
        every: all addresses of the family.

    Raises:
        InvalidIpIpPrefixIllegal: one is no prefix.
        InvalidIpIpPrefixMaskNotSame: they have different lengths.
        InvalidIpIpPrefixMaskInvalid: they have another length than /28, or /80 in IPv6.
        InvalidIpIpPrefixNotStrict: one has host bits set.
        InvalidIpIpRepeated: one is said twice.
    """
    parsed = [_prefix(prefix, every) for prefix in prefixes]
    if len({length for _, length in parsed}) > 1:
        raise InvalidIpIpPrefixMaskNotSame(prefixes=", ".join(prefixes))
    only_length, block = every.family.delegated_length, 1 << every.family.block_bits
    seen: set[int] = set()
    for prefix, (value, length) in zip(prefixes, parsed, strict=True):
        if length != only_length:
            raise InvalidIpIpPrefixMaskInvalid(mask=length, mask_min=only_length, mask_max=only_length)
        if value % block:
            raise InvalidIpIpPrefixNotStrict(prefix=prefix)
        if value in seen:
            raise InvalidIpIpRepeated(address=prefix)
        seen.add(value)


def _prefix(prefix: str, every: AddressSpace) -> tuple[int, int]:
    """Read the address of a prefix as an integer, and its length."""
    address, _, mask = prefix.partition("/")
    try:
        value = every.offset(address)
    except MalformedAddress:
        raise InvalidIpIpPrefixIllegal(prefix=prefix) from None
    if not _MASK.fullmatch(mask):
        raise InvalidIpIpPrefixIllegal(prefix=prefix)
    return value, int(mask)
