"""Small experiments for tests: one vSwitch or two, ENIs by a trace or a rule."""

from collections.abc import Sequence
from pathlib import Path

from cloudsim.whatif.experiment.load import read_experiment
from cloudsim.whatif.experiment.spec import Experiment

WORLD = """
[world]
format = 1
[[world.account]]
id = "acme"
eni_quota = {quota}
[[world.region]]
id = "cn-hangzhou"
zones = ["cn-hangzhou-h", "cn-hangzhou-i"]
[[world.vpc]]
id = "vpc-a"
cidr = "10.0.0.0/8"
{vswitches}
[[world.security_group]]
id = "sg-a"
"""
VSWITCH = """
[[world.vswitch]]
id = "vsw-{name}"
cidr = "10.0.{number}.0/{mask}"
zone = "cn-hangzhou-{zone}"
"""


def experiment(
    folder: Path, workload: str, *, masks: Sequence[int] = (28,), quota: int = 1000, top: str = 'horizon = "1h"'
) -> Experiment:
    """Write an experiment and read it.

    Args:
        folder: where the file goes.
        workload: the ``[[workload]]`` tables, and what else is to be in the file.
        masks: of the vSwitches vsw-a, vsw-b, ...
        quota: ENIs of the account.
        top: keys of the top level.
    """
    vswitches = "".join(
        VSWITCH.format(name="abc"[number], number=number, mask=mask, zone="hi"[number % 2])
        for number, mask in enumerate(masks)
    )
    world = WORLD.format(quota=quota, vswitches=vswitches)
    path = folder / "experiment.toml"
    path.write_text(f'format = 1\nname = "small"\nseed = 1\n{top}\n{world}\n{workload}\n', encoding="utf-8")
    return read_experiment(path)
