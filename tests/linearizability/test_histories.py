"""Random histories of the real simulation: legal ones are explained; doctored ones, and those of bad policies, not."""

from collections import Counter
from dataclasses import replace

import msgspec
import pytest

from cloudsim.api.requests import DescribeNetworkInterfaces, ModifyNetworkInterfaceAttribute, StartInstance
from cloudsim.api.responses import DescribeNetworkInterfacesResponse
from cloudsim.kernel.strategy import RandomOrder
from cloudsim.linearizability import History, Judgement, check_history, judge, start_of
from cloudsim.operations.policy import AddressPolicy, Policy, QuotaPolicy, TokenPolicy
from cloudsim.resources.consistency import EVENTUAL, IMMEDIATE
from cloudsim.simulation.latency import DEFAULT
from cloudsim.simulation.simulation import Simulation
from cloudsim.simulation.world.builder import World
from tests.linearizability.workload import Workload, crowded
from tests.small_world import REGION, a_create, a_delete, small

SPREADS_MS = (200, 1500, 6000)


def judged(seed: int, *, faulty: bool = False, late: bool = False) -> tuple[Workload, Judgement]:
    work = Workload(
        seed,
        calls=12 + seed % 20,
        spread_ms=SPREADS_MS[seed % 3],
        faulty=faulty,
        consistency=EVENTUAL if late else IMMEDIATE,
    )
    return work, work.run().judge()


def require_legal(seeds: range) -> Counter[str]:
    """Hold the histories of some seeds against the models; a third with faults, a third with late descriptions too."""
    outcomes: Counter[str] = Counter()
    for seed in seeds:
        work, judgement = judged(seed, faulty=seed % 3 > 0, late=seed % 3 > 1)
        told = "\n".join(one.text for one in judgement.violations)
        assert not judgement.violations, f"seed {seed}: {told}"
        outcomes.update(call.outcome for call in work.history.calls)
    return outcomes


def test_300_legal_histories_are_explained() -> None:
    outcomes = require_legal(range(300))
    spoken = {
        "ok",
        "no answer",
        "InvalidEniId.NotFound",
        "InvalidOperation.InvalidEniState",
        "MaxEniCountExceeded",
        "IdempotentProcessing",
        "IdempotentParameterMismatch",
        "IdempotentFailed",
        "Operation.Conflict",
        "InvalidIp.IpUnassigned",
    }
    assert spoken <= set(outcomes), "else the workload shows too little"


@pytest.mark.deep
def test_10000_legal_histories_are_explained() -> None:
    require_legal(range(300, 10_300))


def test_a_name_that_nobody_gave_is_found_in_every_history_that_shows_one() -> None:
    found = 0
    for seed in range(60):
        work, _ = judged(seed)
        calls = work.history.calls
        for place, call in enumerate(calls):
            if isinstance(call.response, DescribeNetworkInterfacesResponse) and call.response.network_interface_sets:
                first, *others = call.response.network_interface_sets
                wrong = msgspec.structs.replace(first, network_interface_name="nobodys")
                answer = msgspec.structs.replace(call.response, network_interface_sets=(wrong, *others))
                calls[place] = replace(call, response=answer)
                break
        else:
            continue
        (violation,) = judge(work.history.start, calls).violations
        assert "its name is" in violation.text or "nobodys" in violation.text
        found += 1
    assert found > 40


# -- known-bad policies

BAD = {
    "token": (Policy(token=TokenPolicy.LOOK_UP_THEN_COMMIT), small(), {"client_token": "t-1"}, "token:acme"),
    "quota": (Policy(quota=QuotaPolicy.CHECK_THEN_COUNT), small(quota=2), {}, "quota:acme"),
    "address": (Policy(address=AddressPolicy.CHECK_THEN_ACT), small(mask=29), {}, "address:vsw-a"),
}


def creates(policy: Policy | None, world: World, seed: int, changes: dict[str, str]) -> History:
    """Three creates at once."""
    sim = Simulation(world.spec, seed=seed, strategy=RandomOrder(seed), latency=DEFAULT, policy=policy)
    history = History(sim)
    sim.observers.append(history)
    for name in ("ann", "bob", "cleo"):
        sim.submit(sim.caller(account="acme", name=name), a_create(**changes))
    sim.run()
    return history


@pytest.mark.parametrize("what", BAD)
def test_what_a_bad_policy_breaks_is_found_in_a_few_orders_and_nothing_where_it_is_good(what: str) -> None:
    policy, world, changes, key = BAD[what]
    keys: Counter[str] = Counter()
    for seed in range(20):
        assert creates(None, world, seed, changes).judge().violations == ()
        bad = creates(policy, world, seed, changes).judge().violations
        keys.update({one.key.partition("/")[0] for one in bad})
        for one in bad:
            assert not one.undecided
            assert any(f"{name}/1" in one.text for name in ("ann", "bob", "cleo"))
    assert key in keys
    assert keys[key] >= 3


# -- the price


def independent(count: int) -> Judgement:
    """So many ENIs, each made, renamed, shown and deleted by calls of its own, all at once."""
    sim = Simulation(small(quota=2000, mask=20).spec, strategy=RandomOrder(1), latency=DEFAULT)
    history = History(sim)
    sim.observers.append(history)
    callers = [sim.caller(account="acme") for _ in range(count)]
    made = [sim.submit(caller, a_create()) for caller in callers]
    sim.run()
    for caller, reply in zip(callers, made, strict=True):
        eni = reply.result().network_interface_id  # type: ignore[union-attr]
        sim.submit(
            caller,
            ModifyNetworkInterfaceAttribute(region_id=REGION, network_interface_id=eni, network_interface_name="new"),
        )
        sim.submit(caller, a_delete(eni))
        for _ in range(3):
            sim.submit(caller, DescribeNetworkInterfaces(region_id=REGION, network_interface_ids=(eni,)))
    sim.run()
    return history.judge()


def test_the_price_grows_with_the_number_of_independent_enis_and_no_faster() -> None:
    few, many = independent(10), independent(1000)
    assert few.violations == many.violations == ()
    assert (few.keys, many.keys) == (10, 1000)
    assert 90 * few.steps < many.steps < 110 * few.steps


# -- the front door


def test_a_history_is_checked_against_its_world_or_against_a_start_taken_once() -> None:
    world = crowded()
    work = Workload(4, world=world)
    calls = work.run().calls
    assert check_history(world.spec, calls, seed=4) == []
    assert check_history(start_of(world.spec, 4), calls) == []
    assert check_history(world.spec, calls, seed=5), "another seed draws other ids and addresses"


def test_calls_that_no_model_knows_are_counted() -> None:
    work = Workload(4, calls=0)
    work.sim.submit(work.callers[0], StartInstance(region_id=REGION, instance_id="i-1"))
    history = work.run()
    assert history.unjudged == history.judge().unjudged == {"StartInstance": 1}
    (call,) = history.calls
    assert (call.call, call.caller, call.invoked, call.answered) == ("ann/1", "ann", 1, 2)
