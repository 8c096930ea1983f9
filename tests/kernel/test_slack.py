"""Slack: more than ties compete, what is passed over is late, and the clock never goes back."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudsim.exploration.ready import Ready, RunsToBlock
from cloudsim.kernel.actor import LAST, NORMAL, URGENT, Step, Ticket
from cloudsim.kernel.kernel import ANY_TIME, Kernel
from cloudsim.kernel.strategy import STRATEGIES, Fifo, KeepsCancelled, RandomOrder
from cloudsim.values.duration import Ns
from tests.kernel.naive import NaiveKernel, Program, Stage, programs
from tests.kernel.test_order import STEPS, played


class Latest(KeepsCancelled):
    """Takes the last of the total order, so that everything it can pass over is passed over."""

    def __init__(self) -> None:
        self.tickets: list[Ticket] = []

    def push(self, ticket: Ticket) -> None:
        self.tickets.append(ticket)

    def pop(self) -> Ticket:
        self.tickets.sort(key=lambda ticket: ticket[:3])
        return self.tickets.pop()

    def __len__(self) -> int:
        return len(self.tickets)


class Drops(Latest):
    """The same, and takes cancelled tickets out."""

    def drop(self, serial: int) -> bool:
        left = [ticket for ticket in self.tickets if ticket[2] != serial]
        was_there = len(left) < len(self.tickets)
        self.tickets = left
        return was_there


class Telling:
    """A kernel whose callbacks tell their name and the instant."""

    def __init__(self, *, slack_ns: Ns, strategy: Latest | None = None) -> None:
        self.kernel = Kernel(strategy if strategy is not None else Latest(), slack_ns=slack_ns)
        self.seen: list[tuple[int, str]] = []

    def at(self, due_ns: Ns, name: str, *, priority: int = NORMAL) -> int:
        return self.kernel.call_at(due_ns, self._tell(name), name=name, priority=priority)

    def _tell(self, name: str) -> Callable[[], None]:
        return lambda: self.seen.append((self.kernel.now_ns, name))

    def rest(self) -> list[tuple[int, str]]:
        assert self.kernel.run(steps=100) is Step.IDLE
        return self.seen


def test_what_is_due_within_the_slack_of_the_first_competes_and_nothing_later_does() -> None:
    told = Telling(slack_ns=5)
    for due_ns, name in ((10, "first"), (15, "within"), (16, "beyond")):
        told.at(due_ns, name)
    # Once the first one is served, the window begins at the next one.
    assert told.rest() == [(15, "within"), (15, "first"), (16, "beyond")]


def test_the_window_begins_at_the_first_that_is_pending_and_not_at_the_clock() -> None:
    told = Telling(slack_ns=5)
    told.at(10, "late")
    told.at(14, "ahead")
    told.at(17, "outside")
    assert told.kernel.step() is Step.RAN
    # The clock stands at 14; 17 would be near, but the one that is due at 10 is still the first.
    assert told.rest() == [(14, "ahead"), (14, "late"), (17, "outside")]


def test_with_any_time_everything_competes_and_goes_when_the_clock_is_past_it() -> None:
    told = Telling(slack_ns=ANY_TIME)
    for due_ns in (0, 1_000, 10**18):
        told.at(due_ns, str(due_ns))
    assert told.rest() == [(10**18, str(10**18)), (10**18, "1000"), (10**18, "0")]


def test_a_priority_is_no_rank_with_slack() -> None:
    told = Telling(slack_ns=ANY_TIME)
    told.at(0, "urgent", priority=URGENT)
    told.at(0, "normal")
    assert told.rest() == [(0, "normal"), (0, "urgent")]


def test_last_waits_until_nothing_else_is_due_by_then_and_is_not_chosen() -> None:
    told = Telling(slack_ns=ANY_TIME)
    told.at(10, "last", priority=LAST)
    told.at(10, "by then")
    told.at(11, "after")
    told.at(3, "early")
    # "after" may go first as any other; what is due by 10 goes before the one that waits for quiet, in any case.
    assert told.rest() == [(11, "after"), (11, "by then"), (11, "early"), (11, "last")]
    assert told.kernel.chosen == 3


def test_last_goes_ahead_of_what_is_due_later() -> None:
    told = Telling(slack_ns=2)
    told.at(10, "last", priority=LAST)
    told.at(11, "later")
    assert told.rest() == [(10, "last"), (11, "later")]


@pytest.mark.parametrize("strategy", [Latest, Drops])
def test_a_ticket_that_is_cancelled_while_it_competes_never_comes_up(strategy: type[Latest]) -> None:
    told = Telling(slack_ns=ANY_TIME, strategy=strategy())
    told.at(1, "one")
    gone = told.at(2, "gone")
    told.at(3, "three")
    assert told.kernel.step() is Step.RAN  # now all compete
    told.kernel.cancel(gone)
    assert told.rest() == [(3, "three"), (3, "one")]
    assert told.kernel.chosen == 2


@pytest.mark.parametrize("strategy", [Latest, Drops])
def test_cancelled_tickets_of_the_heap_and_of_last_never_come_up(strategy: type[Latest]) -> None:
    told = Telling(slack_ns=5, strategy=strategy())
    told.at(1, "one")
    last = told.at(2, "last", priority=LAST)
    hidden = told.at(4, "hidden")
    far = told.at(100, "far")
    told.kernel.cancel(hidden)
    assert told.kernel.step() is Step.RAN
    told.kernel.cancel(last)
    told.kernel.cancel(far)
    assert told.rest() == [(1, "one")]
    assert told.kernel.now_ns == 1


def test_a_cancelled_ticket_under_the_first_is_dropped_when_the_window_reaches_it() -> None:
    told = Telling(slack_ns=5)
    told.at(1, "one")
    told.kernel.cancel(told.at(2, "gone"))
    told.at(3, "three")
    assert told.rest() == [(3, "three"), (3, "one")]


def test_many_cancelled_tickets_are_dropped_at_once_those_of_last_among_them() -> None:
    told = Telling(slack_ns=ANY_TIME)
    lasts = [told.at(5, f"last {number}", priority=LAST) for number in range(3)]
    told.at(0, "only")
    kept = told.at(9, "kept", priority=LAST)
    assert told.kernel.step() is Step.RAN  # those of LAST wait within the slack now
    for number in lasts:
        told.kernel.cancel(number)
    for number in range(100):
        told.kernel.cancel(told.at(50 + number, "never"))
    assert told.kernel.pending == 1
    assert kept
    assert told.rest() == [(0, "only"), (9, "kept")]


def test_the_next_due_is_that_of_the_first_and_never_before_now() -> None:
    told = Telling(slack_ns=5)
    assert Kernel(Latest(), slack_ns=5).next_due_ns is None
    told.at(10, "late")
    told.at(14, "ahead")
    assert told.kernel.next_due_ns == 10
    told.kernel.step()
    assert told.kernel.next_due_ns == 14
    told.at(20, "last", priority=LAST)
    told.kernel.step()
    assert (told.kernel.next_due_ns, told.kernel.pending) == (20, 1)


def test_the_next_due_knows_tickets_of_last_that_wait_within_the_slack() -> None:
    told = Telling(slack_ns=ANY_TIME)
    told.at(3, "last", priority=LAST)
    told.at(0, "now")
    told.at(7, "later")
    told.kernel.step()  # the latest of all that competes is "later"
    assert told.seen == [(7, "later")]
    assert told.kernel.next_due_ns == 7
    told.kernel.step()
    assert (told.kernel.next_due_ns, told.kernel.pending) == (7, 1)
    assert told.rest()[-1] == (7, "last")


def test_a_horizon_holds_back_what_is_first_due_after_it_but_not_rivals_of_what_is_due_before() -> None:
    told = Telling(slack_ns=5)
    told.at(10, "before")
    told.at(12, "rival")
    told.at(30, "after")
    assert told.kernel.run(steps=9, horizon_ns=10) is Step.HORIZON
    assert (told.kernel.now_ns, told.seen) == (10, [])
    assert told.kernel.run(steps=2, horizon_ns=13) is Step.RAN
    assert told.seen == [(12, "rival"), (12, "before")]


def test_a_horizon_holds_back_last_as_well() -> None:
    told = Telling(slack_ns=ANY_TIME)
    told.at(10, "last", priority=LAST)
    told.at(0, "now")
    assert told.kernel.run(steps=9, horizon_ns=10) is Step.HORIZON
    assert told.seen == [(0, "now")]
    assert told.kernel.run(steps=9, horizon_ns=11) is Step.HORIZON
    assert told.seen == [(0, "now"), (10, "last")]


def test_choices_among_several_are_recorded_by_name() -> None:
    told = Telling(slack_ns=ANY_TIME)
    choices = told.kernel.record_choices()
    told.at(0, "one")
    told.at(9, "two")
    told.rest()
    assert choices == [(0, "two")]


def test_a_slack_is_at_least_nothing() -> None:
    with pytest.raises(AssertionError, match="a slack is at least 0"):
        Kernel(slack_ns=-1)


@given(programs)
def test_without_slack_a_strategy_that_takes_the_total_order_gives_what_the_naive_kernel_gives(
    program: Program,
) -> None:
    naive = NaiveKernel()
    stage = Stage(program, naive)
    for _ in range(STEPS):
        if not naive.step():
            break

    class OwnFifo(Fifo):
        """Not Fifo itself, so that the kernel asks it."""

    assert played(Kernel(OwnFifo(), slack_ns=0), program) == stage.seen
    assert played(Kernel(slack_ns=0), program) == stage.seen


@given(programs, st.sampled_from(sorted(STRATEGIES)), st.integers(0, 5), st.sampled_from([1, 3, ANY_TIME]))
def test_with_slack_the_clock_never_goes_back_and_equal_seeds_give_equal_orders(
    program: Program, name: str, seed: int, slack_ns: int
) -> None:
    seen = played(Kernel(STRATEGIES[name](seed), slack_ns=slack_ns), program)
    instants = [now_ns for now_ns, _ in seen]
    assert instants == sorted(instants)
    assert played(Kernel(STRATEGIES[name](seed), slack_ns=slack_ns), program) == seen


@given(programs, st.integers(1, 5), st.sampled_from([1, 3, ANY_TIME]))
def test_with_slack_the_order_does_not_depend_on_how_many_steps_a_run_makes(
    program: Program, chunk: int, slack_ns: int
) -> None:
    whole = played(Kernel(RandomOrder(1), slack_ns=slack_ns), program)
    assert played(Kernel(RandomOrder(1), slack_ns=slack_ns), program, chunk=chunk) == whole


@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from([0, 1, 2])), max_size=12), st.integers(1, 20))
def test_with_slack_every_ticket_is_served_once_and_never_before_what_is_due_a_slack_earlier(
    tickets: list[tuple[int, int]], slack_ns: int
) -> None:
    kernel = Kernel(RandomOrder(3), slack_ns=slack_ns)
    served: list[int] = []
    for number, (due_ns, priority) in enumerate(tickets):
        kernel.call_at(due_ns, lambda number=number: served.append(number), name=f"t{number}", priority=priority)  # type: ignore[misc]
    assert kernel.run(steps=len(tickets) + 1) is Step.IDLE
    assert sorted(served) == list(range(len(tickets)))
    for place, number in enumerate(served):
        for later in served[place + 1 :]:
            assert tickets[number][0] <= tickets[later][0] + slack_ns
            if tickets[number][1] == LAST:
                assert tickets[later][0] >= tickets[number][0]


@given(programs)
def test_run_to_block_with_all_time_serves_each_ticket_that_the_plain_kernel_serves(program: Program) -> None:
    kernel = Kernel(Ready(RunsToBlock()), slack_ns=ANY_TIME)
    seen = played(kernel, program)
    assert [now_ns for now_ns, _ in seen] == sorted(now_ns for now_ns, _ in seen)
