"""RunInstances: what it makes, in which states, all or as much as MinAmount allows, and nothing when it is refused."""

from typing import Any

import pytest

from cloudsim.api.requests import (
    DeleteInstance,
    DeleteNetworkInterface,
    InstanceInterface,
    RunInstances,
    Tag,
)
from cloudsim.api.responses import RunInstancesResponse
from cloudsim.operations.operation import Phase
from cloudsim.operations.policy import AddressPolicy, CheckOrder, Policy, QuotaPolicy
from cloudsim.resources.instance import Instance, InstanceStatus
from cloudsim.resources.interface import EniStatus, EniType
from cloudsim.simulation.latency import latency
from cloudsim.simulation.reply import Reply
from cloudsim.values.duration import SECOND
from cloudsim.values.ids import InstanceId
from tests.operations.family.launches import (
    a_primary,
    a_run,
    by_primary,
    current,
    joining,
    with_enis,
)
from tests.small_world import REGION, Watched, code, small


def ids_of(reply: Reply) -> tuple[str, ...]:
    """The instances that a launch made."""
    answer = reply.result()
    assert isinstance(answer, RunInstancesResponse)
    return answer.instance_id_sets


def launched(sim: Watched, request: RunInstances | None = None, **changes: Any) -> list[Instance]:
    """Launch instances and let them come to rest."""
    return [
        sim.cloud.instances[InstanceId(name)]
        for name in ids_of(sim.ask(request if request is not None else a_run(**changes)))
    ]


def nothing_is_left(sim: Watched) -> None:
    assert sim.close() == []
    assert sim.held == {}
    assert sim.cloud.instances == {}


def test_an_instance_is_pending_then_starting_then_running() -> None:
    sim = Watched(latency=latency(finish="10s"))
    sim.send(a_run())
    seen = []
    for instant in (0, 10, 20):
        sim.run(until_ns=instant * SECOND + 1)
        seen += [str(instance.status) for instance in sim.cloud.instances.values()]
    assert seen == ["Pending", "Starting", "Running"]


def test_its_primary_eni_is_in_use_from_the_first_instant_and_takes_no_place_of_the_quota() -> None:
    sim = Watched(small(quota=0))
    reply = sim.send(a_run())
    sim.hold(reply, at=Phase.RESPOND)
    sim.run()
    (eni,) = sim.enis
    assert (eni.type, eni.status) == (EniType.PRIMARY, EniStatus.IN_USE)
    (instance,) = sim.cloud.instances.values()
    assert eni.instance == instance.id
    assert sim.quota(account="acme", region=REGION).used == 0


def test_a_world_may_count_primary_enis_in_the_quota() -> None:
    world = small(quota=1)
    world._tables["limits"] = {"primary_enis_count": True}
    sim = Watched(world)
    assert code(sim.ask(a_run(amount=2))) == "MaxEniCountExceeded"
    assert code(sim.ask(a_run())) == "ok"


def test_every_instance_has_ids_addresses_and_mac_addresses_of_its_own() -> None:
    sim = Watched()
    made = launched(sim, with_enis(InstanceInterface(), amount=20))
    assert len({instance.id for instance in made}) == 20
    assert all(instance.id.startswith("i-bp1") and len(instance.id) == 22 for instance in made)
    assert len({eni.id for eni in sim.enis}) == len({eni.mac_low for eni in sim.enis}) == 40
    assert len({eni.primary_ip_address for eni in sim.enis}) == 40


def test_ids_belong_to_the_call_and_not_to_the_order_of_calls() -> None:
    def names(first: str) -> set[str]:
        sim = Watched(seed=3)
        replies = {who: sim.send(a_run(amount=2), by=sim.caller(account="acme", name=who)) for who in ("a", "b")}
        sim.hold(replies[first], at=Phase.COMMIT)
        sim.run()
        sim.release(replies[first])
        sim.run()
        return {f"{who} {name}" for who, reply in replies.items() for name in ids_of(reply)}

    assert names("a") == names("b")


def test_what_is_said_of_an_instance_is_kept() -> None:
    sim = Watched(small().resource_group("rg-blue"))
    tags = (Tag(key="team", value="net"), Tag(key="bare"))
    (instance,) = launched(
        sim,
        instance_name="node",
        description="a node",
        host_name="node-1",
        image_id="image-1",
        resource_group_id="rg-blue",
        deletion_protection=True,
        tags=tags,
        zone_id="cn-hangzhou-h",
        network_interface_queue_number=2,
    )
    assert (instance.name, instance.description, instance.host_name) == ("node", "a node", "node-1")
    assert (instance.image, instance.resource_group, instance.deletion_protection) == ("image-1", "rg-blue", True)
    assert instance.tags == instance.primary.tags == (("team", "net"), ("bare", ""))
    assert (instance.primary.resource_group, instance.primary.queue_number) == ("rg-blue", 2)


def test_addresses_count_on_from_the_one_that_is_named() -> None:
    sim = Watched()
    made = launched(sim, amount=3, private_ip_address="10.0.0.9")
    assert [one.primary.primary_ip_address for one in made] == ["10.0.0.9", "10.0.0.10", "10.0.0.11"]


def test_addresses_that_would_count_on_beyond_the_block_are_refused() -> None:
    sim = Watched(small(mask=29))
    # The last three addresses are reserved, so it is the pool that says no before the block ends.
    refused = sim.ask(a_run(amount=3, private_ip_address="10.0.0.4"))
    assert code(refused) == "InvalidPrivateIpAddress"
    nothing_is_left(sim)


def test_a_primary_eni_in_network_interface_n_says_what_the_flat_parameters_say_else() -> None:
    sim = Watched(current())
    primary = a_primary(
        security_group_id=None,
        security_group_ids=("sg-main",),
        primary_ip_address="10.0.0.20",
        secondary_private_ip_address_count=2,
        ipv6_addresses=("2001:db8:0:1::9",),
        network_interface_name="first",
    )
    (instance,) = launched(sim, by_primary(primary))
    eni = instance.primary
    assert (eni.primary_ip_address, len(eni.private_ip_addresses), eni.name) == ("10.0.0.20", 3, "first")
    assert eni.extras is not None
    assert eni.extras.ipv6_addresses == ("2001:db8:0:1::9",)
    assert eni.security_group_ids == ("sg-main",)


def test_secondary_enis_are_made_with_it_and_attached_when_it_starts() -> None:
    sim = Watched(current().security_group("sg-b").vswitch("vsw-b", cidr="10.0.1.0/24"))
    plain = InstanceInterface()
    own = InstanceInterface(
        instance_type="Secondary",
        vswitch_id="vsw-b",
        security_group_id="sg-b",
        primary_ip_address="10.0.1.7",
        network_interface_name="second",
        description="of its own",
        delete_on_release=False,
        source_dest_check=True,
        network_card_index=1,
        network_interface_traffic_mode="HighPerformance",
        queue_pair_number=1,
        rx_queue_size=8192,
        tx_queue_size=8192,
        queue_number=2,
    )
    reply = sim.send(with_enis(plain, own, tags=(Tag(key="team", value="net"),)))
    sim.hold(reply, at=Phase.RESPOND)
    sim.run()
    (instance,) = sim.cloud.instances.values()
    _, first, second = instance.interfaces.values()
    assert [first.status, second.status] == [EniStatus.ATTACHING] * 2
    sim.release(reply)
    sim.run()
    assert [first.status, second.status] == [EniStatus.IN_USE] * 2
    assert (first.vswitch.id, first.security_group_ids, first.tags) == ("vsw-a", ("sg-main",), ())
    assert first.extras is not None
    assert first.extras.delete_on_release
    assert (second.name, second.description, second.queue_number) == ("second", "of its own", 2)
    assert (second.primary_ip_address, second.security_group_ids) == ("10.0.1.7", ("sg-b",))
    extras = second.extras
    assert extras is not None
    assert (extras.delete_on_release, extras.source_dest_check, extras.network_card_index) == (False, True, 1)
    assert (extras.traffic_mode, extras.queue_pair_number, extras.rx_queue_size) == ("HighPerformance", 1, 8192)
    assert sim.quota(account="acme", region=REGION).used == 2
    assert instance.slots.used == 3


def test_an_eni_that_exists_is_put_on_the_instance() -> None:
    sim = Watched(small().eni("eni-old").eni("eni-two"))
    both = [InstanceInterface(network_interface_id=name, network_card_index=0) for name in ("eni-old", "eni-two")]
    (instance,) = launched(sim, with_enis(*both))
    assert list(instance.interfaces)[1:] == ["eni-old", "eni-two"]
    assert sim.shown("eni-old").instance_id == instance.id
    assert sim.shown("eni-old").status == "InUse"
    assert instance.slots.used == 3
    # It was there before the instance, and stays when that ends.
    sim.ask(DeleteInstance(region_id=REGION, instance_id=instance.id, force=True))
    assert sim.shown("eni-old").status == "Available"


def test_an_eni_that_went_elsewhere_before_the_commit_refuses_the_launch() -> None:
    sim = Watched(small().eni("eni-old"))
    reply = sim.send(joining("eni-old"))
    sim.hold(reply, at=Phase.COMMIT)
    sim.run()
    sim.ask(DeleteNetworkInterface(region_id=REGION, network_interface_id="eni-old"))
    sim.release(reply)
    sim.run()
    assert code(reply) == "InvalidEniId.NotFound"
    nothing_is_left(sim)


@pytest.mark.parametrize("order", CheckOrder)
def test_a_launch_is_all_or_nothing(order: CheckOrder) -> None:
    sim = Watched(small(mask=29), policy=Policy(order=order))
    assert code(sim.ask(a_run(amount=5))) == "QuotaExceeded.PrivateIpAddress"
    nothing_is_left(sim)


@pytest.mark.parametrize("order", CheckOrder)
def test_min_amount_makes_do_with_what_addresses_allow(order: CheckOrder) -> None:
    sim = Watched(small(mask=29), policy=Policy(order=order))
    made = launched(sim, amount=10, min_amount=2)
    assert [instance.status for instance in made] == [InstanceStatus.RUNNING] * 4
    assert code(sim.ask(a_run(amount=2, min_amount=1))) == "QuotaExceeded.PrivateIpAddress"
    assert sim.close() == []
    assert sim.held == {}


def test_min_amount_makes_do_with_what_the_quota_allows() -> None:
    sim = Watched(small(quota=3))
    assert len(launched(sim, with_enis(InstanceInterface(), amount=5, min_amount=2))) == 3
    assert sim.held == {}


def test_the_known_bad_policies_do_not_let_a_launch_be_its_own_rival() -> None:
    bad = Policy(quota=QuotaPolicy.CHECK_THEN_COUNT, address=AddressPolicy.CHECK_THEN_ACT)
    sim = Watched(small(quota=2), policy=bad)
    assert code(sim.ask(with_enis(InstanceInterface(), amount=3))) == "MaxEniCountExceeded"
    assert code(sim.ask(with_enis(InstanceInterface(), amount=2))) == "ok"
    assert sim.close() == []


def test_two_launches_in_flight_never_share_an_address() -> None:
    sim = Watched(small(mask=29))
    one, other = sim.send(a_run(amount=3)), sim.send(a_run(amount=3))
    sim.hold(one, at=Phase.COMMIT)
    sim.run()
    assert code(other) == "QuotaExceeded.PrivateIpAddress"
    sim.release(one)
    sim.run()
    assert code(one) == "ok"


def test_a_dry_run_that_passes_makes_nothing_and_claims_no_token() -> None:
    sim = Watched()
    assert code(sim.ask(a_run(dry_run=True, client_token="t-1"))) == "DryRunOperation"
    assert sim.cloud.instances == {}
    assert sim.held == {}
    assert code(sim.ask(a_run(client_token="t-1"))) == "ok"


def test_a_dry_run_finds_what_a_launch_would_find() -> None:
    sim = Watched(small(mask=29))
    assert code(sim.ask(a_run(dry_run=True, amount=5))) == "QuotaExceeded.PrivateIpAddress"
    nothing_is_left(sim)


def test_a_repeat_with_the_same_token_names_the_same_instances() -> None:
    sim = Watched()
    first, again = sim.ask(a_run(client_token="t-1", amount=2)), sim.ask(a_run(client_token="t-1", amount=2))
    assert ids_of(first) == ids_of(again)
    assert first.result().request_id != again.result().request_id
    assert len(sim.cloud.instances) == 2


def test_an_instance_that_ended_before_it_ran_stays_gone() -> None:
    sim = Watched(latency=latency(finish="10s"))
    reply = sim.send(with_enis(InstanceInterface(delete_on_release=False)))
    sim.run(until_ns=10 * SECOND)
    (name,) = ids_of(reply)
    assert code(sim.ask(DeleteInstance(region_id=REGION, instance_id=name, force=True))) == "ok"
    assert sim.cloud.instances == {}
    (left,) = sim.enis
    assert (left.status, left.instance) == (EniStatus.AVAILABLE, None)


def test_an_eni_that_came_off_before_the_instance_started_stays_off() -> None:
    sim = Watched()
    reply = sim.send(with_enis(InstanceInterface(delete_on_release=False)))
    sim.hold(reply, at=Phase.FINISH)
    sim.run()
    (instance,) = sim.cloud.instances.values()
    instance.status = InstanceStatus.STOPPED  # by other hands, such as a trouble's
    sim.cloud.note_instance(instance)
    assert code(sim.ask(DeleteInstance(region_id=REGION, instance_id=instance.id))) == "ok"
    sim.release(reply)
    sim.run()
    assert sim.cloud.instances == {}
    assert [eni.status for eni in sim.enis] == [EniStatus.AVAILABLE]


def test_a_count_of_ipv6_addresses_is_for_each_instance() -> None:
    sim = Watched(current())
    made = launched(sim, amount=3, ipv6_address_count=2, security_group_id=None, security_group_ids=("sg-main",))
    found = [address for one in made if one.primary.extras for address in one.primary.extras.ipv6_addresses]
    assert len(found) == len(set(found)) == 6


def test_ids_that_are_taken_are_not_given_again() -> None:
    names = [instance.id for instance in launched(Watched(), amount=2)]
    sim = Watched(small().instance(names[0], type="ecs.g7.xlarge"))
    fresh = launched(sim, amount=2)
    assert fresh[0].id != names[0]
    assert fresh[1].id == names[1]
