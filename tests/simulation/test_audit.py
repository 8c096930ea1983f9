"""The audit finds each kind of damage; each test damages a sound cloud by hand and reads what the audit says of it."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from cloudsim.api.requests import ConnectionTracking, Tag
from cloudsim.operations.operation import Phase
from cloudsim.resources.interface import EniStatus, NetworkInterface
from cloudsim.resources.vswitch import VSwitch
from cloudsim.simulation.replaying import rebuild
from cloudsim.simulation.world.builder import World
from tests.small_world import REGION, Watched, a_create, a_delete, code, small


def sound() -> Watched:
    """A current world with an instance and two ENIs, one of which has prefixes, IPv6 and a token."""
    world = small(profile="current", used=3).instance("i-1", type="ecs.g7.xlarge")
    sim = Watched(world.security_group("sg-tiny", capacity=9, used=2))
    sim.make(client_token="t-1", ipv4_prefix_count=1, ipv6_address_count=2, ipv6_prefix_count=1, delete_on_release=True)
    sim.make(security_group_id="sg-tiny")
    assert sim.audit() == []
    return sim


def vswitch(sim: Watched) -> VSwitch:
    (only,) = sim.cloud.vswitches.values()
    return only


def rich(sim: Watched) -> NetworkInterface:
    return sim.enis[1]


def plain(sim: Watched) -> NetworkInterface:
    return sim.enis[2]


Damage = Callable[[Watched], object]


def book_twice(sim: Watched) -> None:
    taken = plain(sim).private_ip_addresses
    plain(sim).private_ip_addresses = rich(sim).private_ip_addresses
    vswitch(sim).release(taken)


def break_index(sim: Watched) -> None:
    vswitch(sim).pool._truth.free += 1


def break_index6(sim: Watched) -> None:
    pool6 = vswitch(sim).pool6
    assert pool6 is not None
    pool6._truth.free += 1


def lose_prefix(sim: Watched) -> None:
    extras = rich(sim).extras
    assert extras is not None
    extras.ipv4_prefixes = ()


def lose_ipv6(sim: Watched) -> None:
    extras = rich(sim).extras
    assert extras is not None
    extras.ipv6_addresses = extras.ipv6_addresses[:1]


def free_address(sim: Watched) -> None:
    vswitch(sim).release(plain(sim).private_ip_addresses)
    vswitch(sim).pool.allocate(0)


def same_token(sim: Watched) -> None:
    plain(sim).client_token = rich(sim).client_token


def hold_token(sim: Watched) -> None:
    (estate,) = sim.cloud.estates.values()
    estate.tokens.claim("CreateNetworkInterface", "t-9", b"", 1)


def drop_from_vswitch(sim: Watched) -> None:
    del vswitch(sim).interfaces[plain(sim).id]
    vswitch(sim).release(plain(sim).private_ip_addresses)


def other_group(sim: Watched, change: int) -> None:
    sim.cloud.security_groups[plain(sim).security_group_ids[0]].places.used += change


def quota(sim: Watched, **changes: int) -> None:
    for name, change in changes.items():
        setattr(sim.quota(account="acme", region=REGION), name, change)


def never_said(sim: Watched) -> None:
    lines = sim.cloud.journal.lines
    lines[:] = [line for line in lines if plain(sim).id.encode() not in line]


def unsay_deletion(sim: Watched) -> None:
    gone = rich(sim).id
    sim.ask(a_delete(gone))
    lines = sim.cloud.journal.lines
    lines[:] = [line for line in lines if b"eni-deleted" not in line]


CASES: dict[str, tuple[Damage, str]] = {
    "1 an address has two owners": (book_twice, "belongs to 2 ENIs"),
    "2 a pool contradicts itself": (break_index, "a pool of vsw-a contradicts itself: "),
    "2 an IPv6 pool contradicts itself": (break_index6, "a pool of vsw-a contradicts itself: "),
    "3 an address is used by nobody": (
        lambda sim: vswitch(sim).pool.allocate(0),
        "vsw-a has 7 addresses used of 10.0.0.0/24, 6 belong to somebody",
    ),
    "3 a prefix is nobody's": (
        lose_prefix,
        "vsw-a has 16 addresses in prefixes of 10.0.0.0/24, 0 belong to somebody",
    ),
    "3 an IPv6 address is nobody's": (
        lose_ipv6,
        "vsw-a has 2 addresses used of 2001:db8:0:1::/64, 1 belong to somebody",
    ),
    "3 an address of an ENI is free": (free_address, "of vsw-a belongs to an ENI and is free"),
    "4 the quota counts too much": (lambda sim: quota(sim, used=3), "quota:acme/cn-hangzhou counts 3 used, 2 exist"),
    "4 a group counts too little": (lambda sim: other_group(sim, -1), "group-places:sg-tiny counts 2 used, 3 exist"),
    "4 a quota is overshot": (
        lambda sim: quota(sim, limit=1, lawful=1),
        "quota:acme/cn-hangzhou is overshot: 2 used, the limit is 1",
    ),
    "5 a token made two ENIs": (same_token, "token t-1 of acme made 2 ENIs"),
    "6 a place is held": (
        lambda sim: quota(sim, held=1),
        "quota:acme/cn-hangzhou has 1 held, and nothing is in flight",
    ),
    "6 a token is claimed": (
        hold_token,
        "token CreateNetworkInterface/t-9 of acme is claimed, and nothing is in flight",
    ),
    "7 an ENI is missing in a table": (
        drop_from_vswitch,
        "the ENIs of accounts and those of vSwitches are not the same",
    ),
    "7 an id is nobody's": (
        lambda sim: sim.cloud.interface_ids.clear(),
        "the ids in use are not those of the ENIs",
    ),
    "7 a MAC address is nobody's": (
        lambda sim: sim.cloud.macs.add(1),
        "the MAC addresses in use are not those of the ENIs",
    ),
    "7 two ENIs have one MAC address": (
        lambda sim: setattr(plain(sim), "mac_low", rich(sim).mac_low),
        "the MAC addresses in use are not those of the ENIs",
    ),
    "7 an ENI that is gone is there": (
        lambda sim: setattr(plain(sim), "status", EniStatus.GONE),
        "is gone and still there",
    ),
    "8 the journal says nothing of an ENI": (never_said, "exists, and the journal does not say so"),
    "8 the journal says of an ENI what is not": (
        lambda sim: setattr(plain(sim), "name", "other"),
        "the journal says other things of",
    ),
    "8 the journal knows another state": (
        lambda sim: setattr(plain(sim), "status", EniStatus.IN_USE),
        "the journal says other things of",
    ),
    "8 the journal knows an ENI that is gone": (unsay_deletion, "exists, and it does not"),
}


@pytest.mark.parametrize("case", CASES)
def test_each_kind_of_damage_is_found_and_told(case: str) -> None:
    damage, says = CASES[case]
    sim = sound()
    damage(sim)
    found = sim.audit()
    assert [sentence for sentence in found if says in sentence] != [], found


def test_while_calls_are_in_flight_their_holds_are_no_damage() -> None:
    sim = Watched()
    replies = [sim.send(client_token=f"t-{number}") for number in range(3)]
    for reply in replies:
        sim.hold(reply, at=Phase.COMMIT)
    sim.run()
    assert sim.audit() == []


def test_a_limit_that_was_lowered_below_what_is_in_use_is_not_overshot() -> None:
    sim = sound()
    quota = sim.quota(account="acme", region=REGION)
    quota.set_limit(1)
    assert sim.audit() == []
    assert code(sim.ask()) == "MaxEniCountExceeded"
    quota.set_limit(2)
    assert code(sim.ask()) == "MaxEniCountExceeded"


def test_where_everything_is_watched_damage_stops_the_run_at_the_next_event() -> None:
    sim = sound()
    sim.cloud.macs.add(1)
    with pytest.raises(AssertionError, match="MAC addresses in use are not those"):
        sim.ask()


def test_a_world_that_begins_in_the_middle_is_sound() -> None:
    world: World = (
        small(profile="current", quota=1, used=10)
        .instance("i-{n}", type="ecs.g7.xlarge", count=3)
        .eni("eni-{n}", count=4, secondary_count=2, tags={"team": "net"}, name="old")
        .eni("eni-p", ipv4_prefixes=["10.0.0.64/28"], ipv6_addresses=["2001:db8:0:1::5"], instance="i-1")
        .eni("eni-d", status="Deleting")
    )
    sim = Watched(world)
    assert sim.audit() == []
    sim.ask(a_delete("eni-1"))
    sim.ask(a_delete("eni-d"))
    assert sim.close() == []


# -- the journal


def test_the_journal_alone_makes_the_enis_again() -> None:
    sim = sound()
    sim.ask(a_delete(plain(sim).id))
    rebuilt = rebuild(sim.cloud.journal.lines)["eni"]
    assert list(rebuilt) == [eni.id for eni in sim.enis]
    said = rebuilt[rich(sim).id]
    extras = rich(sim).extras
    assert extras is not None
    assert said["addresses"] == list(rich(sim).private_ip_addresses)
    assert said["ipv6_prefixes"] == list(extras.ipv6_prefixes)
    assert said["delete_on_release"] is True
    assert "traffic_mode" not in said


def test_the_journal_says_all_of_an_eni_and_leaves_out_what_is_empty() -> None:
    world = small(profile="current").instance("i-1", type="ecs.g7.xlarge", primary_ip="10.0.0.4")
    world = world.eni("eni-1", status="Deleting", primary_ip="10.0.0.5", mac="00:16:3e:00:00:05")
    sim = Watched(world)
    sim.make(
        client_token="t-1",
        primary_ip_address="10.0.0.6",
        network_interface_name="web",
        description="front end",
        tags=(Tag(key="team", value="net"),),
        queue_number=4,
        connection_tracking_configuration=ConnectionTracking(),
    )
    primary, deleting, made = sim.enis
    usual = {"vswitch": "vsw-a", "groups": ["sg-main"], "resource_group": made.resource_group}
    assert rebuild(sim.cloud.journal.lines)["eni"] == {
        primary.id: {"eni": primary.id, **usual, "addresses": ["10.0.0.4"], "mac": primary.mac_address}
        | {"status": "InUse", "type": "Primary", "instance": "i-1"},
        "eni-1": {
            "eni": "eni-1",
            **usual,
            "addresses": ["10.0.0.5"],
            "mac": "00:16:3e:00:00:05",
            "status": deleting.status,
        },
        made.id: {"eni": made.id, **usual, "addresses": ["10.0.0.6"], "mac": made.mac_address}
        | {"token": "t-1", "name": "web", "description": "front end", "tags": {"team": "net"}, "queue_number": 4}
        | {"connection_tracking": [910, 3, 30]},
    }


def canonical(value: Any) -> bool:
    """Whether a value is made of texts, integers, truths and nothing, in sorted tables and in lists."""
    if isinstance(value, dict):
        return list(value) == sorted(value) and all(map(canonical, value.values()))
    if isinstance(value, list):
        return all(map(canonical, value))
    return value is None or isinstance(value, str | int)


def test_every_line_is_canonical_and_numbered() -> None:
    sim = sound()
    sim.ask(a_create(region_id=None))
    sim.faults.abandon(Phase.COMMIT)
    sim.ask(client_token="t-2")
    lines = sim.cloud.journal.lines
    read = [msgspec.json.decode(line) for line in lines]
    assert all(map(canonical, read))
    assert [event["n"] for event in read] == list(range(len(lines)))
    assert [event["t"] for event in read] == sorted(event["t"] for event in read)
    assert all(msgspec.json.encode(event) == line for event, line in zip(read, lines, strict=True))
    seen = {event["ev"] for event in read}
    assert seen == {"abandoned", "answer", "call", "eni-created", "given-back", "held", "leased"} | {
        *("vpc-created", "vswitch-created", "group-created", "instance-created"),
        "phase",
        "token-burnt",
        "token-claimed",
    }
