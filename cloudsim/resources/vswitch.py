"""The vSwitch: its address pools, and the lease that a request takes from them.

The pools (floor 2) know offsets and states; here their refusals become the documented ones, addresses become text, and
what is leased is written into the journal.

Source: CreateNetworkInterface reference (PrimaryIpAddress, PrivateIpAddress.N and the InvalidVSwitchId.* codes),
eni_api.md section 5, ip_pools.md section 3 "Semantics".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, Self

import msgspec

from cloudsim.errors.addresses import (
    InvalidPrivateIpAddressDuplicated,
    InvalidVSwitchIdIpInvalid,
    InvalidVSwitchIdIpNotEnough,
    InvalidVSwitchIpv6NotTurnOn,
)
from cloudsim.errors.base import ApiError
from cloudsim.ipam.lease import Lease
from cloudsim.ipam.pool import Pool
from cloudsim.ipam.refusals import (
    AddressNotFree,
    AddressOutside,
    AddressReserved,
    PoolExhausted,
    PrefixUnavailable,
)
from cloudsim.ipam.states import State
from cloudsim.resources.interface import NetworkInterface
from cloudsim.resources.ledger import Ledger, Mode
from cloudsim.resources.vpc import Vpc
from cloudsim.values.duration import Ns
from cloudsim.values.ids import NO_RESOURCE_GROUP, CallName, EniId, ResourceGroupId, VSwitchId, ZoneId

if TYPE_CHECKING:
    from cloudsim.resources.estate import Estate


class AddressWish(msgspec.Struct, frozen=True, kw_only=True):
    """The addresses of one family that a request asks for."""

    primary: str | None = None
    """The primary address; None leaves it to the pool where ``wants_primary``."""
    wants_primary: bool = True
    listed: tuple[str, ...] = ()
    count: int = 0
    """How many further ones the pool chooses."""
    prefixes: tuple[str, ...] = ()
    prefix_count: int = 0

    @property
    def size(self) -> int:
        """How many places of a basic security group the wish takes: each address and each prefix is one."""
        primary = 1 if self.wants_primary else 0
        return primary + len(self.listed) + self.count + len(self.prefixes) + self.prefix_count


class Reservation(msgspec.Struct, frozen=True, kw_only=True):
    """A block of a vSwitch that is set aside for prefixes."""

    id: str
    cidr: str
    status: str = "Assigned"
    """``Assigning`` and ``Releasing`` while calls are under way."""
    created_ns: Ns = 0
    name: str = ""
    description: str = ""
    tags: tuple[tuple[str, str], ...] = ()


class LeasedAddresses(Protocol):
    """Addresses taken for one request, to be used with ``with``."""

    addresses: tuple[str, ...]
    prefixes: tuple[str, ...]

    def keep(self) -> None:
        """Make them permanent."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *exc_info: object) -> None: ...


class VSwitch:
    """A vSwitch: a block of addresses in one zone of a VPC.

    Args:
        vswitch_id: its id.
        vpc: the VPC.
        zone: the zone.
        pool: of its IPv4 addresses.
        pool6: of its IPv6 addresses, or None where IPv6 is not turned on.
        ledger: of the cloud.
    """

    __slots__ = (
        "_double_booked", "created_ns", "description", "estate", "id", "interfaces", "is_default", "key", "ledger",
        "made_by", "name", "pins", "pool", "pool6", "pool_key", "reservations", "resource_group", "shortage",
        "status", "tags", "taken_elsewhere", "vpc", "zone",
    )  # fmt: skip

    def __init__(
        self,
        vswitch_id: VSwitchId,
        *,
        vpc: Vpc,
        zone: ZoneId,
        pool: Pool,
        pool6: Pool | None = None,
        status: str = "Available",
        ledger: Ledger,
    ) -> None:
        self.id = vswitch_id
        self.key = f"vswitch:{vswitch_id}"
        self.pool_key = f"pool:{vswitch_id}"
        self.vpc = vpc
        self.zone = zone
        self.pool = pool
        self.pool6 = pool6
        self.status = status
        self.ledger = ledger
        self.interfaces: dict[EniId, NetworkInterface] = {}
        """The ENIs in it, oldest first."""
        self.estate: Estate | None = None
        """What its ENIs belong to; the cloud finds it when it is first asked for."""
        self.taken_elsewhere = 0
        """Addresses that other cloud products have taken."""
        self.shortage: type[ApiError] = InvalidVSwitchIdIpNotEnough
        """How it refuses for lack of addresses; a trouble may say the alias instead."""
        self._double_booked: dict[str, int] = {}
        """Addresses and prefixes that have more holders than one, and how many more."""
        self.name = ""
        self.description = ""
        self.created_ns: Ns = 0
        self.tags: tuple[tuple[str, str], ...] = ()
        self.resource_group: ResourceGroupId = NO_RESOURCE_GROUP
        self.is_default = False
        self.reservations: dict[str, Reservation] = {}
        """Blocks that are set aside for prefixes, by id, oldest first."""
        self.made_by: CallName | None = None
        """The call that made it; None for one of the world's beginning."""
        self.pins = 0

    def stand_in(self, ledger: Ledger, vpc: Vpc) -> None:
        """Become the vSwitch of another cloud, as a copy that shares nothing that changes with what it was copied from.

        Args:
            ledger: of that cloud.
            vpc: there.
        """
        self.ledger = ledger
        self.vpc = vpc
        self.estate = None
        self.pool = self.pool.clone()
        self.pool6 = None if self.pool6 is None else self.pool6.clone()
        self.reservations = dict(self.reservations)
        self._double_booked = dict(self._double_booked)

    @property
    def pool_touches(self) -> tuple[tuple[str, Mode], ...]:
        """What every taking and giving back of its addresses touches."""
        own = (self.pool_key, Mode.WRITE)
        return (own, (self.vpc.addresses_key, Mode.WRITE)) if self.vpc.is_tight else (own,)

    def _touch_pool(self) -> None:
        if self.ledger.watcher is not None:
            for key, mode in self.pool_touches:
                self.ledger.touch(key, mode)
        if self.ledger.count_watcher is not None:
            self.ledger.count_watcher.note_count(self)

    def available_count(self) -> int:
        """AvailableIpAddressCount: IPv4 addresses that the next request could have; cooling ones are not among them."""
        return self.pool.free_at(self.ledger.now_ns)

    def lease(self, wish: AddressWish) -> HeldAddresses:
        """Take IPv4 addresses for the length of a ``with`` block, all or none.

        Raises:
            InvalidVSwitchIdIpInvalid: a named address or prefix is outside the block or reserved.
            InvalidPrivateIpAddressDuplicated: a named address or prefix is taken, or cools down after its release.
            InvalidVSwitchIdIpNotEnough: too few addresses, or no whole free block for a prefix.
        """
        named, count = self._named_and_count(wish)
        lease = self._take(self.pool, named, count, wish)
        return HeldAddresses(self, lease, self._texts(lease, wish), self._prefix_texts(self.pool, lease))

    def lease6(self, wish: AddressWish) -> HeldAddresses:
        """Take IPv6 addresses likewise.

        Raises:
            InvalidVSwitchIpv6NotTurnOn: the vSwitch has no IPv6 block.
            InvalidVSwitchIdIpInvalid: a named address or prefix is outside the block or reserved.
            InvalidPrivateIpAddressDuplicated: a named address or prefix is taken.
            InvalidVSwitchIdIpNotEnough: no whole free block for a prefix.
        """
        pool = self.pool6
        if pool is None:
            raise InvalidVSwitchIpv6NotTurnOn(vswitch=self.id)
        self._touch_pool()
        named = [self._offset(pool, text) for text in wish.listed]
        lease = self._take(pool, named, wish.count, wish)
        texts = tuple(pool.space.text(offset) for offset in lease.offsets)
        return HeldAddresses(self, lease, texts, self._prefix_texts(pool, lease))

    def choose(self, wish: AddressWish) -> UnheldAddresses:
        """Choose IPv4 addresses and take none until they are kept: the known-bad way, which gives one away twice.

        Raises:
            ApiError: as :meth:`lease`.
        """
        named, count = self._named_and_count(wish)
        with self._take(self.pool, named, count, wish) as lease:
            return UnheldAddresses(self, self._texts(lease, wish), self._prefix_texts(self.pool, lease))

    def _named_and_count(self, wish: AddressWish) -> tuple[list[int], int]:
        """Offsets of the named addresses, the primary one first, and how many the pool is to choose."""
        self._touch_pool()
        texts = wish.listed if wish.primary is None else (wish.primary, *wish.listed)
        free_choice = wish.wants_primary and wish.primary is None
        return [self._offset(self.pool, text) for text in texts] if texts else [], wish.count + free_choice

    def _offset(self, pool: Pool, text: str) -> int:
        try:
            return pool.space.prefix_offset(text) if "/" in text else pool.space.offset(text)
        except AddressOutside:
            raise self._refuse_address(text, pool, "it is outside the block") from None

    def _refuse_address(self, text: str, pool: Pool, reason: str) -> ApiError:
        return InvalidVSwitchIdIpInvalid(address=text, vswitch=self.id, reason=f"{reason} {pool.space.cidr}")

    def _take(self, pool: Pool, named: list[int], count: int, wish: AddressWish) -> Lease:
        """Lease from a pool; its refusals become the documented ones."""
        blocks = [self._offset(pool, text) for text in wish.prefixes] if wish.prefixes else []
        if pool is self.pool and self.vpc.is_tight:
            taken = len(blocks) + wish.prefix_count
            self.vpc.require_addresses(len(named) + count + (taken << pool.space.family.block_bits))
        try:
            return pool.lease(
                named=named, count=count, prefixes=wish.prefix_count, named_prefixes=blocks, now_ns=self.ledger.now_ns
            )
        except AddressReserved as refusal:
            raise self._refuse_address(
                pool.space.text(refusal.offset), pool, "it is reserved by the system in"
            ) from None
        except AddressNotFree as refusal:
            address = pool.space.text(refusal.offset)
            raise InvalidPrivateIpAddressDuplicated(address=address, vswitch=self.id) from None
        except PrefixUnavailable as refusal:
            raise self._refuse_prefix(pool, refusal) from None
        except PoolExhausted as refusal:
            asked, free = refusal.asked + len(named), refusal.free + len(named)
            raise self.shortage(vswitch=self.id, asked=asked, free=free) from None

    def _refuse_prefix(self, pool: Pool, refusal: PrefixUnavailable) -> ApiError:
        """Make the refusal for a named block that cannot be had, or for too few whole ones."""
        family, first = pool.space.family, refusal.offset
        if first is None:
            asked = f"{refusal.asked} whole blocks of /{family.delegated_length}"
            return self.shortage(vswitch=self.id, asked=asked, free=refusal.free)
        prefix = pool.space.prefix_text(first)
        ends = (first, first + (1 << family.block_bits) - 1)
        if any(pool.state_of(end, self.ledger.now_ns) is State.RESERVED for end in ends):
            return self._refuse_address(prefix, pool, "it has addresses that are reserved by the system in")
        return InvalidPrivateIpAddressDuplicated(address=prefix, vswitch=self.id)

    def _texts(self, lease: Lease, wish: AddressWish) -> tuple[str, ...]:
        """Addresses of an IPv4 lease, the primary one first, also where the pool chose it after named ones."""
        text = self.pool.space.text
        offsets = lease.offsets
        if wish.wants_primary and wish.primary is None and wish.listed:
            primary = len(wish.listed)
            offsets = (offsets[primary], *offsets[:primary], *offsets[primary + 1 :])
        return tuple([text(offset) for offset in offsets])

    def _prefix_texts(self, pool: Pool, lease: Lease) -> tuple[str, ...]:
        return tuple([pool.space.prefix_text(block) for block in lease.prefixes]) if lease.prefixes else ()

    def book(self, addresses: tuple[str, ...], prefixes: tuple[str, ...]) -> None:
        """Take IPv4 addresses and prefixes that were chosen before, also those that somebody else took meanwhile."""
        self._touch_pool()
        pool, now_ns = self.pool, self.ledger.now_ns
        for text in addresses:
            try:
                pool.take(pool.space.offset(text), now_ns)
            except AddressNotFree:
                self._double_booked[text] = self._double_booked.get(text, 0) + 1
        for text in prefixes:
            try:
                pool.take_prefix(pool.space.prefix_offset(text), now_ns)
            except PrefixUnavailable:
                self._double_booked[text] = self._double_booked.get(text, 0) + 1

    def release(self, addresses: tuple[str, ...]) -> None:
        """Give IPv4 addresses back; one that is booked twice stays taken until its last holder goes."""
        ledger, pool = self.ledger, self.pool
        self._touch_pool()
        for text in addresses:
            if self._is_last_holder(text):
                pool.release(pool.space.offset(text), ledger.now_ns)

    def release_newer(self, ipv6: tuple[str, ...], prefixes: tuple[str, ...], prefixes6: tuple[str, ...]) -> None:
        """Give IPv4 prefixes, IPv6 addresses and IPv6 prefixes back."""
        now_ns = self.ledger.now_ns
        self._touch_pool()
        for text in prefixes:
            if self._is_last_holder(text):
                self.pool.release_prefix(self.pool.space.prefix_offset(text), now_ns)
        if self.pool6 is not None:
            for text in ipv6:
                self.pool6.release(self.pool6.space.offset(text), now_ns)
            for text in prefixes6:
                self.pool6.release_prefix(self.pool6.space.prefix_offset(text), now_ns)

    def _is_last_holder(self, text: str) -> bool:
        """Let one holder of an address or prefix go, and tell whether nobody has it now."""
        if not self._double_booked:
            return True
        others = self._double_booked.pop(text, 0)
        if others > 1:
            self._double_booked[text] = others - 1
        return others == 0


class HeldAddresses:
    """Addresses that nobody else can have until they are kept or given back."""

    __slots__ = ("addresses", "kept", "lease", "prefixes", "vswitch")

    def __init__(self, vswitch: VSwitch, lease: Lease, addresses: tuple[str, ...], prefixes: tuple[str, ...]) -> None:
        self.vswitch = vswitch
        self.lease = lease
        self.addresses = addresses
        self.prefixes = prefixes
        self.kept = False
        vswitch.ledger.write("leased", {"of": vswitch.pool_key, "addresses": [*addresses, *prefixes]})

    def keep(self) -> None:
        """Make the lease permanent."""
        self.vswitch._touch_pool()  # noqa: SLF001  the lease is the vSwitch's own half
        self.lease.keep()
        self.kept = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        if not self.kept:
            self.vswitch._touch_pool()  # noqa: SLF001
            self.lease.__exit__()
            given_back = [*self.addresses, *self.prefixes]
            self.vswitch.ledger.write("given-back", {"of": self.vswitch.pool_key, "addresses": given_back})


class UnheldAddresses:
    """Addresses that were free a while ago; keeping them takes no second look."""

    __slots__ = ("addresses", "prefixes", "vswitch")

    def __init__(self, vswitch: VSwitch, addresses: tuple[str, ...], prefixes: tuple[str, ...]) -> None:
        self.vswitch = vswitch
        self.addresses = addresses
        self.prefixes = prefixes

    def keep(self) -> None:
        """Take the addresses, whatever happened since they were chosen."""
        self.vswitch.book(self.addresses, self.prefixes)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        """Give nothing back, since nothing is held."""
