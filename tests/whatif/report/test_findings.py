"""Findings: what a planner is told follows from the numbers."""

from dataclasses import replace
from typing import Any

import pytest
from msgspec.structs import replace as with_fields

from cloudsim.whatif.report import Results
from cloudsim.whatif.report.findings import Finding, Tone, findings_of
from cloudsim.whatif.report.results import FailedRun, Target, Variant
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
    return replace(results, summary=with_fields(results.summary, variants=made))


def test_the_smallest_that_does_is_named_with_the_next_smaller_one(masks: Results) -> None:
    blocks: list[Any] = ["10.0.0.0/26", "10.0.0.0/28", "10.0.0.0/27"]
    found = variants(masks, (blocks[0], 0.0, True), (blocks[1], 0.06, False), (blocks[2], 0.004, True))
    first = next(findings_of(found))
    assert first.tone is Tone.GOOD
    assert told(found)[0].endswith(
        "Take vswitch.vsw-a.cidr = 10.0.0.0/27: it is the smallest that does; 10.0.0.0/28 is at 3 %."
    )


def test_where_the_smallest_tried_does_smaller_ones_may(masks: Results) -> None:
    found = variants(masks, (100, 0.004, True), (30, 0.006, True), (200, None, False), key="account.acme.eni_quota")
    assert told(found)[0].endswith(
        "Take account.acme.eni_quota = 30: it is the smallest that does of those tried, "
        "and smaller ones may do as well."
    )


def test_values_without_an_order_are_only_told(masks: Results) -> None:
    found = variants(masks, ("ecs.a", 0.5, False), ("ecs.b", 0.001, True), key="fleet.instance_type")
    assert told(found)[0] == (
        "rejection_ratio ≤ 1 % is kept by fleet.instance_type ecs.b; the other does not: it is at 50 %."
    )


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
    small, large = told(masks)[1:3]
    assert small.startswith("vsw-a.cidr 10.0.0.0/29: ")
    assert "is what binds" in small
    assert "the addresses of the vSwitch (InvalidVSwitchId.IpNotEnough)" in small
    assert "Half of 6 runs have met their first rejection after" in small
    assert "Nothing was refused" in large
    assert "6 of 6 runs go to the end without a rejection." in large


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
