"""The cases as they stand, and a few of them run."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import pytest

from cloudsim.whatif.validation.case import FULL, LIGHT, QUICK, Case, Check, Control, Scale, refused
from cloudsim.whatif.validation.catalogue import all_cases
from cloudsim.whatif.validation.judging import QUICK_LOOSENESS, judge_case, validate

TINY = Scale(12, 2, 1 / 25)
FAMILIES = {
    "pool", "quota", "security group", "addresses of a VPC", "batches", "shared quota", "clients", "token bucket",
    "fixed minute", "growth", "named addresses",
}  # fmt: skip
CODES = {
    "InvalidVSwitchId.IpNotEnough", "MaxEniCountExceeded", "SecurityGroupInstanceLimitExceed",
    "QuotaExceeded.PrivateIpAddress", "Throttling", "Throttling.User", "Throttling.Api",
    "InvalidPrivateIpAddress.Duplicated",
}  # fmt: skip


def test_there_are_more_than_25_checks_of_all_families_laws_and_codes() -> None:
    cases = all_cases()
    checks = [check for case in cases for check in case.checks]
    assert len(checks) >= 25
    assert {case.family for case in cases} == FAMILIES
    assert {check.code for check in checks} - {None} == CODES
    laws = {str(case.parameters.get("lifetime", {}).get("kind")) for case in cases}
    assert laws >= {"exponential", "constant", "lognormal", "hyperexponential"}


def test_a_slash_28_with_8_erlang_is_among_them() -> None:
    expected = [check.expected for case in all_cases() for check in case.checks if case.parameters.get("erlang") == 8]
    assert any(round(one, 6) == 0.051406 for one in expected)


@pytest.mark.parametrize("scale", [FULL, QUICK])
def test_each_check_has_a_name_of_its_own(scale: Scale) -> None:
    names = Counter(
        (case.family, case.name, check.name, check.code) for case in all_cases(scale) for check in case.checks
    )
    assert max(names.values()) == 1


@pytest.mark.parametrize(
    "case",
    [case for case in all_cases(TINY) if case.family in ("quota", "clients", "token bucket")
     and not case.is_heavy],
    ids=lambda case: f"{case.family}: {case.name}",
)  # fmt: skip
def test_a_little_of_a_case_agrees_roughly(case: Case) -> None:
    ((_, rows),) = validate([case], looseness=100)
    for row in rows:
        assert row.z is not None
        assert row.problem is None or "standard errors" in row.problem
        assert abs(row.z) < 6, row  # a dozen short runs do not know their spread well


def trial(run: int) -> Mapping[str, float]:
    """A run with 100 items, of which 20 and a few are refused."""
    return {"offered": 100, "rejected.Full": 20 + run % 3, "mean": run % 5}


CASE = Case(
    family="made up", name="20 of 100", parameters={}, trial=trial, runs=30, checks=(refused("Full", 0.21),)
)  # fmt: skip


def judged(case: Case, *, looseness: float = 1.0) -> str | None:
    """Judge the only check of a case."""
    (row,) = judge_case(case, [case.trial(run) for run in range(case.runs)], looseness=looseness)
    assert row.is_good == (row.problem is None)
    return row.problem


def test_an_estimate_that_agrees_is_good() -> None:
    assert judged(CASE) is None


def test_an_estimate_that_is_four_standard_errors_away_is_off() -> None:
    assert judged(replace(CASE, checks=(refused("Full", 0.2),))) == "6.6 standard errors above"


def test_runs_that_all_agree_on_another_number_are_off() -> None:
    case = replace(CASE, checks=(Check(part="offered", expected=99),))
    assert judged(case) == "refused by Full too"
    case = replace(CASE, trial=lambda _: {"offered": 100}, checks=(Check(part="offered", expected=99),))
    assert judged(case) == "all runs agree on another number"


def test_a_code_that_is_not_expected_makes_the_whole_case_off() -> None:
    case = replace(CASE, trial=lambda run: {**trial(run), "rejected.Other": 1})
    assert judged(case) == "refused by Other too"


def test_an_estimate_that_is_not_sharp_is_no_proof() -> None:
    case = replace(CASE, trial=lambda run: {"offered": 100, "rejected.Full": 21 + 20 * (run % 2 * 2 - 1)})
    assert judged(case) == "not sharp enough: the standard error is 17.7%"
    assert judged(case, looseness=20) is None
    assert CASE.share_max == LIGHT


def test_a_control_whose_mean_is_not_0_is_off_itself() -> None:
    control = Control(name="arrivals", factors={"mean": 1.0}, constant=-5.0)
    assert str(judged(replace(CASE, controls=(control,)))).startswith("arrivals: off by -3")


def test_progress_counts_replications() -> None:
    seen: list[tuple[int, int]] = []
    list(
        validate(
            [replace(CASE, runs=3), replace(CASE, runs=2)], progress=lambda done, total: seen.append((done, total))
        )
    )
    assert seen == [(1, 5), (2, 5), (3, 5), (4, 5), (5, 5)]


@pytest.mark.deep
@pytest.mark.parametrize("case", all_cases(), ids=lambda case: f"{case.family}: {case.name}")
def test_a_case_agrees_with_its_formula(case: Case) -> None:
    ((_, rows),) = validate([case])
    assert [row.problem for row in rows] == [None] * len(rows)


@pytest.mark.deep
def test_the_quick_cases_agree_too() -> None:
    off = [row for _, rows in validate(all_cases(QUICK), looseness=QUICK_LOOSENESS) for row in rows if not row.is_good]
    assert off == []
