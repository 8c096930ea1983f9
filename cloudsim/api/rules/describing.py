"""Filters and pages of a description: how long a list may be, and which page there is.

A filter that finds nothing is no fault, so nothing is said about the form of ids and addresses.

Source: eni_api.md section 2.4; that a list beyond its length is an InvalidParameter is our choice.
"""

import re
from typing import Final, TypeAlias

from cloudsim.api.requests import DescribeInstances, DescribeNetworkInterfaces, DescribeSecurityGroups, Tag
from cloudsim.api.rules.bounds import require_range, require_short
from cloudsim.errors.account import InvalidRegionIdMalFormed
from cloudsim.errors.parameters import InvalidParameter
from cloudsim.errors.tags import InvalidTagKeyMalformed
from cloudsim.values.profile import Profile

_REGION: Final = re.compile(r"[a-z0-9-]+", re.ASCII)
"""The form of a region's id."""

TAGS_MAX: Final = 20
"""The most tags that are looked for at once."""

BothStyles: TypeAlias = DescribeNetworkInterfaces | DescribeInstances | DescribeSecurityGroups
"""What asks for a page by number and size, or by a token from the page before."""


def require_page(number: int | None, size: int | None, size_max: int) -> None:
    """Refuse a page that cannot be.

    Raises:
        InvalidParameter: pages begin at 1, and have from 1 to ``size_max`` things.
    """
    if number is not None and number < 1:
        raise InvalidParameter(parameter="PageNumber", reason=f"asked for {number}, pages begin at 1")
    require_range("PageSize", size, 1, size_max)


def require_page_of_either_style(request: BothStyles, size_max: int) -> None:
    """Refuse a page that cannot be; the new style of paging puts the old one's parameters out of force.

    Raises:
        InvalidParameter: as :func:`require_page`.
    """
    if request.max_results is None and not request.next_token:
        require_page(request.page_number, request.page_size, size_max)


def require_keys(tags: tuple[Tag, ...] | None) -> None:
    """Refuse a tag without a key among those that are looked for.

    Raises:
        InvalidTagKeyMalformed: one has none.
    """
    for tag in tags or ():
        if not tag.key:
            raise InvalidTagKeyMalformed(key="")


def region_is_well_formed(request: DescribeNetworkInterfaces, _profile: Profile) -> None:
    """Refuse what has not the form of a region's id; whether there is such a region is seen later."""
    if not _REGION.fullmatch(request.region_id or ""):
        raise InvalidRegionIdMalFormed(region=request.region_id or "")


def lists_are_short(request: DescribeNetworkInterfaces, _profile: Profile) -> None:
    """Refuse more than 100 ids or addresses, and more than 20 tags."""
    require_short("NetworkInterfaceId.N", request.network_interface_ids, 100)
    require_short("PrivateIpAddress.N", request.private_ip_addresses, 100)
    require_short("Ipv6Address.N", request.ipv6_addresses, 100)
    require_short("Tag.N", request.tags, TAGS_MAX)


def pages_are_in_range(request: DescribeNetworkInterfaces, _profile: Profile) -> None:
    """Refuse a page that cannot be."""
    require_page_of_either_style(request, 100)


def tags_have_keys(request: DescribeNetworkInterfaces, _profile: Profile) -> None:
    """Refuse a tag without a key."""
    require_keys(request.tags)
