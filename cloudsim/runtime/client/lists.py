"""The client's whole lists: all pages of a Describe or List, one thing after the other.

Source: eni_api.md section 2.4 (both styles of paging for ENIs) and sections 2.9 to 2.13.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeVar

from cloudsim.api.requests import (
    DescribeInstances,
    DescribeInstanceStatus,
    DescribeInstanceTypes,
    DescribeNetworkInterfaces,
    DescribeRouteTableList,
    DescribeSecurityGroups,
    DescribeVpcs,
    DescribeVSwitches,
    ListTagResources,
    ListVSwitchCidrReservations,
    Request,
)
from cloudsim.api.responses import (
    DescribeInstancesResponse,
    DescribeInstanceStatusResponse,
    DescribeInstanceTypesResponse,
    DescribeNetworkInterfacesResponse,
    DescribeRouteTableListResponse,
    DescribeSecurityGroupsResponse,
    DescribeVpcsResponse,
    DescribeVSwitchesResponse,
    ListTagResourcesResponse,
    ListVSwitchCidrReservationsResponse,
    NetworkInterfaceSet,
    Response,
)
from cloudsim.errors.own import SettingError
from cloudsim.runtime.client.asking import Asking
from cloudsim.runtime.pages import Listing, PageStyle, as_style

if TYPE_CHECKING:
    from typing import Unpack

    from cloudsim.api.responses.groups import SecurityGroupItem
    from cloudsim.api.responses.instances import InstanceShown, InstanceStatusShown, InstanceTypeShown
    from cloudsim.api.responses.networks import RouteTableShape, VpcShape, VSwitchShape
    from cloudsim.api.responses.reservations import CidrReservation
    from cloudsim.api.responses.tagging import TagResourceItem
    from cloudsim.runtime.parameters.groups import (
        DescribeSecurityGroupsParameters,
    )
    from cloudsim.runtime.parameters.instances import (
        DescribeInstancesParameters,
        DescribeInstanceStatusParameters,
        DescribeInstanceTypesParameters,
    )
    from cloudsim.runtime.parameters.interfaces import (
        DescribeNetworkInterfacesParameters,
    )
    from cloudsim.runtime.parameters.networks import (
        DescribeRouteTableListParameters,
        DescribeVpcsParameters,
        DescribeVSwitchesParameters,
    )
    from cloudsim.runtime.parameters.reservations import (
        ListVSwitchCidrReservationsParameters,
    )
    from cloudsim.runtime.parameters.tagging import (
        ListTagResourcesParameters,
    )

ItemT = TypeVar("ItemT")
AnswerT = TypeVar("AnswerT", bound=Response)

_OF_STYLE: Final = {
    PageStyle.TOKENS: ("max_results", "next_token"),
    PageStyle.PAGES: ("page_size", "page_number"),
}
"""The parameters of each style."""
_SIZES: Final = {"max_results": 100, "page_size": 50}
"""The size of a page where the caller names none: what every list takes."""


class Lists(Asking):
    """Whole lists. Each takes the filters of its action; ``max_results`` or ``page_size`` say how large its pages are.

    The style of paging is ``tokens`` where the action has NextToken and ``pages`` else, unless one is said; one
    that the action lacks raises SettingError. The calls are made while the list is walked through, and what they raise
    stands at ``Client``.
    """

    def all_network_interfaces(
        self, *, style: PageStyle | str | None = None, **filters: Unpack[DescribeNetworkInterfacesParameters]
    ) -> Listing[NetworkInterfaceSet]:
        """List ENIs."""
        return self._list(
            DescribeNetworkInterfaces,
            DescribeNetworkInterfacesResponse,
            lambda answer: answer.network_interface_sets,
            filters,
            style,
        )

    def all_instances(
        self, *, style: PageStyle | str | None = None, **filters: Unpack[DescribeInstancesParameters]
    ) -> Listing[InstanceShown]:
        """List instances."""
        return self._list(DescribeInstances, DescribeInstancesResponse, lambda answer: answer.instances, filters, style)

    def all_instance_statuses(
        self, *, style: PageStyle | str | None = None, **filters: Unpack[DescribeInstanceStatusParameters]
    ) -> Listing[InstanceStatusShown]:
        """List instances with nothing but their status."""
        return self._list(
            DescribeInstanceStatus,
            DescribeInstanceStatusResponse,
            lambda answer: answer.instance_statuses,
            filters,
            style,
        )

    def all_instance_types(
        self, *, style: PageStyle | str | None = None, **filters: Unpack[DescribeInstanceTypesParameters]
    ) -> Listing[InstanceTypeShown]:
        """List types of the catalogue."""
        return self._list(
            DescribeInstanceTypes, DescribeInstanceTypesResponse, lambda answer: answer.instance_types, filters, style
        )

    def all_vpcs(
        self, *, style: PageStyle | str | None = None, **filters: Unpack[DescribeVpcsParameters]
    ) -> Listing[VpcShape]:
        """List VPCs."""
        return self._list(DescribeVpcs, DescribeVpcsResponse, lambda answer: answer.vpcs, filters, style)

    def all_route_tables(
        self, *, style: PageStyle | str | None = None, **filters: Unpack[DescribeRouteTableListParameters]
    ) -> Listing[RouteTableShape]:
        """List route tables."""
        return self._list(
            DescribeRouteTableList, DescribeRouteTableListResponse, lambda answer: answer.route_tables, filters, style
        )

    def all_vswitches(
        self, *, style: PageStyle | str | None = None, **filters: Unpack[DescribeVSwitchesParameters]
    ) -> Listing[VSwitchShape]:
        """List vSwitches."""
        return self._list(DescribeVSwitches, DescribeVSwitchesResponse, lambda answer: answer.vswitches, filters, style)

    def all_vswitch_cidr_reservations(
        self, *, style: PageStyle | str | None = None, **filters: Unpack[ListVSwitchCidrReservationsParameters]
    ) -> Listing[CidrReservation]:
        """List reserved blocks."""
        return self._list(
            ListVSwitchCidrReservations,
            ListVSwitchCidrReservationsResponse,
            lambda answer: answer.vswitch_cidr_reservations,
            filters,
            style,
        )

    def all_security_groups(
        self, *, style: PageStyle | str | None = None, **filters: Unpack[DescribeSecurityGroupsParameters]
    ) -> Listing[SecurityGroupItem]:
        """List security groups."""
        return self._list(
            DescribeSecurityGroups,
            DescribeSecurityGroupsResponse,
            lambda answer: answer.security_groups,
            filters,
            style,
        )

    def all_tag_resources(
        self, *, style: PageStyle | str | None = None, **filters: Unpack[ListTagResourcesParameters]
    ) -> Listing[TagResourceItem]:
        """List tags with what they are bound to."""
        return self._list(
            ListTagResources, ListTagResourcesResponse, lambda answer: answer.tag_resources, filters, style
        )

    def _list(
        self,
        kind: type[Request],
        answer_kind: type[AnswerT],
        items: Callable[[AnswerT], Sequence[ItemT]],
        filters: Mapping[str, Any],
        style: PageStyle | str | None,
    ) -> Listing[ItemT]:
        """Begin a list.

        Args:
            kind: of the request.
            answer_kind: of its answers.
            items: takes an answer's items out of it.
            filters: what to ask for.
            style: of paging; that of tokens, where there is one, if None.

        Raises:
            SettingError: the action has no such style, or a filter cannot be.
        """
        known = kind.__struct_fields__
        if style is None:
            style = PageStyle.TOKENS if "next_token" in known else PageStyle.PAGES
        by_token = as_style(style) is PageStyle.TOKENS
        if ("next_token" if by_token else "page_number") not in known:
            raise SettingError(f"{kind.action} has no pages of the style {str(style)!r}")
        for name in _OF_STYLE[PageStyle.PAGES if by_token else PageStyle.TOKENS]:
            if filters.get(name) is not None:  # the service would go by tokens, whatever else was said
                raise SettingError(f"{name} has no place in a list in the style {str(style)!r}")
        wish = dict(filters)
        size = "max_results" if by_token else "page_size"
        if size in known and not wish.get(size):
            wish[size] = _SIZES[size]
        if not by_token:
            wish["page_number"] = wish.get("page_number") or 1

        async def next_page() -> tuple[Sequence[ItemT], bool]:
            answer: Any = await self._ask(kind, answer_kind, wish)
            if by_token:
                wish["next_token"] = answer.next_token
                return items(answer), bool(answer.next_token)
            wish["page_number"] += 1
            return items(answer), answer.page_number * answer.page_size < answer.total_count

        return Listing(next_page)
