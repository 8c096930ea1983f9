"""Whole blocks: the closed form, table F of the study, and what a burst leaves."""

from itertools import combinations
from math import sqrt

import pytest

from cloudsim.ipam.policies.registry import POLICIES
from cloudsim.lab.allocator import ground
from cloudsim.lab.fragmentation import AFTER, after_burst, one_of_each, steady_use, study
from cloudsim.lab.theory import deviation_of_free_blocks, expected_free_blocks, packed_free_blocks, whole_blocks
from tests.lab.conftest import ENTRIES, entry


@pytest.mark.parametrize(("length", "blocks"), [(16, 4094), (20, 254), (24, 14), (26, 2), (27, 0), (28, 0), (29, 0)])
def test_the_reserved_ends_cost_the_first_and_the_last_block(length: int, blocks: int) -> None:
    assert whole_blocks(ground(length)) == blocks


def test_the_closed_form_is_that_of_all_choices() -> None:
    where = ground(26)
    usable = range(1, where.size - 3)
    mean = square = count = 0
    for used in combinations(usable, 2):
        free = sum(not any(offset in range(first, first + 16) for offset in used) for first in (16, 32))
        mean, square, count = mean + free, square + free * free, count + 1
    assert expected_free_blocks(where, 2) == pytest.approx(mean / count)
    assert deviation_of_free_blocks(where, 2) == pytest.approx(sqrt(square / count - (mean / count) ** 2))


@pytest.mark.parametrize(
    ("length", "percent", "blocks"),
    [
        (24, 10, 2.5),
        (24, 20, 0.4),
        (20, 5, 111),
        (20, 10, 47),
        (20, 20, 7.1),
        (20, 30, 0.8),
        (16, 10, 759),
        (16, 40, 1.2),
    ],
)
def test_the_closed_form_has_the_figures_of_table_f(length: int, percent: int, blocks: float) -> None:
    where = ground(length)
    assert expected_free_blocks(where, where.usable * percent // 100) == pytest.approx(blocks, rel=0.03, abs=0.1)


def test_perfect_packing_uses_the_ends_first() -> None:
    where = ground(26)
    assert [packed_free_blocks(where, used) for used in (0, 28, 29, 44, 45, 60)] == [2, 2, 1, 1, 0, 0]
    assert packed_free_blocks(ground(28), 5) == 0


UNIFORM = [("uniform", 24, 10, 8), ("uniform", 24, 20, 8), ("uniform", 20, 10, 2), ("set-rejection", 20, 10, 2)]


@pytest.mark.parametrize(("name", "length", "percent", "runs"), UNIFORM)
def test_who_spreads_addresses_follows_the_closed_form_within_four_sigma(
    name: str, length: int, percent: int, runs: int
) -> None:
    left = steady_use(entry(name), length, percent, runs=runs, turnovers=4)
    assert abs(left.free_blocks - left.expected) <= 4 * left.deviation / sqrt(runs)


@pytest.mark.deep
@pytest.mark.parametrize("percent", [10, 20, 30])
def test_uniform_follows_the_closed_form_on_a_16(percent: int) -> None:
    left = steady_use(entry("uniform"), 16, percent, runs=2, turnovers=10)
    assert abs(left.free_blocks - left.expected) <= 4 * left.deviation / sqrt(2)


@pytest.mark.parametrize("name", ["lowest-first", "pack"])
@pytest.mark.parametrize("percent", [20, 50])
def test_who_packs_reaches_the_line_of_perfect_packing(name: str, percent: int) -> None:
    left = steady_use(entry(name), 20, percent, runs=1, turnovers=10)
    assert left.packed - 4 <= left.free_blocks <= left.packed + 1


def test_the_trade_off_of_the_study_shows() -> None:
    spread, packed, serial = (
        steady_use(entry(name), 20, 20, runs=1, turnovers=4) for name in ("longest-free", "pack", "next-fit")
    )
    assert spread.reuse_distance is not None
    assert packed.reuse_distance is not None
    assert serial.reuse_distance is not None
    assert spread.reuse_distance > 1000 * packed.reuse_distance
    assert spread.free_blocks < 20 < serial.free_blocks < packed.free_blocks


def blocks_after(name: str, after: tuple[int, ...] = (0, 1, 5)) -> list[float]:
    return [one.free_blocks for one in after_burst(entry(name), after=after)]


def test_after_a_burst_the_lowest_and_the_fullest_first_tidy_up() -> None:
    """Of 254 blocks, 204 would be whole if all were packed; the study has 52 / 90 / 201 and 53 / 98 / 203."""
    for name in ("lowest-first", "pack"):
        at_once, soon, later = blocks_after(name)
        assert 40 <= at_once <= 65, name
        assert 80 <= soon <= 110, name
        assert later >= 198, name


def test_after_a_burst_uniform_has_nearly_none_and_gets_none_back() -> None:
    assert max(blocks_after("uniform")) < 20


def test_after_a_burst_next_fit_gets_some_back() -> None:
    at_once, _, later = blocks_after("next-fit")
    assert 40 <= at_once <= 65
    assert 70 <= later <= 115


@pytest.mark.deep
def test_the_burst_of_the_study_in_full() -> None:
    ends = {
        name: blocks_after(name, AFTER)[-1] for name in ("uniform", "kubernetes", "neutron-window", "next-fit", "pack")
    }
    assert ends["pack"] >= 202
    assert 120 <= ends["neutron-window"] <= 165
    assert 70 <= ends["next-fit"] <= 115
    assert ends["uniform"] < 20
    assert ends["kubernetes"] < 25


def test_the_study_looks_at_one_quick_allocator_of_each_policy() -> None:
    names = [one.name for one in one_of_each(ENTRIES.values())]
    assert set(POLICIES) <= set(names)
    assert {"kubernetes", "kea-random", "neutron-window"} <= set(names)
    assert not {"ipset-uniform", "set-rejection", "neutron-rebuild"} & set(names)


def test_a_study_has_a_row_for_each_policy_and_use() -> None:
    told: list[str] = []
    left, bursts = study(
        [entry("pack"), entry("kubernetes")], lengths=[24, 29], is_quick=True,
        progress=lambda _done, _total, text: told.append(text),
    )  # fmt: skip
    assert [(one.name, one.size, one.use) for one in left] == [
        ("pack", "/24", 0.1), ("pack", "/24", 0.5), ("kubernetes", "/24", 0.1), ("kubernetes", "/24", 0.5),
    ]  # fmt: skip
    assert [one.turnovers for one in bursts] == [0, 1, 5, 0, 1, 5]
    assert len(told) == 4
