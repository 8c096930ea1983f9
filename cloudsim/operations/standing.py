"""How things stand: whose an ENI is, and whether things are in a state in which they may be changed.

Source: eni_api.md section 4: an ENI at rest is Available or InUse, an instance at rest Running or Stopped.
"""

from typing import Final

from cloudsim.errors.instances import IncorrectInstanceStatus
from cloudsim.errors.network import (
    IncorrectVSwitchStatus,
    InvalidOperationEniServiceManaged,
    InvalidOperationInvalidEcsState,
    InvalidOperationInvalidEniState,
)
from cloudsim.errors.vpc import IncorrectVpcStatus
from cloudsim.resources.instance import Instance, InstanceStatus
from cloudsim.resources.interface import EniStatus, NetworkInterface
from cloudsim.resources.vpc import Vpc
from cloudsim.resources.vswitch import VSwitch

AVAILABLE: Final = "Available"
PENDING: Final = "Pending"
DELETING: Final = "Deleting"

INSTANCE_AT_REST: Final = (InstanceStatus.RUNNING, InstanceStatus.STOPPED)
_ENI_AT_REST: Final = (EniStatus.AVAILABLE, EniStatus.IN_USE)


def require_own(eni: NetworkInterface) -> None:
    """Refuse an ENI that is some cloud product's.

    Raises:
        InvalidOperationEniServiceManaged: it is.
    """
    if eni.is_service_managed:
        raise InvalidOperationEniServiceManaged(eni=eni.id)


def require_at_rest(eni: NetworkInterface) -> None:
    """Refuse an ENI that is neither Available nor InUse.

    Raises:
        InvalidOperationInvalidEniState: it is on its way from one state to another.
    """
    if eni.status not in _ENI_AT_REST:
        raise InvalidOperationInvalidEniState(eni=eni.id, expecting=" or ".join(_ENI_AT_REST), status=eni.status)


def require_steady(instance: Instance) -> None:
    """Refuse, for one of its ENIs, an instance that is neither running nor stopped.

    Raises:
        InvalidOperationInvalidEcsState: it is on its way from one to the other.
    """
    if instance.status not in INSTANCE_AT_REST:
        raise InvalidOperationInvalidEcsState(
            instance=instance.id, expecting=" or ".join(INSTANCE_AT_REST), status=instance.status
        )


def require_status(instance: Instance, *expecting: InstanceStatus) -> None:
    """Refuse an instance in any other status.

    Raises:
        IncorrectInstanceStatus: it is in another one.
    """
    if instance.status not in expecting:
        raise IncorrectInstanceStatus(instance=instance.id, status=instance.status, expecting=" or ".join(expecting))


def require_available_vpc(vpc: Vpc) -> None:
    """Refuse a VPC that is being made or ended.

    Raises:
        IncorrectVpcStatus: it is.
    """
    if vpc.status != AVAILABLE:
        raise IncorrectVpcStatus(vpc=vpc.id, status=vpc.status)


def require_available_vswitch(vswitch: VSwitch) -> None:
    """Refuse a vSwitch that is being made, changed or ended.

    Raises:
        IncorrectVSwitchStatus: it is.
    """
    if vswitch.status != AVAILABLE:
        raise IncorrectVSwitchStatus(vswitch=vswitch.id, status=vswitch.status)
