"""Targets name figures: a misspelt one is refused with a suggestion, and so is what cannot be asked."""

from typing import Any

import pytest

from tests.whatif.experiment.documents import pool, problems


def with_target(**target: Any) -> dict[str, Any]:
    return {**pool(), "target": [target]}


@pytest.mark.parametrize(
    "metric",
    [
        "offered",
        "accepted@pods",
        "pending@cn-hangzhou-h",
        "rejected",
        "rejected.MaxEniCountExceeded",
        "rejected.NoNode",
        "rejected.InvalidVSwitchId.IpNotEnough@vsw-a",
        "rejection_ratio@quota:acme/cn-hangzhou",
        "p_any_rejection",
        "time_share_full@vsw-a",
        "time_share_full@quota:acme/cn-hangzhou",
        "time_to_first_rejection",
        "time_to_exhaustion.q05@vsw-a",
        "peak_addresses",
        "mean_addresses@cn-hangzhou-i",
        "peak_holders@pods",
        "mean_enis@acme",
        "peak_utilisation@vsw-c",
        "max_starts.1s",
        "max_starts.3600s@pods",
        "calls.CreateNetworkInterface",
        "wait.p99@pods",
        "measured_seconds",
        "peak_calls.CreateNetworkInterface@acme",
    ],
)
def test_a_figure_is_taken(metric: str) -> None:
    assert problems(with_target(metric=metric, at_most=1)) == {}


@pytest.mark.parametrize(
    ("metric", "said"),
    [
        ("rejection_rate", "there is no figure 'rejection_rate'; did you mean 'rejection_ratio'?"),
        ("rejected.MaxEniCountExceded", "there is no 'rejected.MaxEniCountExceded'; did you mean 'rejected.MaxEniC"),
        ("calls.CreateVSwich", "there is no 'calls.CreateVSwich'; did you mean 'calls.CreateVSwitch'?"),
        ("max_starts.2s", "there is no 'max_starts.2s'; did you mean 'max_starts."),
        ("max_starts", "'max_starts' comes in parts; known are: max_starts.10s"),
        ("offered.x", "'offered' has no parts; write 'offered'"),
        ("rejected@vsw-x", "there is no 'vsw-x' to ask of; did you mean 'vsw-"),
        ("rejected@", "there is no '' to ask of; known are: "),
        ("cost@pods", "'cost' can be asked of account or zone or instance type, and 'pods' is a workload"),
    ],
)
def test_what_is_no_figure_is_refused(metric: str, said: str) -> None:
    assert problems(with_target(metric=metric, at_most=1))["target[0].metric"][: len(said)] == said


@pytest.mark.parametrize(
    ("metric", "missing"), [("cost", "'prices' key"), ("peak_nodes", "[fleet]"), ("mean_idle_addresses.eni", "[fleet]")]
)
def test_what_no_run_will_tell_is_refused(metric: str, missing: str) -> None:
    said = f"{metric.partition('.')[0]!r} is told only where the experiment has a {missing}"
    assert problems(with_target(metric=metric, at_most=1)) == {"target[0].metric": said}


def test_a_target_has_exactly_one_bound_and_one_that_says_something() -> None:
    both = "a target has either at_most or at_least; both are there"
    assert problems(with_target(metric="offered", at_most=1, at_least=1)) == {"target[0]": both}
    neither = "a target has either at_most or at_least; neither is there"
    assert problems(with_target(metric="offered")) == {"target[0]": neither}
    infinite = problems(with_target(metric="offered", at_most=float("nan")))
    assert infinite == {"target[0].at_most": "expected a finite number"}
    share = problems(with_target(metric="rejection_ratio@vsw-a", at_most=1.5))
    assert share == {"target[0].at_most": "rejection_ratio@vsw-a lies between 0 and 1, so 1.5 says nothing"}
    assert list(problems(with_target(metric="offered", at_mots=1))) == ["target[0].at_mots"]
