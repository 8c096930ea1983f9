"""Filters and pages of a description: how long a list may be, and which page there is.

A filter that finds nothing is no fault, so nothing is said about the form of ids and addresses.

Source: eni_api.md section 2.4; that a list beyond its length is an InvalidParameter is our choice.
"""

from cloudsim.api.requests import DescribeNetworkInterfaces
from cloudsim.api.rules.addresses import require_range, require_short
from cloudsim.errors.parameters import InvalidParameter
from cloudsim.errors.tags import InvalidTagKeyMalformed
from cloudsim.values.profile import Profile


def lists_are_short(request: DescribeNetworkInterfaces, _profile: Profile) -> None:
    """Refuse more than 100 ids or addresses, and more than 20 tags."""
    require_short("NetworkInterfaceId.N", request.network_interface_ids, 100)
    require_short("PrivateIpAddress.N", request.private_ip_addresses, 100)
    require_short("Ipv6Address.N", request.ipv6_addresses, 100)
    require_short("Tag.N", request.tags, 20)


def pages_are_in_range(request: DescribeNetworkInterfaces, _profile: Profile) -> None:
    """Refuse a page that cannot be; the new style of paging puts the old one's parameters out of force."""
    if request.max_results is not None or request.next_token:
        return
    if request.page_number is not None and request.page_number < 1:
        raise InvalidParameter(parameter="PageNumber", reason=f"asked for {request.page_number}, pages begin at 1")
    require_range("PageSize", request.page_size, 1, 100)


def tags_have_keys(request: DescribeNetworkInterfaces, _profile: Profile) -> None:
    """Refuse a tag without a key."""
    for tag in request.tags or ():
        if not tag.key:
            raise InvalidTagKeyMalformed(key="")
