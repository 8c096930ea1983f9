"""Rules that need no state: what a request may say, whatever exists.

Each rule is a small function of the request and the profile; the tuples below are the order in which they are asked,
and the first broken one answers. No document gives an order. Ours puts what is lacking first, then what the profile
does not know, then forms and ranges, exclusions, the token, groups, tags, and addresses last, as eni_api.md section 1.3
suggests. A rule returns at once for a parameter that is not given, and an empty text or list is not given, so the usual
create passes all of them in a microsecond and a half.

Source: CreateNetworkInterface reference, request parameters; eni_api.md sections 1.1, 1.3, 2.3 and 2.4.
"""

from typing import Final

from cloudsim.api.requests import CreateNetworkInterface, DeleteNetworkInterface, DescribeNetworkInterfaces, Request
from cloudsim.api.rules import (
    addresses,
    assigning,
    attaching,
    describing,
    groups,
    instances,
    naming,
    networks,
    newer,
    places,
    presence,
    reservations,
    tagging,
)
from cloudsim.api.rules.rule import Rule
from cloudsim.values.profile import Profile

RULES: Final[dict[type[Request], tuple[Rule, ...]]] = {
    CreateNetworkInterface: (
        presence.create_has_what_it_needs,
        presence.profile_knows_the_parameters,
        naming.name_is_well_formed,
        naming.description_is_well_formed,
        addresses.queue_number_is_in_range,
        addresses.secondary_addresses_are_few,
        newer.ranges_are_kept,
        presence.groups_have_one_form,
        addresses.lists_exclude_counts,
        naming.token_is_well_formed,
        presence.groups_are_few_and_different,
        naming.tags_are_well_formed,
        addresses.addresses_are_well_formed,
        newer.addresses_are_well_formed,
    ),
    DeleteNetworkInterface: (presence.delete_has_what_it_needs,),
    DescribeNetworkInterfaces: (
        presence.region_is_given,
        describing.region_is_well_formed,
        describing.lists_are_short,
        describing.pages_are_in_range,
        describing.tags_have_keys,
    ),
    **attaching.RULES,
    **assigning.RULES,
    **instances.RULES,
    **networks.RULES,
    **reservations.RULES,
    **groups.RULES,
    **places.RULES,
    **tagging.RULES,
}
"""The rules of each action in the order in which they are asked."""


def check(request: Request, profile: Profile) -> None:
    """Ask all rules.

    Args:
        request: of an action in :data:`RULES`.
        profile: the numbers, and which parameters are known.

    Raises:
        ApiError: the first broken rule's.
    """
    for rule in RULES[type(request)]:
        rule(request, profile)
