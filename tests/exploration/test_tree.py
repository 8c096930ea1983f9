"""The systematic search: all orders that differ, each once, held against plain enumeration of every order."""

from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cloudsim.errors.own import NotDeterministic
from cloudsim.exploration.program import Program, Run
from cloudsim.exploration.tree import Rules, Tree
from cloudsim.kernel.actor import Callback
from cloudsim.kernel.kernel import Kernel
from cloudsim.kernel.strategy import Strategy
from cloudsim.lab.engine.toys import toy
from cloudsim.resources.ledger import Mode
from tests.exploration.programs import MODES, Move, Random, plans, trace_of

EVERY_ORDER = 10_000
"""As a bound on preemptions it bounds nothing, and makes the search try every order, equal ones too."""


@pytest.mark.parametrize("is_skewed", [False, True])
@pytest.mark.parametrize(("depth", "orders", "first"), [(1, 2, 2), (2, 6, 2), (3, 90, 10)])
def test_the_whole_space_of_a_toy_takes_as_many_runs_as_there_are_different_orders(
    depth: int, orders: int, first: int, is_skewed: bool
) -> None:
    for arrangement in range(8):
        tree = Tree(toy(depth, is_skewed=is_skewed, arrangement=arrangement))
        wrong = [tried.run is not None and bool(tried.run.wrong) for tried in tree.orders()]
        assert tree.is_covered
        assert (len(wrong), tree.redundant) == (orders, 0)
        assert wrong.index(True) + 1 <= first


def outcomes_and_traces(tree: Tree) -> tuple[set[str], list[frozenset[tuple[object, object]]]]:
    outcomes: set[str] = set()
    traces = []
    for tried in tree.orders():
        if tried.run is not None:
            outcomes.add(tried.run.outcome)
            traces.append(trace_of(tried.log))
    return outcomes, traces


LATE_START = [
    Move(touches=(), starts=2),
    Move(touches=(("b", Mode.READ), ("a", Mode.READ)), delay=1),
    Move(touches=(("a", Mode.READ),)),
]


@settings(max_examples=60, deadline=None)
@given(plans=plans, mode=st.sampled_from(sorted(MODES)))
@example(plans=[LATE_START, LATE_START, [Move(touches=(("a", Mode.ADD),))]], mode="slack")
def test_it_finds_the_outcomes_of_plain_enumeration_and_tries_each_order_once(
    plans: list[list[Move]], mode: str
) -> None:
    program = Random(plans, MODES[mode])
    every, their_traces = outcomes_and_traces(Tree(program, Rules(preemptions_max=EVERY_ORDER)))
    found, traces = outcomes_and_traces(Tree(program, Rules(by_races=mode != "slack")))
    assert found == every
    assert set(traces) == set(their_traces)
    if mode != "slack":  # where orders that differ in nothing but instants are tried as well
        assert len(traces) == len(set(traces))


def test_a_bound_on_preemptions_leaves_the_others_out() -> None:
    program = toy(2, noises=0)
    numbers = [sum(1 for _ in Tree(program, Rules(preemptions_max=bound)).orders()) for bound in (0, 1, 2, EVERY_ORDER)]
    assert numbers == sorted(set(numbers))
    assert numbers[0] == 2, "one actor after the other, whichever is first"


def test_steps_that_touch_nothing_are_never_branched_on() -> None:
    assert sum(1 for _ in Tree(toy(2, noises=40)).orders()) == 6


class Fickle:
    """A program that does not do the same twice."""

    def __init__(self) -> None:
        self.runs = 0

    def run(self, strategy: Strategy) -> Run:
        self.runs += 1
        kernel = Kernel(strategy)
        for name in ("one", "two"):
            kernel.schedule(Callback(f"{name}-{self.runs}", lambda: None))
        kernel.run(steps=10)
        return Run()

    def smaller(self) -> Iterator[Program]:
        return iter(())

    def numbered(self, _number: int) -> Program:
        return self

    def knowing(self, _run: Run) -> Program:
        return self


def test_a_program_that_is_not_deterministic_is_told_with_the_step() -> None:
    told = "step 0 of the same order was made by two-1, and now only one-2, two-2 can make it"
    with pytest.raises(NotDeterministic, match=told):
        list(Tree(Fickle()).orders())
