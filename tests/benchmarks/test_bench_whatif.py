"""The benchmark of what-ifs does the same work everywhere: speed is never bought with meaning."""

import pytest

from benchmarks import bench_whatif
from benchmarks.bench_whatif import HAS_CIW, bench_whatif_smoke, blocked_by_kernel

WHAT_CAME_OF_IT = "31e697136a85f796e7b53c81e5fdff86d62a96f298d6a07047d3a1792853492e"


def test_the_runs_of_the_benchmark_do_what_they_did() -> None:
    assert bench_whatif_smoke() == WHAT_CAME_OF_IT


def test_the_models_refuse_as_erlang_says() -> None:
    found, expected = blocked_by_kernel(1500)
    assert found == pytest.approx(expected, rel=0.15)


@pytest.mark.skipif(not HAS_CIW, reason="Ciw, a peer of the benchmark, is not installed")
def test_the_model_in_ciw_is_the_same() -> None:
    arrived, refused, departed = bench_whatif.ciw_run(1500, 1)
    assert refused / arrived == pytest.approx(blocked_by_kernel(1)[1], rel=0.15)
    assert 0 <= arrived - refused - departed <= bench_whatif.PLACES


def test_every_goal_has_a_number() -> None:
    goals = [
        *bench_whatif.bench_calls(1, hours=1),
        *bench_whatif.bench_ciw(1, hours=10),
        *bench_whatif.bench_outside(1, runs=20),
        *bench_whatif.bench_memory(1, few=20, many=60),
    ]
    assert len(goals) == 6 + HAS_CIW
    assert all(goal.ratio > 0 for goal in goals if "outside" not in goal.what)
