"""What the rules of the family's machine stand on: the product and the naive cloud side by side."""

from collections.abc import Callable

import msgspec
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from cloudsim.api.requests import (
    DescribeInstances,
    DescribeVSwitches,
    Request,
)
from cloudsim.operations.operation import Phase
from cloudsim.simulation.reply import Reply
from cloudsim.simulation.world.builder import World
from tests.simulation.family.naive import NaiveEni, NaiveFamily, NaiveGroup, NaiveInstance, NaiveVSwitch, Pending
from tests.small_world import REGION, Watched, code

VSWITCHES = {
    "vsw-a": ("vpc-main", "h", 0, 16),
    "vsw-b": ("vpc-main", "i", 16, 8),
    "vsw-c": ("vpc-two", "h", 0, 8),
}
GROUPS = {"sg-1": ("vpc-main", 6), "sg-2": ("vpc-main", 20), "sg-3": ("vpc-two", 9)}
TYPES = {"t.small": (2, 3), "t.big": (3, 4)}
INSTANCES = {"i-1": ("vsw-a", "t.small"), "i-2": ("vsw-b", "t.big")}
SECOND = {"vpc-main": 0, "vpc-two": 1}

WHICH = st.integers(0, 5)
HOLD = st.booleans()
NAMED_VSWITCH = st.sampled_from(["vsw-a", "vsw-a", "vsw-b", "vsw-c", "vsw-x"])
NAMED_INSTANCE = st.sampled_from(["i-1", "i-1", "i-2", "i-new", "i-x"])
GROUP_LISTS = st.lists(st.sampled_from(["sg-1", "sg-2", "sg-3", "sg-x"]), min_size=1, max_size=3, unique=True)
OFFSETS = st.lists(st.integers(0, 15), max_size=2, unique=True)


def world(*, is_current: bool, quota: int) -> World:
    made = World(profile="current" if is_current else "classic", limits={"groups_per_eni_max": 2})
    made.account("acme", eni_quota=quota).region(REGION, zones=[f"{REGION}-h", f"{REGION}-i"])
    for name, (enis, addresses) in TYPES.items():
        made.instance_type(name, eni_quantity=enis, ipv4_per_eni=addresses)
    for vpc, number in SECOND.items():
        made.vpc(vpc, cidr=f"10.{number}.0.0/16")
    for name, (vpc, zone, first, size) in VSWITCHES.items():
        cidr = f"10.{SECOND[vpc]}.0.{first}/{33 - size.bit_length()}"
        made.vswitch(name, vpc=vpc, zone=f"{REGION}-{zone}", cidr=cidr, policy="lowest-first")
    for name, (vpc, capacity) in GROUPS.items():
        made.security_group(name, vpc=vpc, capacity=capacity)
    for name, (vswitch, type_) in INSTANCES.items():
        made.instance(name, type=type_, vswitch=vswitch, security_groups=["sg-2"])
    return made


class FamilyBase(RuleBasedStateMachine):
    """The two clouds, how calls are made in both, and what agrees."""

    @initialize(is_current=st.booleans(), quota=st.integers(1, 5))
    def build(self, quota: int, *, is_current: bool) -> None:
        self.sim = Watched(world(is_current=is_current, quota=quota))
        self.naive = naive = NaiveFamily(
            quota=quota, lingers=is_current, addresses_per_eni=50 if is_current else 11, groups_per_eni=2
        )
        naive.vswitches = {name: NaiveVSwitch(*facts) for name, facts in VSWITCHES.items()}
        naive.groups = {name: NaiveGroup(*facts) for name, facts in GROUPS.items()}
        for name, (vswitch, type_) in INSTANCES.items():
            self._host(name, vswitch, type_)
        self.gone = NaiveEni("vsw-x", [], [])
        self.real: dict[str, str] = {}
        """The product's name of each instance, vSwitch and group that was made on the way."""
        self.ids: dict[NaiveEni, str] = {self.gone: "eni-bp1000000000000000x"}
        self.pending: list[tuple[Reply, Pending]] = []
        self._learn()

    def _host(self, name: str, vswitch: str, type_: str) -> None:
        slots, addresses = TYPES[type_]
        self.naive.instances[name] = NaiveInstance(vswitch, slots, addresses)
        taken = self.naive.take(self.naive.vswitches[vswitch], 1, [])
        self.naive.enis.append(NaiveEni(vswitch, taken, ["sg-2"], "InUse", name, is_primary=True))

    # -- how calls are made

    def _id(self, name: str) -> str:
        return self.real.get(name, name if name != "i-x" else "i-bp1000000000000000000x")

    def _eni(self, which: int) -> NaiveEni:
        enis = self.naive.enis
        return enis[which] if which < len(enis) else self.gone

    def _address(self, vswitch: str, offset: int) -> str:
        home = self.naive.vswitches.get(vswitch)
        return f"10.0.0.{offset}" if home is None else f"10.{SECOND[home.vpc]}.0.{home.first + offset}"

    def _drawn(self, vswitch: str, named: list[int]) -> list[int] | None:
        """What the last lease drew, in a vSwitch that chooses at random; the journal tells."""
        if vswitch != "vsw-x":
            return None
        first = self.naive.vswitches[vswitch].first
        for line in reversed(self.sim.cloud.journal.lines):
            said = msgspec.json.decode(line)
            if said["ev"] == "leased":
                offsets = [int(address.rpartition(".")[2]) - first for address in said["addresses"]]
                return [offset for offset in offsets if offset not in named]
        raise AssertionError("a lease is journalled")

    def _ask(self, request: Request, faults: set[str], then: Callable[[], object] = lambda: None) -> Reply:
        """Make a call to its end; the product refuses it if and only if there is a fault."""
        held = self.sim.held
        reply = self.sim.ask(request)
        self._judge(reply, faults)
        if faults:
            assert self.sim.held == held, "a refused call holds nothing"
        else:
            then()
            self._learn()
        return reply

    def _judge(self, reply: Reply, faults: set[str]) -> None:
        ended = code(reply)
        if faults:
            assert ended in faults, f"{reply.call.request}: {ended}, and not one of {sorted(faults)}"
        else:
            assert ended == "ok", f"{reply.call.request}: {ended}, {reply.error}"

    def _two_steps(
        self, request: Request, faults: set[str], begin: Callable[[], Pending], *, hold_at: Phase | None, ends: Phase
    ) -> None:
        """Make a call whose last step may be put off."""
        held = self.sim.held
        reply = self.sim.send(request)
        if hold_at is not None:
            self.sim.hold(reply, at=hold_at)
        self.sim.run()
        if faults:
            self._judge(reply, faults)
            assert self.sim.held == held, "a refused call holds nothing"
            return
        pending = begin()
        if hold_at is None:
            self._judge(reply, faults)
            self.naive.finish(pending)
        else:
            if ends is Phase.FINISH:
                self._judge(reply, faults)
            self.pending.append((reply, pending))
        self._learn()

    def _learn(self) -> None:
        """Learn the ids that the product gave; they are in the order of the commits."""
        assert len(self.sim.enis) == len(self.naive.enis)
        self.ids |= {theirs: ours.id for ours, theirs in zip(self.sim.enis, self.naive.enis, strict=True)}

    @precondition(lambda self: self.pending)
    @rule(which=WHICH)
    def finish(self, which: int) -> None:
        reply, pending = self.pending.pop(which % len(self.pending))
        self.sim.release(reply)
        self.sim.run()
        self._judge(reply, set())
        self.naive.finish(pending)
        self._learn()

    # -- what agrees

    @invariant()
    def the_enis_agree(self) -> None:
        ours = [
            (
                eni.vswitch.id,
                sorted(int(address.rpartition(".")[2]) for address in eni.private_ip_addresses),
                sorted(eni.security_group_ids),
                eni.status,
                eni.instance,
                dict(eni.tags),
            )
            for eni in self.sim.enis
        ]
        theirs = [
            (
                self._id(eni.vswitch),
                sorted(self.naive.vswitches[eni.vswitch].first + offset for offset in eni.addresses),
                sorted(map(self._id, eni.groups)),
                eni.status,
                None if eni.instance is None else self._id(eni.instance),
                eni.tags,
            )
            for eni in self.naive.enis
        ]
        assert ours == theirs

    @invariant()
    def everything_else_agrees(self) -> None:
        sim, naive = self.sim, self.naive
        quota = sim.quota(account="acme", region=REGION)
        assert (quota.used, quota.held) == (naive.counted, naive.held_quota)
        assert {name: sim.free_addresses(self._id(name)) for name in naive.vswitches} == {
            name: len(home.free) for name, home in naive.vswitches.items()
        }
        assert {group.id: group.places.free for group in sim.cloud.security_groups.values()} == {
            self._id(name): naive.places_left(name) for name in naive.groups
        }

    @rule()
    def descriptions_agree(self) -> None:
        naive = self.naive
        shown = self.sim.ask(DescribeInstances(region_id=REGION)).result().instances  # type: ignore[union-attr]
        assert {one.instance_id: one.status for one in shown} == {
            self._id(name): host.status for name, host in naive.instances.items()
        }
        vswitches = self.sim.ask(DescribeVSwitches(region_id=REGION)).result().vswitches  # type: ignore[union-attr]
        assert {one.vswitch_id: one.available_ip_address_count for one in vswitches} == {
            self._id(name): len(home.free) for name, home in naive.vswitches.items()
        }

    def teardown(self) -> None:
        if hasattr(self, "sim"):
            for reply, pending in self.pending:
                self.sim.release(reply)
                self.sim.run()
                self.naive.finish(pending)
            self._learn()
            self.the_enis_agree()
            self.everything_else_agrees()
            assert self.sim.close() == []
            assert self.sim.held == {}
