"""DetachNetworkInterface: what comes back when, and detaches that hang, repeat and race."""

from typing import Any

from cloudsim.api.requests import DeleteInstance
from cloudsim.operations.operation import Phase
from cloudsim.simulation.latency import latency
from cloudsim.values.duration import SECOND
from tests.operations.family.cases_interfaces import attach, current, delete, detach, hosted
from tests.small_world import REGION, Watched, code


def slots(sim: Watched) -> int:
    (instance,) = sim.cloud.instances.values()
    return instance.slots.used


def test_an_eni_is_detaching_at_the_answer_and_available_after_the_time_of_finish() -> None:
    sim = Watched(hosted(), latency=latency(finish="5s"))
    reply = sim.send(detach())
    sim.run(until_ns=5 * SECOND - 1)
    assert (code(reply), reply.settled_ns) == ("ok", 0)
    (eni,) = [one for one in sim.enis if one.id == "eni-on"]
    assert (eni.status, eni.instance, slots(sim)) == ("Detaching", "i-1", 2)
    sim.run()
    shown = sim.shown("eni-on")
    assert (shown.status, shown.instance_id, slots(sim), sim.now_ns) == ("Available", "", 1, 5 * SECOND)
    assert sim.close() == []


def test_a_detached_eni_keeps_its_addresses_groups_and_queues() -> None:
    sim = Watched(hosted(queue_number=2, secondary_count=3))
    before = sim.shown("eni-1")
    sim.ask(attach())
    sim.ask(detach("eni-1"))
    assert sim.shown("eni-1") == before


def test_a_detach_that_hangs_keeps_the_slot_until_it_is_repeated() -> None:
    sim = Watched(hosted())
    sim.faults.abandon(Phase.FINISH)
    assert code(sim.ask(detach())) == "ok"
    assert (sim.shown("eni-on").status, slots(sim)) == ("Detaching", 2)
    assert code(sim.ask(delete("eni-on"))) == "InvalidOperation.InvalidEniState"
    assert code(sim.ask(detach())) == "ok"
    assert (sim.shown("eni-on").status, slots(sim)) == ("Available", 1)
    assert code(sim.ask(delete("eni-on"))) == "ok"


def test_two_detaches_in_flight_give_the_slot_back_once() -> None:
    sim = Watched(hosted(), latency=latency(finish="5s"))
    replies = [sim.send(detach()), sim.send(detach())]
    sim.run()
    assert [code(reply) for reply in replies] == ["ok", "ok"]
    assert slots(sim) == 1
    assert sim.close() == []


def test_a_late_detach_leaves_an_eni_alone_that_has_been_attached_again() -> None:
    sim = Watched(hosted())
    late = sim.send(detach())
    sim.hold(late, at=Phase.FINISH)
    sim.run()
    sim.ask(detach())
    sim.ask(attach("eni-on"))
    sim.release(late)
    sim.run()
    assert (sim.shown("eni-on").status, slots(sim)) == ("InUse", 2)


def test_a_detach_whose_instance_ends_meanwhile_has_nothing_left_to_do() -> None:
    sim = Watched(hosted(status="Stopped"), latency=latency(finish="5s"))
    sim.send(detach())
    sim.run(until_ns=SECOND)
    sim.send(DeleteInstance(region_id=REGION, instance_id="i-1"))
    sim.run()
    assert sim.shown("eni-on").status == "Available"
    assert sim.close() == []


def test_an_eni_detached_by_somebody_else_is_no_longer_on_the_instance() -> None:
    sim = Watched(hosted())
    bob = sim.caller(account="acme", name="bob")
    assert code(sim.ask(detach(), by=bob)) == "ok"
    assert code(sim.ask(detach())) == "InvalidOperation.InvalidEniState"


def test_the_primary_eni_stays() -> None:
    sim = Watched(hosted())
    (instance,) = sim.cloud.instances.values()
    reply = sim.ask(detach(instance.primary.id))
    assert code(reply) == "InvalidOperation.DetachPrimaryEniNotAllowed"
    assert sim.shown(instance.primary.id).status == "InUse"


def test_a_high_performance_eni_leaves_a_stopped_instance() -> None:
    sim = Watched(current(status="Stopped"))
    eni = sim.make(network_interface_traffic_mode="HighPerformance").network_interface_id
    assert [code(sim.ask(request)) for request in (attach(eni), detach(eni))] == ["ok", "ok"]
    assert sim.shown(eni).network_interface_traffic_mode == "HighPerformance"


def test_attach_detach_and_delete_go_round_for_ever() -> None:
    sim = Watched(current())
    found: list[Any] = []
    for _ in range(3):
        eni = sim.make().network_interface_id
        found += [code(sim.ask(request)) for request in (attach(eni), detach(eni), delete(eni))]
    assert found == ["ok"] * 9
    assert (slots(sim), sim.quota(account="acme", region=REGION).used) == (2, 2)
    assert sim.close() == []
