"""The ENI whose addresses are changed: found, and in a state in which they may be.

Source: eni_api.md section 4: the ENI is Available or InUse, its instance Running or Stopped.
"""

from typing import Final

from cloudsim.api.requests import AssignPrivateIpAddresses, Request, UnassignPrivateIpAddresses
from cloudsim.errors.addresses import InvalidEniIdMalformed
from cloudsim.errors.base import ApiError
from cloudsim.errors.network import InvalidEniIdNotFound, InvalidParamsEniId
from cloudsim.operations.addresses.asked import Assign, Unassign
from cloudsim.operations.finding import find_interface
from cloudsim.operations.operation import Call, Touches
from cloudsim.operations.standing import require_at_rest, require_own, require_steady
from cloudsim.resources.cloud import Cloud, eni_key
from cloudsim.resources.conditions import zone_key
from cloudsim.resources.estate import Estate
from cloudsim.resources.interface import NetworkInterface
from cloudsim.resources.ledger import Mode
from cloudsim.values.ids import EniId

_MALFORMED: Final[dict[type[Request], type[ApiError]]] = {
    AssignPrivateIpAddresses: InvalidEniIdNotFound,
    UnassignPrivateIpAddresses: InvalidEniIdMalformed,
}
"""What is documented to answer to an id that is no id, where it is not InvalidParams.EniId."""


def find_target(cloud: Cloud, estate: Estate, request: Assign | Unassign) -> NetworkInterface:
    """Find the ENI that a request names.

    Raises:
        InvalidEniIdNotFound: the account has no such ENI in the region.
        InvalidEniIdMalformed: there is none, and the text is no id; an assign of IPv4 says "not found" even then.
        InvalidParamsEniId: likewise, as the operations on IPv6 say it.
        ServiceUnavailable: its zone is out.
        InvalidOperationInvalidEniState: it is neither Available nor InUse.
        InvalidOperationEniServiceManaged: it is some cloud product's.
        InvalidOperationInvalidEcsState: its instance is neither Running nor Stopped.
    """
    try:
        eni = find_interface(cloud, estate, request.network_interface_id)
    except InvalidParamsEniId as refusal:
        raise _MALFORMED.get(type(request), InvalidParamsEniId)(**refusal.facts) from None
    cloud.ledger.touch(eni.vswitch.key, Mode.READ)
    cloud.conditions.require_zone(eni.vswitch.zone)
    require_at_rest(eni)
    require_own(eni)
    if eni.instance is not None:
        instance = cloud.instances[eni.instance]
        cloud.ledger.touch(instance.key, Mode.READ)
        require_steady(instance)
    return eni


def finding_touches(call: Call[Assign] | Call[Unassign], eni: NetworkInterface | None) -> Touches:
    """Say what finding the ENI touches."""
    own = ((eni_key(EniId(call.request.network_interface_id or "")), Mode.WRITE),)
    if eni is None:
        return own
    instance = ((f"instance:{eni.instance}", Mode.READ),) if eni.instance is not None else ()
    return (*own, (eni.vswitch.key, Mode.READ), (zone_key(eni.vswitch.zone), Mode.READ), *instance)


def place_touches(cloud: Cloud, eni: NetworkInterface) -> Touches:
    """Say what taking and giving back places in the ENI's groups touches."""
    return tuple([(group.places.key, Mode.WRITE) for group in cloud.groups_of(eni)])


def list_touches(call: Call[Assign] | Call[Unassign]) -> Touches:
    """Say what a change of the ENI touches beside the ENI: the list of all."""
    return ((f"enis:{call.account}/{call.request.region_id}", Mode.ADD),)
