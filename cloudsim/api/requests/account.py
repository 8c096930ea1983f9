"""Regions, zones and the quotas of an account.

Source: eni_api.md section 2.12; the references of the three operations.
"""

from typing import ClassVar

from msgspec import field

from cloudsim.api.requests.base import Request


class DescribeRegions(Request, frozen=True, kw_only=True, gc=False):
    """List the regions; RegionId is not asked for."""

    action: ClassVar[str] = "DescribeRegions"
    without_effect: ClassVar[tuple[str, ...]] = ("InstanceChargeType", "ResourceType")

    accept_language: str | None = None
    """In which language LocalName is: ``zh-CN`` (by default), else English."""


class DescribeZones(Request, frozen=True, kw_only=True, gc=False):
    """List the zones of a region."""

    action: ClassVar[str] = "DescribeZones"
    without_effect: ClassVar[tuple[str, ...]] = ("InstanceChargeType", "SpotStrategy")

    accept_language: str | None = None
    """In which language LocalName is: ``zh-CN`` (by default), else English."""
    verbose: bool | None = None
    """Whether to list what can be made in each zone; true by default."""


class DescribeAccountAttributes(Request, frozen=True, kw_only=True, gc=False):
    """Read the account's quotas in a region."""

    action: ClassVar[str] = "DescribeAccountAttributes"
    without_effect: ClassVar[tuple[str, ...]] = ("ZoneId",)

    attribute_names: tuple[str, ...] | None = field(default=None, name="AttributeName")
    """1 to 8 documented names, such as ``max-elastic-network-interfaces``; every one that has a value unless given."""
