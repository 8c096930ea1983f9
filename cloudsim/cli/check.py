"""``cloudsim check``: say whether a scenario, a world or an experiment is sound, and what is in it."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import RenderableType
from rich.table import Table

from cloudsim.cli.check_experiment import check_experiment, is_experiment
from cloudsim.cli.experiments import bundled_experiments
from cloudsim.cli.paper import Paper, table
from cloudsim.errors.own import SettingError
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.interface import EniType
from cloudsim.resources.journal import Journal
from cloudsim.scenario.load import bundled, load_scenario
from cloudsim.scenario.load_world import load_world
from cloudsim.scenario.runner import prepare
from cloudsim.scenario.settings import parse
from cloudsim.simulation.world.build import build
from cloudsim.simulation.world.spec import WorldSpec
from cloudsim.values.entropy import Entropy


def check_command(file: str, assignments: Sequence[str], *, no_color: bool) -> None:
    """Check a file, and print what is in its world.

    Args:
        file: a world or an experiment (.toml), or a scenario by path or name.
        assignments: settings of the scenario, ``key=value``.
        no_color: no colours.

    Raises:
        CloudsimError: it is not sound; the text has a line for each problem.
    """
    named = bundled_experiments().get(file, Path(file)) if file not in bundled() else Path(file)
    if is_experiment(named):
        if parse(list(assignments)):
            raise SettingError(f"{file} is an experiment and has no settings; vary it with [axes]")
        check_experiment(named, no_color=no_color)
        return
    head, spec = _read(file, assignments)
    cloud = build(spec, Entropy(0), Journal())
    parts: list[RenderableType] = [head, _counts(cloud)]
    if cloud.vswitches:
        parts.append(_vswitches(cloud))
    if cloud.accounts:
        parts.append(_quotas(cloud))
    Paper(no_color=no_color).show(*parts)


def _read(file: str, assignments: Sequence[str]) -> tuple[str, WorldSpec]:
    given = parse(list(assignments))
    if Path(file).suffix == ".toml":
        if given:
            raise SettingError(f"{file} is a world and has no settings; leave --set out")
        return f"{file}: a sound world", load_world(Path(file))
    run = prepare(load_scenario(file), given=given)
    settings = "".join(f"  {name}={value}" for name, value in run.settings.items())
    recovery = ", with a recovery" if run.scenario.recover is not None else ""
    return f"{file}: a sound scenario{recovery}{settings}", run.world


def _counts(cloud: Cloud) -> Table:
    enis = [eni for vswitch in cloud.vswitches.values() for eni in vswitch.interfaces.values()]
    primary = sum(eni.type is EniType.PRIMARY for eni in enis)
    made = table("in the world", "count", numbers=("count",))
    for name, count in (
        ("accounts", len(cloud.accounts)),
        ("regions", len(cloud.regions)),
        ("VPCs", len(cloud.vpcs)),
        ("vSwitches", len(cloud.vswitches)),
        ("security groups", len(cloud.security_groups)),
        ("resource groups", len(cloud.resource_groups)),
        ("instances", len(cloud.instances)),
        ("primary ENIs", primary),
        ("other ENIs", len(enis) - primary),
    ):
        made.add_row(name, str(count))
    return made


def _vswitches(cloud: Cloud) -> Table:
    made = table("vSwitch", "block", "zone", "ENIs", "free addresses", numbers=("ENIs", "free addresses"))
    for vswitch in cloud.vswitches.values():
        block, free = vswitch.pool.space.cidr, vswitch.available_count()
        made.add_row(vswitch.id, block, vswitch.zone, str(len(vswitch.interfaces)), str(free))
    return made


def _quotas(cloud: Cloud) -> Table:
    made = table("account", "region", "ENI quota", "used", "free", numbers=("ENI quota", "used", "free"))
    for account in cloud.accounts:
        for region in cloud.regions:
            quota = cloud.estate(account, region).quota
            made.add_row(account, region, str(quota.limit), str(quota.used), str(quota.free))
    return made
