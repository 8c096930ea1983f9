"""Regions, zones and the quotas of an account."""

from typing import Any, Final

from cloudsim.api.requests import DescribeAccountAttributes, DescribeRegions, DescribeZones, Request
from cloudsim.operations.account import attributes, places
from cloudsim.operations.operation import OperationKind

KINDS: Final[dict[type[Request], OperationKind[Any]]] = {
    DescribeRegions: OperationKind(places.describe_regions, places.footprint),
    DescribeZones: OperationKind(places.describe_zones, places.footprint),
    DescribeAccountAttributes: OperationKind(attributes.describe, attributes.footprint),
}
"""Which operation does which request."""
