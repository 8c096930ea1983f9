"""What must be there, what may not, and security groups, which are required in one of two forms.

Source: CreateNetworkInterface reference: RegionId, VSwitchId, SecurityGroupId and SecurityGroupIds.N; eni_api.md
sections 1.1 (either form of security groups is needed) and 1.3 (JoinedGroupLimitExceed, SecurityGroupIdRepeated).
"""

from operator import attrgetter
from typing import Final

import msgspec

from cloudsim.api.requests import CreateNetworkInterface, DeleteNetworkInterface, Request
from cloudsim.api.rules.rule import Rule
from cloudsim.errors.network import InvalidParameterSecurityGroupIdRepeated
from cloudsim.errors.parameters import (
    InvalidParameter,
    InvalidParameterConflict,
    MissingParameter,
    UnsupportedParameter,
)
from cloudsim.errors.quota import JoinedGroupLimitExceed
from cloudsim.values.profile import Profile

NEWER: Final[dict[str, str]] = {
    field.name: field.encode_name
    for field in msgspec.structs.fields(CreateNetworkInterface)
    if field.name
    in (
        *("ipv4_prefixes", "ipv4_prefix_count", "ipv6_addresses", "ipv6_address_count"),
        *("ipv6_prefixes", "ipv6_prefix_count", "instance_type", "network_interface_traffic_mode"),
        *("queue_pair_number", "rx_queue_size", "tx_queue_size", "delete_on_release", "source_dest_check"),
        *("enable_primary_ipv6", "network_interface_traffic_config", "connection_tracking_configuration"),
        *("enhanced_network", "business_type", "visible"),
    )
}
"""Parameters of a create that the reference does not have: field and wire name."""

newer_values: Final = attrgetter(*NEWER)
NOTHING_NEWER: Final = (None,) * len(NEWER)
"""What :data:`newer_values` gives for most requests."""


def region_is_given(request: Request, _profile: Profile) -> None:
    """Require RegionId."""
    if not request.region_id:
        raise MissingParameter(parameter="RegionId")


def needs(request: type[Request], *fields: str, region: bool = True) -> Rule:
    """Make the rule that requires RegionId, unless ``region`` is false, and some fields of a request, in this order."""
    names = {one.name: one.encode_name for one in msgspec.structs.fields(request)}
    wanted = [(name, names[name]) for name in (("region_id", *fields) if region else fields)]

    def has_what_it_needs(request: Request, _profile: Profile) -> None:
        for name, wire_name in wanted:
            if not getattr(request, name):
                raise MissingParameter(parameter=wire_name)

    return has_what_it_needs


def create_has_what_it_needs(request: CreateNetworkInterface, profile: Profile) -> None:
    """Require RegionId, VSwitchId and one form of security groups."""
    region_is_given(request, profile)
    if not request.vswitch_id:
        raise MissingParameter(parameter="VSwitchId")
    if not request.security_group_id and not request.security_group_ids:
        raise MissingParameter(parameter="SecurityGroupId")


def delete_has_what_it_needs(request: DeleteNetworkInterface, profile: Profile) -> None:
    """Require RegionId and NetworkInterfaceId."""
    region_is_given(request, profile)
    if not request.network_interface_id:
        raise MissingParameter(parameter="NetworkInterfaceId")


def profile_knows_the_parameters(request: CreateNetworkInterface, profile: Profile) -> None:
    """Refuse the newer parameters under an older profile, naming the first."""
    if profile.newer_parameters or newer_values(request) == NOTHING_NEWER:
        return
    for name, wire_name in NEWER.items():
        if getattr(request, name) not in {None, "", ()}:
            raise UnsupportedParameter(parameter=wire_name, profile=profile.name)


def newer_are_known(request: type[Request], *fields: str) -> Rule:
    """Make the rule that refuses some fields of a request under an older profile, naming the first."""
    names = {one.name: one.encode_name for one in msgspec.structs.fields(request)}
    wanted = [(name, names[name]) for name in fields]

    def profile_knows_them(request: Request, profile: Profile) -> None:
        if profile.newer_parameters:
            return
        for name, wire_name in wanted:
            if getattr(request, name) not in {None, "", ()}:
                raise UnsupportedParameter(parameter=wire_name, profile=profile.name)

    return profile_knows_them


def groups_have_one_form(request: CreateNetworkInterface, _profile: Profile) -> None:
    """Refuse SecurityGroupId together with SecurityGroupIds.N."""
    if request.security_group_id and request.security_group_ids:
        raise InvalidParameterConflict(parameter="SecurityGroupId", other="SecurityGroupIds.N")


def groups_are_few_and_different(request: CreateNetworkInterface, profile: Profile) -> None:
    """Refuse more groups than an ENI may be in, and a group that is listed twice."""
    if request.security_group_ids:
        require_few_and_different("SecurityGroupIds.N", request.security_group_ids, profile)


def require_few_and_different(parameter: str, groups: tuple[str, ...] | None, profile: Profile) -> None:
    """Refuse more groups than an ENI may be in, and a group that is listed twice.

    The reference has no code for the second, so an older profile answers InvalidParameter.

    Raises:
        JoinedGroupLimitExceed: they are too many.
        InvalidParameterSecurityGroupIdRepeated: one is listed twice.
        InvalidParameter: likewise, under an older profile.
    """
    if not groups or len(groups) == 1:
        return
    if len(groups) > profile.groups_per_eni_max:
        raise JoinedGroupLimitExceed(asked=len(groups), limit=profile.groups_per_eni_max)
    if len(set(groups)) == len(groups):
        return
    repeated = next(group for position, group in enumerate(groups) if group in groups[:position])
    if profile.newer_parameters:
        raise InvalidParameterSecurityGroupIdRepeated(group=repeated)
    raise InvalidParameter(parameter=parameter, reason=f"{repeated} is listed twice")
