"""Rules of regions, zones and account attributes.

Source: eni_api.md section 2.12; DescribeAccountAttributes reference.
"""

from typing import Final

from cloudsim.api.requests import DescribeAccountAttributes, DescribeRegions, DescribeZones, Request
from cloudsim.api.rules.bounds import require_short, require_word
from cloudsim.api.rules.presence import region_is_given
from cloudsim.api.rules.rule import Rule
from cloudsim.errors import account
from cloudsim.values.profile import Profile

_NAMES_MAX: Final = 8

ATTRIBUTES: Final = (
    "instance-network-type",
    "max-security-groups",
    "max-elastic-network-interfaces",
    "max-postpaid-instance-vcpu-count",
    "max-spot-instance-vcpu-count",
    "used-postpaid-instance-vcpu-count",
    "used-spot-instance-vcpu-count",
    "max-postpaid-yundisk-capacity",
    "used-postpaid-yundisk-capacity",
    "max-dedicated-hosts",
    "supported-postpaid-instance-types",
    "max-axt-command-count",
    "max-axt-invocation-daily",
    "real-name-authentication",
    "max-cloud-assistant-activation-count",
)
"""The documented attributes of an account."""


def attributes_are_known(request: DescribeAccountAttributes, _profile: Profile) -> None:
    """Require RegionId, by a code of this operation's own, and at most eight names that are documented."""
    if not request.region_id:
        raise account.InvalidParameter
    require_short("AttributeName.N", request.attribute_names, _NAMES_MAX)
    for name in request.attribute_names or ():
        require_word("AttributeName.N", name, ATTRIBUTES)


RULES: Final[dict[type[Request], tuple[Rule, ...]]] = {
    DescribeRegions: (),
    DescribeZones: (region_is_given,),
    DescribeAccountAttributes: (attributes_are_known,),
}
"""The rules of each action in the order in which they are asked."""
