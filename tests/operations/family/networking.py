"""The usual calls about networks, with some of their parameters changed, and what is made by them."""

from typing import Any

from cloudsim.api.requests import (
    CreateVpc,
    CreateVSwitch,
    CreateVSwitchCidrReservation,
    DeleteVpc,
    DeleteVSwitch,
    DeleteVSwitchCidrReservation,
    DescribeVpcAttribute,
    DescribeVpcs,
    DescribeVSwitchAttributes,
    DescribeVSwitches,
    ListVSwitchCidrReservations,
)
from cloudsim.api.responses import (
    CreateVpcResponse,
    CreateVSwitchCidrReservationResponse,
    CreateVSwitchResponse,
    DescribeVpcAttributeResponse,
    DescribeVpcsResponse,
    DescribeVSwitchAttributesResponse,
    DescribeVSwitchesResponse,
    ListVSwitchCidrReservationsResponse,
)
from cloudsim.api.responses.reservations import CidrReservation
from cloudsim.simulation.world.builder import World
from tests.small_world import REGION, Watched

ZONE = "cn-hangzhou-h"


def nothing_yet() -> World:
    """An account and a region, without any network."""
    return World(profile="current").account("acme").region(REGION, zones=[ZONE, "cn-hangzhou-i"])


def a_vpc(**changes: Any) -> CreateVpc:
    return CreateVpc(**{"region_id": REGION, "cidr_block": "192.168.0.0/16", **changes})


def a_vpc_end(vpc: str | None = "vpc-main", **changes: Any) -> DeleteVpc:
    return DeleteVpc(**{"region_id": REGION, "vpc_id": vpc, **changes})


def a_vswitch(**changes: Any) -> CreateVSwitch:
    usual = {"region_id": REGION, "zone_id": ZONE, "vpc_id": "vpc-main", "cidr_block": "10.0.9.0/24"}
    return CreateVSwitch(**{**usual, **changes})


def a_vswitch_end(vswitch: str | None = "vsw-a", **changes: Any) -> DeleteVSwitch:
    return DeleteVSwitch(**{"region_id": REGION, "vswitch_id": vswitch, **changes})


def a_reservation(**changes: Any) -> CreateVSwitchCidrReservation:
    usual = {"region_id": REGION, "vswitch_id": "vsw-a"}
    if not changes.keys() & {"vswitch_cidr_reservation_mask", "ip_prefix_number"}:
        usual["vswitch_cidr_reservation_cidr"] = "10.0.0.64/28"
    return CreateVSwitchCidrReservation(**{**usual, **changes})


def a_reservation_end(reservation: str, **changes: Any) -> DeleteVSwitchCidrReservation:
    return DeleteVSwitchCidrReservation(region_id=REGION, vswitch_cidr_reservation_id=reservation, **changes)


def made_vpc(sim: Watched, **changes: Any) -> str:
    made = sim.ask(a_vpc(**changes)).result()
    assert isinstance(made, CreateVpcResponse)
    return made.vpc_id


def made_vswitch(sim: Watched, **changes: Any) -> str:
    made = sim.ask(a_vswitch(**changes)).result()
    assert isinstance(made, CreateVSwitchResponse)
    return made.vswitch_id


def made_reservation(sim: Watched, **changes: Any) -> str:
    made = sim.ask(a_reservation(**changes)).result()
    assert isinstance(made, CreateVSwitchCidrReservationResponse)
    return made.vswitch_cidr_reservation_id


def listed_vpcs(sim: Watched, **filters: Any) -> DescribeVpcsResponse:
    found = sim.ask(DescribeVpcs(**{"region_id": REGION, **filters})).result()
    assert isinstance(found, DescribeVpcsResponse)
    return found


def shown_vpc(sim: Watched, vpc: str) -> DescribeVpcAttributeResponse:
    found = sim.ask(DescribeVpcAttribute(vpc_id=vpc)).result()
    assert isinstance(found, DescribeVpcAttributeResponse)
    return found


def listed_vswitches(sim: Watched, **filters: Any) -> DescribeVSwitchesResponse:
    found = sim.ask(DescribeVSwitches(**{"region_id": REGION, **filters})).result()
    assert isinstance(found, DescribeVSwitchesResponse)
    return found


def shown_vswitch(sim: Watched, vswitch: str) -> DescribeVSwitchAttributesResponse:
    found = sim.ask(DescribeVSwitchAttributes(vswitch_id=vswitch)).result()
    assert isinstance(found, DescribeVSwitchAttributesResponse)
    return found


def listed_reservations(sim: Watched, **filters: Any) -> ListVSwitchCidrReservationsResponse:
    found = sim.ask(ListVSwitchCidrReservations(**{"region_id": REGION, **filters})).result()
    assert isinstance(found, ListVSwitchCidrReservationsResponse)
    return found


def shown_reservation(sim: Watched, reservation: str) -> CidrReservation:
    (only,) = listed_reservations(sim, vswitch_cidr_reservation_ids=(reservation,)).vswitch_cidr_reservations
    return only
