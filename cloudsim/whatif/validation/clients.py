"""Closed populations (Engset): clients that are idle, hold an ENI, and are idle again.

A request sees the system without its own client, so the share of requests refused is less than the share of time full;
both are checked.
"""

from collections.abc import Iterator

from cloudsim.whatif.analytic import engset
from cloudsim.whatif.validation.case import (
    IP_NOT_ENOUGH,
    MAX_ENI_COUNT,
    Case,
    Check,
    Control,
    Scale,
    little,
    refused,
    trial_of,
)
from cloudsim.whatif.validation.laws import LAWS
from cloudsim.whatif.validation.worlds import AMPLE, SLASH_29, experiment

_CLIENTS = 10
_IDLE = "1h"


def client_cases(scale: Scale) -> Iterator[Case]:
    """Give them all.

    Args:
        scale: how much is run.
    """
    yield _closed(scale, "exponential", is_pool=True)
    yield _closed(scale, "constant", is_pool=False)
    yield _closed(scale, "hyper-exponential", is_pool=True)


def _closed(scale: Scale, law: str, *, is_pool: bool) -> Case:
    lifetimes = LAWS[law]
    measured = scale.of(35)
    name = f"{_CLIENTS} clients, 4 places, {'pool' if is_pool else 'quota'}, {law}"
    made = experiment(
        f"clients: {name}",
        [{"kind": "closed", "population": _CLIENTS, "idle": _IDLE, "lifetime": lifetimes.table}],
        horizon=f"{measured + lifetimes.warmup_h}h",
        warmup=f"{lifetimes.warmup_h}h",
        vswitches={"vsw-a": SLASH_29} if is_pool else None,
        quota=AMPLE if is_pool else 4,
    )
    expected = engset(_CLIENTS, 1.0, 4)
    time = (Check(part="time_share_full@vsw-a", expected=expected.time, name="time full"),) if is_pool else ()
    return Case(
        family="clients",
        name=name,
        parameters={"clients": _CLIENTS, "places": 4, "idle": _IDLE, "lifetime": lifetimes.table},
        trial=trial_of(made),
        runs=scale.runs,
        checks=(refused(IP_NOT_ENOUGH if is_pool else MAX_ENI_COUNT, expected.call), *time),
        controls=(
            Control(
                name="requests of idle clients",
                factors={"offered@pods": 1, "mean_holders@pods": measured},
                constant=-float(_CLIENTS * measured),
            ),
            little("pods", hours=measured),
        ),
    )
