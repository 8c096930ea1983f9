"""A small cloud under any calls, holds, releases, faults and passing of time does what the naive one does.

Everything is watched: each step keeps to its footprint, and the audit with its replay of the journal is clean after
each event.
"""

from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from cloudsim.errors.network import InvalidVSwitchIdNotFound
from cloudsim.errors.service import InternalError
from cloudsim.operations.operation import Phase
from cloudsim.operations.policy import CheckOrder, Policy
from cloudsim.simulation.reply import Reply
from tests.simulation.naive import COOL_NS, CREATE, DELETE, WINDOW_NS, NaiveCall, NaiveCloud, NaiveEni
from tests.small_world import REGION, Watched, a_create, a_delete, code, small

QUOTA, GROUP = 3, 6

ADDRESSES_FIRST = (*CREATE[:3], "LEASE_ADDRESSES", "RESERVE_QUOTA", *CREATE[5:])
PHASES = st.sampled_from(CREATE)
MAYBE_PHASE = st.none() | PHASES
FAULTS = st.none() | st.tuples(
    PHASES, st.sampled_from(["abandoned", "lost", "InternalError", "InvalidVSwitchId.NotFound"])
)


class CloudMachine(RuleBasedStateMachine):
    """The product and the naive cloud side by side."""

    @initialize(is_current=st.booleans(), order=st.sampled_from(CheckOrder))
    def build(self, order: CheckOrder, *, is_current: bool) -> None:
        world = small(
            quota=QUOTA,
            mask=29,
            profile="current" if is_current else "classic",
            policy="lowest-first",
            cool_down=f"{COOL_NS}ns",
        )
        world = world.security_group("sg-six", capacity=GROUP)
        self.sim = Watched(world, policy=Policy(order=order, token_window_ns=WINDOW_NS))
        phases = CREATE if order is CheckOrder.QUOTA_FIRST else ADDRESSES_FIRST
        self.naive = NaiveCloud(quota=QUOTA, group_capacity=GROUP, lingers=is_current, order=phases)
        self.pairs: list[tuple[Reply, NaiveCall]] = []
        self.gone: NaiveEni = NaiveEni((), None)
        self.ids: dict[NaiveEni, str] = {self.gone: "eni-x"}

    # -- calls

    @rule(
        named=st.sets(st.sampled_from([1, 2, 3, 4]), max_size=2).map(sorted).map(tuple),
        count=st.integers(0, 2),
        token=st.sampled_from([None, "t-1", "t-2"]),
        vswitch=st.sampled_from(["vsw-a", "vsw-a", "vsw-a", "vsw-x"]),
        hold_at=MAYBE_PHASE,
        fault=FAULTS,
    )
    def create(
        self,
        named: tuple[int, ...],
        count: int,
        token: str | None,
        vswitch: str,
        hold_at: str | None,
        fault: tuple[str, str] | None,
    ) -> None:
        count = 0 if named else count
        self._plan(fault)
        request: dict[str, Any] = {"client_token": token, "vswitch_id": vswitch, "security_group_id": "sg-six"}
        if named:
            request["private_ip_addresses"] = tuple(f"10.0.0.{address}" for address in named)
        if count:
            request["secondary_private_ip_address_count"] = count
        ahead = [phase for phase in self.naive.order if phase != "CLAIM_TOKEN" or token]
        wants = {"token": token, "named": named, "count": count, "vswitch": vswitch}
        self._begin(self.sim.send(a_create(**request)), NaiveCall(wants, ahead, fault=fault), hold_at)

    def _plan(self, fault: tuple[str, str] | None) -> None:
        """Plan a fault for the next call; what is lost is lost at RESPOND, and nothing is refused there."""
        if fault is None:
            return
        phase, what = Phase(fault[0]), fault[1]
        if what == "abandoned":
            self.sim.faults.abandon(phase)
        elif what == "lost":
            self.sim.faults.lose_answer()
        elif phase is not Phase.RESPOND:
            error = InternalError() if what == "InternalError" else InvalidVSwitchIdNotFound(vswitch="by a fault")
            self.sim.faults.refuse(error, at=phase)

    @rule(which=st.integers(0, 3), hold_at=st.none() | st.sampled_from(["ADMIT", "COMMIT", "RESPOND", "FINISH"]))
    def delete(self, which: int, hold_at: str | None) -> None:
        enis = self.naive.enis
        eni = enis[which] if which < len(enis) else self.gone
        ahead = [phase for phase in DELETE if phase != "FINISH" or self.naive.lingers]
        self._begin(self.sim.send(a_delete(self.ids[eni])), NaiveCall({"eni": eni}, ahead), hold_at)

    def _begin(self, reply: Reply, call: NaiveCall, hold_at: str | None) -> None:
        if call.fault is not None and call.fault[1] == "lost":
            call.fault = ("RESPOND", "lost")
        elif call.fault is not None and call.fault[0] == "RESPOND" and call.fault[1] != "abandoned":
            call.fault = None
        if hold_at is not None:
            self.sim.hold(reply, at=Phase(hold_at))
        self.sim.run()
        self.naive.begin(call, hold_at)
        self.pairs.append((reply, call))
        self._learn()

    @precondition(lambda self: self.naive.calls)
    @rule(which=st.integers(0, 5), hold_at=MAYBE_PHASE)
    def release(self, which: int, hold_at: str | None) -> None:
        call = self.naive.calls[which % len(self.naive.calls)]
        reply = next(reply for reply, other in self.pairs if other is call)
        if hold_at == call.ahead[0]:
            hold_at = None
        self.sim.release(reply)
        if hold_at is not None:
            self.sim.hold(reply, at=Phase(hold_at))
        self.sim.run()
        self.naive.go_on(call, hold_at)
        self._learn()

    def _learn(self) -> None:
        """Learn the ids that the product gave; they are in the order of the commits."""
        assert len(self.sim.enis) == len(self.naive.enis)
        self.ids |= {theirs: ours.id for ours, theirs in zip(self.sim.enis, self.naive.enis, strict=True)}

    # -- everything else

    @rule(by_ns=st.sampled_from([1, COOL_NS - 1, COOL_NS, WINDOW_NS]))
    def pass_time(self, by_ns: int) -> None:
        self.naive.now_ns += by_ns
        self.sim.run(until_ns=self.naive.now_ns)

    @rule(limit=st.integers(0, QUOTA + 1))
    def set_quota(self, limit: int) -> None:
        self.naive.quota = limit
        self.sim.quota(account="acme", region=REGION).set_limit(limit)

    @rule(status=st.sampled_from([None, "Available", "Deleting"]), address=st.sampled_from([None, 1, 2]))
    def describe(self, status: str | None, address: int | None) -> None:
        filters: dict[str, Any] = {} if address is None else {"private_ip_addresses": (f"10.0.0.{address}",)}
        found = self.sim.describe(status=status, **filters).network_interface_sets
        wanted = [
            self.ids[eni]
            for eni in self.naive.enis
            if status in (None, eni.status) and (address is None or address in eni.addresses)
        ]
        assert [eni.network_interface_id for eni in found] == wanted

    # -- what agrees

    @invariant()
    def the_clouds_agree(self) -> None:
        sim, naive = self.sim, self.naive
        quota = sim.quota(account="acme", region=REGION)
        group = next(group for group in sim.cloud.security_groups.values() if group.id == "sg-six")
        assert (quota.used, quota.held) == (len(naive.enis), naive.held)
        assert (group.places.used, group.places.held) == (
            naive.group_used,
            sum(call.group_places for call in naive.calls),
        )
        assert sim.free_addresses("vsw-a") == len(naive.free)
        assert [(eni.private_ip_addresses, eni.client_token, eni.status) for eni in sim.enis] == [
            (tuple(f"10.0.0.{address}" for address in eni.addresses), eni.token, eni.status) for eni in naive.enis
        ]

    @invariant()
    def every_call_ended_alike(self) -> None:
        for reply, call in self.pairs:
            ended = code(reply)
            if call in self.naive.calls and not call.ended:
                assert not reply.is_settled
            elif call.ended == "lost":
                assert ended == "was lost on its way back"
            elif call.ended == "abandoned":
                assert ended.startswith("was abandoned at")
            elif "RESPOND" not in call.ahead:
                assert ended == call.ended
                self._answered_alike(reply, call)

    def _answered_alike(self, reply: Reply, call: NaiveCall) -> None:
        if call.answer is not None and reply.response is not None:
            assert reply.response.network_interface_id == self.ids[call.answer]  # type: ignore[union-attr]

    def teardown(self) -> None:
        if hasattr(self, "sim"):
            self.naive.abandon_all()
            assert self.sim.close() == []
            self.the_clouds_agree()


class DeepCloudMachine(CloudMachine):
    """The same, many more times."""


TestCloud = CloudMachine.TestCase
TestCloud.settings = settings(max_examples=60)
TestCloudDeep = pytest.mark.deep(DeepCloudMachine.TestCase)
TestCloudDeep.settings = settings(max_examples=1500, stateful_step_count=80)
