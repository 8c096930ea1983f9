"""What the journal says of a thing: enough to make it again; what is empty or usual is left out.

Each kind of thing has three events: ``eni-created``, ``eni-changed`` and ``eni-deleted``, the first two with all facts,
so that replaying a journal is putting the last word about each thing in a table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cloudsim.resources.interface import EniExtras, EniStatus, EniType, NetworkInterface
from cloudsim.resources.journal import Fact
from cloudsim.resources.network import USUAL_POLICY, SecurityGroup

if TYPE_CHECKING:
    from cloudsim.resources.instance import Instance
    from cloudsim.resources.vpc import Vpc
    from cloudsim.resources.vswitch import VSwitch


def facts_of(eni: NetworkInterface) -> dict[str, Fact]:
    """What is to be said of an ENI."""
    facts: dict[str, Fact] = {
        "eni": eni.id,
        "vswitch": eni.vswitch.id,
        "addresses": eni.private_ip_addresses,
        "groups": eni.security_group_ids,
        "mac": eni.mac_address,
        "resource_group": eni.resource_group,
    }
    if eni.type is not EniType.SECONDARY:
        facts["type"] = eni.type
    if eni.status is not EniStatus.AVAILABLE:
        facts["status"] = eni.status
    if eni.client_token is not None:
        facts["token"] = eni.client_token
    if eni.name:
        facts["name"] = eni.name
    if eni.description:
        facts["description"] = eni.description
    if eni.tags:
        facts["tags"] = dict(eni.tags)
    if eni.queue_number is not None:
        facts["queue_number"] = eni.queue_number
    if eni.instance is not None:
        facts["instance"] = eni.instance
    if eni.extras is not None:
        for name, usual in _USUAL_EXTRAS.items():
            value = getattr(eni.extras, name)
            if value != usual:
                facts[name] = value
    return facts


_USUAL_EXTRAS: Final[dict[str, object]] = {name: getattr(EniExtras(), name) for name in EniExtras.__slots__}


def _with_texts(facts: dict[str, Fact], thing: Vpc | VSwitch | SecurityGroup | Instance) -> dict[str, Fact]:
    """Add what everything has that people name and tag."""
    if thing.name:
        facts["name"] = thing.name
    if thing.description:
        facts["description"] = thing.description
    if thing.tags:
        facts["tags"] = dict(thing.tags)
    facts["resource_group"] = thing.resource_group
    return facts


def facts_of_vpc(vpc: Vpc) -> dict[str, Fact]:
    """What is to be said of a VPC."""
    facts: dict[str, Fact] = {
        "vpc": vpc.id, "account": vpc.account, "region": vpc.region, "cidrs": vpc.cidrs, "status": vpc.status
    }  # fmt: skip
    if vpc.ipv6_cidr is not None:
        facts["ipv6_cidr"] = vpc.ipv6_cidr
    return _with_texts(facts, vpc)


def facts_of_vswitch(vswitch: VSwitch) -> dict[str, Fact]:
    """What is to be said of a vSwitch."""
    facts: dict[str, Fact] = {
        "vswitch": vswitch.id, "vpc": vswitch.vpc.id, "zone": vswitch.zone, "cidr": vswitch.pool.space.cidr,
        "status": vswitch.status,
    }  # fmt: skip
    if vswitch.pool6 is not None:
        facts["ipv6_cidr"] = vswitch.pool6.space.cidr
    if vswitch.reservations:
        facts["reservations"] = tuple(one.cidr for one in vswitch.reservations.values())
    return _with_texts(facts, vswitch)


def facts_of_group(group: SecurityGroup) -> dict[str, Fact]:
    """What is to be said of a security group."""
    facts: dict[str, Fact] = {
        "group": group.id, "account": group.account, "region": group.region, "vpc": group.vpc, "type": group.kind
    }  # fmt: skip
    if group.rule_count:
        facts["rules"] = group.rule_count
    if group.service_managed:
        facts["service_managed"] = True
    if group.inner_access_policy is not USUAL_POLICY[group.kind]:
        facts["inner_access_policy"] = group.inner_access_policy
    return _with_texts(facts, group)


def facts_of_instance(instance: Instance) -> dict[str, Fact]:
    """What is to be said of an instance."""
    facts: dict[str, Fact] = {
        "instance": instance.id, "type": instance.type.name, "primary": instance.primary.id, "status": instance.status
    }  # fmt: skip
    if instance.deletion_protection:
        facts["deletion_protection"] = True
    return _with_texts(facts, instance)
