"""Gauges: peaks, means, shares and windows, held against plain computation over the whole history."""

from hypothesis import given
from hypothesis import strategies as st

from cloudsim.values.duration import SECOND
from cloudsim.whatif.running.gauges import EndOfInstant, Fullness, Gauge, Low, Span, Stock
from cloudsim.whatif.running.windows import Windows

changes = st.lists(st.tuples(st.integers(0, 20), st.integers(-3, 5)), max_size=20)


@given(changes=changes, warmup=st.integers(0, 30), rest=st.integers(0, 20))
def test_a_gauge_measures_what_its_history_says(changes: list[tuple[int, int]], warmup: int, rest: int) -> None:
    gauge, is_begun = Gauge(), not warmup
    now, history, peak = 0, list[int](), 0
    for step, change in changes:
        history += [gauge.value] * step  # the value in each nanosecond
        now += step
        if not is_begun and now >= warmup:
            gauge.begin(warmup)
            is_begun, peak = True, gauge.value
        gauge.add(now, change)
        peak = max(peak, gauge.value)
    if not is_begun:
        gauge.begin(warmup)
        peak = gauge.value
    end = max(now + rest, warmup)
    measured = (history + [gauge.value] * (end - len(history)))[warmup:]
    assert gauge.integral(end) == sum(measured)
    assert gauge.mean(end) == (sum(measured) / len(measured) if measured else None)
    assert gauge.peak == peak


def test_what_changes_and_changes_back_in_one_instant_does_not_count_at_its_end() -> None:
    gauge = EndOfInstant()
    for now, change in ((1, 5), (1, -4), (3, 1), (3, 7), (3, -7)):
        gauge.add(now, change)
    assert (gauge.settled().peak, gauge.settled().integral(5)) == (2, 1 * 2 + 2 * 2)
    gauge.begin(5)
    assert gauge.settled().mean(7) == 2


@given(steps=st.lists(st.tuples(st.booleans(), st.integers(0, 9)), min_size=1, max_size=15))
def test_a_stock_is_tightest_where_the_largest_share_is_used(steps: list[tuple[bool, int]]) -> None:
    stock, seen = Stock(), list[tuple[int, int]]()
    for now, (is_size, value) in enumerate(steps):
        if is_size or not seen:
            stock.resize(now, value - stock.size.value)
        else:
            stock.used.add(now, value - stock.used.value)
        seen.append((stock.used.value, stock.size.value))
    assert stock.room == min(size - used for used, size in seen)
    assert stock.peak == max(used for used, _ in seen)
    used, size = stock.tightest
    shares = [used / size if size else float("inf") for used, size in seen if used]
    assert (used / size if size else float("inf")) == max(shares, default=0.0)
    whole = sum(size for _, size in seen)
    assert stock.mean_share(len(seen)) == (sum(used for used, _ in seen) / whole if whole else None)


def test_what_was_never_there_has_no_room() -> None:
    assert Stock().room is None


def test_several_are_full_when_all_of_those_that_are_there_are() -> None:
    full = Fullness()
    full.change(0, 0, 1)
    full.change(3, 1)
    full.change(5, 0, 1)
    assert (full.gauge.value, full.first_ns) == (0, 3)
    full.change(7, 1)
    assert full.gauge.integral(10) == 2 + 3


def test_the_least_of_several_that_come_one_after_the_other_is_of_those_together() -> None:
    low = Low()
    low.enlarge(4)
    low.add(-1)
    low.enlarge(6)
    assert (low.value, low.least) == (9, 9)
    low.add(-2)
    low.add(1)
    assert low.least == 7
    low.begin()
    assert low.least == 8


def test_a_span_that_goes_on_is_cut_at_both_ends_of_the_measured_time() -> None:
    span = Span()
    span.stop(1)
    span.start(2)
    span.start(4)
    span.begin(10)
    span.stop(13)
    assert span.longest_ns(20) == 3
    span.start(15)
    assert span.longest_ns(20) == 5


@given(st.lists(st.integers(0, 3 * SECOND), max_size=30).map(sorted))
def test_windows_find_the_most_that_begin_within_any_half_open_one(instants: list[int]) -> None:
    windows = Windows((1, 2))
    for instant in instants:
        windows.note(instant)
    for length, most in windows.most().items():
        counts = [sum(1 for one in instants if start <= one < start + length * SECOND) for start in instants]
        assert most == max(counts, default=0)
