"""The benchmark of the family does what it always did: speed is never bought with meaning."""

from benchmarks.bench_family import FILTERS, bench_pages_and_cycles, bench_smoke

WHAT_THE_CALLS_DID = "9e82b779f1c535ccbef246d9352487df2972c8e5240230380c3afd5bde5d9e27"


def test_the_calls_of_the_benchmark_do_what_they_did() -> None:
    assert bench_smoke() == WHAT_THE_CALLS_DID


def test_every_filter_and_both_lives_are_held_against_their_bound() -> None:
    goals = bench_pages_and_cycles(1, few=3_400, many=6_800)
    assert len(goals) == len(FILTERS) + 2
    assert all(goal.bound == 2 and goal.ratio > 0 for goal in goals)
