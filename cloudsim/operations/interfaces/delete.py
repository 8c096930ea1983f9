"""DeleteNetworkInterface.

In the classic profile the ENI is gone when the answer comes; in the current one it is Deleting then, and gone after the
time of FINISH. Addresses, quota and group places come back at the instant the ENI goes. One that stays Deleting was not
deleted after all; the call may be repeated, which completes it.

Source: eni_api.md section 2.3 and the state table of section 4.
"""

from cloudsim.api.requests import DeleteNetworkInterface
from cloudsim.api.responses import DeleteNetworkInterfaceResponse
from cloudsim.errors.network import InvalidOperationConflict, InvalidOperationInvalidEniType
from cloudsim.operations.admission import admit
from cloudsim.operations.bonds import master_of, require_no_slaves, set_bond
from cloudsim.operations.finding import find_interface, known_interface
from cloudsim.operations.operation import Call, Footprint, Operation, Phase, Touches
from cloudsim.operations.policy import Policy
from cloudsim.operations.standing import require_own
from cloudsim.resources.cloud import Cloud, eni_key
from cloudsim.resources.interface import EniEvent, EniStatus, EniType, NetworkInterface
from cloudsim.resources.ledger import Mode
from cloudsim.values.ids import EniId


def delete(cloud: Cloud, call: Call[DeleteNetworkInterface], policy: Policy) -> Operation:
    """End an ENI that is not on an instance."""
    del policy  # nothing here is left open
    yield Phase.ADMIT
    estate = admit(cloud, call)
    yield Phase.COMMIT
    eni = find_interface(cloud, estate, call.request.network_interface_id)
    _require_deletable(cloud, eni)
    cloud.advance(eni, EniEvent.DELETE)
    lingers = cloud.profile.delete_is_asynchronous
    if not lingers:
        _end(cloud, eni)
    cloud.answer(DeleteNetworkInterfaceResponse(request_id=call.draws.request_id()))
    yield Phase.RESPOND
    if lingers:
        yield Phase.FINISH
        if eni.status is EniStatus.DELETING:  # a repeated delete may have ended it
            _end(cloud, eni)


def _require_deletable(cloud: Cloud, eni: NetworkInterface) -> None:
    """Ask everything but the state, which the change itself asks.

    Raises:
        InvalidOperationInvalidEniType: it is the primary one of an instance.
        InvalidOperationEniServiceManaged: it is some cloud product's.
        InvalidOperationConflict: another request is changing it.
        InvalidOperationHasSlaveEniBonded: slaves are bonded to it.
    """
    if eni.type is EniType.PRIMARY:
        raise InvalidOperationInvalidEniType(eni=eni.id, expecting=EniType.SECONDARY, type=eni.type)
    require_own(eni)
    if eni_key(eni.id) in cloud.busy.by_key:
        raise InvalidOperationConflict(eni=eni.id)
    require_no_slaves(eni)


def _end(cloud: Cloud, eni: NetworkInterface) -> None:
    if master_of(eni) is not None:
        set_bond(cloud, eni, None)
    cloud.advance(eni, EniEvent.DELETED)
    cloud.remove_interface(eni)


def footprint(cloud: Cloud, call: Call[DeleteNetworkInterface], policy: Policy, phase: Phase) -> Footprint:
    """Say what a phase may touch; what the ENI holds is seen from the cloud as it is."""
    del policy, phase
    own = ((eni_key(EniId(call.request.network_interface_id or "")), Mode.WRITE),)
    eni = known_interface(cloud, call, call.request.network_interface_id)
    if eni is None:
        return own
    estate = cloud.estate_of(eni.vswitch)
    master = master_of(eni)
    bond: Touches = () if master is None else ((eni_key(master), Mode.WRITE),)
    groups = tuple((group.places.key, Mode.WRITE) for group in cloud.groups_of(eni))
    return (
        *own,
        *bond,
        *eni.vswitch.pool_touches,
        (estate.quota.key, Mode.WRITE),
        *groups,
        (estate.interfaces_key, Mode.ADD),
    )
