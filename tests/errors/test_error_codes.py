"""The refusals themselves: codes, statuses, messages, and which may be tried again."""

import csv
from pathlib import Path
from string import Formatter

import pytest

from cloudsim.errors.base import ApiError
from cloudsim.errors.codes import CODES
from cloudsim.errors.network import InvalidVSwitchIdNotFound
from cloudsim.errors.quota import MaxEniCountExceeded

REFERENCE = Path(__file__).parents[1] / "reference" / "error_codes.csv"

EVERY_REFUSAL = pytest.mark.parametrize("refusal", CODES.values(), ids=list(CODES))


def documented() -> list[dict[str, str]]:
    with REFERENCE.open(newline="") as rows:
        return list(csv.DictReader(rows))


def with_facts(refusal: type[ApiError]) -> ApiError:
    """Make a refusal with a fact for every field of its form, each fact its own name in angle brackets."""
    fields = {name for _, name, _, _ in Formatter().parse(refusal.form) if name}
    return refusal(**{name: f"<{name}>" for name in fields})


def test_the_reference_has_34_codes() -> None:
    assert len(documented()) == 34


@pytest.mark.parametrize("row", documented(), ids=lambda row: row["code"])
def test_every_code_of_the_reference_exists_with_its_status(row: dict[str, str]) -> None:
    assert CODES[row["code"]].http_status == int(row["http_status"])


@pytest.mark.parametrize("row", [row for row in documented() if row["message"] != "%s"], ids=lambda row: row["code"])
def test_a_message_that_the_reference_prints_is_given_word_by_word(row: dict[str, str]) -> None:
    assert CODES[row["code"]]().message == row["message"]


@EVERY_REFUSAL
def test_a_refusal_is_named_as_its_code_without_dots(refusal: type[ApiError]) -> None:
    assert refusal.__name__ == refusal.code.replace(".", "")


@EVERY_REFUSAL
def test_a_refusal_says_what_it_is_and_where_it_comes_from(refusal: type[ApiError]) -> None:
    assert refusal.__doc__ is not None
    assert "\n" not in refusal.__doc__
    assert "(documented" in refusal.source or "(observed" in refusal.source


@EVERY_REFUSAL
def test_a_message_carries_every_fact(refusal: type[ApiError]) -> None:
    error = with_facts(refusal)
    assert all(str(fact) in error.message for fact in error.facts.values())
    assert str(error) == f"{refusal.code} ({refusal.http_status}): {error.message}"


def test_exactly_these_may_be_tried_again_with_the_same_token() -> None:
    named = {
        *("Throttling", "Throttling.User", "Throttling.Api"),
        *("IdempotentProcessing", "IncorrectVSwitchStatus", "Operation.Conflict"),
        *("OperationFailed.IdempotentTokenProcessing", "OperationDenied.OtherSubnetProcessing"),
        *("IncorrectVpcStatus", "IncorrectStatus", "Throttling.DeepPageSkip"),
        *("LastTokenProcessing", "OperationFailed.LastTokenProcessing"),
    }
    on_the_service_side = {code for code, refusal in CODES.items() if refusal.http_status >= 500}
    for_good = {"InvalidOperation.RegionNotSupportIpPrefix"}  # documented with a 500, and true of every repeat
    assert on_the_service_side == {"InternalError", "ServiceUnavailable"} | for_good
    assert {code for code, refusal in CODES.items() if refusal.try_later} == named | on_the_service_side - for_good


def test_a_quota_refusal_tells_both_asked_and_had() -> None:
    error = MaxEniCountExceeded(account="acme", used=100, limit=100, region="cn-hangzhou", asked=1)
    assert error.message == (
        "The number of ENI exceeds the limit per region: "
        "account acme holds 100 of 100 in cn-hangzhou, asked for 1 more."
    )


def test_a_refusal_said_again_is_equal_and_another_object() -> None:
    error = InvalidVSwitchIdNotFound(vswitch="vsw-1")
    again = error.again()
    assert again == error
    assert again is not error
    assert again.__traceback__ is None


def test_refusals_of_other_facts_or_codes_differ() -> None:
    error = InvalidVSwitchIdNotFound(vswitch="vsw-1")
    assert error != InvalidVSwitchIdNotFound(vswitch="vsw-2")
    assert error != MaxEniCountExceeded(vswitch="vsw-1")
    assert error != "vsw-1"


def test_a_message_does_not_repeat_megabytes_that_somebody_sent_for_an_id() -> None:
    long = "vsw-" + "x" * 10_000_000 + "-end"
    refusal = InvalidVSwitchIdNotFound(vswitch=long)
    assert len(str(refusal.facts["vswitch"])) <= 400, "what nobody reads, nobody keeps"
    assert refusal.again() == refusal
    said = refusal.message
    assert len(said) < 500
    assert "vsw-xxx" in said
    assert "xxx-end" in said
