"""ADMIT: who calls, whether he may, whether the request is sound, and where.

The order, which no document states: account and caller, the stateless rules, the region. All of it comes before the
ClientToken is claimed, so none of these refusals is remembered for a token.

Source: eni_api.md section 1.3, "Order of checks".
"""

from cloudsim.api.requests import Request
from cloudsim.api.rules import check
from cloudsim.errors.account import AbsInvalidAccountNotFound, InvalidRegionIdNotFound
from cloudsim.errors.base import ApiError
from cloudsim.operations.operation import Call, metered_region
from cloudsim.resources.account import Account
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.estate import Estate
from cloudsim.values.ids import RegionId


def admit_anywhere(cloud: Cloud, call: Call[Request]) -> Account:
    """Let in a call that belongs to no region, such as DescribeRegions.

    Raises:
        ApiError: an account refusal, throttling or a broken rule.
    """
    request = call.request
    account = cloud.accounts.get(call.account)
    if account is None:
        raise AbsInvalidAccountNotFound(account=call.account, reason="there is no such account")
    account.admit(user=call.user, action=request.action)
    throttle = cloud.conditions.throttle
    if throttle is not None:
        throttle.admit(call.account, request.action, metered_region(cloud, request))
    check(request, cloud.profile)
    return account


def admit(cloud: Cloud, call: Call[Request]) -> Estate:
    """Let a call in.

    Returns:
        What the caller's account has in the request's region.

    Raises:
        ApiError: an account refusal, a broken rule, or a region that is unknown or out of service; where the action has
            a variant of it, as those on IPv6 addresses have, that one.
    """
    request = call.request
    try:
        account = admit_anywhere(cloud, call)
        assert request.region_id is not None, "the rules require a region"
        region = RegionId(request.region_id)
        if region not in cloud.regions:
            raise InvalidRegionIdNotFound(region=region)
        account.admit_to(region)
    except ApiError as refusal:
        variant = request.variants.get(type(refusal))
        if variant is None:
            raise
        raise variant(**refusal.facts) from None
    return cloud.estate(account.id, region)
