"""CLAIM_TOKEN: the ClientToken of a request, for every action that takes one.

Source: eni_api.md section 3.
"""

from typing import Any, TypeVar

import msgspec

from cloudsim.api.requests import Request, fingerprint
from cloudsim.api.responses import Response
from cloudsim.errors.base import ApiError
from cloudsim.errors.tokens import IdempotentProcessing, LastTokenProcessing
from cloudsim.operations.operation import Call, Touches
from cloudsim.operations.policy import Policy, TokenInUse, TokenPolicy
from cloudsim.resources.estate import Estate
from cloudsim.resources.ledger import Mode
from cloudsim.resources.tokens import Claim, NoToken, Settled, token_key

ResponseT = TypeVar("ResponseT", bound=Response)


def token_of(request: Request) -> str:
    """The ClientToken of a request; empty where it has none."""
    return getattr(request, "client_token", None) or ""


def claim_token(estate: Estate, request: Request, policy: Policy) -> Claim:
    """Claim the request's token, in the phase CLAIM_TOKEN; without one there is nothing to claim, and no such phase.

    Raises:
        IdempotentParameterMismatch: the token stands for other parameters.
        IdempotentProcessing: the first call with it still runs.
        LastTokenProcessing: likewise, under the policy that says so.
        IdempotentFailed: the first call with it ended without an answer.
    """
    token = token_of(request)
    if not token:
        return NoToken()
    book = estate.tokens
    enter = book.claim if policy.token is TokenPolicy.CLAIM else book.look_up
    try:
        return enter(request.action, token, fingerprint(request), policy.token_window_ns)
    except IdempotentProcessing as refusal:
        if policy.token_in_use is TokenInUse.LAST_TOKEN_PROCESSING:
            raise LastTokenProcessing(**refusal.facts) from None
        raise


def token_touches(call: Call[Any]) -> Touches:
    """What every phase from CLAIM_TOKEN to COMMIT touches of the token, since a refusal settles it."""
    token = token_of(call.request)
    return ((token_key(call.account, token), Mode.WRITE),) if token else ()


def repeated(answer: Settled, call: Call[Any], kind: type[ResponseT]) -> ResponseT:
    """The stored answer of an earlier call, as a call that repeats it gets it: the same but for a fresh RequestId.

    Raises:
        ApiError: the stored answer is a refusal, and the repeat is refused alike.
    """
    if isinstance(answer, ApiError):
        raise answer.again()
    assert isinstance(answer, kind), "a token is scoped to one action"
    return msgspec.structs.replace(answer, request_id=call.draws.request_id())
