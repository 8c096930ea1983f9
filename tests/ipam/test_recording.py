"""A pool that was written down and made again is the same pool, under every policy, whatever its past."""

import sys
from typing import Any

import msgspec
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import rule

from cloudsim.ipam import recording
from cloudsim.ipam.edge import AddressSpace, Family
from cloudsim.ipam.policies.registry import POLICIES
from cloudsim.ipam.pool import Pool
from tests.ipam.cases import every_policy_on
from tests.ipam.machine import PoolMachine
from tests.ipam.test_copies import worn

everywhere = every_policy_on("10.0.0.0/24", "10.0.0.0/21", "10.0.0.0/16", "2001:db8::/64")


def written(pool: Pool) -> bytes:
    return msgspec.msgpack.encode(recording.record(pool))


def again(pool: Pool) -> Pool:
    """The pool by way of bytes."""
    return recording.restore(msgspec.msgpack.decode(written(pool), type=recording.PoolRecord))


class RecordingMachine(PoolMachine):
    """What the naive pool says, one that was written down and made again says too."""

    @rule(number=st.integers(0, 1 << 20))
    def writes_down(self, number: int) -> None:
        world = self.worlds[number % len(self.worlds)]
        before = written(world.pool)
        world.pool = again(world.pool)
        assert written(world.pool) == before


class RecordingMachine4(RecordingMachine):
    policies = tuple(POLICIES)
    family = Family.IPV4


class RecordingMachine6(RecordingMachine):
    policies = tuple(name for name, kind in POLICIES.items() if kind.sparse is not None)
    family = Family.IPV6


for machine in (RecordingMachine4, RecordingMachine6):
    machine.TestCase.settings = settings(max_examples=25)
TestRecording4 = RecordingMachine4.TestCase
TestRecording6 = RecordingMachine6.TestCase


@everywhere
def test_a_pool_made_again_hands_out_what_the_pool_would_have(policy: str, cidr: str) -> None:
    pool = worn(cidr, policy)
    other = again(pool)
    hands = [(one.allocate_prefix(9), one.allocate_many(60, 10), one.allocate_many(60, 60)) for one in (pool, other)]
    assert hands[0] == hands[1]
    other.check()


@everywhere
def test_to_write_a_pool_down_changes_nothing(policy: str, cidr: str) -> None:
    pool = worn(cidr, policy)
    clone = pool.clone()
    written(pool)
    assert pool.allocate_many(60, 10) == clone.allocate_many(60, 10)


def test_a_pool_that_nobody_used_is_written_as_its_seed() -> None:
    pool = Pool(AddressSpace.parse("10.0.0.0/16"), seed=1)
    assert len(written(pool)) < 64
    assert again(pool).allocate_many(9, 0) == pool.allocate_many(9, 0)


def test_a_list_of_a_pool_made_again_shares_its_numbers_with_all_others() -> None:
    pools = [again(worn("10.0.0.0/22", "uniform")) for _ in range(2)]
    orders = [
        pool._policy.order  # type: ignore[attr-defined]
        for pool in pools
    ]
    assert all(one is other for one, other in zip(*orders, strict=True))


def test_a_machine_that_writes_the_high_byte_first_reads_what_it_wrote(monkeypatch: pytest.MonkeyPatch) -> None:
    pool = worn("10.0.0.0/21", "uniform")
    plain = written(pool)
    monkeypatch.setattr(sys, "byteorder", "big")
    turned = written(pool)
    assert turned != plain
    assert written(again(pool)) == turned


@pytest.mark.parametrize(
    ("spoilt", "said"),
    [
        ({"truth": b""}, "0 states cannot be those of 256 addresses"),
        ({"index": {"free": 3}}, "free are not what Uniform consists of"),
        ({"policy": "best"}, "there is no policy 'best' of IPv4 addresses"),
        ({"policy": "pack", "cidr": "2001:db8::/64"}, "there is no policy 'pack' of IPv6 addresses"),
        ({"prefix_policy": "best"}, "there is no prefix policy 'best'"),
        ({"cidr": "10.0.0.0/15"}, "no vSwitch has the block 10.0.0.0/15"),
        ({"reserved": (200, 57)}, "with 257 addresses reserved"),
    ],
)
def test_a_record_that_contradicts_itself_is_refused(spoilt: dict[str, Any], said: str) -> None:
    record = recording.record(worn("10.0.0.0/24", "uniform"))
    if "truth" in spoilt:
        assert record.truth is not None
        spoilt = {"truth": msgspec.structs.replace(record.truth, state=b"")}
    with pytest.raises(ValueError, match=said):
        recording.restore(msgspec.structs.replace(record, **spoilt))
