"""The pool benchmarks hand out what they always handed out: speed is never bought with meaning."""

import json

import pytest

from benchmarks.bench_pools import bench_edge_16, bench_pools_smoke, bench_requests_24
from benchmarks.harness import Goal, Timing, Variant, measure, report

ADDRESSES_HANDED_OUT = "d919074b6eda37aa69d791a00e7a6901465b0b1db4cf2a84d5a308e74b0e5d18"


def test_the_addresses_of_the_pool_benchmarks_are_what_they_were() -> None:
    assert bench_pools_smoke() == ADDRESSES_HANDED_OUT


def test_a_benchmark_returns_goals_that_say_what_was_compared() -> None:
    goals = bench_requests_24(1) + bench_edge_16(1)
    assert len({goal.what for goal in goals}) == 4
    assert all(goal.ratio > 0 for goal in goals)


def test_a_ratio_is_taken_inside_each_round_so_that_slow_rounds_cancel_out() -> None:
    base, twice = Timing((10.0, 100.0, 12.0)), Timing((20.0, 200.0, 24.0))
    assert twice.ratio(base) == 2
    assert twice.ns == 24


def test_variants_take_turns_and_the_first_round_is_not_counted() -> None:
    turns: list[str] = []

    def variant(name: str) -> Variant:
        def run() -> int:
            turns.append(name)
            return 1

        return run

    timings = measure({name: variant(name) for name in "ab"}, rounds=3)
    assert turns == list("abababab")
    assert {len(timing.rounds) for timing in timings.values()} == {3}


def test_a_goal_is_met_on_its_side_of_the_bound() -> None:
    assert Goal(what="", ratio=2, bound=3).is_met
    assert not Goal(what="", ratio=4, bound=3).is_met
    assert Goal(what="", ratio=4, bound=3, is_floor=True).is_met


def test_a_report_is_a_table_or_json(capsys: pytest.CaptureFixture[str]) -> None:
    goals = [Goal(what="quick", ratio=1, bound=2, ns=5), Goal(what="slow", ratio=3, bound=4, is_floor=True)]
    report(goals, as_json=False)
    table = capsys.readouterr().out.splitlines()
    assert [line.split()[-1] for line in table[1:]] == ["pass", "MISS"]
    report(goals, as_json=True)
    assert [(row["what"], row["is_met"]) for row in json.loads(capsys.readouterr().out)] == [
        ("quick", True),
        ("slow", False),
    ]
