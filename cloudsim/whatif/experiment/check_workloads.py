"""Checking workloads: their vSwitches, groups, zones, files and laws."""

import re
from fractions import Fraction
from pathlib import Path
from typing import Final

from cloudsim.errors.own import did_you_mean
from cloudsim.simulation.world.findings import Findings
from cloudsim.simulation.world.plan import Plan
from cloudsim.whatif.experiment.lifetimes import (
    Constant,
    Empirical,
    Exponential,
    Hyperexponential,
    Lifetime,
    Lognormal,
    Weibull,
)
from cloudsim.whatif.experiment.spec import Experiment
from cloudsim.whatif.experiment.workloads import AnyWorkload, Burst, Closed, Diurnal, Retry, Synthetic, Trace, Workload

ROUND_ROBIN: Final = "round-robin"
_ROW_ZONE: Final = re.compile(r"row\s*%\s*(\d+)", re.ASCII)
_PERIOD_MIN_NS: Final = 1_000
_CLOSE: Final = Fraction(1, 10**9)


def check_workloads(experiment: Experiment, plan: Plan, findings: Findings) -> None:
    """Note what is wrong with workloads.

    Args:
        experiment: the experiment.
        plan: of its world, with the vSwitches that events add.
        findings: where problems go.
    """
    if not experiment.workloads:
        findings.add("workload", "there is none; an experiment has at least one [[workload]]")
    names: dict[str, Workload | None] = {}
    own = {vswitch.id: vswitch.id for vswitch in experiment.world.vswitches}
    for index, workload in enumerate(experiment.workloads):
        key = f"workload[{index}]"
        findings.register(names, workload.name, workload, key=f"{key}.name")
        homes = [
            vswitch
            for place, vswitch in enumerate(workload.vswitches)
            if findings.look_up(own, vswitch, key=_place(key, "vswitch", place, workload), what="vSwitch") is not None
        ]
        for place, vswitch in enumerate(workload.vswitches):
            if vswitch in workload.vswitches[:place]:
                findings.add(f"{key}.vswitch[{place}]", f"{vswitch!r} is there already")
        if not workload.vswitches:
            findings.add(f"{key}.vswitch", "the world has no vSwitch")
        _check_network(workload, homes, plan, key, findings)
        _check_zone(workload, homes, plan, key, findings)
        _check_holding(workload, experiment, key, findings)
        _check_arrivals(workload, key, findings)


def _place(key: str, name: str, place: int, workload: AnyWorkload) -> str:
    return f"{key}.{name}[{place}]" if len(workload.vswitches) > 1 else f"{key}.{name}"


def _check_network(workload: AnyWorkload, homes: list[str], plan: Plan, key: str, findings: Findings) -> None:
    """Check that all vSwitches are of one VPC, and that it has the security group."""
    vpcs = {plan.vswitches[home].vpc.spec.id: plan.vswitches[home].vpc for home in homes}
    if len(vpcs) > 1:
        findings.add(f"{key}.vswitch", f"they lie in the VPCs {', '.join(vpcs)}; an item's group is of one VPC")
    for vpc in [*vpcs.values()][:1]:
        groups = {group.spec.id: group for group in vpc.groups}
        if workload.security_group is not None:
            findings.look_up(
                groups,
                workload.security_group,
                key=f"{key}.security_group",
                what=f"security group of VPC {vpc.spec.id!r}",
            )
        elif not groups:
            findings.add(f"{key}.security_group", f"VPC {vpc.spec.id!r} has no security group; an ENI needs one")


def _check_zone(workload: AnyWorkload, homes: list[str], plan: Plan, key: str, findings: Findings) -> None:
    zones = list(dict.fromkeys(plan.vswitches[home].zone for home in homes))
    if workload.zone is None:
        return
    row = _ROW_ZONE.fullmatch(workload.zone.strip())
    if row is not None:
        if not 1 <= int(row[1]) <= len(zones):
            findings.add(
                f"{key}.zone", f"its vSwitches lie in {len(zones)} zones ({', '.join(zones)}), not in {row[1]}"
            )
    elif workload.zone != ROUND_ROBIN and not isinstance(workload, Trace):
        problem = (
            f'it is "row % {max(len(zones), 1)}" or "{ROUND_ROBIN}", not {workload.zone!r}: only a trace has columns'
        )
        findings.add(f"{key}.zone", problem)
    if isinstance(workload, Trace):
        for said, zone in workload.zones.items():
            if zone not in zones:
                findings.add(f"{key}.zones.{said}", f"no vSwitch of it lies in {zone!r}; {did_you_mean(zone, zones)}")


def _check_holding(workload: AnyWorkload, experiment: Experiment, key: str, findings: Findings) -> None:
    if workload.holds == "ip":
        if experiment.fleet is None:
            findings.add(f"{key}.holds", 'holds = "ip" needs a [fleet]: an address lies on an ENI of a node')
        if workload.secondary:
            findings.add(
                f"{key}.secondary", 'it counts addresses of an ENI of its own; with holds = "ip" an item has one'
            )
    if isinstance(workload.retry, Retry) and workload.retry.attempts > 1 and not workload.retry.backoff_ns:
        findings.add(f"{key}.retry.backoff", "a second call comes later than the first; expected more than 0s")
    if workload.retry == "until-placed" and not workload.retry_every_ns:
        findings.add(f"{key}.retry_every", "expected more than 0s, or a pending item would never let time pass")


def _check_arrivals(workload: AnyWorkload, key: str, findings: Findings) -> None:
    if isinstance(workload, Trace):
        _check_trace(workload, key, findings)
    if isinstance(workload, Synthetic):
        check_law(workload.lifetime, f"{key}.lifetime", findings)
    if isinstance(workload, Closed):
        check_law(workload.idle, f"{key}.idle", findings)
    if isinstance(workload, Burst) and not workload.every_ns:
        findings.add(f"{key}.every", "expected more than 0s")
    if isinstance(workload, Diurnal) and workload.period_ns < _PERIOD_MIN_NS:
        findings.add(f"{key}.period", "expected at least 1us")


def _check_trace(trace: Trace, key: str, findings: Findings) -> None:
    if not is_there(trace.file):
        findings.add(f"{key}.file", f"there is no file {trace.file}")
    if trace.format is None and Path(trace.file).suffix.lower() not in (".csv", ".jsonl", ".ndjson", ".parquet"):
        findings.add(
            f"{key}.format", f"it is missing, and {Path(trace.file).name} does not end in .csv, .jsonl or .parquet"
        )
    if trace.end is not None and trace.duration is not None:
        findings.add(f"{key}.duration", "there is an end already; a row has either an end or a duration")
    for index, surge in enumerate(trace.surges):
        if surge.end_ns <= surge.begin_ns:
            findings.add(f"{key}.surges[{index}].end", f"{surge.end_ns} is not after the begin, {surge.begin_ns}")


def check_law(law: Lifetime, key: str, findings: Findings) -> None:
    """Note what is wrong with a law of times."""
    if isinstance(law, Exponential | Constant | Lognormal | Weibull) and not law.mean_ns:
        findings.add(f"{key}.mean", "expected more than 0s")
    if isinstance(law, Empirical) and not is_there(law.file):
        findings.add(f"{key}.file", f"there is no file {law.file}")
    if isinstance(law, Hyperexponential):
        if len(law.p) != len(law.means_ns):
            findings.add(f"{key}.means", f"there are {len(law.means_ns)}, and {len(law.p)} p: one mean for each")
        total = sum((Fraction(str(p)) for p in law.p), Fraction(0))
        if abs(total - 1) > _CLOSE:
            findings.add(f"{key}.p", f"together they are {float(total):g}, not 1")
        for index, mean_ns in enumerate(law.means_ns):
            if not mean_ns:
                findings.add(f"{key}.means[{index}]", "expected more than 0s")


def is_there(path: str) -> bool:
    """Whether a text is the path of a file that exists."""
    try:
        return Path(path).is_file()
    except OSError:  # such as a name that is too long
        return False
