"""A scenario with a race of its own, for tests of what explores, saves and replays."""

from pathlib import Path

from cloudsim.scenario.explore import Budget, Exploration, Findings
from cloudsim.scenario.schedule import Schedule
from tests.scenario.worlds import WORLD, write

CONTROLLERS = (
    '"""Controllers that keep one warm ENI: each lists, and creates if there is none."""\n\n'
    + WORLD
    + """\
async def controller(sim):
    client = sim.client(account="acme", region="cn-hangzhou")
    page = await client.describe_network_interfaces()
    if not page.network_interface_sets:
        await client.create_network_interface(vswitch_id="vsw-a", security_group_id="sg-main")


async def drive(sim, *, callers: int = 2):
    await gather(controller(sim) for _ in range(callers))


def check(sim, expect, driven):
    expect("warm ENIs", len(sim.interfaces(account="acme", region="cn-hangzhou")), at_most=1)
"""
)
"""It fails in most orders, the one run-to-block not among those that do not."""

SAFE = CONTROLLERS.replace(
    "await gather(controller(sim) for _ in range(callers))", "for _ in range(callers): await controller(sim)"
)
"""The same one after the other: nothing is wrong in it."""

TOKENS = (
    '"""Callers with one ClientToken."""\n\n'
    + WORLD
    + """\
async def create(sim, name):
    client = sim.client(account="acme", region="cn-hangzhou", name=name)
    await attempt(client.create_network_interface, vswitch_id="vsw-a", security_group_id="sg-main", client_token="t")


async def drive(sim):
    await gather([create(sim, "ann"), create(sim, "bob"), create(sim, "cid")])


def check(sim, expect, driven):
    expect("ENIs", len(sim.interfaces(account="acme", region="cn-hangzhou")), equals=1)
"""
)
"""Sound, but with the policy of a token that is looked up first."""
BAD = {"policy.token": "look-up-then-commit"}

ENDLESS = WORLD + "async def drive(sim):\n    while True: await sim.sleep('1s')\n"


def explored(folder: Path, text: str = TOKENS, name: str = "race", **options: object) -> Findings:
    """Explore a scenario of this text."""
    path = write(folder, text, name)
    return Exploration(wanted=str(path), **options).run()  # type: ignore[arg-type]


def a_schedule(folder: Path) -> Schedule:
    """The schedule of a failure, made small."""
    findings = explored(folder, given=dict(BAD), budget=Budget(stops_at_first=True))
    return next(found.schedule for found in findings.found if found.kind.startswith("expectation"))
