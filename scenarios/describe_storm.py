"""Pollers ask DescribeNetworkInterfaces faster than the account may, and all of them are throttled, the urgent too.

Calls are counted for the account, the region and the API together, in fixed minutes: when a minute's calls are used up,
nobody gets through before the next one. ``--set every=10s`` asks less often, and nobody is throttled.

Source: terway pull requests 319, 564 and 662; "API throttling" of ECS.
"""

import trio

from cloudsim import Client, Expectations, Session, World, attempt
from cloudsim.values.duration import parse_duration

SHOWS = ("Throttling",)
THROTTLING = "minute"
LIMIT = 800
"""Calls of this API in a minute, by the limits that the throttling has unless told otherwise."""


def world() -> World:
    return (
        World()
        .account("acme")
        .region("cn-hangzhou", zones=["cn-hangzhou-h"])
        .vpc("vpc-main", cidr="10.0.0.0/8")
        .vswitch("vsw-a", cidr="10.0.0.0/24")
        .security_group("sg-main")
    )


async def drive(sim: Session, *, nodes: int = 60, every: str = "2s", minutes: int = 2) -> dict[str, int]:
    """Let each node poll for so many minutes; give how the calls ended."""
    ends: dict[str, int] = {}
    async with trio.open_nursery() as nursery:
        for number in range(nodes):
            client = sim.client(account="acme", region="cn-hangzhou", name=f"node-{number}")
            nursery.start_soon(poll, sim, client, every, minutes, ends)
    return ends


async def poll(sim: Session, client: Client, every: str, minutes: int, ends: dict[str, int]) -> None:
    until_ns = minutes * parse_duration("1m")
    while sim.now_ns < until_ns:
        ended = await attempt(client.describe_network_interfaces, instance_id=f"i-{client.name}")
        ends[ended.code] = ends.get(ended.code, 0) + 1
        await sim.sleep(every)


def check(
    sim: Session, expect: Expectations, ends: dict[str, int], *, nodes: int = 60, every: str = "2s", minutes: int = 2
) -> None:
    asked = nodes * parse_duration("1m") // max(parse_duration(every), 1)
    expect("calls that were answered", ends.get("ok", 0), at_most=(minutes + 1) * LIMIT)
    throttled = sum(count for code, count in ends.items() if code.startswith("Throttling"))
    if asked > LIMIT + LIMIT // 10 and minutes:
        expect("calls that were throttled", throttled, at_least=1)
    if asked <= LIMIT:
        expect("calls that were throttled", throttled, equals=0)
    del sim
