"""Bonds: what two linked ENIs refuse, how they are shown, and how a bond begins, moves and ends."""

from typing import Any

import pytest

from cloudsim.api.requests import DeleteInstance
from cloudsim.errors.own import SettingError
from cloudsim.resources.interface import EniExtras, NetworkInterface
from cloudsim.simulation.world.builder import World
from cloudsim.values.duration import SECOND
from tests.operations.family.cases_interfaces import delete, detach, hosted, show
from tests.operations.family.launches import on_one
from tests.small_world import Watched, code


def bonded(world: World | None = None) -> Watched:
    """The ENI on the instance is a slave of the free one."""
    sim = Watched(world or hosted())
    assert strike(sim, sim.trouble.bond("eni-on", "eni-1")) == "ok"
    return sim


def strike(sim: Watched, thrown: Any) -> str:
    sim.run(until_ns=sim.now_ns + 1)
    fate: str = thrown.fate
    return fate


def eni(sim: Watched, name: str) -> NetworkInterface:
    return next(one for one in sim.enis if one.id == name)


def bond_of(sim: Watched, name: str) -> tuple[str | None, tuple[str, ...]]:
    extras = eni(sim, name).extras or EniExtras()
    return extras.bond, extras.slaves


def test_both_ends_of_a_bond_show_it() -> None:
    sim = bonded()
    slave: Any = sim.ask(show("eni-on")).result()
    master: Any = sim.ask(show("eni-1")).result()
    assert slave.slave_interface_specification.bond_network_interface_id == "eni-1"
    (only,) = master.bond_interface_specification.slaves
    assert (only.bond_network_interface_id, only.slave_network_interface_id) == ("eni-1", "eni-on")
    assert slave.bond_interface_specification.slaves == ()
    assert master.slave_interface_specification.slave_network_interface_id is None
    assert sim.close() == []


def test_after_a_bond_everything_is_as_before() -> None:
    sim = bonded()
    assert strike(sim, sim.trouble.unbond("eni-on")) == "ok"
    assert (eni(sim, "eni-on").extras, eni(sim, "eni-1").extras) == (None, None)
    assert [code(sim.ask(call)) for call in (detach(), delete("eni-1"), delete("eni-on"))] == ["ok"] * 3
    assert sim.close() == []


def test_a_slave_is_deleted_and_leaves_its_bond() -> None:
    sim = Watched(hosted().eni("eni-2"))
    assert strike(sim, sim.trouble.bond("eni-2", "eni-1")) == "ok"
    assert code(sim.ask(delete("eni-2"))) == "ok"
    assert bond_of(sim, "eni-1") == (None, ())
    assert code(sim.ask(delete("eni-1"))) == "ok"
    assert sim.close() == []


def test_a_slave_moves_from_one_master_to_another() -> None:
    sim = bonded(hosted().eni("eni-2"))
    assert strike(sim, sim.trouble.bond("eni-on", "eni-2")) == "ok"
    assert (bond_of(sim, "eni-1"), bond_of(sim, "eni-2")) == ((None, ()), (None, ("eni-on",)))
    assert bond_of(sim, "eni-on") == ("eni-2", ())
    assert code(sim.ask(delete("eni-1"))) == "ok"


def test_the_master_stays_on_its_instance_too() -> None:
    sim = Watched(hosted())
    assert strike(sim, sim.trouble.bond("eni-1", "eni-on")) == "ok"
    assert code(sim.ask(detach())) == "InvalidOperation.EniLinked"
    assert code(sim.ask(on_one(DeleteInstance, force=True))) == "InvalidOperation.EniLinked"


def test_a_bond_ends_after_a_while_and_the_one_before_it_is_back() -> None:
    sim = bonded(hosted().eni("eni-2"))
    thrown = sim.trouble.bond("eni-on", "eni-2", lasting="1m")
    strike(sim, thrown)
    assert bond_of(sim, "eni-on") == ("eni-2", ())
    sim.run(until_ns=sim.now_ns + 60 * SECOND)
    assert bond_of(sim, "eni-on") == ("eni-1", ())
    assert sim.close() == []


def test_a_bond_of_what_has_gone_is_refused_when_it_strikes() -> None:
    sim = Watched(hosted())
    late = [sim.trouble.bond("eni-x", "eni-1", at="1s", lasting="1s"), sim.trouble.bond("eni-1", "eni-x", at="1s")]
    sim.run()
    assert [one.fate for one in late] == ["InvalidEniId.NotFound"] * 2
    assert sim.close() == []


def test_the_same_bond_twice_and_none_ended_change_nothing() -> None:
    sim = bonded()
    lines = [line for line in sim.cloud.journal.lines if b"eni-changed" in line]
    assert strike(sim, sim.trouble.bond("eni-on", "eni-1")) == "ok"
    assert strike(sim, sim.trouble.unbond("eni-1")) == "ok"
    assert [line for line in sim.cloud.journal.lines if b"eni-changed" in line] == lines


def test_what_cannot_be_bonded_is_said_at_once() -> None:
    sim = Watched(hosted())
    with pytest.raises(SettingError, match="there is no ENI 'eni-x'"):
        sim.trouble.bond("eni-1", "eni-x")
    with pytest.raises(SettingError, match="eni-1 cannot be bonded to itself"):
        sim.trouble.bond("eni-1", "eni-1")
