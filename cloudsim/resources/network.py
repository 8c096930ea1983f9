"""VPCs and security groups; the vSwitch, which hands out addresses, has a file of its own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cloudsim.errors.base import ApiError
from cloudsim.errors.network import InvalidOperationEniCountExceeded
from cloudsim.errors.quota import SecurityGroupInstanceLimitExceed
from cloudsim.resources.capacity import Capacity
from cloudsim.resources.ledger import Ledger
from cloudsim.values.ids import AccountId, RegionId, ResourceGroupId, SecurityGroupId, VpcId


@dataclass(frozen=True, slots=True, kw_only=True)
class Vpc:
    """A virtual private cloud: the blocks that its vSwitches lie in."""

    id: VpcId
    account: AccountId
    region: RegionId
    cidrs: tuple[str, ...]
    """The block that it was made with, then the secondary ones."""
    ipv6_cidr: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceGroup:
    """A resource group of an account."""

    id: ResourceGroupId
    account: AccountId


class GroupType(StrEnum):
    """Basic groups count addresses; enterprise groups count addresses (classic profile) or ENIs (current)."""

    NORMAL = "normal"
    ENTERPRISE = "enterprise"


class SecurityGroup:
    """A security group: who is in it matters here, its rules do not.

    Args:
        group_id: its id.
        account: whose it is.
        region: where.
        vpc: the VPC that it belongs to, or None for a classic-network group.
        kind: basic or enterprise.
        capacity: how many addresses, or ENIs, it takes.
        counts_enis: whether places are counted in ENIs instead of addresses.
        ledger: of the cloud.

    Source: eni_api.md section 6 (capacities), CreateNetworkInterface reference (SecurityGroupInstanceLimitExceed).
    """

    __slots__ = ("account", "counts_enis", "id", "key", "kind", "places", "region", "taken_elsewhere", "vpc")

    def __init__(
        self,
        group_id: SecurityGroupId,
        *,
        account: AccountId,
        region: RegionId,
        vpc: VpcId | None,
        kind: GroupType,
        capacity: int,
        counts_enis: bool,
        ledger: Ledger,
    ) -> None:
        self.id = group_id
        self.key = f"group:{group_id}"
        self.account = account
        self.region = region
        self.vpc = vpc
        self.kind = kind
        self.counts_enis = counts_enis
        self.taken_elsewhere = 0
        """Places that members outside of this world have taken."""
        self.places = Capacity(f"group-places:{group_id}", ledger, capacity, self._refuse)

    def places_for(self, address_count: int) -> int:
        """How many places an ENI with so many addresses takes."""
        return 1 if self.counts_enis else address_count

    def _refuse(self, places: Capacity, asked: int) -> ApiError:
        had = places.used + places.held
        if self.counts_enis:
            return InvalidOperationEniCountExceeded(group=self.id, used=had, limit=places.limit, asked=asked)
        return SecurityGroupInstanceLimitExceed(group=self.id, used=had, limit=places.limit, asked=asked)
