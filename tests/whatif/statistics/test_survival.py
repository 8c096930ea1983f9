from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudsim.whatif.statistics import kaplan_meier, proportion, quantile

REMISSIONS = [6, 6, 6, 7, 10, 13, 16, 22, 23]
STILL_IN_REMISSION = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]


def test_the_remissions_of_freireich_are_met() -> None:
    """Weeks in remission with 6-MP, 1963: the example of every textbook."""
    times = [*map(float, REMISSIONS), *[None] * len(STILL_IN_REMISSION)]
    steps = kaplan_meier(times, [*map(float, REMISSIONS), *map(float, STILL_IN_REMISSION)])
    assert [(step.time, step.at_risk, step.events, round(step.surviving, 3)) for step in steps] == [
        (0, 21, 0, 1.0),
        (6, 21, 3, 0.857),
        (7, 17, 1, 0.807),
        (10, 15, 1, 0.753),
        (13, 12, 1, 0.690),
        (16, 11, 1, 0.627),
        (22, 7, 1, 0.538),
        (23, 6, 1, 0.448),
    ]
    # Greenwood on the log-log scale, as R's survfit(conf.type = "log-log") prints it.
    last = steps[-1]
    assert last.low is not None
    assert last.high is not None
    assert (round(last.low, 3), round(last.high, 3)) == (0.188, 0.680)


def test_with_one_horizon_each_point_is_a_share_of_runs_with_its_exact_interval() -> None:
    steps = kaplan_meier([3.0, None, 1.0, None, 3.0], [9.0] * 5)
    assert [(step.time, step.at_risk, step.events, step.surviving) for step in steps] == [
        (0, 5, 0, 1.0),
        (1, 5, 1, 0.8),
        (3, 4, 2, 0.4),
    ]
    exact = proportion([True, True, False, False, False])
    assert (steps[-1].low, steps[-1].high) == (exact.low, exact.high)


def test_an_event_at_an_instant_comes_before_a_censoring_at_it() -> None:
    assert kaplan_meier([5.0, None], [9.0, 5.0])[-1].at_risk == 2


def test_where_all_fall_after_a_censoring_greenwood_has_no_interval() -> None:
    last = kaplan_meier([None, 5.0], [2.0, 5.0])[-1]
    assert (last.surviving, last.low, last.high) == (0.0, None, None)


def test_what_happens_at_once_happens_at_the_step_of_time_0() -> None:
    assert [(step.time, step.surviving) for step in kaplan_meier([0.0, 2.0], [5.0, 5.0])] == [(0.0, 0.5), (2.0, 0.0)]


def test_one_run_has_no_interval_and_no_run_no_step() -> None:
    assert [(step.low, step.high) for step in kaplan_meier([2.0], [5.0])] == [(None, None)] * 2
    assert kaplan_meier([], []) == ()


lives = st.lists(st.tuples(st.integers(0, 20), st.booleans()), min_size=1, max_size=30)


@given(lives)
def test_a_curve_only_falls_and_its_interval_is_around_it(runs: list[tuple[int, bool]]) -> None:
    steps = kaplan_meier([time if happened else None for time, happened in runs], [time for time, _ in runs])
    assert all(one.surviving >= other.surviving for one, other in pairwise(steps))
    for step in steps:
        if step.low is not None and step.high is not None:
            assert 0 <= step.low <= step.surviving <= step.high <= 1


@given(st.lists(st.none() | st.integers(0, 20), min_size=1, max_size=30))
def test_the_curve_passes_one_half_at_the_median(times: list[int | None]) -> None:
    steps = kaplan_meier(times, [20] * len(times))
    assert next((step.time for step in steps if step.surviving <= 0.5), None) == quantile(times, 0.5).estimate


@given(lives)
def test_the_curve_is_the_product_of_what_each_instant_left(runs: list[tuple[int, bool]]) -> None:
    """Directly from the definition, run by run."""
    surviving = 1.0
    for step in kaplan_meier([time if happened else None for time, happened in runs], [time for time, _ in runs]):
        at_risk = sum(time >= step.time for time, _ in runs)
        events = sum(time == step.time and happened for time, happened in runs)
        surviving *= 1 - events / at_risk if at_risk else 1.0
        assert (step.at_risk, step.events) == (at_risk, events)
        assert step.surviving == pytest.approx(surviving)
