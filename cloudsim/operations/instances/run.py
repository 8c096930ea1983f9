"""RunInstances, top to bottom: instances with their ENIs, all of them or none.

The answer comes while the instances are Pending; then they are Starting, and Running, each after the time of a FINISH.
What is held for one instance is held for all before any exists, so a refusal leaves nothing behind. With MinAmount a
launch makes do with fewer where quota, groups or addresses do not reach. A dry run goes the same way up to COMMIT and
claims no ClientToken.

Source: RunInstances, help page of 2024; eni_api.md sections 2.10 and 3; what both leave open is a Policy.
"""

from cloudsim.api.requests import InstanceInterface, RunInstances
from cloudsim.api.responses import RunInstancesResponse
from cloudsim.api.rules.launching import others_of, primary_of
from cloudsim.errors.instances import LaunchTokenMismatch
from cloudsim.errors.parameters import DryRunOperation
from cloudsim.errors.tokens import IdempotentParameterMismatch
from cloudsim.operations.admission import admit
from cloudsim.operations.finding import placing_touches
from cloudsim.operations.holding import PHASES_IN_ORDER, reserving_touches
from cloudsim.operations.instances.birth import Newborn, make, require_allowed
from cloudsim.operations.instances.launch_holdings import LaunchHoldings
from cloudsim.operations.instances.launch_site import (
    LaunchSite,
    alone,
    group_ids,
    launch_key,
    require_launchable,
    resolve,
)
from cloudsim.operations.instances.turn import turn
from cloudsim.operations.operation import Call, Footprint, Operation, Phase, Touches
from cloudsim.operations.policy import Policy
from cloudsim.operations.tokening import claim_token, repeated, token_of, token_touches
from cloudsim.resources.cloud import Cloud, eni_key
from cloudsim.resources.conditions import stock_key
from cloudsim.resources.estate import Estate
from cloudsim.resources.instance import Instance, InstanceStatus
from cloudsim.resources.interface import EniEvent, EniStatus, NetworkInterface
from cloudsim.resources.ledger import Mode
from cloudsim.resources.pin import pins_key
from cloudsim.resources.tokens import Claim, NoToken
from cloudsim.values.ids import AccountId, EniId, RegionId, VSwitchId


def run(cloud: Cloud, call: Call[RunInstances], policy: Policy) -> Operation:
    """Make instances and start them."""
    request = call.request
    yield Phase.ADMIT
    estate = admit(cloud, call)
    if token_of(request) and not request.dry_run:
        yield Phase.CLAIM_TOKEN
    launched: list[tuple[Instance, list[NetworkInterface]]] = []
    with _claim(estate, request, policy) as claim:
        if claim.repeat is not None:
            cloud.answer(repeated(claim.repeat, call, RunInstancesResponse))
        else:
            yield Phase.RESOLVE
            site = resolve(cloud, estate, request)
            with alone(cloud, estate), LaunchHoldings(cloud, request, site) as holdings:
                for phase in PHASES_IN_ORDER[policy.order]:
                    yield phase
                    holdings.take(phase, estate)
                yield Phase.COMMIT
                newborns = make(cloud, call, site, holdings.shares)
                joining = _joining(cloud, estate, site, newborns[0])
                if request.dry_run:
                    raise DryRunOperation
                holdings.keep()
                launched = _live(cloud, site, newborns, joining)
                ids = tuple([instance.id for instance, _ in launched])
                answer = RunInstancesResponse(request_id=call.draws.request_id(), instance_id_sets=ids)
                claim.settle(answer)
                cloud.answer(answer)
    yield Phase.RESPOND
    if not launched:
        return
    yield Phase.FINISH
    for instance, enis in launched:
        _attached(cloud, instance, enis)
        turn(cloud, instance, InstanceStatus.PENDING, InstanceStatus.STARTING)
    yield Phase.FINISH
    for instance, _ in launched:
        turn(cloud, instance, InstanceStatus.STARTING, InstanceStatus.RUNNING)


def _claim(estate: Estate, request: RunInstances, policy: Policy) -> Claim:
    """Claim the request's token, which a dry run leaves alone.

    Raises:
        LaunchTokenMismatch: the token stands for other parameters; the other refusals are those of every action.
    """
    if request.dry_run:
        return NoToken()
    try:
        return claim_token(estate, request, policy)
    except IdempotentParameterMismatch as refusal:
        raise LaunchTokenMismatch(**refusal.facts) from None


def _joining(cloud: Cloud, estate: Estate, site: LaunchSite, newborn: Newborn) -> list[NetworkInterface]:
    """Find the ENIs that exist and put them on the only instance, which does not exist yet.

    What was true of them at RESOLVE is asked again.

    Raises:
        ApiError: one cannot be put on it any more, or its type does not allow that.
    """
    joining = []
    for asked in site.existing:
        eni = require_launchable(cloud, estate, asked.network_interface_id or "", site.home, mode=Mode.WRITE)
        newborn.instance.begin_with(eni)
        require_allowed(newborn.instance, eni)
        joining.append(eni)
    return joining


def _live(
    cloud: Cloud, site: LaunchSite, newborns: list[Newborn], joining: list[NetworkInterface]
) -> list[tuple[Instance, list[NetworkInterface]]]:
    """Let the instances exist, and put the ENIs that exist already on the only one of them.

    Returns:
        The instances, each with the ENIs that are Attaching to it.
    """
    launched = []
    for newborn in newborns:
        newborn.live(cloud)
        launched.append((newborn.instance, newborn.enis[1:] + joining))
    for asked, eni in zip(site.existing, joining, strict=True):
        with cloud.changing(eni):
            eni.instance = newborns[0].instance.id
            eni.extras = eni.with_extras(network_card_index=asked.network_card_index)
        cloud.advance(eni, EniEvent.ATTACH)
    return launched


def _attached(cloud: Cloud, instance: Instance, enis: list[NetworkInterface]) -> None:
    """Bring ENIs to where they were on their way to, unless their instance has ended meanwhile."""
    for eni in enis:
        if eni.status is EniStatus.ATTACHING and eni.instance == instance.id:
            cloud.advance(eni, EniEvent.ATTACHED)


def footprint(cloud: Cloud, call: Call[RunInstances], policy: Policy, phase: Phase) -> Footprint:
    """Say what a phase may touch, with the keys of the holds that are open then, since a refusal gives them back."""
    if phase is Phase.FINISH:
        return _finish_touches(cloud, call)
    request, token = call.request, token_touches(call)
    if phase is Phase.CLAIM_TOKEN:
        return token
    asked = (primary_of(request), *(other for _, other in others_of(request)))
    vswitches = [one.vswitch_id for one in asked if one.vswitch_id]
    groups = [group for one in asked for group in group_ids(one)]
    pins: Touches = tuple([(pins_key(one), Mode.ADD) for one in (*vswitches, *groups)])
    quota: Touches = (
        (f"quota:{call.account}/{request.region_id}", Mode.WRITE),
        (f"vcpu-quota:{call.account}/{request.region_id}", Mode.WRITE),
        *((f"group-places:{group}", Mode.WRITE) for group in groups),
    )
    found = [cloud.vswitches[VSwitchId(one)] for one in vswitches if one in cloud.vswitches]
    pools: Touches = tuple([touch for vswitch in found for touch in vswitch.pool_touches])
    estate = cloud.estate(call.account, RegionId(request.region_id or ""))
    turn: Touches = ((launch_key(estate), Mode.WRITE),) if estate.account.launches_alone else ()
    own = (*pins, *token, *turn)
    if phase is Phase.RESOLVE:
        return tuple(dict.fromkeys((*_resolve_touches(cloud, asked, vswitches, groups), *own)))
    reserving = (*reserving_touches(policy, phase, quota, pools), *own)
    commit = _commit_touches(call, asked) if phase is Phase.COMMIT else ()
    return tuple(dict.fromkeys((*reserving, *commit)))


def _resolve_touches(
    cloud: Cloud, asked: tuple[InstanceInterface, ...], vswitches: list[str], groups: list[str]
) -> Touches:
    return (
        *(touch for vswitch in vswitches for touch in placing_touches(cloud, vswitch)),
        *((stock_key(cloud.vswitches[VSwitchId(one)].zone), Mode.READ) for one in vswitches if one in cloud.vswitches),
        *((f"group:{group}", Mode.READ) for group in groups),
        *((eni_key(EniId(one.network_interface_id)), Mode.READ) for one in asked if one.network_interface_id),
    )


def _commit_touches(call: Call[RunInstances], asked: tuple[InstanceInterface, ...]) -> Touches:
    """The lists, and the ENIs that exist already."""
    where = f"{call.account}/{call.request.region_id}"
    joining = [EniId(one.network_interface_id) for one in asked if one.network_interface_id]
    return (
        (f"enis:{where}", Mode.ADD),
        (f"instances:{where}", Mode.ADD),
        *((eni_key(eni), Mode.WRITE) for eni in joining),
    )


def _finish_touches(cloud: Cloud, call: Call[RunInstances]) -> Touches:
    """The instances of this launch that still exist, with the ENIs on them; O(instances of the account)."""
    estate = cloud.estate(AccountId(call.account), RegionId(call.request.region_id or ""))
    own = [instance for instance in estate.instances.values() if instance.launched_by == call.name]
    return (
        (estate.instances_key, Mode.ADD),
        (estate.interfaces_key, Mode.ADD),
        *((instance.key, Mode.WRITE) for instance in own),
        *((eni_key(eni), Mode.WRITE) for instance in own for eni in instance.interfaces),
    )
