"""When items come."""

from fractions import Fraction
from itertools import pairwise
from math import pi, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudsim.errors.own import SettingError
from cloudsim.values.duration import SECOND, Ns
from cloudsim.values.entropy import Entropy
from cloudsim.whatif.arrivals.items import ClosedItems, Item, arrivals_digest, open_items
from cloudsim.whatif.arrivals.lifetimes import Constant, Exponential, Forever
from cloudsim.whatif.arrivals.processes import Diurnal, Poisson, Process, burst, constant, growth

HOUR = 3600 * SECOND
DAY = 24 * HOUR
PER_HOUR = Fraction(1, HOUR)


def drawn(process: Process, *, seed: int = 1, horizon_ns: Ns = 100 * HOUR, zones: tuple[str, ...] = ()) -> list[Item]:
    law = Exponential(HOUR)
    return list(open_items("pods", process, law, entropy=Entropy(seed), horizon_ns=horizon_ns, zones=zones))


def test_a_constant_rate_brings_one_after_each_gap_and_the_last_at_the_horizon() -> None:
    assert [item.at_ns for item in drawn(constant(PER_HOUR), horizon_ns=3 * HOUR)] == [HOUR, 2 * HOUR, 3 * HOUR]


def test_gaps_that_are_not_whole_do_not_drift() -> None:
    items = drawn(constant(7 * PER_HOUR), horizon_ns=1000 * HOUR)
    assert len(items) == 7000
    assert items[-1].at_ns == 1000 * HOUR


def test_a_burst_comes_at_one_instant() -> None:
    items = drawn(burst(3, 10 * SECOND), horizon_ns=25 * SECOND)
    assert [item.at_ns // SECOND for item in items] == [10, 10, 10, 20, 20, 20]
    assert [item.key for item in items] == [f"pods/{number}" for number in range(6)]


def test_a_poisson_process_brings_as_many_as_its_rate_says() -> None:
    counts = [len(drawn(Poisson(8 * PER_HOUR), seed=seed)) for seed in range(40)]
    mean = sum(counts) / len(counts)
    variance = sum((count - mean) ** 2 for count in counts) / (len(counts) - 1)
    assert abs(mean - 800) < 4 * (800 / len(counts)) ** 0.5
    assert 0.5 < variance / 800 < 1.7


@pytest.mark.parametrize("process", [Poisson(0), constant(0), Diurnal(0, 0.5, DAY)])
def test_at_a_rate_of_nothing_nothing_comes(process: Process) -> None:
    assert drawn(process) == []


def test_growth_starts_with_what_is_there_and_counts_on_by_the_day() -> None:
    items = drawn(growth(5, 12), horizon_ns=100 * DAY)
    assert [item.key for item in items if item.is_initial] == [f"pods/start/{number}" for number in range(5)]
    assert {item.at_ns for item in items if item.is_initial} == {0}
    assert items[5].key == "pods/0"
    assert len(items) - 5 == pytest.approx(1200, abs=150)


@given(st.fractions(0, 1, max_denominator=100), st.integers(SECOND, 10 * DAY), st.data())
def test_a_diurnal_clock_runs_on_and_keeps_its_periods(
    amplitude: Fraction, period_ns: int, data: st.DataObject
) -> None:
    process = Diurnal(PER_HOUR, amplitude, period_ns, data.draw(st.integers(0, 2 * period_ns)))
    clocks = sorted(data.draw(st.lists(st.integers(0, 3 * period_ns), min_size=2)))
    instants = [process.instant(clock) for clock in clocks]
    assert instants == sorted(instants)
    for clock, instant in zip(clocks, instants, strict=True):
        # Nothing comes before the beginning, whatever the rounding.
        assert process.instant(clock + period_ns) == instant + period_ns or instant == 0
        # A swing moves an item by at most amplitude / pi of a period.
        assert abs(instant - clock) <= amplitude * period_ns / 3 + 3


@pytest.mark.parametrize("amplitude", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("peak_h", [0, 14])
def test_a_diurnal_rate_is_the_cosine_that_it_says(amplitude: float, peak_h: int) -> None:
    process = Diurnal(PER_HOUR, amplitude, DAY, peak_h * HOUR)
    count = 24_000
    instants = [process.instant(DAY * number // count) / DAY for number in range(count)]
    for quarter in range(24):
        expected = integral((quarter + 1) / 24, amplitude, peak_h / 24) - integral(quarter / 24, amplitude, peak_h / 24)
        seen = sum(quarter / 24 <= instant < (quarter + 1) / 24 for instant in instants) / count
        assert seen == pytest.approx(expected, abs=1.5e-4)


def integral(time: float, amplitude: float, peak: float) -> float:
    return time + amplitude * sin(2 * pi * (time - peak)) / (2 * pi)


def test_a_diurnal_rate_brings_most_at_its_peak() -> None:
    items = drawn(Diurnal(10 * PER_HOUR, 1, DAY, 15 * HOUR), horizon_ns=200 * DAY)
    hours = [item.at_ns // HOUR % 24 for item in items]
    assert len(items) == pytest.approx(48_000, rel=0.02)
    assert hours.count(14) > 1.9 * len(items) / 24
    assert hours.count(3) < 0.1 * len(items) / 24


def test_equal_seeds_bring_equal_items_and_others_do_not() -> None:
    process = Poisson(8 * PER_HOUR)
    assert arrivals_digest(drawn(process)) == arrivals_digest(drawn(process)) != arrivals_digest(drawn(process, seed=2))


def test_what_comes_is_the_same_on_every_platform() -> None:
    digests = {
        "poisson": arrivals_digest(drawn(Poisson(8 * PER_HOUR))),
        "diurnal": arrivals_digest(drawn(Diurnal(8 * PER_HOUR, 0.7, DAY, 3 * HOUR))),
        "growth": arrivals_digest(drawn(growth(3, 12.5), horizon_ns=10 * DAY)),
    }
    assert digests == {
        "poisson": "3de7cf9a77e3d4e51cb96aa2bb1ce58f",
        "diurnal": "db2e62af0d96094a6d1fd5a59221887c",
        "growth": "3ad88d8cc6533640cf4d8e9456082db5",
    }


def test_a_longer_horizon_only_adds() -> None:
    short, long = (drawn(Poisson(8 * PER_HOUR), horizon_ns=hours * HOUR) for hours in (50, 100))
    assert long[: len(short)] == short
    assert short[-1].at_ns <= 50 * HOUR < long[len(short)].at_ns


def test_twice_the_rate_brings_the_same_items_in_half_the_time() -> None:
    """Common random numbers: an item's chance is keyed by the item, whatever is varied."""
    once = drawn(Poisson(8 * PER_HOUR))
    twice = drawn(Poisson(16 * PER_HOUR))
    for slow, fast in zip(once, twice, strict=False):
        assert (slow.key, slow.lifetime_ns) == (fast.key, fast.lifetime_ns)
        assert abs(slow.at_ns - 2 * fast.at_ns) <= 2 * len(once)


def test_another_law_of_lifetimes_leaves_the_instants() -> None:
    entropy = Entropy(1)
    process = Poisson(8 * PER_HOUR)
    laws = (Exponential(HOUR), Constant(HOUR), Forever())
    instants = [
        [item.at_ns for item in open_items("pods", process, law, entropy=entropy, horizon_ns=50 * HOUR)] for law in laws
    ]
    assert instants[0] == instants[1] == instants[2]


def test_another_workload_has_another_chance() -> None:
    entropy = Entropy(1)
    process, law = Poisson(8 * PER_HOUR), Forever()
    left, right = (
        [item.at_ns for item in open_items(name, process, law, entropy=entropy, horizon_ns=50 * HOUR)] for name in "ab"
    )
    assert left != right


def test_zones_are_dealt_out_in_turn_counting_what_was_there() -> None:
    items = drawn(growth(2, 100), zones=("a", "b", "c"))
    assert [item.zone for item in items[:7]] == ["a", "b", "c", "a", "b", "c", "a"]


def test_gaps_and_lifetimes_are_not_correlated() -> None:
    items = drawn(Poisson(8 * PER_HOUR), horizon_ns=2000 * HOUR)
    gaps = [right.at_ns - left.at_ns for left, right in pairwise(items)]
    lives = [item.lifetime_ns or 0 for item in items[1:]]
    mean_gap, mean_life = sum(gaps) / len(gaps), sum(lives) / len(lives)
    together = sum((gap - mean_gap) * (life - mean_life) for gap, life in zip(gaps, lives, strict=True)) / len(gaps)
    assert abs(together / (mean_gap * mean_life)) < 4 / len(gaps) ** 0.5


def test_a_member_of_a_closed_workload_draws_by_its_rounds() -> None:
    closed = ClosedItems("clients", 3, Exponential(HOUR), Constant(HOUR), Entropy(1), ("a", "b"))
    idle = {(member, turn): closed.idle_ns(member, turn) for member in range(3) for turn in range(3)}
    assert len(set(idle.values())) == 9
    assert closed.idle_ns(1, 1) == idle[1, 1]
    assert closed.item(2, 1, 5) == Item("clients/2/1", "clients", 5, HOUR, "a")
    assert ClosedItems("clients", 3, Forever(), Constant(1), Entropy(1)).item(0, 0, 0).zone is None


def test_a_law_and_its_idle_time_have_chances_of_their_own() -> None:
    closed = ClosedItems("clients", 3, Exponential(HOUR), Exponential(HOUR), Entropy(1))
    assert closed.idle_ns(0, 0) != closed.item(0, 0, 0).lifetime_ns


def test_processes_without_sense_are_refused() -> None:
    with pytest.raises(SettingError, match="a rate is at least 0"):
        Poisson(-1)
    with pytest.raises(SettingError, match="at a distance above 0"):
        burst(1, 0)
    with pytest.raises(SettingError, match="at least 1 item, not 0"):
        burst(0, HOUR)
    with pytest.raises(SettingError, match="growth starts with at least 0 items"):
        growth(-1, 5)
    with pytest.raises(SettingError, match="the amplitude of a diurnal rate"):
        Diurnal(PER_HOUR, 1.5, DAY)
    with pytest.raises(SettingError, match="the period of a diurnal rate"):
        Diurnal(PER_HOUR, 0.5, 10)


def test_drawing_is_quick() -> None:
    """An item takes one hash and two look-ups: 100 000 of them at most some tenths of a second, so no seconds."""
    from time import process_time  # noqa: TID251  a stop-watch around the product, with much slack

    process = Poisson(1000 * PER_HOUR)
    begin = process_time()
    count = sum(1 for _ in open_items("pods", process, Exponential(HOUR), entropy=Entropy(1), horizon_ns=100 * HOUR))
    assert (process_time() - begin) / count < 30e-6
