"""What the rules of the family's machine stand on: the product and the naive cloud side by side."""

from collections.abc import Callable
from ipaddress import IPv6Address
from typing import Any

import msgspec
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from cloudsim.api.requests import Request
from cloudsim.errors.service import InternalError
from cloudsim.operations.operation import Phase
from cloudsim.resources.interface import EniExtras, NetworkInterface
from cloudsim.simulation.faults import Match
from cloudsim.simulation.reply import Reply
from tests.simulation.family.naive import NaiveFamily
from tests.simulation.family.naive_things import IPV6_SIZE, Drawn, NaiveEni, NaiveInstance, Pending
from tests.simulation.family.worlds import HOSTS, IPV6, SmallWorld, naive_of, product_of
from tests.small_world import REGION, Watched, code

WHICH = st.integers(0, 15)
"""Which ENI: one that can be put on instances, where there is one, or any, or (15) one that does not exist."""
HOLD = st.booleans()
VSWITCH_NAMES = ["vsw-a", "vsw-b", "vsw-c", "vsw-x"]
NAMED_VSWITCH = st.sampled_from(["vsw-a", "vsw-a", "vsw-a", "vsw-b", "vsw-b", "vsw-c", "vsw-x"])
NAMED_INSTANCE = st.sampled_from(["i-1", "i-1", "i-1", "i-2", "i-2", "i-new", "i-new-2"])
NAMED_GROUP = st.sampled_from(["sg-1", "sg-2", "sg-3", "sg-4", "sg-x"])
NAMED_VPC = st.sampled_from(["vpc-main", "vpc-main", "vpc-two", "vpc-x"])
GROUP_LISTS = st.one_of(
    st.sampled_from([["sg-1"], ["sg-2"], ["sg-4"], ["sg-1", "sg-2"]]),
    st.sampled_from([["sg-1"], ["sg-2"], ["sg-2"], ["sg-3"]]),
    st.lists(NAMED_GROUP, min_size=1, max_size=3, unique=True),
)
FATES = st.sampled_from(["ends", "ends", "ends", "ends", "ends", "held", "held", "lost", "hangs", "fails"])
"""Of a call of two steps: what becomes of its last step, or of its answer."""

Part = tuple[str, dict[str, Any]]


def part(name: str, /, **arguments: st.SearchStrategy[Any]) -> st.SearchStrategy[Part]:
    """A call of a method: one of several that a rule stands for, so that no theme has more rules than another."""
    return st.tuples(st.just(name), st.fixed_dictionaries(arguments))


class FamilyBase(RuleBasedStateMachine):
    """The two clouds, how calls are made in both, and what agrees."""

    def begin(self, facts: SmallWorld) -> None:
        self.facts = facts
        self.sim = Watched(product_of(facts))
        self.naive: NaiveFamily = naive_of(facts)
        self.real: dict[str, str] = {}
        """The product's name of each thing that was made on the way."""
        self.gone = NaiveEni("vsw-x", [], [])
        self.ids: dict[NaiveEni, str] = {self.gone: "eni-bp1000000000000000x"}
        self.pending: list[tuple[Reply, Pending]] = []
        self.mark = 0
        for vswitch in self.naive.vswitches:
            self._learn_fixtures(vswitch)
        for name, (vswitch, type_) in HOSTS.items():
            host = NaiveInstance(vswitch, facts.types[type_], facts.statuses[name])
            self.naive.instances[name] = host
            self._born(name, ["sg-2"])
        self._learn()

    def _learn_fixtures(self, vswitch: str) -> None:
        """Learn which addresses other products have from the beginning on."""
        home, pool = self.naive.vswitches[vswitch], self.sim.cloud.vswitches[vswitch].pool  # type: ignore[index]
        owned = {
            self._offset(vswitch, address)
            for eni in self.sim.enis
            if eni.vswitch.id == vswitch
            for address in eni.private_ip_addresses
        }
        home.used = set(pool.used_offsets()) - owned
        assert len(home.used) == home.fixtures

    def _born(self, instance: str, groups: list[str], *, is_primary: bool = True, vswitch: str | None = None) -> None:
        """Learn the addresses of the next ENI of an instance, which have to have been free."""
        where = vswitch if vswitch is not None else self.naive.instances[instance].vswitch
        ours = self.sim.enis[len(self.naive.enis)]
        home, taken = self.naive.vswitches[where], [self._offset(where, one) for one in ours.private_ip_addresses]
        assert set(taken) <= home.free
        home.used |= set(taken)
        status = "InUse"
        self.naive.enis.append(NaiveEni(where, taken, list(groups), status, instance, is_primary=is_primary))

    # -- names

    def _id(self, name: str) -> str:
        unknown = {"i-new": "i-bp1000000000000000000x", "i-new-2": "i-bp1000000000000000000y"}
        return self.real.get(name, unknown.get(name, name))

    def _eni(self, which: int) -> NaiveEni:
        if which == 15:
            return self.gone
        enis = self.naive.enis
        some = [eni for eni in enis if not eni.is_primary] if which < 12 else enis
        some = some or enis
        return some[which % len(some)] if some else self.gone

    def do(self, part: Part) -> None:
        """Do one of the things that a rule stands for."""
        name, arguments = part
        getattr(self, name)(**arguments)

    def _address(self, vswitch: str, offset: int) -> str:
        home = self.naive.vswitches.get(vswitch)
        if home is None:
            return f"10.0.0.{offset}"
        return f"10.{self.naive.vpcs[home.vpc].number}.0.{home.first + offset}"

    def _offset(self, vswitch: str, address: str) -> int:
        return int(address.partition("/")[0].rpartition(".")[2]) - self.naive.vswitches[vswitch].first

    @staticmethod
    def _address6(vswitch: str, offset: int) -> str:
        return str(IPv6Address(f"2001:db8:0:{IPV6.get(vswitch, 9)}::") + offset)

    @staticmethod
    def _offset6(address: str) -> int:
        return int(IPv6Address(address.partition("/")[0])) % IPV6_SIZE

    def _texts(self, vswitch: str, drawn: Drawn) -> dict[str, tuple[str, ...]]:
        """Addresses and prefixes as a request names them."""
        return {
            "private_ip_addresses": tuple(self._address(vswitch, one) for one in drawn.addresses),
            "ipv4_prefixes": tuple(f"{self._address(vswitch, one)}/28" for one in drawn.prefixes),
            "ipv6_addresses": tuple(self._address6(vswitch, one) for one in drawn.ipv6),
            "ipv6_prefixes": tuple(f"{self._address6(vswitch, one)}/80" for one in drawn.ipv6_prefixes),
        }

    def _drawn(self, vswitch: str) -> Drawn:
        """What the call just made has leased; the journal tells."""
        drawn = Drawn()
        for line in self.sim.cloud.journal.lines[self.mark :]:
            if b'"leased"' not in line:
                continue
            for text in msgspec.json.decode(line)["addresses"]:
                if ":" in text:
                    (drawn.ipv6_prefixes if "/" in text else drawn.ipv6).append(self._offset6(text))
                else:
                    (drawn.prefixes if "/" in text else drawn.addresses).append(self._offset(vswitch, text))
        return drawn

    # -- how calls are made

    def _send(self, request: Request) -> Reply:
        self.mark = len(self.sim.cloud.journal.lines)
        return self.sim.send(request)

    def _ask(self, request: Request, faults: set[str], then: Callable[[], object] = lambda: None) -> Reply:
        """Make a call to its end; the product refuses it if and only if there is a fault."""
        held = self.sim.held
        reply = self._send(request)
        self.sim.run()
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
        self, request: Request, faults: set[str], begin: Callable[[], Pending], *, fate: str, last: Phase
    ) -> Reply:
        """Make a call whose last step may be put off, fail or never come, or whose answer is lost."""
        held = self.sim.held
        self._plan(request, fate, last)
        reply = self._send(request)
        if fate == "held":
            self.sim.hold(reply, at=last)
        self.sim.run()
        if fate == "lost":
            assert not reply.is_settled
        elif faults:
            self._judge(reply, faults)
        elif last is Phase.FINISH:
            self._judge(reply, set())
        elif fate in ("hangs", "fails"):
            assert code(reply).startswith("InternalError" if fate == "fails" else "was abandoned")
        if faults or (last is Phase.COMMIT and fate in ("hangs", "fails")):
            assert self.sim.held == held, "a call that ends without success holds nothing"
            return reply
        pending = begin()
        if fate == "held":
            self.pending.append((reply, pending))
        elif fate != "hangs":
            self.naive.finish(pending, fails=fate == "fails")
        self._learn()
        return reply

    def _plan(self, request: Request, fate: str, last: Phase) -> None:
        faults = self.sim.faults
        if fate == "lost":
            faults.lose_answer(Match(action=request.action))
        elif fate == "hangs":
            faults.abandon(last, Match(action=request.action))
        elif fate == "fails" and last is Phase.FINISH:
            faults.fail_attach()
        elif fate == "fails":
            faults.refuse(InternalError(), last, Match(action=request.action))

    def _learn(self) -> None:
        """Learn the ids that the product gave; they are in the order of the commits."""
        assert len(self.sim.enis) == len(self.naive.enis)
        self.ids |= {theirs: ours.id for ours, theirs in zip(self.sim.enis, self.naive.enis, strict=True)}

    @precondition(lambda self: self.pending)
    @rule(which=WHICH)
    def finish(self, which: int) -> None:
        self._finish(*self.pending.pop(which % len(self.pending)))

    def _finish(self, reply: Reply, pending: Pending) -> None:
        """Let a held call come to its end; one that has no answer yet may still be refused."""
        faults = self.naive.late_faults(pending)
        self.sim.release(reply)
        self.sim.run()
        self._judge(reply, faults)
        if faults:
            self.naive.undo_assign(pending)
        else:
            self.naive.finish(pending)
        if pending.token is not None:
            self.naive.settle(pending.token, code(reply))
        self._learn()

    # -- what agrees

    def _ours(self, eni: NetworkInterface) -> tuple[object, ...]:
        extras = eni.extras if eni.extras is not None else EniExtras()
        first = int(eni.vswitch.pool.space.cidr.partition("/")[0].rpartition(".")[2])
        return (
            eni.vswitch.id,
            [int(one.rpartition(".")[2]) - first for one in eni.private_ip_addresses],
            [int(one.partition("/")[0].rpartition(".")[2]) - first for one in extras.ipv4_prefixes],
            [self._offset6(one) for one in extras.ipv6_addresses],
            [self._offset6(one) for one in extras.ipv6_prefixes],
            sorted(eni.security_group_ids),
            (eni.status, eni.type, eni.instance, extras.trunk),
            (dict(eni.tags), eni.name, eni.description, eni.resource_group, extras.delete_on_release),
        )

    def _theirs(self, eni: NaiveEni) -> tuple[object, ...]:
        instance = None if eni.instance is None else self._id(eni.instance)
        return (
            self._id(eni.vswitch),
            eni.addresses,
            eni.prefixes,
            eni.ipv6,
            eni.ipv6_prefixes,
            sorted(map(self._id, eni.groups)),
            (eni.status, eni.type, instance, None if eni.trunk is None else self.ids[eni.trunk]),
            (eni.tags, eni.name, eni.description, eni.resource_group, eni.dies_with_instance),
        )

    @invariant()
    def the_enis_agree(self) -> None:
        for ours, theirs in zip(map(self._ours, self.sim.enis), map(self._theirs, self.naive.enis), strict=True):
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
            self._id(name): max(0, naive.places_left(name)) for name in naive.groups
        }
        assert {one.id: one.status for one in sim.cloud.instances.values()} == {
            self._id(name): host.status for name, host in naive.instances.items()
        }

    def teardown(self) -> None:
        if hasattr(self, "naive"):
            for reply, pending in self.pending:
                self._finish(reply, pending)
            self.the_enis_agree()
            self.everything_else_agrees()
            assert self.sim.close() == []
            assert self.sim.held == {}
