"""ModifySecurityGroupAttribute and ModifySecurityGroupPolicy: what a group is called, and whether members meet in it.

Both are done when the answer comes. A basic group begins with Accept, an enterprise group with Drop, which nobody can
change: the documents say so without a code, and InvalidParameter for Accept is our choice; Drop, which it has, is let
through. That a group which a cloud product manages is refused for its policy, too, is our choice as well.

Source: ModifySecurityGroupAttribute reference, error codes; ModifySecurityGroupPolicy reference, notes.
"""

from cloudsim.api.requests import ModifySecurityGroupAttribute, ModifySecurityGroupPolicy
from cloudsim.api.responses import ModifySecurityGroupAttributeResponse, ModifySecurityGroupPolicyResponse
from cloudsim.errors.parameters import InvalidParameter
from cloudsim.operations.admission import admit
from cloudsim.operations.finding import find_group
from cloudsim.operations.memberships import require_unmanaged
from cloudsim.operations.operation import Call, Footprint, Operation, Phase
from cloudsim.operations.policy import Policy
from cloudsim.operations.tokening import claim_token, repeated, token_touches
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.estate import Estate
from cloudsim.resources.ledger import Mode
from cloudsim.resources.network import USUAL_POLICY, GroupType, InnerAccessPolicy, SecurityGroup


def modify_attribute(cloud: Cloud, call: Call[ModifySecurityGroupAttribute], policy: Policy) -> Operation:
    """Change what a group is called."""
    del policy  # nothing here is left open
    request = call.request
    yield Phase.ADMIT
    estate = admit(cloud, call)
    yield Phase.COMMIT
    group = _find_own(cloud, estate, request.security_group_id)
    group.name = request.security_group_name or group.name
    group.description = request.description or group.description
    cloud.note_group(group)
    cloud.answer(ModifySecurityGroupAttributeResponse(request_id=call.draws.request_id()))
    yield Phase.RESPOND


def modify_policy(cloud: Cloud, call: Call[ModifySecurityGroupPolicy], policy: Policy) -> Operation:
    """Change whether the members of a group reach each other."""
    request = call.request
    yield Phase.ADMIT
    estate = admit(cloud, call)
    if request.client_token:
        yield Phase.CLAIM_TOKEN
    with claim_token(estate, request, policy) as claim:
        if claim.repeat is not None:
            cloud.answer(repeated(claim.repeat, call, ModifySecurityGroupPolicyResponse))
        else:
            yield Phase.COMMIT
            group = _find_own(cloud, estate, request.security_group_id)
            group.inner_access_policy = _allowed_policy(group, request)
            cloud.note_group(group)
            answer = ModifySecurityGroupPolicyResponse(request_id=call.draws.request_id())
            claim.settle(answer)
            cloud.answer(answer)
    yield Phase.RESPOND


def _find_own(cloud: Cloud, estate: Estate, wanted: str | None) -> SecurityGroup:
    """Find a group that the caller may change.

    Raises:
        InvalidSecurityGroupIdNotFound: the account has no such group in the region.
        InvalidOperationResourceManagedByCloudProduct: a cloud product manages it.
    """
    group = find_group(cloud, estate, wanted)
    require_unmanaged((group,))
    return group


def _allowed_policy(group: SecurityGroup, request: ModifySecurityGroupPolicy) -> InnerAccessPolicy:
    """Give the policy that is asked for.

    Raises:
        InvalidParameter: the group is an enterprise group, and would get another one than it has.
    """
    wanted = InnerAccessPolicy((request.inner_access_policy or "").capitalize())
    if group.kind is GroupType.ENTERPRISE and wanted is not USUAL_POLICY[group.kind]:
        reason = f"{group.id} is an enterprise group, which has {group.inner_access_policy} for good"
        raise InvalidParameter(parameter="InnerAccessPolicy", reason=reason)
    return wanted


def footprint(
    cloud: Cloud,
    call: Call[ModifySecurityGroupAttribute] | Call[ModifySecurityGroupPolicy],
    policy: Policy,
    phase: Phase,
) -> Footprint:
    """Say what a phase may touch."""
    del cloud, policy
    token = token_touches(call)
    if phase is Phase.CLAIM_TOKEN:
        return token
    where = f"{call.account}/{call.request.region_id}"
    return (*token, (f"group:{call.request.security_group_id}", Mode.WRITE), (f"groups:{where}", Mode.ADD))
