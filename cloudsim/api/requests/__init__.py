"""Requests: what may be said, one frozen Struct for each action, with every documented parameter, by subject.

Source: of each action, in the file of its subject.
"""

from collections.abc import Callable
from hashlib import blake2b
from operator import attrgetter
from typing import Final

import msgspec

from cloudsim.api.requests.account import DescribeAccountAttributes as DescribeAccountAttributes
from cloudsim.api.requests.account import DescribeRegions as DescribeRegions
from cloudsim.api.requests.account import DescribeZones as DescribeZones
from cloudsim.api.requests.addresses import AssignIpv6Addresses as AssignIpv6Addresses
from cloudsim.api.requests.addresses import AssignPrivateIpAddresses as AssignPrivateIpAddresses
from cloudsim.api.requests.addresses import UnassignIpv6Addresses as UnassignIpv6Addresses
from cloudsim.api.requests.addresses import UnassignPrivateIpAddresses as UnassignPrivateIpAddresses
from cloudsim.api.requests.base import VPC_VERSION as VPC_VERSION
from cloudsim.api.requests.base import ConnectionTracking as ConnectionTracking
from cloudsim.api.requests.base import EnhancedNetwork as EnhancedNetwork
from cloudsim.api.requests.base import InstanceInterface as InstanceInterface
from cloudsim.api.requests.base import Request as Request
from cloudsim.api.requests.base import Tag as Tag
from cloudsim.api.requests.base import TagFilter as TagFilter
from cloudsim.api.requests.base import TrafficConfig as TrafficConfig
from cloudsim.api.requests.groups import CreateSecurityGroup as CreateSecurityGroup
from cloudsim.api.requests.groups import DeleteSecurityGroup as DeleteSecurityGroup
from cloudsim.api.requests.groups import DescribeSecurityGroupAttribute as DescribeSecurityGroupAttribute
from cloudsim.api.requests.groups import DescribeSecurityGroupReferences as DescribeSecurityGroupReferences
from cloudsim.api.requests.groups import DescribeSecurityGroups as DescribeSecurityGroups
from cloudsim.api.requests.groups import JoinSecurityGroup as JoinSecurityGroup
from cloudsim.api.requests.groups import LeaveSecurityGroup as LeaveSecurityGroup
from cloudsim.api.requests.groups import ModifySecurityGroupAttribute as ModifySecurityGroupAttribute
from cloudsim.api.requests.groups import ModifySecurityGroupPolicy as ModifySecurityGroupPolicy
from cloudsim.api.requests.instances import DeleteInstance as DeleteInstance
from cloudsim.api.requests.instances import DescribeInstances as DescribeInstances
from cloudsim.api.requests.instances import DescribeInstanceStatus as DescribeInstanceStatus
from cloudsim.api.requests.instances import DescribeInstanceTypes as DescribeInstanceTypes
from cloudsim.api.requests.instances import RunInstances as RunInstances
from cloudsim.api.requests.instances import StartInstance as StartInstance
from cloudsim.api.requests.instances import StopInstance as StopInstance
from cloudsim.api.requests.interfaces import AttachNetworkInterface as AttachNetworkInterface
from cloudsim.api.requests.interfaces import CreateNetworkInterface as CreateNetworkInterface
from cloudsim.api.requests.interfaces import DeleteNetworkInterface as DeleteNetworkInterface
from cloudsim.api.requests.interfaces import DescribeNetworkInterfaceAttribute as DescribeNetworkInterfaceAttribute
from cloudsim.api.requests.interfaces import DescribeNetworkInterfaces as DescribeNetworkInterfaces
from cloudsim.api.requests.interfaces import DetachNetworkInterface as DetachNetworkInterface
from cloudsim.api.requests.interfaces import ModifyNetworkInterfaceAttribute as ModifyNetworkInterfaceAttribute
from cloudsim.api.requests.networks import CreateVpc as CreateVpc
from cloudsim.api.requests.networks import CreateVSwitch as CreateVSwitch
from cloudsim.api.requests.networks import DeleteVpc as DeleteVpc
from cloudsim.api.requests.networks import DeleteVSwitch as DeleteVSwitch
from cloudsim.api.requests.networks import DescribeRouteTableList as DescribeRouteTableList
from cloudsim.api.requests.networks import DescribeVpcAttribute as DescribeVpcAttribute
from cloudsim.api.requests.networks import DescribeVpcs as DescribeVpcs
from cloudsim.api.requests.networks import DescribeVSwitchAttributes as DescribeVSwitchAttributes
from cloudsim.api.requests.networks import DescribeVSwitches as DescribeVSwitches
from cloudsim.api.requests.networks import ModifyVpcAttribute as ModifyVpcAttribute
from cloudsim.api.requests.networks import ModifyVSwitchAttribute as ModifyVSwitchAttribute
from cloudsim.api.requests.reservations import CreateVSwitchCidrReservation as CreateVSwitchCidrReservation
from cloudsim.api.requests.reservations import DeleteVSwitchCidrReservation as DeleteVSwitchCidrReservation
from cloudsim.api.requests.reservations import ListVSwitchCidrReservations as ListVSwitchCidrReservations
from cloudsim.api.requests.tagging import JoinResourceGroup as JoinResourceGroup
from cloudsim.api.requests.tagging import ListTagResources as ListTagResources
from cloudsim.api.requests.tagging import TagResources as TagResources
from cloudsim.api.requests.tagging import UntagResources as UntagResources

ACTIONS: Final[dict[str, type[Request]]] = {
    request.action: request
    for request in (
        CreateNetworkInterface,
        DeleteNetworkInterface,
        DescribeNetworkInterfaces,
        AttachNetworkInterface,
        DetachNetworkInterface,
        DescribeNetworkInterfaceAttribute,
        ModifyNetworkInterfaceAttribute,
        AssignPrivateIpAddresses,
        UnassignPrivateIpAddresses,
        AssignIpv6Addresses,
        UnassignIpv6Addresses,
        RunInstances,
        StartInstance,
        StopInstance,
        DeleteInstance,
        DescribeInstances,
        DescribeInstanceStatus,
        DescribeInstanceTypes,
        CreateVpc,
        DeleteVpc,
        DescribeVpcs,
        DescribeVpcAttribute,
        ModifyVpcAttribute,
        DescribeRouteTableList,
        CreateVSwitch,
        DeleteVSwitch,
        DescribeVSwitches,
        DescribeVSwitchAttributes,
        ModifyVSwitchAttribute,
        CreateVSwitchCidrReservation,
        DeleteVSwitchCidrReservation,
        ListVSwitchCidrReservations,
        CreateSecurityGroup,
        DeleteSecurityGroup,
        DescribeSecurityGroups,
        DescribeSecurityGroupAttribute,
        ModifySecurityGroupAttribute,
        ModifySecurityGroupPolicy,
        DescribeSecurityGroupReferences,
        JoinSecurityGroup,
        LeaveSecurityGroup,
        DescribeRegions,
        DescribeZones,
        DescribeAccountAttributes,
        TagResources,
        UntagResources,
        ListTagResources,
        JoinResourceGroup,
    )
}
"""Every action that can be asked for."""

_encode: Final = msgspec.msgpack.Encoder().encode


def _parameters(request: type[Request]) -> Callable[[Request], tuple[object, ...]]:
    return attrgetter(*(name for name in request.__struct_fields__ if name != "client_token"))


_PARAMETERS: Final = {
    request: _parameters(request) for request in ACTIONS.values() if "client_token" in request.__struct_fields__
}


def fingerprint(request: Request) -> bytes:
    """Tell requests of one action that takes a ClientToken apart by their other parameters.

    Returns:
        16 bytes, equal for equal parameters on every platform. An empty text or list, which the wire never brings here,
        differs from an absent one.
    """
    return blake2b(_encode(_PARAMETERS[type(request)](request)), digest_size=16).digest()
