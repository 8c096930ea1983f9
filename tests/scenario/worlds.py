"""Scenario files for tests, as texts."""

from pathlib import Path

from cloudsim.scenario.load import read_scenario
from cloudsim.scenario.scenario import Scenario

WORLD = """\
from cloudsim import World, attempt, gather


def world(*, quota: int = 2):
    return (
        World()
        .account("acme", eni_quota=quota)
        .region("cn-hangzhou", zones=["cn-hangzhou-h"])
        .vpc("vpc-main", cidr="10.0.0.0/8")
        .vswitch("vsw-a", cidr="10.0.0.0/24")
        .security_group("sg-main")
    )


async def creates(sim, callers):
    client = sim.client(account="acme", region="cn-hangzhou", name="pods")
    create = client.create_network_interface
    return await gather(attempt(create, vswitch_id="vsw-a", security_group_id="sg-main") for _ in range(callers))


"""
"""A world, and a helper that makes ENIs; a drive and a check go below."""

GOOD = (
    '"""Pods ask for more than there is."""\n\n'
    + WORLD
    + """\
SHOWS = ("MaxEniCountExceeded",)


async def drive(sim, *, callers: int = 3):
    return [outcome.code for outcome in await creates(sim, callers)]


def check(sim, expect, codes, *, callers: int = 3, quota: int = 2):
    expect("ENIs made", codes.count("ok"), equals=min(callers, quota))
"""
)
"""A scenario that is as it should be; ``check`` fails nowhere."""


def write(folder: Path, text: str, name: str = "pods") -> Path:
    path = folder / f"{name}.py"
    path.write_text(text, encoding="utf-8")
    return path


def scenario(folder: Path, text: str, name: str = "pods") -> Scenario:
    return read_scenario(write(folder, text, name))
