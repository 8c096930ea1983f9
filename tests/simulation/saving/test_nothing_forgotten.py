"""Everything that a thing consists of is written down, or follows from what is: a new attribute has to choose."""

import pytest

from cloudsim.errors import account, parameters
from cloudsim.errors.codes import CODES
from cloudsim.ipam.indexed import IndexedSpace
from cloudsim.ipam.policies.registry import POLICIES, PREFIX_POLICIES
from cloudsim.ipam.recording import PoolRecord, TruthRecord
from cloudsim.ipam.space import SpaceMap
from cloudsim.kernel.kernel import Kernel
from cloudsim.resources.capacity import Capacity
from cloudsim.resources.catalogue import Catalogue
from cloudsim.resources.conditions import Conditions
from cloudsim.resources.consistency import Lag
from cloudsim.resources.estate import Estate
from cloudsim.resources.instance import Instance
from cloudsim.resources.interface import NetworkInterface
from cloudsim.resources.journal import Journal
from cloudsim.resources.network import SecurityGroup
from cloudsim.resources.throttle import BucketMeter, Meter, Throttle
from cloudsim.resources.tokens import TokenBook, TokenEntry
from cloudsim.resources.vpc import Vpc
from cloudsim.resources.vswitch import VSwitch
from cloudsim.simulation.caller import Caller
from cloudsim.simulation.saving import conditions, interfaces, settings, things, tokens, whole
from cloudsim.simulation.simulation import Simulation
from tests.small_world import small

_TABLES = "groups instances interfaces vpcs vswitches"
_PENDING = "_cancelled _competing _dues _eager _group _heap _late _serial"
RECORDS = [
    (Vpc, things.VpcRecord, {"vswitch_places": "places"}, "key addresses_key ledger pins size vswitches"),
    (SecurityGroup, things.GroupRecord, {"places": "capacity"}, "key members pins"),
    (
        VSwitch,
        things.VSwitchRecord,
        {"vpc": "vpc_id", "shortage": "shortage_name", "reservations": "reserved", "_double_booked": "double_booked",
         "pool": "addresses", "pool6": "addresses6"},
        "estate interfaces key ledger pins pool_key",
    ),
    (
        Instance,
        things.InstanceRecord,
        {"type": "type_name", "slots": "places", "member_slots": "member_places", "primary": "primary_at",
         "interfaces": "enis_at"},
        "key",
    ),
    (
        Estate,
        whole.EstateRecord,
        {"quota": "eni_places", "vcpu_places": "vcpu_places"},
        f"{_TABLES} groups_key index instances_key interfaces_key vpcs_key vswitches_key",
    ),
    (TokenEntry, tokens.TokenRecord, {}, ""),
    (
        IndexedSpace,
        PoolRecord,
        {"space": "cidr", "_seed": "seed", "_truth": "truth", "_policy": "index", "_prefixes": "prefixes"},
        "_built _own",
    ),
    (SpaceMap, TruthRecord, {}, "block_bits busy cooling free in_prefix reserved set_aside size whole"),
    (Caller, settings.CallerRecord, {}, ""),
    (Conditions, conditions.ConditionsRecord, {"throttle": "throttling"}, "ledger"),
    (
        Lag,
        conditions.LagRecord,
        {"_born": "born", "_lingering": "lingering", "_leaving": "leaving", "_groups": "groups", "_counts": "counts"},
        "count_ns eni_ns group_ns ledger unassign_ns",
    ),
    (Meter, conditions.MeterRecord, {"_minute": "minute", "_calls": "calls"}, "refusal"),
]  # fmt: skip
"""The thing, its record, what is called otherwise there, and what follows from the rest."""


@pytest.mark.parametrize(("thing", "said", "otherwise", "follows"), RECORDS)
def test_every_attribute_is_written_down_or_follows(
    thing: type, said: type, otherwise: dict[str, str], follows: str
) -> None:
    attributes = set(thing.__slots__)  # type: ignore[attr-defined]
    told = {name for name in attributes if otherwise.get(name, name) in said.__struct_fields__}  # type: ignore[attr-defined]
    assert attributes - told == set(follows.split())


def test_every_attribute_of_an_eni_is_in_a_column_or_in_its_shape() -> None:
    columns = {"private_ip_addresses": "addresses", "client_token": "tokens"}
    told = {*interfaces.Shape.__struct_fields__, *interfaces.InterfacesRecord.__struct_fields__}
    assert {columns.get(name, name) for name in NetworkInterface.__struct_fields__} <= told


@pytest.mark.parametrize(
    ("thing", "attributes"),
    [
        (Capacity, "held key lawful ledger limit refusal used"),
        (TokenBook, "_by_action _oldest_first account ledger"),
        (Throttle, "_by_key _met how ledger"),
        (BucketMeter, "_filled_ns _level burst"),
        (Catalogue, "_own _read"),
        (Journal, "_before _hash _kept _pending _sinks events"),
        (
            Kernel,
            f"{_PENDING} _choices _is_running _is_straight _strategy chosen now_ns slack_ns steps",
        ),
    ],
)
def test_what_is_written_by_hand_has_no_attribute_that_nobody_has_looked_at(thing: type, attributes: str) -> None:
    assert set(thing.__slots__) == set(attributes.split())  # type: ignore[attr-defined]


def test_a_simulation_has_no_attribute_that_nobody_has_looked_at() -> None:
    written = "seed latency policy cloud kernel callers unnamed_callers sent calls"
    empty_at_rest = "_in_flight _on_held"
    code = "properties observers script_touches faults fault_sites trouble"
    how_it_is_looked_at = "watcher audits_events looks_on was_looked_at acts_unasked"
    follows = "entropy _is_closed"
    known = f"{written} {empty_at_rest} {code} {how_it_is_looked_at} {follows}".split()
    assert set(vars(Simulation(small().spec))) == set(known)


def test_every_policy_consists_of_what_can_be_written_down() -> None:
    for name, kind in POLICIES.items():
        assert hasattr(kind.make(1, sparse=False), "__slots__"), name
    for name, make in PREFIX_POLICIES.items():
        assert hasattr(make(1), "__slots__"), name


def test_every_refusal_is_found_by_its_name_and_two_of_one_name_are_told_apart() -> None:
    for kind in (*CODES.values(), account.InvalidParameter, parameters.InvalidParameter):
        assert things.refusal_named(things.name_of(kind)) is kind
