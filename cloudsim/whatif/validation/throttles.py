"""Throttles: a token bucket as the queue M/D/1/K, a fixed minute as a Poisson number that is cut off.

ENIs stay for ever here, so that creates are the only calls.
"""

from collections.abc import Iterator

from cloudsim.whatif.analytic import fixed_window, token_bucket
from cloudsim.whatif.validation.case import (
    THROTTLING,
    THROTTLING_API,
    THROTTLING_USER,
    Case,
    Control,
    Scale,
    refused,
    trial_of,
)
from cloudsim.whatif.validation.worlds import experiment

_CREATE = "CreateNetworkInterface"
_BY_CODE = {THROTTLING: _CREATE, THROTTLING_USER: "user", THROTTLING_API: "api"}
_LIMIT = 6
"""Calls let through in a minute."""
_WARMUP_MINUTES = 15
"""A bucket is full at the beginning."""


def throttle_cases(scale: Scale) -> Iterator[Case]:
    """Give them all.

    Args:
        scale: how much is run.
    """
    yield _bucket(scale, THROTTLING, 1.0, 1, minutes=40)
    yield _bucket(scale, THROTTLING, 1.25, 5, minutes=70)
    yield _bucket(scale, THROTTLING_USER, 1.5, 10, minutes=40)
    yield _bucket(scale, THROTTLING_API, 0.9, 3, minutes=200)
    yield _window(scale, 7, minutes=120)


def _bucket(scale: Scale, code: str, load: float, burst: int, *, minutes: int) -> Case:
    name = f"load {load:g}, burst {burst}"
    return _case(scale,
        "token bucket", name, code, load * _LIMIT, token_bucket(load, burst),
        minutes=minutes, kind="bucket", burst=burst, parameters={"load": load, "burst": burst},
    )  # fmt: skip


def _window(scale: Scale, mean: int, *, minutes: int) -> Case:
    name = f"{mean} calls a minute on average"
    return _case(scale,
        "fixed minute", name, THROTTLING, mean, fixed_window(mean, _LIMIT),
        minutes=minutes, kind="minute", parameters={"mean": mean, "limit": _LIMIT},
    )  # fmt: skip


def _case(
    scale: Scale,
    family: str,
    name: str,
    code: str,
    per_minute: float,
    expected: float,
    *,
    minutes: int,
    parameters: dict[str, float],
    **how: object,
) -> Case:
    high = {_CREATE: 1_000_000} if code != THROTTLING else {}
    measured = scale.of(minutes)
    made = experiment(
        f"{family}: {name}",
        [{"rate": f"{per_minute:g}/m", "lifetime": "forever"}],
        horizon=f"{measured + _WARMUP_MINUTES}m",
        warmup=f"{_WARMUP_MINUTES}m",
        throttling={**how, **high, _BY_CODE[code]: _LIMIT},
    )
    arrivals = Control(name="arrivals", factors={"offered": 1}, constant=-per_minute * measured)
    return Case(
        family=family,
        name=name,
        parameters={**parameters, "calls_per_minute": _LIMIT},
        trial=trial_of(made),
        runs=scale.runs,
        checks=(refused(code, expected),),
        controls=(arrivals,),
    )
