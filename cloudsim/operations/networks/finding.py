"""Finding the VPC or the vSwitch that a request names, with or without its region.

The VPC API takes the region from its endpoint where RegionId is left out; here it is that of the named thing. Things of
other accounts, and of other regions than the one that is given, do not exist for the caller.
"""

from typing import Any

from cloudsim.api.requests import Request
from cloudsim.errors.network import IncorrectVSwitchStatus, InvalidVSwitchIdNotFound
from cloudsim.errors.vpc import IncorrectVpcStatus, InvalidVpcIdNotFound
from cloudsim.operations.admission import admit, admit_anywhere
from cloudsim.operations.operation import Call
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.ledger import Mode
from cloudsim.resources.vpc import Vpc
from cloudsim.resources.vswitch import VSwitch
from cloudsim.values.ids import AccountId, RegionId, VpcId, VSwitchId

AVAILABLE = "Available"
PENDING = "Pending"
DELETING = "Deleting"


def enter(cloud: Cloud, call: Call[Request]) -> None:
    """Let in a call that may leave out its region.

    Raises:
        ApiError: as :func:`~cloudsim.operations.admission.admit`.
    """
    if call.request.region_id:
        admit(cloud, call)
    else:
        admit_anywhere(cloud, call)


def known_vpc(cloud: Cloud, call: Call[Any], wanted: str | None) -> Vpc | None:
    """Look for a VPC of the caller's, for footprints; it touches nothing."""
    vpc = cloud.vpcs.get(VpcId(wanted or ""))
    return vpc if vpc is not None and _is_here(vpc.account, vpc.region, call) else None


def known_vswitch(cloud: Cloud, call: Call[Any], wanted: str | None) -> VSwitch | None:
    """Look for a vSwitch of the caller's, for footprints; it touches nothing."""
    vswitch = cloud.vswitches.get(VSwitchId(wanted or ""))
    return vswitch if vswitch is not None and _is_here(vswitch.vpc.account, vswitch.vpc.region, call) else None


def _is_here(account: AccountId, region: RegionId, call: Call[Any]) -> bool:
    return account == call.account and call.request.region_id in {None, "", region}


def find_vpc(cloud: Cloud, call: Call[Any], wanted: str | None, mode: Mode = Mode.READ) -> Vpc:
    """Find a VPC of the caller's.

    Raises:
        InvalidVpcIdNotFound: the account has no such VPC in the region.
        ForbiddenRegionId: the service is unavailable to the account there.
    """
    cloud.ledger.touch(f"vpc:{wanted}", mode)
    vpc = known_vpc(cloud, call, wanted)
    if vpc is None:
        raise InvalidVpcIdNotFound(vpc=wanted or "")
    cloud.accounts[call.account].admit_to(vpc.region)
    return vpc


def find_vswitch(cloud: Cloud, call: Call[Any], wanted: str | None, mode: Mode = Mode.READ) -> VSwitch:
    """Find a vSwitch of the caller's.

    Raises:
        InvalidVSwitchIdNotFound: the account has no such vSwitch in the region.
        ForbiddenRegionId: the service is unavailable to the account there.
    """
    cloud.ledger.touch(f"vswitch:{wanted}", mode)
    vswitch = known_vswitch(cloud, call, wanted)
    if vswitch is None:
        raise InvalidVSwitchIdNotFound(vswitch=wanted or "")
    cloud.accounts[call.account].admit_to(vswitch.vpc.region)
    return vswitch


def require_available_vpc(vpc: Vpc) -> None:
    """Refuse a VPC that is being made or ended.

    Raises:
        IncorrectVpcStatus: it is.
    """
    if vpc.status != AVAILABLE:
        raise IncorrectVpcStatus(vpc=vpc.id, status=vpc.status)


def require_available_vswitch(vswitch: VSwitch) -> None:
    """Refuse a vSwitch that is being made or ended.

    Raises:
        IncorrectVSwitchStatus: it is.
    """
    if vswitch.status != AVAILABLE:
        raise IncorrectVSwitchStatus(vswitch=vswitch.id, status=vswitch.status)
