"""What each phase touches, exactly: a touch that nobody reports would hide a race from whoever explores orders."""

from typing import Any

import pytest

from cloudsim.api.requests import DescribeNetworkInterfaces
from cloudsim.operations.operation import Footprint, Phase
from cloudsim.operations.policy import AddressPolicy, CheckOrder, Policy, QuotaPolicy, TokenPolicy
from cloudsim.resources.ledger import Mode
from cloudsim.simulation.watch import FootprintWatcher
from tests.small_world import REGION, Watched, a_create, a_delete, code, small

TOKEN, VSWITCH, GROUP = "token:acme/t-1", "vswitch:vsw-a", "group:sg-main"
PINS = {"add pins:vsw-a", "add pins:sg-main"}
QUOTA, PLACES, POOL, ENIS = f"quota:acme/{REGION}", "group-places:sg-main", "pool:vsw-a", f"enis:acme/{REGION}"

Touched = dict[str, set[str]]


class Recorder(FootprintWatcher):
    """Holds touches against the footprint as ever, and takes note of them by phase."""

    __slots__ = ("phase", "seen")

    def __init__(self) -> None:
        super().__init__()
        self.phase = ""
        self.seen: Touched = {}

    def begin(self, step: str, declared: Footprint) -> None:
        self.phase = step.rpartition(" ")[2]
        super().begin(step, declared)

    def touch(self, key: str, mode: Mode) -> None:
        self.seen.setdefault(self.phase, set()).add(f"{mode} {key}")
        super().touch(key, mode)


def touched(sim: Watched, request: Any, wanted: str = "ok") -> Touched:
    """What the phases of a call touch."""
    sim.watcher = recorder = Recorder()
    assert code(sim.ask(request)) == wanted
    return recorder.seen


def writes(*keys: str) -> set[str]:
    return {f"write {key}" for key in keys}


SOUND = a_create(client_token="t-1", private_ip_addresses=("10.0.0.9",))
RESOLVED = {f"read {VSWITCH}", f"read {GROUP}", *PINS}
COMMITTED = {*writes(QUOTA, PLACES, POOL, TOKEN), f"add {ENIS}", *PINS}


def test_a_create_touches_what_its_phases_are_about() -> None:
    assert touched(Watched(), SOUND) == {
        "CLAIM_TOKEN": writes(TOKEN),
        "RESOLVE": RESOLVED,
        "RESERVE_QUOTA": writes(QUOTA, PLACES),
        "LEASE_ADDRESSES": writes(POOL),
        "COMMIT": COMMITTED,
    }


def test_known_bad_policies_read_where_good_ones_write_and_write_only_at_the_commit() -> None:
    policy = Policy(
        token=TokenPolicy.LOOK_UP_THEN_COMMIT,
        quota=QuotaPolicy.CHECK_THEN_COUNT,
        address=AddressPolicy.CHECK_THEN_ACT,
    )
    assert touched(Watched(policy=policy), SOUND) == {
        "CLAIM_TOKEN": {f"read {TOKEN}"},
        "RESOLVE": RESOLVED,
        "RESERVE_QUOTA": {f"read {QUOTA}", f"read {PLACES}"},
        "LEASE_ADDRESSES": writes(POOL),
        "COMMIT": COMMITTED,
    }


def test_a_call_without_a_token_touches_none() -> None:
    assert not [keys for keys in touched(Watched(), a_create()).values() if any("token" in key for key in keys)]


def test_a_refusal_touches_what_it_gives_back() -> None:
    sim = Watched()
    sim.make(primary_ip_address="10.0.0.9")
    refused = touched(sim, SOUND, "InvalidPrivateIpAddress.Duplicated")
    assert refused["LEASE_ADDRESSES"] == writes(POOL, QUOTA, PLACES, TOKEN) | PINS
    other_order = Watched(small(quota=0), policy=Policy(order=CheckOrder.ADDRESSES_FIRST))
    given_back = touched(other_order, SOUND, "MaxEniCountExceeded")["RESERVE_QUOTA"]
    assert given_back == writes(QUOTA, POOL, TOKEN) | PINS


@pytest.mark.parametrize("phase", [Phase.RESOLVE, Phase.RESERVE_QUOTA, Phase.LEASE_ADDRESSES, Phase.COMMIT])
def test_an_abandoned_call_touches_its_token_and_what_it_gives_back(phase: Phase) -> None:
    sim = Watched()
    sim.faults.abandon(phase)
    held = {Phase.LEASE_ADDRESSES: (QUOTA, PLACES), Phase.COMMIT: (QUOTA, PLACES, POOL)}.get(phase, ())
    pins = set() if phase is Phase.RESOLVE else PINS
    assert touched(sim, SOUND, f"was abandoned at {phase}")[phase] == writes(TOKEN, *held) | pins


def test_ipv6_and_prefixes_are_of_the_vswitch_s_one_pool_key() -> None:
    sim = Watched(small(profile="current"))
    newer = a_create(ipv6_address_count=1, ipv6_prefix_count=1, ipv4_prefix_count=1)
    assert touched(sim, newer)["LEASE_ADDRESSES"] == writes(POOL)


def test_an_end_touches_the_eni_the_list_and_all_that_comes_back() -> None:
    sim = Watched()
    eni = sim.make().network_interface_id
    ended = {*writes(f"eni:{eni}", QUOTA, PLACES, POOL), f"add {ENIS}"}
    assert touched(sim, a_delete(eni)) == {"COMMIT": ended}
    assert touched(sim, a_delete(eni), "InvalidEniId.NotFound") == {"COMMIT": writes(f"eni:{eni}")}


def test_an_asynchronous_end_touches_what_comes_back_when_it_does() -> None:
    sim = Watched(small(profile="current"))
    eni = sim.make(ipv4_prefix_count=1).network_interface_id
    listed = {f"write eni:{eni}", f"add {ENIS}"}
    assert touched(sim, a_delete(eni)) == {"COMMIT": listed, "FINISH": listed | writes(QUOTA, PLACES, POOL)}


def test_where_a_vpc_has_more_addresses_than_it_may_use_every_lease_touches_its_count() -> None:
    sim = Watched(small(vpc={"private_addresses": 100}))
    shared = writes(POOL, "vpc-addresses:vpc-main")
    creating = touched(sim, a_create())
    assert creating["LEASE_ADDRESSES"] == shared
    assert creating["COMMIT"] >= shared
    assert touched(sim, a_delete(sim.enis[0].id))["COMMIT"] >= shared


def test_a_description_reads_the_list() -> None:
    assert touched(Watched(), DescribeNetworkInterfaces(region_id=REGION)) == {"READ": {f"read {ENIS}"}}
