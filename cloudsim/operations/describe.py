"""DescribeNetworkInterfaces: filters joined by "and", and both styles of paging.

A filter by ids or by vSwitch costs in proportion to what it names; any other looks at every ENI of the account in the
region. An id that is unknown is no error: it is simply not in the list.

Source: eni_api.md section 2.4.
"""

from collections.abc import Callable, Iterable
from typing import Final, TypeAlias

from cloudsim.api.requests import DescribeNetworkInterfaces
from cloudsim.api.responses import DescribeNetworkInterfacesResponse
from cloudsim.errors.parameters import InvalidParameter
from cloudsim.operations.admission import admit
from cloudsim.operations.operation import Call, Footprint, Operation, Phase
from cloudsim.operations.policy import Policy
from cloudsim.operations.presentation import described
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.estate import Estate
from cloudsim.resources.interface import EniType, NetworkInterface
from cloudsim.resources.ledger import Mode
from cloudsim.values.ids import EniId, VSwitchId

Test: TypeAlias = Callable[[NetworkInterface], bool]

PAGE_SIZE_DEFAULT: Final = 10
MAX_RESULTS_MIN: Final = 10
MAX_RESULTS_MAX: Final = 500


def describe(cloud: Cloud, call: Call[DescribeNetworkInterfaces], policy: Policy) -> Operation:
    """List ENIs."""
    del policy
    yield Phase.ADMIT
    estate = admit(cloud, call)
    yield Phase.READ
    if cloud.ledger.watcher is not None:
        cloud.ledger.touch(estate.interfaces_key, Mode.READ)
    request = call.request
    tests = _tests(request)
    found = [eni for eni in _candidates(cloud, estate, request) if all(test(eni) for test in tests)]
    start, size, page_number = _page(request)
    page = found[start : start + size]
    is_last = start + size >= len(found)
    cloud.answer(
        DescribeNetworkInterfacesResponse(
            request_id=call.draws.request_id(),
            network_interface_sets=tuple([described(cloud, eni) for eni in page]),
            total_count=len(found),
            page_number=page_number,
            page_size=size,
            next_token="" if is_last or not _is_new_style(request) else str(start + size),
        )
    )
    yield Phase.RESPOND


def _is_new_style(request: DescribeNetworkInterfaces) -> bool:
    return request.max_results is not None or bool(request.next_token)


def _page(request: DescribeNetworkInterfaces) -> tuple[int, int, int]:
    """Where the page begins, how long it may be, and its number.

    Raises:
        InvalidParameter: the next token is none of ours.
    """
    if _is_new_style(request):
        size = min(max(request.max_results or MAX_RESULTS_MIN, MAX_RESULTS_MIN), MAX_RESULTS_MAX)
        token = request.next_token or "0"
        if not (token.isascii() and token.isdigit() and len(token) < 20):
            raise InvalidParameter(parameter="NextToken", reason=f"{token[:40]!r} is not from an answer")
        return int(token), size, 1
    number, size = request.page_number or 1, request.page_size or PAGE_SIZE_DEFAULT
    return (number - 1) * size, size, number


def _candidates(cloud: Cloud, estate: Estate, request: DescribeNetworkInterfaces) -> Iterable[NetworkInterface]:
    """The ENIs to look at, by the narrowest index that the filters offer."""
    if request.network_interface_ids:
        # Each once, in the order in which they are named.
        wanted = dict.fromkeys(EniId(eni) for eni in request.network_interface_ids)
        return [estate.interfaces[eni] for eni in wanted if eni in estate.interfaces]
    if request.vswitch_id:
        vswitch = cloud.vswitches.get(VSwitchId(request.vswitch_id))
        is_ours = vswitch is not None and cloud.estate_of(vswitch) is estate
        return vswitch.interfaces.values() if vswitch is not None and is_ours else ()
    return estate.interfaces.values()


def _tests(request: DescribeNetworkInterfaces) -> list[Test]:
    """One test for each filter that is given."""
    tests: list[Test] = [test for given, test in _filters(request) if given]
    tests += [_tag_test(tag.key or "", tag.value) for tag in request.tags or ()]
    return tests


def _filters(request: DescribeNetworkInterfaces) -> tuple[tuple[object, Test], ...]:
    """Each filter with its test."""
    wanted4, wanted6 = request.private_ip_addresses, request.ipv6_addresses
    return (
        (request.vswitch_id, lambda eni: eni.vswitch.id == request.vswitch_id),
        (request.vpc_id, lambda eni: eni.vswitch.vpc.id == request.vpc_id),
        (request.instance_id, lambda eni: eni.instance == request.instance_id),
        (request.primary_ip_address, lambda eni: eni.primary_ip_address == request.primary_ip_address),
        (wanted4, lambda eni: _any_of(wanted4, eni.private_ip_addresses)),
        (wanted6, lambda eni: eni.extras is not None and _any_of(wanted6, eni.extras.ipv6_addresses)),
        (request.security_group_id, lambda eni: _is_secondary_in(eni, request.security_group_id)),
        (request.network_interface_name, lambda eni: eni.name == request.network_interface_name),
        (request.type, lambda eni: eni.type == request.type),
        # No cloud product manages an ENI here.
        (request.service_managed, lambda eni: False),  # noqa: ARG005
        (request.status, lambda eni: eni.status == request.status),
        (request.resource_group_id, lambda eni: eni.resource_group == request.resource_group_id),
    )


def _any_of(wanted: tuple[str, ...] | None, had: tuple[str, ...]) -> bool:
    return any(address in had for address in wanted or ())


def _is_secondary_in(eni: NetworkInterface, group: str | None) -> bool:
    return eni.type is not EniType.PRIMARY and group in eni.security_group_ids


def _tag_test(key: str, value: str | None) -> Test:
    """A tag without a value finds every value of its key."""
    return lambda eni: any(had == key and value in (None, had_value) for had, had_value in eni.tags)


def footprint(cloud: Cloud, call: Call[DescribeNetworkInterfaces], policy: Policy, phase: Phase) -> Footprint:
    """Say what a phase may touch: the list of ENIs, which everything that makes, ends or changes one adds to."""
    del cloud, policy
    if phase is Phase.READ:
        return ((f"enis:{call.account}/{call.request.region_id}", Mode.READ),)
    return ()
