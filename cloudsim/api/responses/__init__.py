"""Answers: one frozen Struct for each action, with the documented fields, by subject."""

from typing import TypeAlias

from cloudsim.api.responses.account import DescribeAccountAttributesResponse as DescribeAccountAttributesResponse
from cloudsim.api.responses.account import DescribeRegionsResponse as DescribeRegionsResponse
from cloudsim.api.responses.account import DescribeZonesResponse as DescribeZonesResponse
from cloudsim.api.responses.addresses import AssignIpv6AddressesResponse as AssignIpv6AddressesResponse
from cloudsim.api.responses.addresses import AssignPrivateIpAddressesResponse as AssignPrivateIpAddressesResponse
from cloudsim.api.responses.addresses import UnassignIpv6AddressesResponse as UnassignIpv6AddressesResponse
from cloudsim.api.responses.addresses import UnassignPrivateIpAddressesResponse as UnassignPrivateIpAddressesResponse
from cloudsim.api.responses.base import Answer as Answer
from cloudsim.api.responses.groups import CreateSecurityGroupResponse as CreateSecurityGroupResponse
from cloudsim.api.responses.groups import DeleteSecurityGroupResponse as DeleteSecurityGroupResponse
from cloudsim.api.responses.groups import (
    DescribeSecurityGroupAttributeResponse as DescribeSecurityGroupAttributeResponse,
)
from cloudsim.api.responses.groups import (
    DescribeSecurityGroupReferencesResponse as DescribeSecurityGroupReferencesResponse,
)
from cloudsim.api.responses.groups import DescribeSecurityGroupsResponse as DescribeSecurityGroupsResponse
from cloudsim.api.responses.groups import JoinSecurityGroupResponse as JoinSecurityGroupResponse
from cloudsim.api.responses.groups import LeaveSecurityGroupResponse as LeaveSecurityGroupResponse
from cloudsim.api.responses.groups import (
    ModifySecurityGroupAttributeResponse as ModifySecurityGroupAttributeResponse,
)
from cloudsim.api.responses.groups import ModifySecurityGroupPolicyResponse as ModifySecurityGroupPolicyResponse
from cloudsim.api.responses.instances import DeleteInstanceResponse as DeleteInstanceResponse
from cloudsim.api.responses.instances import DescribeInstancesResponse as DescribeInstancesResponse
from cloudsim.api.responses.instances import DescribeInstanceStatusResponse as DescribeInstanceStatusResponse
from cloudsim.api.responses.instances import DescribeInstanceTypesResponse as DescribeInstanceTypesResponse
from cloudsim.api.responses.instances import RunInstancesResponse as RunInstancesResponse
from cloudsim.api.responses.instances import StartInstanceResponse as StartInstanceResponse
from cloudsim.api.responses.instances import StopInstanceResponse as StopInstanceResponse
from cloudsim.api.responses.interfaces import AssociatedPublicIp as AssociatedPublicIp
from cloudsim.api.responses.interfaces import Attachment as Attachment
from cloudsim.api.responses.interfaces import AttachNetworkInterfaceResponse as AttachNetworkInterfaceResponse
from cloudsim.api.responses.interfaces import CreateNetworkInterfaceResponse as CreateNetworkInterfaceResponse
from cloudsim.api.responses.interfaces import DeleteNetworkInterfaceResponse as DeleteNetworkInterfaceResponse
from cloudsim.api.responses.interfaces import (
    DescribeNetworkInterfaceAttributeResponse as DescribeNetworkInterfaceAttributeResponse,
)
from cloudsim.api.responses.interfaces import DescribeNetworkInterfacesResponse as DescribeNetworkInterfacesResponse
from cloudsim.api.responses.interfaces import DetachNetworkInterfaceResponse as DetachNetworkInterfaceResponse
from cloudsim.api.responses.interfaces import Interface as Interface
from cloudsim.api.responses.interfaces import (
    ModifyNetworkInterfaceAttributeResponse as ModifyNetworkInterfaceAttributeResponse,
)
from cloudsim.api.responses.interfaces import NetworkInterfaceSet as NetworkInterfaceSet
from cloudsim.api.responses.interfaces import PrivateIpSet as PrivateIpSet
from cloudsim.api.responses.networks import CreateVpcResponse as CreateVpcResponse
from cloudsim.api.responses.networks import CreateVSwitchResponse as CreateVSwitchResponse
from cloudsim.api.responses.networks import DeleteVpcResponse as DeleteVpcResponse
from cloudsim.api.responses.networks import DeleteVSwitchResponse as DeleteVSwitchResponse
from cloudsim.api.responses.networks import DescribeRouteTableListResponse as DescribeRouteTableListResponse
from cloudsim.api.responses.networks import DescribeVpcAttributeResponse as DescribeVpcAttributeResponse
from cloudsim.api.responses.networks import DescribeVpcsResponse as DescribeVpcsResponse
from cloudsim.api.responses.networks import DescribeVSwitchAttributesResponse as DescribeVSwitchAttributesResponse
from cloudsim.api.responses.networks import DescribeVSwitchesResponse as DescribeVSwitchesResponse
from cloudsim.api.responses.networks import ModifyVpcAttributeResponse as ModifyVpcAttributeResponse
from cloudsim.api.responses.networks import ModifyVSwitchAttributeResponse as ModifyVSwitchAttributeResponse
from cloudsim.api.responses.reservations import (
    CreateVSwitchCidrReservationResponse as CreateVSwitchCidrReservationResponse,
)
from cloudsim.api.responses.reservations import (
    DeleteVSwitchCidrReservationResponse as DeleteVSwitchCidrReservationResponse,
)
from cloudsim.api.responses.reservations import (
    ListVSwitchCidrReservationsResponse as ListVSwitchCidrReservationsResponse,
)
from cloudsim.api.responses.tagging import JoinResourceGroupResponse as JoinResourceGroupResponse
from cloudsim.api.responses.tagging import ListTagResourcesResponse as ListTagResourcesResponse
from cloudsim.api.responses.tagging import TagResourcesResponse as TagResourcesResponse
from cloudsim.api.responses.tagging import UntagResourcesResponse as UntagResourcesResponse

Response: TypeAlias = (
    Answer
    | CreateNetworkInterfaceResponse
    | DescribeNetworkInterfaceAttributeResponse
    | DescribeVpcAttributeResponse
    | DescribeVSwitchAttributesResponse
)
"""Any answer; each has ``action``, which names the root of its XML form, and ``request_id``, fresh for every call."""
