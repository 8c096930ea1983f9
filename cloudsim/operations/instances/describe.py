"""DescribeInstances and DescribeInstanceStatus: filters joined by "and", and pages.

An id that is unknown is no error: it is simply not in the list. Pages of the new style go on at a place in the list,
so instances that end meanwhile move those behind them.

Price: ids cost what they name, a vSwitch the ENIs in it, anything else all instances of the account in the region.

Source: eni_api.md section 2.10; wire.md W12 (an empty array of ids finds nothing).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, TypeAlias

from cloudsim.api.requests import DescribeInstances, DescribeInstanceStatus
from cloudsim.api.responses import DescribeInstancesResponse, DescribeInstanceStatusResponse
from cloudsim.api.responses.instances import InstanceStatusShown
from cloudsim.errors.parameters import DryRunOperation
from cloudsim.operations.admission import admit
from cloudsim.operations.instances.catalogue import family_of
from cloudsim.operations.instances.presentation import name_of, shown
from cloudsim.operations.operation import Call, Footprint, Operation, Phase
from cloudsim.operations.paging import is_new_style, page_by_number, page_by_token, size_in
from cloudsim.operations.policy import Policy
from cloudsim.operations.tags import has_tags
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.estate import Estate
from cloudsim.resources.instance import Instance
from cloudsim.resources.interface import EniExtras, EniType
from cloudsim.resources.ledger import Mode
from cloudsim.values.ids import InstanceId, VSwitchId

Test: TypeAlias = Callable[[Instance], bool]

MAX_RESULTS_MAX: Final = 100


def describe(cloud: Cloud, call: Call[DescribeInstances], policy: Policy) -> Operation:
    """List instances."""
    del policy
    request = call.request
    yield Phase.ADMIT
    estate = admit(cloud, call)
    if request.dry_run:
        raise DryRunOperation
    yield Phase.READ
    cloud.ledger.touch(estate.instances_key, Mode.READ)
    cloud.ledger.touch(estate.interfaces_key, Mode.READ)
    tests = list(_tests(request))
    found = [one for one in _candidates(estate, request) if all(test(one) for test in tests)]
    if is_new_style(request.max_results, request.next_token):
        size = size_in(request.max_results, MAX_RESULTS_MAX)
        page = page_by_token(found, request.next_token, size)
    else:
        page = page_by_number(found, request.page_number, request.page_size)
    cloud.answer(
        DescribeInstancesResponse(
            request_id=call.draws.request_id(),
            instances=tuple([shown(instance) for instance in page.things]),
            total_count=page.total,
            page_number=page.number,
            page_size=page.size,
            next_token=page.next_token,
        )
    )
    yield Phase.RESPOND


def _candidates(estate: Estate, request: DescribeInstances) -> Iterable[Instance]:
    """The instances to look at, oldest first, or as they are named."""
    if request.instance_ids is not None:
        return _known(estate, request.instance_ids)
    if not request.vswitch_id:
        return estate.instances.values()
    vswitch = estate.vswitches.get(VSwitchId(request.vswitch_id))
    return [
        estate.instances[eni.instance]
        for eni in (vswitch.interfaces.values() if vswitch is not None else ())
        if eni.type is EniType.PRIMARY and eni.instance is not None
    ]


def _known(estate: Estate, ids: Iterable[str]) -> list[Instance]:
    named = dict.fromkeys(InstanceId(one) for one in ids)
    return [estate.instances[one] for one in named if one in estate.instances]


def _tests(request: DescribeInstances) -> Iterator[Test]:
    """A test for each filter that is given."""
    for wanted, value_of in (
        (request.image_id, lambda one: one.image),
        (request.instance_type, lambda one: one.type.name),
        (request.instance_type_family, lambda one: family_of(one.type.name)),
        (request.instance_network_type, lambda _: "vpc"),
        (request.vpc_id, lambda one: one.primary.vswitch.vpc.id),
        (request.vswitch_id, lambda one: one.primary.vswitch.id),
        (request.zone_id, lambda one: one.zone),
        (request.status, lambda one: one.status),
        (request.resource_group_id, lambda one: one.resource_group),
    ):
        if wanted:
            yield _equals(wanted, value_of)
    if request.instance_name:
        pieces = request.instance_name.split("*")
        yield lambda one: _is_joined(name_of(one), pieces)
    if request.security_group_id:
        yield lambda one: request.security_group_id in one.primary.security_group_ids
    if request.private_ip_addresses is not None:
        yield _any_of(request.private_ip_addresses, lambda one: one.primary.private_ip_addresses)
    if request.ipv6_addresses:
        yield _any_of(request.ipv6_addresses, lambda one: (one.primary.extras or EniExtras()).ipv6_addresses)
    if request.tags:
        yield lambda one: has_tags(one.tags, request.tags)


def _is_joined(name: str, pieces: Sequence[str]) -> bool:
    """Whether a name is these pieces with anything between them; in linear time, which no regular expression keeps."""
    first, last = pieces[0], pieces[-1]
    if len(pieces) == 1:
        return name == first
    place, end = len(first), len(name) - len(last)
    if place > end or not (name.startswith(first) and name.endswith(last)):
        return False
    for piece in pieces[1:-1]:
        found = name.find(piece, place, end)
        if found < 0:
            return False
        place = found + len(piece)
    return True


def _equals(wanted: str, value_of: Callable[[Instance], str]) -> Test:
    return lambda one: value_of(one) == wanted


def _any_of(wanted: tuple[str, ...], values_of: Callable[[Instance], tuple[str, ...]]) -> Test:
    return lambda one: any(value in wanted for value in values_of(one))


def describe_status(cloud: Cloud, call: Call[DescribeInstanceStatus], policy: Policy) -> Operation:
    """List instances with nothing but their status."""
    del policy
    request = call.request
    yield Phase.ADMIT
    estate = admit(cloud, call)
    yield Phase.READ
    cloud.ledger.touch(estate.instances_key, Mode.READ)
    named = _known(estate, request.instance_ids) if request.instance_ids else list(estate.instances.values())
    found = [one for one in named if request.zone_id in (None, "", one.zone)]
    page = page_by_number(found, request.page_number, request.page_size)
    cloud.answer(
        DescribeInstanceStatusResponse(
            request_id=call.draws.request_id(),
            instance_statuses=tuple(
                [InstanceStatusShown(instance_id=one.id, status=one.status) for one in page.things]
            ),
            total_count=page.total,
            page_number=page.number,
            page_size=page.size,
        )
    )
    yield Phase.RESPOND


def footprint(
    cloud: Cloud, call: Call[DescribeInstances] | Call[DescribeInstanceStatus], policy: Policy, phase: Phase
) -> Footprint:
    """Say what reading touches: the lists of instances and ENIs, to which every change of one adds."""
    del cloud, policy, phase
    where = f"{call.account}/{call.request.region_id}"
    return ((f"instances:{where}", Mode.READ), (f"enis:{where}", Mode.READ))
