"""ENIs that some product bonds, one as a slave to another, and lets go again."""

from cloudsim.api.troubles import BondEni
from cloudsim.errors.network import InvalidEniIdNotFound
from cloudsim.operations.bonds import master_of, set_bond
from cloudsim.operations.operation import Call, Touches
from cloudsim.operations.policy import Policy
from cloudsim.resources.cloud import Cloud, eni_key
from cloudsim.resources.estate import Estate
from cloudsim.resources.interface import NetworkInterface
from cloudsim.resources.ledger import Mode
from cloudsim.values.ids import EniId


def find_eni(cloud: Cloud, wanted: str) -> tuple[Estate, NetworkInterface] | None:
    """Look an ENI up, whoever's it is, with what else its account has there; O(accounts and regions)."""
    eni_id = EniId(wanted)
    for estate in cloud.estates.values():
        if eni_id in estate.interfaces:
            return estate, estate.interfaces[eni_id]
    return None


def bond(cloud: Cloud, call: Call[BondEni], policy: Policy) -> None:
    """Bond an ENI as a slave to another one of its account and region, or end its bond.

    Raises:
        InvalidEniIdNotFound: there is no such ENI, or the other one is not there.
    """
    del policy
    wanted, other = EniId(call.request.network_interface_id), call.request.to
    cloud.ledger.touch(eni_key(wanted), Mode.WRITE)
    found = find_eni(cloud, wanted)
    if found is None:
        raise InvalidEniIdNotFound(eni=wanted)
    estate, slave = found
    master = None
    if other is not None:
        cloud.ledger.touch(eni_key(EniId(other)), Mode.WRITE)
        master = estate.interfaces.get(EniId(other))
        if master is None:
            raise InvalidEniIdNotFound(eni=other)
    if master_of(slave) != other:
        set_bond(cloud, slave, master)


def touches(cloud: Cloud, trouble: BondEni) -> Touches:
    """Both ENIs, the one that the slave is bonded to now, and the list that shows them."""
    named = [trouble.network_interface_id] if trouble.to is None else [trouble.network_interface_id, trouble.to]
    own = tuple([(eni_key(EniId(one)), Mode.WRITE) for one in named])
    found = find_eni(cloud, trouble.network_interface_id)
    if found is None:
        return own
    estate, slave = found
    before = master_of(slave)
    old: Touches = () if before is None else ((eni_key(before), Mode.WRITE),)
    return (*own, *old, (estate.interfaces_key, Mode.ADD))
