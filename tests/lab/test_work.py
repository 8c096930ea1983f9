"""Work and what is counted of it: all of it a function of the seeds, so it is the same on every machine."""

import hashlib

import pytest

from cloudsim.ipam.policies.registry import POLICIES
from cloudsim.lab.allocator import IPV6, ground
from cloudsim.lab.filling import STAND_INS, Effort, Filled, cooled, fill
from cloudsim.lab.observing import Observed, observe
from cloudsim.lab.workloads import (
    COOL_DOWN,
    FIFO,
    NAMED,
    NEEDS,
    PREFIX_MIX,
    STEADY,
    WORKLOADS,
    Many,
    Nothing,
    make_work,
)
from tests.lab.conftest import ENTRIES, entry

EFFORT = Effort(turnovers=2, probes=50_000)
HANDED_OUT = "14b928d128bc5182f9a838435b17346e74309fc20329776b0c7d3d904338e27f"


def seen(name: str, workload: str = STEADY, *, length: int = 24, share: float = 0.5, pairs: int = 1000) -> Observed:
    where = cooled(ground(length), workload)
    return observe(fill(entry(name), where, int(where.usable * share), workload, EFFORT, counts=True).work, pairs)


@pytest.mark.parametrize("share", [0.5, 0.99, 1.0])
@pytest.mark.parametrize("policy", POLICIES)
def test_our_policies_look_at_one_candidate_however_full_the_block(policy: str, share: float) -> None:
    assert seen(policy, share=share, pairs=300).probes == 1


@pytest.mark.parametrize("policy", POLICIES)
def test_a_random_policy_draws_once_and_the_others_never(policy: str) -> None:
    assert seen(policy, pairs=300).draws == (1 if policy in ("uniform", "banded-uniform") else 0)
    if POLICIES[policy].prefixes != "uniform":
        return
    alone = policy in ("uniform", "banded-uniform")
    mixed = seen(policy, PREFIX_MIX, share=0.04, pairs=400).draws
    assert mixed is not None
    assert mixed == 1 if alone else 0 < mixed < 0.5


@pytest.mark.parametrize("policy", [name for name in POLICIES if IPV6 in ENTRIES[name].supports])
def test_in_a_64_too(policy: str) -> None:
    where = ground(64)
    observed = observe(fill(entry(policy), where, 200, STEADY, EFFORT, counts=True).work, 200)
    assert observed.probes == 1
    assert observed.free_blocks is None


def test_guessing_takes_as_many_probes_as_there_are_addresses_for_each_free_one() -> None:
    observed = seen("set-rejection", share=0.9, pairs=4000)
    assert observed.probes == pytest.approx(252 / (252 - 226 + 1), rel=0.1)
    assert observed.draws == observed.probes


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [("kea-iterative", 64, 200), ("kea-random", 64, 260), ("kubernetes", 64, 200), ("go-ipam", 60, 200)],
)
def test_others_search_for_the_last_address(name: str, least: float, most: float) -> None:
    probes = seen(name, share=1.0, pairs=400).probes
    assert probes is not None
    assert least <= probes <= most


def test_a_queue_gives_back_an_address_after_as_many_allocations_as_there_are_free_ones() -> None:
    assert seen("longest-free", pairs=2000).reuse_distance == 127
    assert seen("kea-flq", pairs=2000).reuse_distance == 127
    assert seen("lowest-first", pairs=2000).reuse_distance == 1


def test_what_did_not_come_back_in_time_has_no_distance() -> None:
    assert seen("longest-free", length=20, share=0.1, pairs=500).reuse_distance is None


def test_an_address_rests_at_least_as_long_as_its_cool_down() -> None:
    observed = seen("lowest-first", COOL_DOWN, pairs=2000)
    assert observed.reuse_distance == 256 // 20 + 1


def test_names_and_prefixes_are_had_as_there_is_room_for_them() -> None:
    assert seen("uniform", NAMED, share=0.5, pairs=4000).success == pytest.approx(0.5, abs=0.06)
    assert seen("uniform", PREFIX_MIX, share=0.5).success == 0
    assert seen("pack", PREFIX_MIX, share=0.5).success == 1


def test_fifo_keeps_the_blocks_that_next_fit_breaks_up_otherwise() -> None:
    fifo, steady = seen("next-fit", FIFO, share=0.2).free_blocks, seen("next-fit", share=0.2).free_blocks
    assert fifo is not None
    assert steady is not None
    assert fifo > 9 > steady


@pytest.mark.parametrize("workload", WORKLOADS)
def test_the_same_work_holds_as_much_afterwards_as_before(workload: str) -> None:
    for name in ("uniform", "set-rejection", "kea-iterative"):
        if NEEDS.get(workload) in (None, *entry(name).supports):
            filled = fill(entry(name), cooled(ground(24), workload), 100, workload, EFFORT)
            observe(filled.work, 500)
            assert len(filled.work.held) == 100
            assert len(set(filled.work.held)) == 100


@pytest.mark.parametrize("workload", WORKLOADS)
def test_nothing_does_all_work(workload: str) -> None:
    work = make_work(workload, Nothing(), [0] * 50, cooled(ground(24), workload))
    work.prepare(100)
    assert work.run() >= 50


@pytest.mark.parametrize("name", STAND_INS)
def test_what_is_slow_to_fill_is_given_what_a_quick_one_of_its_policy_holds(name: str) -> None:
    filled: Filled = fill(entry(name), ground(26), 30, STEADY, EFFORT)
    assert filled.turnovers == 2
    assert filled.work.allocator.free_at(0) == 30
    filled.work.prepare(20)
    assert filled.work.run() == 20


def test_churning_ends_when_it_takes_too_many_probes() -> None:
    few = fill(entry("set-rejection"), ground(24), 252, STEADY, Effort(turnovers=50, probes=1000))
    assert 0 < few.turnovers < 1


def test_many_allocators_work_in_turn() -> None:
    works = [fill(entry("uniform"), ground(26), 30, STEADY, EFFORT).work for _ in range(5)]
    many = Many(works)
    many.prepare(200)
    assert many.run() == 200
    assert all(work.allocator.free_at(0) == 30 for work in works)


def test_the_addresses_that_are_handed_out_are_what_they_were() -> None:
    """Speed is never bought with meaning: the sequences of our plain policies, under all work, in one digest."""
    digest = hashlib.sha256()
    for name in ("uniform", "lowest-first", "next-fit", "longest-free", "longest-free-sequential", "pack"):
        for workload in WORKLOADS:
            filled = fill(entry(name), cooled(ground(24), workload), 100, workload, EFFORT)
            filled.work.prepare(300)
            filled.work.run()
            digest.update(f"{name} {workload} {filled.work.held}\n".encode())
    assert digest.hexdigest() == HANDED_OUT
