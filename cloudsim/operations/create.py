"""CreateNetworkInterface, top to bottom.

Synchronous: a success answers with the ENI already Available. Between its phases other requests act; whatever stops it
before COMMIT leaves nothing behind but, where it had claimed one, the fate of its ClientToken.

Source: CreateNetworkInterface reference; eni_api.md sections 1 and 3; what both leave open is a Policy.
"""

from cloudsim.api.requests import CreateNetworkInterface, fingerprint
from cloudsim.api.responses import CreateNetworkInterfaceResponse
from cloudsim.operations.admission import admit
from cloudsim.operations.holdings import PHASES_IN_ORDER, Holdings
from cloudsim.operations.newborn import make_interface
from cloudsim.operations.operation import Call, Footprint, Operation, Phase, Touches
from cloudsim.operations.policy import CheckOrder, Policy, TokenPolicy
from cloudsim.operations.presentation import created, repeated
from cloudsim.operations.site import group_ids, resolve
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.estate import Estate
from cloudsim.resources.ledger import Mode
from cloudsim.resources.tokens import Claim, NoToken, token_key


def create(cloud: Cloud, call: Call[CreateNetworkInterface], policy: Policy) -> Operation:
    """Make an ENI."""
    request = call.request
    yield Phase.ADMIT
    estate = admit(cloud, call)
    if request.client_token:
        yield Phase.CLAIM_TOKEN
    with _claim(estate, request, policy) as claim:
        if claim.repeat is not None:
            cloud.answer(repeated(claim.repeat, call, CreateNetworkInterfaceResponse))
        else:
            yield Phase.RESOLVE
            site = resolve(cloud, estate, request)
            with Holdings(request, policy) as holdings:
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


def _claim(estate: Estate, request: CreateNetworkInterface, policy: Policy) -> Claim:
    """Claim the request's token; without one there is nothing to claim."""
    if not request.client_token:
        return NoToken()
    book = estate.tokens
    enter = book.claim if policy.token is TokenPolicy.CLAIM else book.look_up
    return enter(request.action, request.client_token, fingerprint(request), policy.token_window_ns)


def footprint(cloud: Cloud, call: Call[CreateNetworkInterface], policy: Policy, phase: Phase) -> Footprint:
    """Say what a phase may touch, with the keys of the holds that are open then, since a refusal gives them back."""
    del cloud  # what a create touches is seen from its request
    request = call.request
    if phase in (Phase.ADMIT, Phase.RESPOND):
        return ()
    token: Touches = ((token_key(call.account, request.client_token), Mode.WRITE),) if request.client_token else ()
    if phase is Phase.RESOLVE:
        groups = tuple((f"group:{group}", Mode.READ) for group in group_ids(request))
        return ((f"vswitch:{request.vswitch_id}", Mode.READ), *groups, *token)
    quota = _quota_keys(call)
    pool: Touches = ((f"pool:{request.vswitch_id}", Mode.WRITE),)
    is_quota_first = policy.order is CheckOrder.QUOTA_FIRST
    by_phase: dict[Phase, Touches] = {
        Phase.CLAIM_TOKEN: token,
        Phase.RESERVE_QUOTA: (*quota, *token) if is_quota_first else (*pool, *quota, *token),
        Phase.LEASE_ADDRESSES: (*quota, *pool, *token) if is_quota_first else (*pool, *token),
        Phase.COMMIT: (*quota, *pool, (f"enis:{call.account}/{request.region_id}", Mode.ADD), *token),
    }
    return by_phase[phase]


def _quota_keys(call: Call[CreateNetworkInterface]) -> Touches:
    request = call.request
    groups = tuple((f"group-places:{group}", Mode.WRITE) for group in group_ids(request))
    return ((f"quota:{call.account}/{request.region_id}", Mode.WRITE), *groups)
