"""CreateNetworkInterface, top to bottom.

Synchronous: a success answers with the ENI already Available. Between its phases other requests act; whatever stops it
before COMMIT leaves nothing behind but, where it had claimed one, the fate of its ClientToken.

Source: CreateNetworkInterface reference; eni_api.md sections 1 and 3; what both leave open is a Policy.
"""

from cloudsim.api.requests import CreateNetworkInterface
from cloudsim.api.responses import CreateNetworkInterfaceResponse
from cloudsim.operations.admission import admit
from cloudsim.operations.finding import placing_touches
from cloudsim.operations.holding import PHASES_IN_ORDER, reserving_touches
from cloudsim.operations.interfaces.holdings import Holdings
from cloudsim.operations.interfaces.newborn import make_interface
from cloudsim.operations.interfaces.presentation import created
from cloudsim.operations.interfaces.site import group_ids, resolve
from cloudsim.operations.operation import Call, Footprint, Operation, Phase, Touches
from cloudsim.operations.policy import Policy
from cloudsim.operations.tokening import claim_token, repeated, token_touches
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.ledger import Mode
from cloudsim.resources.pin import pins_key
from cloudsim.values.ids import VSwitchId


def create(cloud: Cloud, call: Call[CreateNetworkInterface], policy: Policy) -> Operation:
    """Make an ENI."""
    request = call.request
    yield Phase.ADMIT
    estate = admit(cloud, call)
    if request.client_token:
        yield Phase.CLAIM_TOKEN
    with claim_token(estate, request, policy) as claim:
        if claim.repeat is not None:
            cloud.answer(repeated(claim.repeat, call, CreateNetworkInterfaceResponse))
        else:
            yield Phase.RESOLVE
            site = resolve(cloud, estate, request)
            with Holdings(request, policy) as holdings:
                holdings.pin(site)
                for phase in PHASES_IN_ORDER[policy.order]:
                    yield phase
                    holdings.take(phase, estate, site)
                yield Phase.COMMIT
                eni = make_interface(cloud, call, site, holdings)
                holdings.keep()
                cloud.add_interface(eni)
                answer = created(cloud, eni, call.draws.request_id())
                claim.settle(answer)
                cloud.answer(answer)
    yield Phase.RESPOND


def footprint(cloud: Cloud, call: Call[CreateNetworkInterface], policy: Policy, phase: Phase) -> Footprint:
    """Say what a phase may touch, with the keys of the holds that are open then, since a refusal gives them back."""
    request = call.request
    token = token_touches(call)
    if phase is Phase.CLAIM_TOKEN:
        return token
    if phase is Phase.RESOLVE:
        groups = tuple((f"group:{group}", Mode.READ) for group in group_ids(request))
        return (*placing_touches(cloud, request.vswitch_id or ""), *groups, *_pin_keys(request), *token)
    vswitch = cloud.vswitches.get(VSwitchId(request.vswitch_id or ""))
    pools = vswitch.pool_touches if vswitch is not None else ()
    held = (*reserving_touches(policy, phase, _quota_keys(call), pools), *_pin_keys(request), *token)
    if phase is Phase.COMMIT:
        return (*held, (f"enis:{call.account}/{request.region_id}", Mode.ADD))
    return held


def _pin_keys(request: CreateNetworkInterface) -> Touches:
    return tuple((pins_key(one), Mode.ADD) for one in (request.vswitch_id or "", *group_ids(request)))


def _quota_keys(call: Call[CreateNetworkInterface]) -> Touches:
    request = call.request
    groups = tuple((f"group-places:{group}", Mode.WRITE) for group in group_ids(request))
    return ((f"quota:{call.account}/{request.region_id}", Mode.WRITE), *groups)
