"""What a region does not have, or an account is not let have: parts of a request that only some may use.

Regions without IP prefixes and accounts that are on no whitelist are facts of the world, so this is asked before
anything is looked up or held.

Source: eni_api.md section 1.3; UnassignPrivateIpAddresses and ModifyNetworkInterfaceAttribute, error codes.
"""

from typing import Final

from cloudsim.api.requests import CreateNetworkInterface, ModifyNetworkInterfaceAttribute, Request, TrafficConfig
from cloudsim.errors.addresses import InvalidOperationRegionNotSupportIpPrefix
from cloudsim.errors.queues import (
    InvalidConnectionTrackingConfigurationRegionOrUserNotSupported,
    InvalidEniQueueSizeRegionOrUserNotSupported,
)
from cloudsim.resources.account import Account
from cloudsim.resources.geography import Region

_PREFIXES: Final = ("ipv4_prefixes", "ipv4_prefix_count", "ipv6_prefixes", "ipv6_prefix_count")
"""Fields of whichever requests have them."""

_NO_CONFIG: Final = TrafficConfig()


def require_prefixes_there(region: Region, request: Request) -> None:
    """Refuse prefixes, of either family, named or counted, in a region that has none.

    Raises:
        InvalidOperationRegionNotSupportIpPrefix: they are asked for there.
    """
    if not region.has_prefixes and any(getattr(request, name, None) for name in _PREFIXES):
        raise InvalidOperationRegionNotSupportIpPrefix(region=region.id)


def require_whitelisted(account: Account, request: CreateNetworkInterface | ModifyNetworkInterfaceAttribute) -> None:
    """Refuse depths of queues and time-outs of connection tracking to an account that is not let set them.

    Raises:
        InvalidEniQueueSizeRegionOrUserNotSupported: RxQueueSize or TxQueueSize is given.
        InvalidConnectionTrackingConfigurationRegionOrUserNotSupported: ConnectionTrackingConfiguration is.
    """
    if not account.queue_sizes:
        for said in (request, request.network_interface_traffic_config or _NO_CONFIG):
            if said.rx_queue_size is not None or said.tx_queue_size is not None:
                raise InvalidEniQueueSizeRegionOrUserNotSupported(account=account.id)
    if not account.connection_tracking and request.connection_tracking_configuration is not None:
        raise InvalidConnectionTrackingConfigurationRegionOrUserNotSupported(account=account.id)
