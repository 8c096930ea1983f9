"""The search: what it takes when nobody says, what a budgetless iterator gives, and what the tally counts."""

from itertools import islice

import pytest

from cloudsim.errors.own import SettingError
from cloudsim.exploration.search import Plan, Search, contenders
from cloudsim.exploration.tally import Tally
from cloudsim.lab.engine.toys import Toy, quota_user, toy


def tally_of(search: Search, count: int) -> Tally:
    tally = Tally()
    for attempt in islice(search.attempts(), count):
        tally.add(attempt)
    return tally


def test_few_threads_that_meet_are_searched_through_and_noise_does_not_count() -> None:
    search = Search(toy(3, noises=20), Plan())
    tally = tally_of(search, 1000)
    assert search.strategy == "systematic"
    assert search.is_covered
    assert (tally.orders, tally.schedules) == (90, 90)
    assert {outcome.count for outcome in tally.outcomes.values()} == {18, 36}


def test_many_threads_that_meet_are_sampled_by_the_portfolio() -> None:
    many = Toy(tuple((f"user-{n}", quota_user(1)) for n in range(5)))
    search = Search(many, Plan())
    assert search.strategy == "portfolio"
    tally_of(search, 10)
    assert not search.is_covered


def test_a_bounded_search_never_counts_as_covered() -> None:
    search = Search(toy(2, noises=0), Plan(preemptions_max=1))
    tally = tally_of(search, 1000)
    assert search.strategy == "systematic"
    assert tally.orders < 1000
    assert not search.is_covered


def test_a_sample_depends_on_its_number_and_the_seed_alone() -> None:
    one, other = (Search(toy(3), Plan(strategy="random", seed=3)) for _ in range(2))
    list(islice(one.attempts(), 5))
    assert one.sample(7) == other.sample(7)
    assert one.sample(7) != one.sample(8)
    assert Search(toy(3), Plan(strategy="random", seed=4)).sample(7) != one.sample(7)


def test_a_violation_keeps_the_witness_with_the_fewest_deviations() -> None:
    tally = tally_of(Search(toy(2), Plan(strategy="random")), 200)
    (violation,) = tally.violations.values()
    assert violation.kind == "the token was used twice"
    assert violation.count > 1
    assert violation.witness.run is not None
    assert violation.witness.run.wrong


def test_contenders_are_those_who_touch_something_together_and_not_only_to_look() -> None:
    apart = Toy((("one", lambda _: iter(["a", None])), ("two", lambda _: iter([None, "b"]))))
    assert contenders(Search(apart, Plan()).first.log) == set()
    assert contenders(Search(toy(2), Plan()).first.log) == {"user-0", "user-1"}


@pytest.mark.parametrize(
    ("plan", "why"),
    [
        ({"strategy": "sistematic"}, "there is no strategy 'sistematic'; did you mean 'systematic'"),
        ({"preemptions_max": -1}, "a bound on preemptions is at least 0, not -1"),
        ({"strategy": "pos", "preemptions_max": 1}, "a bound on preemptions is for the systematic search, not for pos"),
    ],
)
def test_a_plan_that_cannot_be_is_told(plan: dict[str, object], why: str) -> None:
    with pytest.raises(SettingError, match=why):
        Plan(**plan)  # type: ignore[arg-type]
