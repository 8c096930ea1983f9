"""What it takes to find, to shrink and to keep a bug: real operations under known-bad policies.

How many schedules until the bug shows, how many deviations from run-to-block are left after shrinking and in how many
runs, and how many of the saved schedules still fail by their order after the scenario was edited: callers dropped or
added who have nothing to do with it, a call added before each create.

It counts runs and measures no time, so it is no part of ``cloudsim bench engine``. From the root of the repository:
``python -m benchmarks.bench_races``.
"""

from collections.abc import Awaitable, Callable
from statistics import median
from typing import Any

from cloudsim import Expectations, Session, World, attempt, gather
from cloudsim.exploration.order import Guided, order_of
from cloudsim.exploration.ready import Ready
from cloudsim.exploration.search import Plan, Search
from cloudsim.exploration.shrinking import Failing, Shrinking
from cloudsim.resources.interface import NetworkInterface
from cloudsim.runtime.client import Client
from cloudsim.scenario.exploring import ScenarioProgram
from cloudsim.scenario.scenario import Scenario
from cloudsim.scenario.settings import Value


def world() -> World:
    """A world with two ENIs, an instance, and a quota of two more."""
    made = (
        World()
        .account("acme", eni_quota=4)
        .region("cn-hangzhou", zones=["cn-hangzhou-h"])
        .vpc("vpc-a", cidr="10.0.0.0/8")
        .vswitch("vsw-a", cidr="10.0.0.0/24")
        .security_group("sg-a")
        .instance("i-a", type="ecs.g7.xlarge", vswitch="vsw-a")
    )
    for name in ENIS:
        made = made.eni(name, vswitch="vsw-a", security_groups=["sg-a"])
    return made


ENIS = ("eni-0", "eni-1")
PLACE: dict[str, Any] = {"vswitch_id": "vsw-a", "security_group_id": "sg-a"}
Act = Callable[[Client, int], Awaitable[object]]
"""What one caller does; he has a number."""


def race(act: Act, holds: Callable[[Session, list[Any]], bool], *, callers: int = 2) -> Scenario:
    """Let callers act at the same time, among others who read, and look whether something holds at the end."""

    async def drive(sim: Session, *, noise: int = 2, extra: int = 0) -> list[Any]:
        async def one(number: int) -> object:
            client = sim.client(account="acme", region="cn-hangzhou", name=f"actor-{number}")
            for _ in range(extra):
                await client.describe_vswitches()
            return await act(client, number)

        async def read(number: int) -> None:
            client = sim.client(account="acme", region="cn-hangzhou", name=f"reader-{number}")
            for _ in range(2):
                await client.describe_vpcs()

        return await gather([*(one(number) for number in range(callers)), *(read(number) for number in range(noise))])

    def check(sim: Session, expect: Expectations, driven: list[Any]) -> None:
        expect("it holds", holds(sim, driven), equals=True)

    return Scenario(name="race", world=world, drive=drive, check=check)


def enis(sim: Session) -> list[NetworkInterface]:
    """The ENIs that exist."""
    return sim.interfaces(account="acme", region="cn-hangzhou")


def one_owner_each(sim: Session, _driven: list[Any]) -> bool:
    """Whether no address has two owners."""
    addresses = [address for eni in enis(sim) for address in eni.private_ip_addresses]
    return len(addresses) == len(set(addresses))


def creates(**parameters: Any) -> Act:  # noqa: ANN401  those of the action
    """Make an ENI."""
    return lambda client, _: attempt(client.create_network_interface, **PLACE, **parameters)


async def assigns(client: Client, number: int) -> object:
    """Put the same address on an ENI of one's own."""
    own: dict[str, Any] = {"network_interface_id": ENIS[number], "private_ip_addresses": ["10.0.0.9"]}
    return await attempt(client.assign_private_ip_addresses, **own)


async def attaches_or_collects(client: Client, number: int) -> str:
    """Make and attach an ENI; the other one deletes what is attached to nothing."""
    if number == 0:
        made = await client.create_network_interface(**PLACE)
        ids: dict[str, Any] = {"network_interface_id": made.network_interface_id, "instance_id": "i-a"}
        return (await attempt(client.attach_network_interface, **ids)).code
    idle = await client.describe_network_interfaces(status="Available")
    for eni in idle.network_interface_sets:
        if eni.network_interface_id not in ENIS:
            await attempt(client.delete_network_interface, network_interface_id=eni.network_interface_id)
    return "ok"


RACES: dict[str, tuple[Scenario, dict[str, Value]]] = {
    "create: one token twice": (
        race(creates(client_token="t"), lambda sim, _: len(enis(sim)) <= 1 + 3),
        {"policy.token": "look-up-then-commit"},
    ),
    "create: the quota overshot": (
        race(creates(), lambda sim, _: len(enis(sim)) <= 2 + 3, callers=3),
        {"policy.quota": "check-then-count"},
    ),
    "create: one address twice": (
        race(creates(primary_ip_address="10.0.0.9"), one_owner_each),
        {"policy.address": "check-then-act"},
    ),
    "assign: one address twice": (race(assigns, one_owner_each), {"policy.address": "check-then-act"}),
    "attach: deleted before": (race(attaches_or_collects, lambda _, codes: codes[0] == "ok"), {}),
}
"""By name: the race, and the policy that lets it go wrong; the last one goes wrong by what its callers do."""


def first_failing(program: ScenarioProgram, strategy: str, seed: int) -> tuple[int, Failing]:
    """Search until something is wrong, and say how many runs that took."""
    for tried, found in enumerate(Search(program, Plan(strategy=strategy, seed=seed)).attempts(), start=1):
        if found.run is not None and found.run.wrong:
            return tried, Failing(program, found.run, found.log)
    raise AssertionError("a known-bad policy shows in some order")


def print_races(trials: int) -> None:
    """Print what it takes to find, shrink and keep the bugs of the known-bad policies."""
    print(f"{'race':28}  {'to find: ' + ' / '.join(STRATEGIES):48}  deviations  after  runs  survive")
    for name, (scenario, bad) in RACES.items():
        program = ScenarioProgram(scenario, 0, bad)
        found = {how: [first_failing(program, how, seed) for seed in range(trials)] for how in STRATEGIES}
        shrunk = [(failing, Shrinking(failing)) for _, failing in found["random"]]
        small = [(failing, one.shrink(), one.runs) for failing, one in shrunk]
        edited = [ScenarioProgram(scenario, 0, {**bad, **edit}) for edit in EDITS]
        survived = [
            bool(program.run(Ready(Guided(order_of(end.log)))).wrong) for _, end, _ in small for program in edited
        ]
        to_find = " / ".join(f"{median(tried for tried, _ in found[how]):g}" for how in STRATEGIES)
        before = median(failing.deviations for failing, _, _ in small)
        after = median(end.deviations for _, end, _ in small)
        print(
            f"{name:28}  {to_find:48}  {before:10g}  {after:5g}  {median(runs for _, _, runs in small):4g}  "
            f"{sum(survived)} of {len(survived)}"
        )


STRATEGIES = ("systematic", "portfolio", "random", "pct:2", "pos", "surw")
EDITS: tuple[dict[str, int], ...] = ({"noise": 0}, {"noise": 5}, {"extra": 1}, {"noise": 0, "extra": 1})


def bench_races_smoke() -> dict[str, int]:
    """Find each bug once, and say in how many runs."""
    return {
        name: first_failing(ScenarioProgram(scenario, 0, bad), "systematic", 0)[0]
        for name, (scenario, bad) in RACES.items()
    }


if __name__ == "__main__":
    print_races(10)
