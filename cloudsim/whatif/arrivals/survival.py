"""Laws fitted to lifetimes of which some are only known to be longer: maximum likelihood under censoring.

Only for reports: floats and libm are good enough for numbers that are rounded to four digits and written to a file by
a person. What is drawn later is drawn from the integer tables of that file's law.

Sources: E. L. Kaplan and P. Meier, "Nonparametric Estimation from Incomplete Observations", JASA 53 (1958), 457-481;
A. P. Dempster, N. M. Laird, D. B. Rubin, "Maximum Likelihood from Incomplete Data via the EM Algorithm", JRSS B 39
(1977), 1-38.
"""

from collections.abc import Callable, Sequence
from math import erfc, exp, inf, log, pi, sqrt
from typing import NamedTuple, TypeAlias

Survival: TypeAlias = Callable[[float], float]
"""The probability to live longer than a time."""


class Observed(NamedTuple):
    """Lifetimes of one length."""

    seconds: float
    """Above 0."""
    ended: int
    """How many ended at that age."""
    censored: int
    """How many were alive at that age, and are not known after it."""


class Fitted(NamedTuple):
    """A law with the parameters under which what was observed is likeliest."""

    parameters: tuple[float, ...]
    log_likelihood: float
    survival: Survival


def fit_exponential(observed: Sequence[Observed]) -> Fitted:
    """Fit the exponential law; the parameter is its mean in seconds."""
    ended = sum(each.ended for each in observed)
    mean = sum(each.seconds * (each.ended + each.censored) for each in observed) / ended
    return Fitted((mean,), -ended * (log(mean) + 1), lambda age: exp(-age / mean))


def fit_weibull(observed: Sequence[Observed]) -> Fitted:
    """Fit the Weibull law; the parameters are scale in seconds and shape, which is sought from 0.02 to 50."""
    ended = sum(each.ended for each in observed)
    logs = [log(each.seconds) for each in observed]
    most = max(logs)
    mean_log = sum(place * each.ended for place, each in zip(logs, observed, strict=True)) / ended

    def slope(shape: float) -> float:
        powers = [
            exp(shape * (place - most)) * (each.ended + each.censored)
            for place, each in zip(logs, observed, strict=True)
        ]
        weighted = sum(power * place for power, place in zip(powers, logs, strict=True))
        return weighted / sum(powers) - 1 / shape - mean_log

    low, high = 0.02, 50.0
    for _ in range(50):
        middle = sqrt(low * high)
        low, high = (middle, high) if slope(middle) < 0 else (low, middle)
    shape = sqrt(low * high)
    total = sum(
        exp(shape * (place - most)) * (each.ended + each.censored) for place, each in zip(logs, observed, strict=True)
    )
    scale = exp(most) * (total / ended) ** (1 / shape)
    likelihood = ended * (log(shape) - shape * log(scale) + (shape - 1) * mean_log - 1)
    return Fitted((scale, shape), likelihood, lambda age: exp(-((age / scale) ** shape)))


def fit_lognormal(observed: Sequence[Observed]) -> Fitted:
    """Fit the log-normal law; the parameters are mean and standard deviation of the logarithm of seconds."""
    count = sum(each.ended + each.censored for each in observed)
    logs = [log(each.seconds) for each in observed]
    pairs = list(zip(logs, observed, strict=True))
    mu = sum(place * (each.ended + each.censored) for place, each in pairs) / count
    sigma = max(1e-6, sqrt(sum((place - mu) ** 2 * (each.ended + each.censored) for place, each in pairs) / count))
    for _ in range(200):
        first = second = 0.0
        for place, each in pairs:
            first += each.ended * place
            second += each.ended * place * place
            if each.censored:
                z = (place - mu) / sigma
                mills = _mills(z)
                first += each.censored * (mu + sigma * mills)
                second += each.censored * (mu * mu + 2 * mu * sigma * mills + sigma * sigma * (1 + z * mills))
        before = mu, sigma
        mu = first / count
        sigma = sqrt(max(1e-12, second / count - mu * mu))
        if abs(before[0] - mu) + abs(before[1] - sigma) < 1e-10:
            break

    def survival(age: float) -> float:
        return 0.5 * erfc((log(age) - mu) / (sigma * sqrt(2)))

    likelihood = 0.0
    for place, each in pairs:
        likelihood -= each.ended * (place + log(sigma * sqrt(2 * pi)) + ((place - mu) / sigma) ** 2 / 2)
        likelihood += each.censored * _log(survival(each.seconds)) if each.censored else 0.0
    return Fitted((mu, sigma), likelihood, survival)


def fit_hyperexponential(observed: Sequence[Observed]) -> Fitted:
    """Fit a mixture of two exponential laws; the parameters are share and mean of one, and the mean of the other.

    From a tenth and twice the mean, in 200 steps of EM: good to a few digits, which is enough to choose by.
    """
    count = sum(each.ended + each.censored for each in observed)
    mean = fit_exponential(observed).parameters[0]
    share, short, long = 0.5, mean / 10, mean * 2
    for _ in range(200):
        weight = ended_short = ended_long = time_short = time_long = 0.0
        for age, ended, censored in observed:
            left, right = share * exp(-age / short), (1 - share) * exp(-age / long)
            if ended:
                density = left / short + right / long
                part = ended * (left / short / density if density else 0.0)
                ended_short, ended_long = ended_short + part, ended_long + ended - part
                weight += part
                time_short, time_long = time_short + part * age, time_long + (ended - part) * age
            if censored:
                part = censored * (left / (left + right) if left + right else 0.0)
                weight += part
                time_short, time_long = time_short + part * age, time_long + (censored - part) * age
        if min(ended_short, ended_long) < 1e-9:
            break
        share, short, long = weight / count, time_short / ended_short, time_long / ended_long

    def survival(age: float) -> float:
        return share * exp(-age / short) + (1 - share) * exp(-age / long)

    likelihood = 0.0
    for age, ended, censored in observed:
        density = share / short * exp(-age / short) + (1 - share) / long * exp(-age / long)
        likelihood += ended * _log(density) + censored * _log(survival(age))
    return Fitted((share, short, long), likelihood, survival)


def largest_gap(observed: Sequence[Observed], survival: Survival) -> float:
    """Give the largest distance of a law from what was observed: Kolmogorov's, against Kaplan's and Meier's curve.

    Args:
        observed: in rising order of age.
        survival: the law's.
    """
    at_risk = sum(each.ended + each.censored for each in observed)
    curve, gap = 1.0, 0.0
    for each in observed:
        fitted = survival(each.seconds)
        if each.ended:
            gap = max(gap, abs(curve - fitted))
            curve *= 1 - each.ended / at_risk
            gap = max(gap, abs(curve - fitted))
        at_risk -= each.ended + each.censored
    return gap


def _mills(z: float) -> float:
    """Give density over survival of the standard normal law."""
    if z > 8:
        return z + 1 / z
    return exp(-z * z / 2) / sqrt(2 * pi) / (0.5 * erfc(z / sqrt(2)))


def _log(value: float) -> float:
    return log(value) if value > 0 else -inf
