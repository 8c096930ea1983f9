"""What hypothesis draws: worlds that are sound, orders that are possible, and both get small."""

import subprocess
import sys

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from cloudsim import Policy, Session, World, attempt, gather
from cloudsim.hypothesis import DrawnOrder, make_world, schedules, worlds
from cloudsim.kernel.strategy import Strategy
from cloudsim.operations.policy import QuotaPolicy
from cloudsim.simulation.latency import NONE
from cloudsim.simulation.world.spec import WorldSpec


def creates(world: World, order: DrawnOrder, *, count: int = 2, policy: Policy | None = None) -> Session:
    """A session in which so many callers have made an ENI each, as far as they could."""
    session = Session(world.spec, strategy=order, latency=NONE, policy=policy)
    clients = [session.client(account="acme", region="cn-hangzhou") for _ in range(count)]

    async def script() -> None:
        await gather(
            attempt(client.create_network_interface, vswitch_id="vsw-1", security_group_id="sg-1") for client in clients
        )

    session.drive(script)
    return session


@given(worlds())
def test_every_world_can_be_built_and_has_the_room_that_it_says(world: World) -> None:
    session = Session(world.spec)
    assert session.close() == []
    assert {"vsw-1"} <= set(session.cloud.vswitches)
    assert {"sg-1"} <= set(session.cloud.security_groups)


@pytest.mark.parametrize("room", [0, 3])
def test_the_quota_is_what_is_left_besides_the_enis_of_the_world(room: int) -> None:
    session = Session(make_world(eni_quota=room, instances=2, enis=1).spec)
    assert session.quota(account="acme", region="cn-hangzhou").free == room


@settings(max_examples=25)
@given(world=worlds(), order=schedules())
def test_every_order_is_one_in_which_nothing_is_wrong(world: World, order: DrawnOrder) -> None:
    assert creates(world, order).close() == []
    assert repr(order).startswith("DrawnOrder([")


@settings(max_examples=5)
@given(world=..., spec=..., order=...)
def test_worlds_and_orders_are_known_by_their_types(world: World, spec: WorldSpec, order: Strategy) -> None:
    assert spec.vswitches
    assert isinstance(order, DrawnOrder)
    assert creates(world, order).close() == []


def overshoots(drawn: tuple[World, DrawnOrder]) -> bool:
    world, order = drawn
    policy = Policy(quota=QuotaPolicy.CHECK_THEN_COUNT)
    quota = creates(world, order, policy=policy).quota(account="acme", region="cn-hangzhou")
    return quota.used > quota.limit


def test_what_fails_gets_small_in_both() -> None:
    world, order = find(
        st.tuples(worlds(), schedules()), overshoots, settings=settings(database=None, max_examples=100)
    )
    assert world.spec.accounts[0].eni_quota == 1
    assert len(world.spec.vswitches) == 1
    assert 1 <= sum(step.is_deviation for step in order.log) <= 2


def run(program: str) -> str:
    return subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout


def test_nothing_is_loaded_that_is_not_used() -> None:
    loaded = """
import sys
from cloudsim import *
import cloudsim.scenario.explore
print([name for name in ("pytest", "hypothesis") if name in sys.modules])
"""
    assert run(loaded) == "[]\n"
    loaded = """
import sys
import cloudsim.pytest_plugin.plugin
print([name for name in sys.modules if name.startswith("cloudsim.") and "pytest_plugin" not in name])
"""
    assert run(loaded) == "['cloudsim.version']\n"


def test_without_hypothesis_it_is_said_what_to_install() -> None:
    missing = """
import sys
sys.modules["hypothesis"] = None
try:
    import cloudsim.hypothesis
except ModuleNotFoundError as error:
    print(error)
"""
    assert run(missing) == "cloudsim.hypothesis needs hypothesis: pip install 'cloudsim-eni[hypothesis]'\n"
