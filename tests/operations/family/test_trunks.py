"""Trunks and their members: slots of their own, numbers that stay, and types that come and go."""

from typing import Any

import pytest

from cloudsim.errors.service import InternalError
from cloudsim.operations.operation import Phase
from cloudsim.resources.instance import Instance
from cloudsim.simulation.world.builder import World
from tests.operations.family.cases_interfaces import attach, current, detach, of_type, show, with_trunk
from tests.small_world import Watched, code


def member(eni: str, trunk: str) -> Any:
    return attach(eni, trunk_network_instance_id=trunk)


def instance(sim: Watched) -> Instance:
    (only,) = sim.cloud.instances.values()
    return only


def free(world: World, count: int) -> World:
    return world.eni("eni-m{n}", count=count)


def test_a_member_shows_its_trunk_and_its_number_there_and_the_trunk_its_members() -> None:
    sim = Watched(free(current(), 2))
    trunk = with_trunk(sim)
    for eni in ("eni-m1", "eni-m2"):
        assert code(sim.ask(member(eni, trunk))) == "ok"
    shown = sim.shown("eni-m2")
    assert (shown.type, shown.status, shown.instance_id) == ("Member", "InUse", "i-1")
    assert (shown.attachment.trunk_network_interface_id, shown.attachment.device_index) == (trunk, 2)
    alone: Any = sim.ask(show(trunk)).result()
    assert (alone.type, alone.attachment.device_index) == ("Trunk", 2)
    assert alone.attachment.member_network_interface_ids == ("eni-m1", "eni-m2")
    found = sim.describe(type="Member").network_interface_sets
    assert [one.network_interface_id for one in found] == ["eni-m1", "eni-m2"]


def test_members_take_no_slots_of_the_instance() -> None:
    sim = Watched(free(current(), 3))
    trunk = with_trunk(sim)
    for n in (1, 2, 3):
        assert code(sim.ask(member(f"eni-m{n}", trunk))) == "ok"
    assert (instance(sim).slots.used, instance(sim).member_slots.used) == (3, 3)


def test_a_g7_xlarge_has_sixteen_members() -> None:
    sim = Watched(free(current(), 17))
    trunk = with_trunk(sim)
    found = [code(sim.ask(member(f"eni-m{n}", trunk))) for n in range(1, 18)]
    assert found == ["ok"] * 16 + ["EniPerInstanceLimitExceeded"]


def test_a_member_is_a_secondary_eni_again_when_it_is_off() -> None:
    sim = Watched(free(current(), 1))
    trunk = with_trunk(sim)
    sim.ask(member("eni-m1", trunk))
    assert code(sim.ask(detach("eni-m1", trunk_network_instance_id=trunk))) == "ok"
    shown = sim.shown("eni-m1")
    assert (shown.type, shown.status, shown.attachment.trunk_network_interface_id) == ("Secondary", "Available", None)
    assert instance(sim).member_slots.used == 0


def test_a_member_may_be_detached_without_a_word_of_its_trunk() -> None:
    sim = Watched(free(current(), 1))
    sim.ask(member("eni-m1", with_trunk(sim)))
    assert code(sim.ask(detach("eni-m1"))) == "ok"


def test_an_attach_of_a_member_that_fails_leaves_a_secondary_eni() -> None:
    sim = Watched(free(current(), 1))
    trunk = with_trunk(sim)
    sim.faults.refuse(InternalError(), at=Phase.FINISH)
    sim.ask(member("eni-m1", trunk))
    assert (sim.shown("eni-m1").type, sim.shown("eni-m1").status) == ("Secondary", "Available")
    assert instance(sim).member_slots.used == 0


def test_a_number_on_the_trunk_stays_and_a_free_one_is_given_again() -> None:
    sim = Watched(free(current(), 3))
    trunk = with_trunk(sim)
    for n in (1, 2):
        sim.ask(member(f"eni-m{n}", trunk))
    sim.ask(detach("eni-m1"))
    assert sim.shown("eni-m2").attachment.device_index == 2
    sim.ask(member("eni-m3", trunk))
    assert sim.shown("eni-m3").attachment.device_index == 1


def test_two_trunks_number_their_members_apart() -> None:
    sim = Watched(free(current(), 2))
    trunks = [with_trunk(sim), with_trunk(sim)]
    for n, trunk in enumerate(trunks, start=1):
        sim.ask(member(f"eni-m{n}", trunk))
    assert [sim.shown(f"eni-m{n}").attachment.device_index for n in (1, 2)] == [1, 1]


def test_a_trunk_goes_when_its_last_member_is_off_and_not_while_it_is_coming_or_going() -> None:
    sim = Watched(free(current(), 1))
    trunk = with_trunk(sim)
    sim.faults.abandon(Phase.FINISH)
    going = sim.ask(member("eni-m1", trunk))
    assert (code(going), sim.shown("eni-m1").status) == ("ok", "Attaching")
    assert code(sim.ask(detach(trunk))) == "InvalidOperation.HasMemberEniAttached"


def test_a_trunk_without_members_is_detached_and_stays_a_trunk() -> None:
    sim = Watched(free(current(), 1))
    trunk = with_trunk(sim)
    sim.ask(member("eni-m1", trunk))
    assert code(sim.ask(detach(trunk))) == "InvalidOperation.HasMemberEniAttached"
    sim.ask(detach("eni-m1"))
    assert code(sim.ask(detach(trunk))) == "ok"
    assert (sim.shown(trunk).type, sim.shown(trunk).status) == ("Trunk", "Available")


def test_a_trunk_is_no_member_of_another() -> None:
    sim = Watched(current())
    trunk = with_trunk(sim)
    other = sim.make(instance_type="Trunk").network_interface_id
    assert code(sim.ask(member(other, trunk))) == "InvalidOperation.InvalidEniType"


def test_a_trunk_on_another_instance_takes_no_members_for_this_one() -> None:
    sim = Watched(free(current(), 1).instance("i-2", type="ecs.g7.xlarge"))
    trunk = with_trunk(sim, "i-2")
    reply = sim.ask(member("eni-m1", trunk))
    assert code(reply) == "InvalidOperation.InvalidTrunkEniStatus"
    assert reply.error is not None
    assert "on i-2" in reply.error.message


@pytest.mark.parametrize(("supported", "wanted"), [(None, "ok"), (True, "ok"), (False, "TRUNKING")])
def test_only_a_type_that_is_known_to_have_no_trunks_refuses_them(supported: bool | None, wanted: str) -> None:
    sim = Watched(of_type(eni_trunk_supported=supported))
    eni = sim.make(instance_type="Trunk").network_interface_id
    got = code(sim.ask(attach(eni)))
    assert got == ("InvalidOperation.InstanceTypeNotSupportEniTrunking" if wanted == "TRUNKING" else wanted)


def test_members_have_no_part_in_the_total_of_queues() -> None:
    sim = Watched(free(of_type(primary_queues=2, secondary_queues=2, total_queues=4), 2))
    trunk = with_trunk(sim)
    assert [code(sim.ask(member(f"eni-m{n}", trunk))) for n in (1, 2)] == ["ok", "ok"]
    assert code(sim.ask(attach())) == "InvalidOperation.ExceedInstanceTypeQueueNumber"
