"""Growth until the first rejection: arrivals at random that stay for ever.

With ``free`` places the last is taken by arrival number ``free`` and the first refusal is arrival number ``free + 1``.
Arrival number n comes when a Poisson process has given n, which is a Gamma distribution of shape n; where the rate
changes over time, the same holds on the scale of expected arrivals, and ``linear_growth_time`` goes back from there.

Source: Feller, An Introduction to Probability Theory and Its Applications II, chapter I (Gamma and Poisson); Wilson
and Hilferty, PNAS 17 (1931), where the search for the quantile begins.
"""

from math import exp, fsum, lgamma, log, sqrt
from statistics import NormalDist


def arrival_by(number: int, expected: float) -> float:
    """Give the probability that arrival ``number`` has come when ``expected`` arrivals were to be expected.

    Args:
        number: 1 or more.
        expected: rate times time, not negative.
    """
    assert number >= 1, "the first arrival is number 1"
    if expected == 0:
        return 0.0
    spread = int(40 * sqrt(max(expected, number)) + 100)
    if expected < number:  # the smaller tail is summed: the other is 1 less that, to the last digit
        return min(1.0, fsum(_poisson(k, expected) for k in range(number, number + spread)))
    return max(0.0, 1 - fsum(_poisson(k, expected) for k in range(max(0, number - spread), number)))


def arrival_quantile(number: int, q: float) -> float:
    """Give how many arrivals are to be expected until ``number`` of them have come with probability ``q``.

    Divided by a constant rate it is a time: ``arrival_quantile(free + 1, 0.05) / rate`` is the time of the first
    rejection that 19 of 20 runs live beyond.
    """
    assert 0 < q < 1, "never and always have no time"
    guess = number * (1 - 1 / (9 * number) + NormalDist().inv_cdf(q) / (3 * sqrt(number))) ** 3
    low = high = max(guess, number * 1e-6)
    while arrival_by(number, low) > q:
        low *= 0.9
    while arrival_by(number, high) < q:
        high *= 1.1
    while True:
        middle = (low + high) / 2
        if middle in {low, high}:
            return middle
        low, high = (middle, high) if arrival_by(number, middle) < q else (low, middle)


def linear_growth_time(expected: float, *, start: float, slope: float) -> float:
    """Give the time by which so many arrivals are expected where the rate is ``start + slope * time``.

    Args:
        expected: arrivals, not negative.
        start: rate at time 0, not negative.
        slope: by how much it rises in a unit of time, not negative, and not 0 where ``start`` is.
    """
    assert start >= 0, "a rate is not negative"
    assert start + slope > 0, "somebody comes at some time"
    return 2 * expected / (start + sqrt(start * start + 2 * slope * expected)) if expected else 0.0


def _poisson(k: int, mean: float) -> float:
    return exp(k * log(mean) - mean - lgamma(k + 1))
