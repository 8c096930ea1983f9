"""What several share: ENIs of different size in one pool (Kaufman-Roberts), vSwitches under one quota (product form).

Under one quota the code is that of the check that comes first where vSwitch and quota are both used up; the policy
``order`` says which, and both are tried.
"""

from collections.abc import Iterator

from cloudsim.whatif.analytic import kaufman_roberts, product_form
from cloudsim.whatif.validation.case import (
    GROUP_FULL,
    IP_NOT_ENOUGH,
    MAX_ENI_COUNT,
    Case,
    Scale,
    controls_of,
    refused,
    trial_of,
)
from cloudsim.whatif.validation.laws import LAWS
from cloudsim.whatif.validation.worlds import AMPLE, SLASH_28, experiment

_SIZES = {"vsw-a": 4, "vsw-b": 4}
_BLOCKS = {"vsw-a": "10.0.0.0/29", "vsw-b": "10.0.1.0/29"}
_LOADS = {"vsw-a": 16.0, "vsw-b": 6.0}


def sharing_cases(scale: Scale) -> Iterator[Case]:
    """Give them all.

    Args:
        scale: how much is run.
    """
    yield _batches(scale, "exponential", IP_NOT_ENOUGH)
    yield _batches(scale, "constant", IP_NOT_ENOUGH)
    yield _batches(scale, "log-normal", GROUP_FULL)
    yield _shared(scale, "exponential", "quota-first", quota=7)
    yield _shared(scale, "constant", "addresses-first", quota=5)


def _batches(scale: Scale, law: str, code: str) -> Case:
    """ENIs with one address and with three in 12 places."""
    classes = {"small": (10.0, 1), "large": (5.0, 3)}
    lifetimes = LAWS[law]
    measured = scale.of(150)
    name = f"12 places, ENIs of 1 and 3 addresses, {law}"
    is_group = code == GROUP_FULL
    made = experiment(
        f"batches: {name}, {code}",
        [
            {"name": key, "rate": f"{load:g}/h", "secondary": size - 1, "lifetime": lifetimes.table}
            for key, (load, size) in classes.items()
        ],
        horizon=f"{measured + lifetimes.warmup_h}h",
        warmup=f"{lifetimes.warmup_h}h",
        vswitches=None if is_group else {"vsw-a": SLASH_28},
        places=12 if is_group else AMPLE,
    )
    expected = kaufman_roberts([*classes.values()], 12)
    return Case(
        family="batches",
        name=name,
        parameters={"places": 12, "erlang": [10, 5], "addresses": [1, 3], "lifetime": lifetimes.table},
        trial=trial_of(made),
        runs=scale.runs,
        checks=tuple(refused(code, share, of=key, name=key) for key, share in zip(classes, expected, strict=True)),
        controls=tuple(
            control for key, (load, _) in classes.items() for control in controls_of(key, per_hour=load, hours=measured)
        ),
    )


def _shared(scale: Scale, law: str, check_order: str, *, quota: int) -> Case:
    """Two vSwitches, each with its own arrivals, under one quota."""
    lifetimes = LAWS[law]
    measured = scale.of(150 if check_order == "quota-first" else 400)
    name = f"2 vSwitches of 4, quota {quota}, {check_order}, {law}"
    made = experiment(
        f"shared quota: {name}",
        [
            {"name": f"pods-{key}", "rate": f"{load:g}/h", "lifetime": lifetimes.table, "vswitch": key}
            for key, load in _LOADS.items()
        ],
        horizon=f"{measured + lifetimes.warmup_h}h",
        warmup=f"{lifetimes.warmup_h}h",
        vswitches=_BLOCKS,
        quota=quota,
        policy={"order": check_order},
    )
    first, second = product_form([*_LOADS.values()], [*_SIZES.values()], quota)
    is_quota_first = check_order == "quota-first"
    checks = (
        refused(IP_NOT_ENOUGH, first.only_full + (0 if is_quota_first else first.both), of="vsw-a", name="vsw-a"),
        refused(MAX_ENI_COUNT, first.only_quota + (first.both if is_quota_first else 0), of="vsw-a", name="vsw-a"),
        refused(MAX_ENI_COUNT, second.only_quota + (second.both if is_quota_first else 0), of="vsw-b", name="vsw-b"),
    )
    return Case(
        family="shared quota",
        name=name,
        parameters={
            "places": [*_SIZES.values()], "erlang": [*_LOADS.values()], "eni_quota": quota,
            "check_order": check_order, "lifetime": lifetimes.table,
        },
        trial=trial_of(made),
        runs=scale.runs,
        checks=checks,
        controls=tuple(
            control
            for key, load in _LOADS.items()
            for control in controls_of(f"pods-{key}", per_hour=load, hours=measured)
        ),
    )  # fmt: skip
