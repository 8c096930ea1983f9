from decimal import Context, Decimal
from math import exp, factorial, log

import pytest

from cloudsim.errors.service import Throttling
from cloudsim.resources.throttle import MINUTE, BucketMeter, Meter
from cloudsim.values.entropy import Entropy
from cloudsim.whatif.analytic import fixed_window, token_bucket
from cloudsim.whatif.statistics import batch_ratio


def brun_garcia(load: str, places: int) -> float:
    """The closed form of 2000, whose alternating terms need many digits."""
    context = Context(prec=200)
    rho = Decimal(load)
    total = Decimal(0)
    for k in range(places):
        rest = places - 1 - k
        power = Decimal(1) if k == 0 else context.power(rest, k) * context.power(rho, k)
        term = context.multiply(context.exp(rest * rho), power) / factorial(k)
        total = context.add(total, context.copy_negate(term) if k % 2 else term)
    return float(1 - context.divide(total, 1 + context.multiply(rho, total)))


@pytest.mark.parametrize("load", ["0.1", "0.5", "0.9", "1", "1.5", "5"])
@pytest.mark.parametrize("places", [1, 2, 3, 5, 10, 30])
def test_the_bucket_agrees_with_brun_and_garcia(load: str, places: int) -> None:
    assert token_bucket(float(load), places) == pytest.approx(brun_garcia(load, places), rel=1e-9, abs=1e-13)


def test_a_bucket_of_one_and_of_two_calls_have_short_formulas() -> None:
    assert token_bucket(0.7, 1) == pytest.approx(0.7 / 1.7)
    assert token_bucket(0.7, 2) == pytest.approx(1 - 1 / (exp(-0.7) + 0.7))


def test_a_bucket_that_holds_nothing_refuses_all() -> None:
    assert token_bucket(0.5, 0) == 1


def test_far_too_many_calls_get_what_fills_in() -> None:
    assert token_bucket(690.0, 100) == pytest.approx(1 - 1 / 690)


def test_a_large_bucket_under_its_limit_refuses_next_to_nothing() -> None:
    assert token_bucket(0.9, 500) == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize(("mean", "limit"), [(0.5, 0), (3.0, 2), (10.0, 10), (600.0, 600), (2.0, 9)])
def test_a_fixed_window_refuses_the_mean_excess(mean: float, limit: int) -> None:
    let_through, chance = 0.0, exp(-mean)
    for count in range(2000):
        let_through += min(count, limit) * chance
        chance *= mean / (count + 1)
    assert fixed_window(mean, limit) == pytest.approx(1 - let_through / mean, rel=1e-9, abs=1e-12)


def refused(meter: Meter, *, mean_gap_ns: float, calls: int) -> list[int]:
    stream = Entropy(7).stream("calls", "")
    now, answers = 0, []
    for _ in range(calls):
        now += int(-log((stream.bits32() + 0.5) / 2**32) * mean_gap_ns)
        try:
            meter.require(now)
        except Throttling:
            answers.append(1)
        else:
            meter.count()
            answers.append(0)
    return answers


def refusal(used: int, limit: int | str) -> Throttling:
    return Throttling(account="acme", action="any", used=used, limit=limit)


@pytest.mark.parametrize("burst", [1, 5])
def test_our_own_bucket_refuses_as_the_formula_says(burst: int) -> None:
    answers = refused(BucketMeter("key", 100, refusal, burst), mean_gap_ns=MINUTE / 90, calls=40_000)
    found = batch_ratio(answers, [1] * len(answers))
    assert found.low is not None
    assert found.high is not None
    assert found.high - found.low < 0.03
    assert found.low - 0.005 < token_bucket(0.9, burst) < found.high + 0.005


def test_our_own_minute_refuses_as_the_formula_says() -> None:
    answers = refused(Meter("key", 10, refusal), mean_gap_ns=MINUTE / 10, calls=40_000)
    assert sum(answers) / len(answers) == pytest.approx(fixed_window(10.0, 10), abs=0.01)
