"""The newer parameters of a create, under the profile that has them."""

from typing import Any

import pytest

from cloudsim.api.requests import ConnectionTracking, EnhancedNetwork, TrafficConfig
from cloudsim.values.profile import CURRENT
from tests.api.asking import a_create, code, reason


def of(**changes: Any) -> str | None:
    return code(a_create(**changes), CURRENT)


def why(**changes: Any) -> str:
    return reason(a_create(**changes), CURRENT)


def ipv4_prefixes(count: int) -> tuple[str, ...]:
    return tuple(f"10.0.{number}.16/28" for number in range(count))


def ipv6_prefixes(count: int) -> tuple[str, ...]:
    return tuple(f"2001:db8:0:0:{number}::/80" for number in range(1, count + 1))


def ipv6_addresses(count: int) -> tuple[str, ...]:
    return tuple(f"2001:db8::{number}" for number in range(1, count + 1))


def test_everything_at_once_can_be_asked_for() -> None:
    assert (
        of(
            secondary_private_ip_address_count=9,
            ipv4_prefixes=ipv4_prefixes(10),
            ipv6_addresses=ipv6_addresses(4),
            ipv6_prefix_count=6,
            instance_type="Trunk",
            network_interface_traffic_mode="HighPerformance",
            queue_pair_number=4,
            rx_queue_size=16384,
            tx_queue_size=16384,
            delete_on_release=True,
            source_dest_check=True,
            enable_primary_ipv6=True,
            network_interface_traffic_config=TrafficConfig(queue_number=2048, rx_queue_size=8192, tx_queue_size=8192),
            connection_tracking_configuration=ConnectionTracking(
                tcp_established_timeout=910, tcp_closed_and_time_wait_timeout=15, udp_timeout=10
            ),
            enhanced_network=EnhancedNetwork(
                enable_sriov=True, virtual_function_quantity=256, virtual_function_total_queue_number=8
            ),
            business_type="x",
            visible=True,
        )
        is None
    )


@pytest.mark.parametrize(
    ("field", "items"),
    [
        ("ipv4_prefixes", ipv4_prefixes(11)),
        ("ipv6_addresses", ipv6_addresses(11)),
        ("ipv6_prefixes", ipv6_prefixes(11)),
    ],
)
def test_ten_of_a_kind_can_be_listed_and_no_more(field: str, items: tuple[str, ...]) -> None:
    assert of(**{field: items[:10]}) is None
    assert of(**{field: items}) == "InvalidParameter"


@pytest.mark.parametrize("field", ["ipv4_prefix_count", "ipv6_address_count", "ipv6_prefix_count"])
def test_a_count_is_1_to_10(field: str) -> None:
    assert of(**{field: 1}) is None
    assert of(**{field: 10}) is None
    assert of(**{field: 0}) == "InvalidParameter"
    assert of(**{field: 11}) == "InvalidParameter"


@pytest.mark.parametrize(
    ("listed", "count"),
    [
        ({"ipv4_prefixes": ipv4_prefixes(1)}, "ipv4_prefix_count"),
        ({"ipv6_addresses": ipv6_addresses(1)}, "ipv6_address_count"),
        ({"ipv6_prefixes": ipv6_prefixes(1)}, "ipv6_prefix_count"),
    ],
)
def test_a_list_excludes_its_count(listed: dict[str, tuple[str, ...]], count: str) -> None:
    assert of(**listed, **{count: 1}) == "InvalidParameter.Conflict"


@pytest.mark.parametrize("kind", ["Secondary", "Trunk"])
def test_an_interface_is_secondary_or_trunk(kind: str) -> None:
    assert of(instance_type=kind) is None


@pytest.mark.parametrize("kind", ["Primary", "trunk", "ecs.g7.large"])
def test_any_other_kind_of_interface_is_refused(kind: str) -> None:
    assert of(instance_type=kind) == "InvalidParameter.EniType"
    assert kind in why(instance_type=kind)


@pytest.mark.parametrize("as_config", [False, True], ids=["flat", "config"])
class TestTraffic:
    """The same rules hold for what is said directly and in NetworkInterfaceTrafficConfig."""

    def said(self, *, as_config: bool, **parts: Any) -> dict[str, Any]:
        return {"network_interface_traffic_config": TrafficConfig(**parts)} if as_config else parts

    def test_the_mode_is_standard_or_high_performance(self, as_config: bool) -> None:
        for mode in ("Standard", "HighPerformance"):
            assert of(**self.said(as_config=as_config, network_interface_traffic_mode=mode)) is None
        wrong = self.said(as_config=as_config, network_interface_traffic_mode="Fast", queue_pair_number=1)
        assert of(**wrong) == "InvalidParameter.EniTrafficMode"
        assert "Fast" in why(**wrong)

    def test_queue_pairs_need_high_performance(self, as_config: bool) -> None:
        pairs = self.said(as_config=as_config, queue_pair_number=4)
        assert of(**pairs) == "InvalidParameter.QueuePairNumberMustEmpty"
        standard = self.said(as_config=as_config, queue_pair_number=4, network_interface_traffic_mode="Standard")
        assert of(**standard) == "InvalidParameter.QueuePairNumberMustEmpty"
        fast = self.said(as_config=as_config, queue_pair_number=4, network_interface_traffic_mode="HighPerformance")
        assert of(**fast) is None

    def test_there_is_at_least_one_queue_pair(self, as_config: bool) -> None:
        none = self.said(as_config=as_config, queue_pair_number=0, network_interface_traffic_mode="HighPerformance")
        assert of(**none) == "InvalidParameter.InvalidQueuePairNumber"

    @pytest.mark.parametrize("size", [8192, 16384])
    def test_queue_sizes_are_equal_powers_of_two(self, as_config: bool, size: int) -> None:
        assert of(**self.said(as_config=as_config, rx_queue_size=size, tx_queue_size=size)) is None

    @pytest.mark.parametrize("sizes", [(8192, 16384), (8192, None), (None, 8192), (4096, 4096), (9000, 9000)])
    def test_any_other_queue_sizes_are_refused(self, as_config: bool, sizes: tuple[int | None, int | None]) -> None:
        received, sent = sizes
        wrong = self.said(as_config=as_config, rx_queue_size=received, tx_queue_size=sent)
        assert of(**wrong) == "InvalidParameter.EniQueueSize"
        assert all(str(size) in why(**wrong) for size in sizes if size is not None)


def test_the_config_s_queue_number_is_1_to_2048_too() -> None:
    assert of(network_interface_traffic_config=TrafficConfig(queue_number=1)) is None
    assert of(network_interface_traffic_config=TrafficConfig(queue_number=2049)) == (
        "InvalidParameter.InvalidEniQueueNumber"
    )
    assert of(queue_number=0) == "InvalidParameter.InvalidEniQueueNumber"


def test_a_mode_in_the_config_counts_for_queue_pairs_said_directly() -> None:
    config = TrafficConfig(network_interface_traffic_mode="HighPerformance")
    assert of(queue_pair_number=1, network_interface_traffic_config=config) is None


@pytest.mark.parametrize(
    "tracking",
    [
        ConnectionTracking(),
        ConnectionTracking(tcp_established_timeout=30),
        ConnectionTracking(tcp_closed_and_time_wait_timeout=3),
        ConnectionTracking(udp_timeout=100),
    ],
)
def test_documented_time_outs_are_taken(tracking: ConnectionTracking) -> None:
    assert of(connection_tracking_configuration=tracking) is None


@pytest.mark.parametrize(
    "tracking",
    [
        ConnectionTracking(tcp_established_timeout=31),
        ConnectionTracking(tcp_closed_and_time_wait_timeout=2),
        ConnectionTracking(tcp_closed_and_time_wait_timeout=16),
        ConnectionTracking(udp_timeout=40),
    ],
)
def test_any_other_time_out_is_refused(tracking: ConnectionTracking) -> None:
    refused_as = "InvalidParameter.EniConnectionTrackingConfiguration"
    assert of(connection_tracking_configuration=tracking) == refused_as


@pytest.mark.parametrize(
    "enhanced",
    [
        EnhancedNetwork(virtual_function_quantity=1),
        EnhancedNetwork(enable_sriov=False, virtual_function_total_queue_number=1),
        EnhancedNetwork(enable_sriov=True, virtual_function_quantity=1),
        EnhancedNetwork(enable_sriov=True, virtual_function_total_queue_number=1),
        EnhancedNetwork(enable_sriov=True, virtual_function_quantity=0, virtual_function_total_queue_number=1),
        EnhancedNetwork(enable_sriov=True, virtual_function_quantity=257, virtual_function_total_queue_number=1),
    ],
)
def test_virtual_functions_go_with_sriov_and_only_with_it(enhanced: EnhancedNetwork) -> None:
    assert of(enhanced_network=enhanced) == "InvalidParameter.EniEnhancedNetwork"


def test_an_enhanced_network_without_virtual_functions_is_taken() -> None:
    assert of(enhanced_network=EnhancedNetwork(enable_rss=True, enable_sriov=False)) is None


@pytest.mark.parametrize("address", ["10.0.0.4", "2001:db8:::1", "2001:db8::g", "", "fe80::1%eth0"])
def test_what_is_no_ipv6_address_is_an_invalid_address(address: str) -> None:
    assert of(ipv6_addresses=(address,)) == "InvalidIp.Address"


def test_an_ipv6_address_is_said_once_however_it_is_spelt() -> None:
    assert of(ipv6_addresses=("2001:db8::1", "2001:db8::2")) is None
    assert of(ipv6_addresses=("2001:db8::1", "2001:DB8:0:0:0:0:0:1")) == "InvalidIp.IpRepeated"


@pytest.mark.parametrize(
    ("field", "prefix", "refused_as"),
    [
        ("ipv4_prefixes", "10.0.0.16", "InvalidIp.IpPrefixIllegal"),
        ("ipv4_prefixes", "10.0.0.16/", "InvalidIp.IpPrefixIllegal"),
        ("ipv4_prefixes", "10.0.0.16/028", "InvalidIp.IpPrefixIllegal"),
        ("ipv4_prefixes", "10.0.0/28", "InvalidIp.IpPrefixIllegal"),
        ("ipv4_prefixes", "2001:db8::/80", "InvalidIp.IpPrefixIllegal"),
        ("ipv4_prefixes", "10.0.0.0/27", "InvalidIp.IpPrefixMaskInvalid"),
        ("ipv4_prefixes", "10.0.0.0/128", "InvalidIp.IpPrefixMaskInvalid"),
        ("ipv4_prefixes", "10.0.0.17/28", "InvalidIp.IpPrefixNotStrict"),
        ("ipv6_prefixes", "10.0.0.16/28", "InvalidIp.IpPrefixIllegal"),
        ("ipv6_prefixes", "2001:db8::/64", "InvalidIp.IpPrefixMaskInvalid"),
        ("ipv6_prefixes", "2001:db8::1/80", "InvalidIp.IpPrefixNotStrict"),
    ],
)
def test_a_prefix_is_an_aligned_block_of_its_one_length(field: str, prefix: str, refused_as: str) -> None:
    assert of(**{field: (prefix,)}) == refused_as


def test_prefixes_of_one_request_have_one_length() -> None:
    assert of(ipv4_prefixes=("10.0.0.16/28", "10.0.0.64/27")) == "InvalidIp.IpPrefixMaskNotSame"


def test_a_prefix_is_said_once() -> None:
    assert of(ipv4_prefixes=("10.0.0.16/28", "10.0.0.32/28", "10.0.0.16/28")) == "InvalidIp.IpRepeated"
    assert of(ipv6_prefixes=("2001:db8::/80", "2001:DB8:0::/80")) == "InvalidIp.IpRepeated"


def test_an_interface_carries_50_private_addresses_and_prefixes_and_no_more() -> None:
    assert of(secondary_private_ip_address_count=39, ipv4_prefix_count=10) is None
    too_many = {"secondary_private_ip_address_count": 40, "ipv4_prefixes": ipv4_prefixes(10)}
    assert of(**too_many) == "MaxEniPrivateIpsCountExceeded"
    assert "asked for 51, the maximum is 50" in why(**too_many)


def test_an_interface_carries_10_ipv6_addresses_and_prefixes_and_no_more() -> None:
    assert of(ipv6_address_count=5, ipv6_prefix_count=5) is None
    too_many = {"ipv6_addresses": ipv6_addresses(5), "ipv6_prefixes": ipv6_prefixes(6)}
    assert of(**too_many) == "MaxEniIpv6IpsCountExceeded"
    assert "asked for 11, the maximum is 10" in why(**too_many)
