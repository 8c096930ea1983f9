"""Growth curves: what becomes of a process whose rate is multiplied."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudsim.whatif.arrivals.processes import Diurnal, Poisson, constant, growth
from cloudsim.whatif.experiment.events import CurvePoint, GrowthCurve
from cloudsim.whatif.experiment.scalars import Duration
from cloudsim.whatif.running.curves import DAY, Bent, lines_of

HOUR = 3_600 * 10**9


def a_curve(*points: tuple[int, float], at_ns: int = HOUR, per_day: float | None = None) -> GrowthCurve:
    made = tuple(CurvePoint(after_ns=Duration(after), factor=factor) for after, factor in points)
    return GrowthCurve(workload="pods", at_ns=Duration(at_ns), points=made, per_day=per_day)


def test_before_the_event_nothing_changes_and_after_it_the_clock_runs_faster() -> None:
    bent = Bent(constant(Fraction(1, HOUR)), lines_of(a_curve((0, 2.0))))
    assert [bent.instant(clock * HOUR) for clock in (0, 1, 2, 3)] == [0, HOUR, HOUR * 3 // 2, HOUR * 2]
    assert bent.instant(HOUR // 2) == HOUR // 2, "also when asked for an earlier one"


def test_a_factor_that_grows_evenly_brings_the_area_under_it() -> None:
    bent = Bent(growth(5, 24), lines_of(a_curve(per_day=0.5, at_ns=0)))
    assert (bent.start, bent.is_idle) == (5, False)
    for days in (1, 2, 10):
        area = days * DAY + days * days * DAY // 4
        assert abs(bent.instant(area) - days * DAY) <= 1
    assert bent.step(7, 0, 1 << 63) > 7


def test_where_the_factor_is_nothing_nothing_comes() -> None:
    bent = Bent(Poisson(Fraction(1, HOUR)), lines_of(a_curve((HOUR, 0.0), (3 * HOUR, 0.0), (4 * HOUR, 1.0))))
    # From hour 1 to 2 the factor falls to 0, which is half an hour's worth; it rises again from 4 to 5.
    assert bent.instant(HOUR * 3 // 2 - 1) < 2 * HOUR
    assert 4 * HOUR <= bent.instant(HOUR * 3 // 2 + 1) < 5 * HOUR
    assert bent.instant(2 * HOUR) == pytest.approx(5 * HOUR, abs=2)
    stopped = Bent(Poisson(Fraction(1, HOUR)), lines_of(a_curve((0, 0.0))))
    assert stopped.instant(HOUR + 1) > 10**20


@given(
    points=st.lists(
        st.tuples(st.integers(1, 50), st.floats(0, 8)), min_size=1, max_size=5, unique_by=lambda one: one[0]
    ),
    clocks=st.lists(st.integers(0, 200 * HOUR), min_size=2, max_size=20),
)
def test_time_follows_the_clock(points: list[tuple[int, float]], clocks: list[int]) -> None:
    lines = lines_of(a_curve(*[(after * HOUR, factor) for after, factor in sorted(points)]))
    bent = Bent(Poisson(Fraction(1, HOUR)), lines)
    instants = [bent.instant(clock) for clock in sorted(clocks)]
    assert all(one <= other for one, other in pairwise(instants))
    for clock, instant in zip(sorted(clocks), instants, strict=True):
        assert _area(lines, instant) <= clock <= _area(lines, instant + 2) or instant > 10**20


def _area(lines: tuple[object, ...], upto_ns: int) -> Fraction:
    area = Fraction(0)
    for line in lines:
        begin, end = line.begin_ns, line.end_ns  # type: ignore[attr-defined]
        last = upto_ns if end is None else min(end, upto_ns)
        if last > begin:
            area += (line.factor + line.at(last)) / 2 * (last - begin)  # type: ignore[attr-defined]
    return area


def test_a_rhythm_of_the_day_stays_under_the_curve() -> None:
    day = Diurnal(Fraction(1, HOUR), 0.8, DAY, 14 * HOUR)
    same = Bent(day, lines_of(a_curve((0, 1.0))))
    for hour in range(0, 96, 5):
        assert same.instant(hour * HOUR) == pytest.approx(day.instant(hour * HOUR), abs=DAY / 4096)
    double = Bent(day, lines_of(a_curve((0, 2.0), at_ns=DAY)))
    assert double.instant(3 * DAY) == pytest.approx(2 * DAY, abs=DAY / 4096), "two days' worth in the second day"
