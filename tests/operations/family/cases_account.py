"""Refusals of the operations of this subject."""

from cloudsim.api.requests import DescribeAccountAttributes, DescribeZones
from cloudsim.simulation.world.builder import World
from tests.operations.family.harness import Case, case
from tests.small_world import REGION


def out_of_service() -> World:
    return World().account("acme", regions_out_of_service=[REGION]).region(REGION)


CASES: tuple[Case, ...] = (
    case("InvalidRegionId.NotFound", 404, DescribeZones(region_id="cn-nowhere"), "cn-nowhere"),
    case("Forbidden.RegionId", 400, DescribeZones(region_id=REGION), REGION, "acme", world=out_of_service),
    case("Invalid.Parameter", 403, DescribeAccountAttributes(), "regionId must be not null"),
    case(
        "InvalidParameter",
        400,
        DescribeAccountAttributes(region_id=REGION, attribute_names=("max-security-groups",) * 9),
        "AttributeName.N",
        "9",
        "8",
    ),
    case(
        "InvalidParameter",
        400,
        DescribeAccountAttributes(region_id=REGION, attribute_names=("max-flying-carpets",)),
        "max-flying-carpets",
    ),
)
