"""What there is in the naive cloud of the whole family: records, with sets and dictionaries in them.

Addresses are offsets in the block of their vSwitch, of IPv4 and of IPv6; prefixes are the offsets of their first ones.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

IPV4_BLOCK = 16
"""Addresses of a /28."""
IPV6_BLOCK = 1 << 48
"""Addresses of a /80."""
IPV6_SIZE = 1 << 64


@dataclass(eq=False)
class NaiveEni:
    vswitch: str
    addresses: list[int]
    """The primary one first."""
    groups: list[str]
    status: str = "Available"
    instance: str | None = None
    is_primary: bool = False
    tags: dict[str, str] = field(default_factory=dict)
    name: str = ""
    description: str = ""
    resource_group: str = "rg-1"
    dies_with_instance: bool = False
    is_busy: bool = False
    prefixes: list[int] = field(default_factory=list)
    ipv6: list[int] = field(default_factory=list)
    ipv6_prefixes: list[int] = field(default_factory=list)
    kind: str = "Secondary"
    trunk: "NaiveEni | None" = None

    @property
    def type(self) -> str:
        return "Primary" if self.is_primary else self.kind

    @property
    def count4(self) -> int:
        """Against the limit of private addresses; a prefix is one address."""
        return len(self.addresses) + len(self.prefixes)

    @property
    def count6(self) -> int:
        return len(self.ipv6) + len(self.ipv6_prefixes)


@dataclass(frozen=True)
class NaiveType:
    """Of an instance."""

    slots: int
    addresses_per_eni: int
    ipv6_per_eni: int = 0
    has_trunks: bool = False
    members: int = 0


@dataclass(eq=False)
class NaiveInstance:
    vswitch: str
    type: NaiveType
    status: str = "Running"
    tags: dict[str, str] = field(default_factory=dict)
    resource_group: str = "rg-1"


@dataclass(eq=False)
class NaiveVpc:
    number: int
    """Of its blocks: 10.<number>.0.0/16."""
    name: str = ""
    tags: dict[str, str] = field(default_factory=dict)
    resource_group: str = "rg-1"


@dataclass(eq=False)
class NaiveVSwitch:
    vpc: str
    zone: str
    first: int
    """Of the block within its VPC's 10.x.0.0/24, which is what the model knows."""
    size: int
    has_ipv6: bool = False
    is_lowest_first: bool = False
    cool_down: int = 0
    status: str = "Available"
    used: set[int] = field(default_factory=set)
    """By ENIs, one by one and in prefixes, and by other products."""
    elsewhere: list[int] = field(default_factory=list)
    """By other products, in the order of their taking; those before the first event are not given back."""
    fixtures: int = 0
    """By other products before the first event."""
    cooling: dict[int, int] = field(default_factory=dict)
    """Until when."""
    used6: set[int] = field(default_factory=set)
    prefixes6: set[int] = field(default_factory=set)
    set_aside: dict[str, int] = field(default_factory=dict)
    """Blocks of one prefix each that only prefixes are taken from."""
    pins: int = 0
    tags: dict[str, str] = field(default_factory=dict)
    resource_group: str = "rg-1"

    def wake(self, now: int) -> None:
        self.cooling = {one: until for one, until in self.cooling.items() if until > now}

    def release(self, addresses: Iterable[int], now: int) -> None:
        self.used -= set(addresses)
        if self.cool_down:
            self.cooling |= dict.fromkeys(addresses, now + self.cool_down)

    @property
    def usable(self) -> range:
        """The first address and the last three are the system's."""
        return range(1, self.size - 3)

    @property
    def idle(self) -> set[int]:
        return set(self.usable) - self.used - set(self.cooling)

    @property
    def free(self) -> set[int]:
        """That can be had one by one."""
        return self.idle - {one for first in self.set_aside.values() for one in block(first)}

    def whole(self, *, among: set[int] | None = None) -> set[int]:
        """First ones of the blocks that can be had as prefixes by whoever names them."""
        idle = self.idle if among is None else among
        return {first for first in range(0, self.size, IPV4_BLOCK) if idle.issuperset(block(first))}

    def choosable(self, *, among: set[int] | None = None) -> set[int]:
        """First ones of those that are chosen where nobody names them: only of reservations, where there are any."""
        whole = self.whole(among=among)
        return whole & set(self.set_aside.values()) if self.set_aside else whole


def block(first: int) -> range:
    return range(first, first + IPV4_BLOCK)


def is_of_system6(offset: int) -> bool:
    """The first IPv6 address and the last nine."""
    return offset == 0 or offset >= IPV6_SIZE - 9


@dataclass(eq=False)
class NaiveGroup:
    vpc: str
    capacity: int
    is_enterprise: bool = False
    counts_enis: bool = False
    held: int = 0
    pins: int = 0
    name: str = ""
    is_dropping: bool = False
    """Whether a basic group keeps its members apart, as an enterprise group does always."""
    tags: dict[str, str] = field(default_factory=dict)
    resource_group: str = "rg-1"

    def places_for(self, addresses: int) -> int:
        return 1 if self.counts_enis else addresses


@dataclass(frozen=True)
class Wish:
    """Addresses that are asked for, beside a primary one."""

    count: int = 0
    named: tuple[int, ...] = ()
    prefix_count: int = 0
    prefixes: tuple[int, ...] = ()
    ipv6_count: int = 0
    ipv6: tuple[int, ...] = ()
    ipv6_prefix_count: int = 0
    ipv6_prefixes: tuple[int, ...] = ()

    @property
    def size4(self) -> int:
        return self.count + len(self.named) + self.prefix_count + len(self.prefixes)

    @property
    def size6(self) -> int:
        return self.ipv6_count + len(self.ipv6) + self.ipv6_prefix_count + len(self.ipv6_prefixes)

    @property
    def is_newer(self) -> bool:
        """Whether the profile ``classic`` lacks a word for it."""
        return bool(self.prefix_count or self.prefixes or self.size6)


@dataclass(frozen=True)
class Drawn:
    """What was taken, the chosen among it, each in the order in which an ENI shows it, the primary one first."""

    addresses: list[int] = field(default_factory=list)
    prefixes: list[int] = field(default_factory=list)
    ipv6: list[int] = field(default_factory=list)
    ipv6_prefixes: list[int] = field(default_factory=list)


@dataclass(eq=False)
class NaiveToken:
    """What a ClientToken stands for."""

    said: tuple[object, ...] | None
    """The parameters; None for whatever they are."""
    ending: str = "running"
    """Or ``ok``, ``burnt``, or the code of the refusal."""
    until: int | None = None
    eni: NaiveEni | None = None
    addresses: tuple[str, ...] = ()

    def faults(self, said: tuple[object, ...]) -> set[str]:
        """What stands against a repeat, which else is answered as the first call was."""
        if self.said not in (None, said):
            return {"IdempotentParameterMismatch"}
        known = {"ok": set[str](), "running": {"IdempotentProcessing"}, "burnt": {"IdempotentFailed"}}
        return known.get(self.ending, {self.ending})


@dataclass(eq=False)
class Pending:
    """A call that stands before its last step."""

    kind: str
    eni: NaiveEni
    instance: str | None = None
    drawn: Drawn = field(default_factory=Drawn)
    token: NaiveToken | None = None
