"""Gauges: peaks, means and windows, held against plain computation over the whole history."""

from hypothesis import given
from hypothesis import strategies as st

from cloudsim.values.duration import SECOND
from cloudsim.whatif.running.gauges import Gauge, Windows

changes = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 5)), max_size=20)


@given(changes=changes, warmup=st.integers(0, 30), rest=st.integers(0, 20), start=st.integers(0, 3))
def test_a_gauge_measures_what_its_history_says(
    changes: list[tuple[int, int]], warmup: int, rest: int, start: int
) -> None:
    gauge = Gauge(warmup, start)
    now, history = 0, []
    value = start
    for step, new in changes:
        history += [value] * step  # the value in each nanosecond
        now += step
        gauge.set(now, new)
        value = new
    history += [value] * rest
    end = max(now + rest, warmup)
    history += [value] * (end - len(history))
    measured = history[warmup:]
    assert gauge.integral(end) == sum(measured)
    assert gauge.mean(end) == (sum(measured) / len(measured) if measured else None)
    assert gauge.peak >= max(measured, default=0)


def test_a_peak_of_no_length_counts_and_one_before_the_warm_up_does_not() -> None:
    gauge = Gauge(10)
    for now, value in ((5, 9), (6, 1), (20, 7), (20, 2)):
        gauge.set(now, value)
    assert gauge.peak == 7
    assert gauge.value == 2


def test_what_is_there_at_the_warm_up_is_a_peak_of_the_measured_time() -> None:
    gauge = Gauge(10)
    gauge.set(5, 4)
    gauge.set(12, 1)
    assert gauge.peak == 4


def test_adding_is_setting_by_so_much() -> None:
    gauge = Gauge(0)
    gauge.add(1, 3)
    gauge.add(2, -1)
    assert (gauge.value, gauge.integral(4)) == (2, 3 + 4)


@given(st.lists(st.integers(0, 3 * SECOND), max_size=30).map(sorted))
def test_windows_find_the_most_that_begin_within_any_half_open_one(instants: list[int]) -> None:
    windows = Windows((1, 2))
    for instant in instants:
        windows.note(instant)
    for length, most in windows.most().items():
        counts = [sum(1 for one in instants if start <= one < start + length * SECOND) for start in instants]
        assert most == max(counts, default=0)
