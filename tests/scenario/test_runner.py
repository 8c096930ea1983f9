"""Running scenarios: results, settings, and what becomes of a run that breaks off."""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from cloudsim.errors.own import ScenarioError, SettingError, UndeclaredTouch, WorldError
from cloudsim.resources.journal import Journal
from cloudsim.scenario.runner import FORMAT_VERSION, Result, prepare, run_scenario
from tests.scenario.worlds import GOOD, WORLD, scenario


def run(folder: Path, text: str, **given: str) -> Result:
    return run_scenario(scenario(folder, text), given=given)


def test_a_run_counts_calls_and_holds_its_expectations(tmp_path: Path) -> None:
    result = run(tmp_path, GOOD)
    assert result.ok
    assert result.calls == {"CreateNetworkInterface": {"MaxEniCountExceeded": 1, "ok": 2}}
    assert [(one.name, one.measured, one.ok) for one in result.expectations] == [("ENIs made", 2, True)]
    assert result.failures() == []
    assert result.wall_s > 0


def test_the_document_has_what_machines_read_and_no_wall_time(tmp_path: Path) -> None:
    result = run(tmp_path, GOOD, callers="4")
    assert result.document() == {
        "format_version": FORMAT_VERSION,
        "scenario": "pods",
        "seed": 0,
        "settings": {"quota": 2, "callers": 4},
        "ok": True,
        "digest": result.digest,
        "virtual_ns": result.virtual_ns,
        "events": result.events,
        "calls": {"CreateNetworkInterface": {"MaxEniCountExceeded": 2, "ok": 2}},
        "expectations": [{"name": "ENIs made", "ok": True, "measured": 2, "wanted": "= 2"}],
        "broken": None,
        "properties": [],
        "audit": [],
    }


def test_equal_runs_give_equal_documents_and_another_seed_gives_another_digest(tmp_path: Path) -> None:
    prepared = prepare(scenario(tmp_path, GOOD), seed=7)
    assert prepared.run().document() == prepared.run().document()
    assert run_scenario(prepared.scenario, seed=8).digest != prepared.run().digest


def test_the_journal_that_is_given_has_what_the_digest_is_made_of(tmp_path: Path) -> None:
    written: list[bytes] = []
    journal = Journal()
    journal.add_sink(written.append)
    result = prepare(scenario(tmp_path, GOOD)).run(journal=journal)
    assert sha256(b"".join(written)).hexdigest() == result.digest
    assert b"".join(written).count(b"\n") == result.events


def test_a_run_that_is_watched_is_the_same_run(tmp_path: Path) -> None:
    prepared = prepare(scenario(tmp_path, GOOD))
    assert prepared.run(watch=True).document() == prepared.run().document()


def test_progress_goes_to_whoever_listens(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    text = WORLD + "async def drive(sim):\n    sim.progress(1, 2)\n    sim.progress(2, 2)\n"
    prepared = prepare(scenario(tmp_path, text))
    prepared.run(progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]
    assert prepared.run().ok


def test_every_scenario_takes_latency_strategy_and_policies(tmp_path: Path) -> None:
    dials = {"latency": "none", "strategy": "random", "policy.quota": "check-then-count", "policy.token_window": "1h"}
    prepared = prepare(scenario(tmp_path, GOOD), given=dials)
    assert prepared.latency.is_none
    assert prepared.strategy == "random"
    assert prepared.policy.quota == "check-then-count"
    result = prepared.run()
    assert result.virtual_ns == 0
    assert result.settings == {"quota": 2, "callers": 3, **dials}


def test_the_scenario_s_own_latency_and_strategy_hold_unless_the_run_says_otherwise(tmp_path: Path) -> None:
    own = scenario(tmp_path, f'{GOOD}\nLATENCY = "none"\nSTRATEGY = "run-to-block"\n')
    assert (prepare(own).latency.name, prepare(own).strategy) == ("none", "run-to-block")
    given = prepare(own, given={"latency": "default", "strategy": "fifo"})
    assert (given.latency.name, given.strategy) == ("default", "fifo")


def test_a_setting_of_the_scenario_goes_before_a_dial_of_the_same_name(tmp_path: Path) -> None:
    text = WORLD + "async def drive(sim, *, strategy: str = 'greedy'):\n    return strategy\n"
    prepared = prepare(scenario(tmp_path, text), given={"strategy": "frugal"})
    assert prepared.settings["strategy"] == "frugal"
    assert prepared.strategy == "fifo"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"strategy": "rnadom"}, "no strategy 'rnadom'; did you mean 'random'"),
        ({"latency": "defualt"}, "no latency profile 'defualt'; did you mean 'default'"),
        ({"policy.quta": "hold"}, "no policy 'quta'; did you mean 'quota'"),
        ({"callesr": "3"}, "no setting 'callesr'; did you mean 'callers'"),
    ],
)
def test_what_is_misspelt_is_refused_before_anything_runs(tmp_path: Path, given: dict[str, str], words: str) -> None:
    with pytest.raises(SettingError, match=words):
        prepare(scenario(tmp_path, GOOD), given=given)


def test_a_world_may_be_a_spec(tmp_path: Path) -> None:
    text = WORLD.replace("def world(", "def make(") + "def world(): return make().spec\nasync def drive(sim): pass\n"
    assert run(tmp_path, text).ok


def test_what_is_no_world_is_refused_and_what_its_function_raises_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=r"world\(\) returned dict, not a World"):
        run(tmp_path, "def world(): return {}\nasync def drive(sim): pass")
    with pytest.raises(ScenarioError, match=r"pods.py, line 1: ZeroDivisionError"):
        run(tmp_path, "def world(): return 1 / 0\nasync def drive(sim): pass")


def test_a_world_that_contradicts_itself_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WorldError, match=r"10\.0\.0\.0/33"):
        run(tmp_path, GOOD.replace("10.0.0.0/24", "10.0.0.0/33"))


def test_a_refusal_of_the_world_s_own_function_keeps_its_words(tmp_path: Path) -> None:
    text = "from cloudsim import WorldError\ndef world(): raise WorldError('it is flat')\nasync def drive(sim): pass"
    with pytest.raises(WorldError, match=r"^it is flat$"):
        run(tmp_path, text)


# Runs that break off: a result, with why.

CLIENT = '    client = sim.client(account="acme", region="cn-hangzhou", timeout="5s")\n'
REFUSED = '    await client.create_network_interface(vswitch_id="vsw-x", security_group_id="sg-main")\n'

FIRST = WORLD.count("\n") + 2
"""The line of the first statement of a drive that follows the world."""


def at(number: int) -> str:
    """Where the statement of that number stands, from 0."""
    return f"pods.py, line {FIRST + number}: "


BREAKS = {
    "a refusal that nobody handles": (
        CLIENT + REFUSED,
        [f'{at(1)}InvalidVSwitchId.NotFound (404): The specified VSwitchId "vsw-x" is not found.'],
    ),
    "a deadlock": (
        "    import trio\n    await trio.Event().wait()\n",
        [
            "everybody waits and nothing is due, at 0s:",
            f"  drive#0 waits for Event.wait (pods.py:{FIRST + 1} in drive)",
        ],
    ),
    "an answer that never comes": (
        CLIENT + "    sim.faults.lose_answer()\n" + REFUSED.replace("vsw-x", "vsw-a"),
        [f"{at(2)}client-1/1: no answer within 5s; the operation goes on"],
    ),
    "an exception": ("    x = 1\n    x / 0\n", [f"{at(1)}ZeroDivisionError: division by zero"]),
    "an exception without words": ("    raise LookupError\n", [f"{at(0)}LookupError"]),
    "an assertion": ("    assert 1 == 2\n", [f"{at(0)}AssertionError: assert 1 == 2"]),
    "an assertion with words": ("    assert 1 == 2, 'no'\n", [f"{at(0)}AssertionError: no"]),
    "an exception of a library": (
        "    import fractions\n    fractions.Fraction(1, 0)\n",
        [f"{at(1)}ZeroDivisionError: Fraction(1, 0)"],
    ),
    "a group of an exception that was never raised itself": (
        "    raise ExceptionGroup('two', [LookupError('a')])\n",
        ["LookupError: a"],
    ),
    "the end of the process": ("    raise SystemExit(3)\n", [f"{at(0)}SystemExit: 3"]),
}


@pytest.mark.parametrize("how", BREAKS)
def test_a_drive_that_breaks_off_says_why_and_leaves_a_result(tmp_path: Path, how: str) -> None:
    body, reasons = BREAKS[how]
    result = run(tmp_path, f"{WORLD}async def drive(sim):\n{body}")
    assert not result.ok
    assert result.broken.splitlines() == reasons
    assert result.failures() == reasons
    assert result.document()["broken"] == result.broken
    assert len(result.digest) == 64
    assert result.audit == []


def test_a_run_that_breaks_off_has_the_calls_so_far(tmp_path: Path) -> None:
    result = run(tmp_path, f"{WORLD}async def drive(sim):\n    await creates(sim, 3)\n    raise LookupError\n")
    assert result.calls == {"CreateNetworkInterface": {"MaxEniCountExceeded": 1, "ok": 2}}
    assert result.events > 0


def test_what_several_tasks_raise_is_told_once_each_and_three_at_most(tmp_path: Path) -> None:
    body = (
        "    async def fail(number):\n        raise LookupError(number // 2)\n"
        "    import trio\n    async with trio.open_nursery() as nursery:\n"
        "        for number in range(10): nursery.start_soon(fail, number)\n"
    )
    lines = run(tmp_path, f"{WORLD}async def drive(sim):\n{body}").broken.splitlines()
    assert len(lines) == 4
    assert all(line.startswith(f"{at(1)}LookupError: ") for line in lines[:3])
    assert len(set(lines[:3])) == 3
    assert lines[3] == "and 2 more"


def test_a_check_that_raises_breaks_the_run_and_keeps_what_it_expected_before(tmp_path: Path) -> None:
    check = "def check(sim, expect, driven):\n    expect('one', 1, equals=2)\n    driven.nothing\n"
    result = run(tmp_path, f"{WORLD}async def drive(sim): pass\n{check}")
    assert result.broken == f"{at(2)}AttributeError: 'NoneType' object has no attribute 'nothing'"
    assert [one.name for one in result.expectations] == ["one"]
    assert result.failures() == [result.broken, "one: measured 1, wanted = 2"]


def test_what_the_audit_finds_is_a_failure(tmp_path: Path) -> None:
    result = run(tmp_path, GOOD)
    found = replace(result, audit=["address 10.0.0.1 belongs to 2 ENIs"])
    assert not found.ok
    assert found.failures() == ["audit: address 10.0.0.1 belongs to 2 ENIs"]


def test_wrong_input_that_the_drive_meets_is_refused_with_its_line(tmp_path: Path) -> None:
    body = CLIENT + "    await client.create_network_interface(vswitch='vsw-a')\n"
    with pytest.raises(ScenarioError, match=f"{at(1)}CreateNetworkInterface has no parameter 'vswitch'"):
        run(tmp_path, f"{WORLD}async def drive(sim):\n{body}")


def test_wrong_input_is_found_in_the_group_of_a_nursery(tmp_path: Path) -> None:
    body = CLIENT + "    await gather(client.create_network_interface(vswitch='vsw-a') for _ in range(2))\n"
    with pytest.raises(ScenarioError, match="no parameter 'vswitch'"):
        run(tmp_path, f"{WORLD}async def drive(sim):\n{body}")


def test_an_interrupt_goes_on_also_out_of_a_nursery(tmp_path: Path) -> None:
    body = (
        "    import trio\n    async def stop(): raise KeyboardInterrupt\n"
        "    async with trio.open_nursery() as nursery: nursery.start_soon(stop)\n"
    )
    with pytest.raises(KeyboardInterrupt):
        run(tmp_path, f"{WORLD}async def drive(sim):\n{body}")


def test_a_fault_of_ours_goes_on_as_it_is(tmp_path: Path) -> None:
    body = "    from cloudsim.values.ids import base36\n    base36(None, 3)\n"
    with pytest.raises(TypeError):
        run(tmp_path, f"{WORLD}async def drive(sim):\n{body}")


def test_an_undeclared_touch_is_a_fault_of_ours(tmp_path: Path) -> None:
    body = "    from cloudsim.errors.own import UndeclaredTouch\n    raise UndeclaredTouch('pool:vsw-a')\n"
    with pytest.raises(UndeclaredTouch):
        run(tmp_path, f"{WORLD}async def drive(sim):\n{body}")
