"""The create benchmark does what it always did: speed is never bought with meaning."""

from benchmarks import bench_create
from benchmarks.bench_create import bench_create_path_1000, bench_create_smoke

WHAT_THE_CREATES_DID = "ae53341f9867d4f7aceb1be08628cddb727d27ec54fe8afd388169bf57df1a2a"


def test_the_creates_of_the_benchmark_do_what_they_did() -> None:
    assert bench_create_smoke() == WHAT_THE_CREATES_DID


def test_a_create_is_held_against_a_generator_with_as_many_yields() -> None:
    goals = bench_create_path_1000(1)
    assert [goal.bound for goal in goals] == [8, 25]
    assert all(goal.ratio > 0 for goal in goals)


def test_tasks_of_one_client_all_get_their_eni() -> None:
    assert bench_create.trio_batch() == bench_create.AT_ONCE
