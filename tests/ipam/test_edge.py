"""Text becomes offsets and offsets become text, equal to netaddr in every answer."""

from typing import Literal

import netaddr
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudsim.ipam.edge import AddressSpace, Family
from cloudsim.ipam.refusals import AddressOutside, MalformedAddress, MalformedCidr

V4 = AddressSpace.parse("10.0.0.0/24")
V6 = AddressSpace.parse("2001:db8::/64")
EVERY = {Family.IPV4: AddressSpace.parse("0.0.0.0/0"), Family.IPV6: AddressSpace.parse("::/0")}


def netaddr_version(family: Family) -> Literal[4, 6]:
    return 4 if family is Family.IPV4 else 6


def test_every_address_of_a_24_is_written_and_read_as_netaddr_does() -> None:
    for offset, address in enumerate(netaddr.IPNetwork("10.0.0.0/24")):
        assert V4.text(offset) == str(address)
        assert V4.offset(str(address)) == offset


@given(st.data(), st.sampled_from(Family))
def test_an_address_anywhere_is_written_and_read_as_netaddr_does(data: st.DataObject, family: Family) -> None:
    space = EVERY[family]
    offset = data.draw(st.integers(0, space.size - 1))
    text = str(netaddr.IPAddress(offset, netaddr_version(family)))
    assert space.text(offset) == text
    assert space.offset(text) == offset


@given(st.data(), st.sampled_from(["172.16.0.0/16", "2001:db8:0:7::/64"]))
def test_offsets_count_from_the_start_of_the_block(data: st.DataObject, cidr: str) -> None:
    space = AddressSpace.parse(cidr)
    offset = data.draw(st.integers(0, space.size - 1))
    network = netaddr.IPNetwork(cidr)
    assert space.text(offset) == str(netaddr.IPAddress(network.first + offset, network.version))
    assert space.offset(space.text(offset)) == offset


@given(st.data(), st.sampled_from(Family))
def test_a_block_says_of_itself_and_others_what_netaddr_says(data: st.DataObject, family: Family) -> None:
    def block() -> tuple[AddressSpace, netaddr.IPNetwork]:
        length = data.draw(st.integers(0, 8))
        base = data.draw(st.integers(0, (1 << length) - 1)) << (family.bits - length)
        network = netaddr.IPNetwork((base, length), version=netaddr_version(family))
        return AddressSpace.parse(str(network)), network

    (one, net_one), (other, net_other) = block(), block()
    assert one.cidr == str(net_one)
    assert one.network == net_one
    assert one.size == net_one.size
    assert one.contains(other) == (net_other in net_one)
    assert one.overlaps(other) == (net_other in net_one or net_one in net_other)
    assert (one == other) == (net_one == net_other)


def test_blocks_of_different_families_share_nothing() -> None:
    assert not EVERY[Family.IPV4].contains(EVERY[Family.IPV6])
    assert not EVERY[Family.IPV6].overlaps(EVERY[Family.IPV4])


@pytest.mark.parametrize(
    "text",
    ["", "10.0.0.0", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/08", "10.0.0.0/255.255.255.0", "10/8",
     "10.0.0/24", "010.0.0.0/24", "10.0.0.256/32", " 10.0.0.0/24", "10.0.0.0/24\n", "10.0.0.0/٢٤", "::/129",
     "1::2::/64", "2001:db8::g/128", "fe80::%eth0/64"],
)  # fmt: skip
def test_what_is_no_block_is_refused_with_an_example_of_one(text: str) -> None:
    with pytest.raises(MalformedCidr, match=r"as in 10\.0\.0\.0/24") as refusal:
        AddressSpace.parse(text)
    assert refusal.value.text == text


@pytest.mark.parametrize(
    ("text", "meant"), [("10.0.0.1/24", "10.0.0.0/24"), ("2001:db8::8:0:0:0:1/64", "2001:db8:0:8::/64")]
)
def test_bits_beyond_the_prefix_length_are_refused_with_the_block_that_was_meant(text: str, meant: str) -> None:
    with pytest.raises(MalformedCidr, match=f"the block is {meant}"):
        AddressSpace.parse(text)


@pytest.mark.parametrize(
    "text",
    ["", "10.0.0", "10.0.0.01", "10.0.0.1 ", "0x0a.0.0.1", "167772161", "10.0.0.1/24", "::1", "\uff110.0.0.1",
     "10.0.0.1\0",
     "\ud800"],
)  # fmt: skip
def test_what_is_no_ipv4_address_is_refused(text: str) -> None:
    with pytest.raises(MalformedAddress, match="is not an IPv4 address") as refusal:
        V4.offset(text)
    assert refusal.value.text == text


@pytest.mark.parametrize(
    "text", ["", "10.0.0.1", "2001:db8::1::", "2001:db8::12345", "2001:db8::1%0", ":::", "2001:db8::1/64"]
)
def test_what_is_no_ipv6_address_is_refused(text: str) -> None:
    with pytest.raises(MalformedAddress, match="is not an IPv6 address"):
        V6.offset(text)


@given(st.text("0123456789.", max_size=16))
def test_what_is_an_ipv4_address_is_what_netaddr_strictly_thinks(text: str) -> None:
    if netaddr.valid_ipv4(text, netaddr.INET_PTON):
        assert EVERY[Family.IPV4].offset(text) == int(netaddr.IPAddress(text))
    else:
        with pytest.raises(MalformedAddress):
            EVERY[Family.IPV4].offset(text)


@given(st.text("0123456789abcdefABCDEF:.", max_size=40))
def test_what_is_an_ipv6_address_is_what_netaddr_thinks(text: str) -> None:
    if netaddr.valid_ipv6(text):
        assert EVERY[Family.IPV6].offset(text) == int(netaddr.IPAddress(text, 6))
    else:
        with pytest.raises(MalformedAddress):
            EVERY[Family.IPV6].offset(text)


def test_every_spelling_of_an_ipv6_address_is_read_and_the_short_one_written() -> None:
    for text in ("2001:db8::A", "2001:0db8:0000:0000:0000:0000:0000:000a", "2001:DB8::0.0.0.10"):
        assert V6.text(V6.offset(text)) == "2001:db8::a"


@pytest.mark.parametrize("text", ["10.0.1.0", "9.255.255.255", "11.0.0.0", "255.255.255.255"])
def test_an_address_of_another_block_is_outside(text: str) -> None:
    with pytest.raises(AddressOutside, match=r"lies outside 10\.0\.0\.0/24") as refusal:
        V4.offset(text)
    assert (refusal.value.text, refusal.value.cidr) == (text, "10.0.0.0/24")


def test_an_offset_beyond_the_block_is_our_own_fault() -> None:
    for offset in (-1, 256):
        with pytest.raises(AssertionError):
            V4.text(offset)


def test_a_delegated_prefix_is_a_28_or_an_80() -> None:
    assert V4.prefix_text(16) == "10.0.0.16/28"
    assert V6.prefix_text(3 << 48) == "2001:db8:0:0:3::/80"
    assert V4.prefix_offset("10.0.0.240/28") == 240
    assert V6.prefix_offset("2001:db8:0:0:3::/80") == 3 << 48


@pytest.mark.parametrize(
    "text", ["10.0.0.16/29", "10.0.0.0/24", "10.0.0.17/28", "10.0.0.16", "2001:db8::/80", "nonsense"]
)
def test_what_is_no_delegated_prefix_of_the_family_is_refused(text: str) -> None:
    with pytest.raises(MalformedCidr):
        V4.prefix_offset(text)


def test_a_prefix_of_another_block_is_outside() -> None:
    with pytest.raises(AddressOutside):
        V4.prefix_offset("10.0.1.16/28")


def test_a_family_is_its_name_and_carries_its_numbers() -> None:
    assert Family.IPV4.value == "IPv4"
    assert f"{Family.IPV6}" == "IPv6"
    assert [(family.bits, family.delegated_length, 1 << family.block_bits) for family in Family] == [
        (32, 28, 16),
        (128, 80, 2**48),
    ]
