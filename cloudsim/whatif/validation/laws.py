"""Lifetimes of validation, all of mean one hour, and how long until nothing is left of the beginning.

By insensitivity only the mean counts, so that one number is expected of all of them.
"""

from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Law:
    """A law of lifetimes."""

    table: dict[str, Any]
    """As experiments have it."""
    warmup_h: int
    """Hours w after which less than 1 % of the load is still missing, E (T - w)+ / E T, and soon much less: over the
    measured time a small part of the standard error."""
    is_heavy: bool = False
    """Whether long lifetimes make estimates uncertain."""


EXPONENTIAL: Final = Law({"kind": "exponential", "mean": "1h"}, 8)
CONSTANT: Final = Law({"kind": "constant", "mean": "1h"}, 8)
LOGNORMAL: Final = Law({"kind": "lognormal", "mean": "1h", "sigma": 1}, 20)
LOGNORMAL_2: Final = Law({"kind": "lognormal", "mean": "1h", "sigma": 2}, 600, is_heavy=True)
HYPEREXPONENTIAL: Final = Law({"kind": "hyperexponential", "p": [0.9, 0.1], "means": ["40m", "4h"]}, 20)
WEIBULL: Final = Law({"kind": "weibull", "mean": "1h", "shape": 0.5}, 40)

LAWS: Final = {
    "exponential": EXPONENTIAL,
    "constant": CONSTANT,
    "log-normal": LOGNORMAL,
    "log-normal, sigma 2": LOGNORMAL_2,
    "hyper-exponential": HYPEREXPONENTIAL,
    "Weibull, shape 1/2": WEIBULL,
}
