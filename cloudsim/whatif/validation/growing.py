"""Growth until the first rejection: the time of arrival number ``free + 1``, which is Gamma."""

from collections.abc import Iterator
from typing import Any

from cloudsim.values.duration import UNITS
from cloudsim.whatif.analytic import arrival_by
from cloudsim.whatif.validation.case import IP_NOT_ENOUGH, MAX_ENI_COUNT, Case, Check, Scale, trial_of
from cloudsim.whatif.validation.worlds import SLASH_27, SLASH_28, experiment

_DAY_S = 86_400


def growing_cases(scale: Scale) -> Iterator[Case]:
    """Give them all.

    Args:
        scale: how much is run.
    """
    yield _time(scale, "27 free of 28", 28, start=1, days=16, vswitches={"vsw-a": SLASH_27})
    yield _time(scale, "quota of 100", 100, start=0, days=42, quota=100)
    yield _share(scale, "12 free", 12, days=18, vswitches={"vsw-a": SLASH_28})


def _time(scale: Scale, name: str, places: int, *, start: int, days: int, **limits: Any) -> Case:  # noqa: ANN401  of the world
    """Check the mean time to the first rejection, with four arrivals a day; ``days`` lies far beyond it."""
    per_day = 4.0
    free = places - start
    check = Check(
        part="time_to_first_rejection", expected=(free + 1) / per_day * _DAY_S, name="mean time",
        code=MAX_ENI_COUNT if "quota" in limits else IP_NOT_ENOUGH,
    )  # fmt: skip
    return _case(scale, name, start, per_day, days, check, runs=500 if places < 50 else 160, limits=limits)


def _share(scale: Scale, name: str, free: int, *, days: int, **limits: Any) -> Case:  # noqa: ANN401  of the world
    """Check the share of runs with a rejection within some days, with one arrival a day."""
    check = Check(
        part="p_any_rejection", expected=arrival_by(free + 1, float(days)), name=f"by day {days}", code=IP_NOT_ENOUGH
    )
    return _case(scale, name, 0, 1.0, days, check, runs=1300, limits=limits)


def _case(
    scale: Scale, name: str, start: int, per_day: float, days: int, check: Check, *, runs: int, limits: dict[str, Any]
) -> Case:
    assert UNITS["d"] == _DAY_S * UNITS["s"], "a day is a day"
    made = experiment(
        f"growth: {name}", [{"kind": "growth", "start": start, "per_day": per_day}], horizon=f"{days}d", **limits
    )
    return Case(
        family="growth",
        name=name,
        parameters={"start": start, "per_day": per_day, "days": days},
        trial=trial_of(made),
        runs=scale.of(runs),
        checks=(check,),
    )
