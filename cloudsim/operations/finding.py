"""Finding the things that a request names, among those of the caller's account.

Things of other accounts, and of other regions than the request's, do not exist for the caller. What is found or not is
read or, where it shall change, written in the watcher's eyes; the functions that begin with ``known`` are for
footprints, and touch nothing.

The service takes the region from its endpoint where RegionId is left out, as the VPC API allows and as the SDKs cannot
but do in StartInstance, StopInstance and DeleteInstance; here it is that of the named thing.
"""

import re
from typing import Any, Final

from cloudsim.api.requests import Request
from cloudsim.errors.instances import InvalidInstanceIdNotFound
from cloudsim.errors.network import (
    InvalidEniIdNotFound,
    InvalidParamsEniId,
    InvalidResourceGroupNotFound,
    InvalidSecurityGroupIdNotFound,
    InvalidVSwitchIdNotFound,
)
from cloudsim.errors.vpc import InvalidVpcIdNotFound
from cloudsim.operations.admission import admit, admit_anywhere
from cloudsim.operations.operation import Call, Touches
from cloudsim.operations.standing import require_available_vswitch
from cloudsim.resources.cloud import Cloud, eni_key
from cloudsim.resources.conditions import zone_key
from cloudsim.resources.estate import Estate
from cloudsim.resources.instance import Instance
from cloudsim.resources.interface import NetworkInterface
from cloudsim.resources.ledger import Mode
from cloudsim.resources.network import SecurityGroup
from cloudsim.resources.vpc import Vpc
from cloudsim.resources.vswitch import VSwitch
from cloudsim.values.ids import (
    AccountId,
    EniId,
    InstanceId,
    RegionId,
    ResourceGroupId,
    SecurityGroupId,
    VpcId,
    VSwitchId,
)

_ENI_ID: Final = re.compile(r"eni-[A-Za-z0-9-]{1,64}")


def find_interface(cloud: Cloud, estate: Estate, wanted: str | None, *, mode: Mode = Mode.WRITE) -> NetworkInterface:
    """Find an ENI; touches ``eni:<id>``.

    Whatever exists is found, however it is called; of what does not, only a text in the shape of an id is "not found",
    and any other one is malformed.

    Args:
        cloud: the cloud.
        estate: what the account has in the region.
        wanted: the id.
        mode: whether it will be changed, or is only looked at.

    Raises:
        InvalidEniIdNotFound: the account has no such ENI in the region.
        InvalidParamsEniId: there is none, and the text is no id at all.
    """
    eni_id = EniId(wanted or "")
    if cloud.ledger.watcher is not None:
        cloud.ledger.touch(eni_key(eni_id), mode)
    eni = estate.interfaces.get(eni_id)
    if eni is not None:
        return eni
    if _ENI_ID.fullmatch(eni_id):
        raise InvalidEniIdNotFound(eni=eni_id)
    raise InvalidParamsEniId(eni=eni_id)


def known_interface(cloud: Cloud, call: Call[Any], wanted: str | None) -> NetworkInterface | None:
    """Look for an ENI of the caller's in the request's region; None for none."""
    return _estate_here(cloud, call).interfaces.get(EniId(wanted or ""))


def find_instance(cloud: Cloud, estate: Estate, wanted: str | None, *, mode: Mode = Mode.WRITE) -> Instance:
    """Find an instance, as the operations on instances and groups do; touches ``instance:<id>``.

    Raises:
        InvalidInstanceIdNotFound: the account has no such instance in the region.
    """
    instance_id = InstanceId(wanted or "")
    cloud.ledger.touch(f"instance:{instance_id}", mode)
    instance = estate.instances.get(instance_id)
    if instance is None:
        raise InvalidInstanceIdNotFound(instance=instance_id)
    return instance


def known_instance(cloud: Cloud, call: Call[Any], wanted: str | None) -> Instance | None:
    """Look for an instance of the caller's in the request's region; None for none."""
    return _estate_here(cloud, call).instances.get(InstanceId(wanted or ""))


def find_own_instance(cloud: Cloud, call: Call[Any], wanted: str | None) -> Instance:
    """Find an instance to change, with or without its region; touches ``instance:<id>``.

    Raises:
        InvalidInstanceIdNotFound: the account has no such instance in the region.
        ForbiddenRegionId: the service is unavailable to the account there.
    """
    cloud.ledger.touch(f"instance:{wanted or ''}", Mode.WRITE)
    instance = known_own_instance(cloud, call, wanted)
    if instance is None:
        raise InvalidInstanceIdNotFound(instance=wanted or "")
    cloud.accounts[call.account].admit_to(instance.region)
    return instance


def known_own_instance(cloud: Cloud, call: Call[Any], wanted: str | None) -> Instance | None:
    """Look for an instance of the caller's, in the request's region if it says one; None for none."""
    instance = cloud.instances.get(InstanceId(wanted or ""))
    if instance is None or instance.account != call.account:
        return None
    return instance if call.request.region_id in {None, "", instance.region} else None


def _estate_here(cloud: Cloud, call: Call[Any]) -> Estate:
    """What the caller has in the request's region, which ADMIT has made sure of."""
    return cloud.estates[call.account, RegionId(call.request.region_id)]


def find_group(cloud: Cloud, estate: Estate, wanted: str | None) -> SecurityGroup:
    """Find a security group; reads ``group:<id>``.

    Raises:
        InvalidSecurityGroupIdNotFound: the account has no such group in the region.
    """
    group_id = SecurityGroupId(wanted or "")
    if cloud.ledger.watcher is not None:
        cloud.ledger.touch(f"group:{group_id}", Mode.READ)
    group = estate.groups.get(group_id)
    if group is None:
        raise InvalidSecurityGroupIdNotFound(group=group_id)
    return group


def find_resource_group(cloud: Cloud, estate: Estate, wanted: str | None) -> ResourceGroupId:
    """Find a resource group; where none is named, it is the account's default one.

    Resource groups neither come nor go while a simulation runs, so nothing is touched.

    Raises:
        InvalidResourceGroupNotFound: the account has no such resource group.
    """
    if not wanted:
        return estate.account.default_resource_group
    found = cloud.resource_groups.get(ResourceGroupId(wanted))
    if found is None or found.account != estate.account.id:
        raise InvalidResourceGroupNotFound(resource_group=wanted)
    return found.id


def find_place(cloud: Cloud, estate: Estate, wanted: str | None) -> VSwitch:
    """Find the vSwitch that a new ENI shall lie in; touches what :func:`placing_touches` says.

    Raises:
        InvalidVSwitchIdNotFound: the account has no such vSwitch in the region.
        IncorrectVSwitchStatus: the vSwitch is being changed.
        ServiceUnavailable: its zone is out.
    """
    vswitch_id = VSwitchId(wanted or "")
    if cloud.ledger.watcher is not None:
        cloud.ledger.touch(f"vswitch:{vswitch_id}", Mode.READ)
    vswitch = estate.vswitches.get(vswitch_id)
    if vswitch is None:
        raise InvalidVSwitchIdNotFound(vswitch=vswitch_id)
    require_available_vswitch(vswitch)
    cloud.conditions.require_zone(vswitch.zone)
    return vswitch


def placing_touches(cloud: Cloud, wanted: str) -> Touches:
    """Say what finding the place of a new ENI touches: the vSwitch, and its zone where there is one."""
    own = (f"vswitch:{wanted}", Mode.READ)
    vswitch = cloud.vswitches.get(VSwitchId(wanted))
    return (own,) if vswitch is None else (own, (zone_key(vswitch.zone), Mode.READ))


def enter(cloud: Cloud, call: Call[Request]) -> None:
    """Let in a call that may leave out its region.

    Raises:
        ApiError: as :func:`~cloudsim.operations.admission.admit`.
    """
    if call.request.region_id:
        admit(cloud, call)
    else:
        admit_anywhere(cloud, call)


def find_estate(cloud: Cloud, call: Call[Any]) -> Estate:
    """Find where a call that was let in acts: in the request's region, or else in that of the VPC that it names.

    Raises:
        InvalidVpcIdNotFound: the region is left out, and there is no such VPC.
        ForbiddenRegionId: the service is unavailable to the account there.
    """
    region = call.request.region_id
    if region:
        return cloud.estate(call.account, RegionId(region))
    vpc = find_vpc(cloud, call, call.request.vpc_id)
    return cloud.estate(vpc.account, vpc.region)


def find_vpc(cloud: Cloud, call: Call[Any], wanted: str | None, mode: Mode = Mode.READ) -> Vpc:
    """Find a VPC, with or without its region; touches ``vpc:<id>``.

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


def known_vpc(cloud: Cloud, call: Call[Any], wanted: str | None) -> Vpc | None:
    """Look for a VPC of the caller's, with or without its region; None for none."""
    vpc = cloud.vpcs.get(VpcId(wanted or ""))
    return vpc if vpc is not None and _is_here(vpc.account, vpc.region, call) else None


def find_vswitch(cloud: Cloud, call: Call[Any], wanted: str | None, mode: Mode = Mode.READ) -> VSwitch:
    """Find a vSwitch, with or without its region; touches ``vswitch:<id>``.

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


def known_vswitch(cloud: Cloud, call: Call[Any], wanted: str | None) -> VSwitch | None:
    """Look for a vSwitch of the caller's, with or without its region; None for none."""
    vswitch = cloud.vswitches.get(VSwitchId(wanted or ""))
    return vswitch if vswitch is not None and _is_here(vswitch.vpc.account, vswitch.vpc.region, call) else None


def _is_here(account: AccountId, region: RegionId, call: Call[Any]) -> bool:
    return account == call.account and call.request.region_id in {None, "", region}
