"""A seeded fault plan: the same troubles under the same seed, on whoever is there."""

from typing import Any

import pytest

from cloudsim.api.requests import AttachNetworkInterface, DetachNetworkInterface
from cloudsim.errors.own import DurationError, SettingError
from cloudsim.operations.operation import Phase
from cloudsim.simulation.latency import DEFAULT
from cloudsim.simulation.trouble_plan import NOBODY, VERBS, RunningPlan, TroublePlan
from cloudsim.simulation.world.builder import World
from cloudsim.values.duration import SECOND
from tests.small_world import REGION, Watched, a_create, a_delete, small

HOUR = 3600 * SECOND


def world() -> World:
    made = small(profile="current")
    return made.instance("i-1", type="ecs.g7.large", vswitch="vsw-a", security_groups=["sg-main"])


def busy(seed: int, **plan: Any) -> tuple[Watched, RunningPlan]:
    """An hour of creates, attaches, detaches and deletes under a plan."""
    sim = Watched(world(), seed=seed, latency=DEFAULT, watch=False)
    running = sim.trouble.plan(TroublePlan(**{"end": "1h", "mean_gap": "20s", "mean_lasting": "40s", **plan}))

    def act(turn: int) -> None:
        enis = [eni.id for eni in sim.enis if eni.instance is None]
        sim.send(a_create(client_token=f"t-{turn}"))
        if enis:
            sim.send(AttachNetworkInterface(region_id=REGION, network_interface_id=enis[0], instance_id="i-1"))
            sim.send(a_delete(enis[-1]))
        for eni in sim.enis:
            if eni.instance is not None and eni is not sim.enis[0]:
                sim.send(
                    DetachNetworkInterface(region_id=REGION, network_interface_id=eni.id, instance_id=eni.instance)
                )

    for turn in range(360):
        sim.at(turn * 10 * SECOND, lambda turn=turn: act(turn), name="act")  # type: ignore[misc]
    sim.run()
    return sim, running


def drawn(running: RunningPlan) -> list[tuple[str, int | None]]:
    return [(verb, None if thrown is None else thrown.at_ns) for verb, thrown in running.thrown]


def test_the_same_seed_throws_the_same_and_another_one_does_not() -> None:
    (first, one), (second, two), (_, other) = busy(1), busy(1), busy(2)
    assert drawn(one) == drawn(two)
    assert first.digest() == second.digest()
    assert drawn(one) != drawn(other)


def test_everything_is_thrown_and_the_world_stays_sound() -> None:
    sim, running = busy(3, mean_gap="5s")
    assert set(running.summary()) == set(VERBS)
    assert all("ok" in endings for verb, endings in running.summary().items() if verb != "burn_token")
    assert sum(sum(endings.values()) for endings in running.summary().values()) == len(running.thrown)
    assert sim.close() == []


def test_about_as_many_are_thrown_as_the_mean_gap_says_and_none_outside_of_its_time() -> None:
    _, running = busy(4, begin="10m", end="50m", mean_gap="20s", verbs={"alias_shortage": 1})
    instants = [thrown.at_ns for _, thrown in running.thrown if thrown is not None]
    assert 90 <= len(instants) <= 150
    assert min(instants) >= 600 * SECOND
    assert max(instants) < 3000 * SECOND


def test_weights_say_how_often_a_verb_comes() -> None:
    _, running = busy(5, verbs={"take_zone_out": 1, "alias_shortage": 3, "set_quota": 0})
    found = [verb for verb, _ in running.thrown]
    assert "set_quota" not in found
    assert 2 * found.count("take_zone_out") < found.count("alias_shortage") < 5 * found.count("take_zone_out")


def test_when_and_what_do_not_depend_on_who_is_there() -> None:
    _, crowded = busy(6, verbs={"hang_detach": 1, "occupy_addresses": 1})
    lonely = Watched(world(), seed=6, watch=False)
    alone = lonely.trouble.plan(
        TroublePlan(end="1h", mean_gap="20s", mean_lasting="40s", verbs={"hang_detach": 1, "occupy_addresses": 1})
    )
    lonely.run()
    assert [verb for verb, _ in alone.thrown] == [verb for verb, _ in crowded.thrown]
    assert set(alone.summary()["hang_detach"]) == {NOBODY}


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_that_finds_nobody_says_so(verb: str) -> None:
    bare = World().account("acme").region(REGION, zones=[])
    if verb == "take_zone_out":
        bare = World().account("acme").region(REGION, zones=["h"])
    sim = Watched(bare)
    running = sim.trouble.plan(TroublePlan(end="10m", mean_lasting="1h", verbs={verb: 1}))
    sim.run(until_ns=HOUR)
    assert NOBODY in running.summary()[verb]


def test_tokens_of_calls_under_way_are_burnt() -> None:
    sim = Watched()
    held = sim.send(client_token="t/1")
    sim.hold(held, at=Phase.COMMIT)
    running = sim.trouble.plan(TroublePlan(end="3m", verbs={"burn_token": 1}))
    sim.run()
    assert running.summary()["burn_token"]["ok"] >= 1
    sim.release(held)
    sim.run()
    again = sim.ask(client_token="t/1")
    assert again.error is not None
    assert again.error.code == "IdempotentFailed"


def test_a_plan_that_begins_in_the_past_begins_now_and_one_that_is_over_throws_nothing() -> None:
    sim = Watched()
    sim.run(until_ns=HOUR)
    running = sim.trouble.plan(TroublePlan(end="2h", begin="1m"))
    late = sim.trouble.plan(TroublePlan(end="1h", name="late"))
    sim.run()
    assert min(thrown.at_ns for _, thrown in running.thrown if thrown is not None) > HOUR
    assert late.thrown == []


@pytest.mark.parametrize(
    ("wrong", "error", "says"),
    [
        ({"verbs": {"take_zone": 1}}, SettingError, "cannot throw 'take_zone'; did you mean 'take_zone_out'"),
        ({"verbs": {"set_quota": -1}}, SettingError, "weight of set_quota is at least 0, not -1"),
        ({"verbs": {"set_quota": "often"}}, SettingError, "weight of set_quota takes int"),
        ({"verbs": {"set_quota": 0}}, SettingError, "no verb has a weight"),
        ({"verbs": "set_quota"}, SettingError, "verbs of a trouble plan takes Mapping"),
        ({"mean_gap": 0}, SettingError, "at least 1ms and below 25d, not 0s"),
        ({"mean_lasting": "60d"}, SettingError, "at least 1ms and below 25d, not 60d"),
        ({"end": "later"}, DurationError, "'later' is not a duration"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(wrong: dict[str, Any], error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        TroublePlan(**{"end": "1h", **wrong})
