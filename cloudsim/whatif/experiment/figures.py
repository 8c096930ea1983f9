"""Figures: what can be asked of a run by name, and of what thing by ``@``.

    offered    rejected.InvalidVSwitchId.IpNotEnough    rejection_ratio@vsw-a    time_share_full@quota:acme/cn-hangzhou

A part after a dot is one of several of a kind: a code, an action, a window, a quantile. What stands after ``@`` is a
vSwitch, a zone, a workload, an account, an instance type, or ``quota:ACCOUNT/REGION``. A run tells every figure of the
vSwitches that its workloads use, of their zones, accounts and quotas, and of whatever a target names besides; counts of
codes and actions that never came are left out, and are 0.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from cloudsim.api.requests import ACTIONS
from cloudsim.errors.codes import CODES
from cloudsim.errors.own import did_you_mean
from cloudsim.simulation.world.plan import Plan
from cloudsim.whatif.experiment.events import InstanceTypeChange
from cloudsim.whatif.experiment.spec import Experiment

NO_NODE: Final = "NoNode"
"""Stands for a code where a pod found no node, and no call was made."""

VSWITCH, ZONE, WORKLOAD, QUOTA, ACCOUNT, TYPE = "vSwitch", "zone", "workload", "quota", "account", "instance type"
_ITEMS: Final = (VSWITCH, ZONE, WORKLOAD, ACCOUNT, QUOTA)
_PLACES: Final = (VSWITCH, ZONE, ACCOUNT)
_LIMITED: Final = (*_PLACES, QUOTA)
_RUN_QUANTILES: Final = ("q05", "q10", "q25", "q50", "q75", "q90", "q95")
_WINDOWS: Final = ("1s", "10s", "60s", "3600s")
_IDLE: Final = ("pool", "eni", "prefix")


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
    needs: str = ""
    """The table or key of the experiment without which there is none."""


FIGURES: Final[dict[str, Figure]] = {
    "offered": Figure("items that arrive within the measured time", _ITEMS),
    "accepted": Figure("of these, those that got what they asked for", _ITEMS),
    "rejected": Figure(
        "of these, those that were refused, by the code of the final refusal", _ITEMS, (*CODES, NO_NODE)
    ),
    "pending": Figure("of these, those that still wait at the horizon", _ITEMS),
    "rejection_ratio": Figure("rejected / offered over all runs; null where nothing is offered", _ITEMS, is_share=True),
    "p_any_rejection": Figure("share of runs with one rejection or more", _ITEMS, is_share=True),
    "p_any_exhaustion": Figure("share of runs in which it was used up once or more", _LIMITED, is_share=True),
    "time_share_full": Figure(
        "share of the measured time with no free address, of several vSwitches in none of them (of a quota: used up)",
        _LIMITED,
        is_share=True,
    ),
    "time_to_first_rejection": Figure("seconds from the beginning; censored at the horizon", _ITEMS, _RUN_QUANTILES),
    "time_to_exhaustion": Figure(
        "seconds from the beginning to no free address, of several vSwitches in none of them (of a quota: used up); "
        "censored at the horizon",
        _LIMITED,
        _RUN_QUANTILES,
    ),
    "peak_addresses": Figure(
        "most addresses neither free nor reserved, ENI primaries included (of a workload: those that its items hold)",
        _ITEMS,
    ),
    "mean_addresses": Figure("their time integral over the measured time", _ITEMS),
    "peak_utilisation": Figure(
        "the largest share in use, of the size without reserved addresses; of a quota its ENIs over its limit",
        _LIMITED,
        is_share=True,
    ),
    "mean_utilisation": Figure("use over size, both integrated over the measured time", _LIMITED, is_share=True),
    "peak_holders": Figure("most live items, by where they live", _ITEMS),
    "mean_holders": Figure("live items, integrated over the measured time", _ITEMS),
    "peak_enis": Figure(
        "most secondary ENIs that exist (of a workload: those of its items, or made for its pods; of a type: those of "
        "its nodes and instances)",
        (*_ITEMS, TYPE),
    ),
    "mean_enis": Figure("these, integrated over the measured time", (*_ITEMS, TYPE)),
    "peak_nodes": Figure("most nodes of the fleet", (ZONE, TYPE), needs="fleet"),
    "mean_nodes": Figure("nodes of the fleet, integrated over the measured time", (ZONE, TYPE), needs="fleet"),
    "peak_backlog": Figure("most items that wait at once", _ITEMS),
    "mean_backlog": Figure("items that wait, integrated over the measured time", _ITEMS),
    "recovery_time": Figure(
        "seconds from the first item that waits until none does; the longest such time, 0 where none waited", _ITEMS
    ),
    "longest_outage": Figure(
        "seconds from an item that is refused to the next one that gets what it wants; the longest such time", _ITEMS
    ),
    "wait": Figure(
        "seconds from an arrival to its address; of an item that still waits, what it has waited so far",
        _ITEMS,
        ("p50", "p95", "p99", "max"),
        is_alone=False,
    ),
    "mean_idle_addresses": Figure(
        "addresses that ENIs hold and no pod uses: in all, and those of pools (.pool), primary ones that an ENI cannot "
        "give back (.eni), and what is left of prefixes in use (.prefix)",
        _PLACES,
        _IDLE,
        needs="fleet",
    ),
    "peak_idle_addresses": Figure("most of these at once", _PLACES, _IDLE, needs="fleet"),
    "headroom": Figure("size without reserved addresses less the peak; of a quota its limit less its peak", _LIMITED),
    "growth_factor": Figure(
        "how many times as much would use all of it up: size over peak; an upper limit where it refused items. Of the "
        "whole the least of the quotas and of the addresses, and at most 1 where any item was refused",
        _LIMITED,
    ),
    "min_free_blocks": Figure("fewest whole free /28 blocks", _PLACES),
    "calls": Figure("API calls, retries and second vSwitches included", (WORKLOAD, ACCOUNT), tuple(ACTIONS)),
    "peak_calls": Figure("most API calls in a half-open sliding window of a minute", (ACCOUNT,), tuple(ACTIONS)),
    "max_starts": Figure(
        "most items that got what they wanted in a half-open sliding window", (WORKLOAD, ZONE), _WINDOWS, is_alone=False
    ),
    "cost": Figure(
        "by the user's prices, over the measured time (of a zone: without calls; of a type: its instances)",
        (ACCOUNT, ZONE, TYPE),
        needs="prices",
    ),
    "measured_seconds": Figure("the measured time: the horizon less the warm-up"),
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
        (TYPE, types_of(experiment)),
    )
    kinds: dict[str, str] = {}
    clashes: dict[str, tuple[str, str]] = {}
    for kind, names in things:
        for name in names:
            other = kinds.setdefault(name, kind)
            if other != kind:
                clashes[name] = (other, kind)
    return kinds, clashes


def types_of(experiment: Experiment) -> list[str]:
    """Instance types of the fleet, now and after events, and of the world."""
    fleet = [] if experiment.fleet is None else [experiment.fleet.instance_type]
    later = [event.instance_type for event in experiment.events if isinstance(event, InstanceTypeChange)]
    return [*dict.fromkeys([*fleet, *later, *(instance.type for instance in experiment.world.instances)])]


def problem_of(metric: str, scopes: Mapping[str, str], experiment: Experiment) -> str | None:
    """Say what is wrong with the name of a figure; None if nothing is.

    Args:
        metric: the name.
        scopes: what may stand after ``@``, with its kind.
        experiment: what it would be asked of.
    """
    name, at, scope = metric.partition("@")
    base = name if name in FIGURES else name.partition(".")[0]
    figure = FIGURES.get(base)
    if figure is None:
        return f"there is no figure {name!r}; {did_you_mean(name, FIGURES)}"
    problem = _problem_of_part(name, base, figure)
    if problem is None and at:
        problem = _problem_of_scope(base, figure, scope, scopes)
    if problem is None and figure.needs and not getattr(experiment, figure.needs):
        missing = "[fleet]" if figure.needs == "fleet" else f"{figure.needs!r} key"
        problem = f"{base!r} is told only where the experiment has a {missing}"
    return problem


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
