"""The simulation of a plain test: no orders, no script unless the test drives one."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from cloudsim.errors.own import CloudsimError, SettingError
from cloudsim.exploration.strategies.named import make_strategy
from cloudsim.pytest_plugin.keys import SIM, TOLD
from cloudsim.pytest_plugin.trying import spec_of
from cloudsim.pytest_plugin.wanted import wanted_of
from cloudsim.runtime.session import Session
from cloudsim.scenario.runner import prepare
from cloudsim.scenario.scenario import Scenario


@contextmanager
def plain_session(request: pytest.FixtureRequest, world: object) -> Iterator[Session]:
    """Make a session by the mark and the options; close it at the end, and fail if anything is wrong with it then."""
    item = request.node
    try:
        session = _session(item, world)
    except CloudsimError as error:
        pytest.fail(str(error), pytrace=False)
    item.stash[TOLD] = f"simulation with seed {session.seed}"
    yield session
    session.properties.end(session.now_ns)
    wrong = [*session.properties.broken.values(), *(f"audit: {found}" for found in session.close())]
    if wrong:
        pytest.fail("\n".join(wrong), pytrace=False)


def _session(item: pytest.Item, world: object) -> Session:
    wanted = wanted_of(item)
    if SIM in getattr(item, "fixturenames", ()):
        raise SettingError("a test has 'sim', a session for each order, or 'simulation', a single one, not both")
    spec = spec_of(world)
    scenario = Scenario(name=item.nodeid, world=lambda: spec, drive=_drive_nothing, check=_check_nothing)
    prepared = prepare(scenario, seed=wanted.seed, given=wanted.given)
    session = Session(
        prepared.world, seed=wanted.seed, latency=prepared.latency, policy=prepared.policy,
        strategy=make_strategy(wanted.strategy if wanted.strategy != "auto" else "fifo", wanted.seed),
        throttling=prepared.throttling, consistency=prepared.consistency,
    )  # fmt: skip
    if wanted.seeks_faults:
        session.seek_faults()
    return session


async def _drive_nothing(_session: Session) -> None:
    """Do nothing; the test drives."""


def _check_nothing(_session: Session, _expect: object, _driven: object) -> None:
    """Do nothing; the test checks."""
