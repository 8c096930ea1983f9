"""COMMIT: an ENI is put together from the request, its site and what is held for it."""

from typing import Final

from cloudsim.api.requests import ConnectionTracking, CreateNetworkInterface, EnhancedNetwork
from cloudsim.operations.interfaces.holdings import Holdings
from cloudsim.operations.interfaces.site import Site
from cloudsim.operations.operation import Call
from cloudsim.operations.tags import pairs_of
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.interface import Enhanced, EniExtras, EniType, NetworkInterface
from cloudsim.values.ids import EniId

TRACKING_DEFAULT: Final = (910, 3, 30)
"""Time-outs of connection tracking, in seconds: TCP established, TCP closed and time-wait, UDP."""

_NO_EXTRAS: Final = EniExtras()


def make_interface(
    cloud: Cloud, call: Call[CreateNetworkInterface], site: Site, holdings: Holdings
) -> NetworkInterface:
    """Put an ENI together; it does not exist yet."""
    request = call.request
    infix = cloud.regions[site.vswitch.vpc.region].infix
    leased = holdings.leased4
    assert leased is not None, "addresses are leased before COMMIT"
    return NetworkInterface(
        id=EniId(call.draws.id("eni", infix, cloud.interface_ids)),
        vswitch=site.vswitch,
        mac_low=call.draws.mac(cloud.macs),
        private_ip_addresses=leased.addresses,
        security_group_ids=tuple([group.id for group in site.groups]),
        created_ns=cloud.now_ns,
        type=EniType(request.instance_type) if request.instance_type else EniType.SECONDARY,
        name=request.network_interface_name or "",
        description=request.description or "",
        tags=pairs_of(request.tags),
        resource_group=site.resource_group,
        queue_number=_queue_number(request),
        client_token=request.client_token or None,
        extras=_extras(request, holdings) if cloud.profile.newer_parameters else None,
    )


def _queue_number(request: CreateNetworkInterface) -> int | None:
    config = request.network_interface_traffic_config
    if config is not None and config.queue_number is not None:
        return config.queue_number
    return request.queue_number


def _extras(request: CreateNetworkInterface, holdings: Holdings) -> EniExtras | None:
    """What the newer parameters give; None where none of them was used."""
    config = request.network_interface_traffic_config
    tracking = request.connection_tracking_configuration
    leased4, leased6 = holdings.leased4, holdings.leased6
    extras = EniExtras(
        ipv6_addresses=leased6.addresses if leased6 else (),
        ipv4_prefixes=leased4.prefixes if leased4 else (),
        ipv6_prefixes=leased6.prefixes if leased6 else (),
        traffic_mode=(config and config.network_interface_traffic_mode)
        or request.network_interface_traffic_mode
        or "Standard",
        queue_pair_number=(config and config.queue_pair_number) or request.queue_pair_number,
        rx_queue_size=(config and config.rx_queue_size) or request.rx_queue_size,
        tx_queue_size=(config and config.tx_queue_size) or request.tx_queue_size,
        delete_on_release=bool(request.delete_on_release),
        source_dest_check=bool(request.source_dest_check),
        connection_tracking=None if tracking is None else tracking_times(tracking),
        enhanced=None if request.enhanced_network is None else enhanced_with(request.enhanced_network),
    )
    return None if extras == _NO_EXTRAS else extras


def tracking_times(given: ConnectionTracking, before: tuple[int, int, int] | None = None) -> tuple[int, int, int]:
    """The three time-outs, with what was in force before, or else the documented defaults, for those not given."""
    established, closed, udp = before or TRACKING_DEFAULT
    return (
        given.tcp_established_timeout or established,
        given.tcp_closed_and_time_wait_timeout or closed,
        given.udp_timeout or udp,
    )


def enhanced_with(given: EnhancedNetwork, before: Enhanced | None = None) -> Enhanced | None:
    """EnhancedNetwork with what was there before for what is not given; None where all of it is off.

    Virtual functions end with EnableSriov.
    """
    had = before or Enhanced()
    is_sriov = had.is_sriov if given.enable_sriov is None else given.enable_sriov
    made = Enhanced(
        is_sriov=is_sriov,
        is_rss=had.is_rss if given.enable_rss is None else given.enable_rss,
        is_express=had.is_express if given.enable_express is None else given.enable_express,
        functions=(given.virtual_function_quantity or had.functions) if is_sriov else None,
        queues=(given.virtual_function_total_queue_number or had.queues) if is_sriov else None,
    )
    return None if made == Enhanced() else made
