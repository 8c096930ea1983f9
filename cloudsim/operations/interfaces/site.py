"""RESOLVE: the things that a CreateNetworkInterface names, looked up and held against each other.

The order, which no document states: what region and account may have at all, vSwitch, security
groups in the order given, resource group.
"""

import msgspec

from cloudsim.api.requests import CreateNetworkInterface
from cloudsim.operations.finding import find_place, find_resource_group
from cloudsim.operations.memberships import find_group_for, require_compatible, require_unmanaged
from cloudsim.operations.whitelists import require_prefixes_there, require_whitelisted
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.estate import Estate
from cloudsim.resources.network import SecurityGroup
from cloudsim.resources.vswitch import VSwitch
from cloudsim.values.ids import ResourceGroupId


class Site(msgspec.Struct, frozen=True):
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
        InvalidOperationRegionNotSupportIpPrefix: prefixes, and the region has none.
        InvalidEniQueueSizeRegionOrUserNotSupported: depths of queues, and the account may not set them.
        InvalidConnectionTrackingConfigurationRegionOrUserNotSupported: likewise, of connection tracking.
        InvalidVSwitchIdNotFound: the account has no such vSwitch in the region.
        IncorrectVSwitchStatus: the vSwitch is being changed.
        InvalidSecurityGroupIdNotFound: the account has no such group in the region.
        InvalidSecurityGroupIdNotVpc: the group is one of the classic network.
        InvalidOperationVpcMismatch: the group is in another VPC than the vSwitch.
        InvalidOperationMultiGroupType: basic and enterprise groups are mixed.
        AclLimitExceed: the groups have too many rules together.
        InvalidOperationResourceManagedByCloudProduct: a cloud product manages one of the groups.
        InvalidResourceGroupNotFound: the account has no such resource group.
    """
    require_prefixes_there(estate.region, request)
    require_whitelisted(estate.account, request)
    vswitch = find_place(cloud, estate, request.vswitch_id)
    groups = tuple([find_group_for(cloud, estate, vswitch, group) for group in group_ids(request)])
    require_compatible(groups, cloud.profile)
    require_unmanaged(groups)
    return Site(vswitch, groups, find_resource_group(cloud, estate, request.resource_group_id))
