"""DeleteNetworkInterface in the company of others: hung, repeated, in the way of a change, and of trunks."""

from cloudsim.api.requests import AssignPrivateIpAddresses
from cloudsim.errors.service import InternalError
from cloudsim.operations.operation import Phase
from tests.operations.family.cases_interfaces import attach, current, delete, detach, hosted
from tests.small_world import REGION, Watched, code, small


def test_a_delete_that_hangs_is_completed_by_another() -> None:
    sim = Watched(current())
    for stop in (sim.faults.abandon, lambda phase: sim.faults.refuse(InternalError(), at=phase)):
        eni = sim.make().network_interface_id
        stop(Phase.FINISH)
        assert code(sim.ask(delete(eni))) == "ok"
        assert sim.shown(eni).status == "Deleting"
        assert code(sim.ask(attach(eni))) == "InvalidOperation.InvalidEniState"
        assert code(sim.ask(delete(eni))) == "ok"
        assert sim.describe(network_interface_ids=(eni,)).total_count == 0
    assert sim.close() == []


def test_an_eni_is_deleted_once_the_change_of_its_addresses_is_over() -> None:
    sim = Watched(hosted())
    assign = AssignPrivateIpAddresses(
        region_id=REGION, network_interface_id="eni-1", secondary_private_ip_address_count=2
    )
    changing = sim.send(assign)
    sim.hold(changing, at=Phase.COMMIT)
    sim.run()
    assert code(sim.ask(delete("eni-1"))) == "InvalidOperation.Conflict"
    sim.release(changing)
    sim.run()
    assert [code(changing), code(sim.ask(delete("eni-1")))] == ["ok", "ok"]
    assert sim.close() == []


def test_an_eni_of_a_vpc_that_may_use_few_addresses_gives_its_own_back() -> None:
    sim = Watched(small(vpc={"private_addresses": 2}))
    eni = sim.make(secondary_private_ip_address_count=1).network_interface_id
    assert code(sim.ask()) == "QuotaExceeded.PrivateIpAddress"
    assert code(sim.ask(delete(eni))) == "ok"
    assert code(sim.ask()) == "ok"


def test_a_delete_and_an_attach_of_one_eni_cannot_both_have_it() -> None:
    sim = Watched(hosted())
    replies = [sim.send(attach()), sim.send(delete("eni-1"))]
    sim.run()
    assert [code(reply) for reply in replies] == ["ok", "InvalidOperation.InvalidEniState"]
    assert [code(sim.ask(request)) for request in (detach("eni-1"), delete("eni-1"))] == ["ok", "ok"]


def test_a_trunk_is_deleted_like_any_other() -> None:
    sim = Watched(current())
    trunk = sim.make(instance_type="Trunk").network_interface_id
    assert code(sim.ask(delete(trunk))) == "ok"
