"""Deadlines of trio, which are floats, on a clock of integer nanoseconds."""

from math import inf, nextafter

import pytest
import trio
from hypothesis import given
from hypothesis import strategies as st

from cloudsim.kernel.kernel import Kernel
from cloudsim.runtime.gate import Gate
from tests.runtime.running import MS, S, run


@pytest.mark.parametrize("begin_ns", [0, 100 * MS, 200 * MS, 700 * MS])
def test_at_one_instant_deadlines_of_trio_come_before_tickets(begin_ns: int) -> None:
    async def main(gate: Gate) -> bool:
        await gate.sleep(begin_ns)
        waiter = gate.waiter("an answer")
        gate.kernel.call_at(begin_ns + 100 * MS, lambda: waiter.wake(None), name="answer")
        with trio.move_on_after(0.1) as scope:
            await waiter.wait()
        return scope.cancelled_caught

    assert run(main) is True, "0.1 + 0.2 is no exception, though it is more than 0.3"


def test_a_deadline_that_has_passed_is_served_at_once() -> None:
    async def main(gate: Gate) -> list[bool]:
        await gate.sleep(5)
        caught = []
        for deadline in (-inf, -1.0, 0.0, trio.current_time()):
            with trio.CancelScope(deadline=deadline) as scope:
                await gate.sleep("1s")
            caught.append(scope.cancelled_caught)
        assert gate.kernel.now_ns == 5
        return caught

    assert run(main) == [True] * 4


@pytest.mark.parametrize("deadline", [-inf, 0.0, 5e-9])
def test_a_deadline_that_somebody_sets_to_the_past_is_served_at_once(deadline: float) -> None:
    async def main(gate: Gate) -> tuple[bool, int]:
        scope = trio.CancelScope()

        async def sleeper() -> None:
            with scope:
                await gate.sleep("1s")

        async with trio.open_nursery() as nursery:
            nursery.start_soon(sleeper)
            await gate.sleep(5)
            scope.deadline = deadline
        return scope.cancelled_caught, gate.kernel.now_ns

    assert run(main) == (True, 5)


def test_a_deadline_beyond_all_numbers_is_no_hindrance() -> None:
    async def main(gate: Gate) -> int:
        with trio.CancelScope(deadline=1.7e308):
            await gate.sleep("1s")
        return gate.kernel.now_ns

    assert run(main) == S


@given(st.lists(st.floats(0, 1e7, allow_subnormal=False), min_size=1, max_size=8))
def test_every_deadline_is_served_at_its_rounded_nanosecond_and_none_spins(deadlines: list[float]) -> None:
    async def main(gate: Gate) -> list[int]:
        seen: list[int] = []

        async def sleeper(deadline: float) -> None:
            await trio.sleep_until(deadline)
            assert trio.current_time() >= deadline
            seen.append(gate.kernel.now_ns)

        async with trio.open_nursery() as nursery:
            for deadline in deadlines:
                nursery.start_soon(sleeper, deadline)
        return seen

    kernel = Kernel()
    assert run(main, kernel=kernel) == [round(deadline * 1e9) for deadline in sorted(deadlines)]
    assert kernel.steps < 10 * len(deadlines)


@pytest.mark.parametrize("begin_ns", [2**53 - 1, 2**56 + 1, 10**17 + 7, 10**18 + 77])
def test_a_deadline_just_ahead_is_not_rounded_into_the_past(begin_ns: int) -> None:
    async def main(gate: Gate) -> int:
        await gate.sleep(begin_ns)
        await trio.sleep_until(nextafter(trio.current_time(), inf))
        return gate.kernel.now_ns

    assert run(main) >= begin_ns
