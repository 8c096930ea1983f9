"""DescribeAccountAttributes: the quotas of an account in a region, as they are at the moment.

A quota tells its limit, also when it has been set below what is in use. The answer has only those of the documented
attributes that something here stands behind: nothing counts disks or cloud assistants, so asking for those is no error
and finds nothing; nor does asking for the vCPUs of an account that may have any number.

Source: eni_api.md section 2.12; DescribeAccountAttributes reference.
"""

from collections.abc import Callable
from typing import Final

from cloudsim.api.requests import DescribeAccountAttributes
from cloudsim.api.responses import DescribeAccountAttributesResponse
from cloudsim.api.responses.account import AccountAttributeItem, ValueItem
from cloudsim.operations.admission import admit
from cloudsim.operations.operation import Call, Footprint, Operation, Phase
from cloudsim.operations.policy import Policy
from cloudsim.resources.capacity import Capacity
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.estate import Estate
from cloudsim.resources.instance import UNLIMITED
from cloudsim.resources.ledger import Mode


def _limit(cloud: Cloud, quota: Capacity) -> tuple[str, ...]:
    cloud.ledger.touch(quota.key, Mode.READ)
    return (str(quota.limit),)


def _vcpus(cloud: Cloud, estate: Estate) -> tuple[str, ...]:
    limit = _limit(cloud, estate.vcpu_places)
    return () if estate.vcpu_places.limit == UNLIMITED else limit


def _vcpus_used(cloud: Cloud, estate: Estate) -> tuple[str, ...]:
    cloud.ledger.touch(estate.vcpu_places.key, Mode.READ)
    return (str(estate.vcpu_places.used),)


def _networks(cloud: Cloud, _: Estate) -> tuple[str, ...]:
    return ("vpc", "classic") if cloud.profile.has_classic_network else ("vpc",)


_VALUES: Final[dict[str, Callable[[Cloud, Estate], tuple[str, ...]]]] = {
    "instance-network-type": _networks,
    "max-security-groups": lambda cloud, estate: _limit(cloud, estate.group_places),
    "max-elastic-network-interfaces": lambda cloud, estate: _limit(cloud, estate.quota),
    "max-postpaid-instance-vcpu-count": _vcpus,
    "used-postpaid-instance-vcpu-count": _vcpus_used,
    "supported-postpaid-instance-types": lambda cloud, _: tuple(cloud.catalogue.names()),
}
"""What stands behind each attribute that has a value here."""


def describe(cloud: Cloud, call: Call[DescribeAccountAttributes], policy: Policy) -> Operation:
    """Read attributes of the account."""
    del policy  # nothing here is left open
    yield Phase.ADMIT
    estate = admit(cloud, call)
    yield Phase.READ
    names = [name for name in dict.fromkeys(call.request.attribute_names or _VALUES) if name in _VALUES]
    found = [(name, _VALUES[name](cloud, estate)) for name in names]
    cloud.answer(
        DescribeAccountAttributesResponse(
            request_id=call.draws.request_id(),
            account_attribute_items=tuple([_item(name, values) for name, values in found if values]),
        )
    )
    yield Phase.RESPOND


def _item(name: str, values: tuple[str, ...]) -> AccountAttributeItem:
    return AccountAttributeItem(
        attribute_name=name, attribute_values=tuple([ValueItem(value=value) for value in values])
    )


def footprint(cloud: Cloud, call: Call[DescribeAccountAttributes], policy: Policy, phase: Phase) -> Footprint:
    """Say what reading touches: the quotas."""
    del cloud, policy, phase
    where = f"{call.account}/{call.request.region_id}"
    return tuple([(f"{quota}:{where}", Mode.READ) for quota in ("quota", "group-quota", "vcpu-quota")])
