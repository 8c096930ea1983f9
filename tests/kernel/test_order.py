"""The order of events: laws over random programs, and the rules of the competing group one by one."""

from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from cloudsim.kernel.actor import LAST, NORMAL, URGENT, Step, Ticket
from cloudsim.kernel.kernel import Kernel
from cloudsim.kernel.strategy import STRATEGIES, KeepsCancelled
from tests.kernel.naive import NaiveKernel, Program, Stage, priorities, programs

STEPS = 80


def played(kernel: Kernel, program: Program, *, chunk: int = STEPS) -> list[tuple[int, str]]:
    stage = Stage(program, kernel)
    while kernel.steps < STEPS and kernel.run(steps=min(chunk, STEPS - kernel.steps)) is Step.RAN:
        pass
    return stage.seen


@given(programs)
def test_the_plain_order_is_that_of_due_priority_and_serial(program: Program) -> None:
    naive = NaiveKernel()
    stage = Stage(program, naive)
    for _ in range(STEPS):
        if not naive.step():
            break
    assert played(Kernel(), program) == stage.seen


@given(programs, st.integers(1, 5))
def test_the_order_does_not_depend_on_how_many_steps_a_run_makes(program: Program, chunk: int) -> None:
    assert played(Kernel(), program, chunk=chunk) == played(Kernel(), program)


@given(programs)
def test_recording_choices_does_not_change_the_order(program: Program) -> None:
    recorded = Kernel()
    recorded.record_choices()
    assert played(recorded, program) == played(Kernel(), program)


@given(programs, st.sampled_from(sorted(STRATEGIES)), st.integers(0, 5))
def test_the_clock_never_goes_back_and_equal_seeds_give_equal_orders(program: Program, name: str, seed: int) -> None:
    seen = played(Kernel(STRATEGIES[name](seed)), program)
    instants = [now_ns for now_ns, _ in seen]
    assert instants == sorted(instants)
    assert played(Kernel(STRATEGIES[name](seed)), program) == seen


@given(st.lists(st.tuples(st.integers(0, 3), priorities)), st.sampled_from(sorted(STRATEGIES)), st.integers(0, 5))
def test_every_strategy_serves_each_ticket_once_and_mixes_only_what_competes(
    tickets: list[tuple[int, int]], name: str, seed: int
) -> None:
    kernel = Kernel(STRATEGIES[name](seed))
    served: list[tuple[int, int, int]] = []
    for number, (due_ns, priority) in enumerate(tickets):

        def serve(number: int = number, priority: int = priority) -> None:
            served.append((kernel.now_ns, priority, number))

        kernel.call_at(due_ns, serve, name=f"t{number}", priority=priority)
    assert kernel.run(steps=len(tickets) + 1) is Step.IDLE
    assert [event[:2] for event in served] == sorted(tickets)
    assert sorted(event[2] for event in served) == list(range(len(tickets)))


@given(programs, st.lists(st.integers(0, 6), max_size=4))
def test_pausing_at_horizons_changes_nothing_but_the_clock_between(program: Program, pauses: list[int]) -> None:
    kernel = Kernel()
    stage = Stage(program, kernel)
    for pause in pauses:
        horizon_ns = kernel.now_ns + pause
        ended = Step.RAN
        while kernel.steps < STEPS and ended is Step.RAN:
            ended = kernel.step(horizon_ns)
        if ended is Step.RAN:
            break
        assert ended is Step.HORIZON
        assert kernel.now_ns == horizon_ns
        assert kernel.next_due_ns is None or kernel.next_due_ns >= horizon_ns
        assert all(now_ns < horizon_ns or pause == 0 for now_ns, _ in stage.seen)
    while kernel.steps < STEPS and kernel.step() is Step.RAN:
        pass
    assert stage.seen == played(Kernel(), program)


class Lifo(KeepsCancelled):
    """The latest of the total order first."""

    def __init__(self) -> None:
        self.tickets: list[Ticket] = []

    def push(self, ticket: Ticket) -> None:
        self.tickets.append(ticket)
        self.tickets.sort()

    def pop(self) -> Ticket:
        return self.tickets.pop()

    def __len__(self) -> int:
        return len(self.tickets)


def order_of(kernel: Kernel, *, during_a: list[tuple[str, int]]) -> list[str]:
    """Step a and b, due together; a's step schedules what is asked for in the same instant."""
    seen: list[str] = []

    def a() -> None:
        seen.append("a")
        for name, priority in during_a:
            kernel.call_at(kernel.now_ns, partial(seen.append, name), name=name, priority=priority)

    kernel.call_at(5, lambda: seen.append("b"), name="b")
    kernel.call_at(5, a, name="a")
    while kernel.step() is Step.RAN:
        pass
    return seen


def test_a_ticket_of_the_same_priority_joins_the_group_that_competes() -> None:
    assert order_of(Kernel(Lifo()), during_a=[("new", NORMAL)]) == ["a", "new", "b"]


def test_a_more_urgent_ticket_joins_the_group_and_is_chosen_like_the_others() -> None:
    assert order_of(Kernel(Lifo()), during_a=[("urgent", URGENT), ("new", NORMAL)]) == ["a", "new", "b", "urgent"]
    assert order_of(Kernel(), during_a=[("urgent", URGENT)]) == ["b", "a", "urgent"]


def test_a_less_urgent_ticket_waits_until_the_group_is_done() -> None:
    assert order_of(Kernel(Lifo()), during_a=[("late", LAST), ("new", NORMAL)]) == ["a", "new", "b", "late"]


def test_woken_actors_go_first_in_the_order_of_their_waking() -> None:
    kernel = Kernel()
    seen: list[str] = []
    stage = Stage([[], [], []], kernel)
    for index in (2, 0, 1):
        kernel.wake(stage.player(index))
    kernel.call_at(0, lambda: seen.append("urgent"), name="urgent", priority=URGENT)
    kernel.run(steps=3)
    assert [name for _, name in stage.seen] == ["p2", "p0", "p1"]
    assert seen == []
