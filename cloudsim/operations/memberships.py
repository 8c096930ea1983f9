"""Memberships: which security groups an ENI may be in, and its move from some groups to others.

Creating an ENI, modifying one, and joining or leaving a group ask the same questions of the groups that there shall be.
A cloud product's groups are its own: nobody else puts an ENI in or takes one out.

Source: eni_api.md sections 1.3, 2.5 and 2.11; the order of the checks is our choice.
"""

from collections.abc import Iterable, Sequence
from contextlib import ExitStack

from cloudsim.errors.network import (
    InvalidOperationMultiGroupType,
    InvalidOperationResourceManagedByCloudProduct,
    InvalidOperationVpcMismatch,
    InvalidSecurityGroupIdNotVpc,
)
from cloudsim.errors.quota import AclLimitExceed, JoinedGroupLimitExceed
from cloudsim.operations.finding import find_group
from cloudsim.operations.operation import Touches
from cloudsim.resources.cloud import Cloud, eni_key
from cloudsim.resources.estate import Estate
from cloudsim.resources.interface import NetworkInterface
from cloudsim.resources.ledger import Mode
from cloudsim.resources.network import SecurityGroup
from cloudsim.resources.vswitch import VSwitch
from cloudsim.values.profile import Profile


def find_group_for(cloud: Cloud, estate: Estate, vswitch: VSwitch, wanted: str) -> SecurityGroup:
    """Look up a security group that an ENI in a vSwitch shall be in.

    Raises:
        InvalidSecurityGroupIdNotFound: the account has no such group in the region.
        InvalidSecurityGroupIdNotVpc: the group is one of the classic network.
        InvalidOperationVpcMismatch: the group is in another VPC than the vSwitch.
    """
    group = find_group(cloud, estate, wanted)
    if group.vpc is None:
        raise InvalidSecurityGroupIdNotVpc(group=wanted)
    if group.vpc != vswitch.vpc.id:
        raise InvalidOperationVpcMismatch(vswitch=vswitch.id, vpc=vswitch.vpc.id, group=wanted, group_vpc=group.vpc)
    return group


def require_compatible(groups: Sequence[SecurityGroup], profile: Profile) -> None:
    """Refuse groups that no ENI may be in together.

    Raises:
        JoinedGroupLimitExceed: they are too many.
        InvalidOperationMultiGroupType: basic and enterprise ones are mixed.
        AclLimitExceed: they have too many rules together.
    """
    if len(groups) > profile.groups_per_eni_max:
        raise JoinedGroupLimitExceed(asked=len(groups), limit=profile.groups_per_eni_max)
    rules = 0
    for group in groups:
        rules += group.rule_count
        if group.kind is not groups[0].kind:
            raise InvalidOperationMultiGroupType(
                group=groups[0].id, kind=groups[0].kind, other_group=group.id, other_kind=group.kind
            )
    if rules > profile.rules_per_eni_max:
        raise AclLimitExceed(asked=rules, limit=profile.rules_per_eni_max)


def require_unmanaged(groups: Iterable[SecurityGroup]) -> None:
    """Refuse to put an ENI into, or take one out of, a group that a cloud product manages.

    Raises:
        InvalidOperationResourceManagedByCloudProduct: one of them is.
    """
    for group in groups:
        if group.service_managed:
            raise InvalidOperationResourceManagedByCloudProduct(group=group.id)


def move(cloud: Cloud, eni: NetworkInterface, groups: Sequence[SecurityGroup]) -> None:
    """Put an ENI into these groups and into no others, in one instant; a refusal changes nothing.

    Args:
        cloud: the cloud.
        eni: the ENI; that it may be changed now is the caller's to ask, with ``cloud.busy.require_free``.
        groups: all that it shall be in, each once, found and compatible by the functions above.

    Raises:
        InvalidOperationResourceManagedByCloudProduct: it would join or leave a cloud product's group.
        SecurityGroupInstanceLimitExceed: a group that it would join has no room for its addresses.
        InvalidOperationEniCountExceeded: likewise, of a group that counts ENIs.
    """
    before = cloud.groups_of(eni)
    joined = [group for group in groups if group not in before]
    left = [group for group in before if group not in groups]
    require_unmanaged((*joined, *left))
    count = eni.address_count
    with ExitStack() as stack:
        for places in [stack.enter_context(group.places.hold(group.places_for(count))) for group in joined]:
            places.keep()
    for group in joined:
        group.members += 1
    for group in left:
        group.members -= 1
        group.places.give_back(group.places_for(count))
    with cloud.changing(eni):
        eni.security_group_ids = tuple([group.id for group in groups])


def move_touches(estate: Estate, eni: NetworkInterface, wanted: Iterable[str]) -> Touches:
    """Say what looking groups up and moving an ENI to them touches.

    Args:
        estate: whose the ENI is.
        eni: the ENI, with the groups that it is in now.
        wanted: ids of the groups that it shall be in, known or not.
    """
    groups = dict.fromkeys((*eni.security_group_ids, *wanted))
    return (
        (eni_key(eni.id), Mode.WRITE),
        (estate.interfaces_key, Mode.ADD),
        *((f"group:{group}", Mode.READ) for group in groups),
        *((f"group-places:{group}", Mode.WRITE) for group in groups),
    )
