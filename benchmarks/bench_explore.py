"""What exploration takes: schedules for each second against detangle and simloom, and runs to find and to shrink.

The toy of the first part is the same everywhere: three tasks that check a quota and count three times over, among six
that do nothing in eight steps each, every step one choice of the random strategy. cloudsim runs it as actors of the
kernel, its fast lane; the peers as asyncio tasks that sleep for no time. They do not write down the same: cloudsim the
key, footprint, base, rivals, cause and instant of every step (or nothing, as a plain strategy), detangle its decisions,
simloom its tape, event log and coverage.

The second part is about real operations under known-bad policies: how many schedules until the bug shows, how many
deviations from run-to-block are left after shrinking and in how many runs, and how many of the saved schedules still
fail by their order after the scenario was edited: callers dropped or added who have nothing to do with it, a call added
before each create.

Both peers are optional; simloom needs Python 3.12. Goals: issue "Find the race", taken from the determinism study.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from importlib.util import find_spec
from statistics import median
from typing import Any

from benchmarks.harness import Goal, Variant, main, measure
from cloudsim import Expectations, Session, World, attempt, gather
from cloudsim.exploration.order import Guided, order_of
from cloudsim.exploration.ready import Ready, Recorded
from cloudsim.exploration.search import Plan, Search
from cloudsim.exploration.shrinking import Failing, Shrinking
from cloudsim.kernel.strategy import RandomOrder
from cloudsim.resources.interface import NetworkInterface
from cloudsim.runtime.client import Client
from cloudsim.scenario.exploring import ScenarioProgram
from cloudsim.scenario.scenario import Scenario
from cloudsim.scenario.settings import Value
from tests.exploration.toys import NOISE_STEPS, toy

BATCH = 20
"""Schedules in a round."""
DETANGLE_GOAL = 1.5
SIMLOOM_GOAL = 10.0


def ours(record: Callable[[RandomOrder], Any]) -> Variant:
    """Run the toy in the next orders of the random strategy."""
    program = toy(3)
    number = 0

    def variant() -> int:
        nonlocal number
        for _ in range(BATCH):
            number += 1
            program.run(record(RandomOrder(number)))
        return BATCH

    return variant


async def asyncio_toy() -> None:
    """The same toy for asyncio; that the quota is overshot is no failure here, so that nobody stops to shrink."""
    used = 0

    async def user() -> None:
        nonlocal used
        for _ in range(2):
            await asyncio.sleep(0)
        await asyncio.sleep(0)
        has_room = used < 1
        await asyncio.sleep(0)
        if has_room:
            used += 1

    async def noise() -> None:
        for _ in range(NOISE_STEPS):
            await asyncio.sleep(0)

    await asyncio.gather(*(user() for _ in range(3)), *(noise() for _ in range(6)))


def detangles() -> Variant:
    """Explore the toy by detangle's random walk."""
    import detangle

    number = 0

    def variant() -> int:
        nonlocal number
        number += 1
        detangle.explore(asyncio_toy, runs=BATCH, strategy="random", seed=number, database=False)
        return BATCH

    return variant


def simlooms() -> Variant:
    """Explore the toy by simloom's random walk."""
    import simloom

    number = 0

    def variant() -> int:
        nonlocal number
        simloom.explore(asyncio_toy, runs=BATCH, start_seed=number * BATCH)
        number += 1
        return BATCH

    return variant


def bench_explore_schedules(rounds: int) -> list[Goal]:
    """Schedules of the toy, against the peers that are installed."""
    variants = {"recorded": ours(Recorded), "plain": ours(lambda strategy: strategy)}
    peers = {"detangle": (detangles, DETANGLE_GOAL), "simloom": (simlooms, SIMLOOM_GOAL)}
    for name, (make, _) in peers.items():
        if find_spec(name) is None:
            print(f"{name} is not installed, and left out", file=sys.stderr)
        else:
            variants[name] = make()
    timings = measure(variants, rounds=rounds)
    return [
        Goal(
            what=f"a schedule of {name} / of cloudsim, {lane}",
            ratio=timings[name].ratio(timings[lane]), bound=bound, is_floor=True, ns=timings[lane].ns,
        )
        for name, (_, bound) in peers.items()
        if name in timings
        for lane in ("recorded", "plain")
    ]  # fmt: skip


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
    print(f"\n{'race':28}  {'to find: ' + ' / '.join(STRATEGIES):48}  deviations  after  runs  survive")
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


def bench_explore_smoke() -> dict[str, int]:
    """Find each bug once, and say in how many runs."""
    return {
        name: first_failing(ScenarioProgram(scenario, 0, bad), "systematic", 0)[0]
        for name, (scenario, bad) in RACES.items()
    }


if __name__ == "__main__":
    main([bench_explore_schedules], rounds=9)
    if "--json" not in sys.argv[1:]:
        print_races(10)
