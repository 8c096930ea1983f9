"""The benchmark of races at its smoke size: each bug of a known-bad policy is found."""

from benchmarks.bench_races import bench_races_smoke


def test_every_race_of_the_benchmark_shows_its_bug() -> None:
    assert bench_races_smoke() == {
        "create: one token twice": 2,
        "create: the quota overshot": 2,
        "create: one address twice": 2,
        "assign: one address twice": 2,
        "attach: deleted before": 3,
    }
