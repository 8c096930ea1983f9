"""Rules of blocks that are set aside for prefixes.

Source: CreateVSwitchCidrReservation and its kin in the VPC SDK 7.2; eni_api.md section 5.
"""

from typing import Final

from cloudsim.api.requests import (
    CreateVSwitchCidrReservation,
    DeleteVSwitchCidrReservation,
    ListVSwitchCidrReservations,
    Request,
)
from cloudsim.api.rules.bounds import require_range, require_short, require_word
from cloudsim.api.rules.describing import TAGS_MAX
from cloudsim.api.rules.naming import require_tags, require_token
from cloudsim.api.rules.networks import read_block, require_text
from cloudsim.api.rules.presence import needs
from cloudsim.api.rules.rule import Rule
from cloudsim.errors.parameters import InvalidParameter, InvalidParameterConflict, MissingParameter
from cloudsim.ipam.edge import Family
from cloudsim.values.profile import Profile

IDS_MAX: Final = 10
RESULTS_MAX: Final = 100
_PREFIXES_MAX: Final = 32
_FORMS: Final = {
    "VSwitchCidrReservationCidr": "vswitch_cidr_reservation_cidr",
    "VSwitchCidrReservationMask": "vswitch_cidr_reservation_mask",
    "IpPrefixNumber": "ip_prefix_number",
}


def _kind_is_known(request: CreateVSwitchCidrReservation | ListVSwitchCidrReservations, _profile: Profile) -> None:
    """Refuse an IpVersion that is none, and a type other than prefix, which Terraform writes with a capital."""
    require_word("IpVersion", request.ip_version, list(Family))
    kind = request.vswitch_cidr_reservation_type
    if kind and kind.lower() != "prefix":
        raise InvalidParameter(parameter="VSwitchCidrReservationType", reason=f'"{kind}" is not prefix')


def _block_has_one_form(request: CreateVSwitchCidrReservation, _profile: Profile) -> None:
    """Require the block, its mask or the number of prefixes in it, and refuse two of them."""
    given = [name for name, field in _FORMS.items() if getattr(request, field) not in {None, ""}]
    if not given:
        raise MissingParameter(parameter="VSwitchCidrReservationCidr")
    if len(given) > 1:
        raise InvalidParameterConflict(parameter=given[0], other=given[1])


def _block_is_well_formed(request: CreateVSwitchCidrReservation, _profile: Profile) -> None:
    """Refuse what is no block of the family, a mask that is no number, and too many prefixes."""
    require_range("IpPrefixNumber", request.ip_prefix_number, 1, _PREFIXES_MAX)
    mask, cidr = request.vswitch_cidr_reservation_mask, request.vswitch_cidr_reservation_cidr
    if mask and not (mask.isascii() and mask.isdigit() and len(mask) < 4):
        raise InvalidParameter(parameter="VSwitchCidrReservationMask", reason=f'"{mask[:40]}" is no prefix length')
    if cidr:
        read_block(cidr, request.ip_version or Family.IPV4)


def _texts_are_well_formed(request: CreateVSwitchCidrReservation, profile: Profile) -> None:
    require_text("VSwitchCidrReservationName", request.vswitch_cidr_reservation_name, 128)
    require_text("VSwitchCidrReservationDescription", request.vswitch_cidr_reservation_description, 256)
    require_token(request.client_token)
    require_tags(request.tags, profile)


def _token_is_well_formed(request: DeleteVSwitchCidrReservation, _profile: Profile) -> None:
    require_token(request.client_token)


def _lists_are_short(request: ListVSwitchCidrReservations, _profile: Profile) -> None:
    require_range("MaxResults", request.max_results, 1, RESULTS_MAX)
    require_short("VSwitchCidrReservationIds.N", request.vswitch_cidr_reservation_ids, IDS_MAX)
    require_short("Tags.N", request.tags, TAGS_MAX)


RULES: Final[dict[type[Request], tuple[Rule, ...]]] = {
    CreateVSwitchCidrReservation: (
        needs(CreateVSwitchCidrReservation, "vswitch_id"),
        _block_has_one_form,
        _kind_is_known,
        _block_is_well_formed,
        _texts_are_well_formed,
    ),
    DeleteVSwitchCidrReservation: (
        needs(DeleteVSwitchCidrReservation, "vswitch_cidr_reservation_id"),
        _token_is_well_formed,
    ),
    ListVSwitchCidrReservations: (needs(ListVSwitchCidrReservations), _kind_is_known, _lists_are_short),
}
"""The rules of each action in the order in which they are asked."""
