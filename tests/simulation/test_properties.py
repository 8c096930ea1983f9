"""Properties: always, sometimes, eventually; in a simulation of calls alone, and through scenarios."""

from pathlib import Path
from typing import Any

import pytest

from cloudsim.errors.own import DurationError, SettingError
from cloudsim.scenario.explore import Exploration
from cloudsim.scenario.runner import Result, run_scenario
from cloudsim.simulation.properties import Properties
from cloudsim.values.duration import SECOND
from tests.runtime.sessions import session
from tests.scenario.worlds import WORLD, scenario
from tests.small_world import Watched

# -- one by one


def test_always_is_asked_after_every_step_and_told_once_with_its_first_instant() -> None:
    sim = Watched()
    sim.properties.add_always("few ENIs", lambda: len(sim.cloud.estate("acme", "cn-hangzhou").interfaces) < 2)  # type: ignore[arg-type]
    sim.make()
    assert sim.properties.broken == {}
    sim.at(3 * SECOND, sim.send, name="second")
    sim.at(5 * SECOND, sim.send, name="third")
    sim.run()
    assert sim.properties.broken == {"always: few ENIs": "few ENIs: it is not always so; not at 3s"}


def test_what_is_asked_are_steps_of_operations_and_nothing_else_costs() -> None:
    sim, asked = Watched(), list[int]()

    def ask() -> bool:
        asked.append(sim.now_ns)
        return True

    sim.properties.add_always("asked", ask)
    sim.at(SECOND, lambda: None, name="no step of an operation")
    sim.run()
    assert asked == []
    sim.make()
    assert len(asked) >= 4


def test_eventually_has_until_its_instant_and_is_asked_no_more_once_it_came() -> None:
    properties, asked, came = Properties(), list[str](), list[str]()

    def ask() -> object:
        asked.append("x")
        return came

    properties.add_eventually("it", ask, within_ns=10, now_ns=5)
    properties.look(15)
    came.append("here")
    properties.look(15)
    properties.look(99)
    properties.end(100)
    assert (properties.broken, len(asked)) == ({}, 2)
    assert not properties.are_watched


def test_eventually_that_comes_too_late_is_broken_and_not_asked_again() -> None:
    properties, asked = Properties(), list[str]()
    properties.add_eventually("it", lambda: asked.append("x"), within_ns=2 * SECOND, now_ns=0)
    properties.look(2 * SECOND + 1)
    properties.look(3 * SECOND)
    assert properties.broken == {"eventually: it": "it: it did not come within 2s"}
    assert len(asked) == 1


def test_a_condition_that_is_true_when_it_is_first_asked_too_late_has_come() -> None:
    properties = Properties()
    properties.add_eventually("it", lambda: True, within_ns=1, now_ns=0)
    properties.look(10)
    assert properties.broken == {}


def test_without_instants_eventually_has_until_the_end() -> None:
    properties = Properties()
    properties.is_timed = False
    properties.add_eventually("it", lambda: False, within_ns=1, now_ns=0)
    properties.look(SECOND)
    assert properties.broken == {}
    properties.end(SECOND)
    assert list(properties.broken) == ["eventually: it"]


def test_sometimes_is_seen_if_it_was_seen_once() -> None:
    properties = Properties()
    properties.note_sometimes("rare", 0)
    assert properties.sometimes == {"rare": False}
    properties.note_sometimes("rare", ["x"])
    properties.note_sometimes("rare", is_seen=False)
    assert properties.sometimes == {"rare": True}
    assert properties.broken == {}
    assert not properties.are_watched


def test_wrong_properties_are_refused_by_name() -> None:
    sim = session()
    not_callable: Any = True
    not_text: Any = 7
    with pytest.raises(SettingError, match="property 'x' takes a function that says whether it holds, not True"):
        sim.always("x", not_callable)
    with pytest.raises(SettingError, match="property 'y' takes a function"):
        sim.eventually("y", not_callable, within="1s")
    with pytest.raises(SettingError, match="name of a property"):
        sim.sometimes(not_text)
    with pytest.raises(DurationError):
        sim.eventually("z", lambda: True, within="soon")
    sim.always("twice", lambda: True)
    with pytest.raises(SettingError, match="there is an 'always' of the name 'twice' already"):
        sim.always("twice", lambda: True)


# -- through scenarios

HEAD = WORLD + "def enis(sim): return sim.interfaces(account='acme', region='cn-hangzhou')\n\n\n"


def result(folder: Path, body: str, name: str = "properties", **given: Any) -> Result:
    return run_scenario(scenario(folder, HEAD + body, name), given=given)


def test_a_run_in_which_a_property_is_broken_is_not_ok_and_says_so(tmp_path: Path) -> None:
    made = result(
        tmp_path,
        "async def drive(sim):\n"
        "    sim.always('no ENI', lambda: not enis(sim))\n"
        "    sim.eventually('three ENIs', lambda: len(enis(sim)) == 3, within='1s')\n"
        "    await creates(sim, 1)\n",
    )
    assert not made.ok
    assert made.failures()[1:] == ["three ENIs: it did not come within 1s"]
    assert made.failures()[0].startswith("no ENI: it is not always so; not at ")
    assert made.document()["properties"] == list(made.properties.values())


RECOVERS = """\
async def drive(sim):
    sim.faults.throttle(Match(times=None))
    codes = [outcome.code for outcome in await creates(sim, 2)]
    sim.eventually("an ENI", lambda: enis(sim), within="10s")
    return codes


async def recover(sim, codes):
    assert codes == ["Throttling.User"] * 2
    codes.extend(outcome.code for outcome in await creates_again(sim))


async def creates_again(sim):
    client = sim.client(account="acme", region="cn-hangzhou", name="again")
    return [await attempt(client.create_network_interface, vswitch_id="vsw-a", security_group_id="sg-main")]


def check(sim, expect, codes):
    expect("the last call", codes[-1], equals="ok")
"""


def test_recover_runs_after_drive_with_faults_off_and_eventually_may_come_there(tmp_path: Path) -> None:
    made = result(tmp_path, "from cloudsim import Match\n\n\n" + RECOVERS)
    assert made.ok, made.failures()
    assert made.calls["CreateNetworkInterface"] == {"Throttling.User": 2, "ok": 1}


def test_a_recovery_that_does_not_come_to_its_end_breaks_the_run(tmp_path: Path) -> None:
    made = result(
        tmp_path,
        "import trio\n\n\nasync def drive(sim): pass\nasync def recover(sim, driven): await trio.Event().wait()\n",
    )
    assert not made.ok
    assert "recover" in made.broken or "Event" in made.broken


def test_recover_has_settings_of_its_own(tmp_path: Path) -> None:
    text = "async def drive(sim): return []\nasync def recover(sim, driven, *, more: int = 1): driven.append(more)\n"
    text += "def check(sim, expect, driven): expect('more', driven[0], equals=4)\n"
    assert result(tmp_path, text, more=4).ok


def test_in_exploration_eventually_has_until_the_end_and_sometimes_is_of_all_orders_together(tmp_path: Path) -> None:
    body = (
        "async def one(sim, name):\n"
        "    client = sim.client(account='acme', region='cn-hangzhou', name=name)\n"
        "    await attempt(client.create_network_interface, vswitch_id='vsw-a', security_group_id='sg-main', "
        "client_token='t')\n\n\n"
        "async def drive(sim):\n"
        "    sim.eventually('an ENI', lambda: sim.cloud.estate('acme', 'cn-hangzhou').interfaces, within='1ms')\n"
        "    await gather([one(sim, 'ann'), one(sim, 'bob')])\n\n\n"
        "def check(sim, expect, driven):\n"
        "    sim.sometimes('bob meets a call under way', sim.calls['CreateNetworkInterface']['IdempotentProcessing'])\n"
        "    sim.sometimes('pigs fly', False)\n"
    )
    scenario(tmp_path, HEAD + body, "orders")
    findings = Exploration(wanted=str(tmp_path / "orders.py"), given={"latency": "default"}).run()
    assert not findings.tally.violations
    assert findings.tally.wanted == {"bob meets a call under way": True, "pigs fly": False}
    assert findings.tally.unseen == ["pigs fly"]
    assert not findings.ok
