"""Capacity: places are used or held, and the sum is never over the limit unless somebody counts without holding."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, multiple, rule

from cloudsim.errors.quota import MaxEniCountExceeded
from cloudsim.resources.capacity import Capacity, HeldPlaces, UnheldPlaces
from cloudsim.resources.journal import Journal
from cloudsim.resources.ledger import Ledger, Mode
from tests.resources.touches import Touches


def refuse(capacity: Capacity, asked: int) -> MaxEniCountExceeded:
    return MaxEniCountExceeded(
        account="acme", region="r", used=capacity.used + capacity.held, limit=capacity.limit, asked=asked
    )


def a_capacity(limit: int) -> Capacity:
    return Capacity("quota:acme/r", Ledger(Journal(keep=True)), limit, refuse)


def numbers(capacity: Capacity) -> tuple[int, int, int]:
    return capacity.used, capacity.held, capacity.free


def test_a_hold_that_is_not_kept_gives_its_places_back() -> None:
    capacity = a_capacity(3)
    with capacity.hold(2):
        assert numbers(capacity) == (0, 2, 1)
    assert numbers(capacity) == (0, 0, 3)


def test_a_hold_that_is_kept_stays() -> None:
    capacity = a_capacity(3)
    with capacity.hold(2) as places:
        places.keep()
        assert numbers(capacity) == (2, 0, 1)
    assert numbers(capacity) == (2, 0, 1)


def test_a_hold_gives_its_places_back_whatever_ends_the_block() -> None:
    capacity = a_capacity(1)
    with pytest.raises(GeneratorExit), capacity.hold(1):
        raise GeneratorExit
    assert capacity.free == 1


def test_the_last_place_goes_to_whoever_holds_it_first_and_the_refusal_says_how_many_there_were() -> None:
    capacity = a_capacity(2)
    capacity.use(1)
    with capacity.hold(1), pytest.raises(MaxEniCountExceeded, match="2 of 2 in r, asked for 1 more"):
        capacity.hold(1)


def test_places_are_held_all_or_none() -> None:
    capacity = a_capacity(2)
    with pytest.raises(MaxEniCountExceeded):
        capacity.hold(3)
    assert numbers(capacity) == (0, 0, 2)


def test_what_is_checked_and_not_held_can_be_had_by_two() -> None:
    capacity = a_capacity(1)
    with capacity.check(1) as one, capacity.check(1) as two:
        assert numbers(capacity) == (0, 0, 1)
        one.keep()
        two.keep()
    assert numbers(capacity) == (2, 0, 0)
    assert capacity.used > capacity.lawful


def test_what_is_checked_and_not_kept_leaves_nothing() -> None:
    capacity = a_capacity(1)
    with capacity.check(1):
        pass
    assert numbers(capacity) == (0, 0, 1)


def test_a_limit_below_what_is_in_use_gives_nothing_more_and_is_lawful() -> None:
    capacity = a_capacity(5)
    capacity.use(4)
    capacity.set_limit(2)
    assert (numbers(capacity), capacity.lawful) == ((4, 0, 0), 4)
    with pytest.raises(MaxEniCountExceeded, match="4 of 2"):
        capacity.check(1)
    capacity.give_back(3)
    assert capacity.free == 1


def test_what_is_held_when_a_limit_is_lowered_may_still_be_kept() -> None:
    capacity = a_capacity(2)
    with capacity.hold(2) as places:
        capacity.set_limit(1)
        places.keep()
    assert capacity.used == capacity.lawful == 2


@pytest.mark.parametrize("wrong", [lambda one: one.hold(0), lambda one: one.check(0), lambda one: one.give_back(1)])
def test_our_own_faults_are_asserted(wrong: object) -> None:
    with pytest.raises(AssertionError):
        wrong(a_capacity(1))  # type: ignore[operator]


def test_a_hold_is_kept_once() -> None:
    with a_capacity(1).hold(1) as places:
        places.keep()
        with pytest.raises(AssertionError, match="kept once"):
            places.keep()


def test_taking_and_giving_back_are_written_down_and_keeping_is_not() -> None:
    capacity = a_capacity(5)
    with capacity.hold(2):
        pass
    with capacity.hold(1) as places:
        places.keep()
    lines = [line for line in capacity.ledger.journal.lines if b"quota:acme/r" in line]
    assert [b"held" in line for line in lines] == [True, False, True]
    assert b'"count":2,"ev":"given-back"' in lines[1]


def test_holding_writes_and_checking_reads() -> None:
    capacity = a_capacity(9)
    capacity.ledger.watcher = touches = Touches()
    with capacity.check(1):
        pass
    with capacity.hold(1):
        assert touches.seen == [("quota:acme/r", Mode.READ), ("quota:acme/r", Mode.WRITE)]
    capacity.use(1)
    capacity.give_back(1)
    assert touches.seen[2:] == [("quota:acme/r", Mode.WRITE)] * 3


class CapacityMachine(RuleBasedStateMachine):
    """A capacity against a naive one: a list of who has how many places."""

    holds = Bundle("holds")
    checks = Bundle("checks")

    def __init__(self) -> None:
        super().__init__()
        self.capacity = a_capacity(7)
        self.limit = 7
        self.used = 0
        self.open: dict[int, int] = {}

    def _is_room_for(self, count: int) -> bool:
        return self.used + sum(self.open.values()) + count <= self.limit

    @rule(target=holds, count=st.integers(1, 4))
    def hold(self, count: int) -> object:
        if not self._is_room_for(count):
            with pytest.raises(MaxEniCountExceeded):
                self.capacity.hold(count)
            return multiple()
        places = self.capacity.hold(count)
        self.open[id(places)] = count
        return places

    @rule(target=checks, count=st.integers(1, 4))
    def check(self, count: int) -> object:
        if not self._is_room_for(count):
            with pytest.raises(MaxEniCountExceeded):
                self.capacity.check(count)
            return multiple()
        return self.capacity.check(count)

    @rule(places=consumes(holds), is_kept=st.booleans())
    def end_hold(self, places: HeldPlaces, *, is_kept: bool) -> None:
        count = self.open.pop(id(places))
        with places:
            if is_kept:
                places.keep()
                self.used += count

    @rule(places=consumes(checks), is_kept=st.booleans())
    def end_check(self, places: UnheldPlaces, *, is_kept: bool) -> None:
        with places:
            if is_kept:
                places.keep()
                self.used += places.count

    @rule(share=st.integers(0, 10))
    def give_back(self, share: int) -> None:
        count = self.used * share // 10
        self.capacity.give_back(count)
        self.used -= count

    @rule(limit=st.integers(0, 9))
    def set_limit(self, limit: int) -> None:
        self.capacity.set_limit(limit)
        self.limit = limit

    @invariant()
    def it_agrees_with_the_naive_one(self) -> None:
        held = sum(self.open.values())
        assert numbers(self.capacity) == (self.used, held, max(0, self.limit - self.used - held))
        assert self.capacity.lawful >= self.limit


TestCapacityMachine = CapacityMachine.TestCase
TestCapacityMachine.settings = settings()
