"""Fits: what was drawn from a law is found again, cut short or not."""

import tomllib
from fractions import Fraction
from math import exp, isfinite, log
from typing import Any

import pytest

from cloudsim.values.duration import SECOND, Ns, parse_duration
from cloudsim.values.entropy import Entropy
from cloudsim.whatif.arrivals.fitting import TraceFit, fit_trace
from cloudsim.whatif.arrivals.items import Item, open_items
from cloudsim.whatif.arrivals.lifetimes import (
    Constant,
    Exponential,
    Forever,
    HyperExponential,
    Lifetime,
    LogNormal,
    Weibull,
)
from cloudsim.whatif.arrivals.processes import Diurnal, Poisson, Process, burst
from cloudsim.whatif.arrivals.rows import Counts
from cloudsim.whatif.arrivals.survival import (
    Observed,
    fit_exponential,
    fit_hyperexponential,
    fit_lognormal,
    fit_weibull,
    largest_gap,
)
from cloudsim.whatif.arrivals.trace import TraceItems
from cloudsim.whatif.experiment.scalars import Rate

HOUR = 3600 * SECOND
DAY = 24 * HOUR
PER_HOUR = Fraction(1, HOUR)
STEADY = Poisson(20 * PER_HOUR)


def fitted(process: Process, lifetime: Lifetime, horizon_ns: Ns = 200 * HOUR) -> TraceFit:
    items = open_items("w", process, lifetime, entropy=Entropy(3), horizon_ns=horizon_ns)
    return fit_trace(TraceItems(tuple(items), horizon_ns, Counts()))


def workload(fit: TraceFit) -> dict[str, Any]:
    """Read what was written for an experiment."""
    found = tomllib.loads(fit.toml)["workload"]
    assert len(found) == 1
    return dict(found[0])


def hours(text: str) -> float:
    return parse_duration(text) / HOUR


def test_an_exponential_law_is_found_although_some_are_cut() -> None:
    fit = fitted(STEADY, Exponential(20 * HOUR))
    law = workload(fit)["lifetime"]
    assert fit.censored > 300
    assert hours(law["mean"]) == pytest.approx(20, rel=0.06)
    assert next(each for each in fit.lifetimes if each.kind == "exponential").aic < fit.lifetimes[0].aic + 4


def test_a_lognormal_law_is_found_although_some_are_cut() -> None:
    law = workload(fitted(STEADY, LogNormal(10 * HOUR, 1)))["lifetime"]
    assert law["kind"] == "lognormal"
    assert hours(law["mean"]) == pytest.approx(10, rel=0.08)
    assert law["sigma"] == pytest.approx(1, rel=0.05)


def test_a_weibull_law_is_found_although_some_are_cut() -> None:
    law = workload(fitted(STEADY, Weibull(10 * HOUR, 2)))["lifetime"]
    assert law["kind"] == "weibull"
    assert hours(law["mean"]) == pytest.approx(10, rel=0.05)
    assert law["shape"] == pytest.approx(2, rel=0.06)


def test_a_hyperexponential_law_is_found_although_some_are_cut() -> None:
    law = workload(fitted(STEADY, HyperExponential((0.8, 0.2), (HOUR, 20 * HOUR))))["lifetime"]
    assert law["kind"] == "hyperexponential"
    assert law["p"] == pytest.approx([0.8, 0.2], abs=0.03)
    assert [hours(mean) for mean in law["means"]] == pytest.approx([1, 20], rel=0.1)


def test_equal_lifetimes_are_constant() -> None:
    fit = fitted(STEADY, Constant(HOUR))
    assert (workload(fit)["lifetime"], fit.censored) == ({"kind": "constant", "mean": "1h"}, 16)


def test_what_never_ends_stays_for_ever() -> None:
    fit = fitted(STEADY, Forever())
    assert (workload(fit)["lifetime"], fit.lifetimes) == ("forever", ())


def test_a_poisson_process_is_found_with_its_rate() -> None:
    fit = fitted(STEADY, Exponential(HOUR))
    found = workload(fit)
    assert found["kind"] == "poisson"
    assert Rate.read(found["rate"]) * HOUR == pytest.approx(20, rel=0.04)
    assert fit.arrivals is not None
    assert fit.arrivals.dispersion == pytest.approx(1, abs=0.3)
    assert fit.arrivals.busiest_tenth == pytest.approx(0.14, abs=0.03)
    assert fit.remarks == ()


def test_a_slow_rate_is_written_as_one_in_so_long() -> None:
    found = workload(fitted(Poisson(PER_HOUR / 100), Constant(HOUR), horizon_ns=10_000 * HOUR))
    assert Rate.read(found["rate"]) * HOUR * 100 == pytest.approx(1, rel=0.3)
    assert found["rate"].startswith("1/")
    found = workload(fitted(Poisson(PER_HOUR / 4), Constant(HOUR), horizon_ns=10_000 * HOUR))
    assert found["rate"].endswith("/d")


def test_a_day_and_a_night_are_found() -> None:
    found = workload(fitted(Diurnal(20 * PER_HOUR, 0.6, DAY, 14 * HOUR), Exponential(HOUR), horizon_ns=20 * DAY))
    assert found["kind"] == "diurnal"
    assert found["amplitude"] == pytest.approx(0.6, abs=0.06)
    assert hours(found["peak_at"]) == pytest.approx(14, abs=0.5)
    assert Rate.read(found["mean"]) * HOUR == pytest.approx(20, rel=0.04)


def test_crowds_are_told() -> None:
    fit = fitted(burst(40, 5 * HOUR), Exponential(HOUR))
    assert any("starts crowd" in remark and "up to 40 start within 1s" in remark for remark in fit.remarks)


def test_an_end_at_the_last_instant_is_taken_for_a_cut() -> None:
    items = tuple(Item(f"w/{n}", "w", n * HOUR, min(5 * HOUR, 100 * HOUR - n * HOUR)) for n in range(100))
    fit = fit_trace(TraceItems(items, 100 * HOUR, Counts()))
    assert any("5 items end at the very last instant" in remark for remark in fit.remarks)
    assert (fit.n, fit.censored) == (99 + 1, 5)


def test_what_is_there_at_the_beginning_is_left_out_and_told() -> None:
    items = (Item("w/0", "w", 0, HOUR, None, is_initial=True),)
    fit = fit_trace(TraceItems(items, HOUR, Counts()))
    assert "1 items are there at the beginning" in fit.remarks[0]
    assert (fit.arrivals, fit.lifetimes, fit.n) == (None, (), 0)


def test_a_law_that_is_nearest_but_loses_the_load_comes_after_one_that_keeps_it() -> None:
    """Of lives of minutes with a few of months, a log-normal law has the shape and loses most of what is held."""
    minutes = [Item(f"w/{n}", "w", n * HOUR // 10, LIVES.draw(Entropy(1).integer("t", str(n)))) for n in range(2000)]
    months = [Item(f"w/{n}", "w", n * HOUR // 10, 3000 * HOUR) for n in range(2000, 2012)]
    fit = fit_trace(TraceItems((*minutes, *months), 4000 * HOUR, Counts()))
    assert min(fit.lifetimes, key=lambda law: law.aic).kind == "lognormal"
    assert fit.lifetimes[0].keeps_load
    assert any("lognormal is nearest in shape, but its mean is" in remark for remark in fit.remarks)
    assert any("even the best law is" in remark for remark in fit.remarks)


LIVES = LogNormal(HOUR, 1.5)


def test_estimates_are_those_of_scipy() -> None:
    stats: Any = pytest.importorskip("scipy.stats")
    ages = [Exponential(1000 * SECOND).draw(Entropy(2).integer("t", str(n))) / SECOND for n in range(300)]
    observed = [Observed(age, 1, 0) for age in sorted(ages)]
    shape, _, scale = stats.weibull_min.fit(ages, floc=0)
    assert fit_weibull(observed).parameters == pytest.approx((scale, shape), rel=1e-3)
    sigma, _, median = stats.lognorm.fit(ages, floc=0)
    mu, own = fit_lognormal(observed).parameters
    assert (mu, own) == pytest.approx((log(median), sigma), rel=1e-3)
    likelihood = float(stats.lognorm.logpdf(ages, sigma, 0, median).sum())
    assert fit_lognormal(observed).log_likelihood == pytest.approx(likelihood, rel=1e-6)


def test_laws_that_could_not_be_drawn_are_left_out() -> None:
    """Lives of nanoseconds and of years: a log-normal law of such a width has a mean that no sweep would ever see."""
    lengths = [10 ** (1 + n % 17) for n in range(340)]
    items = tuple(Item(f"w/{n}", "w", 0, length) for n, length in enumerate(lengths))
    fit = fit_trace(TraceItems(items, 10**18, Counts()))
    assert {law.kind for law in fit.lifetimes}.isdisjoint({"lognormal", "weibull"})


def test_two_phases_are_not_made_of_one() -> None:
    observed = [Observed(age, 1, 0) for age in (10.0, 10.1, 10.2, 10.3)]
    share, short, long = fit_hyperexponential(observed).parameters
    assert 0 <= share <= 1
    assert min(short, long) > 0


def test_lives_far_beyond_all_that_ended_are_taken_as_they_are() -> None:
    observed = [*(Observed(1 + number / 1000, 50, 0) for number in range(3)), Observed(1e6, 0, 1)]
    mu, sigma = fit_lognormal(observed).parameters
    assert exp(mu) == pytest.approx(1.1, abs=0.2)
    assert sigma > 0.5
    assert largest_gap(observed, lambda age: 1.0 if age < 1 else 0.0) == pytest.approx(1, abs=0.01)


def test_a_phase_that_nothing_belongs_to_is_let_be() -> None:
    observed = [Observed(2.6e-05, 1000, 10), Observed(6.8, 0, 1)]
    fitted = fit_hyperexponential(observed)
    assert isfinite(fitted.log_likelihood)
    assert fitted.log_likelihood >= fit_exponential(observed).log_likelihood


def test_a_fit_to_almost_nothing_comes_to_an_end() -> None:
    mu, sigma = fit_lognormal([Observed(1.0, 1, 0), Observed(3.0, 1, 1000)]).parameters
    assert mu > log(3)
    assert sigma > 0
