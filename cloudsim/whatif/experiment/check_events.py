"""Checking events: that what they are about exists, and that they come within the run."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from cloudsim.errors.own import did_you_mean
from cloudsim.simulation.world.findings import Findings
from cloudsim.simulation.world.plan import Plan
from cloudsim.whatif.experiment.check_fleet import check_instance_type, check_mode
from cloudsim.whatif.experiment.check_workloads import check_law
from cloudsim.whatif.experiment.events import (
    DeploymentSurge,
    GrowthCurve,
    InstanceTypeChange,
    QuotaChange,
    VSwitchAdded,
    ZoneOutage,
    ZoneReturn,
)
from cloudsim.whatif.experiment.spec import Experiment
from cloudsim.whatif.experiment.workloads import AnyWorkload, Closed, Diurnal, Growth, Poisson, Steady, Trace

_OF_ACCOUNT: Final = ("eni", "vcpus", "vpcs", "security-groups")
_OF_VPC: Final = ("vswitches", "private-addresses")
_Check = Callable[[Any, str, Experiment, Plan, Findings], None]


def check_events(experiment: Experiment, plan: Plan, findings: Findings) -> None:
    """Note what is wrong with events.

    Args:
        experiment: the experiment.
        plan: of its world, with the vSwitches that events add.
        findings: where problems go.
    """
    names: dict[str, str | None] = {}
    for index, event in enumerate(experiment.events):
        key = f"event[{index}]"
        if event.name is not None:
            findings.register(names, event.name, event.name, key=f"{key}.name")
        if experiment.horizon_ns is not None and event.at_ns > experiment.horizon_ns:
            findings.add(f"{key}.at", f"{event.at_ns} is after the horizon, {experiment.horizon_ns}")
        _CHECKS[type(event)](event, key, experiment, plan, findings)
    _check_one_curve_each(experiment, findings)


def _check_one_curve_each(experiment: Experiment, findings: Findings) -> None:
    """Check that no workload has several growth curves: whether they add up or multiply would be a guess."""
    first: dict[str, int] = {}
    for index, event in enumerate(experiment.events):
        if isinstance(event, GrowthCurve) and first.setdefault(event.workload, index) != index:
            findings.add(
                f"event[{index}].workload",
                f"{event.workload!r} has a growth curve already, event[{first[event.workload]}]; write both as the "
                "points of one",
            )


def _zone(event: ZoneOutage | ZoneReturn, key: str, _: Experiment, plan: Plan, findings: Findings) -> None:
    zones = {zone: zone for region in plan.regions.values() for zone in region.zones}
    findings.look_up(zones, event.zone, key=f"{key}.zone", what="zone")
    if isinstance(event, ZoneOutage) and event.lasting_ns == 0:
        findings.add(f"{key}.lasting", "expected more than 0s")


def _quota(event: QuotaChange, key: str, _: Experiment, plan: Plan, findings: Findings) -> None:
    wanted: dict[str, tuple[Mapping[str, Any], str | None, str]]
    if event.quota in _OF_ACCOUNT:
        wanted = {
            "account": (plan.accounts, event.account, "account"),
            "region": (plan.regions, event.region, "region"),
        }
    elif event.quota in _OF_VPC:
        wanted = {"vpc": (plan.vpcs, event.vpc, "VPC")}
    else:
        wanted = {"security_group": (plan.groups, event.security_group, "security group")}
    for name, (table, said, what) in wanted.items():
        findings.look_up(table, said, key=f"{key}.{name}", what=what)
    for name in ("account", "region", "vpc", "security_group"):
        if name not in wanted and getattr(event, name) is not None:
            findings.add(f"{key}.{name}", f"the quota {event.quota!r} is of {' and '.join(wanted)}, not of it")


def _added(event: VSwitchAdded, key: str, experiment: Experiment, plan: Plan, findings: Findings) -> None:
    for place, name in enumerate(event.workloads or ()):
        _workload(name, f"{key}.workloads[{place}]", experiment, findings)
    home = plan.vswitches[event.vswitch.id].vpc
    for workload in experiment.workloads:
        if event.workloads is None or workload.name in event.workloads:
            others = [plan.vswitches[one].vpc for one in workload.vswitches if one in plan.vswitches]
            if others and others[0] is not home:
                problem = f"it lies in VPC {home.spec.id!r}, workload {workload.name!r} in {others[0].spec.id!r}"
                findings.add(f"{key}.vswitch.vpc", problem)


def _type(event: InstanceTypeChange, key: str, experiment: Experiment, plan: Plan, findings: Findings) -> None:
    if experiment.fleet is None:
        findings.add(f"{key}.instance_type", "there is no [fleet] whose nodes could be of it")
        return
    kind = check_instance_type(event.instance_type, f"{key}.instance_type", plan, findings)
    if kind is not None:
        check_mode(experiment.fleet, kind, f"{key}.instance_type", plan, findings)


def _surge(event: DeploymentSurge, key: str, experiment: Experiment, _: Plan, findings: Findings) -> None:
    workload = _workload(event.workload, f"{key}.workload", experiment, findings)
    if event.lifetime is not None:
        check_law(event.lifetime, f"{key}.lifetime", findings)
    elif isinstance(workload, Trace):
        findings.add(f"{key}.lifetime", "it is missing; the workload is a trace, which has no lifetimes to draw from")
    if isinstance(workload, Closed):
        findings.add(f"{key}.workload", "the population of a closed workload is fixed")


def _curve(event: GrowthCurve, key: str, experiment: Experiment, _: Plan, findings: Findings) -> None:
    workload = _workload(event.workload, f"{key}.workload", experiment, findings)
    if workload is not None and not isinstance(workload, Poisson | Steady | Diurnal | Growth):
        findings.add(f"{key}.workload", f"{workload.name!r} has no rate that could grow")
    if bool(event.points) == (event.per_day is not None):
        findings.add(key, "a growth curve has either points or per_day")
    for place, (one, other) in enumerate(zip(event.points, event.points[1:], strict=False), start=1):
        if other.after_ns <= one.after_ns:
            findings.add(f"{key}.points[{place}].after", f"{other.after_ns} is not after the point before it")


def _workload(name: str, key: str, experiment: Experiment, findings: Findings) -> AnyWorkload | None:
    known = {workload.name: workload for workload in experiment.workloads}
    if name not in known:
        findings.add(key, f"there is no workload {name!r}; {did_you_mean(name, known)}")
    return known.get(name)


_CHECKS: Final[dict[type, _Check]] = {
    ZoneOutage: _zone,
    ZoneReturn: _zone,
    QuotaChange: _quota,
    VSwitchAdded: _added,
    InstanceTypeChange: _type,
    DeploymentSurge: _surge,
    GrowthCurve: _curve,
}
