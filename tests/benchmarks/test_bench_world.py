"""The benchmark of worlds does what it always did: speed is never bought with meaning."""

from benchmarks.bench_world import bench_smoke, bench_world_1100000

WHAT_WAS_BUILT = "8de40cc0d59c7c846ba3ef658878f281662bf2044785e995480f36f46bd2a9ac"


def test_the_world_of_the_benchmark_is_the_one_that_it_was() -> None:
    assert bench_smoke() == WHAT_WAS_BUILT


def test_building_saving_and_loading_are_each_held_against_their_bounds() -> None:
    goals = bench_world_1100000(1, vswitches=4, instances=2, enis=3)
    assert [goal.bound for goal in goals] == [1] * 6 + [0.5, 4_000, 4_000, 1_500, 1_500, 150]
    assert all(goal.ratio > 0 for goal in goals[:6])
