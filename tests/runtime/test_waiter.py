"""Waiters: one wait, one wake, in either order, and cancelled at any time."""

import pytest
import trio

from cloudsim.errors.own import Deadlock
from cloudsim.kernel.kernel import Kernel
from cloudsim.runtime.gate import Gate


def test_a_wake_from_the_fast_lane_resumes_the_wait_in_the_same_instant() -> None:
    gate = Gate(Kernel())

    async def main() -> tuple[str, int]:
        waiter = gate.waiter("an answer")
        gate.kernel.call_at(7, lambda: waiter.wake("value"), name="answer")
        return await waiter.wait(), gate.kernel.now_ns

    assert gate.run(main) == ("value", 7)


def test_a_wake_before_the_wait_is_kept() -> None:
    gate = Gate(Kernel())

    async def main() -> object:
        waiter = gate.waiter("an answer")
        waiter.wake(None)
        return await waiter.wait()

    assert gate.run(main) is None


def test_a_wait_is_a_checkpoint_even_if_the_value_is_there() -> None:
    gate = Gate(Kernel())

    async def main() -> bool:
        waiter = gate.waiter("an answer")
        waiter.wake(5)
        with trio.CancelScope() as scope:
            scope.cancel()
            await waiter.wait()
        return scope.cancelled_caught

    assert gate.run(main)


def test_a_cancelled_wait_leaves_a_later_wake_without_effect() -> None:
    gate = Gate(Kernel())

    async def main() -> int:
        waiter = gate.waiter("an answer")
        with trio.move_on_after(1) as scope:
            await waiter.wait()
        assert scope.cancelled_caught
        waiter.wake("late")
        other = gate.waiter("another answer")
        gate.kernel.call_at(3_000_000_000, lambda: other.wake("value"), name="answer")
        assert await other.wait() == "value"
        return gate.kernel.now_ns

    assert gate.run(main) == 3_000_000_000


def test_a_wake_between_the_cancellation_and_its_delivery_is_without_effect() -> None:
    gate = Gate(Kernel())

    async def main() -> tuple[bool, int]:
        waiter = gate.waiter("an answer")
        scope = trio.CancelScope()

        async def wait() -> None:
            with scope:
                await waiter.wait()

        async with trio.open_nursery() as nursery:
            nursery.start_soon(wait)
            await gate.sleep(5)
            scope.cancel()
            waiter.wake("too late")
        return scope.cancelled_caught, gate.kernel.pending

    assert gate.run(main) == (True, 0)


def test_a_cancellation_after_the_wake_does_not_take_the_value_away() -> None:
    gate = Gate(Kernel())
    seen = []

    async def main() -> None:
        waiter = gate.waiter("an answer")
        scope = trio.CancelScope()

        async def wait() -> None:
            with scope:
                seen.append(await waiter.wait())
                await gate.sleep(1)
                seen.append("never")

        async with trio.open_nursery() as nursery:
            nursery.start_soon(wait)
            await gate.sleep(5)
            waiter.wake("in time")
            scope.cancel()

    gate.run(main)
    assert seen == ["in time"]


def test_woken_scripts_step_in_the_order_of_their_wakes() -> None:
    gate = Gate(Kernel())
    seen = []

    async def main() -> None:
        waiters = [gate.waiter("an answer") for _ in range(4)]

        async def wait(number: int) -> None:
            seen.append(await waiters[number].wait())

        async with trio.open_nursery() as nursery:
            for number in range(4):
                nursery.start_soon(wait, number)
            await gate.sleep(1)
            for number in (2, 0, 3, 1):
                waiters[number].wake(number)

    gate.run(main)
    assert seen == [2, 0, 3, 1]


def test_a_waiter_is_woken_once_and_waited_for_by_one() -> None:
    gate = Gate(Kernel())

    async def main() -> None:
        waiter = gate.waiter("an answer")
        async with trio.open_nursery() as nursery:
            nursery.start_soon(waiter.wait)
            await gate.sleep(1)
            with pytest.raises(AssertionError, match="one script"):
                await waiter.wait()
            waiter.wake(1)
        with pytest.raises(AssertionError, match="once"):
            waiter.wake(2)

    gate.run(main)


def test_a_report_tells_what_was_last_said_of_a_wait() -> None:
    gate = Gate(Kernel())

    async def main() -> None:
        waiter = gate.waiter("an answer")
        waiter.explain("the answer to the first try")
        gate.kernel.call_at(5, lambda: waiter.explain("the answer to the second try"), name="retry")
        await waiter.wait()

    with pytest.raises(Deadlock, match="main#0 waits for the answer to the second try"):
        gate.run(main)
