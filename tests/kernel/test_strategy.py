"""What each strategy chooses."""

from collections import Counter
from collections.abc import Generator

from hypothesis import given
from hypothesis import strategies as st

from cloudsim.kernel.actor import Callback, Step, Ticket
from cloudsim.kernel.kernel import Kernel
from cloudsim.kernel.strategy import STRATEGIES, Fifo, RandomOrder, RunToBlock, Strategy


def ticket(serial: int, *, name: str = "x") -> Ticket:
    return (0, 1, serial, Callback(name, lambda: None))


def steps_of_workers(strategy: Strategy, *, workers: int = 3, steps: int = 3) -> str:
    """Run workers that never wait, and tell who stepped."""
    kernel = Kernel(strategy)
    seen: list[str] = []

    def work(name: str) -> Generator[int, None, None]:
        for _ in range(steps):
            seen.append(name)
            yield 0

    for name in "abcdefgh"[:workers]:
        kernel.process(work(name), name=name)
    assert kernel.run(steps=1_000) is Step.IDLE
    return "".join(seen)


def test_fifo_takes_turns() -> None:
    assert steps_of_workers(Fifo()) == "abcabcabc"


def test_run_to_block_goes_on_with_whom_it_stepped_last() -> None:
    assert steps_of_workers(RunToBlock()) == "aaabbbccc"


def test_run_to_block_takes_the_plain_order_where_the_last_one_is_not_ready() -> None:
    strategy = RunToBlock()
    first, second, third = (ticket(serial) for serial in (1, 2, 3))
    for each in (third, first, second):
        strategy.push(each)
    assert strategy.pop() is first
    again = (0, 1, 4, second[3])
    strategy.push(again)
    assert [strategy.pop() for _ in range(3)] == [second, third, again]
    own = (0, 1, 5, second[3])
    strategy.push(own)
    assert len(strategy) == 1
    strategy.push(first)
    assert [strategy.pop() for _ in range(2)] == [own, first]


def test_random_order_reaches_every_order_about_equally_often() -> None:
    orders = Counter(steps_of_workers(RandomOrder(seed), steps=1) for seed in range(600))
    assert sorted(orders) == ["abc", "acb", "bac", "bca", "cab", "cba"]
    assert all(60 < count < 140 for count in orders.values())


def test_random_order_differs_by_seed_and_not_by_run() -> None:
    runs = [steps_of_workers(RandomOrder(seed), workers=8) for seed in (1, 1, 2)]
    assert runs[0] == runs[1] != runs[2]


def test_a_ticket_without_rivals_draws_nothing() -> None:
    alone, fresh = RandomOrder(1), RandomOrder(1)
    for serial in range(5):
        alone.push(ticket(serial))
        assert alone.pop()[2] == serial
    for strategy in (alone, fresh):
        for serial in range(10):
            strategy.push(ticket(serial))
    assert [alone.pop()[2] for _ in range(10)] == [fresh.pop()[2] for _ in range(10)]


@given(st.lists(st.booleans()), st.sampled_from(sorted(STRATEGIES)))
def test_every_strategy_gives_back_what_it_was_given(pushes: list[bool], name: str) -> None:
    strategy = STRATEGIES[name](0)
    inside: set[int] = set()
    for serial, is_push in enumerate(pushes):
        if is_push or not inside:
            strategy.push(ticket(serial))
            inside.add(serial)
        else:
            inside.remove(strategy.pop()[2])
        assert len(strategy) == len(inside)
