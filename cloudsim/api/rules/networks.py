"""Rules of VPCs and vSwitches.

Names and descriptions are judged as newer texts of the VPC API have it: up to 128 and 256 characters of any kind that
do not begin like a link. The region may be left out where a VPC or a vSwitch is named, whose region it then is.

Source: eni_api.md section 2.13; VPC SDK 7.2, request parameters.
"""

from typing import Final

from cloudsim.api.requests import (
    CreateVpc,
    CreateVSwitch,
    DeleteVpc,
    DeleteVSwitch,
    DescribeRouteTableList,
    DescribeVpcAttribute,
    DescribeVpcs,
    DescribeVSwitchAttributes,
    DescribeVSwitches,
    ModifyVpcAttribute,
    ModifyVSwitchAttribute,
    Request,
)
from cloudsim.api.rules.bounds import require_range, require_short, require_word
from cloudsim.api.rules.describing import TAGS_MAX, require_page
from cloudsim.api.rules.naming import require_tags, require_token
from cloudsim.api.rules.presence import needs
from cloudsim.api.rules.rule import Rule
from cloudsim.errors.parameters import InvalidParameter, InvalidParameterConflict, MissingParameter
from cloudsim.errors.vpc import (
    InvalidCidrBlockMalformed,
    InvalidCirdrBlockMaskLength,
    InvalidVpcCidrBlock,
    InvalidVpcNameMalformed,
)
from cloudsim.ipam.blocks import FORBIDDEN_BLOCKS, VPC6_LENGTH, VPC_LENGTH_MAX, VSWITCH6_LENGTH, VSWITCH_LENGTHS
from cloudsim.ipam.edge import AddressSpace, Family
from cloudsim.ipam.refusals import MalformedCidr
from cloudsim.values.profile import Profile

PAGE_SIZE_MAX: Final = 50
_NAME_MAX: Final = 128
_DESCRIPTION_MAX: Final = 256
_VPC_IDS_MAX: Final = 20


def what_is_wrong_with(text: str | None, most: int) -> str | None:
    """Say what is wrong with a name or a description of the VPC API; None if nothing is, or it is not given."""
    if not text:
        return None
    if len(text) > most:
        return f"it has {len(text)} characters, the maximum is {most}"
    if text.startswith(("http://", "https://")):
        return "it begins with http:// or https://"
    return None


def require_text(parameter: str, text: str | None, most: int) -> None:
    """Refuse a name or a description that is too long, or begins like a link.

    Raises:
        InvalidParameter: it does.
    """
    reason = what_is_wrong_with(text, most)
    if reason is not None:
        raise InvalidParameter(parameter=parameter, reason=reason)


def vpc_texts_are_well_formed(request: CreateVpc | ModifyVpcAttribute, _profile: Profile) -> None:
    """Refuse a VPC's malformed name or description."""
    reason = what_is_wrong_with(request.vpc_name, _NAME_MAX)
    if reason is not None:
        raise InvalidVpcNameMalformed(reason=reason)
    require_text("Description", request.description, _DESCRIPTION_MAX)


def vswitch_texts_are_well_formed(request: CreateVSwitch | ModifyVSwitchAttribute, _profile: Profile) -> None:
    """Refuse a vSwitch's malformed name or description."""
    require_text("VSwitchName", request.vswitch_name, _NAME_MAX)
    require_text("Description", request.description, _DESCRIPTION_MAX)


def _token_is_well_formed(request: CreateVpc | DeleteVpc | CreateVSwitch, _profile: Profile) -> None:
    require_token(request.client_token)


def _tags_are_well_formed(request: CreateVpc | CreateVSwitch, profile: Profile) -> None:
    require_tags(request.tags, profile)


def vpc_block_is_allowed(request: CreateVpc, profile: Profile) -> None:
    """Refuse what is no block for a VPC; the default block, older than the bounds of today, is not judged."""
    cidr = request.cidr_block
    if not cidr:
        return
    block = read_block(cidr, Family.IPV4)
    least = profile.vpc_prefix_min
    if not least <= block.length <= VPC_LENGTH_MAX:
        raise InvalidVpcCidrBlock(cidr=cidr, reason=f"has to be /{least} to /{VPC_LENGTH_MAX}")
    for forbidden in FORBIDDEN_BLOCKS:
        if block.overlaps(forbidden):
            raise InvalidVpcCidrBlock(cidr=cidr, reason=f"overlaps {forbidden.cidr}, which no VPC may have")


def vpc_ipv6_block_is_allowed(request: CreateVpc | ModifyVpcAttribute, _profile: Profile) -> None:
    """Refuse an Ipv6CidrBlock that is no IPv6 block of /56."""
    cidr = request.ipv6_cidr_block
    if not cidr:
        return
    try:
        block = AddressSpace.parse(cidr)
    except MalformedCidr as refusal:
        raise InvalidParameter(parameter="Ipv6CidrBlock", reason=str(refusal)) from None
    if block.family is not Family.IPV6 or block.length != VPC6_LENGTH:
        raise InvalidParameter(parameter="Ipv6CidrBlock", reason=f"{cidr} is no IPv6 block of /{VPC6_LENGTH}")


def read_block(cidr: str, family: str) -> AddressSpace:
    """Read a block of a family.

    Raises:
        InvalidCidrBlockMalformed: it is none.
    """
    try:
        block = AddressSpace.parse(cidr)
    except MalformedCidr as refusal:
        raise InvalidCidrBlockMalformed(reason=str(refusal)) from None
    if block.family != family:
        raise InvalidCidrBlockMalformed(reason=f"{cidr} is no {family} block")
    return block


def vswitch_block_has_one_form(request: CreateVSwitch, _profile: Profile) -> None:
    """Require CidrBlock or CidrMask, and refuse both."""
    if request.cidr_block and request.cidr_mask is not None:
        raise InvalidParameterConflict(parameter="CidrBlock", other="CidrMask")
    if not request.cidr_block and request.cidr_mask is None:
        raise MissingParameter(parameter="CidrBlock")


def vswitch_block_is_allowed(request: CreateVSwitch, _profile: Profile) -> None:
    """Refuse what is no IPv4 block of /16 to /29, and the mask of none."""
    length = request.cidr_mask
    if request.cidr_block:
        length = read_block(request.cidr_block, Family.IPV4).length
    if length is not None and length not in VSWITCH_LENGTHS:
        raise InvalidCirdrBlockMaskLength(length=length, least=VSWITCH_LENGTHS[0], most=VSWITCH_LENGTHS[-1])


def vswitch_ipv6_is_in_range(request: CreateVSwitch | ModifyVSwitchAttribute, _profile: Profile) -> None:
    """Refuse an Ipv6CidrBlock outside 0 to 255."""
    require_range("Ipv6CidrBlock", request.ipv6_cidr_block, 0, 255)


def _ipv6_mask_is_allowed(request: CreateVSwitch, _profile: Profile) -> None:
    require_range("Ipv6CidrMask", request.ipv6_cidr_mask, VSWITCH6_LENGTH, VSWITCH6_LENGTH)


def _region_or_vpc_is_given(request: DescribeVSwitches, _profile: Profile) -> None:
    if not request.region_id and not request.vpc_id:
        raise MissingParameter(parameter="RegionId")


def pages_are_in_range(request: DescribeVpcs | DescribeVSwitches | DescribeRouteTableList, _profile: Profile) -> None:
    """Refuse a page number below 1 and a page size outside 1 to 50."""
    require_page(request.page_number, request.page_size, PAGE_SIZE_MAX)


def _tags_are_few(request: DescribeVpcs | DescribeVSwitches | DescribeRouteTableList, _profile: Profile) -> None:
    require_short("Tag.N", request.tags, TAGS_MAX)


def _types_are_known(request: DescribeRouteTableList, _profile: Profile) -> None:
    require_word("RouterType", request.router_type, ("VRouter", "VBR"))
    require_word("RouteTableType", request.route_table_type, ("System", "Custom"))


def _vpcs_are_few(request: DescribeVpcs, _profile: Profile) -> None:
    require_short("VpcId", tuple((request.vpc_id or "").split(",")), _VPC_IDS_MAX)


RULES: Final[dict[type[Request], tuple[Rule, ...]]] = {
    CreateVpc: (
        needs(CreateVpc),
        vpc_texts_are_well_formed,
        vpc_block_is_allowed,
        vpc_ipv6_block_is_allowed,
        _token_is_well_formed,
        _tags_are_well_formed,
    ),
    DeleteVpc: (needs(DeleteVpc, "vpc_id", region=False), _token_is_well_formed),
    DescribeVpcs: (needs(DescribeVpcs), pages_are_in_range, _tags_are_few, _vpcs_are_few),
    DescribeVpcAttribute: (needs(DescribeVpcAttribute, "vpc_id", region=False),),
    ModifyVpcAttribute: (
        needs(ModifyVpcAttribute, "vpc_id", region=False),
        vpc_texts_are_well_formed,
        vpc_ipv6_block_is_allowed,
    ),
    DescribeRouteTableList: (needs(DescribeRouteTableList), _types_are_known, pages_are_in_range, _tags_are_few),
    CreateVSwitch: (
        needs(CreateVSwitch, "zone_id", "vpc_id", region=False),
        vswitch_block_has_one_form,
        vswitch_texts_are_well_formed,
        vswitch_block_is_allowed,
        vswitch_ipv6_is_in_range,
        _ipv6_mask_is_allowed,
        _token_is_well_formed,
        _tags_are_well_formed,
    ),
    DeleteVSwitch: (needs(DeleteVSwitch, "vswitch_id", region=False),),
    DescribeVSwitches: (_region_or_vpc_is_given, pages_are_in_range, _tags_are_few),
    DescribeVSwitchAttributes: (needs(DescribeVSwitchAttributes, "vswitch_id", region=False),),
    ModifyVSwitchAttribute: (
        needs(ModifyVSwitchAttribute, "vswitch_id", region=False),
        vswitch_texts_are_well_formed,
        vswitch_ipv6_is_in_range,
    ),
}
"""The rules of each action in the order in which they are asked."""
