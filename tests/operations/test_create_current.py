"""What newer documents added to CreateNetworkInterface: IPv6, prefixes, and every newer parameter with its effect."""

from collections.abc import Callable
from typing import Any

import pytest

from cloudsim.api.requests import ConnectionTracking, EnhancedNetwork, TrafficConfig
from cloudsim.api.rules.presence import NEWER
from cloudsim.operations.policy import AddressPolicy, Policy
from cloudsim.resources.interface import Enhanced, EniExtras
from cloudsim.values.profile import CURRENT
from tests.small_world import REGION, Watched, a_delete, code, small

V6 = "2001:db8:0:1:"


def watched(**changes: Any) -> Watched:
    return Watched(small(profile="current", **changes))


def extras(sim: Watched) -> EniExtras:
    """The record of newer things of the only ENI."""
    (eni,) = sim.enis
    return eni.extras or EniExtras()


Effect = Callable[[Watched], object]

EFFECTS: dict[str, tuple[dict[str, Any], Effect, object]] = {
    "ipv4_prefixes": (
        {"ipv4_prefixes": ("10.0.0.32/28",)},
        lambda sim: sim.shown(sim.enis[0].id).ipv4_prefixes,
        ("10.0.0.32/28",),
    ),
    "ipv4_prefix_count": ({"ipv4_prefix_count": 2}, lambda sim: len(extras(sim).ipv4_prefixes), 2),
    "ipv6_addresses": (
        {"ipv6_addresses": (f"{V6}:A",)},
        lambda sim: sim.shown(sim.enis[0].id).ipv6_addresses,
        (f"{V6}:a",),
    ),
    "ipv6_address_count": ({"ipv6_address_count": 3}, lambda sim: len(extras(sim).ipv6_addresses), 3),
    "ipv6_prefixes": (
        {"ipv6_prefixes": (f"{V6}5::/80",)},
        lambda sim: sim.shown(sim.enis[0].id).ipv6_prefixes,
        (f"{V6}5::/80",),
    ),
    "ipv6_prefix_count": ({"ipv6_prefix_count": 2}, lambda sim: len(extras(sim).ipv6_prefixes), 2),
    "instance_type": ({"instance_type": "Trunk"}, lambda sim: sim.shown(sim.enis[0].id).type, "Trunk"),
    "network_interface_traffic_mode": (
        {"network_interface_traffic_mode": "HighPerformance"},
        lambda sim: sim.shown(sim.enis[0].id).network_interface_traffic_mode,
        "HighPerformance",
    ),
    "queue_pair_number": (
        {"network_interface_traffic_mode": "HighPerformance", "queue_pair_number": 5},
        lambda sim: sim.shown(sim.enis[0].id).queue_pair_number,
        5,
    ),
    "rx_queue_size": (
        {"rx_queue_size": 8192, "tx_queue_size": 8192},
        lambda sim: extras(sim).rx_queue_size,
        8192,
    ),
    "tx_queue_size": (
        {"rx_queue_size": 16384, "tx_queue_size": 16384},
        lambda sim: extras(sim).tx_queue_size,
        16384,
    ),
    "delete_on_release": (
        {"delete_on_release": True},
        lambda sim: sim.shown(sim.enis[0].id).delete_on_release,
        True,
    ),
    "source_dest_check": (
        {"source_dest_check": True},
        lambda sim: sim.shown(sim.enis[0].id).source_dest_check,
        True,
    ),
    "network_interface_traffic_config": (
        {
            "queue_number": 1,
            "network_interface_traffic_config": TrafficConfig(
                network_interface_traffic_mode="HighPerformance",
                queue_number=8,
                queue_pair_number=6,
                rx_queue_size=8192,
                tx_queue_size=8192,
            ),
        },
        lambda sim: (
            sim.shown(sim.enis[0].id).queue_number,
            sim.shown(sim.enis[0].id).queue_pair_number,
            extras(sim).traffic_mode,
            extras(sim).rx_queue_size,
            extras(sim).tx_queue_size,
        ),
        (8, 6, "HighPerformance", 8192, 8192),
    ),
    "connection_tracking_configuration": (
        {"connection_tracking_configuration": ConnectionTracking(udp_timeout=100)},
        lambda sim: extras(sim).connection_tracking,
        (910, 3, 100),
    ),
    "enhanced_network": (
        {"enhanced_network": EnhancedNetwork(enable_rss=True)},
        lambda sim: (sim.enis[0].extras or EniExtras()).enhanced,
        Enhanced(is_rss=True),
    ),
    # What follows is known to SDKs and explained nowhere: it is taken, checked where a form is said, and does nothing.
    "enable_primary_ipv6": ({"enable_primary_ipv6": True}, lambda sim: sim.enis[0].extras, None),
    "business_type": ({"business_type": "x"}, lambda sim: sim.enis[0].extras, None),
    "visible": ({"visible": False}, lambda sim: sim.enis[0].extras, None),
}


def test_no_newer_parameter_is_left_out() -> None:
    assert set(EFFECTS) == set(NEWER)


@pytest.mark.parametrize("parameter", EFFECTS)
def test_each_newer_parameter_has_its_effect(parameter: str) -> None:
    changes, effect, wanted = EFFECTS[parameter]
    sim = watched()
    sim.make(**changes)
    assert effect(sim) == wanted
    assert sim.close() == []


@pytest.mark.parametrize("parameter", EFFECTS)
def test_under_the_classic_profile_each_is_unsupported(parameter: str) -> None:
    reply = Watched().ask(**{parameter: EFFECTS[parameter][0][parameter]})
    assert code(reply) == "UnsupportedParameter"
    assert reply.error is not None
    assert NEWER[parameter] in reply.error.message


def test_the_answer_of_a_create_has_the_newer_fields_too() -> None:
    made = watched().make(
        ipv6_addresses=(f"{V6}:5",),
        ipv4_prefixes=("10.0.0.32/28",),
        ipv6_prefixes=(f"{V6}5::/80",),
        source_dest_check=True,
    )
    assert made.ipv6_addresses == (f"{V6}:5",)
    assert made.ipv4_prefixes == ("10.0.0.32/28",)
    assert made.ipv6_prefixes == (f"{V6}5::/80",)
    assert made.source_dest_check


def test_an_eni_that_uses_nothing_new_carries_no_record_of_it() -> None:
    sim = watched()
    sim.make(delete_on_release=False, network_interface_traffic_mode="Standard")
    assert sim.enis[0].extras is None


def test_the_numbers_are_those_of_today() -> None:
    sim = watched()
    assert sim.quota(account="acme", region=REGION).limit == CURRENT.eni_quota == 5000
    assert len(sim.make(secondary_private_ip_address_count=49).private_ip_addresses) == 50
    assert code(sim.ask(secondary_private_ip_address_count=50)) == "InvalidParameter"


# -- what they take


def test_a_prefix_takes_sixteen_addresses_of_the_pool_and_one_place_of_a_group() -> None:
    sim = watched()
    sim.make(ipv4_prefix_count=2, ipv6_address_count=2, ipv6_prefix_count=1, secondary_private_ip_address_count=1)
    assert sim.free_addresses("vsw-a") == 252 - 2 * 16 - 2
    (group,) = sim.cloud.security_groups.values()
    assert group.places.used == 2 + 2 + 2 + 1


def test_an_enterprise_group_counts_enis() -> None:
    sim = Watched(small(profile="current").security_group("sg-big", type="enterprise", capacity=1))
    sim.make(security_group_id="sg-big", secondary_private_ip_address_count=9)
    assert code(sim.ask(security_group_id="sg-big")) == "InvalidOperation.EniCountExceeded"


def test_under_the_classic_profile_an_enterprise_group_counts_addresses() -> None:
    sim = Watched(small().security_group("sg-big", type="enterprise", capacity=3))
    assert code(sim.ask(security_group_id="sg-big", secondary_private_ip_address_count=2)) == "ok"
    assert code(sim.ask(security_group_id="sg-big")) == "SecurityGroupInstanceLimitExceed"


# -- what cannot be had


@pytest.mark.parametrize(
    ("changes", "wanted", "says"),
    [
        ({"ipv4_prefixes": ("10.0.1.0/28",)}, "InvalidVSwitchId.IpInvalid", "10.0.1.0/28"),
        (
            {"ipv6_prefixes": ("2001:db8:0:2::/80",)},
            "InvalidVSwitchId.IpInvalid",
            "outside the block 2001:db8:0:1::/64",
        ),
        ({"ipv6_addresses": ("2001:db8:0:2::5",)}, "InvalidVSwitchId.IpInvalid", "2001:db8:0:2::5"),
        ({"ipv6_addresses": (f"{V6}:",)}, "InvalidVSwitchId.IpInvalid", "reserved by the system"),
        ({"ipv4_prefixes": ("10.0.0.0/28",)}, "InvalidVSwitchId.IpInvalid", "reserved by the system"),
        ({"ipv4_prefixes": ("10.0.0.240/28",)}, "InvalidVSwitchId.IpInvalid", "reserved by the system"),
        ({"ipv6_prefixes": (f"{V6}:/80",)}, "InvalidVSwitchId.IpInvalid", "reserved by the system"),
        ({"ipv4_prefixes": ("10.0.0.32/28",)}, "InvalidPrivateIpAddress.Duplicated", ""),
        ({"ipv4_prefixes": ("10.0.0.224/28",)}, "InvalidPrivateIpAddress.Duplicated", ""),
        ({"ipv6_prefixes": (f"{V6}5::/80",)}, "InvalidPrivateIpAddress.Duplicated", ""),
        ({"ipv6_addresses": (f"{V6}7::5",)}, "InvalidPrivateIpAddress.Duplicated", ""),
        ({"primary_ip_address": "10.0.0.40"}, "InvalidPrivateIpAddress.Duplicated", ""),
        (
            {"ipv4_prefixes": ("10.0.0.48/28",), "primary_ip_address": "10.0.0.50"},
            "InvalidPrivateIpAddress.Duplicated",
            "",
        ),
    ],
)
def test_a_named_prefix_or_ipv6_address_that_cannot_be_had_is_refused(
    changes: dict[str, Any], wanted: str, says: str
) -> None:
    """A prefix outside the block once ended the run with an exception of the pools."""
    sim = watched()
    sim.make(
        ipv4_prefixes=("10.0.0.32/28", "10.0.0.224/28"), ipv6_prefixes=(f"{V6}5::/80",), ipv6_addresses=(f"{V6}7::5",)
    )
    reply = sim.ask(**changes)
    assert code(reply) == wanted
    assert reply.error is not None
    assert says in reply.error.message
    assert sim.held == {}
    assert sim.close() == []


def test_too_few_whole_blocks_are_told_as_blocks() -> None:
    """It was told in addresses once: ``252 free, asked for 1``."""
    sim = watched(mask=26)
    reply = sim.ask(ipv4_prefix_count=3)
    assert str(reply.error) == (
        'InvalidVSwitchId.IpNotEnough (403): The specified VSwitch "vsw-a" has not enough IpAddress: '
        "2 free, asked for 3 whole blocks of /28."
    )


def test_too_few_addresses_beside_the_prefixes_are_told_as_what_is_left() -> None:
    """``60 free, asked for 31`` it said once, since the prefixes of the same request were not counted."""
    sim = watched(mask=26)
    reply = sim.ask(ipv4_prefix_count=2, secondary_private_ip_address_count=30)
    assert reply.error is not None
    assert "28 free, asked for 31" in reply.error.message


def test_what_ipv6_lacks_gives_the_ipv4_lease_back() -> None:
    sim = Watched(small(profile="current").vswitch("vsw-dry", cidr="10.0.1.0/24"))
    assert code(sim.ask(vswitch_id="vsw-dry", ipv6_prefix_count=1)) == "InvalidVSwitch.Ipv6NotTurnOn"
    assert sim.held == {}


# -- the known-bad policy


def test_chosen_and_not_leased_prefixes_are_booked_at_the_commit_and_given_back_at_the_end() -> None:
    """They were never booked once, and the delete ended the run with an exception of the pools."""
    sim = Watched(small(profile="current"), policy=Policy(address=AddressPolicy.CHECK_THEN_ACT))
    made = sim.make(ipv4_prefix_count=1)
    assert sim.free_addresses("vsw-a") == 252 - 17
    assert code(sim.ask(a_delete(made.network_interface_id))) == "ok"
    assert sim.free_addresses("vsw-a") == 252
    assert sim.close() == []
