"""AttachNetworkInterface: what happens at the answer and after it, when it fails, hangs or races."""

from functools import partial
from typing import Any

import pytest

from cloudsim.api.requests import DeleteInstance, StopInstance
from cloudsim.errors.service import InternalError
from cloudsim.operations.operation import Phase
from cloudsim.resources.instance import Instance
from cloudsim.simulation.faults import Match
from cloudsim.simulation.latency import latency
from cloudsim.simulation.world.builder import World
from cloudsim.values.duration import SECOND
from tests.operations.family.cases_interfaces import TYPE, attach, current, delete, detach, hosted, of_type, show
from tests.small_world import REGION, Watched, code, small


def instance(sim: Watched, name: str = "i-1") -> Instance:
    return next(one for one in sim.cloud.instances.values() if one.id == name)


def test_an_eni_is_attaching_at_the_answer_and_in_use_after_the_time_of_finish() -> None:
    sim = Watched(hosted(), latency=latency(finish="5s"))
    reply = sim.send(attach())
    sim.run(until_ns=5 * SECOND - 1)
    assert (code(reply), reply.settled_ns) == ("ok", 0)
    shown = sim.shown("eni-1")
    assert (shown.status, shown.instance_id, shown.attachment.instance_id) == ("Attaching", "i-1", "i-1")
    assert (sim.shown("eni-1").status, sim.now_ns) == ("InUse", 5 * SECOND)
    assert sim.close() == []


def test_an_attached_eni_has_a_slot_from_the_answer_on() -> None:
    sim = Watched(hosted(), latency=latency(finish="5s"))
    assert instance(sim).slots.used == 2
    sim.send(attach())
    sim.run(until_ns=SECOND)
    assert instance(sim).slots.used == 3
    assert list(instance(sim).interfaces)[1:] == ["eni-on", "eni-1"]


def test_of_two_attaches_the_last_slot_goes_to_the_first() -> None:
    world = small().instance("i-1", type=TYPE).eni("eni-on-{n}", instance="i-1", count=2).eni("eni-{n}", count=2)
    sim = Watched(world)
    replies = [sim.send(attach(f"eni-{n}")) for n in (1, 2)]
    sim.run()
    assert [code(reply) for reply in replies] == ["ok", "EniPerInstanceLimitExceeded"]
    assert [sim.shown(f"eni-{n}").status for n in (1, 2)] == ["InUse", "Available"]


def test_of_two_attaches_of_one_eni_the_first_to_commit_has_it() -> None:
    sim = Watched(hosted().instance("i-2", type=TYPE))
    first, second = sim.send(attach()), sim.send(attach(instance="i-2"))
    sim.hold(first, at=Phase.COMMIT)
    sim.run()
    sim.release(first)
    sim.run()
    assert [code(first), code(second)] == ["InvalidOperation.InvalidEniState", "ok"]
    assert sim.shown("eni-1").instance_id == "i-2"


def test_a_refused_attach_changes_nothing() -> None:
    sim = Watched(of_type(eni={"secondary_count": 2}, ipv4_per_eni=2))
    assert code(sim.ask(attach())) == "InvalidOperation.Ipv4CountExceeded"
    assert (sim.shown("eni-1").status, instance(sim).slots.used, list(sim.held)) == ("Available", 1, [])


def test_an_attach_that_fails_after_its_answer_gives_the_slot_back() -> None:
    sim = Watched(hosted())
    sim.faults.refuse(InternalError(), at=Phase.FINISH)
    assert code(sim.ask(attach())) == "ok"
    shown = sim.shown("eni-1")
    assert (shown.status, shown.instance_id, shown.attachment.device_index) == ("Available", "", None)
    assert (instance(sim).slots.used, "eni-1" in instance(sim).interfaces) == (2, False)
    assert code(sim.ask(attach())) == "ok"
    assert sim.shown("eni-1").status == "InUse"


def test_an_attach_that_hangs_keeps_its_slot_and_is_neither_detached_nor_deleted() -> None:
    sim = Watched(hosted())
    sim.faults.abandon(Phase.FINISH)
    assert code(sim.ask(attach())) == "ok"
    assert (sim.shown("eni-1").status, instance(sim).slots.used) == ("Attaching", 3)
    for request in (attach(), detach("eni-1"), delete("eni-1")):
        assert code(sim.ask(request)) == "InvalidOperation.InvalidEniState"
    assert sim.close() == []


@pytest.mark.parametrize("fails", [False, True])
def test_an_attach_whose_instance_ends_meanwhile_has_nothing_left_to_do(fails: bool) -> None:
    sim = Watched(hosted(status="Stopped"), latency=latency(finish="5s"))
    if fails:
        sim.faults.refuse(InternalError(), at=Phase.FINISH, match=Match(action="AttachNetworkInterface"))
    sim.send(attach())
    sim.run(until_ns=SECOND)
    assert code(sim.send(DeleteInstance(region_id=REGION, instance_id="i-1"))) == "under way"
    sim.run()
    assert sim.shown("eni-1").status == "Available"
    assert sim.close() == []


def test_an_instance_may_begin_to_stop_while_an_eni_is_attaching() -> None:
    sim = Watched(hosted(), latency=latency(finish="5s"))
    sim.send(attach())
    sim.run(until_ns=SECOND)
    sim.send(StopInstance(region_id=REGION, instance_id="i-1"))
    sim.run()
    assert (sim.shown("eni-1").status, instance(sim).status) == ("InUse", "Stopped")


@pytest.mark.parametrize(("status", "wanted"), [("Running", "ok"), ("Stopped", "ok"), ("Pending", "ECS")])
def test_only_an_instance_that_runs_or_is_stopped_gets_an_eni(status: Any, wanted: str) -> None:
    got = code(Watched(hosted(status=status)).ask(attach()))
    assert got == ("InvalidOperation.InvalidEcsState" if wanted == "ECS" else wanted)


def test_an_eni_may_lie_in_another_vswitch_of_the_instance_s_zone() -> None:
    world = small().vswitch("vsw-b", cidr="10.0.1.0/24").instance("i-1", type=TYPE, vswitch="vsw-a")
    sim = Watched(world.eni("eni-b", vswitch="vsw-b"))
    assert code(sim.ask(attach("eni-b"))) == "ok"


def test_the_instance_of_another_account_is_not_found_by_the_code_with_a_403() -> None:
    world = (
        World()
        .account("acme")
        .account("other")
        .region(REGION)
        .vpc("vpc-main", account="acme", cidr="10.0.0.0/16")
        .vpc("vpc-other", account="other", cidr="10.0.0.0/16")
        .vswitch("vsw-a", vpc="vpc-main", cidr="10.0.0.0/24")
        .vswitch("vsw-o", vpc="vpc-other", cidr="10.0.0.0/24")
        .security_group("sg-main", vpc="vpc-main")
        .instance("i-1", type=TYPE, vswitch="vsw-o")
        .eni("eni-1", vswitch="vsw-a")
    )
    assert code(Watched(world).ask(attach())) == "InvalidInstanceId.NotFound"


@pytest.mark.parametrize(("enis", "wanted"), [(15, "ok"), (16, "InvalidOperation.Ipv4CountExceeded")])
def test_a_g7_xlarge_takes_fifteen_addresses_on_an_eni_and_no_more(enis: int, wanted: str) -> None:
    sim = Watched(current(secondary_count=enis - 1))
    assert code(sim.ask(attach())) == wanted


def test_a_prefix_counts_as_one_address() -> None:
    sim = Watched(of_type(ipv4_per_eni=6))
    for prefixes, wanted in ((5, "ok"), (6, "InvalidOperation.Ipv4CountExceeded")):
        eni = sim.make(ipv4_prefix_count=prefixes).network_interface_id
        assert code(sim.ask(attach(eni))) == wanted


def test_what_the_catalogue_does_not_know_limits_nothing() -> None:
    sim = Watched(of_type(eni={"secondary_count": 40, "queue_number": 2048}))
    assert code(sim.ask(attach())) == "ok"
    assert code(sim.ask(attach(sim.make(ipv6_address_count=10).network_interface_id))) == "ok"


def test_nothing_is_attached_while_the_zone_is_out() -> None:
    sim = Watched(hosted())
    sim.trouble.take_zone_out("cn-hangzhou-h")
    sim.run()
    assert code(sim.ask(attach())) == "ServiceUnavailable"
    assert sim.shown("eni-1").status == "Available"
    sim.trouble.bring_zone_back("cn-hangzhou-h")
    sim.run()
    assert code(sim.ask(attach())) == "ok"


# -- queues


def test_an_eni_shows_the_type_s_usual_queues_once_it_is_attached_and_none_before_and_after() -> None:
    sim = Watched(hosted())
    assert sim.shown("eni-1").queue_number is None
    sim.ask(attach())
    assert sim.shown("eni-1").queue_number == 4
    sim.ask(detach("eni-1"))
    assert sim.shown("eni-1").queue_number is None


def test_a_number_of_queues_that_was_set_stays() -> None:
    sim = Watched(hosted(queue_number=3))
    assert sim.shown("eni-1").queue_number == 3
    sim.ask(attach())
    assert sim.shown("eni-1").queue_number == 3


def test_the_usual_queues_are_part_of_the_total() -> None:
    world = partial(of_type, primary_queues=2, secondary_queues=2, total_queues=6)
    sim = Watched(world(eni={"queue_number": 3}).eni("eni-{n}-more", count=2))
    assert [code(sim.ask(attach(eni))) for eni in ("eni-1-more", "eni-1", "eni-2-more")] == [
        "ok",
        "InvalidOperation.ExceedInstanceTypeQueueNumber",
        "ok",
    ]


# -- what is shown


def test_device_indexes_follow_the_order_of_attachment() -> None:
    sim = Watched(hosted().eni("eni-2"))
    sim.ask(attach("eni-2"))
    sim.ask(attach("eni-1"))
    primary = instance(sim).primary.id
    indexes = [sim.shown(eni).attachment.device_index for eni in (primary, "eni-on", "eni-2", "eni-1")]
    assert indexes == [0, 1, 2, 3]


def test_a_network_card_is_shown_as_it_was_said_and_forgotten_at_the_detach() -> None:
    sim = Watched(current())
    sim.ask(attach(network_card_index=1))
    assert sim.shown("eni-1").attachment.network_card_index == 1
    sim.ask(detach("eni-1"))
    assert sim.shown("eni-1").attachment.network_card_index is None
    assert next(eni for eni in sim.enis if eni.id == "eni-1").extras is None


def test_one_eni_is_shown_as_in_a_list_and_with_its_traffic_and_time_outs() -> None:
    sim = Watched(hosted())
    sim.ask(attach())
    alone: Any = sim.ask(show("eni-1")).result()
    listed = sim.shown("eni-1")
    assert (alone.status, alone.attachment.device_index) == ("InUse", listed.attachment.device_index)
    assert alone.attachment.member_network_interface_ids == ()
    assert alone.network_interface_traffic_config.network_interface_traffic_mode == "Standard"
    assert alone.network_interface_traffic_config.queue_number == 4
    assert alone.connection_tracking_configuration.tcp_established_timeout == 910


def test_an_eni_of_a_cloud_product_says_so() -> None:
    sim = Watched(hosted().eni("eni-theirs", status="InUse"))
    assert (sim.shown("eni-theirs").service_managed, sim.shown("eni-on").service_managed) == (True, False)
    found = [one.network_interface_id for one in sim.describe(service_managed=True).network_interface_sets]
    assert found == ["eni-theirs"]
    assert "eni-theirs" not in [
        one.network_interface_id for one in sim.describe(service_managed=False).network_interface_sets
    ]
