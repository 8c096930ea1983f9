"""The ClientToken of the VPC API, which has codes of its own for a call that still runs.

Source: eni_api.md section 2.13 (CreateVSwitch) and section 3, rule 7.
"""

from cloudsim.api.requests import Request
from cloudsim.errors.tokens import IdempotentProcessing, LastTokenProcessing
from cloudsim.errors.vpc import OperationFailedIdempotentTokenProcessing, OperationFailedLastTokenProcessing
from cloudsim.operations.finding import find_estate
from cloudsim.operations.operation import Call
from cloudsim.operations.policy import Policy
from cloudsim.operations.tokening import claim_token, token_of
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.tokens import Claim, NoToken


def claim(cloud: Cloud, call: Call[Request], policy: Policy) -> Claim:
    """Claim the request's token, in CLAIM_TOKEN; without one there is nothing to claim, and no such phase.

    Raises:
        InvalidVpcIdNotFound: the region is left out, and so is not known.
        IdempotentParameterMismatch: the token stands for other parameters.
        OperationFailedIdempotentTokenProcessing: the first call with it still runs.
        OperationFailedLastTokenProcessing: likewise, under the policy that says so.
        IdempotentFailed: the first call with it ended without an answer.
    """
    token = token_of(call.request)
    if not token:
        return NoToken()
    try:
        return claim_token(find_estate(cloud, call), call.request, policy)
    except IdempotentProcessing:
        raise OperationFailedIdempotentTokenProcessing(token=token) from None
    except LastTokenProcessing:
        raise OperationFailedLastTokenProcessing(token=token) from None
