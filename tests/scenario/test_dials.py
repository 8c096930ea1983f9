"""Dials: the settings that every scenario has."""

from pathlib import Path
from typing import Any

import pytest

from cloudsim.errors.own import DurationError, SettingError
from cloudsim.resources.consistency import EVENTUAL, IMMEDIATE, Consistency
from cloudsim.resources.throttle import ThrottleKind, Throttling
from cloudsim.scenario.dials import consistency_from, dial_names, is_dial, throttling_from
from cloudsim.scenario.load import read_scenario
from cloudsim.scenario.runner import prepare, run_scenario
from cloudsim.scenario.scenario import Scenario

STORM = """
from cloudsim import World, attempt

def world():
    return World().account("acme").region("cn-hangzhou", zones=["h"])

async def drive(sim):
    client = sim.client(account="acme", region="cn-hangzhou")
    return [await attempt(client.describe_network_interfaces) for _ in range(4)]

def check(sim, expect, driven):
    expect("answers", " ".join(one.code for one in driven), equals="ok ok Throttling Throttling")
"""


def scenario(folder: Path, more: str = "") -> Scenario:
    file = folder / "storm.py"
    file.write_text(STORM + more, encoding="utf-8")
    return read_scenario(file)


def test_throttling_is_off_unless_it_is_chosen() -> None:
    assert throttling_from({}, None) is None
    assert throttling_from({"throttling": "none"}, Throttling()) is None
    assert throttling_from({"throttling": "bucket"}, None) == Throttling(kind=ThrottleKind.BUCKET)
    assert throttling_from({}, "minute") == Throttling()


def test_the_command_line_changes_what_the_scenario_says_and_leaves_the_rest() -> None:
    usual = Throttling(limits={"RunInstances": 5}, user=9)
    given = {"throttling": "bucket", "throttling.RunInstances": "6", "throttling.*": 7, "throttling.burst": "2"}
    assert throttling_from(given, usual) == Throttling(
        kind=ThrottleKind.BUCKET, limits={"RunInstances": 6, "*": 7}, user=9, burst=2
    )
    assert throttling_from({"throttling.deep_page": "3"}, "minute") == Throttling(limits={}, deep_page=3)
    assert throttling_from({"throttling.user": "3"}, usual) == Throttling(limits={"RunInstances": 5}, user=3)


@pytest.mark.parametrize(
    ("given", "usual", "says"),
    [
        ({"throttling": "minutes"}, None, "throttling cannot be 'minutes'; did you mean 'minute'"),
        ({"throttling.RunInstances": "5"}, None, "throttling.RunInstances limits nothing while throttling is off"),
        ({"throttling.RunInstance": "5"}, "minute", "did you mean 'RunInstances'"),
        ({"throttling.RunInstances": "-5"}, "minute", "throttling.RunInstances is a whole number of at least 0"),
        ({}, 5, "THROTTLING takes Throttling, not 5"),
    ],
)
def test_a_throttling_that_cannot_be_is_refused(given: dict[str, object], usual: Any, says: str) -> None:
    with pytest.raises(SettingError, match=says):
        throttling_from(given, usual)


def test_consistency_is_chosen_by_name_and_by_single_times() -> None:
    assert consistency_from({}, "immediate") == IMMEDIATE
    assert consistency_from({"consistency": "eventual"}, IMMEDIATE) == EVENTUAL
    assert consistency_from({"consistency.available_count": "9s"}, EVENTUAL) == Consistency(
        eni_after_create="1s", address_after_unassign="2s", group_change="2s", available_count="9s"
    )


@pytest.mark.parametrize(
    ("given", "usual", "error", "says"),
    [
        ({"consistency": "eventul"}, IMMEDIATE, SettingError, "did you mean 'eventual'"),
        ({"consistency.eni": "1s"}, IMMEDIATE, SettingError, "nothing named 'eni' is shown late"),
        ({"consistency.available_count": "soon"}, IMMEDIATE, DurationError, "'soon' is not a duration"),
        ({}, 5, SettingError, "CONSISTENCY takes Consistency, not 5"),
    ],
)
def test_a_consistency_that_cannot_be_is_refused(
    given: dict[str, object], usual: Any, error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        consistency_from(given, usual)


def test_every_dial_is_known_as_one_and_nothing_else_is() -> None:
    assert all(is_dial(name) for name in (*dial_names(), "throttling.RunInstances"))
    assert not any(is_dial(name) for name in ("policy", "throttle", "callers"))


def test_a_run_is_given_its_dials(tmp_path: Path) -> None:
    given = {"throttling": "minute", "throttling.DescribeNetworkInterfaces": "2", "consistency": "eventual"}
    result = run_scenario(scenario(tmp_path), given=given)
    assert result.failures() == []
    assert {name: result.settings[name] for name in given} == given


def test_a_scenario_may_say_what_is_usual_for_it(tmp_path: Path) -> None:
    more = """
from cloudsim import Consistency, Throttling
THROTTLING = Throttling(limits={"*": 2})
CONSISTENCY = Consistency(available_count="3s")
"""
    usual = scenario(tmp_path, more)
    assert run_scenario(usual).ok
    assert not run_scenario(usual, given={"throttling": "none"}).ok
    assert prepare(usual).consistency == Consistency(available_count="3s")
