"""What is said of a trace, against counting everything anew."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudsim.values.duration import SECOND
from cloudsim.whatif.arrivals.describing import Peak, describe_trace, max_starts, peak_of, quantile
from cloudsim.whatif.arrivals.items import Item
from cloudsim.whatif.arrivals.rows import Counts
from cloudsim.whatif.arrivals.trace import TraceItems


def item(number: int, start_s: int, length_s: int | None, zone: str | None = None, *, is_initial: bool = False) -> Item:
    length_ns = None if length_s is None else length_s * SECOND
    return Item(f"w/{number}", "w", start_s * SECOND, length_ns, zone, is_initial)


def test_a_trace_is_described() -> None:
    items = (item(0, 0, 4, "a", is_initial=True), item(1, 1, 2, "b"), item(2, 3, None, "a"), item(3, 3, 20, "a"))
    described = describe_trace(TraceItems(items, 10 * SECOND, Counts(rows=5, skipped=1, items=4)))
    assert (described.items, described.initial, described.first_start_s, described.last_start_s) == (4, 1, 1, 3)
    assert (described.peak, described.zones) == (Peak(3, 3), {"a": Peak(3, 3), "b": Peak(1, 1)})
    assert described.mean_holders == (4 + 2 + 7 + 7) / 10
    known = described.lifetimes
    assert (known.n, known.censored, known.least, known.p50, known.p99, known.most) == (2, 2, 2, 2, 20, 20)
    assert described.max_starts == {"1s": 2, "10s": 3, "60s": 3, "3600s": 3}
    assert described.rows["skipped"] == 1


def test_a_trace_of_what_was_always_there_has_no_lifetimes() -> None:
    described = describe_trace(TraceItems((item(0, 0, None, is_initial=True),), 0, Counts()))
    assert (described.first_start_s, described.mean_holders, described.lifetimes.mean) == (None, 0, None)
    assert (described.peak, described.zones, described.max_starts["1s"]) == (Peak(1, 0), {}, 0)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 10)), min_size=1))
def test_the_peak_is_the_most_that_any_instant_has(spans: list[tuple[int, int]]) -> None:
    items = [item(number, start, length) for number, (start, length) in enumerate(spans)]
    alive = [sum(start <= at < start + length for start, length in spans) for at in range(41)]
    assert peak_of(items) == Peak(max(alive), alive.index(max(alive)))


@given(st.lists(st.integers(0, 100)), st.integers(1, 50))
def test_windows_are_half_open(starts: list[int], window: int) -> None:
    starts.sort()
    expected = max((sum(at <= start < at + window for start in starts) for at in starts), default=0)
    assert max_starts(starts, window) == expected


@pytest.mark.parametrize(("percent", "value"), [(1, 1), (10, 1), (50, 5), (51, 6), (99, 10), (100, 10)])
def test_a_quantile_is_one_of_the_values(percent: int, value: int) -> None:
    assert quantile(range(1, 11), percent) == value
