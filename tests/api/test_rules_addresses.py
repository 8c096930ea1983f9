"""Addresses and queue number of a create."""

import pytest

from cloudsim.values.profile import CLASSIC, CURRENT, Profile
from tests.api.asking import a_create, code, reason


@pytest.mark.parametrize("number", [1, 2048])
def test_a_queue_number_is_1_to_2048(number: int) -> None:
    assert code(a_create(queue_number=number)) is None


@pytest.mark.parametrize("number", [0, -1, 2049])
def test_any_other_queue_number_is_refused(number: int) -> None:
    assert code(a_create(queue_number=number)) == "InvalidParameter"
    assert f"asked for {number}, 1 to 2048 are allowed" in reason(a_create(queue_number=number))


@pytest.mark.parametrize(("profile", "most"), [(CLASSIC, 10), (CURRENT, 49)], ids=["classic", "current"])
def test_so_many_secondary_addresses_can_be_had_and_no_more(profile: Profile, most: int) -> None:
    assert code(a_create(secondary_private_ip_address_count=1), profile) is None
    assert code(a_create(secondary_private_ip_address_count=most), profile) is None
    assert code(a_create(secondary_private_ip_address_count=most + 1), profile) == "InvalidParameter"


@pytest.mark.parametrize("count", [0, -1])
def test_a_count_of_no_secondary_address_is_refused(count: int) -> None:
    assert code(a_create(secondary_private_ip_address_count=count)) == "InvalidParameter"


def test_ten_addresses_can_be_listed_and_no_more() -> None:
    addresses = tuple(f"10.0.0.{number}" for number in range(11))
    for profile in (CLASSIC, CURRENT):
        assert code(a_create(private_ip_addresses=addresses[:10]), profile) is None
        assert code(a_create(private_ip_addresses=addresses), profile) == "InvalidParameter"
    assert "11 are listed, the maximum is 10" in reason(a_create(private_ip_addresses=addresses))


def test_a_list_of_addresses_excludes_a_count() -> None:
    both = a_create(private_ip_addresses=("10.0.0.4",), secondary_private_ip_address_count=1)
    assert code(both) == "InvalidParameter.Conflict"
    assert '"PrivateIpAddress.N" and "SecondaryPrivateIpAddressCount"' in reason(both)
    assert code(a_create(private_ip_addresses=(), secondary_private_ip_address_count=1)) is None


@pytest.mark.parametrize(
    "address",
    [
        "10.0.0",
        "10.0.0.256",
        "10.0.0.04",
        "10.0.0.4 ",
        "x",
        "10.0.0.4/24",
        "1\0",
        "\ud800",
        "\N{FULLWIDTH DIGIT ONE}.2.3.4",
    ],
)
def test_what_is_no_ipv4_address_is_invalid_in_the_vswitch(address: str) -> None:
    assert code(a_create(primary_ip_address=address)) == "InvalidVSwitchId.IpInvalid"
    assert code(a_create(private_ip_addresses=("10.0.0.4", address))) == "InvalidVSwitchId.IpInvalid"


@pytest.mark.parametrize("address", ["2001:db8::1", "::ffff:10.0.0.4", "10:0:0:4", ":"])
def test_an_address_in_the_form_of_ipv6_is_an_invalid_address(address: str) -> None:
    assert code(a_create(primary_ip_address=address)) == "InvalidIp.Address"
    assert code(a_create(private_ip_addresses=(address,))) == "InvalidIp.Address"


def test_an_address_is_said_once_the_primary_one_included() -> None:
    assert code(a_create(primary_ip_address="10.0.0.4", private_ip_addresses=("10.0.0.5", "10.0.0.6"))) is None
    twice = a_create(private_ip_addresses=("10.0.0.5", "10.0.0.6", "10.0.0.5"))
    assert code(twice) == "InvalidIp.IpRepeated"
    assert "10.0.0.5" in reason(twice)
    with_primary = a_create(primary_ip_address="10.0.0.4", private_ip_addresses=("10.0.0.5", "10.0.0.4"))
    assert code(with_primary) == "InvalidIp.IpRepeated"
