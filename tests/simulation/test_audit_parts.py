"""The audit of networks, instances and the journal: each test damages a sound cloud by hand and reads what it says."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from cloudsim.operations.operation import Phase
from cloudsim.resources.instance import Instance
from cloudsim.resources.interface import EniStatus, EniType, NetworkInterface
from cloudsim.resources.interface_index import By
from cloudsim.resources.vpc import Vpc
from cloudsim.resources.vswitch import VSwitch
from cloudsim.simulation.replaying import KINDS, rebuild
from tests.simulation.test_audit import CASES as FIRST_CASES
from tests.simulation.test_audit import Damage
from tests.small_world import REGION, Watched, small


def sound() -> Watched:
    """A world with an instance that has two ENIs, one that has the primary one only, and an ENI on no instance."""
    world = (
        small(profile="current")
        .vswitch("vsw-b", cidr="10.0.1.0/24", ipv6=2, prefix_reservations=["10.0.1.64/28", "2001:db8:0:2:1::/80"])
        .instance("i-1", type="ecs.g7.4xlarge", vswitch="vsw-a")
    )
    world.instance("i-2", type="ecs.g7.xlarge", vswitch="vsw-a")
    world.eni("eni-1", instance="i-1", type="Trunk", vswitch="vsw-a").eni("eni-2", vswitch="vsw-b")
    sim = Watched(world)
    for by in By:
        sim.cloud.estates[next(iter(sim.cloud.estates))].index.shelf(by, "")
    assert sim.audit() == []
    return sim


def estate(sim: Watched) -> Any:
    (only,) = sim.cloud.estates.values()
    return only


def vpc(sim: Watched) -> Vpc:
    (only,) = sim.cloud.vpcs.values()
    return only


def vsw_b(sim: Watched) -> VSwitch:
    return next(one for one in sim.cloud.vswitches.values() if one.id == "vsw-b")


def instance(sim: Watched, name: str = "i-1") -> Instance:
    return next(one for one in sim.cloud.instances.values() if one.id == name)


def eni(sim: Watched, name: str) -> NetworkInterface:
    return next(one for one in sim.enis if one.id == name)


def first(things: dict[Any, Any]) -> Any:
    return next(iter(things.values()))


def change(of: Callable[[Watched], Any], attribute: str, by: int = 1) -> Damage:
    """Add to a number of something."""

    def damage(sim: Watched) -> None:
        thing = of(sim)
        setattr(thing, attribute, getattr(thing, attribute) + by)

    return damage


def lose_eni_of_instance(sim: Watched) -> None:
    one = instance(sim)
    del one.interfaces[eni(sim, "eni-1").id]
    one.slots.used -= 1


def make_member(sim: Watched) -> None:
    eni(sim, "eni-1").type = EniType.MEMBER


def without(sim: Watched, word: bytes) -> None:
    lines = sim.cloud.journal.lines
    lines[:] = [line for line in lines if word not in line]


CASES: dict[str, tuple[Damage, str]] = {
    "4 VPCs": (change(lambda sim: estate(sim).vpc_places, "used"), "vpc-quota:acme/cn-hangzhou counts 2 used, 1 exist"),
    "4 groups": (
        change(lambda sim: estate(sim).group_places, "used", -1),
        "group-quota:acme/cn-hangzhou counts 0 used, 1 exist",
    ),
    "4 vSwitches": (
        change(lambda sim: vpc(sim).vswitch_places, "used"),
        "vswitch-quota:vpc-main counts 3 used, 2 exist",
    ),
    "4 too many vSwitches": (
        lambda sim: setattr(vpc(sim).vswitch_places, "lawful", 1),
        "vswitch-quota:vpc-main is overshot: 2 used",
    ),
    "4 a VPC uses too many addresses": (
        lambda sim: setattr(vpc(sim), "lawful_addresses", 3),
        "vpc-addresses:vpc-main is overshot: 4 used, the limit is 60000",
    ),
    "2 a reservation is not set aside": (
        lambda sim: vsw_b(sim).pool.release_range(64, 16, 0),
        "the reservations of vsw-b are not what is set aside of 10.0.1.0/24",
    ),
    "2 an IPv6 reservation is not listed": (
        lambda sim: vsw_b(sim).reservations.popitem(),
        "the reservations of vsw-b are not what is set aside of 2001:db8:0:2::/64",
    ),
    "6 a VPC's place is held": (
        change(lambda sim: estate(sim).vpc_places, "held"),
        "vpc-quota:acme/cn-hangzhou has 1 held, and nothing is in flight",
    ),
    "6 a vSwitch is pinned": (
        change(lambda sim: first(sim.cloud.vswitches), "pins"),
        "vsw-a has 1 pins, and nothing is in flight",
    ),
    "6 a VPC is pinned": (change(vpc, "pins", 2), "vpc-main has 2 pins, and nothing is in flight"),
    "6 a group is pinned": (
        change(lambda sim: first(sim.cloud.security_groups), "pins"),
        "sg-main has 1 pins, and nothing is in flight",
    ),
    "6 an ENI is being changed": (
        lambda sim: sim.cloud.busy.occupy("eni:eni-2"),
        "eni:eni-2 is being changed, and nothing is in flight",
    ),
    "7 a VPC has miscounted": (change(vpc, "size"), "vpc-main has lost count of the addresses of its vSwitches"),
    "7 a vSwitch is missing in its VPC": (
        lambda sim: vpc(sim).vswitches.popitem(),
        "the vSwitches of VPCs are not those that exist",
    ),
    "7 an index was passed by": (
        lambda sim: setattr(eni(sim, "eni-2"), "name", "other"),
        "the index of ENIs by name is not what the ENIs say",
    ),
    "7 an ENI says that it is on an instance": (
        lambda sim: setattr(eni(sim, "eni-1"), "instance", "i-2"),
        "the ENIs of i-2 are not those that say so",
    ),
    "7 an instance lacks an ENI": (lose_eni_of_instance, "the ENIs of i-1 are not those that say so"),
    "7 an instance is nowhere": (
        lambda sim: setattr(eni(sim, "eni-1"), "instance", "i-3"),
        "ENIs are on i-3, which does not exist",
    ),
    "8 an instance changed silently": (
        lambda sim: setattr(instance(sim), "name", "other"),
        "the journal says other things of i-1",
    ),
    "8 a VPC changed silently": (lambda sim: setattr(vpc(sim), "name", "other"), "says other things of vpc-main"),
    "8 a vSwitch changed silently": (
        lambda sim: setattr(first(sim.cloud.vswitches), "status", "Pending"),
        "says other things of vsw-a",
    ),
    "8 a group changed silently": (
        lambda sim: setattr(first(sim.cloud.security_groups), "tags", (("a", "b"),)),
        "says other things of sg-main",
    ),
    "8 a VPC was never written down": (
        lambda sim: without(sim, b"vpc-created"),
        "vpc-main exists, and the journal does not say so",
    ),
    "8 an instance went silently": (
        lambda sim: sim.cloud.instances.popitem(),
        "the journal says that i-2 exists, and it does not",
    ),
    "9 an Available ENI is on an instance": (
        lambda sim: setattr(eni(sim, "eni-1"), "status", EniStatus.AVAILABLE),
        "eni-1 is Available, and on i-1",
    ),
    "9 slots are miscounted": (change(lambda sim: instance(sim).slots, "used"), "slots:i-1 counts 3 used, 2 exist"),
    "9 there are more ENIs than slots": (
        lambda sim: setattr(instance(sim).slots, "lawful", 1),
        "slots:i-1 is overshot: 2 used",
    ),
    "9 a member has no place of its own": (make_member, "member-slots:i-1 counts 0 used, 1 exist"),
}


@pytest.mark.parametrize("case", CASES)
def test_each_kind_of_damage_is_found_and_told(case: str) -> None:
    damage, says = CASES[case]
    sim = sound()
    damage(sim)
    found = sim.audit()
    assert [sentence for sentence in found if says in sentence] != [], found


def test_all_nine_rules_have_a_damage() -> None:
    assert {case[0] for case in (*FIRST_CASES, *CASES)} == set("123456789")


def test_what_a_call_in_flight_holds_is_no_damage() -> None:
    sim = sound()
    sim.hold(sim.send(), at=Phase.LEASE_ADDRESSES)
    sim.run()
    vswitch = sim.cloud.vswitches[next(iter(sim.cloud.vswitches))]
    assert vswitch.pins == 1
    sim.cloud.busy.occupy("eni:eni-2")
    assert sim.audit() == []


# -- the journal


def test_a_journal_tells_of_every_kind_of_thing() -> None:
    sim = sound()
    rebuilt = rebuild(sim.cloud.journal.lines)
    assert {kind: list(things) for kind, things in rebuilt.items() if kind != "eni"} == {
        "vpc": ["vpc-main"],
        "vswitch": ["vsw-a", "vsw-b"],
        "group": ["sg-main"],
        "instance": ["i-1", "i-2"],
    }
    assert list(rebuilt) == list(KINDS)
    default = first(sim.cloud.accounts).default_resource_group
    assert rebuilt["vswitch"]["vsw-b"] == {
        "vswitch": "vsw-b",
        "vpc": "vpc-main",
        "zone": "cn-hangzhou-h",
        "cidr": "10.0.1.0/24",
        "ipv6_cidr": "2001:db8:0:2::/64",
        "reservations": ["10.0.1.64/28", "2001:db8:0:2:1::/80"],
        "resource_group": default,
        "status": "Available",
    }


def said(*events: dict[str, object]) -> dict[str, dict[str, dict[str, object]]]:
    stamps = {"call": "", "n": 0, "t": 0}
    return rebuild([msgspec.json.encode(stamps | event) for event in events])


def test_the_last_word_about_a_thing_holds() -> None:
    rebuilt = said(
        {"ev": "vpc-created", "vpc": "v", "name": "old", "tags": {"a": "b"}},
        {"ev": "vpc-changed", "vpc": "v", "name": "new"},
        {"ev": "eni-created", "eni": "e", "name": "web"},
        {"ev": "eni-status", "eni": "e", "status": "InUse"},
        {"ev": "eni-created", "eni": "gone"},
        {"ev": "eni-deleted", "eni": "gone"},
    )
    assert rebuilt["vpc"] == {"v": {"vpc": "v", "name": "new"}}
    assert rebuilt["eni"] == {"e": {"eni": "e", "name": "web", "status": "InUse"}}


def test_events_of_other_things_are_passed_over() -> None:
    rebuilt = said(
        {"ev": "phase", "phase": "COMMIT"},
        {"ev": "vpc-visited", "vpc": "v"},
        {"ev": "eni-created"},
        {"ev": "eni-deleted", "eni": "never said"},
        {"ev": "eni-status", "eni": "late", "status": "InUse"},
    )
    assert {kind: things for kind, things in rebuilt.items() if things} == {"eni": {"late": {"status": "InUse"}}}


def test_a_watched_thing_that_changes_is_written_down_and_sound() -> None:
    sim = sound()
    thing = vpc(sim)
    thing.name = "main"
    sim.cloud.note_vpc(thing)
    group = first(sim.cloud.security_groups)
    group.description = "for all"
    sim.cloud.note_group(group)
    one = instance(sim)
    one.deletion_protection = True
    sim.cloud.note_instance(one)
    assert sim.audit() == []
    assert sim.interfaces(account="acme", region=REGION) == sim.enis
