"""Comparing: changed inputs like a plan, outcomes over the same runs, and conditions that nobody evaluates."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudsim.errors.own import ResultsError
from cloudsim.whatif.report import Results
from cloudsim.whatif.report.comparing.comparison import compare
from cloudsim.whatif.report.comparing.condition import read_condition, value_for
from cloudsim.whatif.report.comparing.inputs import changed_inputs, flattened
from cloudsim.whatif.report.comparing.matching import Side, match, read_side
from cloudsim.whatif.report.comparing.outcomes import outcomes
from cloudsim.whatif.statistics import Estimate, paired_ratio_difference
from tests.whatif.report.sweeps import swept


def side(results: Results, chosen: int | None = None) -> Side:
    return Side(name="x", results=results, chosen=chosen)


# -- inputs


def test_changed_inputs_are_told_like_a_plan(masks: Results) -> None:
    assert list(map(str, changed_inputs((masks, 0), (masks, 1)))) == ["~ vswitch.vsw-a.cidr: 10.0.0.0/29 -> /27"]
    assert changed_inputs((masks, 0), (masks, 0)) == ()


def test_what_only_one_has_is_added_or_taken_away(masks: Results) -> None:
    assert masks.experiment is not None
    without = replace(masks, experiment={key: value for key, value in masks.experiment.items() if key != "event"})
    gone = list(map(str, changed_inputs((masks, 0), (without, 0))))
    come = list(map(str, changed_inputs((without, 0), (masks, 0))))
    assert "- event.outage.kind: zone-outage" in gone
    assert "+ event.outage.at: 5h" in come
    assert all(line.startswith("- event.") for line in gone)


def test_without_its_experiment_a_folder_still_tells_axes_seeds_and_runs(masks: Results, tmp_path: Path) -> None:
    other = swept(tmp_path / "results", seed=7, runs=4)
    bare = replace(masks, experiment=None)
    told = list(map(str, changed_inputs((bare, 0), (other, 1))))
    assert told[:3] == ["~ seed: 1 -> 7", "~ runs: 6 -> 4", "~ vswitch.vsw-a.cidr: 10.0.0.0/29 -> /27"]
    assert told[3].startswith("~ file.experiment.toml: sha256:")


def test_files_that_are_read_count_by_their_content(masks: Results) -> None:
    before = replace(masks, provenance={"inputs": {"a/pods.csv": "1" * 64}, "versions": {"cloudsim": "1"}})
    after = replace(masks, provenance={"inputs": {"b/pods.csv": "2" * 64}, "versions": {"cloudsim": "2"}})
    assert list(map(str, changed_inputs((before, 0), (after, 0)))) == [
        "~ file.pods.csv: sha256:111111111111 -> sha256:222222222222",
        "~ version.cloudsim: 1 -> 2",
    ]


def test_tables_are_named_by_id_name_or_metric_and_else_by_place() -> None:
    tables = {
        "format": 1,
        "world": {"format": 1, "vpc": [{"id": "v", "cidr": "10.0.0.0/8", "tags": [], "peer": None}]},
        "target": [{"metric": "calls", "at_most": 1}, {"metric": "calls", "at_least": 2}],
        "event": [{"kind": "k"}, {"kind": "l"}],
        "list": [1, 2],
    }
    assert dict(flattened(tables)) == {
        "vpc.v.id": "v", "vpc.v.cidr": "10.0.0.0/8",
        "target.calls.metric": "calls", "target.calls.at_most": 1,
        "target.calls#2.metric": "calls", "target.calls#2.at_least": 2,
        "event.0.kind": "k", "event.1.kind": "l", "list": [1, 2],
    }  # fmt: skip


# -- outcomes


def test_outcomes_are_paired_over_the_same_runs(masks: Results) -> None:
    (told,) = outcomes([((masks, 0), (masks, 1))])
    small, large = masks.runs
    by_hand = paired_ratio_difference(
        (small.counts("rejected"), small.counts("offered")), (large.counts("rejected"), large.counts("offered"))
    )
    found = told["rejection_ratio"].difference
    assert (found.estimate, found.low, found.high, found.p) == (
        by_hand.estimate, by_hand.low, by_hand.high, by_hand.p,
    )  # fmt: skip
    assert found.p is not None
    assert found.p_adjusted is not None
    assert found.p < found.p_adjusted, "all that is asked for together is adjusted"
    assert told["rejection_ratio"].before.estimate == masks.variants[0].value("rejection_ratio")
    assert told["p_any_rejection"].difference.method == "paired-agresti-min"


def test_a_time_that_never_came_counts_as_the_horizon(masks: Results) -> None:
    (told,) = outcomes([((masks, 0), (masks, 1))], ["time_to_first_rejection"])
    small, large = (runs.values("time_to_first_rejection") for runs in masks.runs)
    assert None in large
    ends = [((36_000 if b is None else b) - (36_000 if a is None else a)) for a, b in zip(small, large, strict=True)]
    found = told["time_to_first_rejection"].difference
    assert found.estimate == pytest.approx(sum(ends) / 6)
    assert found.n == 6
    assert found.method.endswith("restricted to the horizon")


def test_a_figure_that_is_not_of_both_is_not_compared(masks: Results) -> None:
    assert outcomes([((masks, 0), (masks, 1))], ["nothing", "measured_seconds"]) == [{}]


def test_times_up_to_different_horizons_are_not_compared(masks: Results, tmp_path: Path) -> None:
    other = swept(tmp_path / "results", horizon="9h")
    assert outcomes([((masks, 0), (other, 0))], ["time_to_first_rejection"]) == [{}]


# -- which with which


def test_variants_are_paired_by_their_common_axes(masks: Results, grid: Results) -> None:
    assert match(side(masks), side(masks)).pairs == ((0, 0), (1, 1))
    assert match(side(grid, 3), side(masks, 0)).pairs == ((3, 0),)
    part = match(side(masks), side(masks, 1))
    assert (part.pairs, part.only_a, part.only_b) == (((1, 1),), (0,), ())
    with pytest.raises(ResultsError, match="name one of each: x#0 x#0"):
        match(side(grid), side(masks))


def test_variants_of_other_values_cannot_be_paired(masks: Results, tmp_path: Path) -> None:
    axes = '[axes]\n"vswitch.vsw-a.cidr" = ["10.0.0.0/26", "10.0.0.0/25"]\n'
    other = swept(tmp_path / "results", axes=axes, runs=1)
    with pytest.raises(ResultsError, match=r"no variant of x has the same values of vswitch\.vsw-a\.cidr"):
        match(side(masks), side(other))


def test_a_side_is_a_folder_or_a_variant_of_it(masks: Results) -> None:
    assert read_side(str(masks.folder)).numbers == (0, 1)
    assert read_side(f"{masks.folder}#1").numbers == (1,)
    with pytest.raises(ResultsError, match="there are variants 0 to 1"):
        read_side(f"{masks.folder}#2")
    with pytest.raises(ResultsError, match="is no folder"):
        read_side(f"{masks.folder}#x")


# -- cautions


def test_other_seeds_and_single_runs_are_told(masks: Results, tmp_path: Path) -> None:
    other = swept(tmp_path / "results", seed=2, runs=1)
    cautions = " ".join(compare(side(masks), side(other)).cautions)
    assert "the seeds differ (1 and 2)" in cautions
    assert "with a single run" in cautions
    assert "A has 6 runs and B 1" in cautions


def test_other_items_are_told(masks: Results, tmp_path: Path) -> None:
    other = swept(tmp_path / "results", rate=9)
    found = compare(side(masks), side(other), figures=["rejection_ratio"])
    assert found.cautions == ("other items were offered (the workload differs): part of the differences is that",)
    assert list(found.pairs[0].metrics) == ["rejection_ratio"]
    with pytest.raises(ResultsError, match="did you mean 'rejection_ratio'"):
        compare(side(masks), side(masks), figures=["rejection_rato"])


def test_all_figures_can_be_asked_for(masks: Results) -> None:
    few, every = compare(side(masks), side(masks)), compare(side(masks), side(masks), every=True)
    assert set(few.pairs[0].metrics) < set(every.pairs[0].metrics)
    assert few.document()["variants"][0]["same_arrivals"] is True


# -- conditions


@pytest.mark.parametrize(
    ("text", "value", "holds"),
    [
        ("rejection_ratio > 0.01", 0.02, True),
        ("rejection_ratio>0.01", 0.01, False),
        (" rejection_ratio@vsw-a >= 1e-2 ", 0.01, True),
        ("calls < -3", -4.0, True),
        ("calls <= .5", 0.5, True),
        ("calls == 2.", 2.0, True),
        ("change.calls != +2", 2.0, False),
    ],
)
def test_a_condition_is_a_metric_an_operator_and_a_number(text: str, value: float, holds: bool) -> None:
    assert read_condition(text).holds_of(value) is holds


@pytest.mark.parametrize(
    "text",
    [
        "", "calls", "calls >", "> 1", "calls > x", "calls = 1", "calls > 1 > 2", "calls > 1; calls", "a b > 1",
        "calls > 1_0", "calls > 0x1", "calls > nan", "calls > inf", "calls >> 1", "calls > \u0661", "calls > 1 or 1",
    ],
)  # fmt: skip
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ResultsError, match="is no METRIC OP NUMBER"):
        read_condition(text)


@given(st.text(max_size=40))
def test_no_text_does_more_than_be_read_or_refused(text: str) -> None:
    try:
        found = read_condition(text)
    except ResultsError:
        return
    assert found.text == text.strip()


def test_conditions_are_of_b_or_of_the_change(masks: Results) -> None:
    asked = ["rejection_ratio > 0.01", "change.rejection_ratio < 0", "rejected.NoNode > 0"]
    found = compare(side(masks, 0), side(masks, 1), conditions=[read_condition(text) for text in asked])
    assert [check.holds for check in found.checks] == [False, True, False]
    assert found.fails
    assert not compare(side(masks, 1), side(masks, 0), conditions=[read_condition("calls < 0")]).fails
    assert found.document()["fail_on"][0]["condition"] == asked[0]


def test_a_quantile_among_the_runs_that_never_got_there_is_later_than_every_number(masks: Results) -> None:
    condition = read_condition("time_to_exhaustion.q95 < 1e9")
    found = compare(side(masks, 0), side(masks, 1), conditions=[condition])
    assert not found.fails
    assert found.document()["fail_on"][0]["values"] == [None]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("rejection_rato > 0", "did you mean 'rejection_ratio'"),
        ("change.rejection_rato > 0", "did you mean 'change.rejection_ratio'"),
        ("rejected.NoNode@nowhere > 0", "there is no 'rejected.NoNode@nowhere'"),
        ("rejected.Nonsense > 0", "there is no 'rejected.Nonsense'"),
    ],
)
def test_a_condition_of_what_is_not_there_is_refused(masks: Results, text: str, said: str) -> None:
    with pytest.raises(ResultsError, match=said):
        compare(side(masks, 0), side(masks, 1), conditions=[read_condition(text)])


def test_a_condition_of_what_has_no_value_is_refused() -> None:
    with pytest.raises(ResultsError, match="has no value"):
        value_for(read_condition("cost > 1"), ["cost"], Estimate(estimate=None, n=0, method="student-t"))
