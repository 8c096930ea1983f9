"""Loss systems: a pool, a quota, a security group or a VPC's addresses as Erlang-B, for any law of lifetimes."""

from collections.abc import Iterator
from typing import Any

from cloudsim.whatif.analytic import carried, erlang_b
from cloudsim.whatif.validation.case import (
    GROUP_FULL,
    IP_NOT_ENOUGH,
    MAX_ENI_COUNT,
    PRIVATE_ADDRESSES,
    Case,
    Check,
    Scale,
    controls_of,
    refused,
    trial_of,
)
from cloudsim.whatif.validation.laws import LAWS
from cloudsim.whatif.validation.worlds import SIZES, SLASH_27, SLASH_28, SLASH_29, experiment


def loss_cases(scale: Scale) -> Iterator[Case]:
    """Give them all.

    Args:
        scale: how much is run.
    """
    yield _pool(scale, "exponential", SLASH_28, 8, hours=1100, sees_time=True)
    yield _pool(scale, "constant", SLASH_28, 12, hours=50)
    yield _pool(scale, "log-normal", SLASH_28, 16, hours=10)
    yield _pool(scale, "hyper-exponential", SLASH_28, 16, hours=10)
    yield _pool(scale, "Weibull, shape 1/2", SLASH_29, 4, hours=80)
    yield _pool(scale, "exponential", SLASH_27, 40, hours=5)
    yield _quota(scale, "exponential", 5, 5, hours=80)
    yield _quota(scale, "constant", 5, 5, hours=80)
    yield _quota(scale, "log-normal", 5, 5, hours=80)
    yield _quota(scale, "hyper-exponential", 5, 5, hours=80)
    yield _quota(scale, "log-normal, sigma 2", 2, 2, hours=60)
    yield _case(
        scale, "security group", "exponential", 6, 8, GROUP_FULL, hours=20, places=6,
        parameters={"capacity": 6},
    )  # fmt: skip
    yield _case(
        scale, "addresses of a VPC", "hyper-exponential", 6, 8, PRIVATE_ADDRESSES, hours=20, private_addresses=6,
        parameters={"private_addresses": 6},
    )  # fmt: skip
    yield _in_order(scale)


def _pool(scale: Scale, law: str, cidr: str, load: float, *, hours: int, sees_time: bool = False) -> Case:
    size = SIZES[cidr]
    also = (
        Check(part="time_share_full@vsw-a", expected=erlang_b(load, size), name="time full"),
        Check(part="mean_addresses@vsw-a", expected=carried(float(load), size), name="mean addresses"),
    )
    return _case(scale,
        "pool", law, size, load, IP_NOT_ENOUGH, hours=hours, also=also if sees_time else (),
        vswitches={"vsw-a": cidr}, parameters={"cidr": cidr},
    )  # fmt: skip


def _quota(scale: Scale, law: str, quota: int, load: float, *, hours: int) -> Case:
    return _case(
        scale, "quota", law, quota, load, MAX_ENI_COUNT, hours=hours, quota=quota, parameters={"eni_quota": quota}
    )


def _case(
    scale: Scale,
    family: str,
    law: str,
    size: int,
    load: float,
    code: str,
    *,
    hours: int,
    parameters: dict[str, Any],
    also: tuple[Check, ...] = (),
    **limits: Any,  # noqa: ANN401  of the world
) -> Case:
    """Make a case of items that each take one of ``size`` places.

    Args:
        scale: how much is run.
        family: what limits.
        law: of lifetimes.
        size: places.
        load: in erlang, which is also the rate in an hour.
        code: that refuses.
        hours: measured in each run at full length.
        parameters: to be told.
        also: further checks.
        limits: of the world.
    """
    lifetimes = LAWS[law]
    name = f"{size} places, {load:g} erlang, {law}"
    measured = scale.of(hours)
    made = experiment(
        f"{family}: {name}",
        [{"rate": f"{load:g}/h", "lifetime": lifetimes.table}],
        horizon=f"{measured + lifetimes.warmup_h}h",
        warmup=f"{lifetimes.warmup_h}h",
        **limits,
    )
    return Case(
        family=family,
        name=name,
        parameters={**parameters, "places": size, "erlang": load, "lifetime": lifetimes.table},
        trial=trial_of(made),
        runs=scale.heavy_runs if lifetimes.is_heavy else scale.runs,
        checks=(refused(code, erlang_b(float(load), size)), *also),
        controls=controls_of("pods", per_hour=load, hours=measured),
        is_heavy=lifetimes.is_heavy,
    )


def _in_order(scale: Scale) -> Case:
    """Two vSwitches, tried in order, are one pool."""
    return _case(scale,
        "pool", "log-normal", 16, 20, IP_NOT_ENOUGH, hours=10,
        vswitches={"vsw-a": "10.0.0.0/28", "vsw-b": "10.0.1.0/29"}, parameters={"choice": "ordered"},
    )  # fmt: skip
