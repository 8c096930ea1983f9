"""Throttled calls that arrive at random: a bucket as the queue M/D/1/K, a fixed window as a Poisson number cut off.

A bucket that holds K calls and fills evenly: what is missing from it drains like the work of a server with constant
service time, each call let through adds one service time of it, and a call is refused where less than a whole one is
in, which is where K customers would be in the system. So the refused share is that of M/D/1/K exactly, K being the
burst.

Source: Gross and Harris, Fundamentals of Queueing Theory, chapter 5 (embedded chain of M/G/1/K); Brun and Garcia,
"Analytical solution of finite capacity M/D/1 queues", Journal of Applied Probability 37 (2000), against which the tests
hold it; Berger, "Performance analysis of a rate-control throttle", IEEE JSAC 9 (1991) (bucket and queue).
"""

from math import exp, fsum, lgamma, log, sqrt
from typing import Final

_LARGE: Final = 1e200
_LOAD_MAX: Final = 700


def token_bucket(load: float, burst: int) -> float:
    """Give the refused share of calls that arrive at random.

    Args:
        load: calls that arrive over calls that fill in, in the same time; at most 700 (beyond, it is
            ``1 - 1 / load``).
        burst: calls that a full bucket holds, 0 or more.
    """
    assert 0 < load <= _LOAD_MAX, "somebody calls, and not beyond what a float can tell"
    if burst == 0:
        return 1.0
    more = _poisson_tails(load, burst)
    none = exp(-load)
    left = [1.0]
    """Weights of 0, 1, ... customers left behind by one that leaves; from level cuts, so all terms are positive."""
    for count in range(1, burst):
        risen = left[0] * more[count - 1] + fsum(left[j] * more[count - j] for j in range(1, count))
        left.append(risen / none)
        if left[-1] > _LARGE:
            left = [weight / left[-1] for weight in left]
    idle = left[0] / fsum(left)
    return 1 - 1 / (idle + load)


def fixed_window(mean: float, limit: int) -> float:
    """Give the refused share where each window lets ``limit`` calls through and the number of calls is Poisson.

    Args:
        mean: calls that arrive in a window on average, above 0.
        limit: calls let through in a window.
    """
    assert mean > 0, "somebody calls"
    return fsum(_poisson_tails(mean, limit)[limit:]) / mean


def _poisson_tails(mean: float, count: int) -> list[float]:
    """Give P(N > 0), P(N > 1), ... to at least P(N > count) and as far as they are not nothing, summed from there."""
    most = max(mean, count)
    tails, total = [], 0.0
    for k in range(int(most + 40 * sqrt(most) + 100), 0, -1):
        total += exp(k * log(mean) - mean - lgamma(k + 1))
        tails.append(total)
    tails.reverse()
    return tails
