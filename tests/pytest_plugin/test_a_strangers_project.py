"""The plug-in as a stranger has it: a project of its own, pytest as a process of its own, beside other plug-ins."""

import re
from pathlib import Path

import pytest

from tests.pytest_plugin import projects
from tests.pytest_plugin.projects import replay_lines

pytest_plugins = ["pytester"]

README = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")

TWO_MADE = """
@pytest.mark.cloudsim(seed=7, schedules=200, policy={"token": "look-up-then-commit"})
async def test_one_eni_for_one_token(sim):
    await two_creates(sim, client_token="t")
    assert len(sim.interfaces(**HOME)) == 1
"""
ONE_MADE = TWO_MADE.replace("look-up-then-commit", "claim")


def project(pytester: pytest.Pytester, tests: str, *, ini: str = "") -> None:
    projects.project(pytester, tests, ini=f"asyncio_default_fixture_loop_scope = function\n{ini}")


PLAIN = """
def test_a_create(simulation):
    client = simulation.client(**HOME)

    async def create():
        return await client.create_network_interface(vswitch_id="vsw-a", security_group_id="sg-a")

    assert simulation.drive(create).network_interface_id
"""


def test_tests_that_hold_in_every_order_pass_and_say_how_many_were_tried(pytester: pytest.Pytester) -> None:
    project(pytester, ONE_MADE + PLAIN)
    result = pytester.runpytest_subprocess("-v")
    result.assert_outcomes(passed=2)
    result.stdout.fnmatch_lines(["test_project.py::test_one_eni_for_one_token  proved: * of * orders  seed 7*"])


def test_a_failure_tells_all_and_its_replay_line_fails_the_same_way(pytester: pytest.Pytester) -> None:
    project(pytester, TWO_MADE)
    result = pytester.runpytest_subprocess()
    result.assert_outcomes(failed=1)
    assertion = [">       assert len(sim.interfaces(**HOME)) == 1", "E       AssertionError: assert 2 == 1"]
    result.stdout.fnmatch_lines([*map(_literal, assertion), "*- cloudsim -*", "seed 7  mode async  policy.token=*"])
    result.stdout.fnmatch_lines(
        [
            "*made small: 1 deviation*",
            "wrong: audit: token t of acme made 2 ENIs",
            "*client-1/1*client-2/1*",
            ">*ADMIT*",
        ]
    )
    by_token, by_file = replay_lines(result)
    for arguments in (by_token, by_file):
        again = pytester.runpytest_subprocess(*arguments)
        again.assert_outcomes(failed=1)
        again.stdout.fnmatch_lines([*map(_literal, assertion), "*the schedule was followed*"])


def test_workers_of_xdist_report_the_same(pytester: pytest.Pytester) -> None:
    project(pytester, TWO_MADE + PLAIN + ONE_MADE.replace("def test_one", "def test_good_one"))
    result = pytester.runpytest_subprocess("-n", "2", "-v")
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(["*- cloudsim -*", "*made small: 1 deviation*", ">*ADMIT*", "replay it:"])
    result.stdout.fnmatch_lines(["test_project.py::test_good_one_eni_for_one_token  proved: *"])


ASYNCIO = """
import asyncio

{mark}
async def test_of_asyncio():
    assert asyncio.get_running_loop()
    await asyncio.sleep(0)
"""


@pytest.mark.parametrize(("mode", "mark"), [("strict", "@pytest.mark.asyncio"), ("auto", "")])
def test_pytest_asyncio_has_its_tests_and_we_have_ours(pytester: pytest.Pytester, mode: str, mark: str) -> None:
    project(pytester, ONE_MADE + ASYNCIO.format(mark=mark), ini=f"asyncio_mode = {mode}")
    result = pytester.runpytest_subprocess("-v", "-p", "no:trio")
    result.assert_outcomes(passed=2)
    result.stdout.fnmatch_lines(["*test_one_eni_for_one_token  proved: *"])


def test_pytest_trio_has_its_tests_and_we_have_ours(pytester: pytest.Pytester) -> None:
    of_trio = """
import trio

async def test_of_trio(nursery):
    nursery.start_soon(trio.sleep, 0)
    assert trio.lowlevel.current_task()
"""
    project(pytester, ONE_MADE + of_trio, ini="trio_mode = true")
    result = pytester.runpytest_subprocess("-v")
    result.assert_outcomes(passed=2)
    result.stdout.fnmatch_lines(["*test_one_eni_for_one_token  proved: *"])


HYPOTHESIS = """
from hypothesis import given, settings
from hypothesis import strategies as st
from cloudsim import Session, latency
from cloudsim.hypothesis import schedules, worlds
from cloudsim import Policy
from cloudsim.operations.policy import TokenPolicy


def both(world, order, **policy):
    session = Session(world.spec, strategy=order, latency=latency("none"), policy=Policy(**policy))

    async def script():
        clients = [session.client(**HOME) for _ in range(2)]
        return await gather(
            attempt(client.create_network_interface, vswitch_id="vsw-1", security_group_id="sg-1", client_token="t")
            for client in clients
        )

    before = len(session.interfaces(**HOME))
    session.drive(script)
    return len(session.interfaces(**HOME)) - before


@given(worlds(), schedules())
@settings(database=None, deadline=None, max_examples=30)
def test_good(world, order):
    assert both(world, order) <= 1

@given(world=..., order=schedules())
@settings(database=None, deadline=None, derandomize=True, max_examples=100)
def test_bad(world: World, order):
    assert both(world, order, token=TokenPolicy.LOOK_UP_THEN_COMMIT) <= 1
"""


def test_hypothesis_chooses_worlds_and_orders_and_shrinks_them(pytester: pytest.Pytester) -> None:
    project(pytester, HYPOTHESIS)
    result = pytester.runpytest_subprocess()
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*AssertionError: assert 2 <= 1*", "*make_world(*", "*eni_quota=2,*"])
    # Each is told in the traceback and in the summary.
    deviations = {line.removeprefix("E").strip() for line in result.outlines if " in place of " in line}
    assert 1 <= len(deviations) <= 3, deviations


def _literal(line: str) -> str:
    """Write a line as a pattern that matches it alone."""
    return line.replace("[", "[[]").replace("*", "[*]")


@pytest.mark.parametrize("name", ["pytest", "hypothesis"])
def test_the_readme_shows_tests_that_pass(pytester: pytest.Pytester, name: str) -> None:
    found = re.search(rf"<!-- test: {name} -->\n```python\n(.*?)```", README, re.DOTALL)
    assert found is not None
    pytester.makepyfile(test_of_the_readme=found[1])
    result = pytester.runpytest_subprocess("-v", "-p", "no:trio", "-p", "no:asyncio", "-p", "no:cacheprovider")
    assert result.ret == pytest.ExitCode.OK
    if name == "pytest":
        result.stdout.fnmatch_lines(["*proved: 10 of 10 orders*"])
