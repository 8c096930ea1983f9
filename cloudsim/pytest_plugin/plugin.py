"""What pytest asks of a plug-in: options, the mark, fixtures, and what is added to its reports.

An ``async def`` test with the mark becomes a plain function when it is collected, closer to pytest than any other
plug-in looks: so pytest-trio, pytest-asyncio and the like see nothing that is theirs, whatever their mode.
"""

from collections.abc import Generator, Iterator
from inspect import iscoroutinefunction
from typing import TYPE_CHECKING, Any

import pytest

from cloudsim.pytest_plugin.keys import MARK, SIM, TOLD, TOLD_OF, VERDICT, Options
from cloudsim.pytest_plugin.taking import EachSession, taken

if TYPE_CHECKING:
    from cloudsim.gateway.thread import ThreadServer
    from cloudsim.runtime.session import Session
    from cloudsim.simulation.world.builder import World


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the options, and what may stand in the ini file instead."""
    group = parser.getgroup("cloudsim", "orders of calls (cloudsim)")
    group.addoption("--cloudsim-seed", type=int, metavar="N", help="seed of all chance; goes before the mark's")
    group.addoption(
        "--cloudsim-schedules",
        type=int,
        metavar="N",
        help="how many orders each marked test is tried in; goes before the mark's",
    )
    group.addoption(
        "--cloudsim-strategy",
        metavar="NAME",
        help="how orders are chosen: auto, systematic, portfolio, random, pct:3, ...; goes before the mark's",
    )
    group.addoption(
        "--cloudsim-schedule",
        metavar="TOKEN|FILE",
        help="run one test in the one order that a failure has printed or written",
    )
    parser.addini("cloudsim_seed", "seed of tests whose mark says none (0)")
    parser.addini("cloudsim_schedules", "how many orders a test is tried in whose mark says none (1: as they come)")
    parser.addini("cloudsim_strategy", "how orders are chosen for tests whose mark says nothing (auto)")


def pytest_configure(config: pytest.Config) -> None:
    """Declare the mark."""
    config.addinivalue_line("markers", MARK)


def pytest_report_header(config: pytest.Config) -> str | None:
    """Say what is set for all tests, if anything is."""
    said = Options.of(config).in_words()
    return f"cloudsim: {said}" if said else None


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_pycollect_makeitem() -> Generator[None, Any, Any]:
    """Take marked async tests, before anybody else does."""
    made = yield
    for node in made if isinstance(made, list) else [made]:
        if isinstance(node, pytest.Function) and node.get_closest_marker("cloudsim") is not None:
            _take(node)
    return made


def _take(item: pytest.Function) -> None:
    given = getattr(item.obj, "hypothesis", None)
    if iscoroutinefunction(item.obj):
        item.obj = taken(item.obj)
    elif given is not None and iscoroutinefunction(given.inner_test):
        given.inner_test = taken(given.inner_test)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Refuse to replay more than one test, after others have been deselected.

    Raises:
        pytest.UsageError: it is not one.
    """
    if config.getoption("cloudsim_schedule") is None:
        return
    marked = sum(SIM in getattr(item, "fixturenames", ()) for item in items)
    if marked != 1:
        raise pytest.UsageError(
            f"--cloudsim-schedule runs one test again, and {marked} are selected that it could be of: "
            "name the one as path::test"
        )


@pytest.fixture
def cloud_world() -> "World":
    """A small world: account ``acme``, region ``cn-hangzhou``, vSwitch ``vsw-a``, group ``sg-a``. Override it."""
    from cloudsim.pytest_plugin.small_world import small_world

    return small_world()


@pytest.fixture
def sim(request: pytest.FixtureRequest, cloud_world: Any) -> EachSession:  # noqa: ANN401  what the user made it
    """Be the session of each run, for an async test that is marked with ``cloudsim``."""
    return EachSession(request, cloud_world)


@pytest.fixture
def simulation(request: pytest.FixtureRequest, cloud_world: Any) -> "Iterator[Session]":  # noqa: ANN401
    """A simulation of ``cloud_world`` for a plain test; closed and audited when the test is over."""
    from cloudsim.pytest_plugin.plain import plain_session

    with plain_session(request, cloud_world) as session:
        yield session


@pytest.fixture
def cloud_endpoint(cloud_world: Any) -> "Iterator[ThreadServer]":  # noqa: ANN401  as for sim
    """A server of the real API for ``cloud_world``: ``url``, ``endpoint``, keys, and ``do`` for the simulation.

    It is closed and audited when the test is over. Time is ``on-request``; ``cloudsim.serve_in_thread`` has the others.
    """
    from cloudsim.gateway.thread import serve_in_thread

    with serve_in_thread(cloud_world) as server:
        yield server


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, Any, Any]:
    """Add what there is to tell of a test that failed."""
    report = yield
    told = item.stash.get(TOLD, "")
    if report.failed and told and call.when != "setup":
        report.sections.append((TOLD_OF, told))
    return report


def pytest_terminal_summary(terminalreporter: Any) -> None:  # noqa: ANN401  pytest's class of it is private
    """Say in how many orders tests were tried; with ``-v`` for each test."""
    verdicts = [
        (report.nodeid, dict(report.user_properties)[VERDICT])
        for reports in terminalreporter.stats.values()
        for report in reports
        if getattr(report, "when", "") == "call" and VERDICT in dict(report.user_properties)
    ]
    if not verdicts or terminalreporter.verbosity < 0:
        return
    if terminalreporter.verbosity > 0:
        terminalreporter.section("cloudsim")
        for nodeid, verdict in sorted(verdicts):
            terminalreporter.write_line(f"{nodeid}  {verdict}")
        return
    proved = sum(verdict.startswith("proved") for _, verdict in verdicts)
    bounded = sum(verdict.startswith("bounded") for _, verdict in verdicts)
    if proved or bounded:
        terminalreporter.write_line(f"cloudsim: {proved} proved, {bounded} bounded (-v tells of each)")
