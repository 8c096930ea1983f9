"""Figures: what can be asked of a run by name, and of what thing by ``@``.

    offered    rejected.InvalidVSwitchId.IpNotEnough    rejection_ratio@vsw-a    time_share_full@quota:acme/cn-hangzhou

A part after a dot is one of several of a kind: a code, an action, a window, a quantile. What stands after ``@`` is a
vSwitch, a zone, a workload, an account, an instance type, or ``quota:ACCOUNT/REGION``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from cloudsim.api.requests import ACTIONS
from cloudsim.errors.codes import CODES
from cloudsim.errors.own import did_you_mean
from cloudsim.simulation.world.plan import Plan
from cloudsim.whatif.experiment.spec import Experiment

NO_NODE: Final = "NoNode"
"""Stands for a code where a pod found no node, and no call was made."""

VSWITCH, ZONE, WORKLOAD, QUOTA, ACCOUNT, TYPE = "vSwitch", "zone", "workload", "quota", "account", "instance type"
_ITEMS: Final = (VSWITCH, ZONE, WORKLOAD, ACCOUNT, QUOTA)
_PLACES: Final = (VSWITCH, ZONE, ACCOUNT)
_RUN_QUANTILES: Final = ("q05", "q10", "q25", "q50", "q75", "q90", "q95")
_WINDOWS: Final = ("1s", "10s", "60s", "3600s")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure, or a family of them."""

    meaning: str
    scopes: tuple[str, ...] = ()
    """What kinds of thing it can be asked of."""
    members: tuple[str, ...] = ()
    """What may stand after the dot."""
    is_alone: bool = True
    """Whether it is a figure without a dot too."""
    is_share: bool = False
    """Whether it lies between 0 and 1."""


FIGURES: Final[dict[str, Figure]] = {
    "offered": Figure("items that arrive within the measured time", _ITEMS),
    "accepted": Figure("of these, those that got what they asked for", _ITEMS),
    "rejected": Figure(
        "of these, those that were refused, by the code of the final refusal", _ITEMS, (*CODES, NO_NODE)
    ),
    "pending": Figure("of these, those that still wait at the horizon", _ITEMS),
    "rejection_ratio": Figure("rejected / offered over all runs; null where nothing is offered", _ITEMS, is_share=True),
    "p_any_rejection": Figure("share of runs with one rejection or more", _ITEMS, is_share=True),
    "p_any_exhaustion": Figure("share of runs in which it was used up once or more", (*_PLACES, QUOTA), is_share=True),
    "time_share_full": Figure(
        "share of the measured time with no free address (of a quota: used up)", (*_PLACES, QUOTA), is_share=True
    ),
    "time_to_first_rejection": Figure("seconds from the beginning; censored at the horizon", _ITEMS, _RUN_QUANTILES),
    "time_to_exhaustion": Figure(
        "seconds from the beginning to no free address; censored at the horizon", (*_PLACES, QUOTA), _RUN_QUANTILES
    ),
    "peak_addresses": Figure("most addresses neither free nor reserved, ENI primaries included", _ITEMS),
    "mean_addresses": Figure("their time integral over the measured time", _ITEMS),
    "peak_utilisation": Figure("the peak over the size without reserved addresses", (*_PLACES, QUOTA), is_share=True),
    "mean_utilisation": Figure("the mean over the size without reserved addresses", (*_PLACES, QUOTA), is_share=True),
    "peak_holders": Figure("most live items", _ITEMS),
    "mean_holders": Figure("live items, integrated over the measured time", _ITEMS),
    "peak_enis": Figure("most secondary ENIs that exist", (*_ITEMS, TYPE)),
    "mean_enis": Figure("secondary ENIs that exist, integrated over the measured time", (*_ITEMS, TYPE)),
    "peak_nodes": Figure("most nodes of the fleet", (ZONE, TYPE)),
    "mean_nodes": Figure("nodes of the fleet, integrated over the measured time", (ZONE, TYPE)),
    "peak_backlog": Figure("most items that wait at once", _ITEMS),
    "mean_backlog": Figure("items that wait, integrated over the measured time", _ITEMS),
    "recovery_time": Figure("seconds from the first item that waits until none does; the longest such time", _ITEMS),
    "longest_outage": Figure("seconds of the longest time in which every item was refused", _ITEMS),
    "wait": Figure("seconds from an arrival to its address", _ITEMS, ("p50", "p95", "p99", "max"), is_alone=False),
    "mean_idle_addresses": Figure("addresses held and not used: pools, and rounding to ENIs and prefixes", _PLACES),
    "peak_idle_addresses": Figure("most of these at once", _PLACES),
    "headroom": Figure("size without reserved addresses less the peak; of a quota likewise", (*_PLACES, QUOTA)),
    "growth_factor": Figure("how many times as much would be the first rejection", (*_PLACES, QUOTA)),
    "min_free_blocks": Figure("fewest whole free /28 blocks", _PLACES),
    "calls": Figure("API calls, retries and second vSwitches included", (WORKLOAD, ACCOUNT), tuple(ACTIONS)),
    "peak_calls": Figure("most API calls in one minute", (ACCOUNT,), tuple(ACTIONS)),
    "max_starts": Figure("most starts in a half-open sliding window", (WORKLOAD, ZONE), _WINDOWS, is_alone=False),
    "cost": Figure("by the user's prices", (ACCOUNT, ZONE, TYPE)),
}
"""All figures by name."""


def scopes_of(experiment: Experiment, plan: Plan) -> tuple[dict[str, str], dict[str, tuple[str, str]]]:
    """Say what may stand after ``@``, and what two things have one name.

    Args:
        experiment: the experiment.
        plan: of its world, with the vSwitches that events add.

    Returns:
        The kind of each name; and names that clash, each with both kinds.
    """
    things = (
        (VSWITCH, [*plan.vswitches]),
        (ZONE, [zone for region in plan.regions.values() for zone in region.zones]),
        (WORKLOAD, [workload.name for workload in experiment.workloads]),
        (ACCOUNT, [*plan.accounts]),
        (QUOTA, [f"quota:{account}/{region}" for account in plan.accounts for region in plan.regions]),
        (TYPE, _types(experiment)),
    )
    kinds: dict[str, str] = {}
    clashes: dict[str, tuple[str, str]] = {}
    for kind, names in things:
        for name in names:
            other = kinds.setdefault(name, kind)
            if other != kind:
                clashes[name] = (other, kind)
    return kinds, clashes


def _types(experiment: Experiment) -> list[str]:
    fleet = [] if experiment.fleet is None else [experiment.fleet.instance_type]
    return [*fleet, *dict.fromkeys(instance.type for instance in experiment.world.instances)]


def problem_of(metric: str, scopes: Mapping[str, str]) -> str | None:
    """Say what is wrong with the name of a figure; None if nothing is.

    Args:
        metric: the name.
        scopes: what may stand after ``@``, with its kind.
    """
    name, at, scope = metric.partition("@")
    base = name if name in FIGURES else name.partition(".")[0]
    figure = FIGURES.get(base)
    if figure is None:
        return f"there is no figure {name!r}; {did_you_mean(name, FIGURES)}"
    problem = _problem_of_part(name, base, figure)
    return problem if problem is not None or not at else _problem_of_scope(base, figure, scope, scopes)


def _problem_of_part(name: str, base: str, figure: Figure) -> str | None:
    parts = [f"{base}.{part}" for part in figure.members]
    if name == base:
        return None if figure.is_alone else f"{base!r} comes in parts; {did_you_mean('', parts)}"
    if not parts:
        return f"{base!r} has no parts; write {base!r}"
    return None if name in parts else f"there is no {name!r}; {did_you_mean(name, parts)}"


def _problem_of_scope(base: str, figure: Figure, scope: str, scopes: Mapping[str, str]) -> str | None:
    if scope not in scopes:
        fitting = [thing for thing, kind in scopes.items() if kind in figure.scopes]
        return f"there is no {scope!r} to ask of; {did_you_mean(scope, fitting)}"
    if scopes[scope] not in figure.scopes:
        can = " or ".join(figure.scopes)
        return f"{base!r} can be asked of {can}, and {scope!r} is a {scopes[scope]}"
    return None


def is_share(metric: str) -> bool:
    """Whether a figure lies between 0 and 1."""
    figure = FIGURES.get(metric.partition("@")[0])
    return figure is not None and figure.is_share
