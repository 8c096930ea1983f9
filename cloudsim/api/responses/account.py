"""Answers that list regions, zones and quotas.

Source: eni_api.md section 2.12; the references of the three operations.
"""

from typing import ClassVar

from msgspec import field

from cloudsim.api.responses.base import Answer, Shape


class RegionItem(Shape, frozen=True, kw_only=True, gc=False):
    """A region."""

    region_id: str
    local_name: str
    region_endpoint: str
    status: str
    """``available`` or ``soldOut``."""


class DescribeRegionsResponse(Answer, frozen=True, kw_only=True, gc=False):
    """Answer of DescribeRegions."""

    action: ClassVar[str] = "DescribeRegions"

    regions: tuple[RegionItem, ...] = field(name="Regions.Region")


class ZoneItem(Shape, frozen=True, kw_only=True, gc=False):
    """A zone; there are no disks and no dedicated hosts in this cloud."""

    zone_id: str
    local_name: str
    zone_type: str = "AvailabilityZone"
    available_resource_creation: tuple[str, ...] = field(default=(), name="AvailableResourceCreation.ResourceTypes")
    available_instance_types: tuple[str, ...] = field(default=(), name="AvailableInstanceTypes.InstanceTypes")
    available_disk_categories: tuple[str, ...] = field(default=(), name="AvailableDiskCategories.DiskCategories")
    available_dedicated_host_types: tuple[str, ...] = field(
        default=(), name="AvailableDedicatedHostTypes.DedicatedHostType"
    )


class DescribeZonesResponse(Answer, frozen=True, kw_only=True, gc=False):
    """Answer of DescribeZones."""

    action: ClassVar[str] = "DescribeZones"

    zones: tuple[ZoneItem, ...] = field(name="Zones.Zone")


class ValueItem(Shape, frozen=True, kw_only=True, gc=False):
    """A value of an attribute; numbers are texts, too."""

    value: str


class AccountAttributeItem(Shape, frozen=True, kw_only=True, gc=False):
    """An attribute of an account."""

    attribute_name: str
    attribute_values: tuple[ValueItem, ...] = field(name="AttributeValues.ValueItem")


class DescribeAccountAttributesResponse(Answer, frozen=True, kw_only=True, gc=False):
    """Answer of DescribeAccountAttributes."""

    action: ClassVar[str] = "DescribeAccountAttributes"

    account_attribute_items: tuple[AccountAttributeItem, ...] = field(name="AccountAttributeItems.AccountAttributeItem")
