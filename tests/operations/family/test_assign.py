"""AssignPrivateIpAddresses: what it gives, what it holds on its way, and whom it meets."""

import pytest

from cloudsim.api.render import to_wire
from cloudsim.api.requests import AssignPrivateIpAddresses
from cloudsim.api.responses import AssignPrivateIpAddressesResponse
from cloudsim.operations.operation import Phase
from cloudsim.operations.policy import AddressPolicy, CheckOrder, Policy, QuotaPolicy
from cloudsim.resources.instance import InstanceStatus
from cloudsim.simulation.reply import Reply
from cloudsim.simulation.world.builder import World
from tests.operations.family.addressing import assign4, on_an_instance, unassign4, with_two_enis, world
from tests.small_world import REGION, Watched, a_create, code, small


def assigned(reply: Reply) -> tuple[str, ...]:
    """The addresses that an assign was answered."""
    answer = reply.result()
    assert isinstance(answer, AssignPrivateIpAddressesResponse)
    return answer.assigned_private_ip_addresses_set.private_ip_addresses


def free(sim: Watched) -> int:
    """AvailableIpAddressCount of the one vSwitch."""
    return sim.cloud.vswitches[next(iter(sim.cloud.vswitches))].available_count()


def hold(sim: Watched, request: AssignPrivateIpAddresses, at: Phase) -> Reply:
    """Send a call and let it come to a phase."""
    reply = sim.send(request)
    sim.hold(reply, at=at)
    sim.run()
    return reply


def go_on(sim: Watched, reply: Reply) -> str:
    sim.release(reply)
    sim.run()
    return code(reply)


def test_the_addresses_that_are_answered_are_the_eni_s_from_then_on() -> None:
    sim = Watched(world())
    given = assigned(sim.ask(assign4(secondary_private_ip_address_count=3)))
    assert len(set(given)) == 3
    assert sim.shown("eni-a").private_ip_addresses == ("10.0.0.10", "10.0.0.11", *given)


def test_named_addresses_are_given_in_the_order_of_the_request() -> None:
    sim = Watched(world())
    named = ("10.0.0.77", "10.0.0.7")
    assert assigned(sim.ask(assign4(private_ip_addresses=named))) == named
    assert sim.shown("eni-a").private_ip_addresses == ("10.0.0.10", "10.0.0.11", *named)


def test_the_answer_is_written_as_documented() -> None:
    sim = Watched(world())
    answer = sim.ask(assign4(private_ip_addresses=("10.0.0.7",), ipv4_prefixes=("10.0.0.32/28",))).result()
    assert to_wire(answer) == {
        "RequestId": answer.request_id,
        "AssignedPrivateIpAddressesSet": {
            "NetworkInterfaceId": "eni-a",
            "PrivateIpSet": {"PrivateIpAddress": ["10.0.0.7"]},
            "Ipv4PrefixSet": {"Ipv4Prefixes": ["10.0.0.32/28"]},
        },
    }


def test_an_eni_is_found_by_an_address_that_it_was_assigned() -> None:
    sim = Watched(world())
    assert sim.describe(private_ip_addresses=("10.0.0.7",)).network_interface_sets == ()
    sim.ask(assign4(private_ip_addresses=("10.0.0.7",)))
    (found,) = sim.describe(private_ip_addresses=("10.0.0.7",)).network_interface_sets
    assert found.network_interface_id == "eni-a"


def test_the_vswitch_has_one_address_less_for_each_that_is_assigned() -> None:
    sim = Watched(world())
    before = free(sim)
    sim.ask(assign4(secondary_private_ip_address_count=4))
    sim.ask(assign4(private_ip_addresses=("10.0.0.7",)))
    assert free(sim) == before - 5


@pytest.mark.parametrize(("profile", "most"), [("classic", 11), ("current", 50)])
def test_an_eni_on_no_instance_may_have_as_many_as_its_profile_says(profile: str, most: int) -> None:
    sim = Watched(world(profile=profile))
    assert code(sim.ask(assign4(secondary_private_ip_address_count=most - 2))) == "ok"
    assert code(sim.ask(assign4())) == "MaxEniPrivateIpsCountExceeded"
    assert len(sim.enis[0].private_ip_addresses) == most


def test_an_eni_on_an_instance_may_have_what_its_type_says_whatever_the_profile() -> None:
    sim = Watched(
        world(profile="classic", eni={"instance": "i-1"}).instance("i-1", type="ecs.g7.8xlarge", primary_ip="10.0.0.9")
    )
    assert code(sim.ask(assign4(secondary_private_ip_address_count=28))) == "ok"
    assert code(sim.ask(assign4())) == "InvalidOperation.Ipv4CountExceeded"


def test_a_primary_eni_is_assigned_addresses_as_well() -> None:
    sim = Watched(small().instance("i-1", type="ecs.g7.large"))
    (primary,) = sim.enis
    assert code(sim.ask(assign4(primary.id, secondary_private_ip_address_count=5))) == "ok"
    assert code(sim.ask(assign4(primary.id))) == "InvalidOperation.Ipv4CountExceeded"


def test_a_type_whose_number_nobody_knows_limits_nothing_but_the_ceiling_of_every_eni_holds() -> None:
    sim = Watched(on_an_instance(ipv4_per_eni=None))
    assert code(sim.ask(assign4(secondary_private_ip_address_count=48))) == "ok"
    assert code(sim.ask(assign4())) == "MaxEniPrivateIpsCountExceeded"


def test_an_enterprise_group_that_counts_enis_has_the_eni_s_place_already() -> None:
    full = small(profile="current").security_group("sg-enterprise", type="enterprise", capacity=1)
    sim = Watched(full.eni("eni-a", security_groups=["sg-enterprise"]))
    assert code(sim.ask(assign4(secondary_private_ip_address_count=5))) == "ok"


def test_every_basic_group_of_the_eni_counts_its_new_addresses() -> None:
    sim = Watched(small().security_group("sg-2").eni("eni-a", security_groups=["sg-main", "sg-2"]))
    sim.ask(assign4(secondary_private_ip_address_count=3))
    assert [group.places.used for group in sim.cloud.security_groups.values()] == [4, 4]


def test_a_change_of_an_eni_that_is_being_changed_may_be_tried_later_with_the_same_token() -> None:
    sim = Watched(world())
    first = hold(sim, assign4(), Phase.COMMIT)
    again = assign4(secondary_private_ip_address_count=2, client_token="t-1")
    assert code(sim.ask(again)) == "Operation.Conflict"
    assert go_on(sim, first) == "ok"
    assert len(assigned(sim.ask(again))) == 2


def test_two_enis_are_assigned_addresses_at_the_same_time() -> None:
    sim = Watched(with_two_enis())
    first = hold(sim, assign4(), Phase.COMMIT)
    second = sim.ask(assign4("eni-b"))
    assert code(second) == "ok"
    assert go_on(sim, first) == "ok"
    assert assigned(first) != assigned(second)


def test_the_last_address_goes_to_whoever_leases_first() -> None:
    sim = Watched(small(mask=28, used=9).eni("eni-a").eni("eni-b"))
    first = hold(sim, assign4("eni-a"), Phase.COMMIT)
    assert code(sim.ask(assign4("eni-b"))) == "InvalidVSwitchId.IpNotEnough"
    assert go_on(sim, first) == "ok"


def test_an_instance_that_begins_to_stop_meanwhile_ends_the_call() -> None:
    sim = Watched(on_an_instance(ipv4_per_eni=9))
    reply = hold(sim, assign4(), Phase.COMMIT)
    instance = sim.cloud.instances[next(iter(sim.cloud.instances))]
    instance.status = InstanceStatus.STOPPING
    sim.cloud.note_instance(instance)
    assert go_on(sim, reply) == "InvalidOperation.InvalidEcsState"
    assert sim.held == {}
    assert sim.shown("eni-a").private_ip_addresses == ("10.0.0.10", "10.0.0.11")


def test_nothing_is_assigned_in_a_zone_that_is_out() -> None:
    sim = Watched(world())
    sim.cloud.conditions.zones_out[sim.enis[0].vswitch.zone] = True
    assert code(sim.ask(assign4())) == "ServiceUnavailable"


def test_the_vswitch_is_pinned_and_the_eni_occupied_while_a_call_is_under_way() -> None:
    sim = Watched(world())
    reply = hold(sim, assign4(), Phase.COMMIT)
    assert sim.held == {"group-places:sg-main": 1, "pins:vsw-a": 1, "eni:eni-a": 1, "pool:vsw-a": 1}
    assert go_on(sim, reply) == "ok"
    assert sim.held == {}


def test_a_repeat_with_the_same_token_is_answered_alike_and_changes_nothing() -> None:
    sim = Watched(world())
    request = assign4(secondary_private_ip_address_count=2, client_token="t-1")
    first, second = sim.ask(request), sim.ask(request)
    assert assigned(first) == assigned(second)
    assert first.result().request_id != second.result().request_id
    assert len(sim.enis[0].private_ip_addresses) == 4


def test_a_refusal_is_repeated_for_its_token_even_if_it_would_go_well_now() -> None:
    sim = Watched(small(mask=28, used=9).eni("eni-a").eni("eni-b", secondary_ips=["10.0.0.9"]))
    request = assign4("eni-a", secondary_private_ip_address_count=1, client_token="t-1")
    assert code(sim.ask(request)) == "InvalidVSwitchId.IpNotEnough"
    sim.ask(unassign4("eni-b", private_ip_addresses=("10.0.0.9",)))
    assert code(sim.ask(request)) == "InvalidVSwitchId.IpNotEnough"
    assert code(sim.ask(assign4("eni-a"))) == "ok"


def test_a_lost_answer_is_had_again_with_the_token_of_its_call() -> None:
    sim = Watched(world())
    request = assign4(secondary_private_ip_address_count=1, client_token="t-1")
    lost = hold(sim, request, Phase.RESPOND)
    (address,) = sim.enis[0].private_ip_addresses[2:]
    assert assigned(sim.ask(request)) == (address,)
    assert go_on(sim, lost) == "ok"


def test_with_addresses_first_a_full_group_is_met_after_the_lease() -> None:
    full = small().security_group("sg-tiny", capacity=2).eni("eni-a", security_groups=["sg-tiny"])
    sim = Watched(full, policy=Policy(order=CheckOrder.ADDRESSES_FIRST))
    reply = hold(sim, assign4(secondary_private_ip_address_count=2), Phase.RESERVE_QUOTA)
    assert sim.held["pool:vsw-a"] == 2
    assert go_on(sim, reply) == "SecurityGroupInstanceLimitExceed"
    assert sim.held == {}


@pytest.mark.parametrize(
    ("policy", "wrong"),
    [
        (Policy(quota=QuotaPolicy.CHECK_THEN_COUNT), "group-places:sg-tiny is overshot: 4 used, the limit is 3"),
        (Policy(address=AddressPolicy.CHECK_THEN_ACT), "10.0.0.1 of vsw-a belongs to 2 ENIs"),
    ],
)
def test_a_known_bad_policy_goes_wrong_where_two_assigns_race(policy: Policy, wrong: str) -> None:
    capacity = 3 if policy.quota is QuotaPolicy.CHECK_THEN_COUNT else 9
    racing = small(policy="lowest-first").security_group("sg-tiny", capacity=capacity)
    for eni, address in (("eni-a", "10.0.0.100"), ("eni-b", "10.0.0.101")):
        racing = racing.eni(eni, primary_ip=address, security_groups=["sg-tiny"])
    sim = Watched(racing, policy=policy, watch=False)
    first = hold(sim, assign4("eni-a"), Phase.COMMIT)
    second = hold(sim, assign4("eni-b"), Phase.COMMIT)
    assert [go_on(sim, reply) for reply in (first, second)] == ["ok", "ok"]
    assert wrong in sim.close()


@pytest.mark.parametrize("phase", [Phase.RESOLVE, Phase.RESERVE_QUOTA, Phase.LEASE_ADDRESSES, Phase.COMMIT])
@pytest.mark.parametrize("order", list(CheckOrder))
def test_a_call_that_is_abandoned_leaves_everything_as_it_was(phase: Phase, order: CheckOrder) -> None:
    sim = Watched(world(), policy=Policy(order=order))
    before = free(sim)
    hold(sim, assign4(secondary_private_ip_address_count=3, ipv4_prefix_count=1), phase)
    assert sim.close() == []
    assert sim.held == {}
    assert free(sim) == before
    assert sim.enis[0].private_ip_addresses == ("10.0.0.10", "10.0.0.11")


def test_an_eni_of_another_region_or_account_is_not_there() -> None:
    sim = Watched(
        World(profile="current")
        .account("acme")
        .account("other")
        .region(REGION)
        .region("cn-beijing")
        .vpc("vpc-main", account="acme", region=REGION)
        .vswitch("vsw-a", cidr="10.0.0.0/24")
        .eni("eni-a")
    )
    assert code(sim.ask(assign4(region_id="cn-beijing", ipv4_prefix_count=1))) == "InvalidEniId.NotFound"
    assert code(sim.ask(assign4(), by=sim.caller(account="other", name="eve"))) == "InvalidEniId.NotFound"


def test_a_create_and_an_assign_share_the_places_of_a_group() -> None:
    sim = Watched(small().security_group("sg-tiny", capacity=2).eni("eni-a", security_groups=["sg-tiny"]))
    reply = hold(sim, assign4(), Phase.COMMIT)
    assert code(sim.ask(a_create(security_group_id="sg-tiny"))) == "SecurityGroupInstanceLimitExceed"
    assert go_on(sim, reply) == "ok"
