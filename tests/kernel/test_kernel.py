"""What the kernel does with actors, tickets, horizons and faults."""

from collections.abc import Generator
from functools import partial
from random import Random  # noqa: TID251  # hypothesis gives it

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudsim.kernel.actor import HANDED_OVER, HandedOver, Step
from cloudsim.kernel.kernel import Kernel
from cloudsim.kernel.strategy import STRATEGIES, RandomOrder, RunToBlock


class Parked:
    """An actor that only notes when it was stepped."""

    def __init__(self, kernel: Kernel, name: str = "parked") -> None:
        self.name = name
        self.kernel = kernel
        self.stepped_at: list[int] = []

    def resume(self) -> None:
        self.stepped_at.append(self.kernel.now_ns)


def test_a_process_is_resumed_after_each_delay_it_yields_and_ends_with_its_generator() -> None:
    kernel = Kernel()
    seen = []

    def worker() -> Generator[int | None, None, None]:
        for delay_ns in (3, 4, 0):
            seen.append(kernel.now_ns)
            yield delay_ns
        seen.append(kernel.now_ns)

    assert kernel.process(worker(), name="worker").name == "worker"
    assert kernel.run(steps=9) is Step.IDLE
    assert seen == [0, 3, 7, 7]
    assert kernel.steps == 4


def test_a_process_that_yields_nothing_parks_until_it_is_scheduled_again() -> None:
    kernel = Kernel()
    seen = []

    def worker() -> Generator[int | None, None, None]:
        yield None
        seen.append(kernel.now_ns)

    process = kernel.process(worker(), name="worker")
    assert kernel.run(steps=9) is Step.IDLE
    kernel.schedule(process, 8)
    assert kernel.run(steps=9) is Step.IDLE
    assert seen == [8]


def test_schedule_at_and_call_at_name_the_instant_itself() -> None:
    kernel = Kernel()
    actor = Parked(kernel)
    kernel.call_at(2, lambda: None, name="first")
    kernel.run(steps=1)
    kernel.schedule_at(actor, 5)
    kernel.call_at(6, actor.resume, name="call")
    kernel.run(steps=2)
    assert actor.stepped_at == [5, 6]


def test_the_past_cannot_be_scheduled() -> None:
    kernel = Kernel()
    kernel.run(steps=1, horizon_ns=10)
    with pytest.raises(AssertionError, match="at least 0"):
        kernel.schedule(Parked(kernel), -1)
    with pytest.raises(AssertionError, match="at least 0"):
        kernel.schedule_at(Parked(kernel), 9)
    with pytest.raises(AssertionError, match="has not passed"):
        kernel.call_at(9, lambda: None, name="late")
    with pytest.raises(AssertionError, match="has not passed"):
        kernel.run(steps=1, horizon_ns=9)


def test_an_actor_that_answers_with_the_past_is_a_fault() -> None:
    kernel = Kernel()

    def worker() -> Generator[int, None, None]:
        yield -1

    kernel.process(worker(), name="worker")
    with pytest.raises(AssertionError, match="at least 0"):
        kernel.step()


def test_a_run_ends_idle_only_where_no_horizon_is_given() -> None:
    kernel = Kernel()
    assert kernel.step() is Step.IDLE
    assert kernel.now_ns == 0
    assert kernel.step(7) is Step.HORIZON
    assert kernel.now_ns == 7


@pytest.mark.parametrize("strategy", sorted(STRATEGIES))
def test_what_is_due_at_the_horizon_itself_is_left(strategy: str) -> None:
    kernel = Kernel(STRATEGIES[strategy](1))
    actor = Parked(kernel)
    for due_ns in (3, 5, 5, 6):
        kernel.schedule_at(actor, due_ns)
    assert kernel.run(steps=9, horizon_ns=5) is Step.HORIZON
    assert (actor.stepped_at, kernel.now_ns, kernel.next_due_ns) == ([3], 5, 5)
    assert kernel.run(steps=1) is Step.RAN
    assert kernel.run(steps=1, horizon_ns=5) is Step.HORIZON, "a group that is half served waits too"
    assert kernel.run(steps=9, horizon_ns=7) is Step.HORIZON
    assert actor.stepped_at == [3, 5, 5, 6]


def test_a_woken_actor_steps_even_at_the_horizon() -> None:
    kernel = Kernel()
    actor = Parked(kernel)
    kernel.wake(actor)
    assert kernel.next_due_ns == 0
    assert kernel.run(steps=9, horizon_ns=0) is Step.HORIZON
    assert actor.stepped_at == [0]


def test_a_step_that_is_handed_over_ends_the_run_at_once() -> None:
    class Outside:
        name = "outside"

        def resume(self) -> HandedOver:
            return HANDED_OVER

    kernel = Kernel()
    kernel.schedule(Outside(), 4)
    kernel.schedule(Parked(kernel), 4)
    assert kernel.run(steps=9) is Step.HANDED_OVER
    assert (kernel.steps, kernel.now_ns, kernel.pending) == (1, 4, 1)


def test_a_cancelled_ticket_neither_steps_nor_moves_the_clock() -> None:
    kernel = Kernel()
    actor = Parked(kernel)
    kernel.schedule(actor, 2)
    late = kernel.schedule(actor, 9)
    kernel.cancel(late)
    assert kernel.pending == 1
    assert kernel.run(steps=9) is Step.IDLE
    assert (actor.stepped_at, kernel.now_ns, kernel.next_due_ns, kernel.pending) == ([2], 2, None, 0)


def test_the_next_instant_is_that_of_a_ticket_that_is_not_cancelled() -> None:
    kernel = Kernel()
    actor = Parked(kernel)
    first = kernel.schedule(actor, 2)
    kernel.schedule(actor, 5)
    kernel.cancel(first)
    assert kernel.next_due_ns == 5


def test_cancelling_what_was_served_or_cancelled_does_nothing() -> None:
    kernel = Kernel()
    actor = Parked(kernel)
    served = kernel.schedule(actor, 1)
    kernel.run(steps=1)
    kernel.cancel(served)
    kernel.cancel(served)
    kernel.schedule(actor, 1)
    assert kernel.run(steps=9) is Step.IDLE
    assert actor.stepped_at == [1, 2]


def test_only_a_ticket_that_was_issued_can_be_cancelled() -> None:
    kernel = Kernel()
    with pytest.raises(AssertionError, match="of this kernel"):
        kernel.cancel(1)


@pytest.mark.parametrize("strategy", sorted(STRATEGIES))
@pytest.mark.parametrize("rivals", [2, 300])
def test_who_steps_first_can_cancel_all_that_compete(strategy: str, rivals: int) -> None:
    kernel = Kernel(STRATEGIES[strategy](1))
    tickets: list[int] = []
    stepped: list[int] = []

    def win(number: int) -> None:
        stepped.append(number)
        for other in range(rivals):
            if other != number:
                kernel.cancel(tickets[other])

    tickets += [kernel.call_at(5, partial(win, number), name=f"rival-{number}") for number in range(rivals)]
    assert kernel.run(steps=9) is Step.IDLE
    assert len(stepped) == 1


def test_cancelled_tickets_that_come_up_with_a_group_are_no_rivals() -> None:
    kernel = Kernel()
    choices = kernel.record_choices()
    actor = Parked(kernel)
    kernel.schedule(actor, 5)
    kernel.cancel(kernel.schedule(actor, 5))
    assert kernel.run(steps=9) is Step.IDLE
    assert (actor.stepped_at, choices) == ([5], [])


def test_time_passes_for_one_step_alone_only_where_no_other_is_due_by_then() -> None:
    kernel = Kernel()
    steps: list[str] = []
    assert kernel.pass_alone(3)
    assert (kernel.now_ns, kernel.steps) == (3, 1)
    kernel.call_at(10, lambda: steps.append("ten"), name="ten")
    assert kernel.pass_alone(6)
    assert not kernel.pass_alone(1), "at ten another one is due, which was there before"
    assert (kernel.now_ns, kernel.steps, steps) == (9, 2, [])
    kernel.step()
    assert kernel.pass_alone(1)
    assert not Kernel(RandomOrder(1)).pass_alone(1), "where somebody chooses, he is asked"
    assert not Kernel(slack_ns=1).pass_alone(1)


def test_no_step_passes_alone_before_who_was_woken_or_within_another_step() -> None:
    kernel = Kernel()
    kernel.wake(Parked(kernel))
    assert not kernel.pass_alone(1)
    kernel.step()

    def within() -> None:
        kernel.pass_alone(1)

    kernel.call_at(1, within, name="within")
    with pytest.raises(AssertionError, match="does not run the kernel"):
        kernel.step()


def test_timeouts_that_are_cancelled_far_ahead_do_not_pile_up() -> None:
    kernel = Kernel()
    actor = Parked(kernel)
    kept = [kernel.schedule(actor, due_ns) for due_ns in (7, 3)]
    for _ in range(10_000):
        kernel.cancel(kernel.schedule(actor, 1_000_000))
    assert len(kernel._heap) < 500
    assert len(kernel._cancelled) < 500
    assert kernel.pending == len(kept)
    assert kernel.run(steps=9) is Step.IDLE
    assert actor.stepped_at == [3, 7]


@given(st.lists(st.integers(0, 50), min_size=150, max_size=300), st.randoms())
def test_the_order_of_the_rest_survives_many_cancels(dues: list[int], lots: Random) -> None:
    kernel = Kernel()
    served: list[int] = []
    tickets = [kernel.call_at(due_ns, partial(served.append, index), name="t") for index, due_ns in enumerate(dues)]
    gone = lots.sample(range(len(dues)), len(dues) - 20)
    for index in gone:
        kernel.cancel(tickets[index])
    assert kernel.run(steps=len(dues)) is Step.IDLE
    rest = [index for index in range(len(dues)) if index not in gone]
    assert served == sorted(rest, key=lambda index: (dues[index], index))
    assert not kernel._cancelled


def test_choices_are_recorded_where_several_tickets_compete() -> None:
    kernel = Kernel(RunToBlock())
    choices = kernel.record_choices()
    for name, delay_ns in (("alone", 1), ("a", 2), ("b", 2)):
        kernel.schedule(Parked(kernel, name), delay_ns)
    kernel.run(steps=2)
    assert kernel.pending == 1
    assert kernel.next_due_ns == 2
    kernel.run(steps=2)
    assert choices == [(1, "a")]


def test_a_fault_of_an_actor_comes_out_and_the_kernel_can_go_on() -> None:
    kernel = Kernel()
    actor = Parked(kernel)

    def fault() -> None:
        raise ZeroDivisionError

    kernel.call_at(1, fault, name="fault")
    kernel.schedule(actor, 1)
    with pytest.raises(ZeroDivisionError):
        kernel.run(steps=9)
    assert (kernel.now_ns, kernel.steps) == (1, 1)
    assert kernel.run(steps=9) is Step.IDLE
    assert actor.stepped_at == [1]


def test_only_a_generator_ends_by_stop_iteration() -> None:
    kernel = Kernel()
    kernel.call_at(0, iter(()).__next__, name="fault")
    with pytest.raises(StopIteration):
        kernel.step()


def test_a_step_cannot_run_the_kernel() -> None:
    kernel = Kernel()

    def nested() -> None:
        kernel.step()

    kernel.call_at(0, nested, name="nested")
    with pytest.raises(AssertionError, match="does not run"):
        kernel.step()
    assert kernel.step() is Step.IDLE


def test_a_run_is_at_least_one_step() -> None:
    with pytest.raises(AssertionError, match="at least one"):
        Kernel().run(steps=0)
