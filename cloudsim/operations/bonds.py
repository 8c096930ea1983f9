"""Bonds: slave ENIs that are linked to another one, which has them as its own.

No operation that we have makes or ends a bond; products do that, and here the troubles ``bond`` and ``unbond``. While
there is one, neither of the two leaves its instance, the instance stays, and the ENI with slaves is not deleted. A
slave that is deleted leaves its bond.

Source: eni_api.md sections 2.2 and 2.3 (the codes); DescribeNetworkInterfaceAttribute, BondInterfaceSpecification and
SlaveInterfaceSpecification (what there is).
"""

from cloudsim.errors.network import InvalidOperationEniLinked, InvalidOperationHasSlaveEniBonded
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.interface import EniExtras, NetworkInterface
from cloudsim.values.ids import EniId


def master_of(eni: NetworkInterface) -> EniId | None:
    """The ENI that a slave is bonded to; None for what is no slave."""
    return None if eni.extras is None else eni.extras.bond


def slaves_of(eni: NetworkInterface) -> tuple[EniId, ...]:
    """The slaves that are bonded to an ENI."""
    return () if eni.extras is None else eni.extras.slaves


def require_unlinked(eni: NetworkInterface) -> None:
    """Refuse an ENI that is bonded with another one.

    Raises:
        InvalidOperationEniLinked: it is, as a slave or with slaves.
    """
    for other in (master_of(eni), *slaves_of(eni)):
        if other is not None:
            raise InvalidOperationEniLinked(eni=eni.id, other=other)


def require_no_slaves(eni: NetworkInterface) -> None:
    """Refuse an ENI with slaves.

    Raises:
        InvalidOperationHasSlaveEniBonded: it has some.
    """
    slaves = slaves_of(eni)
    if slaves:
        raise InvalidOperationHasSlaveEniBonded(eni=eni.id, count=len(slaves), slave=slaves[0])


def set_bond(cloud: Cloud, slave: NetworkInterface, master: NetworkInterface | None) -> None:
    """Bond an ENI to another one, or to none; a bond that it has ends."""
    before = master_of(slave)
    if before is not None:
        old = cloud.estate_of(slave.vswitch).interfaces[before]
        with cloud.changing(old):
            old.extras = old.with_extras(slaves=tuple([one for one in slaves_of(old) if one != slave.id]))
    with cloud.changing(slave):
        slave.extras = slave.with_extras(bond=None if master is None else master.id)
    if master is not None:
        with cloud.changing(master):
            master.extras = master.with_extras(slaves=(*(master.extras or EniExtras()).slaves, slave.id))
