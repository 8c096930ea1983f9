"""One vSwitch at a time: what of a VPC's vSwitches is being made or ended.

A creation is refused while another creation in the VPC has not become Available, and a deletion while a creation or
another deletion is under way. That a creation may begin while a vSwitch ends is our reading: the notes refuse it to
deletions only.

Source: eni_api.md section 2.13 ("VSwitch Creation simultaneously is not supported."); VPC SDK, notes of DeleteVSwitch;
its error codes ("other subnet is processing.").
"""

from cloudsim.errors.vpc import OperationDeniedOtherSubnetProcessing, VSwitchCreationIsAlone
from cloudsim.operations.operation import Touches
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.ledger import Mode
from cloudsim.resources.occupation import Occupied
from cloudsim.resources.vpc import Vpc


def creation_key(vpc: Vpc) -> str:
    """Give the name of the creation of a vSwitch in a VPC in footprints; there is one at a time."""
    return f"vswitch-creation:{vpc.id}"


def deletion_key(vpc: Vpc) -> str:
    """Give the name of the deletion of a vSwitch in a VPC in footprints; there is one at a time."""
    return f"vswitch-deletion:{vpc.id}"


def begin_creation(cloud: Cloud, vpc: Vpc) -> Occupied:
    """Let nobody else make a vSwitch in the VPC for the length of a ``with`` block.

    Raises:
        VSwitchCreationIsAlone: somebody is.
    """
    key = creation_key(vpc)
    cloud.ledger.touch(key, Mode.WRITE)
    if key in cloud.busy.by_key:
        raise VSwitchCreationIsAlone(vpc=vpc.id)
    return cloud.busy.occupy(key)


def require_no_creation_or_deletion(cloud: Cloud, vpc: Vpc) -> None:
    """Refuse while a vSwitch of the VPC is being made or ended.

    Raises:
        OperationDeniedOtherSubnetProcessing: one is.
    """
    for key, doing in ((creation_key(vpc), "creating"), (deletion_key(vpc), "deleting")):
        cloud.ledger.touch(key, Mode.WRITE)
        if key in cloud.busy.by_key:
            raise OperationDeniedOtherSubnetProcessing(vpc=vpc.id, doing=doing)


def exclusion_touches(vpc: Vpc) -> Touches:
    """What beginning and ending either touches."""
    return (creation_key(vpc), Mode.WRITE), (deletion_key(vpc), Mode.WRITE)
