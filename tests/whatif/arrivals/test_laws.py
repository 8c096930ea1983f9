"""The laws of lifetimes: means, quantiles, and that they are the same everywhere."""

from fractions import Fraction
from hashlib import blake2b
from math import exp, sqrt
from statistics import NormalDist
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudsim.errors.own import SettingError
from cloudsim.values.duration import SECOND
from cloudsim.values.entropy import Entropy
from cloudsim.whatif.arrivals.exact import exact
from cloudsim.whatif.arrivals.lifetimes import (
    Constant,
    Empirical,
    Exponential,
    Forever,
    HyperExponential,
    Lifetime,
    LogNormal,
    Weibull,
)
from cloudsim.whatif.arrivals.normal import upper_normal
from cloudsim.whatif.arrivals.shapes import exponential_shape, lognormal_shape, weibull_shape
from cloudsim.whatif.arrivals.tables import OCTAVES, QuantileTable

HOUR = 3600 * SECOND
LAST = (1 << 64) - 1

TABLES: dict[str, Exponential | LogNormal | Weibull] = {
    "exponential": Exponential(HOUR),
    "lognormal-0.1": LogNormal(HOUR, 0.1),
    "lognormal-1": LogNormal(HOUR, 1),
    "lognormal-2": LogNormal(HOUR, 2),
    "lognormal-4": LogNormal(HOUR, 4),
    "weibull-0.1": Weibull(HOUR, 0.1),
    "weibull-0.5": Weibull(HOUR, 0.5),
    "weibull-3": Weibull(HOUR, 3),
}


def mean_of_draws(law: Lifetime, points: int = 2) -> Fraction:
    """Integrate what is drawn, not what the table says of itself: each octave of chance at even points."""
    total = Fraction(0)
    for octave in range(OCTAVES):
        low, width = (1 << octave) >> 1, max(1, (1 << octave) >> 1)
        steps = min(width, 64 * points)
        chances = [low + (2 * step + 1) * width // (2 * steps) for step in range(steps)]
        for ends in (chances, [LAST - chance for chance in chances]):
            drawn = [law.draw(chance) for chance in ends]
            total += Fraction(width, steps) * sum(value or 0 for value in drawn)
    return total / (1 << 64)


@pytest.mark.parametrize("name", TABLES)
def test_the_mean_of_a_table_is_the_stated_one(name: str) -> None:
    law = TABLES[name]
    assert abs(law.table.mean_ns / HOUR - 1) < Fraction(1, 10**9)


@pytest.mark.parametrize("name", TABLES)
def test_the_mean_of_what_is_drawn_is_the_stated_one(name: str) -> None:
    assert abs(mean_of_draws(TABLES[name]) / HOUR - 1) < Fraction(1, 10**5)


def test_the_mean_of_a_mixture_is_the_stated_one() -> None:
    law = HyperExponential((0.9, 0.1), (HOUR // 6, 10 * HOUR))
    assert law.mean_ns == Fraction(9, 10) * (HOUR // 6) + HOUR
    means = [mean_of_draws(PhaseOf(law, phase)) for phase in (0, LAST)]
    assert abs((means[0] * 9 + means[1]) / 10 / law.mean_ns - 1) < Fraction(1, 10**5)
    chosen = [law.draw(chance << 64 | 1 << 63) for chance in range(0, 1 << 64, 1 << 54)]
    assert sum(value > HOUR for value in chosen) == pytest.approx(102, abs=1)


class PhaseOf:
    """One phase of a mixture."""

    def __init__(self, law: HyperExponential, phase: int) -> None:
        self.law, self.phase = law, phase

    def draw(self, chance: int) -> int:
        return self.law.draw(self.phase << 64 | chance)


PERCENTS = [2.0**-50, 1e-9, 1e-6, 1e-3, 0.01, 0.1, 0.25, 0.5]


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("tail", ["lower", "upper"])
def test_quantiles_are_those_of_the_law(name: str, tail: str) -> None:
    for percent in PERCENTS:
        chance = int(percent * 2**64)
        drawn = TABLES[name].draw(chance if tail == "lower" else LAST - chance)
        expected = quantile(name, percent, is_upper=tail == "upper") * HOUR
        # Straight lines are furthest from the wildest law.
        assert drawn == pytest.approx(expected, rel=3e-4 if name == "weibull-0.1" else 1e-4, abs=2), percent


def quantile(name: str, percent: float, *, is_upper: bool) -> float:
    """Ask scipy for a quantile of a law of mean 1."""
    stats: Any = pytest.importorskip("scipy.stats")
    kind, _, parameter = name.partition("-")
    if kind == "exponential":
        law = stats.expon()
    elif kind == "lognormal":
        law = stats.lognorm(s=float(parameter), scale=exp(-(float(parameter) ** 2) / 2))
    else:
        law = stats.weibull_min(c=float(parameter))
        law = stats.weibull_min(c=float(parameter), scale=1 / law.mean())
    return float(law.isf(percent) if is_upper else law.ppf(percent))


@given(st.sampled_from(sorted(TABLES)), st.integers(0, LAST), st.integers(0, LAST))
def test_a_greater_chance_gives_no_shorter_life(name: str, left: int, right: int) -> None:
    law = TABLES[name]
    low, high = sorted((left, right))
    assert 0 <= law.draw(low) <= law.draw(high)


@given(st.integers(0, LAST), st.fractions(Fraction(1, 10**6), 10**6))
def test_a_table_of_another_mean_is_the_same_but_for_the_scale(chance: int, factor: Fraction) -> None:
    mean_ns = HOUR * factor
    drawn = QuantileTable(*exponential_shape(), mean_ns).draw(chance)
    assert abs(drawn - TABLES["exponential"].draw(chance) * factor) <= 2 + factor


def test_the_ends_of_chance_have_a_value() -> None:
    law = TABLES["exponential"]
    assert law.draw(0) == 0
    assert law.draw(LAST) == pytest.approx(HOUR * 45.05, rel=1e-3)


def test_the_tables_are_the_same_on_every_platform() -> None:
    shapes = {
        "exponential": exponential_shape(),
        "lognormal 2": lognormal_shape(Fraction(2)),
        "lognormal 0.7": lognormal_shape(Fraction("0.7")),
        "weibull 0.5": weibull_shape(Fraction(1, 2)),
        "weibull 3": weibull_shape(Fraction(3)),
    }
    assert {name: blake2b(repr(shape).encode(), digest_size=8).hexdigest() for name, shape in shapes.items()} == {
        "exponential": "7f7166827f5a105a",
        "lognormal 2": "8d09edd7ed7cad65",
        "lognormal 0.7": "749f78ccac4c936b",
        "weibull 0.5": "129784233d27ad5b",
        "weibull 3": "578ca3fbc7ccbcff",
    }


def test_the_arithmetic_of_the_tables_is_that_of_another_program() -> None:
    """Python's own decimals, written in Python, give the same digits as the library in C: both round correctly."""
    import _pydecimal
    from decimal import Context

    theirs, ours = _pydecimal.Context(prec=28), Context(prec=28)
    for number in range(1, 40):
        text = str(ours.divide(ours.create_decimal(number), ours.create_decimal(41)))
        assert str(theirs.ln(_pydecimal.Decimal(text))) == str(ours.ln(ours.create_decimal(text)))
        assert str(theirs.exp(_pydecimal.Decimal(text))) == str(ours.exp(ours.create_decimal(text)))


def test_normal_quantiles_are_those_of_the_standard_library() -> None:
    from math import log

    for power in range(1, 66):
        for part in (1.0, 1.25, 1.984375):
            survival = min(0.5, part * 2.0**-power)
            ours = upper_normal(survival, -log(survival))
            assert ours == pytest.approx(-NormalDist().inv_cdf(survival), rel=1e-14, abs=1e-15)


def test_a_mean_of_many_draws_is_near_the_stated_one() -> None:
    entropy = Entropy(5)
    law = TABLES["exponential"]
    count = 20_000
    total = sum(law.draw(entropy.integer("test", str(number))) for number in range(count))
    assert abs(total / count / HOUR - 1) < 4 / sqrt(count)


def test_an_empirical_law_gives_each_value_as_often() -> None:
    law = Empirical((30, 10, 20))
    assert [law.draw(chance) for chance in (0, LAST // 3, LAST // 3 + 1, LAST // 2, LAST)] == [10, 10, 20, 20, 30]
    assert law.mean_ns == 20


def test_a_constant_and_for_ever_need_no_chance() -> None:
    assert {Constant(7).draw(chance) for chance in (0, 1 << 127)} == {7}
    law: Lifetime = Forever()
    assert {law.draw(chance) for chance in (0, 1 << 127)} == {None}


def test_laws_without_sense_are_refused() -> None:
    with pytest.raises(SettingError, match="the mean of a law of times is above 0, not 0"):
        Exponential(0)
    with pytest.raises(SettingError, match="above 0"):
        Constant(0)
    with pytest.raises(SettingError, match="sigma of a log-normal law is above 0 and at most 4, not 5"):
        LogNormal(HOUR, 5)
    with pytest.raises(SettingError, match=r"shape of a Weibull law is from 0\.1 to 100, not 0\.01"):
        Weibull(HOUR, 0.01)
    with pytest.raises(SettingError, match="a mean for each p, not 2 and 1"):
        HyperExponential((0.5, 0.5), (HOUR,))
    with pytest.raises(SettingError, match=r"sum to 1, not to 0\.9"):
        HyperExponential((0.5, 0.4), (HOUR, HOUR))
    with pytest.raises(SettingError, match="at least one lifetime"):
        Empirical(())
    with pytest.raises(SettingError, match="no finite number"):
        exact(float("nan"))


def test_probabilities_sum_as_they_are_written() -> None:
    assert HyperExponential((0.1, 0.2, 0.7), (1, 2, 3)).mean_ns == Fraction(26, 10)
    assert exact(0.1) == Fraction(1, 10)
