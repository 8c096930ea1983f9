"""The straight way leaves what the operations leave: the same journal, the same refusals, the same lists."""

from collections.abc import Callable
from typing import Any, Protocol

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cloudsim import Simulation
from cloudsim.api.requests import AttachNetworkInterface, DescribeNetworkInterfaces
from cloudsim.errors.service import InternalError
from cloudsim.operations.operation import Phase
from cloudsim.operations.policy import CheckOrder, Policy, QuotaPolicy
from cloudsim.resources.interface import NetworkInterface
from cloudsim.resources.journal import Journal, SilentJournal
from cloudsim.simulation.latency import NONE
from cloudsim.simulation.straight import StraightWay
from cloudsim.simulation.world.builder import World
from cloudsim.values.ids import SecurityGroupId
from tests.small_world import REGION, a_create, a_delete, small

deletes = st.tuples(st.just("delete"), st.integers(0, 5))
states = st.sampled_from(["outage", "back", "list", "closed", "open", "wait"])
limits = st.tuples(st.sampled_from(["quota", "places", "occupy"]), st.integers(1, 8))
creates = st.just("create")
acts = st.one_of(creates, deletes, creates, deletes, creates, states, limits)
worlds = st.fixed_dictionaries(
    {},
    optional={
        "profile": st.sampled_from(["classic", "current"]),
        "quota": st.integers(0, 4),
        "mask": st.sampled_from([24, 28, 29]),
        "policy": st.sampled_from(["uniform", "lowest-first"]),
        "cool_down": st.just("5s"),
    },
)
Act = str | tuple[str, int]


class Way(Protocol):
    """How creates and deletes are made."""

    def create(self) -> Any:
        """Make an ENI, or be refused."""

    def delete(self, eni: NetworkInterface) -> Any:
        """End an ENI, or be refused."""


class BySteps:
    """The operations themselves."""

    def __init__(self, sim: Simulation, secondary: int) -> None:
        self.sim, self.caller = sim, sim.caller(account="acme")
        self.request = a_create(secondary_private_ip_address_count=secondary or None)

    def create(self) -> Any:
        reply = self.sim.perform(self.caller, self.request)
        if reply.error is not None:
            return reply.error
        return self.sim.cloud.estates["acme", REGION].interfaces[reply.result().network_interface_id]  # type: ignore[union-attr,index]

    def delete(self, eni: NetworkInterface) -> Any:
        return self.sim.perform(self.caller, a_delete(eni.id)).error


def straight(sim: Simulation, secondary: int = 0) -> StraightWay:
    caller = sim.caller(account="acme")
    return StraightWay(sim, caller, region=REGION, vswitch="vsw-a", group="sg-main", secondary=secondary)


def simulated(world: World, journal: Journal, policy: Policy) -> Simulation:
    return Simulation(world.spec, seed=3, latency=NONE, journal=journal, policy=policy)


def disturb(sim: Simulation, verb: str, number: int) -> None:
    """Let something happen that is no plain create or delete."""
    trouble = sim.trouble
    ways: dict[str, Callable[[], object]] = {
        "quota": lambda: trouble.set_quota("eni", account="acme", region=REGION, limit=number),
        "places": lambda: sim.cloud.security_groups[SecurityGroupId("sg-main")].places.set_limit(number),
        "occupy": lambda: trouble.occupy_addresses("vsw-a", number),
        "outage": lambda: trouble.take_zone_out("cn-hangzhou-h"),
        "back": lambda: trouble.bring_zone_back("cn-hangzhou-h"),
        "closed": lambda: trouble.set_vswitch_status("vsw-a", "Pending"),
        "open": lambda: trouble.set_vswitch_status("vsw-a", "Available"),
        "fault": lambda: sim.faults.refuse(InternalError(), at=Phase.COMMIT),
        "list": lambda: sim.perform(
            sim.caller(account="acme"),
            DescribeNetworkInterfaces(region_id=REGION, vswitch_id="vsw-a", status="Available"),
        ),
        "wait": lambda: sim.run(until_ns=sim.now_ns + 3_000_000_000),
    }
    ways[verb]()
    sim.run(until_ns=sim.now_ns + 1)


def play(sim: Simulation, way: Way, wanted: list[Act]) -> list[str]:
    """Do it all, one after the other, and say how it ended."""
    endings: list[str] = []
    made: list[NetworkInterface] = []
    for one in wanted:
        verb, number = (one, 0) if isinstance(one, str) else one
        if verb == "create":
            ending = way.create()
            if isinstance(ending, NetworkInterface):
                made.append(ending)
            endings.append(ending.id if isinstance(ending, NetworkInterface) else f"{ending.code} {ending.message}")
        elif verb != "delete":
            disturb(sim, verb, number)
        elif made:
            ending = way.delete(made[number % len(made)])  # which may have gone before
            endings.append("deleted" if ending is None else f"{ending.code} {ending.message}")
    return endings


@settings(deadline=None)
@given(
    wanted=st.lists(acts, min_size=6, max_size=20),
    fault_after=st.integers(0, 30),
    world=worlds,
    secondary=st.integers(0, 2),
    order=st.sampled_from(CheckOrder),
    quota=st.sampled_from([*[QuotaPolicy.HOLD] * 5, QuotaPolicy.CHECK_THEN_COUNT]),
)
@example(
    wanted=["create", "list", "create", ("delete", 0), ("delete", 0), "create"],
    fault_after=6,
    world={"quota": 2},
    secondary=1,
    order=CheckOrder.ADDRESSES_FIRST,
    quota=QuotaPolicy.HOLD,
)
def test_the_straight_way_leaves_the_journal_of_the_operations(
    wanted: list[Act], fault_after: int, world: dict[str, Any], secondary: int, order: CheckOrder, quota: QuotaPolicy
) -> None:
    policy = Policy(order=order, quota=quota)
    wanted = [*wanted[:fault_after], "fault", *wanted[fault_after:]]
    kept, straightened = Journal(keep=True), Journal(keep=True)
    silent = SilentJournal()
    by_steps = simulated(small(**world), kept, policy)
    by_way = simulated(small(**world), straightened, policy)
    unheard = simulated(small(**world), silent, policy)
    endings = play(by_steps, BySteps(by_steps, secondary), wanted)
    assert play(by_way, straight(by_way, secondary), wanted) == endings
    assert play(unheard, straight(unheard, secondary), wanted) == endings
    assert straightened.lines == kept.lines
    assert silent.events == kept.events
    assert by_way.calls == by_steps.calls == unheard.calls
    assert by_way.sent == by_steps.sent
    for sim in (by_way, by_steps, unheard):
        assert not sim.close()


def test_who_is_not_let_in_is_refused_as_by_the_operation() -> None:
    sim = simulated(small(), Journal(), Policy())
    caller = sim.caller(account="nobody")
    way = StraightWay(sim, caller, region=REGION, vswitch="vsw-a", group="sg-main")
    refusal = way.create()
    assert not isinstance(refusal, NetworkInterface)
    assert refusal.code == "Abs.InvalidAccount.NotFound"


def test_a_request_that_breaks_a_rule_is_refused_as_by_the_operation() -> None:
    way = straight(simulated(small(), Journal(), Policy()), secondary=99)
    refusal = way.create()
    assert not isinstance(refusal, NetworkInterface)
    assert refusal.code == "InvalidParameter"


def test_what_is_watched_goes_by_steps() -> None:
    sim = Simulation(small().spec, latency=NONE, watch=True)
    way = straight(sim)
    eni = way.create()
    assert isinstance(eni, NetworkInterface)
    assert way.delete(eni) is None
    assert not sim.close()


def test_where_steps_take_time_there_is_no_straight_way() -> None:
    with pytest.raises(AssertionError, match="only steps that take no time"):
        straight(Simulation(small().spec))


def test_an_eni_that_is_on_an_instance_is_not_deleted() -> None:
    sim = simulated(small().instance("i-1", type="ecs.g7.large", vswitch="vsw-a"), Journal(), Policy())
    way = straight(sim)
    eni = way.create()
    assert isinstance(eni, NetworkInterface)
    attach = AttachNetworkInterface(region_id=REGION, network_interface_id=eni.id, instance_id="i-1")
    assert sim.perform(sim.caller(account="acme"), attach).error is None
    refusal = way.delete(eni)
    assert refusal is not None
    assert refusal.code == "InvalidOperation.InvalidEniState"
    assert not sim.close()
