"""What a launch may meet beside the network: stock, the account's vCPUs, and another launch under way."""

from typing import Any

import pytest

from cloudsim.api.requests import DeleteInstance, DescribeAccountAttributes
from cloudsim.errors.own import SettingError
from cloudsim.operations.operation import Phase
from cloudsim.simulation.world.builder import World
from cloudsim.values.duration import SECOND
from tests.operations.family.cases_rare import of_account
from tests.operations.family.launches import LARGE_TYPE, SMALL_TYPE, a_run, on_one, with_instance
from tests.small_world import REGION, Watched, code, small

ZONE = "cn-hangzhou-h"
NO_STOCK, NO_QUOTA, ALONE = "OperationDenied.NoStock", "QuotaExceed.ElasticQuota", "OperationDenied.CreatingConflict"


def strike(sim: Watched, thrown: Any) -> None:
    sim.run(until_ns=sim.now_ns + 1)
    assert thrown.fate == "ok"


# -- stock


def test_a_type_is_sold_out_in_a_zone_and_the_others_are_not() -> None:
    sim = Watched(small())
    strike(sim, sim.trouble.sell_out(ZONE, SMALL_TYPE))
    assert code(sim.ask(a_run())) == NO_STOCK
    assert code(sim.ask(a_run(instance_type=LARGE_TYPE))) == "ok"
    strike(sim, sim.trouble.restock(ZONE, SMALL_TYPE))
    assert code(sim.ask(a_run())) == "ok"
    assert sim.close() == []


def test_a_zone_is_sold_out_for_a_while() -> None:
    sim = Watched(small())
    strike(sim, sim.trouble.sell_out(ZONE, lasting="1m"))
    replies = []
    for second in (59, 60):
        sim.at(second * SECOND, lambda: replies.append(sim.send(a_run())), name="a launch")
    sim.run()
    assert [code(reply) for reply in replies] == [NO_STOCK, "ok"]


def test_a_refusal_for_lack_of_stock_stands_for_its_token() -> None:
    sim = Watched(small())
    strike(sim, sim.trouble.sell_out(ZONE))
    assert code(sim.ask(a_run(client_token="t-1"))) == NO_STOCK
    strike(sim, sim.trouble.restock(ZONE))
    assert code(sim.ask(a_run(client_token="t-1"))) == NO_STOCK
    assert code(sim.ask(a_run(client_token="t-2"))) == "ok"


def test_what_nobody_sells_is_refused_at_once() -> None:
    sim = Watched(small())
    with pytest.raises(SettingError, match=r"there is no instance type 'ecs\.g7\.xlarg'"):
        sim.trouble.sell_out(ZONE, "ecs.g7.xlarg")
    with pytest.raises(SettingError, match="there is no zone"):
        sim.trouble.restock("cn-hangzhou-x")


# -- vCPUs


def attributes(sim: Watched) -> dict[str, str]:
    found: Any = sim.ask(DescribeAccountAttributes(region_id=REGION)).result()
    return {
        item.attribute_name: item.attribute_values[0].value
        for item in found.account_attribute_items
        if "vcpu" in item.attribute_name
    }


def limited(quota: int) -> World:
    """An account with an instance of four vCPUs."""
    return of_account(with_instance(), vcpu_quota=quota)()


def test_vcpus_come_back_when_an_instance_ends() -> None:
    sim = Watched(limited(8))
    assert [code(sim.ask(a_run())) for _ in range(2)] == ["ok", NO_QUOTA]
    assert attributes(sim) == {
        "max-postpaid-instance-vcpu-count": "8", "used-postpaid-instance-vcpu-count": "8"
    }  # fmt: skip
    assert code(sim.ask(on_one(DeleteInstance, force=True))) == "ok"
    assert code(sim.ask(a_run())) == "ok"
    assert sim.close() == []


def test_a_launch_makes_do_with_as_many_as_the_quota_has_room_for() -> None:
    sim = Watched(limited(12))
    found: Any = sim.ask(a_run(amount=5, min_amount=1)).result()
    assert len(found.instance_id_sets) == 2
    assert sim.held == {}


def test_launches_in_flight_share_the_quota() -> None:
    sim = Watched(limited(8))
    first = sim.send(a_run())
    sim.hold(first, at=Phase.COMMIT)
    sim.run()
    assert code(sim.ask(a_run())) == NO_QUOTA
    sim.release(first)
    sim.run()
    assert code(first) == "ok"


def test_a_quota_may_begin_below_what_exists_and_be_raised() -> None:
    sim = Watched(limited(0))
    assert code(sim.ask(a_run())) == NO_QUOTA
    strike(sim, sim.trouble.set_quota("vcpus", 8, account="acme", region=REGION))
    assert code(sim.ask(a_run())) == "ok"
    assert sim.close() == []


def test_without_a_quota_vcpus_are_counted_and_limit_nothing() -> None:
    sim = Watched(with_instance()())
    assert code(sim.ask(a_run(amount=3))) == "ok"
    assert attributes(sim) == {"used-postpaid-instance-vcpu-count": "16"}


def test_a_type_whose_vcpus_are_not_known_counts_none() -> None:
    world = of_account(lambda: small().instance_type("tiny"), vcpu_quota=0)()
    assert code(Watched(world).ask(a_run(instance_type="tiny"))) == "ok"


# -- one launch at a time


def test_a_launch_that_is_alone_keeps_others_out_until_its_commit() -> None:
    sim = Watched(of_account(launches_alone=True)())
    first = sim.send(a_run())
    sim.hold(first, at=Phase.LEASE_ADDRESSES)
    sim.run()
    assert code(sim.ask(a_run())) == ALONE
    sim.release(first)
    sim.run()
    assert (code(first), code(sim.ask(a_run()))) == ("ok", "ok")
    assert sim.close() == []


def test_a_launch_that_is_refused_lets_others_in_again() -> None:
    sim = Watched(of_account(launches_alone=True)())
    assert code(sim.ask(a_run(private_ip_address="10.9.0.1"))) == "InvalidPrivateIpAddress"
    assert code(sim.ask(a_run())) == "ok"


def test_others_launch_as_they_like() -> None:
    sim = Watched(small())
    sim.hold(sim.send(a_run()), at=Phase.COMMIT)
    sim.run()
    assert code(sim.ask(a_run())) == "ok"
