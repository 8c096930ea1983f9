"""Shrinking, orders and replay, on the study's toys: how small, in how many runs, and what survives edits."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from cloudsim.exploration.footprints import are_in_conflict, footprint_of, touches_of
from cloudsim.exploration.order import Guided, from_texts, order_of, to_texts
from cloudsim.exploration.program import Diverged, Program, Run
from cloudsim.exploration.ready import Ready, Recorded, RunsToBlock, deviations
from cloudsim.exploration.replay import Replayed
from cloudsim.exploration.search import Plan, Search
from cloudsim.exploration.shrinking import Failing, Shrinking
from cloudsim.exploration.strategies.named import make_strategy
from cloudsim.kernel.actor import Callback
from cloudsim.kernel.strategy import Strategy
from cloudsim.lab.engine.toys import Toy, toy
from cloudsim.operations.operation import ANYTHING
from cloudsim.resources.ledger import Mode

RACES = [(depth, is_skewed) for depth in (1, 2, 3) for is_skewed in (False, True)]
DEVIATIONS_MAX = {1: 1, 2: 2, 3: 5}


def failing(program: Toy, *, seed: int = 0) -> Failing:
    """Find a failing run by the portfolio."""
    for attempt in Search(program, Plan(strategy="portfolio", seed=seed)).attempts():
        if attempt.run is not None and attempt.run.wrong:
            return Failing(program, attempt.run, attempt.log)
    raise AssertionError("a search without end ends only when it finds something")


@pytest.mark.parametrize(("depth", "is_skewed"), RACES)
def test_a_failure_is_made_small_in_few_runs_and_survives_edits(depth: int, is_skewed: bool) -> None:
    survived = tried = 0
    for arrangement in range(10):
        program = toy(depth, is_skewed=is_skewed, arrangement=arrangement)
        shrinking = Shrinking(failing(program, seed=arrangement))
        small = shrinking.shrink()
        assert small.deviations <= DEVIATIONS_MAX[depth]
        assert shrinking.runs <= 20
        order = from_texts(to_texts(order_of(small.log)))
        for noises, extra in ((0, 0), (6, 1), (0, 1)):  # noise dropped, an await added, both
            edited = toy(depth, is_skewed=is_skewed, arrangement=arrangement, noises=noises, extra=extra)
            tried += 1
            survived += bool(edited.run(Ready(Guided(order))).wrong)
    assert survived >= 0.95 * tried


def test_choices_bring_the_very_same_run_back() -> None:
    found = failing(toy(3))
    again = Ready(Replayed(dict(deviations(list(found.log)))))
    assert found.program.run(again) == found.run
    assert again.log == found.log


def test_a_choice_that_cannot_be_made_ends_a_strict_replay_and_nothing_else() -> None:
    program = toy(1, noises=0)
    with pytest.raises(Diverged, match="step 0 was made by nobody, and now only publisher, reader can make it"):
        program.run(Ready(Replayed({0: "nobody"})))
    assert not program.run(Ready(Replayed({0: "nobody"}, is_strict=False))).wrong


def test_nothing_smaller_leaves_the_failure_as_it_is() -> None:
    found = failing(toy(1, noises=0))
    shrinking = Shrinking(found, runs_max=1)
    assert shrinking.shrink().deviations == 1
    assert shrinking.runs == 1


@dataclass(frozen=True)
class Shrinkable:
    """A toy with users to leave out."""

    users: int
    noises: int

    def _toy(self) -> Toy:
        return toy(3 if self.users == 3 else 2, noises=self.noises)

    def run(self, strategy: Strategy) -> Run:
        return self._toy().run(strategy)

    def smaller(self) -> Iterator[Program]:
        for noises in range(self.noises):
            yield replace(self, noises=noises)

    def numbered(self, _number: int) -> Program:
        return self

    def knowing(self, _run: Run) -> Program:
        return self


def test_smaller_programs_are_tried_first() -> None:
    program = Shrinkable(2, 6)
    first = failing(toy(2, noises=6))
    small = Shrinking(replace(first, program=program)).shrink()
    assert small.program == Shrinkable(2, 0)
    assert small.deviations <= 2


def test_another_failure_is_not_taken_for_the_one_that_is_shrunk() -> None:
    found = failing(toy(2))
    shrinking = Shrinking(found, kind="another kind")
    assert shrinking.shrink() is found


def test_an_order_has_only_keys_on_which_two_actors_conflict() -> None:
    ready = Ready(RunsToBlock())
    toy(2, noises=2).run(ready)
    order = order_of(ready.log)
    assert list(order) == ["token:t"]
    assert to_texts(order)["token:t"] == ["w user-0", "w user-0", "w user-1", "w user-1"]


@pytest.mark.parametrize("text", ["w", "x user", "w ", "user"])
def test_a_touch_that_is_none_is_told(text: str) -> None:
    with pytest.raises(ValueError, match="is no touch; one is written as 'w client-1/1'"):
        from_texts({"key": [text]})


def test_an_order_that_nobody_fits_any_more_is_given_up_and_said() -> None:
    guided = Guided({"record": [(Mode.WRITE, who) for who in ("somebody else", "publisher", "reader")]})
    toy(1, noises=0).run(Ready(guided))
    assert not guided.is_kept


def test_conflicts_are_between_steps_that_share_a_key_and_do_not_both_read_or_both_add() -> None:
    read, write, add = ((("k", mode),) for mode in (Mode.READ, Mode.WRITE, Mode.ADD))
    assert not are_in_conflict(read, read)
    assert not are_in_conflict(add, add)
    assert are_in_conflict(read, add)
    assert are_in_conflict(write, write)
    assert not are_in_conflict(write, (("other", Mode.WRITE),))
    assert are_in_conflict(ANYTHING, read)
    assert not are_in_conflict(ANYTHING, ())


def test_a_step_that_says_nothing_may_touch_everything_and_a_key_has_its_strongest_mode() -> None:
    assert footprint_of(Callback("act", lambda: None)) is ANYTHING
    assert touches_of(ANYTHING) == (("*", Mode.WRITE),)
    assert touches_of((("k", Mode.READ), ("k", Mode.ADD))) == (("*", Mode.READ), ("k", Mode.WRITE))
    assert touches_of(()) == ()


def test_a_recorded_strategy_chooses_as_it_does_alone() -> None:
    program = toy(3)
    for name in ("random", "pct", "pos", "surw", "fifo", "run-to-block"):
        recorded = Recorded(make_strategy(name, 5))
        assert program.run(recorded) == program.run(make_strategy(name, 5))
        assert len(recorded.log) == program.run(make_strategy(name, 5)).events
