"""StartInstance, StopInstance, DeleteInstance: legal moves, what an ending takes along, and races at the end."""

from typing import Any

import pytest

from cloudsim.api.requests import (
    AttachNetworkInterface,
    DeleteInstance,
    DetachNetworkInterface,
    InstanceInterface,
    Request,
    StartInstance,
    StopInstance,
)
from cloudsim.operations.operation import Phase
from cloudsim.resources.instance import Instance, InstanceStatus
from cloudsim.resources.interface import EniStatus, EniType
from cloudsim.simulation.latency import latency
from cloudsim.simulation.world.builder import World
from cloudsim.values.duration import SECOND
from cloudsim.values.ids import EniId, InstanceId
from tests.operations.family.launches import SMALL_TYPE, current, on_one, with_enis
from tests.operations.family.test_run_instances import launched
from tests.small_world import REGION, Watched, code, small


def one(status: Any = "Running", **keys: Any) -> World:
    """The small world with an instance."""
    return small(**keys).instance("i-1", type=SMALL_TYPE, status=status)


def the_instance(sim: Watched) -> Instance:
    return sim.cloud.instances[InstanceId("i-1")]


@pytest.mark.parametrize(
    ("kind", "before", "through", "after"),
    [(StartInstance, "Stopped", "Starting", "Running"), (StopInstance, "Running", "Stopping", "Stopped")],
)
def test_it_goes_through_the_state_between(kind: type[Request], before: str, through: str, after: str) -> None:
    sim = Watched(one(before), latency=latency(finish="5s"))
    reply = sim.send(on_one(kind))
    sim.run(until_ns=4 * SECOND)
    assert code(reply) == "ok"
    assert the_instance(sim).status == through
    sim.run()
    assert the_instance(sim).status == after
    assert sim.close() == []


@pytest.mark.parametrize("status", [one for one in InstanceStatus if one is not InstanceStatus.STOPPED])
def test_only_a_stopped_instance_starts(status: str) -> None:
    sim = Watched(one(status))
    assert code(sim.ask(on_one(StartInstance))) == "IncorrectInstanceStatus"
    assert the_instance(sim).status == status


@pytest.mark.parametrize("status", [one for one in InstanceStatus if one is not InstanceStatus.RUNNING])
def test_only_a_running_instance_stops(status: str) -> None:
    sim = Watched(one(status))
    assert code(sim.ask(on_one(StopInstance))) == "IncorrectInstanceStatus"
    assert the_instance(sim).status == status


@pytest.mark.parametrize("is_forced", [False, True])
@pytest.mark.parametrize("status", list(InstanceStatus))
def test_which_instances_end(status: InstanceStatus, *, is_forced: bool) -> None:
    sim = Watched(one(status))
    ends = status is InstanceStatus.STOPPED or (is_forced and status is not InstanceStatus.PENDING)
    ended = code(sim.ask(on_one(DeleteInstance, force=is_forced)))
    assert ended == ("ok" if ends else "IncorrectInstanceStatus")
    assert bool(sim.cloud.instances) is not ends
    assert bool(sim.enis) is not ends


def test_an_instance_of_another_account_or_region_does_not_exist() -> None:
    world = (
        World()
        .account("acme")
        .account("other")
        .region(REGION, zones=["cn-hangzhou-h"])
        .region("cn-beijing")
        .vpc("vpc-main", account="acme", region=REGION, cidr="10.0.0.0/16")
        .vswitch("vsw-a", cidr="10.0.0.0/24")
        .instance("i-1", type=SMALL_TYPE, status="Stopped")
    )
    sim = Watched(world)
    other = sim.caller(account="other", name="eve")
    for kind in (StartInstance, StopInstance, DeleteInstance):
        assert code(sim.ask(on_one(kind), by=other)) == "InvalidInstanceId.NotFound"
        assert code(sim.ask(on_one(kind, region_id="cn-beijing"))) == "InvalidInstanceId.NotFound"


def test_an_instance_of_the_world_may_have_a_name_and_be_protected() -> None:
    sim = Watched(small().instance("i-1", type=SMALL_TYPE, name="old", deletion_protection=True, status="Stopped"))
    instance = the_instance(sim)
    assert (instance.name, instance.resource_group) == ("old", instance.primary.resource_group)
    assert code(sim.ask(on_one(DeleteInstance, force=True))) == "InvalidOperation.DeletionProtection"


def test_a_stopped_instance_keeps_its_enis_and_addresses() -> None:
    sim = Watched(one())
    before = sim.free_addresses("vsw-a")
    sim.ask(on_one(StopInstance))
    assert [eni.status for eni in sim.enis] == [EniStatus.IN_USE]
    assert sim.free_addresses("vsw-a") == before


def test_an_ended_instance_gives_back_addresses_places_and_its_group() -> None:
    sim = Watched(small(mask=29, quota=1).security_group("sg-b"))
    free, group = sim.free_addresses("vsw-a"), sim.cloud.groups_of
    (instance,) = launched(sim, with_enis(InstanceInterface(secondary_private_ip_address_count=2)))
    places = group(instance.primary)[0].places
    assert (sim.free_addresses("vsw-a"), places.used) == (0, 4)
    assert code(sim.ask(DeleteInstance(region_id=REGION, instance_id=instance.id, force=True))) == "ok"
    assert (sim.free_addresses("vsw-a"), places.used) == (free, 0)
    assert sim.quota(account="acme", region=REGION).used == 0
    assert sim.close() == []


def test_secondary_enis_die_or_stay_as_they_were_told() -> None:
    sim = Watched()
    dies, stays = InstanceInterface(), InstanceInterface(delete_on_release=False)
    (instance,) = launched(sim, with_enis(dies, stays))
    _, gone, left = list(instance.interfaces.values())
    sim.ask(DeleteInstance(region_id=REGION, instance_id=instance.id, force=True))
    assert sim.enis == [left]
    assert (left.status, left.instance) == (EniStatus.AVAILABLE, None)
    assert gone.status is EniStatus.GONE


def test_a_member_of_a_trunk_is_a_secondary_eni_again() -> None:
    world = current().instance("i-1", type=SMALL_TYPE).eni("eni-trunk", type="Trunk").eni("eni-member")
    sim = Watched(world)
    trunk = AttachNetworkInterface(region_id=REGION, instance_id="i-1", network_interface_id="eni-trunk")
    assert code(sim.ask(trunk)) == "ok"
    onto = AttachNetworkInterface(
        region_id=REGION,
        instance_id="i-1",
        network_interface_id="eni-member",
        trunk_network_instance_id="eni-trunk",
    )
    assert code(sim.ask(onto)) == "ok"
    assert sim.shown("eni-member").type == "Member"
    assert code(sim.ask(on_one(DeleteInstance, force=True))) == "ok"
    assert [(eni.id, eni.type, eni.status) for eni in sim.enis] == [
        ("eni-trunk", EniType.TRUNK, EniStatus.AVAILABLE),
        ("eni-member", EniType.SECONDARY, EniStatus.AVAILABLE),
    ]
    assert sim.close() == []


@pytest.mark.parametrize("status", ["Attaching", "Detaching", "InUse"])
def test_an_eni_that_comes_or_goes_is_available_when_its_instance_ends(status: Any) -> None:
    sim = Watched(one("Stopped").eni("eni-1", instance="i-1", status=status))
    assert code(sim.ask(on_one(DeleteInstance))) == "ok"
    assert [(eni.id, eni.status) for eni in sim.enis] == [("eni-1", EniStatus.AVAILABLE)]


@pytest.mark.parametrize("kind", [AttachNetworkInterface, DetachNetworkInterface])
def test_an_attach_or_detach_in_flight_finds_nothing_to_do_when_the_instance_has_ended(kind: type[Request]) -> None:
    on = {"instance": "i-1"} if kind is DetachNetworkInterface else {}
    sim = Watched(one().eni("eni-1", **on))  # type: ignore[arg-type]
    reply = sim.send(kind(region_id=REGION, instance_id="i-1", network_interface_id="eni-1"))  # type: ignore[call-arg]
    sim.hold(reply, at=Phase.FINISH)
    sim.run()
    assert code(sim.ask(on_one(DeleteInstance, force=True))) == "ok"
    sim.release(reply)
    sim.run()
    assert sim.cloud.estates[next(iter(sim.cloud.estates))].interfaces[EniId("eni-1")].status is EniStatus.AVAILABLE
    assert sim.close() == []


@pytest.mark.parametrize(("kind", "before"), [(StartInstance, "Stopped"), (StopInstance, "Running")])
def test_a_start_or_stop_in_flight_finds_nothing_to_do_when_the_instance_has_ended(
    kind: type[Request], before: str
) -> None:
    sim = Watched(one(before))
    reply = sim.send(on_one(kind))
    sim.hold(reply, at=Phase.FINISH)
    sim.run()
    assert code(sim.ask(on_one(DeleteInstance, force=True))) == "ok"
    sim.release(reply)
    sim.run()
    assert sim.cloud.instances == {}
    assert sim.close() == []


def test_an_id_that_was_taken_stands_for_nothing_after_the_end() -> None:
    sim = Watched(one("Stopped"))
    assert code(sim.ask(on_one(DeleteInstance))) == "ok"
    assert code(sim.ask(on_one(DeleteInstance))) == "InvalidInstanceId.NotFound"


def test_a_life_needs_no_region_since_the_requests_of_the_sdks_have_no_field_for_it() -> None:
    sim = Watched(one())
    for kind, after in ((StopInstance, "Stopped"), (StartInstance, "Running"), (StopInstance, "Stopped")):
        assert code(sim.ask(kind(instance_id="i-1"))) == "ok"
        assert the_instance(sim).status == after
    assert code(sim.ask(DeleteInstance(instance_id="i-1"))) == "ok"
    assert not sim.cloud.instances
    assert sim.close() == []


def strangers() -> World:
    """The world with an instance, and an account that has nothing."""
    world = World().account("acme").account("other").region(REGION, zones=["cn-hangzhou-h"])
    world = world.vpc("vpc-main", account="acme", cidr="10.0.0.0/16").vswitch("vsw-a", cidr="10.0.0.0/24")
    return world.security_group("sg-main").instance("i-1", type=SMALL_TYPE)


@pytest.mark.parametrize("region", [None, REGION])
@pytest.mark.parametrize("kind", [StartInstance, StopInstance, DeleteInstance])
def test_the_instance_of_somebody_else_is_none_with_a_region_and_without(
    kind: type[Request], region: str | None
) -> None:
    sim = Watched(strangers())
    other = sim.caller(account="other")
    assert code(sim.ask(on_one(kind, region_id=region), by=other)) == "InvalidInstanceId.NotFound"
    assert code(sim.ask(on_one(kind, region_id="cn-nowhere"))) == "InvalidRegionId.NotFound"
    assert sim.close() == []
