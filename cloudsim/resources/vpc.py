"""VPCs: the blocks that vSwitches lie in, and how many addresses and vSwitches one may have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cloudsim.errors.addresses import VpcAddressesExceeded
from cloudsim.errors.base import ApiError
from cloudsim.errors.vpc import QuotaExceededVSwitch
from cloudsim.resources.capacity import Capacity
from cloudsim.resources.ledger import Ledger, Mode
from cloudsim.values.duration import Ns
from cloudsim.values.ids import NO_RESOURCE_GROUP, AccountId, CallName, RegionId, ResourceGroupId, VpcId, VSwitchId

if TYPE_CHECKING:
    from cloudsim.resources.vswitch import VSwitch


class Vpc:
    """A virtual private cloud.

    Args:
        id: its id.
        account: whose.
        region: where.
        cidrs: the block that it was made with, then the secondary ones.
        ipv6_cidr: its IPv6 block, a /56; None while IPv6 is not turned on.
        address_limit: how many private IPv4 addresses its vSwitches may have in use together.
        vswitch_limit: how many vSwitches it may have.
        ledger: of the cloud.

    Source: eni_api.md sections 2.13, 5 (60,000 addresses) and 6 (150 vSwitches).
    """

    __slots__ = (
        "account", "address_limit", "addresses_key", "cidrs", "created_ns", "description", "id", "ipv6_cidr",
        "is_default", "key", "lawful_addresses", "ledger", "made_by", "name", "pins", "region", "resource_group",
        "route_table_id", "router_id", "size", "status", "tags", "vswitch_places", "vswitches",
    )  # fmt: skip

    def __init__(
        self,
        *,
        id: VpcId,  # noqa: A002  the key's name
        account: AccountId,
        region: RegionId,
        cidrs: tuple[str, ...],
        ipv6_cidr: str | None = None,
        address_limit: int,
        vswitch_limit: int,
        ledger: Ledger,
    ) -> None:
        self.id = id
        self.key = f"vpc:{id}"
        self.addresses_key = f"vpc-addresses:{id}"
        self.account = account
        self.region = region
        self.cidrs = cidrs
        self.ipv6_cidr = ipv6_cidr
        self.address_limit = address_limit
        self.lawful_addresses = address_limit
        """The most that may be in use without somebody having overshot, as :attr:`Capacity.lawful`."""
        self.ledger = ledger
        self.vswitch_places = Capacity(f"vswitch-quota:{id}", ledger, vswitch_limit, self._refuse_vswitch)
        self.vswitches: dict[VSwitchId, VSwitch] = {}
        """Its vSwitches, oldest first."""
        self.size = 0
        """How many addresses they have together."""
        self.name = ""
        self.description = ""
        self.status = "Available"
        self.created_ns: Ns = 0
        self.tags: tuple[tuple[str, str], ...] = ()
        self.resource_group: ResourceGroupId = NO_RESOURCE_GROUP
        self.is_default = False
        self.router_id = f"vrt-{id.removeprefix('vpc-')}"
        self.route_table_id = f"vtb-{id.removeprefix('vpc-')}"
        self.made_by: CallName | None = None
        """The call that made it; None for one of the world's beginning."""
        self.pins = 0

    @property
    def is_tight(self) -> bool:
        """Whether its vSwitches together have more addresses than it may use, so that the limit can bite at all."""
        return self.size > self.address_limit

    def addresses_used(self) -> int:
        """How many private IPv4 addresses are in use or leased, those in prefixes included; O(vSwitches)."""
        now_ns = self.ledger.now_ns
        counts = [vswitch.pool.counts_at(now_ns) for vswitch in self.vswitches.values()]
        return sum(count.used + count.in_prefix for count in counts)

    def set_address_limit(self, limit: int) -> None:
        """Set how many addresses it may use; what is in use stays in use. O(vSwitches)."""
        self.address_limit = limit
        self.lawful_addresses = max(limit, self.addresses_used())

    def require_addresses(self, count: int) -> None:
        """Refuse if so many further addresses would be more than the VPC may use; see :attr:`is_tight`.

        Raises:
            VpcAddressesExceeded: they would.
        """
        self.ledger.touch(self.addresses_key, Mode.WRITE)
        used = self.addresses_used()
        if used + count > self.address_limit:
            raise VpcAddressesExceeded(vpc=self.id, used=used, limit=self.address_limit, asked=count)

    def _refuse_vswitch(self, places: Capacity, asked: int) -> ApiError:
        return QuotaExceededVSwitch(vpc=self.id, used=places.used + places.held, limit=places.limit, asked=asked)
