"""DescribeNetworkInterfaces: filters joined by "and", and both styles of paging.

One filter costs its page, wherever that begins; several cost the smallest of their indexes (see
:mod:`cloudsim.resources.interface_index`). An id that is unknown is no error: it is simply not in the list. Pages of
the new style go on behind the ENI that was the last one, so that ENIs that come and go meanwhile move no others.

Source: eni_api.md section 2.4.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple, TypeAlias

from cloudsim.api.requests import DescribeNetworkInterfaces
from cloudsim.api.responses import DescribeNetworkInterfacesResponse
from cloudsim.errors.network import InvalidVpcEmpty
from cloudsim.operations.admission import admit
from cloudsim.operations.interfaces.late import seen, with_lingering
from cloudsim.operations.interfaces.presentation import described
from cloudsim.operations.operation import Call, Footprint, Operation, Phase, Touches
from cloudsim.operations.paging import PAGE_SIZE_DEFAULT, Page, is_new_style, read_token, size_in
from cloudsim.operations.policy import Policy
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.estate import Estate
from cloudsim.resources.interface import EniType, NetworkInterface
from cloudsim.resources.interface_index import By, tag_value
from cloudsim.resources.ledger import Mode
from cloudsim.resources.shelf import Shelf
from cloudsim.values.ids import AccountId, EniId, VpcId

Test: TypeAlias = Callable[[NetworkInterface], bool]

MAX_RESULTS_MAX: Final = 500


class Filter(NamedTuple):
    """One filter: what is looked for, where it is indexed, and how a single ENI is tested for it."""

    by: By
    value: str
    test: Test


def describe(cloud: Cloud, call: Call[DescribeNetworkInterfaces], policy: Policy) -> Operation:
    """List ENIs."""
    del policy
    yield Phase.ADMIT
    estate = admit(cloud, call)
    yield Phase.READ
    _require_vswitches(cloud, estate, call.request)
    cloud.ledger.touch(estate.interfaces_key, Mode.READ)
    lag = cloud.conditions.lag
    page = _page(estate, call.request, () if lag is None else lag.unseen(estate.interfaces_key))
    shown = [described(cloud, eni) for eni in page.things]
    cloud.answer(
        DescribeNetworkInterfacesResponse(
            request_id=call.draws.request_id(),
            network_interface_sets=tuple(shown if lag is None else [with_lingering(lag, one) for one in shown]),
            total_count=page.total,
            page_number=page.number,
            page_size=page.size,
            next_token=page.next_token,
        )
    )
    yield Phase.RESPOND


def _require_vswitches(cloud: Cloud, estate: Estate, request: DescribeNetworkInterfaces) -> None:
    """Refuse to look in a VPC in which nothing can be.

    Raises:
        InvalidVpcEmpty: the account's own VPC that a filter names has no vSwitch; an unknown one is no error.
    """
    if not request.vpc_id:
        return
    for key, mode in _vpc_touches(request, estate.account.id):
        cloud.ledger.touch(key, mode)
    vpc = estate.vpcs.get(VpcId(request.vpc_id))
    if vpc is not None and not vpc.vswitches:
        raise InvalidVpcEmpty(vpc=vpc.id)


def _vpc_touches(request: DescribeNetworkInterfaces, account: AccountId) -> Touches:
    """Say that the VPC that a filter names is looked at, and its vSwitches."""
    if not request.vpc_id:
        return ()
    return ((f"vpc:{request.vpc_id}", Mode.READ), (f"vswitches:{account}/{request.region_id}", Mode.READ))


def _page(
    estate: Estate, request: DescribeNetworkInterfaces, unseen: Sequence[NetworkInterface]
) -> Page[NetworkInterface]:
    """Find the page that is asked for, without the ENIs that are not to be seen yet.

    Raises:
        InvalidParameter: the next token is none of ours.
    """
    narrowest, tests = _narrowest(estate, request)
    shelf = seen(narrowest, unseen)
    if is_new_style(request.max_results, request.next_token):
        size = size_in(request.max_results, MAX_RESULTS_MAX)
        after = read_token(request.next_token)
        return _page_after(shelf, tests, -1 if after is None else after, size)
    number, size = request.page_number or 1, request.page_size or PAGE_SIZE_DEFAULT
    start = (number - 1) * size
    if not tests and isinstance(shelf, Shelf):
        return Page(shelf.page(start, size), len(shelf), number, size, "")
    found = [eni for eni in shelf if all(test(eni) for test in tests)]
    return Page(found[start : start + size], len(found), number, size, "")


def _page_after(
    shelf: "Shelf[NetworkInterface] | list[NetworkInterface]", tests: list[Test], after: int, size: int
) -> Page[NetworkInterface]:
    """Find a page of the new style; one ENI more than it holds tells whether another follows."""
    if not tests and isinstance(shelf, Shelf):
        found, total = shelf.page_after(after, size + 1), len(shelf)
    else:
        every = [eni for eni in shelf if all(test(eni) for test in tests)]
        found, total = sorted((eni for eni in every if eni.serial > after), key=lambda eni: eni.serial), len(every)
    things = found[:size]
    return Page(things, total, 1, size, str(things[-1].serial) if len(found) > size else "")


def _narrowest(
    estate: Estate, request: DescribeNetworkInterfaces
) -> "tuple[Shelf[NetworkInterface] | list[NetworkInterface], list[Test]]":
    """The ENIs to look at, by the narrowest index that the filters offer, and the tests that are left for them."""
    filters = [Filter(by, value, test) for by, value, test in _filters(request) if value]
    filters += [_tag_filter(tag.key or "", tag.value) for tag in request.tags or ()]
    lists = [(by, wanted) for by, wanted in _lists(request) if wanted]
    tests: list[Test] = [_any_test(by, wanted) for by, wanted in lists]
    if request.network_interface_ids:
        # Each once, in the order in which they are named.
        named = dict.fromkeys(EniId(eni) for eni in request.network_interface_ids)
        known = [estate.interfaces[eni] for eni in named if eni in estate.interfaces]
        return known, [*tests, *(one.test for one in filters)]
    index = estate.index
    shelves = [(index.shelf(one.by, one.value), one) for one in filters]
    if lists:
        by, wanted = lists[0]
        found = {eni.serial: eni for value in wanted for eni in index.shelf(by, value)}
        if not shelves or len(found) <= min(len(shelf) for shelf, _ in shelves):
            return [found[serial] for serial in sorted(found)], [*tests[1:], *(one.test for one in filters)]
    if not shelves:
        return index.shelf(By.ALL, ""), tests
    narrowest, chosen = min(shelves, key=lambda pair: len(pair[0]))
    return narrowest, [*tests, *(one.test for one in filters if one is not chosen)]


def _filters(request: DescribeNetworkInterfaces) -> tuple[tuple[By, str | None, Test], ...]:
    """The filters that ask for one value, each with its index and its test."""
    group, primary = request.security_group_id or "", request.primary_ip_address
    managed = None if request.service_managed is None else str(request.service_managed).lower()
    return (
        (By.VSWITCH, request.vswitch_id, lambda eni: eni.vswitch.id == request.vswitch_id),
        (By.VPC, request.vpc_id, lambda eni: eni.vswitch.vpc.id == request.vpc_id),
        (By.INSTANCE, request.instance_id, lambda eni: eni.instance == request.instance_id),
        (By.PRIMARY_ADDRESS, primary, lambda eni: eni.primary_ip_address == primary),
        (By.GROUP, group, lambda eni: eni.type is not EniType.PRIMARY and group in eni.security_group_ids),
        (By.NAME, request.network_interface_name, lambda eni: eni.name == request.network_interface_name),
        (By.TYPE, request.type, lambda eni: eni.type == request.type),
        (By.STATUS, request.status, lambda eni: eni.status == request.status),
        (By.RESOURCE_GROUP, request.resource_group_id, lambda eni: eni.resource_group == request.resource_group_id),
        (By.SERVICE_MANAGED, managed, lambda eni: eni.is_service_managed is request.service_managed),
    )


def _lists(request: DescribeNetworkInterfaces) -> tuple[tuple[By, tuple[str, ...] | None], ...]:
    """The filters that ask for any of several values."""
    return (By.ADDRESS, request.private_ip_addresses), (By.IPV6_ADDRESS, request.ipv6_addresses)


def _any_test(by: By, wanted: tuple[str, ...]) -> Test:
    def has_any(eni: NetworkInterface) -> bool:
        had: Iterable[str] = eni.private_ip_addresses
        if by is By.IPV6_ADDRESS:
            had = () if eni.extras is None else eni.extras.ipv6_addresses
        return any(address in wanted for address in had)

    return has_any


def _tag_filter(key: str, value: str | None) -> Filter:
    """A tag without a value finds every value of its key."""
    if value is None:
        return Filter(By.TAG_KEY, key, lambda eni: any(had == key for had, _ in eni.tags))
    return Filter(By.TAG, tag_value(key, value), lambda eni: (key, value) in eni.tags)


def footprint(cloud: Cloud, call: Call[DescribeNetworkInterfaces], policy: Policy, phase: Phase) -> Footprint:
    """Say what reading touches: the list of ENIs, which everything that makes, ends or changes one adds to."""
    del cloud, policy, phase
    own = (f"enis:{call.account}/{call.request.region_id}", Mode.READ)
    return (own, *_vpc_touches(call.request, call.account))
