"""What-ifs of the benchmark do the same work everywhere: speed is never bought with meaning."""

from hashlib import sha256

import pytest

from cloudsim.lab.engine import loss, planner, sweeps
from cloudsim.lab.engine.ratio import is_installed
from cloudsim.resources.journal import Journal
from cloudsim.whatif.analytic import erlang_b
from cloudsim.whatif.running.replication import run_once

WHAT_CAME_OF_IT = "31e697136a85f796e7b53c81e5fdff86d62a96f298d6a07047d3a1792853492e"
EXPECTED = erlang_b(float(loss.LOAD), loss.PLACES)


def test_the_runs_do_what_they_did() -> None:
    model = loss.LossModel(1)
    model.run(100)
    told = [run_once(one, 0, with_digest=True).digest for one in (planner.pool(hours=1), planner.fleet(hours=1))]
    assert sha256(repr((told, model.arrived, model.refused, model.departed)).encode()).hexdigest() == WHAT_CAME_OF_IT


def test_calls_by_perform_and_by_the_straight_way_leave_the_same_journal() -> None:
    journals = Journal(), Journal()
    assert planner.performed(journals[0], 20)() == planner.straight(journals[1], 20)() == 40
    assert journals[0].digest() == journals[1].digest()


def test_every_rate_has_a_number() -> None:
    found = [*planner.experiment_rates(1, hours=1), *planner.call_ratios(1, pairs=20)]
    assert [one.goal for one in found] == [60_000, 30_000, None, 2, 2, None, None]
    assert all(one.value for one in found)


def test_the_model_refuses_as_erlang_says() -> None:
    model = loss.LossModel(1)
    model.run(1500)
    assert model.refused / model.arrived == pytest.approx(EXPECTED, rel=0.15)


@pytest.mark.skipif(not is_installed("ciw"), reason="Ciw, a peer of the benchmark, is not installed")
def test_the_model_in_ciw_is_the_same() -> None:
    arrived, refused, departed = loss.ciw_run(1500, 1)
    assert refused / arrived == pytest.approx(EXPECTED, rel=0.15)
    assert 0 <= arrived - refused - departed <= loss.PLACES


def test_ciw_is_held_against_the_kernel_or_named() -> None:
    (one,) = loss.loss_ratios(1, hours=10)
    assert one.value or one.note == "ciw"


def test_every_number_of_sweeps_is_there() -> None:
    found = [*sweeps.outside_ratios(1, runs=20), sweeps.memory_ratio(few=20, many=60)]
    assert [one.goal for one in found] == [None, None, 2048]
    assert all(one.value is not None for one in found)
