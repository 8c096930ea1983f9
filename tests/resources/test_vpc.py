"""VPCs: one that has more addresses than it may use counts those of all its vSwitches together."""

import pytest

from cloudsim.errors.addresses import VpcAddressesExceeded
from cloudsim.operations.operation import Phase
from cloudsim.operations.policy import AddressPolicy, Policy
from cloudsim.resources.ledger import Mode
from cloudsim.resources.vpc import Vpc
from cloudsim.resources.vswitch import AddressWish
from tests.resources.touches import Touches
from tests.small_world import Watched, a_delete, code, small


def tight(limit: int = 10, **more: object) -> Watched:
    """A VPC of two vSwitches that may use so many addresses."""
    world = small(vpc={"private_addresses": limit}, **more)  # type: ignore[arg-type]
    return Watched(world.vswitch("vsw-b", cidr="10.0.1.0/24"))


def vpc_of(sim: Watched) -> Vpc:
    (only,) = sim.cloud.vpcs.values()
    return only


def test_a_vpc_of_few_addresses_never_counts_them() -> None:
    sim = Watched()
    assert (vpc_of(sim).size, vpc_of(sim).address_limit, vpc_of(sim).is_tight) == (256, 60_000, False)
    (vswitch,) = sim.cloud.vswitches.values()
    assert vswitch.pool_touches == (("pool:vsw-a", Mode.WRITE),)


def test_a_vpc_is_tight_when_its_vswitches_have_more_than_it_may_use() -> None:
    assert not vpc_of(tight(512)).is_tight
    assert vpc_of(tight(511)).is_tight


def test_one_address_more_than_the_vpc_may_use_is_refused_in_every_vswitch() -> None:
    sim = tight(3)
    sim.make(secondary_private_ip_address_count=1)
    sim.make(vswitch_id="vsw-b")
    for vswitch in ("vsw-a", "vsw-b"):
        refused = sim.ask(vswitch_id=vswitch).error
        assert refused is not None
        assert (refused.code, refused.http_status) == ("QuotaExceeded.PrivateIpAddress", 400)
        assert refused.message == (
            "Don't have enough private IPs in this VPC: vpc-main has 3 of 3 in use, asked for 1 more."
        )
    assert sim.close() == []


def test_a_lease_is_counted_as_a_whole() -> None:
    sim = tight(10)
    assert code(sim.ask(secondary_private_ip_address_count=9, primary_ip_address="10.0.0.9")) == "ok"
    assert code(sim.ask(secondary_private_ip_address_count=9)) == "QuotaExceeded.PrivateIpAddress"
    assert vpc_of(sim).addresses_used() == 10


def test_a_prefix_is_sixteen_addresses() -> None:
    sim = tight(33, profile="current")
    assert code(sim.ask(ipv4_prefix_count=1, ipv4_prefixes=None)) == "ok"
    assert vpc_of(sim).addresses_used() == 17
    assert code(sim.ask(ipv4_prefixes=("10.0.0.64/28",))) == "QuotaExceeded.PrivateIpAddress"
    assert code(sim.ask(secondary_private_ip_address_count=9)) == "ok"


def test_ipv6_addresses_do_not_count() -> None:
    sim = tight(1, profile="current")
    assert code(sim.ask(ipv6_address_count=3)) == "ok"


def test_what_is_leased_by_a_request_in_flight_counts_and_a_release_makes_room() -> None:
    sim = tight(1)
    vswitch, other = sim.cloud.vswitches.values()
    with vswitch.lease(AddressWish()), pytest.raises(VpcAddressesExceeded):
        other.lease(AddressWish())
    made = sim.make(vswitch_id="vsw-b").network_interface_id
    assert code(sim.ask()) == "QuotaExceeded.PrivateIpAddress"
    sim.ask(a_delete(made))
    assert code(sim.ask()) == "ok"


def test_addresses_that_other_products_have_taken_count() -> None:
    sim = tight(5, used=5)
    assert code(sim.ask(vswitch_id="vsw-b")) == "QuotaExceeded.PrivateIpAddress"


def test_a_refusal_takes_nothing_and_every_lease_of_a_tight_vpc_touches_its_count() -> None:
    sim = tight(1)
    vswitch, _ = sim.cloud.vswitches.values()
    vswitch.ledger.watcher = touches = Touches()
    with pytest.raises(VpcAddressesExceeded):
        vswitch.lease(AddressWish(count=1))
    assert set(touches.seen) == {("pool:vsw-a", Mode.WRITE), ("vpc-addresses:vpc-main", Mode.WRITE)}
    assert vswitch.available_count() == 252


def test_a_router_and_a_route_table_are_named_after_the_vpc() -> None:
    vpc = vpc_of(Watched())
    assert (vpc.router_id, vpc.route_table_id) == ("vrt-main", "vtb-main")


def test_a_vpc_has_so_many_vswitches_and_the_refusal_says_how_many() -> None:
    vpc = vpc_of(Watched())
    assert (vpc.vswitch_places.used, vpc.vswitch_places.limit) == (1, 150)
    vpc.vswitch_places.set_limit(1)
    refused = vpc.vswitch_places.refusal(vpc.vswitch_places, 1)
    assert refused.code == "QuotaExceeded.VSwitch"
    assert "vpc-main" in refused.message
    assert "1 of 1" in refused.message


def test_addresses_above_a_limit_are_lawful_only_where_they_were_there_when_it_was_set() -> None:
    sim = tight(10)
    sim.make(secondary_private_ip_address_count=3)
    vpc = vpc_of(sim)
    vpc.set_address_limit(2)
    assert (vpc.address_limit, vpc.lawful_addresses) == (2, 4)
    assert sim.audit() == []
    first, _ = sim.cloud.vswitches.values()
    first.pool.allocate(0)
    first.taken_elsewhere += 1
    assert sim.audit() == ["vpc-addresses:vpc-main is overshot: 5 used, the limit is 2"]


def test_a_world_may_begin_with_more_addresses_in_use_than_its_vpc_allows() -> None:
    sim = tight(2, used=5)
    assert vpc_of(sim).lawful_addresses == 5
    assert code(sim.ask()) == "QuotaExceeded.PrivateIpAddress"
    assert sim.close() == []


def test_two_creates_that_count_first_overshoot_a_vpc_and_the_audit_says_so() -> None:
    world = small(vpc={"private_addresses": 1}).vswitch("vsw-b", cidr="10.0.1.0/24")
    sim = Watched(world, policy=Policy(address=AddressPolicy.CHECK_THEN_ACT), watch=False)
    replies = [sim.send(), sim.send(vswitch_id="vsw-b")]
    for reply in replies:
        sim.hold(reply, at=Phase.COMMIT)
    sim.run()
    for reply in replies:
        sim.release(reply)
    sim.run()
    assert sim.audit() == ["vpc-addresses:vpc-main is overshot: 2 used, the limit is 1"]
