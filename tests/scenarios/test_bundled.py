"""Each bundled scenario shows what it is there to show; known-bad policies break those that they should."""

import pytest

from cloudsim import CloudsimError, load_scenario, run_scenario
from cloudsim.errors.table import TABLE
from cloudsim.errors.table.rows import TESTS
from cloudsim.scenario.load import bundled
from cloudsim.scenario.runner import Result
from cloudsim.scenario.settings import Value


def run(name: str, given: dict[str, Value] | None = None, *, seed: int = 0) -> Result:
    return run_scenario(load_scenario(name), seed=seed, given=given)


@pytest.mark.parametrize("seed", [0, 7, 1234])
@pytest.mark.parametrize("strategy", ["fifo", "run-to-block", "random"])
@pytest.mark.parametrize("name", sorted(set(bundled()) - {"trace_replay"}))
def test_a_scenario_shows_its_point_under_every_strategy(name: str, strategy: str, seed: int) -> None:
    result = run(name, {"strategy": strategy}, seed=seed)
    assert result.failures() == []


@pytest.mark.parametrize("latency", ["none", "default"])
@pytest.mark.parametrize("name", sorted(set(bundled()) - {"lost_answer", "trace_replay"}))
def test_a_scenario_shows_its_point_with_latency_and_without(name: str, latency: str) -> None:
    assert run(name, {"latency": latency}).ok


@pytest.mark.parametrize("name", sorted(bundled()))
def test_a_scenario_keeps_to_its_footprints_and_passes_the_audit_at_every_event(name: str) -> None:
    small: dict[str, dict[str, Value]] = {
        "ip_not_enough": {"callers": 30, "mask": 28},
        "trace_replay": {"mask": 28},
        "dry_vswitch": {"mask": 29, "pods": 6, "ends": 1, "pause": "1m"},
        "describe_storm": {"minutes": 1},
    }
    assert run_scenario(load_scenario(name), given=small.get(name, {}), watch=True).ok


@pytest.mark.parametrize("name", sorted(bundled()))
def test_a_scenario_meets_the_codes_that_it_shows(name: str) -> None:
    scenario = load_scenario(name)
    settings: dict[str, list[dict[str, Value]]] = {
        "first_limit": [{"quota": 5}, {"mask": 29}, {"group": 5}],
        "trace_replay": [{"mask": 28}, {"quota": 5}],
    }
    met = {code for given in settings.get(name, [{}]) for codes in run(name, given).calls.values() for code in codes}
    assert set(scenario.shows) <= met


def test_a_row_of_the_table_of_codes_names_a_scenario_that_shows_its_code() -> None:
    for row in TABLE:
        if row.shown_by != TESTS:
            assert row.error.code in load_scenario(row.shown_by).shows


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("first_limit", {"policy.order": "addresses-first", "quota": 124}),
        ("first_limit", {"secondary": 10}),
        ("named_collision", {"callers": 0}),
        ("token_race", {"callers": 0}),
        ("quota_exhaustion", {"callers": 0}),
        ("quota_exhaustion", {"quota": 0}),
        ("quota_exhaustion", {"quota": 2500, "callers": 3000}),
        ("ip_not_enough", {"mask": 29, "callers": 1000}),
        ("leaked_eni", {"cleanup": True}),
        ("leaked_eni", {"pods": 2}),
        ("leaked_eni", {"pods": 300}),
        ("dry_vswitch", {"pods": 0}),
        ("dry_vswitch", {"pause": "1h"}),
        ("dry_vswitch", {"pods": 12, "ends": 0}),
        ("dry_vswitch", {"mask": 27, "pods": 30, "ends": 40}),
        ("cached_count", {"block": "10m"}),
        ("cached_count", {"refresh": "1s"}),
        ("cached_count", {"pods": 12}),
        ("runaway_creator", {"stale": False}),
        ("runaway_creator", {"rounds": 3}),
        ("runaway_creator", {"quota": 4, "stale": False}),
        ("burnt_token", {"tries": 1}),
        ("burnt_token", {"tries": 2}),
        ("vswitch_in_use", {"enis": 0}),
        ("vswitch_in_use", {"enis": 40}),
        ("describe_storm", {"every": "10s"}),
        ("describe_storm", {"throttling": "bucket"}),
        ("describe_storm", {"throttling.user": "100"}),
        ("describe_storm", {"minutes": 0}),
        ("describe_storm", {"every": "0s", "nodes": 0}),
        ("default_page", {"paging": True}),
        ("default_page", {"pods": 10}),
        ("default_page", {"rounds": 1}),
        ("tokenless_retry", {"cure": True}),
        ("tokenless_retry", {"lost": 3, "pods": 25}),
        ("tokenless_retry", {"lost": 0}),
        ("trace_replay", {"mask": 28, "quota": 12, "policy.order": "addresses-first"}),
    ],
)
def test_a_scenario_is_right_at_the_edges_of_its_settings(name: str, given: dict[str, Value]) -> None:
    assert run(name, given).failures() == []


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("first_limit", {"secondary": 11}, "secondary is 0 to 10"),
        ("tokenless_retry", {"lost": 4}, "lost is 0 to 3"),
        ("ip_not_enough", {"callers": 1001}, "set quota to 1001 or more"),
        ("quota_exhaustion", {"callers": -1}, "setting 'callers' is at least 0, not -1"),
        ("quota_exhaustion", {"quota": 5000, "callers": 5000}, "it has 4092 addresses"),
        ("trace_replay", {"latency": "default"}, "in which nothing takes any time"),
    ],
)
def test_a_setting_that_a_scenario_cannot_have_is_refused(name: str, given: dict[str, Value], said: str) -> None:
    with pytest.raises(CloudsimError, match=said):
        run(name, given)


def test_a_token_that_is_only_looked_up_makes_an_eni_for_every_caller() -> None:
    result = run("token_race", {"policy.token": "look-up-then-commit"})
    assert result.calls == {"CreateNetworkInterface": {"ok": 3}}
    assert result.audit == ["token pod-1 of acme made 3 ENIs"]
    assert not result.ok


def test_a_quota_that_is_only_checked_is_overshot() -> None:
    result = run("quota_exhaustion", {"policy.quota": "check-then-count"})
    assert any("quota:acme/cn-hangzhou is overshot" in sentence for sentence in result.audit)


def test_an_address_that_is_only_checked_is_given_twice() -> None:
    result = run("named_collision", {"policy.address": "check-then-act"})
    assert any("10.0.0.10 of vsw-a belongs to" in sentence for sentence in result.audit)


def test_the_order_of_checks_decides_who_is_refused_for_what() -> None:
    ends = {
        order: [one.measured for one in run("phantom_refusal", {"policy.order": order}).expectations[:3]]
        for order in ("quota-first", "addresses-first")
    }
    doomed = "InvalidPrivateIpAddress.Duplicated"
    assert ends["quota-first"] == [doomed, "MaxEniCountExceeded", "ok"]
    assert ends["addresses-first"] == [doomed, "ok", "MaxEniCountExceeded"], "who holds no place refuses nobody"
