"""Limits of calls: fixed minutes, buckets, and the ceilings over each other."""

from typing import Any

import pytest

from cloudsim.api.requests import ACTIONS
from cloudsim.errors.own import SettingError
from cloudsim.errors.service import Throttling as Throttled
from cloudsim.errors.service import ThrottlingApi, ThrottlingUser
from cloudsim.resources.journal import Journal
from cloudsim.resources.ledger import Ledger, Mode
from cloudsim.resources.throttle import MINUTE, Throttle, ThrottleKind, Throttling, published_limits
from cloudsim.values.duration import SECOND
from cloudsim.values.ids import AccountId

ACME, BETA = AccountId("acme"), AccountId("beta")


def throttle(**how: Any) -> Throttle:
    return Throttle(Throttling(**how), Ledger(Journal()))


def let_through(meters: Throttle, at_ns: int, count: int, *, account: AccountId = ACME, action: str = "A") -> int:
    """How many of so many calls at one instant pass."""
    meters.ledger.now_ns = at_ns
    passed = 0
    for _ in range(count):
        try:
            meters.admit(account, action, "r")
        except (Throttled, ThrottlingUser, ThrottlingApi):
            continue
        passed += 1
    return passed


def test_a_minute_that_is_used_up_lets_nothing_through_until_the_next_one_begins() -> None:
    meters = throttle(limits={"A": 3})
    assert let_through(meters, 50 * SECOND, 5) == 3
    assert let_through(meters, MINUTE - 1, 5) == 0
    assert let_through(meters, MINUTE, 5) == 3


def test_around_the_turn_of_a_minute_twice_the_limit_passes_at_once() -> None:
    """The known weakness of fixed windows, which a client that limits itself by a bucket does not see."""
    meters = throttle(limits={"A": 3})
    assert let_through(meters, MINUTE - 1, 9) + let_through(meters, MINUTE, 9) == 6


def test_a_bucket_is_emptied_at_once_and_fills_evenly() -> None:
    meters = throttle(kind="bucket", limits={"A": 60}, burst=2)
    assert let_through(meters, 0, 5) == 2
    assert let_through(meters, SECOND - 1, 5) == 0
    assert let_through(meters, SECOND, 5) == 1
    assert let_through(meters, 10 * SECOND, 5) == 2


def test_a_bucket_holds_as_much_as_its_limit_unless_said_otherwise() -> None:
    meters = throttle(kind=ThrottleKind.BUCKET, limits={"A": 4})
    assert let_through(meters, 0, 9) == 4


def test_calls_of_other_accounts_and_actions_have_counts_of_their_own() -> None:
    meters = throttle(limits={"*": 1})
    assert let_through(meters, 0, 2) == 1
    assert let_through(meters, 0, 2, account=BETA) == 1
    assert let_through(meters, 0, 2, action="B") == 1


def test_a_call_that_one_ceiling_refuses_is_counted_under_none() -> None:
    meters = throttle(limits={"A": 2, "B": 9}, user=3)
    assert let_through(meters, 0, 5, action="A") == 2
    assert let_through(meters, 0, 5, action="B") == 1
    assert let_through(meters, 0, 5, action="C") == 0
    with pytest.raises(Throttled):
        meters.admit(ACME, "A", "r")


def test_each_ceiling_has_its_code_and_tells_its_facts() -> None:
    user = throttle(user=1)
    user.admit(ACME, "A", "r")
    with pytest.raises(ThrottlingUser) as by_user:
        user.admit(ACME, "B", "r")
    assert "account acme called all actions together 1 times this minute, the limit is 1" in by_user.value.message
    api = throttle(api=1)
    api.admit(ACME, "A", "r")
    api.admit(BETA, "A", "elsewhere")
    with pytest.raises(ThrottlingApi) as by_api:
        api.admit(BETA, "A", "r")
    assert "A was called 1 times this minute, the limit is 1" in by_api.value.message
    bucket = throttle(kind="bucket", limits={"A": 5}, burst=0)
    with pytest.raises(Throttled) as by_bucket:
        bucket.admit(ACME, "A", "r")
    assert "account acme called A 0 times this minute, the limit is 0 at once and 5 a minute" in by_bucket.value.message


def test_what_is_not_named_has_the_published_limit_and_what_is_named_goes_first() -> None:
    assert Throttling().limit_of("DescribeNetworkInterfaces") == 800
    assert Throttling().limit_of("CreateVSwitch") == 300
    assert Throttling().limit_of("RunInstances") == 500
    own = Throttling(limits={"*": 7, "CreateVSwitch": 0})
    assert [own.limit_of(action) for action in ("CreateVSwitch", "DescribeNetworkInterfaces")] == [0, 7]


def test_the_published_limits_are_those_of_actions() -> None:
    assert set(published_limits()) - set(ACTIONS) == {"*"}


def test_admitting_touches_the_counts_and_nothing_else() -> None:
    meters = throttle(user=1, api=1)
    assert meters.touches(ACME, "A", "r") == (
        ("calls:acme/r/A", Mode.WRITE),
        ("user-calls:acme/r", Mode.WRITE),
        ("api-calls:r/A", Mode.WRITE),
    )
    assert throttle().touches(ACME, "A", "r") == (("calls:acme/r/A", Mode.WRITE),)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"kind": "hour"}, "no kind of throttling 'hour'"),
        ({"limits": 5}, "limits of a throttling takes Mapping, not 5"),
        ({"limits": {"A": -1}}, "at least 0 calls a minute, not -1 of A"),
        ({"limits": {"A": "many"}}, "for A, takes int, not 'many'"),
        ({"user": True}, "for user, takes int"),
    ],
)
def test_a_throttling_that_cannot_be_is_refused(wrong: dict[str, Any], says: str) -> None:
    with pytest.raises(SettingError, match=says):
        Throttling(**wrong)
