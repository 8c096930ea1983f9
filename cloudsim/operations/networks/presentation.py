"""How VPCs and vSwitches are shown.

Source: eni_api.md section 2.13; VPC SDK, response models.
"""

from typing import Any

from cloudsim.api.responses.base import VpcTag
from cloudsim.api.responses.networks import Ipv6CidrBlock, RouteTable
from cloudsim.operations.calendar import calendar_text
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.ledger import Mode
from cloudsim.resources.vpc import Vpc
from cloudsim.resources.vswitch import VSwitch
from cloudsim.values.ids import AccountId


def shown_count(cloud: Cloud, vswitch: VSwitch) -> int:
    """Give AvailableIpAddressCount as a caller sees it.

    Free IPv4 addresses: neither used, leased, reserved by the system nor cooling down. A block that is set aside for
    prefixes is not free, so a reservation lowers the count by its size at once, and a prefix of it by nothing; a prefix
    from outside of any reservation counts as the 16 addresses that it has. The documents say none of this.
    """
    cloud.ledger.touch(vswitch.pool_key, Mode.READ)
    return cloud.conditions.shown_count(vswitch)


def shown_tags(tags: tuple[tuple[str, str], ...]) -> tuple[VpcTag, ...]:
    """Give tags as the VPC API shows them."""
    return tuple([VpcTag(key=key, value=value) for key, value in tags])


def owner_number(cloud: Cloud, account: AccountId) -> int:
    """Give OwnerId, which the VPC API shows as a number; 0 for an account whose world gave it a text of letters."""
    owner = cloud.accounts[account].owner_id
    return int(owner) if owner.isascii() and owner.isdigit() else 0


def vpc_fields(cloud: Cloud, vpc: Vpc) -> dict[str, Any]:
    """Give what both answers that show a VPC have."""
    ipv6 = vpc.ipv6_cidr or ""
    return {
        "vpc_id": vpc.id,
        "vpc_name": vpc.name,
        "description": vpc.description,
        "status": vpc.status,
        "region_id": vpc.region,
        "owner_id": owner_number(cloud, vpc.account),
        "creation_time": calendar_text(vpc.created_ns),
        "cidr_block": vpc.cidrs[0],
        "secondary_cidr_blocks": vpc.cidrs[1:],
        "enabled_ipv6": bool(ipv6),
        "ipv6_cidr_block": ipv6,
        "ipv6_cidr_blocks": (Ipv6CidrBlock(ipv6_cidr_block=ipv6),) if ipv6 else (),
        "is_default": vpc.is_default,
        "vrouter_id": vpc.router_id,
        "vswitch_ids": tuple(vpc.vswitches),
        "resource_group_id": vpc.resource_group,
        "tags": shown_tags(vpc.tags),
    }


def vswitch_fields(cloud: Cloud, vswitch: VSwitch) -> dict[str, Any]:
    """Give what both answers that show a vSwitch have."""
    vpc = vswitch.vpc
    return {
        "vswitch_id": vswitch.id,
        "vswitch_name": vswitch.name,
        "description": vswitch.description,
        "vpc_id": vpc.id,
        "zone_id": vswitch.zone,
        "status": vswitch.status,
        "owner_id": owner_number(cloud, vpc.account),
        "creation_time": calendar_text(vswitch.created_ns),
        "cidr_block": vswitch.pool.space.cidr,
        "ipv6_cidr_block": "" if vswitch.pool6 is None else vswitch.pool6.space.cidr,
        "enabled_ipv6": vswitch.pool6 is not None,
        "available_ip_address_count": shown_count(cloud, vswitch),
        "is_default": vswitch.is_default,
        "resource_group_id": vswitch.resource_group,
        "route_table": RouteTable(route_table_id=vpc.route_table_id),
        "tags": shown_tags(vswitch.tags),
    }
