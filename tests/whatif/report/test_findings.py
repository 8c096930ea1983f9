"""Findings: what a planner is told follows from the numbers."""

from dataclasses import replace
from typing import Any

import pytest
from msgspec.structs import replace as with_fields

from cloudsim.whatif.report import Results
from cloudsim.whatif.report.advice import size_of
from cloudsim.whatif.report.finding import Finding, Tone
from cloudsim.whatif.report.findings import findings_of
from cloudsim.whatif.report.results import FailedRun, Target, Variant
from cloudsim.whatif.report.runs import Runs
from cloudsim.whatif.report.sections import limits_part
from cloudsim.whatif.report.words import MINUS
from cloudsim.whatif.statistics import Estimate

KEY = "vswitch.vsw-a.cidr"


def told(results: Results) -> list[str]:
    return [one.text.replace("\u00a0", " ") for one in findings_of(results)]


def variants(results: Results, *said: tuple[object, float | None, bool], key: str = KEY) -> Results:
    """Results whose variants have these values of the axis, bounds and verdicts; the estimate is half the bound."""
    made = tuple(
        Variant(
            axes={key: value},
            metrics={"rejection_ratio": Estimate(estimate=(bound or 0) / 2, n=6, method="m")},
            targets=(Target(metric="rejection_ratio", at_most=0.01, bound=bound, met=met),),
        )
        for value, bound, met in said
    )
    return replace(results, summary=with_fields(results.summary, variants=made), runs=tuple(Runs() for _ in made))


def test_the_smallest_that_does_is_named_with_the_next_smaller_one(masks: Results) -> None:
    blocks: list[Any] = ["10.0.0.0/26", "10.0.0.0/28", "10.0.0.0/27"]
    found = variants(masks, (blocks[0], 0.0, True), (blocks[1], 0.06, False), (blocks[2], 0.004, True))
    first = next(findings_of(found))
    assert first.tone is Tone.GOOD
    assert told(found)[0] == (
        "Take vswitch.vsw-a.cidr = 10.0.0.0/27: of those tried it is the smallest that keeps rejection_ratio ≤ 1 % "
        "(at most 0.4 % with 95 % confidence); with 10.0.0.0/28 it is 3 %."
    )


def test_where_large_ones_fail_the_largest_that_does_is_named(masks: Results) -> None:
    found = variants(masks, ("8/h", 0.004, True), ("12/h", 0.007, True), ("2/m", 0.4, False), key="workload.pods.rate")
    assert told(found)[0] == (
        "Take workload.pods.rate = 12/h: of those tried it is the largest that keeps rejection_ratio ≤ 1 % "
        "(at most 0.7 % with 95 % confidence); with 2/m it is 20 %."
    )


def test_where_values_that_do_lie_among_others_they_are_named(masks: Results) -> None:
    found = variants(masks, (1, 0.4, False), (2, 0.004, True), (3, 0.5, False), key="fleet.pool.min")
    assert told(found)[0] == (
        "rejection_ratio ≤ 1 % is kept with fleet.pool.min = 2 (at most 0.4 % with 95 % confidence); "
        "with 1 it is 20 %; so with 1 more."
    )


def test_values_without_an_order_are_told_by_name(masks: Results) -> None:
    found = variants(masks, ("ecs.a", 0.5, False), ("ecs.b", 0.001, True), key="fleet.instance_type")
    assert told(found)[0] == (
        "rejection_ratio ≤ 1 % is kept with fleet.instance_type = ecs.b (at most 0.1 % with 95 % confidence); "
        "with ecs.a it is 25 %."
    )


def test_an_axis_that_decides_alone_is_told_from_one_that_does_not(grid: Results) -> None:
    quota, mask = "account.acme.eni_quota", KEY
    said = [(mask, quota, met) for mask, met in (("10.0.0.0/28", False), ("10.0.0.0/27", True)) for quota in (6, 9)]
    made = tuple(
        with_fields(variants(grid, (block, 0.002 if met else 0.1, met)).variants[0], axes={mask: block, quota: number})
        for block, number, met in said
    )
    found = replace(grid, summary=with_fields(grid.summary, variants=made))
    assert told(found)[0].startswith("Take vswitch.vsw-a.cidr = 10.0.0.0/27: of those tried it is the smallest")
    assert told(found)[0].endswith("with 10.0.0.0/28 it is 5 %, whatever account.acme.eni_quota is.")
    mixed = replace(
        grid, summary=with_fields(grid.summary, variants=(*made[:3], with_fields(made[0], axes=made[3].axes)))
    )
    assert told(mixed)[0].startswith("rejection_ratio ≤ 1 % is kept by")


def test_what_a_choice_costs_is_told_run_by_run(masks: Results) -> None:
    assert told(masks)[1].startswith("vsw-a.cidr 10.0.0.0/27 against vsw-a.cidr 10.0.0.0/29, run by run: ")
    assert f"rejection_ratio {MINUS}" in told(masks)[1]
    assert "mean_addresses +" in told(masks)[1]


@pytest.mark.parametrize(
    ("smaller", "larger"), [("10.0.0.0/28", "10.0.0.0/27"), ("9", "10"), ("90s", "2m"), ("8/h", "1/m"), ("1/m", "61/h")]
)
def test_blocks_numbers_durations_and_rates_have_an_order(smaller: str, larger: str) -> None:
    sizes = size_of(smaller), size_of(larger)
    assert sizes[0] is not None
    assert sizes[1] is not None
    assert sizes[0] < sizes[1]
    assert size_of("prefix") is None


def test_all_or_none_meet_it(masks: Results) -> None:
    good = variants(masks, ("a", 0.001, True), ("b", 0.009, True))
    assert "Every variant keeps" in told(good)[0]
    assert "The tightest is" in told(good)[0]
    bad = variants(masks, ("a", 0.5, False), ("b", 0.015, False))
    assert "No variant is shown to keep rejection_ratio ≤ 1 %" in told(bad)[0]
    assert "is good, so more runs may show it" in told(bad)[0]
    unsure = variants(masks, ("a", None, False), ("b", None, False))
    assert "Make more runs" in told(unsure)[0]


@pytest.mark.parametrize(
    ("bound", "met", "said"), [(0.001, True, "is kept"), (0.5, False, "is not shown"), (None, False, "cannot be told")]
)
def test_one_variant_alone(masks: Results, bound: float | None, met: bool, said: str) -> None:
    assert said in told(variants(masks, ("a", bound, met)))[0]


def test_what_binds_and_when_is_told_of_each_variant(masks: Results) -> None:
    small, large = told(masks)[2:4]
    assert small.startswith("vsw-a.cidr 10.0.0.0/29: ")
    assert "is what binds" in small
    assert "the addresses of the vSwitch (InvalidVSwitchId.IpNotEnough)" in small
    assert "Half of 6 runs have met their first rejection after" in small
    assert "Nothing was refused" in large
    assert "6 of 6 runs go to the end without a rejection." in large


def test_a_vswitch_without_whole_blocks_is_told_from_a_full_one(masks: Results) -> None:
    def with_share_full(share: float, mode: str) -> str:
        one = {name: Estimate(estimate=value, n=6, method="m") for name, value in (
            ("offered", 100.0), ("rejection_ratio", 0.03), ("rejected.InvalidVSwitchId.IpNotEnough", 3.0),
            ("rejected.InvalidVSwitchId.IpNotEnough@vsw-a", 3.0), ("peak_utilisation@vsw-a", 0.38),
            ("time_share_full@vsw-a", share),
        )}  # fmt: skip
        made = with_fields(masks.variants[0], metrics=one, axes={"fleet.mode": mode}, targets=())
        return told(replace(masks, summary=with_fields(masks.summary, variants=(made,))))[0]

    said = "With 38 % of its addresses in use at the peak, vsw-a has no whole free /28 left"
    assert said in with_share_full(0.0, "prefix")
    assert said not in with_share_full(0.5, "prefix")
    assert said not in with_share_full(0.0, "shared-eni")


def test_dates_are_told_where_there_is_one(grid: Results) -> None:
    assert any("2026-12-01 (" in text for text in told(grid))


def test_a_single_run_proves_nothing(single: Results) -> None:
    text = " ".join(told(single))
    assert "no figure has an interval" in text
    assert "The first rejection comes after" in text


def test_failed_runs_are_told(masks: Results) -> None:
    lame = with_fields(masks.variants[0], failed=(FailedRun(run=2, why="it fell"),))
    found = replace(masks, summary=with_fields(masks.summary, variants=(lame, masks.variants[1])))
    assert Finding(Tone.BAD, "1 run is left out for want of a result; the first says: it fell") in findings_of(found)


def with_limits(masks: Results, *, exhausted: float) -> Results:
    """One variant with a vSwitch that may be used up, a quota that is not, and a zone, which is no limit."""
    figures = (
        ("growth_factor@vsw-a", 1.25), ("p_any_exhaustion@vsw-a", exhausted), ("peak_addresses@vsw-a", 8.0),
        ("growth_factor@quota:acme/cn-hangzhou", 2.5), ("p_any_exhaustion@quota:acme/cn-hangzhou", 0.0),
        ("growth_factor@cn-hangzhou-h", 1.0), ("headroom@vsw-a", 2.0),
    )  # fmt: skip
    metrics = {name: Estimate(estimate=value, n=6, method="m") for name, value in figures}
    made = with_fields(masks.variants[0], metrics=metrics, targets=())
    return replace(masks, summary=with_fields(masks.summary, variants=(made,)))


def test_the_next_limit_is_told(masks: Results) -> None:
    grown = told(with_limits(masks, exhausted=0.0))[0]
    assert "As the load grows, the addresses of vsw-a would bind first, at 1.25 times as much." in grown
    bound = told(with_limits(masks, exhausted=0.5))[0]
    assert "If the addresses of vsw-a were more, the next limit would be the quota of ENIs of acme/cn-hangzhou" in bound
    assert "at no more than 2.5 times the load" in bound


def test_limits_are_put_beside_each_other_the_tightest_first(masks: Results) -> None:
    content = "".join(map(str, limits_part(with_limits(masks, exhausted=0.5))))
    assert content.index("the addresses of vsw-a") < content.index("the quota of ENIs of acme")
    assert "cn-hangzhou-h" not in content
    assert not list(
        limits_part(
            replace(
                with_limits(masks, exhausted=0.5),
                series={},
                summary=with_fields(masks.summary, variants=(with_fields(masks.variants[0], metrics={}),)),
            )
        )
    )
