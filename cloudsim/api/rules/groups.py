"""Rules of security groups.

The naming rules are those of ENIs; there are codes of their own for breaking them. Pages of the new style have no
bounds to break: what is too small or too large becomes the nearest size that there is.

Source: eni_api.md sections 2.5 and 2.11; CreateSecurityGroup, DescribeSecurityGroups and JoinSecurityGroup references,
those of ModifySecurityGroupAttribute, ModifySecurityGroupPolicy and DescribeSecurityGroupReferences.
"""

from typing import Final

from cloudsim.api.requests import (
    CreateSecurityGroup,
    DeleteSecurityGroup,
    DescribeSecurityGroupAttribute,
    DescribeSecurityGroupReferences,
    DescribeSecurityGroups,
    JoinSecurityGroup,
    LeaveSecurityGroup,
    ModifySecurityGroupAttribute,
    ModifySecurityGroupPolicy,
    Request,
)
from cloudsim.api.rules.bounds import require_short, require_word
from cloudsim.api.rules.describing import TAGS_MAX, require_keys, require_page_of_either_style
from cloudsim.api.rules.naming import require_description, require_name, require_tags, require_token
from cloudsim.api.rules.presence import needs, region_is_given
from cloudsim.api.rules.rule import Rule
from cloudsim.errors.groups import (
    GroupsMissingParameterRegionId,
    InvalidNicTypeValueNotSupported,
    InvalidParamEniIdAndInstanceIdConflict,
    InvalidSecurityGroupDiscriptionMalformed,
    InvalidSecurityGroupNameMalformed,
)
from cloudsim.errors.parameters import InvalidParameter, MissingParameter
from cloudsim.values.profile import Profile

_PAGE_SIZE_MAX: Final = 50
_GROUPS_MAX: Final = 100
_REFERRED_MAX: Final = 10
_POLICIES: Final = ("Accept", "Drop")


def texts_are_well_formed(request: CreateSecurityGroup | ModifySecurityGroupAttribute, profile: Profile) -> None:
    """Refuse a malformed name or description."""
    try:
        require_name("SecurityGroupName", request.security_group_name, profile)
    except InvalidParameter as refusal:
        raise InvalidSecurityGroupNameMalformed(reason=refusal.facts["reason"]) from None
    try:
        require_description(request.description)
    except InvalidParameter as refusal:
        raise InvalidSecurityGroupDiscriptionMalformed(reason=refusal.facts["reason"]) from None


def the_rest_is_well_formed(request: CreateSecurityGroup, profile: Profile) -> None:
    """Refuse an unknown type, and a malformed token or tag."""
    require_word("SecurityGroupType", request.security_group_type, ("normal", "enterprise"))
    require_token(request.client_token)
    require_tags(request.tags, profile)


def lists_are_short(request: DescribeSecurityGroups, _profile: Profile) -> None:
    """Refuse too long lists, a tag without a key, and a page of the old style that cannot be."""
    require_short("SecurityGroupIds", request.security_group_ids, _GROUPS_MAX)
    require_short("Tag.N", request.tags, TAGS_MAX)
    require_keys(request.tags)
    require_page_of_either_style(request, _PAGE_SIZE_MAX)


def words_are_known(request: DescribeSecurityGroupAttribute, _profile: Profile) -> None:
    """Refuse a direction, or a type of network cards, that there is not."""
    if request.nic_type and request.nic_type not in ("internet", "intranet"):
        raise InvalidNicTypeValueNotSupported(value=request.nic_type)
    require_word("Direction", request.direction, ("egress", "ingress", "all"))


def policy_is_known(request: ModifySecurityGroupPolicy, _profile: Profile) -> None:
    """Refuse a policy other than Accept and Drop, which may be written in capitals or not, and a malformed token."""
    wanted = request.inner_access_policy or ""
    if wanted.capitalize() not in _POLICIES:
        require_word("InnerAccessPolicy", wanted, _POLICIES)
    require_token(request.client_token)


def referred_are_few(request: DescribeSecurityGroupReferences, _profile: Profile) -> None:
    """Refuse more than 10 groups at once."""
    require_short("SecurityGroupId.N", request.security_group_ids, _REFERRED_MAX)


def member_is_one(request: JoinSecurityGroup | LeaveSecurityGroup, _profile: Profile) -> None:
    """Require RegionId and SecurityGroupId, and one of InstanceId and NetworkInterfaceId.

    The documents let RegionId be left out for an instance; here it never may.
    """
    if not request.region_id:
        raise GroupsMissingParameterRegionId
    if not request.security_group_id:
        raise MissingParameter(parameter="SecurityGroupId")
    if request.instance_id and request.network_interface_id:
        raise InvalidParamEniIdAndInstanceIdConflict(instance=request.instance_id, eni=request.network_interface_id)
    if not request.instance_id and not request.network_interface_id:
        raise MissingParameter(parameter="InstanceId or NetworkInterfaceId")


RULES: Final[dict[type[Request], tuple[Rule, ...]]] = {
    CreateSecurityGroup: (region_is_given, texts_are_well_formed, the_rest_is_well_formed),
    DeleteSecurityGroup: (needs(DeleteSecurityGroup, "security_group_id"),),
    DescribeSecurityGroups: (region_is_given, lists_are_short),
    DescribeSecurityGroupAttribute: (needs(DescribeSecurityGroupAttribute, "security_group_id"), words_are_known),
    ModifySecurityGroupAttribute: (needs(ModifySecurityGroupAttribute, "security_group_id"), texts_are_well_formed),
    ModifySecurityGroupPolicy: (
        needs(ModifySecurityGroupPolicy, "security_group_id", "inner_access_policy"),
        policy_is_known,
    ),
    DescribeSecurityGroupReferences: (needs(DescribeSecurityGroupReferences, "security_group_ids"), referred_are_few),
    JoinSecurityGroup: (member_is_one,),
    LeaveSecurityGroup: (member_is_one,),
}
"""The rules of each action in the order in which they are asked."""
