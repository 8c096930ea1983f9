"""Typed parameters of the methods on regions, zones and quotas; what each means stands at the fields of its request."""

from collections.abc import Sequence
from typing import TypedDict


class DescribeRegionsParameters(TypedDict, total=False):
    """Of describe_regions."""

    region_id: str
    accept_language: str


class DescribeZonesParameters(TypedDict, total=False):
    """Of describe_zones."""

    region_id: str
    accept_language: str
    verbose: bool


class DescribeAccountAttributesParameters(TypedDict, total=False):
    """Of describe_account_attributes."""

    region_id: str
    attribute_names: Sequence[str]
