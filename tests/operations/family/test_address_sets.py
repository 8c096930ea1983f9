"""A law: assigning and unassigning agree with a model of sets, and a refusal changes nothing and keeps nothing."""

from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network
from typing import Any

from hypothesis import event, given
from hypothesis import strategies as st

from cloudsim.api.requests import Request
from cloudsim.resources.facts import facts_of
from cloudsim.resources.interface import EniExtras
from cloudsim.simulation.world.builder import World
from tests.operations.family.addressing import assign4, assign6, unassign4, unassign6
from tests.small_world import REGION, Watched, code

PRIMARIES = {"eni-a": 1, "eni-b": 2}
GROUP_CAPACITY = 15
LIMIT4, LIMIT6 = 8, 7


def small_world() -> World:
    """A /26 and a /64, of which two ENIs in one group may not have all."""
    world = (
        World(profile="current", limits={"addresses_per_eni_max": LIMIT4, "ipv6_per_eni_max": LIMIT6})
        .account("acme")
        .region(REGION)
        .vpc("vpc-main", cidr="10.0.0.0/16", ipv6_cidr="2001:db8::/56")
        .vswitch("vsw-a", cidr="10.0.0.0/26", ipv6=1)
        .security_group("sg-main", capacity=GROUP_CAPACITY)
    )
    for eni, host in PRIMARIES.items():
        world = world.eni(eni, primary_ip=f"10.0.0.{host}")
    return world


@dataclass
class Side:
    """One family of the model: offsets of addresses and of blocks, whose they are."""

    base: str
    bits: int
    length: int
    """Of a prefix."""
    reserved_last: int
    limit: int
    full_code: str
    outside_code: str
    singles: dict[int, str] = field(default_factory=dict)
    blocks: dict[int, str] = field(default_factory=dict)
    primaries: dict[int, str] = field(default_factory=dict)

    @property
    def width(self) -> int:
        """Addresses of a prefix."""
        return 1 << ((32 if "." in self.base else 128) - self.length)

    @property
    def size(self) -> int:
        return 1 << self.bits

    def text(self, offset: int) -> str:
        return str(ip_address(self.base) + offset)

    def prefix(self, block: int) -> str:
        return f"{self.text(block * self.width)}/{self.length}"

    def offset(self, text: str) -> int:
        return int(ip_address(text)) - int(ip_address(self.base))

    def block(self, text: str) -> int:
        return (int(ip_network(text).network_address) - int(ip_address(self.base))) // self.width

    def is_reserved(self, offset: int) -> bool:
        return offset == 0 or offset >= self.size - self.reserved_last

    def of(self, eni: str) -> tuple[set[int], set[int]]:
        """Addresses and blocks of an ENI."""
        return {k for k, v in self.singles.items() if v == eni}, {k for k, v in self.blocks.items() if v == eni}

    def free(self) -> int:
        return self.size - 1 - self.reserved_last - len(self.singles) - len(self.blocks) * self.width

    def assign_faults(self, eni: str, what: "What") -> set[str]:
        """Every fault of an assign; what is refused is refused for one of them."""
        named, count, blocks, block_count = what.named, what.count or 0, what.blocks, what.block_count or 0
        faults = set()
        mine, my_blocks = self.of(eni)
        if len(mine) + len(my_blocks) + what.size > self.limit:
            faults.add(self.full_code)
        if set(named) & mine or set(blocks) & my_blocks:
            faults.add("InvalidIp.IpAssigned")
        for offset in named:
            if not 0 <= offset < self.size or self.is_reserved(offset):
                faults.add(self.outside_code)
            elif offset in self.singles or offset // self.width in self.blocks:
                faults.add("InvalidPrivateIpAddress.Duplicated")
        touched = {offset // self.width for offset in (*named, *self.singles)} | self.blocks.keys()
        ends = {0, (self.size - 1) // self.width}
        for block in blocks:
            if block * self.width >= self.size or block in ends:
                faults.add(self.outside_code)
            elif block in touched:
                faults.add("InvalidPrivateIpAddress.Duplicated")
        if self.size // self.width - len(touched | ends | set(blocks)) < block_count:
            faults.add("InvalidVSwitchId.IpNotEnough")
        if self.free() - len(named) - (len(blocks) + block_count) * self.width < count:
            faults.add("InvalidVSwitchId.IpNotEnough")
        return faults


def sides() -> tuple[Side, Side]:
    side4 = Side("10.0.0.0", 6, 28, 3, LIMIT4, "MaxEniPrivateIpsCountExceeded", "InvalidVSwitchId.IpInvalid")
    side4.singles = {host: eni for eni, host in PRIMARIES.items()}
    side4.primaries = dict(side4.singles)
    return side4, Side("2001:db8:0:1::", 64, 80, 9, LIMIT6, "MaxEniIpv6IpsCountExceeded", "InvalidVSwitchId.IpInvalid")


hosts = st.integers(0, 80)
"""Offsets; beyond 63 they are outside the IPv4 block, and in IPv6 some lie in the blocks that are named."""
few = st.lists(hosts, max_size=3, unique=True)
few_blocks = st.lists(st.integers(0, 4), max_size=2, unique=True)
counts = st.one_of(st.none(), st.integers(1, 6))


@dataclass(frozen=True)
class What:
    """What a call says, as offsets and numbers."""

    named: list[int]
    count: int | None
    blocks: list[int]
    block_count: int | None

    @property
    def size(self) -> int:
        """How many addresses and prefixes it is about."""
        return len(self.named) + (self.count or 0) + len(self.blocks) + (self.block_count or 0)


@dataclass(frozen=True)
class Step:
    """One call, before it is known what there is to be named."""

    kind: str
    family: int
    eni: str
    named: list[int]
    count: int | None
    blocks: list[int]
    block_count: int | None
    names_its_own: bool


steps = st.lists(
    st.builds(
        Step,
        kind=st.sampled_from(["assign", "assign", "unassign"]),
        family=st.sampled_from([4, 6]),
        eni=st.sampled_from(sorted(PRIMARIES)),
        named=few,
        count=counts,
        blocks=few_blocks,
        block_count=st.one_of(st.none(), st.integers(1, 2)),
        names_its_own=st.sampled_from([True, True, False]),
    ),
    max_size=12,
)


def spread(side: Side, named: list[int]) -> list[int]:
    """Let some of the offsets lie in whole blocks, also where blocks are wide."""
    return named if side.bits == 6 else [offset % 5 * side.width + offset for offset in named]


def request_of(side: Side, step: Step, what: What) -> Request:
    is_ipv4 = side.bits == 6
    singles, prefixes = ("private_ip_addresses", "ipv4_prefixes") if is_ipv4 else ("ipv6_addresses", "ipv6_prefixes")
    said: dict[str, Any] = {
        singles: tuple(side.text(offset) for offset in what.named),
        prefixes: tuple(side.prefix(block) for block in what.blocks),
    }
    if step.kind == "unassign":
        return (unassign4 if is_ipv4 else unassign6)(step.eni, **said)
    said["secondary_private_ip_address_count" if is_ipv4 else "ipv6_address_count"] = what.count
    said["ipv4_prefix_count" if is_ipv4 else "ipv6_prefix_count"] = what.block_count
    return (assign4 if is_ipv4 else assign6)(step.eni, **said)


def taken_of(sim: Watched, eni: str, side: Side) -> tuple[set[int], set[int]]:
    """Addresses and blocks of an ENI; looked at and not described, since a call costs an audit of everything."""
    (found,) = [one for one in sim.enis if one.id == eni]
    extras = found.extras or EniExtras()
    is_ipv4 = side.bits == 6
    singles = found.private_ip_addresses if is_ipv4 else extras.ipv6_addresses
    prefixes = extras.ipv4_prefixes if is_ipv4 else extras.ipv6_prefixes
    assert len(set(singles)) == len(singles)
    return {side.offset(text) for text in singles}, {side.block(text) for text in prefixes}


def faults_of(model: tuple[Side, Side], side: Side, step: Step, what: What) -> set[str]:
    if not what.size:
        return {"MissingParameter"}
    if step.kind == "unassign":
        mine, my_blocks = side.of(step.eni)
        can_go = set(what.named) <= mine - side.primaries.keys() and set(what.blocks) <= my_blocks
        return set() if can_go else {"InvalidIp.IpUnassigned"}
    faults = side.assign_faults(step.eni, what)
    if sum(len(one.singles) + len(one.blocks) for one in model) + what.size > GROUP_CAPACITY:
        faults.add("SecurityGroupInstanceLimitExceed")
    return faults


def settle(sim: Watched, side: Side, step: Step, what: What) -> None:
    """Let the model do what the cloud did, after holding what the pool chose against it."""
    if step.kind == "unassign":
        for offset in what.named:
            del side.singles[offset]
        for block in what.blocks:
            del side.blocks[block]
        return
    mine, my_blocks = side.of(step.eni)
    singles, prefixes = taken_of(sim, step.eni, side)
    new, new_blocks = singles - mine, prefixes - my_blocks
    assert singles >= mine | set(what.named)
    assert prefixes >= my_blocks | set(what.blocks)
    assert len(new) + len(new_blocks) == what.size
    assert len(new_blocks) == len(what.blocks) + (what.block_count or 0)
    as_if_named = What(sorted(new), None, sorted(new_blocks), None)
    assert side.assign_faults("nobody", as_if_named) <= {side.full_code}
    side.singles |= dict.fromkeys(new, step.eni)
    side.blocks |= dict.fromkeys(new_blocks, step.eni)


def named_by(side: Side, step: Step) -> What:
    """What a step says: an unassign often names what the ENI has, and a list puts its count out of force."""
    named, blocks = spread(side, step.named), step.blocks
    if step.kind == "assign":
        return What(named, None if named else step.count, blocks, None if blocks else step.block_count)
    owned, owned_blocks = side.of(step.eni)
    mine, my_blocks = sorted(owned - side.primaries.keys()), sorted(owned_blocks)
    if mine and step.names_its_own:
        named = list(dict.fromkeys(mine[number % len(mine)] for number in step.named))
    if my_blocks and step.names_its_own:
        blocks = list(dict.fromkeys(my_blocks[number % len(my_blocks)] for number in step.blocks))
    is_ipv4 = step.family == 4
    return What(named, None, [] if is_ipv4 and named else blocks, None)  # an unassign of IPv4 takes either


@given(steps)
def test_random_sequences_agree_with_sets_and_a_refusal_changes_nothing(taken: list[Step]) -> None:
    sim, model = Watched(small_world()), sides()
    (vswitch,), (group,) = sim.cloud.vswitches.values(), sim.cloud.security_groups.values()
    for step in taken:
        side = model[step.family == 6]
        what = named_by(side, step)
        faults = faults_of(model, side, step, what)
        before = [facts_of(one) for one in sim.enis]
        ended = code(sim.ask(request_of(side, step, what)))
        event(f"{step.kind} {ended}")
        assert ended == "ok" if not faults else ended in faults
        if ended == "ok":
            settle(sim, side, step, what)
        else:
            assert [facts_of(one) for one in sim.enis] == before
        assert sim.held == {}
        for one in PRIMARIES:
            assert all(taken_of(sim, one, each) == each.of(one) for each in model)
        assert vswitch.available_count() == model[0].free()
        assert group.places.used == sum(len(each.singles) + len(each.blocks) for each in model)
    assert sim.close() == []
