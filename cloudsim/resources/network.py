"""Security groups and resource groups."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cloudsim.errors.base import ApiError
from cloudsim.errors.network import InvalidOperationEniCountExceeded
from cloudsim.errors.quota import SecurityGroupInstanceLimitExceed
from cloudsim.resources.capacity import Capacity
from cloudsim.resources.ledger import Ledger
from cloudsim.values.duration import Ns
from cloudsim.values.ids import NO_RESOURCE_GROUP, AccountId, RegionId, ResourceGroupId, SecurityGroupId, VpcId
from cloudsim.values.members import quick_members
from cloudsim.values.profile import Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceGroup:
    """A resource group of an account."""

    id: ResourceGroupId
    account: AccountId


@quick_members
class GroupType(StrEnum):
    """Basic groups count addresses; enterprise groups count addresses (classic profile) or ENIs (current)."""

    NORMAL = "normal"
    ENTERPRISE = "enterprise"


@quick_members
class InnerAccessPolicy(StrEnum):
    """Whether members of a security group reach each other without a rule that says so."""

    ACCEPT = "Accept"
    DROP = "Drop"


USUAL_POLICY: Final = {GroupType.NORMAL: InnerAccessPolicy.ACCEPT, GroupType.ENTERPRISE: InnerAccessPolicy.DROP}
"""Of a group that nobody has changed; that of an enterprise group nobody may change."""


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

    __slots__ = (
        "account", "counts_enis", "created_ns", "description", "id", "inner_access_policy", "key", "kind", "members",
        "name", "pins", "places", "region", "resource_group", "rule_count", "service_managed", "tags",
        "taken_elsewhere", "vpc",
    )  # fmt: skip

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
        self.members = 0
        """ENIs of this world that are in it, primary ones included."""
        self.name = ""
        self.description = ""
        self.created_ns: Ns = 0
        self.tags: tuple[tuple[str, str], ...] = ()
        self.resource_group: ResourceGroupId = NO_RESOURCE_GROUP
        self.rule_count = 0
        """How many rules it has; an ENI may have so many over all its groups (AclLimitExceed)."""
        self.service_managed = False
        """Whether a cloud product manages it, so that nobody else may."""
        self.inner_access_policy = USUAL_POLICY[kind]
        """Shown, and nothing else, since no packet is sent here."""
        self.pins = 0

    @classmethod
    def of_profile(
        cls,
        group_id: SecurityGroupId,
        profile: Profile,
        *,
        account: AccountId,
        region: RegionId,
        vpc: VpcId | None,
        kind: GroupType,
        capacity: int | None = None,
        ledger: Ledger,
    ) -> SecurityGroup:
        """Make a group with as many places as the profile gives its kind, unless ``capacity`` says how many."""
        is_enterprise = kind is GroupType.ENTERPRISE
        usual = profile.enterprise_group_capacity if is_enterprise else profile.basic_group_capacity
        return cls(
            group_id,
            account=account,
            region=region,
            vpc=vpc,
            kind=kind,
            capacity=usual if capacity is None else capacity,
            counts_enis=is_enterprise and profile.enterprise_counts_enis,
            ledger=ledger,
        )

    def places_for(self, address_count: int) -> int:
        """How many places an ENI with so many addresses takes."""
        return 1 if self.counts_enis else address_count

    def _refuse(self, places: Capacity, asked: int) -> ApiError:
        had = places.used + places.held
        if self.counts_enis:
            return InvalidOperationEniCountExceeded(group=self.id, used=had, limit=places.limit, asked=asked)
        return SecurityGroupInstanceLimitExceed(group=self.id, used=had, limit=places.limit, asked=asked)
