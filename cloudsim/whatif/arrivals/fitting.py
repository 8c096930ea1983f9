"""Fits: a trace as the rates and lifetimes that an experiment may name, and how far they are from it.

A law is a summary. What it cannot say is said in remarks, above all that starts which come in crowds are no Poisson
process: then the trace itself is the better workload.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from fractions import Fraction
from math import atan2, cos, exp, gamma, isfinite, pi, sin, sqrt
from typing import Final, TypeAlias

import msgspec

from cloudsim.values.duration import SECOND, UNITS, Ns, format_duration
from cloudsim.whatif.arrivals.describing import max_starts
from cloudsim.whatif.arrivals.items import Item
from cloudsim.whatif.arrivals.survival import (
    Fitted,
    Observed,
    fit_exponential,
    fit_hyperexponential,
    fit_lognormal,
    fit_weibull,
    largest_gap,
)
from cloudsim.whatif.arrivals.trace import TraceItems

_DAY: Final = UNITS["d"]
_HOUR: Final = UNITS["h"]
_CUT: Final = 0.01
"""If more than this share ends at the last instant, it was the observation that ended."""


class LifetimeFit(msgspec.Struct, frozen=True):
    """A law of lifetimes."""

    kind: str
    toml: str
    """As an experiment has it."""
    mean_s: float
    """Its mean, in seconds."""
    keeps_load: bool
    """Whether its mean is within a tenth of the trace's, so that as many live at once as in the trace."""
    aic: float
    """Akaike's criterion; the least is the nearest."""
    distance: float
    """The largest distance of the distribution functions, 0 to 1."""


class ArrivalFit(msgspec.Struct, frozen=True):
    """A process of arrivals."""

    kind: str
    toml: str
    """As an experiment has it, several keys."""
    per_hour: float
    dispersion: float | None
    """Variance over mean of hourly counts: 1 of a Poisson process, more where starts crowd."""
    busiest_tenth: float | None
    """The share of starts in the busiest tenth of the hours; a tenth if they are even."""


class TraceFit(msgspec.Struct, frozen=True):
    """A trace as laws."""

    arrivals: ArrivalFit | None
    """None where nothing starts."""
    lifetimes: tuple[LifetimeFit, ...]
    """Those that keep the load first, since how often something is full depends on the load before all else; of them
    the nearest first."""
    n: int
    """Lifetimes that were fitted to, those that are cut included."""
    censored: int
    """Of them, those that are only known to be longer."""
    remarks: tuple[str, ...]
    toml: str
    """The workload, to go on from."""


def fit_trace(trace: TraceItems) -> TraceFit:
    """Fit laws to a trace."""
    remarks: list[str] = []
    started = [item for item in trace.items if not item.is_initial]
    if len(started) < len(trace.items):
        left = len(trace.items) - len(started)
        remarks.append(
            f"{left} items are there at the beginning: how long they had lived is not known, so they are left out"
        )
    arrivals = _arrivals([item.at_ns for item in started], trace.horizon_ns, remarks) if started else None
    observed = _observed(started, trace.horizon_ns, remarks)
    lifetimes = tuple(sorted(_laws(observed), key=lambda law: (not law.keeps_load, law.aic)))
    best = lifetimes[0].toml if lifetimes else '"forever"'
    keys = arrivals.toml if arrivals else 'kind = "poisson"\nrate = "1/d"'
    nearest = min(lifetimes, key=lambda law: law.aic, default=None)
    if nearest is not None and not nearest.keeps_load:
        remarks.append(
            f"{nearest.kind} is nearest in shape, but its mean is {_duration(nearest.mean_s)}: as many as in the trace "
            f"would never live at once; {lifetimes[0].kind} keeps the load"
        )
    if lifetimes and lifetimes[0].distance > 0.1:
        remarks.append(
            f"even the best law is {lifetimes[0].distance:.2f} away from the lifetimes: "
            'take lifetime = { kind = "empirical" } or the trace itself'
        )
    return TraceFit(
        arrivals=arrivals,
        lifetimes=lifetimes,
        n=sum(each.ended + each.censored for each in observed),
        censored=sum(each.censored for each in observed),
        remarks=tuple(remarks),
        toml=f'[[workload]]\nname = "fitted"\n{keys}\nlifetime = {best}\n',
    )


def _observed(items: Sequence[Item], horizon_ns: Ns, remarks: list[str]) -> list[Observed]:
    """Gather lifetimes by length, rounded to three digits: no law is chosen by the fourth."""
    at_end = sum(item.lifetime_ns is not None and item.at_ns + item.lifetime_ns == horizon_ns for item in items)
    is_cut = at_end > _CUT * len(items)
    if is_cut:
        remarks.append(f"{at_end} items end at the very last instant: taken as alive then, not as ended")
    ended: Counter[Ns] = Counter()
    censored: Counter[Ns] = Counter()
    for item in items:
        alive_ns = horizon_ns - item.at_ns
        lifetime_ns = item.lifetime_ns
        is_open = lifetime_ns is None or lifetime_ns > alive_ns or (is_cut and lifetime_ns == alive_ns)
        length_ns = alive_ns if lifetime_ns is None or is_open else lifetime_ns
        if length_ns:
            (censored if is_open else ended)[_rounded(length_ns)] += 1
    lengths = sorted(ended | censored)
    return [Observed(length / SECOND, ended[length], censored[length]) for length in lengths]


def _rounded(length_ns: Ns) -> Ns:
    step = 1
    while length_ns // step >= 1_000:
        step *= 10
    return round(length_ns / step) * step


def _laws(observed: Sequence[Observed]) -> list[LifetimeFit]:
    """Fit all laws that have lifetimes to be fitted to, and leave out what could not be drawn."""
    ended = [each for each in observed if each.ended]
    if not ended:
        return []
    if ended == [observed[-1]]:
        seconds = ended[0].seconds
        return [
            LifetimeFit("constant", _toml("constant", mean=seconds), seconds, keeps_load=True, aic=0.0, distance=0.0)
        ]
    mean_s = fit_exponential(observed).parameters[0]
    laws: list[LifetimeFit] = []
    fits: dict[str, tuple[Callable[[Sequence[Observed]], Fitted], Callable[[tuple[float, ...]], _Written | None]]] = {
        "exponential": (fit_exponential, _exponential),
        "lognormal": (fit_lognormal, _lognormal),
        "weibull": (fit_weibull, _weibull),
        "hyperexponential": (fit_hyperexponential, _hyperexponential),
    }
    for kind, (fit, write) in fits.items():
        fitted = fit(observed)
        written = write(fitted.parameters)
        if written is not None and isfinite(fitted.log_likelihood):
            own_s, toml = written
            aic = 2 * len(fitted.parameters) - 2 * fitted.log_likelihood
            keeps_load = abs(own_s - mean_s) <= mean_s / 10
            laws.append(LifetimeFit(kind, toml, own_s, keeps_load, aic, largest_gap(observed, fitted.survival)))
    return laws


_Written: TypeAlias = tuple[float, str]
"""The mean of a law in seconds, and the law as an experiment has it."""


def _exponential(parameters: tuple[float, ...]) -> _Written:
    return parameters[0], _toml("exponential", mean=parameters[0])


def _lognormal(parameters: tuple[float, ...]) -> _Written | None:
    mu, sigma = parameters
    if not 1e-4 <= sigma <= 4:
        return None
    mean = exp(mu + sigma * sigma / 2)
    return mean, _toml("lognormal", mean=mean, sigma=sigma)


def _weibull(parameters: tuple[float, ...]) -> _Written | None:
    scale, shape = parameters
    if not 0.1 <= shape <= 49:
        return None
    mean = scale * gamma(1 + 1 / shape)
    return mean, _toml("weibull", mean=mean, shape=shape)


def _hyperexponential(parameters: tuple[float, ...]) -> _Written | None:
    share, short, long = parameters
    of_first = round(share * 10_000)
    if not 0 < of_first < 10_000 or not short or abs(short - long) < 0.001 * long:
        return None
    p = f"[{of_first / 10_000}, {(10_000 - of_first) / 10_000}]"
    mean = (of_first * short + (10_000 - of_first) * long) / 10_000
    return mean, f'{{ kind = "hyperexponential", p = {p}, means = ["{_duration(short)}", "{_duration(long)}"] }}'


def _toml(kind: str, *, mean: float, **others: float) -> str:
    rest = "".join(f", {name} = {_digits(value)}" for name, value in others.items())
    return f'{{ kind = "{kind}", mean = "{_duration(mean)}"{rest} }}'


def _duration(seconds: float) -> str:
    return format_duration(max(1, int(_four(Fraction(seconds) * SECOND))))


def _four(value: Fraction) -> Fraction:
    """Round to four significant digits."""
    step = Fraction(1)
    while value >= 10_000 * step:
        step *= 10
    while 0 < value < 1_000 * step:
        step /= 10
    return round(value / step) * step


def _digits(value: float) -> str:
    return str(float(_four(Fraction(value))))


def _arrivals(starts: Sequence[Ns], horizon_ns: Ns, remarks: list[str]) -> ArrivalFit:
    span_ns = max(horizon_ns, 1)
    rate = Fraction(len(starts), span_ns)
    hours = -(-span_ns // _HOUR)
    counts = Counter(start // _HOUR for start in starts)
    dispersion = busiest = None
    if hours >= 10:
        mean = len(starts) / hours
        squares = sum(count * count for count in counts.values())
        dispersion = (squares / hours - mean * mean) / mean
        busiest = sum(sorted(counts.values(), reverse=True)[: hours // 10]) / len(starts)
        if dispersion > 2:
            remarks.append(
                f"starts crowd: the variance of hourly counts is {dispersion:.1f} times that of a Poisson process, and "
                f"up to {max_starts(starts, SECOND)} start within 1s; a fitted rate understates peaks"
            )
    amplitude, peak_ns = _swing(starts)
    is_daily = span_ns >= 3 * _DAY and amplitude >= 0.2 and len(starts) * amplitude**2 / 4 > 7
    if is_daily:
        keys = (
            f'kind = "diurnal"\nmean = "{_rate(rate)}"\namplitude = {_digits(min(amplitude, 1.0))}\nperiod = "1d"\n'
            f'peak_at = "{format_duration(round(peak_ns / UNITS["m"]) * UNITS["m"])}"'
        )
    else:
        keys = f'kind = "poisson"\nrate = "{_rate(rate)}"'
    return ArrivalFit("diurnal" if is_daily else "poisson", keys, float(rate * _HOUR), dispersion, busiest)


def _swing(starts: Sequence[Ns]) -> tuple[float, float]:
    """Give amplitude and peak of the daily swing: twice the first harmonic (Rayleigh's test judges it)."""
    angles = [2 * pi * (start % _DAY) / _DAY for start in starts]
    east, north = sum(map(cos, angles)) / len(starts), sum(map(sin, angles)) / len(starts)
    return 2 * sqrt(east * east + north * north), (atan2(north, east) / (2 * pi) % 1) * _DAY


def _rate(rate: Fraction) -> str:
    for unit in ("h", "d"):
        count = rate * UNITS[unit]
        if count >= 1:
            four = _four(count)
            return f"{four.numerator if four.denominator == 1 else float(four)}/{unit}"
    return f"1/{format_duration(max(1, int(_four(1 / rate))))}"
