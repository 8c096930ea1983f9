"""Exploring the bundled scenarios: default policies are proved, known-bad ones are caught, whatever the strategy."""

import pytest

from cloudsim.errors.own import DurationError, SettingError
from cloudsim.scenario.explore import Budget, Exploration, Findings
from cloudsim.scenario.replay import Way, replay

Given = dict[str, str | int | bool]

GOOD: list[tuple[str, Given, int]] = [
    ("token_race", {"callers": 2}, 10),
    ("token_race", {"callers": 3}, 90),
    ("quota_exhaustion", {"callers": 2, "quota": 1}, 6),
    ("quota_exhaustion", {"callers": 3, "quota": 2}, 270),
    ("named_collision", {"callers": 2}, 14),
    ("named_collision", {"callers": 3}, 342),
]
BAD: list[tuple[str, Given, str]] = [
    ("token_race", {"policy.token": "look-up-then-commit"}, "audit: token # of acme made # ENIs"),
    ("quota_exhaustion", {"policy.quota": "check-then-count", "quota": 2}, "expectation: quota used at the end"),
    ("named_collision", {"policy.address": "check-then-act"}, "audit: # of vsw-a belongs to # ENIs"),
]


def explored(wanted: str, given: Given, **options: object) -> Findings:
    return Exploration(wanted=wanted, given=given, **options).run()  # type: ignore[arg-type]


@pytest.mark.parametrize(("wanted", "given", "orders"), GOOD)
def test_default_policies_are_proved_for_two_and_three_callers(wanted: str, given: Given, orders: int) -> None:
    findings = explored(wanted, given)
    assert findings.ok, [one.what for one in findings.found]
    assert findings.verdict == f"proved: {orders} of {orders} orders"
    assert findings.document({})["exhaustive"] is True


@pytest.mark.parametrize(("wanted", "given"), [(wanted, given) for wanted, given, _ in GOOD[::2]])
def test_default_policies_hold_for_fifty_callers_as_far_as_the_portfolio_looks(wanted: str, given: Given) -> None:
    many = {**given, "callers": 50} | ({"quota": 30} if "quota" in given else {})
    findings = explored(wanted, many, budget=Budget(schedules=15))
    assert findings.strategy == "portfolio"
    assert findings.verdict == "bounded: 15 tried"
    assert findings.ok, [one.what for one in findings.found]


@pytest.mark.parametrize("strategy", ["systematic", "portfolio"])
@pytest.mark.parametrize(("wanted", "given", "kind"), BAD)
def test_known_bad_policies_are_caught_made_small_and_brought_back(
    wanted: str, given: Given, kind: str, strategy: str
) -> None:
    findings = explored(wanted, {**given, "callers": 3}, strategy=strategy, budget=Budget(schedules=40))
    assert not findings.ok
    found = {one.kind: one for one in findings.found}
    assert kind in found
    small = found[kind]
    needed = 3 if wanted == "quota_exhaustion" else 2
    assert small.callers <= needed
    assert small.deviations <= needed
    made = replay(small.schedule)
    assert (made.way, made.is_same) == (Way.EXACT, True)
    assert kind in made.failing.run.kinds


def test_fifty_callers_with_a_known_bad_policy_are_made_two() -> None:
    given: Given = {"policy.token": "look-up-then-commit", "callers": 50}
    findings = explored("token_race", given, budget=Budget(schedules=20))
    assert {one.callers for one in findings.found} == {2}
    assert {one.deviations for one in findings.found} == {1}


@pytest.mark.parametrize(
    ("strategy", "given"),
    [
        ("random", {"policy.token": "look-up-then-commit"}),
        ("systematic", {"policy.token": "look-up-then-commit"}),
        ("systematic", {}),
    ],
)
def test_the_result_is_the_same_whatever_the_number_of_processes(strategy: str, given: Given) -> None:
    documents = []
    for jobs in (1, 2):
        findings = explored("token_race", given, strategy=strategy, budget=Budget(schedules=120), jobs=jobs)
        document = findings.document({})
        del document["wall_s"]
        documents.append(document)
    assert documents[0] == documents[1]


def test_a_budget_ends_a_search_and_says_so() -> None:
    assert explored("token_race", {}, budget=Budget(schedules=5)).verdict == "bounded: 5 tried"
    assert explored("token_race", {}, budget=Budget(events=100)).tally.events < 300
    assert explored("token_race", {}, budget=Budget(seconds=0.000001)).tally.schedules == 1
    given: Given = {"policy.token": "look-up-then-commit"}
    first = explored("token_race", given, budget=Budget(stops_at_first=True))
    assert first.tally.schedules < 10
    assert first.found


def test_a_failure_that_is_remembered_is_tried_first() -> None:
    given: Given = {"policy.token": "look-up-then-commit"}
    known = explored("token_race", given, budget=Budget(schedules=10)).found[0].schedule
    again = Exploration(wanted="token_race", given=given, budget=Budget(schedules=1)).run(remembered=[known])
    assert again.remembered == 1
    assert not again.ok


def test_faults_take_rare_paths_which_are_counted() -> None:
    findings = explored("token_race", {"callers": 3}, seeks_faults=True, strategy="portfolio")
    assert findings.tally.sites
    assert set(findings.tally.sites) <= {"admit.throttled", "claim.slow", "commit.failed", "commit.slow",
                                         "lease.unavailable", "respond.slow"}  # fmt: skip
    assert findings.tally.codes["Throttling.User"] == findings.tally.sites["admit.throttled"]


@pytest.mark.parametrize(
    ("options", "error", "why"),
    [
        ({"mode": "asynk"}, SettingError, "there is no mode 'asynk'"),
        ({"mode": "5 lightyears"}, DurationError, "lightyears"),
        ({"strategy": "clever"}, SettingError, "there is no strategy 'clever'"),
        ({"given": {"caller": 3}}, SettingError, "there is no setting 'caller'"),
    ],
)
def test_what_cannot_be_explored_is_told(options: dict[str, object], error: type[Exception], why: str) -> None:
    with pytest.raises(error, match=why):
        Exploration(wanted="token_race", **options).run()  # type: ignore[arg-type]
    with pytest.raises(SettingError, match="a budget of schedules is more than 0, not 0"):
        Budget(schedules=0)


def test_ties_alone_compete_where_latencies_mean_something() -> None:
    findings = explored("token_race", {"callers": 2}, mode="ties")
    assert findings.is_covered
    with_latency = explored("token_race", {"callers": 2, "latency": "none"}, mode="ties")
    assert with_latency.verdict == "proved: 10 of 10 orders"
    window = explored("token_race", {"callers": 2, "latency": "none"}, mode="1ms")
    assert window.tally.outcomes.keys() == with_latency.tally.outcomes.keys()
