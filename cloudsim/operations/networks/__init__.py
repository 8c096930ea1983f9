"""VPCs, vSwitches and the blocks of them that are set aside for prefixes."""

from typing import Any, Final

from cloudsim.api.requests import (
    CreateVpc,
    CreateVSwitch,
    CreateVSwitchCidrReservation,
    DeleteVpc,
    DeleteVSwitch,
    DeleteVSwitchCidrReservation,
    DescribeRouteTableList,
    DescribeVpcAttribute,
    DescribeVpcs,
    DescribeVSwitchAttributes,
    DescribeVSwitches,
    ListVSwitchCidrReservations,
    ModifyVpcAttribute,
    ModifyVSwitchAttribute,
    Request,
)
from cloudsim.operations.networks import (
    create_reservation,
    create_vpc,
    create_vswitch,
    delete_reservation,
    delete_vpc,
    delete_vswitch,
    describe_route_tables,
    describe_vpcs,
    describe_vswitches,
    list_reservations,
    modify,
)
from cloudsim.operations.operation import OperationKind

KINDS: Final[dict[type[Request], OperationKind[Any]]] = {
    CreateVpc: OperationKind(create_vpc.create_vpc, create_vpc.footprint),
    DeleteVpc: OperationKind(delete_vpc.delete_vpc, delete_vpc.footprint),
    DescribeVpcs: OperationKind(describe_vpcs.describe_vpcs, describe_vpcs.list_footprint),
    DescribeVpcAttribute: OperationKind(describe_vpcs.describe_vpc_attribute, describe_vpcs.attribute_footprint),
    ModifyVpcAttribute: OperationKind(modify.modify_vpc, modify.vpc_footprint),
    DescribeRouteTableList: OperationKind(describe_route_tables.describe_route_tables, describe_route_tables.footprint),
    CreateVSwitch: OperationKind(create_vswitch.create_vswitch, create_vswitch.footprint),
    DeleteVSwitch: OperationKind(delete_vswitch.delete_vswitch, delete_vswitch.footprint),
    DescribeVSwitches: OperationKind(describe_vswitches.describe_vswitches, describe_vswitches.list_footprint),
    DescribeVSwitchAttributes: OperationKind(
        describe_vswitches.describe_vswitch_attributes, describe_vswitches.attribute_footprint
    ),
    ModifyVSwitchAttribute: OperationKind(modify.modify_vswitch, modify.vswitch_footprint),
    CreateVSwitchCidrReservation: OperationKind(create_reservation.create_reservation, create_reservation.footprint),
    DeleteVSwitchCidrReservation: OperationKind(delete_reservation.delete_reservation, delete_reservation.footprint),
    ListVSwitchCidrReservations: OperationKind(list_reservations.list_reservations, list_reservations.footprint),
}
"""Which operation does which request."""
