"""RESOLVE: the things that a CreateNetworkInterface names, looked up and held against each other.

The order, which no document states: vSwitch, security groups in the order given, resource group.
"""

from dataclasses import dataclass

from cloudsim.api.requests import CreateNetworkInterface
from cloudsim.errors.network import (
    IncorrectVSwitchStatus,
    InvalidOperationMultiGroupType,
    InvalidOperationVpcMismatch,
    InvalidResourceGroupNotFound,
    InvalidSecurityGroupIdNotFound,
    InvalidSecurityGroupIdNotVpc,
    InvalidVSwitchIdNotFound,
)
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.estate import Estate
from cloudsim.resources.ledger import Mode
from cloudsim.resources.network import SecurityGroup
from cloudsim.resources.vswitch import VSwitch
from cloudsim.values.ids import ResourceGroupId, SecurityGroupId, VSwitchId


@dataclass(frozen=True, slots=True)
class Site:
    """Where a new ENI will be, and in which groups."""

    vswitch: VSwitch
    groups: tuple[SecurityGroup, ...]
    resource_group: ResourceGroupId


def group_ids(request: CreateNetworkInterface) -> tuple[str, ...]:
    """The security groups that a request names, in either form."""
    return request.security_group_ids or (request.security_group_id or "",)


def resolve(cloud: Cloud, estate: Estate, request: CreateNetworkInterface) -> Site:
    """Look up what the request names.

    Raises:
        InvalidVSwitchIdNotFound: the account has no such vSwitch in the region.
        IncorrectVSwitchStatus: the vSwitch is being changed.
        InvalidSecurityGroupIdNotFound: the account has no such group in the region.
        InvalidSecurityGroupIdNotVpc: the group is one of the classic network.
        InvalidOperationVpcMismatch: the group is in another VPC than the vSwitch.
        InvalidOperationMultiGroupType: basic and enterprise groups are mixed.
        InvalidResourceGroupNotFound: the account has no such resource group.
    """
    vswitch = _vswitch(cloud, estate, VSwitchId(request.vswitch_id or ""))
    groups = tuple([_group(cloud, estate, vswitch, SecurityGroupId(group)) for group in group_ids(request)])
    for group in groups[1:]:
        if group.kind is not groups[0].kind:
            raise InvalidOperationMultiGroupType(
                group=groups[0].id, kind=groups[0].kind, other_group=group.id, other_kind=group.kind
            )
    return Site(vswitch, groups, _resource_group(cloud, estate, request.resource_group_id))


def _vswitch(cloud: Cloud, estate: Estate, wanted: VSwitchId) -> VSwitch:
    vswitch = cloud.vswitches.get(wanted)
    if cloud.ledger.watcher is not None:
        cloud.ledger.touch(f"vswitch:{wanted}", Mode.READ)
    if vswitch is None or cloud.estate_of(vswitch) is not estate:
        raise InvalidVSwitchIdNotFound(vswitch=wanted)
    if vswitch.status != "Available":
        raise IncorrectVSwitchStatus(vswitch=wanted, status=vswitch.status)
    return vswitch


def _group(cloud: Cloud, estate: Estate, vswitch: VSwitch, wanted: SecurityGroupId) -> SecurityGroup:
    group = cloud.security_groups.get(wanted)
    if cloud.ledger.watcher is not None:
        cloud.ledger.touch(f"group:{wanted}", Mode.READ)
    if group is None or group.account != estate.account.id or group.region != estate.region.id:
        raise InvalidSecurityGroupIdNotFound(group=wanted)
    if group.vpc is None:
        raise InvalidSecurityGroupIdNotVpc(group=wanted)
    if group.vpc != vswitch.vpc.id:
        raise InvalidOperationVpcMismatch(vswitch=vswitch.id, vpc=vswitch.vpc.id, group=wanted, group_vpc=group.vpc)
    return group


def _resource_group(cloud: Cloud, estate: Estate, wanted: str | None) -> ResourceGroupId:
    if not wanted:
        return estate.account.default_resource_group
    found = cloud.resource_groups.get(ResourceGroupId(wanted))
    if found is None or found.account != estate.account.id:
        raise InvalidResourceGroupNotFound(resource_group=wanted)
    return found.id
