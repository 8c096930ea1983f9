"""The distributions that intervals are read from. This is the only file that asks for scipy.

``scipy.special`` is enough and loads in a fraction of the time of ``scipy.stats``. What it gives is rounded to twelve
digits: the last bits differ between platforms and versions, and a table of results is compared byte by byte.
"""

from functools import lru_cache
from statistics import NormalDist
from typing import Any

from cloudsim.whatif.extras import need


def _special() -> Any:  # noqa: ANN401  scipy has no types of its own
    return need("scipy.special", extra="whatif")


def rounded(value: float) -> float:
    """Drop the digits in which platforms differ."""
    return float(f"{float(value):.12g}")


@lru_cache(maxsize=1024)
def student_quantile(p: float, freedom: int) -> float:
    """Student's t with ``freedom`` degrees of freedom: the value that it stays below with probability ``p``."""
    assert freedom >= 1, "one run has no spread"
    return rounded(_special().stdtrit(freedom, p))


@lru_cache(maxsize=1024)
def student_two_sided(t: float, freedom: int) -> float:
    """How likely Student's t lies at least as far from 0 as ``t``, on either side."""
    return rounded(2 * _special().stdtr(freedom, -abs(t)))


@lru_cache(maxsize=4096)
def beta_quantile(p: float, a: float, b: float) -> float:
    """The beta distribution's quantile."""
    return rounded(_special().betaincinv(a, b, p))


@lru_cache(maxsize=16_384)
def binomial_at_most(k: int, n: int, p: float) -> float:
    """How likely ``n`` trials of success probability ``p`` succeed at most ``k`` times."""
    return 0.0 if k < 0 else 1.0 if k >= n else rounded(_special().bdtr(float(k), n, p))


def normal_quantile(p: float) -> float:
    """The standard normal distribution's quantile."""
    return rounded(NormalDist().inv_cdf(p))
