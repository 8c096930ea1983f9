"""The typed parameters of a client's methods, by subject: a table for each action."""

from cloudsim.runtime.parameters.account import (
    DescribeAccountAttributesParameters as DescribeAccountAttributesParameters,
)
from cloudsim.runtime.parameters.account import DescribeRegionsParameters as DescribeRegionsParameters
from cloudsim.runtime.parameters.account import DescribeZonesParameters as DescribeZonesParameters
from cloudsim.runtime.parameters.addresses import AssignIpv6AddressesParameters as AssignIpv6AddressesParameters
from cloudsim.runtime.parameters.addresses import (
    AssignPrivateIpAddressesParameters as AssignPrivateIpAddressesParameters,
)
from cloudsim.runtime.parameters.addresses import UnassignIpv6AddressesParameters as UnassignIpv6AddressesParameters
from cloudsim.runtime.parameters.addresses import (
    UnassignPrivateIpAddressesParameters as UnassignPrivateIpAddressesParameters,
)
from cloudsim.runtime.parameters.groups import CreateSecurityGroupParameters as CreateSecurityGroupParameters
from cloudsim.runtime.parameters.groups import DeleteSecurityGroupParameters as DeleteSecurityGroupParameters
from cloudsim.runtime.parameters.groups import (
    DescribeSecurityGroupAttributeParameters as DescribeSecurityGroupAttributeParameters,
)
from cloudsim.runtime.parameters.groups import (
    DescribeSecurityGroupReferencesParameters as DescribeSecurityGroupReferencesParameters,
)
from cloudsim.runtime.parameters.groups import DescribeSecurityGroupsParameters as DescribeSecurityGroupsParameters
from cloudsim.runtime.parameters.groups import JoinSecurityGroupParameters as JoinSecurityGroupParameters
from cloudsim.runtime.parameters.groups import LeaveSecurityGroupParameters as LeaveSecurityGroupParameters
from cloudsim.runtime.parameters.groups import (
    ModifySecurityGroupAttributeParameters as ModifySecurityGroupAttributeParameters,
)
from cloudsim.runtime.parameters.groups import (
    ModifySecurityGroupPolicyParameters as ModifySecurityGroupPolicyParameters,
)
from cloudsim.runtime.parameters.instances import DeleteInstanceParameters as DeleteInstanceParameters
from cloudsim.runtime.parameters.instances import DescribeInstancesParameters as DescribeInstancesParameters
from cloudsim.runtime.parameters.instances import DescribeInstanceStatusParameters as DescribeInstanceStatusParameters
from cloudsim.runtime.parameters.instances import DescribeInstanceTypesParameters as DescribeInstanceTypesParameters
from cloudsim.runtime.parameters.instances import RunInstancesParameters as RunInstancesParameters
from cloudsim.runtime.parameters.instances import StartInstanceParameters as StartInstanceParameters
from cloudsim.runtime.parameters.instances import StopInstanceParameters as StopInstanceParameters
from cloudsim.runtime.parameters.interfaces import AttachNetworkInterfaceParameters as AttachNetworkInterfaceParameters
from cloudsim.runtime.parameters.interfaces import CreateNetworkInterfaceParameters as CreateNetworkInterfaceParameters
from cloudsim.runtime.parameters.interfaces import DeleteNetworkInterfaceParameters as DeleteNetworkInterfaceParameters
from cloudsim.runtime.parameters.interfaces import (
    DescribeNetworkInterfaceAttributeParameters as DescribeNetworkInterfaceAttributeParameters,
)
from cloudsim.runtime.parameters.interfaces import (
    DescribeNetworkInterfacesParameters as DescribeNetworkInterfacesParameters,
)
from cloudsim.runtime.parameters.interfaces import DetachNetworkInterfaceParameters as DetachNetworkInterfaceParameters
from cloudsim.runtime.parameters.interfaces import (
    ModifyNetworkInterfaceAttributeParameters as ModifyNetworkInterfaceAttributeParameters,
)
from cloudsim.runtime.parameters.networks import CreateVpcParameters as CreateVpcParameters
from cloudsim.runtime.parameters.networks import CreateVSwitchParameters as CreateVSwitchParameters
from cloudsim.runtime.parameters.networks import DeleteVpcParameters as DeleteVpcParameters
from cloudsim.runtime.parameters.networks import DeleteVSwitchParameters as DeleteVSwitchParameters
from cloudsim.runtime.parameters.networks import DescribeRouteTableListParameters as DescribeRouteTableListParameters
from cloudsim.runtime.parameters.networks import DescribeVpcAttributeParameters as DescribeVpcAttributeParameters
from cloudsim.runtime.parameters.networks import DescribeVpcsParameters as DescribeVpcsParameters
from cloudsim.runtime.parameters.networks import (
    DescribeVSwitchAttributesParameters as DescribeVSwitchAttributesParameters,
)
from cloudsim.runtime.parameters.networks import DescribeVSwitchesParameters as DescribeVSwitchesParameters
from cloudsim.runtime.parameters.networks import ModifyVpcAttributeParameters as ModifyVpcAttributeParameters
from cloudsim.runtime.parameters.networks import ModifyVSwitchAttributeParameters as ModifyVSwitchAttributeParameters
from cloudsim.runtime.parameters.reservations import (
    CreateVSwitchCidrReservationParameters as CreateVSwitchCidrReservationParameters,
)
from cloudsim.runtime.parameters.reservations import (
    DeleteVSwitchCidrReservationParameters as DeleteVSwitchCidrReservationParameters,
)
from cloudsim.runtime.parameters.reservations import (
    ListVSwitchCidrReservationsParameters as ListVSwitchCidrReservationsParameters,
)
from cloudsim.runtime.parameters.tagging import JoinResourceGroupParameters as JoinResourceGroupParameters
from cloudsim.runtime.parameters.tagging import ListTagResourcesParameters as ListTagResourcesParameters
from cloudsim.runtime.parameters.tagging import TagResourcesParameters as TagResourcesParameters
from cloudsim.runtime.parameters.tagging import UntagResourcesParameters as UntagResourcesParameters

CreateParameters = CreateNetworkInterfaceParameters
"""A short name of those that most scripts use."""
