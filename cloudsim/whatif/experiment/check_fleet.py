"""Checking the fleet: whether its instance type can do what the mode wants, and whether nodes have a place."""

import re
from typing import Final

from cloudsim.api.requests import ACTIONS
from cloudsim.errors.own import WorldError, did_you_mean
from cloudsim.resources.catalogue import InstanceType
from cloudsim.simulation.world.findings import Findings
from cloudsim.simulation.world.plan import Plan
from cloudsim.whatif.experiment.fleets import Autoscaler, Fleet
from cloudsim.whatif.experiment.spec import Experiment

_AGENT: Final = re.compile(r"[A-Za-z_][\w.]*:[A-Za-z_]\w*")


def check_fleet(experiment: Experiment, plan: Plan, findings: Findings) -> None:
    """Note what is wrong with the fleet."""
    fleet = experiment.fleet
    if fleet is None:
        return
    kind = check_instance_type(fleet.instance_type, "fleet.instance_type", plan, findings)
    if kind is not None:
        check_mode(fleet, kind, "fleet.instance_type", plan, findings)
    if fleet.pool.min > fleet.pool.max:
        findings.add("fleet.pool.min", f"{fleet.pool.min} is above pool.max, {fleet.pool.max}")
    if not fleet.pool.idle_reclaim_every_ns:
        findings.add("fleet.pool.idle_reclaim_every", "expected more than 0s")
    nodes = fleet.nodes
    if isinstance(nodes, Autoscaler) and nodes.max is not None and nodes.min > nodes.max:
        findings.add("fleet.nodes.min", f"{nodes.min} is above nodes.max, {nodes.max}")
    if fleet.agent is not None and not _AGENT.fullmatch(fleet.agent):
        findings.add("fleet.agent", f'expected "module:Class", not {fleet.agent!r}')
    for action, limit in fleet.limits_per_minute.items():
        if action != "*" and action not in ACTIONS:
            findings.add(f"fleet.rate_limits.{action}", f"there is no such action; {did_you_mean(action, ACTIONS)}")
        if limit < 1:
            findings.add(f"fleet.rate_limits.{action}", "expected at least 1, or the call would never be made")
    _check_node_vswitch(experiment, fleet, plan, findings)


def check_instance_type(name: str, key: str, plan: Plan, findings: Findings) -> InstanceType | None:
    """Look an instance type up; what is wrong is noted."""
    try:
        return plan.catalogue.get(name)
    except WorldError as error:
        findings.add(key, error.problem)
        return None


def check_mode(fleet: Fleet, kind: InstanceType, key: str, plan: Plan, findings: Findings) -> None:
    """Check that a node of a type can take a pod in the fleet's mode."""
    enis, total, ipv4 = kind.eni_quantity, kind.eni_total_quantity, kind.ipv4_per_eni
    if enis is None or ipv4 is None:
        findings.add(
            key, f"of {kind.name} no ENI numbers are known; an [[instance_type]] table of the world gives them"
        )
    elif fleet.mode == "trunk":
        if not plan.profile.newer_parameters:
            findings.add("fleet.mode", f'the {plan.profile.name} profile knows no trunk ENIs; set profile = "current"')
        if not kind.eni_trunk_supported or total is None or total <= enis:
            findings.add(key, f'{kind.name} takes no member ENIs, so mode = "trunk" has no room for a pod')
    elif enis < 2:
        findings.add(key, f"{kind.name} takes no ENI beside its primary one, so it has no room for a pod")
    if fleet.mode == "prefix":
        if not plan.profile.newer_parameters:
            findings.add("fleet.mode", f'the {plan.profile.name} profile knows no prefixes; set profile = "current"')
        if ipv4 is not None and ipv4 < 2:
            findings.add(key, f"an ENI of {kind.name} has one address only, and so no room for a prefix")


def _check_node_vswitch(experiment: Experiment, fleet: Fleet, plan: Plan, findings: Findings) -> None:
    said = fleet.node_vswitch
    if said is None:
        return
    own = {vswitch.id: plan.vswitches[vswitch.id] for vswitch in experiment.world.vswitches}
    if isinstance(said, str):
        findings.look_up(own, said, key="fleet.node_vswitch", what="vSwitch")
        return
    for zone, name in said.items():
        key = f"fleet.node_vswitch.{zone}"
        vswitch = findings.look_up(own, name, key=key, what="vSwitch")
        if vswitch is not None and vswitch.zone != zone:
            findings.add(key, f"{name!r} lies in {vswitch.zone!r}, not in {zone!r}")
