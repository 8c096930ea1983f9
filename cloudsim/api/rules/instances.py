"""Rules of instances and their types; those of RunInstances are in a file of their own.

A filter that finds nothing is no fault, but a status that no instance can have is.

Source: eni_api.md sections 2.9 and 2.10; StopInstance, help page (StoppedMode).
"""

from typing import Final

from cloudsim.api.requests import (
    DeleteInstance,
    DescribeInstances,
    DescribeInstanceStatus,
    DescribeInstanceTypes,
    Request,
    RunInstances,
    StartInstance,
    StopInstance,
)
from cloudsim.api.rules import launching
from cloudsim.api.rules.bounds import require_range, require_short, require_word
from cloudsim.api.rules.describing import TAGS_MAX, require_keys, require_page, require_page_of_either_style
from cloudsim.api.rules.presence import needs, region_is_given
from cloudsim.api.rules.rule import Rule
from cloudsim.errors.instances import InvalidStatusNotFound
from cloudsim.values.profile import Profile

STATUSES: Final = ("Pending", "Starting", "Running", "Stopping", "Stopped")
_STOPPED_MODES: Final = ("KeepCharging", "StopCharging")


def stopped_mode_is_known(request: StopInstance, _profile: Profile) -> None:
    """Refuse a StoppedMode that is none of the two."""
    require_word("StoppedMode", request.stopped_mode, _STOPPED_MODES)


def instance_filters_are_sound(request: DescribeInstances, _profile: Profile) -> None:
    """Refuse too long lists, an unknown status and a tag without a key."""
    require_short("InstanceIds", request.instance_ids, 100)
    require_short("PrivateIpAddresses", request.private_ip_addresses, 100)
    require_short("Ipv6Address.N", request.ipv6_addresses, 100)
    require_short("Tag.N", request.tags, TAGS_MAX)
    if request.status and request.status not in STATUSES:
        raise InvalidStatusNotFound(status=request.status)
    require_keys(request.tags)


def instance_pages_are_in_range(request: DescribeInstances, _profile: Profile) -> None:
    """Refuse a page that cannot be."""
    require_page_of_either_style(request, 100)


def status_list_is_sound(request: DescribeInstanceStatus, _profile: Profile) -> None:
    """Refuse too many ids, and a page that cannot be."""
    require_short("InstanceId.N", request.instance_ids, 100)
    require_page(request.page_number, request.page_size, 50)


def type_filters_are_sound(request: DescribeInstanceTypes, _profile: Profile) -> None:
    """Refuse too many names, and a page that cannot be."""
    require_short("InstanceTypes.N", request.instance_types, 10)
    require_range("MaxResults", request.max_results, 1, 1600)


RULES: Final[dict[type[Request], tuple[Rule, ...]]] = {
    RunInstances: (
        needs(RunInstances, "instance_type"),
        launching.amount_is_in_range,
        launching.texts_are_well_formed,
        launching.queues_are_well_formed,
        launching.interfaces_agree,
        launching.token_is_well_formed,
        launching.places_are_given,
        launching.tags_are_well_formed,
        launching.addresses_are_well_formed,
    ),
    StartInstance: (needs(StartInstance, "instance_id", region=False),),
    StopInstance: (needs(StopInstance, "instance_id", region=False), stopped_mode_is_known),
    DeleteInstance: (needs(DeleteInstance, "instance_id", region=False),),
    DescribeInstances: (region_is_given, instance_filters_are_sound, instance_pages_are_in_range),
    DescribeInstanceStatus: (region_is_given, status_list_is_sound),
    DescribeInstanceTypes: (type_filters_are_sound,),
}
"""The rules of each action in the order in which they are asked."""
