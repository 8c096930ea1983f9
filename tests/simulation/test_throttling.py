"""Throttling in a simulation: who is let through, and what the others are told."""

from typing import Any

import pytest

from cloudsim.api.requests import DescribeNetworkInterfaces, DescribeRegions
from cloudsim.errors.own import SettingError
from cloudsim.resources.throttle import MINUTE, Throttling
from cloudsim.simulation.simulation import Simulation
from tests.small_world import REGION, Watched, a_delete, code, small


def limited(*, watch: bool = True, **how: Any) -> Watched:
    return Watched(small(vpc={"account": "acme"}).account("beta"), throttling=Throttling(**how), watch=watch)


def codes(sim: Watched, count: int, **changes: Any) -> list[str]:
    return [code(sim.ask(**changes)) for _ in range(count)]


def test_a_describe_storm_is_throttled_and_passes_again_in_the_next_minute() -> None:
    sim = limited(limits={"DescribeNetworkInterfaces": 2})
    storm = [DescribeNetworkInterfaces(region_id=REGION) for _ in range(4)]
    assert [code(sim.ask(request)) for request in storm] == ["ok", "ok", "Throttling", "Throttling"]
    sim.run(until_ns=MINUTE)
    assert code(sim.ask(storm[0])) == "ok"


def test_a_throttled_call_tells_the_facts_with_status_400_and_leaves_nothing() -> None:
    sim = limited(limits={"*": 0})
    reply = sim.ask(client_token="t-1")
    assert reply.error is not None
    assert reply.error.http_status == 400
    assert "account acme called CreateNetworkInterface 0 times this minute, the limit is 0" in reply.error.message
    assert (sim.enis, sim.held, sim.close()) == ([], {}, [])


def test_regions_that_there_are_not_share_a_count_or_whoever_makes_them_up_would_be_given_many() -> None:
    sim = limited(limits={"DescribeNetworkInterfaces": 2})
    made_up = [DescribeNetworkInterfaces(region_id=region) for region in ("a", "b", "c")]
    assert [code(sim.ask(request)) for request in made_up] == ["InvalidRegionId.NotFound"] * 2 + ["Throttling"]
    assert code(sim.ask(DescribeNetworkInterfaces(region_id=REGION))) == "ok"


def test_apis_do_not_share_a_budget() -> None:
    sim = limited(limits={"CreateNetworkInterface": 1})
    eni = sim.make().network_interface_id
    assert (codes(sim, 1), code(sim.ask(a_delete(eni)))) == (["Throttling"], "ok")


def test_all_calls_of_an_account_together_meet_a_ceiling_of_their_own() -> None:
    sim = limited(user=2)
    beta = sim.caller(account="beta", name="beta")
    assert codes(sim, 3) == ["ok", "ok", "Throttling.User"]
    assert code(sim.ask(DescribeNetworkInterfaces(region_id=REGION), by=beta)) == "ok"


def test_calls_of_all_accounts_together_meet_another() -> None:
    sim = limited(api=1)
    beta = sim.caller(account="beta", name="beta")
    list_enis = DescribeNetworkInterfaces(region_id=REGION)
    assert [code(sim.ask(list_enis, by=who)) for who in (beta, sim.alice)] == ["ok", "Throttling.Api"]


def test_a_broken_request_counts_and_one_of_nobody_does_not() -> None:
    """Throttling stands behind the account and before the rules."""
    sim = limited(limits={"*": 1})
    nobody = sim.caller(account="nobody", name="nobody")
    assert [code(sim.ask(by=nobody)) for _ in range(2)] == ["Abs.InvalidAccount.NotFound"] * 2
    assert codes(sim, 2, vswitch_id=None) == ["MissingParameter", "Throttling"]


def test_a_call_without_a_region_is_counted_as_well() -> None:
    sim = limited(limits={"DescribeRegions": 1})
    assert [code(sim.ask(DescribeRegions())) for _ in range(2)] == ["ok", "Throttling"]


def test_a_throttled_token_is_not_remembered() -> None:
    sim = limited(limits={"CreateNetworkInterface": 1}, kind="bucket")
    assert codes(sim, 1) == ["ok"]
    assert codes(sim, 1, client_token="t-1") == ["Throttling"]
    sim.run(until_ns=MINUTE)
    assert codes(sim, 1, client_token="t-1") == ["ok"]


def test_without_throttling_nothing_is_counted() -> None:
    sim = Watched()
    assert sim.cloud.conditions.admission_touches(sim.alice.account, "CreateNetworkInterface", REGION) == ()
    assert codes(sim, 60, vswitch_id=None) == ["MissingParameter"] * 60


def test_a_limit_of_no_action_and_a_throttling_of_another_kind_are_refused() -> None:
    with pytest.raises(SettingError, match="which is no action; did you mean 'RunInstances'"):
        Simulation(small().spec, throttling=Throttling(limits={"RunInstance": 5}))
    with pytest.raises(SettingError, match="throttling of a simulation takes Throttling, not 'minute'"):
        Simulation(small().spec, throttling="minute")  # type: ignore[arg-type]
