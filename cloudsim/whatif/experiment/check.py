"""Checking: an experiment held against itself and its world, so that nothing contradictory is ever run.

All that is wrong is told at once, by the paths of the keys.
"""

from collections.abc import Mapping

from msgspec import structs

from cloudsim.errors.own import ExperimentError, WorldError
from cloudsim.simulation.world.findings import Findings
from cloudsim.simulation.world.plan import Plan
from cloudsim.simulation.world.validate import validate
from cloudsim.whatif.experiment import figures
from cloudsim.whatif.experiment.check_events import check_events
from cloudsim.whatif.experiment.check_fleet import check_fleet
from cloudsim.whatif.experiment.check_workloads import check_workloads
from cloudsim.whatif.experiment.dials import check_dials
from cloudsim.whatif.experiment.events import VSwitchAdded
from cloudsim.whatif.experiment.prices import read_prices
from cloudsim.whatif.experiment.spec import Experiment, Target
from cloudsim.whatif.experiment.workloads import Trace
from cloudsim.whatif.experiment.worlds import told_as_experiment


def check(experiment: Experiment) -> None:
    """Check an experiment as a whole.

    Raises:
        ExperimentError: something contradicts something; every problem is told.
    """
    plan = _plan(experiment)
    with told_as_experiment():
        findings = Findings()
        _check_times(experiment, findings)
        check_dials(experiment, findings)
        _check_prices(experiment, plan, findings)
        check_workloads(experiment, plan, findings)
        check_fleet(experiment, plan, findings)
        check_events(experiment, plan, findings)
        scopes, clashes = figures.scopes_of(experiment, plan)
        for name, (one, other) in clashes.items():
            key = _key_of(name, experiment)
            findings.add(key, f"{name!r} is a {one} and a {other}, and figures could not tell them apart; rename one")
        for index, target in enumerate(experiment.targets):
            _check_target(target, f"target[{index}]", scopes, experiment, findings)
        findings.refuse()


def _plan(experiment: Experiment) -> Plan:
    """Plan the world with all vSwitches that it will ever have."""
    world = experiment.world
    with told_as_experiment("world"):
        plan = validate(world)
    added = {
        len(world.vswitches) + place: (f"event[{index}].vswitch", event.vswitch)
        for place, (index, event) in enumerate(
            (index, event) for index, event in enumerate(experiment.events) if isinstance(event, VSwitchAdded)
        )
    }
    if not added:
        return plan
    later = structs.replace(world, vswitches=(*world.vswitches, *(vswitch for _, vswitch in added.values())))
    try:
        return validate(later)
    except WorldError as error:
        paths = {f"vswitch[{place}]": path for place, (path, _) in added.items()}
        first, *others = (
            ExperimentError(problem.problem, key=_by_event(problem.key, paths)) for problem in error.problems
        )
        raise ExperimentError(first.problem, key=first.key, others=tuple(others)) from None


def _by_event(key: str, paths: Mapping[str, str]) -> str:
    """Say the path of a key in a world by the event that adds it."""
    table, dot, name = key.partition(".")
    return f"{paths.get(table, f'world.{table}')}{dot}{name}"


def _check_times(experiment: Experiment, findings: Findings) -> None:
    horizon_ns, warmup_ns = experiment.horizon_ns, experiment.warmup_ns
    if horizon_ns is None:
        if not any(isinstance(workload, Trace) for workload in experiment.workloads):
            findings.add("horizon", "it is missing; only a trace says by itself when it ends")
    elif not horizon_ns:
        findings.add("horizon", "a run is longer than 0s")
    elif warmup_ns >= horizon_ns:
        findings.add("warmup", f"{warmup_ns} is not before the horizon, {horizon_ns}: nothing would be measured")


def _check_prices(experiment: Experiment, plan: Plan, findings: Findings) -> None:
    """Read the prices, and check that every type that is used has one where types have prices."""
    if experiment.prices is None:
        return
    try:
        prices = read_prices(experiment.prices)
    except ExperimentError as error:
        for problem in error.problems:
            where = " ".join(part for part in (problem.file, problem.key) if part)
            findings.add("prices", f"{where}: {problem.problem}" if where else problem.problem)
        return
    for name in prices.instance_hour:
        if name not in plan.catalogue:
            findings.add(
                "prices",
                f'{experiment.prices} instance_hour."{name}": there is no such type; {plan.catalogue.suggest(name)}',
            )
    for name in figures.types_of(experiment) if prices.instance_hour else ():
        if name not in prices.instance_hour:
            findings.add("prices", f"{experiment.prices} instance_hour: {name} has no price; write 0 for none")


def _key_of(name: str, experiment: Experiment) -> str:
    names = [workload.name for workload in experiment.workloads]
    return f"workload[{names.index(name)}].name" if name in names else "world"


def _check_target(
    target: Target, key: str, scopes: Mapping[str, str], experiment: Experiment, findings: Findings
) -> None:
    problem = figures.problem_of(target.metric, scopes, experiment)
    if problem is not None:
        findings.add(f"{key}.metric", problem)
    bounds = {"at_most": target.at_most, "at_least": target.at_least}
    given = {name: bound for name, bound in bounds.items() if bound is not None}
    if len(given) != 1:
        said = "both are there" if given else "neither is there"
        findings.add(key, f"a target has either at_most or at_least; {said}")
    for name, bound in given.items():
        if bound != bound or bound in (float("inf"), float("-inf")):  # noqa: PLR0124  a NaN is not itself
            findings.add(f"{key}.{name}", "expected a finite number")
        elif figures.is_share(target.metric) and not 0 <= bound <= 1:
            findings.add(f"{key}.{name}", f"{target.metric} lies between 0 and 1, so {bound:g} says nothing")
