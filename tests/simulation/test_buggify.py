"""Buggify: named fault sites, enabled by seed and number, fired by visit; strikes bring the same run back."""

import pytest

from cloudsim.api.requests import DeleteNetworkInterface
from cloudsim.errors.own import SettingError
from cloudsim.simulation.buggify import SITES, Buggify
from cloudsim.simulation.simulation import Simulation
from cloudsim.values.entropy import Entropy
from tests.runtime.sessions import session
from tests.small_world import REGION, Watched, a_create, code

RUNS = 400


def crowd(*, number: int = 0, strikes: tuple[str, ...] | None = None, calls: int = 20, seed: int = 0) -> Watched:
    """Calls of an impatient caller, under fault sites."""
    sim = Watched(seed=seed)
    sim.seek_faults(number=number, strikes=strikes)
    sim.alice.waits_for_ever = False
    for _ in range(calls):
        sim.send()
    sim.run()
    return sim


def sites(sim: Simulation) -> Buggify:
    assert sim.fault_sites is not None
    return sim.fault_sites


def test_a_site_is_enabled_in_half_of_all_runs_and_fires_at_one_visit_in_eight() -> None:
    for site in SITES:
        enabled = [Buggify(Entropy(0), number=number).is_enabled(site) for number in range(RUNS)]
        assert RUNS * 0.4 < sum(enabled) < RUNS * 0.6
    number = next(number for number in range(RUNS) if Buggify(Entropy(0), number=number).is_enabled("mine"))
    buggify = Buggify(Entropy(0), number=number)
    fired = sum(buggify.visit("mine", str(visit)) for visit in range(2_000))
    assert 180 < fired < 320
    assert (buggify.visits["mine"], buggify.fires) == (2_000, {"mine": fired})


def test_what_fires_follows_from_seed_and_number_alone() -> None:
    one, same, other, third = crowd(), crowd(), crowd(number=1), crowd(seed=1)
    assert one.digest() == same.digest()
    assert len({sim.digest() for sim in (one, other, third)}) == 3


def test_a_visit_fires_or_not_whatever_was_visited_before_it() -> None:
    forth, back = Buggify(Entropy(5), number=2), Buggify(Entropy(5), number=2)
    visits = [f"v{number}" for number in range(200)]
    assert {v for v in visits if forth.visit("x", v)} == {v for v in reversed(visits) if back.visit("x", v)}


@pytest.mark.parametrize("number", range(8))
def test_the_strikes_of_a_run_give_the_same_run_without_chance(number: int) -> None:
    drawn = crowd(number=number)
    told = crowd(number=number + 50, strikes=tuple(sites(drawn).fired))
    assert told.digest() == drawn.digest()
    assert sites(told).fired == sites(drawn).fired
    assert sites(told).fires == sites(drawn).fires


def test_without_strikes_nothing_fires_and_visits_are_counted_all_the_same() -> None:
    quiet = crowd(strikes=())
    assert sites(quiet).fired == []
    assert sites(quiet).visits["respond.lost"] == 20
    assert quiet.calls == {"CreateNetworkInterface": {"ok": 20}}
    assert quiet.digest() == _plain().digest()


def _plain() -> Watched:
    sim = Watched()
    for _ in range(20):
        sim.send()
    sim.run()
    return sim


def test_a_strike_does_what_its_site_says() -> None:
    for strike, ending in (
        ("admit.throttled@alice/1", "Throttling.User"),
        ("lease.unavailable@alice/1", "ServiceUnavailable"),
        ("commit.failed@alice/1", "InternalError"),
        ("respond.lost@alice/1", "was lost on its way back"),
    ):
        sim = crowd(strikes=(strike,), calls=0)
        reply = sim.ask()
        assert ending in code(reply), strike
        assert sites(sim).fired == [strike]
        assert sim.close() == []


def test_a_call_that_never_comes_to_the_phase_is_not_among_those_that_fired() -> None:
    sim = crowd(strikes=("commit.failed@alice/1",), calls=0)
    assert code(sim.ask(vswitch_id="vsw-none")) == "InvalidVSwitchId.NotFound"
    assert (sites(sim).fired, sites(sim).fires) == ([], {})
    assert sites(sim).visits["commit.failed"] == 1


def test_answers_are_lost_only_of_callers_who_have_a_time_out() -> None:
    sim = Watched()
    sim.seek_faults(strikes=("respond.lost@alice/1", "commit.abandoned@alice/2"))
    assert sim.alice.waits_for_ever
    assert [code(sim.ask()), code(sim.ask())] == ["ok", "ok"]
    assert sites(sim).visits["respond.lost"] == 0


def test_a_site_of_an_action_strikes_no_other_and_a_phase_ends_in_one_way_only() -> None:
    sim = crowd(strikes=("delete.slow@alice/1", "commit.failed@alice/2", "commit.abandoned@alice/2"), calls=0)
    assert code(sim.ask()) == "ok"
    assert sites(sim).visits["delete.slow"] == 0
    assert code(sim.ask()) == "InternalError"
    assert sites(sim).fired == ["commit.failed@alice/2"]
    sim.ask(DeleteNetworkInterface(region_id=REGION, network_interface_id="eni-none"))
    assert sites(sim).visits["delete.slow"] == 1


@pytest.mark.parametrize(
    ("strike", "told"),
    [
        ("respond.lost", "'respond.lost' is no strike: one is written site@call"),
        ("respond.lost@", "is no strike"),
        ("respond.lots@alice/1", "there is no fault site 'respond.lots'; did you mean 'respond.lost'?"),
    ],
)
def test_what_is_no_strike_is_refused(strike: str, told: str) -> None:
    with pytest.raises(SettingError) as refused:
        Watched().seek_faults(strikes=(strike,))
    assert told in str(refused.value)


def test_a_site_of_a_script_fires_only_where_faults_are_sought_and_numbers_its_visits() -> None:
    sim = session()
    assert [sim.is_buggy("skip") for _ in range(3)] == [False] * 3
    sim = session()
    sim.seek_faults(strikes=("skip@2",))
    assert [sim.is_buggy("skip") for _ in range(3)] == [False, True, False]
    assert (sites(sim).fired, sites(sim).visits["skip"]) == (["skip@2"], 3)
    with pytest.raises(SettingError, match=r"'skip\.it' cannot name a fault site of a script"):
        sim.is_buggy("skip.it")


def test_calm_ends_planned_faults_and_sites_but_not_what_is_meant_for_calls_under_way() -> None:
    sim = session()
    sim.seek_faults(strikes=("commit.failed@ann/1", "commit.failed@ann/2", "skip@1"))
    ann = sim.caller(account="acme", name="ann")
    first = sim.submit(ann, a_create())
    sim.faults.throttle()
    sim.calm()
    second = sim.submit(ann, a_create())
    sim.run()
    assert [code(first), code(second)] == ["InternalError", "ok"]
    assert not sim.is_buggy("skip")
    assert sites(sim).fired == ["commit.failed@ann/1"]
    session().calm()  # where no faults are sought, there are none to end
