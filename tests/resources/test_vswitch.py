"""The vSwitch: leases in the words of the documents, and one pool for each family."""

import pytest

from cloudsim.errors.addresses import (
    InvalidPrivateIpAddressDuplicated,
    InvalidVSwitchIdIpInvalid,
    InvalidVSwitchIdIpNotEnough,
    InvalidVSwitchIpv6NotTurnOn,
)
from cloudsim.errors.base import ApiError
from cloudsim.resources.ledger import Mode
from cloudsim.resources.vswitch import AddressWish, VSwitch
from tests.resources.touches import Touches
from tests.small_world import Watched, a_delete, small


def a_vswitch(*, mask: int = 29, profile: str = "current") -> VSwitch:
    """Lowest addresses first, so that a test can say which."""
    (only,) = Watched(small(mask=mask, profile=profile, policy="lowest-first")).cloud.vswitches.values()
    return only


def test_a_lease_that_is_not_kept_gives_its_addresses_back() -> None:
    vswitch = a_vswitch()
    with vswitch.lease(AddressWish(count=2)) as leased:
        assert leased.addresses == ("10.0.0.1", "10.0.0.2", "10.0.0.3")
        assert vswitch.available_count() == 1
    assert vswitch.available_count() == 4


def test_a_lease_that_is_kept_stays_until_it_is_released() -> None:
    vswitch = a_vswitch()
    with vswitch.lease(AddressWish(primary="10.0.0.3")) as leased:
        leased.keep()
    assert vswitch.available_count() == 3
    vswitch.release(leased.addresses)
    assert vswitch.available_count() == 4


@pytest.mark.parametrize(
    ("wish", "addresses"),
    [
        (AddressWish(listed=("10.0.0.3",), count=2), ("10.0.0.1", "10.0.0.3", "10.0.0.2", "10.0.0.4")),
        (AddressWish(listed=("10.0.0.3", "10.0.0.1")), ("10.0.0.2", "10.0.0.3", "10.0.0.1")),
        (AddressWish(primary="10.0.0.4", listed=("10.0.0.3", "10.0.0.1")), ("10.0.0.4", "10.0.0.3", "10.0.0.1")),
        (AddressWish(primary="10.0.0.4", count=2), ("10.0.0.4", "10.0.0.1", "10.0.0.2")),
        (AddressWish(wants_primary=False, listed=("10.0.0.3", "10.0.0.1")), ("10.0.0.3", "10.0.0.1")),
    ],
)
def test_the_primary_address_comes_first_then_the_named_ones_then_the_others(
    wish: AddressWish, addresses: tuple[str, ...]
) -> None:
    with a_vswitch().lease(wish) as leased:
        assert leased.addresses == addresses


def test_whatever_takes_or_gives_back_reports_the_pool() -> None:
    vswitch = a_vswitch(mask=24)
    vswitch.ledger.watcher = touches = Touches()
    leased = vswitch.lease6(AddressWish(wants_primary=False, count=1))
    leased.keep()
    vswitch.release_newer(leased.addresses, (), ())
    vswitch.book(("10.0.0.1",), ())
    vswitch.release(("10.0.0.1",))
    vswitch.choose(AddressWish())
    vswitch.lease(AddressWish()).__exit__()
    assert touches.seen == [("pool:vsw-a", Mode.WRITE)] * 8


def test_what_is_chosen_and_not_kept_takes_nothing() -> None:
    vswitch = a_vswitch()
    with vswitch.choose(AddressWish()) as one, vswitch.choose(AddressWish()) as two:
        assert one.addresses == two.addresses == ("10.0.0.1",)
    assert vswitch.available_count() == 4


def test_leases_of_both_families_are_written_down() -> None:
    vswitch = a_vswitch(mask=24)
    with vswitch.lease(AddressWish(prefix_count=1)), vswitch.lease6(AddressWish(wants_primary=False, count=1)):
        pass
    lines = [line for line in vswitch.ledger.journal.lines if b"pool:vsw-a" in line]
    assert [b"leased" in line for line in lines] == [True, True, False, False]
    assert b'"addresses":["10.0.0.1","10.0.0.16/28"]' in lines[0]
    assert b"2001:db8:0:1::1" in lines[1]


@pytest.mark.parametrize(
    ("wish", "refusal", "says"),
    [
        (AddressWish(primary="10.0.0.8"), InvalidVSwitchIdIpInvalid, "outside the block 10.0.0.0/29"),
        (AddressWish(primary="10.0.0.7"), InvalidVSwitchIdIpInvalid, "reserved by the system in 10.0.0.0/29"),
        (AddressWish(listed=("10.0.0.1",)), InvalidPrivateIpAddressDuplicated, ""),
        (AddressWish(count=3), InvalidVSwitchIdIpNotEnough, "3 free, asked for 4"),
        (AddressWish(listed=("10.0.0.2",), count=2), InvalidVSwitchIdIpNotEnough, "3 free, asked for 4"),
    ],
)
def test_refusals_say_what_was_asked_and_what_there_was(wish: AddressWish, refusal: type[ApiError], says: str) -> None:
    vswitch = a_vswitch()
    with vswitch.lease(AddressWish()) as first:
        first.keep()
    with pytest.raises(refusal) as refused:
        vswitch.lease(wish)
    assert says in refused.value.message
    assert vswitch.available_count() == 3


def test_ipv6_is_refused_where_it_is_not_turned_on_and_its_addresses_in_their_own_words() -> None:
    with pytest.raises(InvalidVSwitchIpv6NotTurnOn, match="vsw-a"):
        a_vswitch(profile="classic").lease6(AddressWish(wants_primary=False, count=1))
    with pytest.raises(InvalidVSwitchIdIpInvalid, match="reserved by the system"):
        a_vswitch().lease6(AddressWish(wants_primary=False, listed=("2001:db8:0:1:ffff:ffff:ffff:ffff",)))


@pytest.mark.parametrize(
    ("wish", "size"),
    [
        (AddressWish(), 1),
        (AddressWish(primary="10.0.0.1", listed=("10.0.0.2", "10.0.0.3")), 3),
        (AddressWish(count=4, prefixes=("10.0.0.16/28",)), 6),
        (AddressWish(wants_primary=False, prefix_count=2), 2),
        (AddressWish(wants_primary=False), 0),
    ],
)
def test_a_wish_is_as_large_as_the_addresses_and_prefixes_it_names_or_counts(wish: AddressWish, size: int) -> None:
    assert wish.size == size


def test_prefixes_come_back_also_where_there_is_no_ipv6() -> None:
    sim = Watched(small(profile="current").vswitch("vsw-dry", cidr="10.0.1.0/24"))
    made = sim.make(vswitch_id="vsw-dry", ipv4_prefix_count=1)
    assert sim.free_addresses("vsw-dry") == 252 - 17
    sim.ask(a_delete(made.network_interface_id))
    assert sim.free_addresses("vsw-dry") == 252
    assert sim.close() == []


def test_addresses_that_cool_down_are_not_available() -> None:
    sim = Watched(small(cool_down="10s"))
    sim.ask(a_delete(sim.make().network_interface_id))
    assert sim.free_addresses("vsw-a") == 251
