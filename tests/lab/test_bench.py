"""The table: which cells there are, what is skipped and foretold, and what the timing itself does."""

from dataclasses import replace

import pytest

from cloudsim.errors.own import SettingError
from cloudsim.lab.bench import Bench, Table
from cloudsim.lab.catalogue import Entry, chosen, ours, plain
from cloudsim.lab.memory import bytes_of
from cloudsim.lab.plan import OCCUPANCIES, Group, Plan, lengths_of, make_plan
from cloudsim.lab.timing import Timing, Variant, measure
from cloudsim.lab.workloads import COOL_DOWN, STEADY, WORKLOADS
from tests.lab.conftest import entry


def small(entries: list[Entry], **axes: object) -> Plan:
    """A plan that takes no time."""
    return replace(make_plan(entries, is_quick=True, **axes), rounds=2, pairs=50)  # type: ignore[arg-type]


def table(entries: list[Entry], **axes: object) -> Table:
    return Bench(small(entries, **axes)).run()


def test_a_row_has_all_columns() -> None:
    (row,) = table([entry("uniform")], lengths=[24], occupancies=["90"], workloads=[STEADY]).rows
    assert (row.name, row.size, row.occupancy, row.held, row.pools) == ("uniform", "/24", "90", 226, 1)
    assert (row.probes, row.draws, row.blocks) == (1, 1, 14)
    assert 0 < row.ns_low <= row.ns <= row.ns_high
    assert row.floor_ns > 0
    assert row.ratio > 1
    assert row.bytes_per_pool is not None
    assert 1000 < row.bytes_per_pool < 4000
    assert row.free_blocks_expected is not None
    assert row.free_blocks_expected < 0.01


def test_every_workload_has_a_row_for_who_can_do_it() -> None:
    rows = table([entry("uniform"), entry("kubernetes")], lengths=[26], occupancies=["50"]).rows
    assert [row.workload for row in rows if row.name == "uniform"] == list(WORKLOADS)
    assert {row.workload for row in rows if row.name == "kubernetes"} == {"steady", "fifo", "burst", "named"}


def test_a_64_holds_a_number_of_addresses_and_only_some_can() -> None:
    some = [entry("uniform"), entry("set-rejection"), entry("kubernetes")]
    rows = table(some, lengths=[64], workloads=[STEADY]).rows
    assert [(row.name, row.occupancy, row.blocks) for row in rows] == [
        ("uniform", "10000", None), ("set-rejection", "10000", None),
    ]  # fmt: skip


def test_many_pools_work_in_turn_where_there_is_memory_for_them() -> None:
    (row,) = table([entry("uniform")], lengths=[28], pools=[50], workloads=[STEADY], occupancies=["50"]).rows
    assert row.pools == 50
    result = table([entry("uniform")], lengths=[20], pools=[100_000], workloads=[STEADY], occupancies=["90"])
    assert not result.rows
    assert "GB" in result.skipped[0].why


def test_what_would_take_too_long_is_tried_once_and_then_foretold() -> None:
    slow = entry("neutron-rebuild")
    plan = replace(small([slow], lengths=[26, 24], workloads=[STEADY], occupancies=["50", "90"]), cell_ns=1000)
    result = Bench(plan).run()
    assert not result.rows
    assert {one.why for one in result.skipped} == {"it would take too long"}
    times = [one.predicted_ns for one in result.skipped if one.size == "/24"]
    assert len(times) == 2
    assert all(time is not None and time > 10_000 for time in times)


def test_when_the_time_is_over_the_rest_is_listed_with_nothing_foretold_of_what_was_never_measured() -> None:
    result = Bench(small([entry("uniform")], lengths=[24]), is_over=lambda: True).run()
    assert not result.rows
    assert {one.predicted_ns for one in result.skipped} == {None}


def test_progress_tells_each_cell() -> None:
    told: list[tuple[int, int]] = []
    Bench(
        small([entry("uniform"), entry("kubernetes")], lengths=[26], workloads=[STEADY], occupancies=["50", "90"]),
        lambda done, total, _: told.append((done, total)),
    ).run()
    assert told == [(0, 4), (1, 4), (2, 4), (3, 4)]


# -- the plan


def test_a_full_plan_has_all_axes() -> None:
    groups = make_plan(chosen([])).groups
    assert {group.length for group in groups} == {16, 20, 24, 28, 29, 64}
    assert {group.occupancy for group in groups} == {*OCCUPANCIES, "10000"}
    assert {group.workload for group in groups} == set(WORKLOADS)
    assert {group.pools for group in groups} == {1, 10_000}


def test_a_cool_down_needs_room() -> None:
    full = Group(length=24, occupancy="last", workload=COOL_DOWN, pools=1)
    assert not full.makes_sense
    assert replace(full, occupancy="90").makes_sense


@pytest.mark.parametrize("text", ["/15", "30", "x", "/128", ""])
def test_a_size_that_there_is_not_is_refused(text: str) -> None:
    with pytest.raises(SettingError, match="there are /16 to /29, and /64"):
        lengths_of([text])


def test_sizes_are_read_with_and_without_their_slash() -> None:
    assert lengths_of(["/24", "16", "/24"]) == [24, 16]


# -- the catalogue


def test_allocators_are_chosen_by_name_policy_or_origin() -> None:
    assert [one.name for one in chosen(["kea-random"])] == ["kea-random"]
    assert {"uniform", "set-rejection"} <= {one.name for one in chosen(["uniform"])}
    assert all(one.is_ours for one in chosen(["ours"]))
    assert not any(one.is_ours for one in chosen(["others"]))
    assert not [one.name for one in plain(ours()) if one.name.startswith("banded")]


def test_an_unknown_name_is_answered_by_the_nearest() -> None:
    with pytest.raises(SettingError, match="did you mean 'kubernetes'"):
        chosen(["kubernets"])


# -- timing and memory


def test_a_ratio_is_taken_inside_each_round_so_that_slow_rounds_cancel_out() -> None:
    base, twice = Timing((10.0, 100.0, 12.0)), Timing((20.0, 200.0, 24.0))
    assert twice.ratio(base) == 2
    assert twice.ns == 24
    assert twice.spread == (22.0, 112.0)
    assert Timing((5.0,)).spread == (5.0, 5.0)


def test_variants_take_turns_and_the_first_round_is_not_counted() -> None:
    turns: list[str] = []

    def variant(name: str) -> Variant:
        def run() -> int:
            turns.append(name)
            return 1

        return run

    timings = measure({name: variant(name) for name in "ab"}, rounds=3, before=lambda: turns.append("-"))
    assert turns == list("-ab-ab-ab-ab")
    assert {len(timing.rounds) for timing in timings.values()} == {3}


def test_memory_is_what_is_still_there() -> None:
    # What a tracer of coverage keeps meanwhile counts too.
    assert 10_000 <= bytes_of(lambda: bytearray(10_000)) < 12_000
    assert bytes_of(lambda: len(bytearray(10_000))) < 2_000
