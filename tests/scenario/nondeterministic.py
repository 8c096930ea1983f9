"""Scenarios that are not deterministic, each for one reason, as texts."""

from tests.scenario.worlds import WORLD

NAMED = """
async def create(sim, name):
    client = sim.client(account="acme", region="cn-hangzhou")
    await attempt(
        client.create_network_interface, vswitch_id="vsw-a", security_group_id="sg-main", network_interface_name=name
    )


"""

SET_ORDER = f"""{WORLD}{NAMED}
async def drive(sim):
    for name in {{f"pod-{{n}}" for n in range(20)}}:
        await create(sim, name)
"""
"""Names in the order of a set of texts; the first ENI has another name in every process."""

CHANCE = f"""import os
{WORLD}{NAMED}
async def drive(sim):
    await create(sim, "first")
    await sim.sleep(f"{{int.from_bytes(os.urandom(6)) + 1}}ns")
    await create(sim, "second")
"""
"""The second call comes at an instant that is drawn outside the simulation."""

SURVIVOR = f"""import itertools
{WORLD}{NAMED}
RUNS = itertools.count(1)


async def drive(sim):
    await create(sim, "first")
    await create(sim, f"run-{{next(RUNS)}}")
"""
"""A counter of the module goes on from run to run."""

MEASURED = f"""import time
{WORLD}
async def drive(sim):
    await creates(sim, 1)


def check(sim, expect, driven):
    expect("now", time.perf_counter_ns(), at_least=1)
"""
"""The journal is the same, and an expectation measures the wall clock."""

FAILS_AGAIN = f"""{WORLD}
RUNS = []


async def drive(sim):
    RUNS.append(sim)
    sim.client(account="acme", region="cn-hangzhou", name="a/b" if len(RUNS) > 1 else "a")
"""
"""The second run in a process meets wrong input."""
