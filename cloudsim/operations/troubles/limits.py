"""Limits that change while a simulation runs, and tokens that are burnt."""

from cloudsim.api.troubles import BurnToken, SetQuota
from cloudsim.errors.base import ApiError
from cloudsim.errors.network import InvalidSecurityGroupIdNotFound
from cloudsim.errors.vpc import InvalidVpcIdNotFound
from cloudsim.operations.operation import Call, Touches
from cloudsim.operations.policy import Policy
from cloudsim.resources.capacity import Capacity
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.ledger import Mode
from cloudsim.resources.tokens import token_key
from cloudsim.resources.vpc import Vpc
from cloudsim.values.ids import AccountId, RegionId, SecurityGroupId, VpcId

PRIVATE_ADDRESSES = "private-addresses"


def find_limit(cloud: Cloud, trouble: SetQuota) -> Capacity | Vpc:
    """Find what a limit belongs to: places, or for private addresses the VPC.

    Raises:
        InvalidVpcIdNotFound: there is no such VPC.
        InvalidSecurityGroupIdNotFound: there is no such group.
    """
    if trouble.vpc_id is not None:
        vpc = cloud.vpcs.get(VpcId(trouble.vpc_id))
        if vpc is None:
            raise InvalidVpcIdNotFound(vpc=trouble.vpc_id)
        return vpc if trouble.quota == PRIVATE_ADDRESSES else vpc.vswitch_places
    if trouble.security_group_id is not None:
        group = cloud.security_groups.get(SecurityGroupId(trouble.security_group_id))
        if group is None:
            raise InvalidSecurityGroupIdNotFound(group=trouble.security_group_id)
        return group.places
    estate = cloud.estate(AccountId(trouble.account or ""), RegionId(trouble.region_id or ""))
    by_name = {
        "eni": estate.quota,
        "vcpus": estate.vcpu_places,
        "vpcs": estate.vpc_places,
        "security-groups": estate.group_places,
    }
    return by_name[trouble.quota]


def set_quota(cloud: Cloud, call: Call[SetQuota], policy: Policy) -> None:
    """Set a limit; what is in use stays in use.

    Raises:
        ApiError: what it belongs to does not exist.
    """
    del policy
    for key, mode in _named(call.request):
        cloud.ledger.touch(key, mode)
    found, limit = find_limit(cloud, call.request), call.request.limit
    for key, mode in _touches_of(found):
        cloud.ledger.touch(key, mode)
    if isinstance(found, Vpc):
        found.set_address_limit(limit)
    else:
        found.set_limit(limit)
    of = found.addresses_key if isinstance(found, Vpc) else found.key
    cloud.ledger.write("limit-set", {"of": of, "limit": limit})


def _named(trouble: SetQuota) -> Touches:
    """The VPC or the group that a quota is of, which may end."""
    named = (("vpc", trouble.vpc_id), ("group", trouble.security_group_id))
    return tuple([(f"{kind}:{one}", Mode.READ) for kind, one in named if one is not None])


def _touches_of(found: Capacity | Vpc) -> Touches:
    """Whether a VPC's limit bites decides what the pools of its vSwitches touch, so all of them are written."""
    if isinstance(found, Capacity):
        return ((found.key, Mode.WRITE),)
    pools = [(vswitch.pool_key, Mode.WRITE) for vswitch in found.vswitches.values()]
    return ((found.addresses_key, Mode.WRITE), *pools)


def quota_touches(cloud: Cloud, trouble: SetQuota) -> Touches:
    """What is named, and the places, or the addresses of a VPC."""
    try:
        return (*_named(trouble), *_touches_of(find_limit(cloud, trouble)))
    except ApiError:
        return _named(trouble)


def burn_token(cloud: Cloud, call: Call[BurnToken], policy: Policy) -> None:
    """Burn a token, whatever it stands for; a call that runs with it goes on, and settles nothing."""
    request = call.request
    estate = cloud.estate(AccountId(request.account), RegionId(request.region_id or ""))
    estate.tokens.burn(request.of_action, request.client_token, policy.token_window_ns)


def token_touches(cloud: Cloud, trouble: BurnToken) -> Touches:
    """The token."""
    del cloud
    return ((token_key(trouble.account, trouble.client_token), Mode.WRITE),)
