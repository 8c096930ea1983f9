"""Poll policies: when a client looks, and that those of the real clients are what the documents say."""

from typing import Any

import pytest

from cloudsim.errors.own import DurationError, SettingError
from cloudsim.runtime import waiting
from cloudsim.runtime.waiting import (
    CILIUM_ATTACH,
    TERRAFORM_ATTACH,
    TERRAFORM_CREATE,
    TERRAFORM_DELETE,
    TERRAFORM_DETACH,
    TERWAY_ATTACH,
    TERWAY_DELETE,
    TERWAY_MEMBER,
    TERWAY_UNASSIGN,
    Poll,
)
from cloudsim.values.entropy import Stream
from tests.runtime.running import MS, S


def pauses(poll: Poll, *, seed: int = 1) -> list[int]:
    return list(poll.pauses(Stream(seed)))


def test_pauses_grow_by_their_factor_to_their_cap() -> None:
    poll = Poll(first="1s", interval="2s", factor_percent=200, cap="5s", steps=5)
    assert pauses(poll) == [1 * S, 2 * S, 4 * S, 5 * S, 5 * S]


def test_a_pause_is_never_longer_than_the_cap_not_even_the_second() -> None:
    assert pauses(Poll(first=0, interval="9s", cap="5s", steps=2)) == [0, 5 * S]


def test_jitter_lengthens_a_pause_by_at_most_its_part_and_never_the_first() -> None:
    poll = Poll(first="10s", interval="10s", jitter_percent=50, steps=200)
    first, *others = pauses(poll)
    assert first == 10 * S
    assert 10 * S <= min(others) < 11 * S
    assert 14 * S < max(others) <= 15 * S
    assert pauses(poll) == [first, *others]
    assert pauses(poll, seed=2) != [first, *others]


REAL = [
    (TERWAY_MEMBER, [2000, 1000, 1500, 2250, 3375, 5062, 7593, 11390]),
    (TERWAY_DELETE, [1000, 2000, 3000, 4000]),
    (TERWAY_UNASSIGN, [1000, 2000, 3000, 4500]),
    (CILIUM_ATTACH, [2500] * 6),
]


@pytest.mark.parametrize(("poll", "expected_ms"), REAL)
def test_real_clients_look_as_documented(poll: Poll, expected_ms: list[int]) -> None:
    assert [pause // MS for pause in pauses(poll)] == expected_ms


def test_terway_gives_an_attach_up_after_two_and_a_half_minutes_at_most() -> None:
    made = [pauses(TERWAY_ATTACH, seed=seed) for seed in range(50)]
    assert {len(one) for one in made} == {8}
    assert all(99 * S < sum(one) < 148 * S for one in made)
    assert max(map(sum, made)) > 130 * S


@pytest.mark.parametrize(
    ("poll", "timeout"),
    [(TERRAFORM_CREATE, 120), (TERRAFORM_ATTACH, 120), (TERRAFORM_DETACH, 60), (TERRAFORM_DELETE, 60)],
)
def test_terraform_looks_every_five_seconds_for_a_minute_or_two(poll: Poll, timeout: int) -> None:
    endless = poll.pauses(Stream(1))
    assert [next(endless) for _ in range(3)] == [5 * S, 5 * S, 5 * S]
    assert (poll.steps, poll.timeout_ns) == (None, timeout * S)


def test_every_policy_that_has_a_name_ends() -> None:
    named = [poll for poll in vars(waiting).values() if isinstance(poll, Poll)]
    assert len(named) >= 10
    assert all(poll.steps or poll.timeout for poll in named)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({}, "a Poll has steps or a timeout"),
        ({"steps": 0}, "steps of a Poll is at least 1, not 0"),
        ({"steps": "3"}, "steps of a Poll takes int"),
        ({"steps": 3, "factor_percent": 99}, "factor_percent of a Poll is at least 100"),
        ({"steps": 3, "factor_percent": 1.5}, "factor_percent of a Poll takes int"),
        ({"steps": 3, "jitter_percent": -1}, "jitter_percent of a Poll is at least 0"),
        ({"timeout": "1m", "interval": 0}, "interval and cap of a Poll are more than nothing"),
        ({"timeout": "1m", "cap": 0}, "interval and cap of a Poll are more than nothing"),
    ],
)
def test_a_policy_that_cannot_be_is_refused(wrong: dict[str, Any], says: str) -> None:
    with pytest.raises(SettingError, match=says):
        Poll(**wrong)


def test_a_pause_that_is_no_duration_is_refused() -> None:
    with pytest.raises(DurationError, match="soon"):
        Poll(first="soon", steps=1)
