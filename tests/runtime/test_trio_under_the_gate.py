"""trio programs under the gate do what they do under trio, in virtual time."""

from collections.abc import AsyncIterator
from functools import partial
from weakref import ReferenceType, ref

import pytest
import trio

from cloudsim.kernel.kernel import Kernel
from cloudsim.runtime.gate import Gate
from tests.runtime.running import S, run


def test_nursery_start_gives_the_value_that_the_task_started_with() -> None:
    async def service(delay: float, task_status: trio.TaskStatus[float]) -> None:
        await trio.sleep(delay)
        task_status.started(delay * 10)
        await trio.sleep(100)

    async def main(gate: Gate) -> tuple[object, int]:
        async with trio.open_nursery() as nursery:
            value = await nursery.start(service, 2.0)
            at_ns = gate.kernel.now_ns
            nursery.cancel_scope.cancel()
        return value, at_ns

    assert run(main) == (20.0, 2 * S)


def test_fail_after_and_move_on_after_end_a_wait_in_time() -> None:
    async def main(gate: Gate) -> list[int]:
        seen = []
        for sleep in (trio.sleep, lambda seconds: gate.sleep(f"{seconds}s")):
            with pytest.raises(trio.TooSlowError), trio.fail_after(1.5):
                await sleep(50)
            with trio.move_on_after(0.5):
                await sleep(50)
            seen.append(gate.kernel.now_ns)
        assert gate.kernel.pending == 0, "cancelled sleeps leave no ticket"
        return seen

    assert run(main) == [2 * S, 4 * S]


def test_a_shield_holds_off_the_cancellation_outside() -> None:
    async def main(gate: Gate) -> int:
        with trio.move_on_after(1), trio.CancelScope(shield=True):
            await gate.sleep("2s")
        return gate.kernel.now_ns

    assert run(main) == 2 * S


def test_a_sleep_that_is_cancelled_when_it_has_ended_is_not_lost() -> None:
    async def main(gate: Gate) -> list[str]:
        seen = []
        scope = trio.CancelScope()

        async def sleeper() -> None:
            with scope:
                await gate.sleep(5)
                seen.append("slept")
                await gate.sleep(5)
                seen.append("never")

        async with trio.open_nursery() as nursery:
            nursery.start_soon(sleeper)
            await gate.sleep(4)
            gate.kernel.call_at(5, lambda: None, name="tick")
            await gate.sleep(1)
            scope.cancel()
        return seen

    assert run(main) == ["slept"]


def test_condition_semaphore_and_channel_work() -> None:
    async def main(gate: Gate) -> list[object]:
        seen: list[object] = []
        condition, semaphore = trio.Condition(), trio.Semaphore(1)
        send, receive = trio.open_memory_channel[int](0)

        async def waiter(number: int) -> None:
            async with condition:
                await condition.wait()
            async with semaphore:
                await trio.sleep(1)
                await send.send(number)

        async with trio.open_nursery() as nursery:
            for number in range(3):
                nursery.start_soon(waiter, number)
            await gate.sleep("1s")
            async with condition:
                condition.notify_all()
            async for number in receive:
                seen.append((gate.kernel.now_ns // S, number))
                if len(seen) == 3:
                    break
        return seen

    assert run(main) == [(2, 0), (3, 1), (4, 2)]


def test_async_generators_work_and_a_forgotten_one_is_finished_when_trio_next_looks_around() -> None:
    async def ticks(gate: Gate, seen: list[str]) -> AsyncIterator[int]:
        try:
            for number in range(9):
                await gate.sleep(10)
                yield number
        finally:
            seen.append(f"finished at {gate.kernel.now_ns}")

    async def main(gate: Gate) -> list[str]:
        seen: list[str] = []
        async for number in ticks(gate, seen):
            seen.append(str(number))
            if number == 1:
                break
        await gate.sleep(5)
        return seen

    with pytest.warns(ResourceWarning, match="was garbage collected before it had been exhausted"):
        assert run(main) == ["0", "1", "finished at 25"]


def test_a_callback_by_token_is_seen_before_the_run_is_called_dead() -> None:
    async def main(gate: Gate) -> str:
        event = trio.Event()
        trio.lowlevel.current_trio_token().run_sync_soon(event.set)
        await event.wait()
        return "woken"

    assert run(main) == "woken"


def test_system_tasks_step_by_the_gate_too() -> None:
    async def main(gate: Gate) -> list[int]:
        seen = []

        async def helper() -> None:
            assert trio.lowlevel.currently_ki_protected()
            await gate.sleep(5)
            seen.append(gate.kernel.now_ns)
            await trio.sleep_forever()

        trio.lowlevel.spawn_system_task(helper)
        await gate.sleep(9)
        return seen

    assert run(main) == [5]


def test_what_was_written_for_asyncio_is_told_so_where_it_waits() -> None:
    import asyncio
    import types
    from collections.abc import Generator

    @types.coroutine
    def foreign() -> Generator[object, object, None]:
        yield "not a trap of trio"

    async def main(gate: Gate) -> str:
        try:
            await foreign()
        except TypeError as error:
            await gate.sleep(5)
            return f"{'asyncio' in str(error)} {gate.kernel.now_ns}"
        return "no error"

    assert asyncio.__name__ == "asyncio"
    assert run(main) == "True 5"


def test_user_code_can_be_interrupted_and_the_gate_cannot() -> None:
    gate = Gate(Kernel())
    in_user_code: list[bool] = []
    in_the_gate: list[bool] = []

    def look(into: list[bool]) -> None:
        into.append(trio.lowlevel.currently_ki_protected())

    async def child() -> None:
        look(in_user_code)
        await trio.lowlevel.checkpoint()

    class Main:
        def __getattr__(self, attribute: str) -> str:
            look(in_the_gate)  # which asks for the qualified name
            return attribute

        async def __call__(self) -> None:
            await child()
            async with trio.open_nursery() as nursery:
                nursery.start_soon(child)
            gate.kernel.call_at(1, partial(look, in_the_gate), name="tick")
            await gate.sleep(2)

    gate._turnstile.inspect = lambda _: look(in_the_gate)
    gate.run(Main())
    assert in_user_code == [False] * 2
    assert in_the_gate == [True] * 5


def test_a_parked_task_keeps_nothing_of_a_cancellation_that_is_over() -> None:
    class Token:
        pass

    async def nap(tokens: list[ReferenceType[Token]]) -> None:
        token = Token()
        tokens.append(ref(token))
        await trio.sleep_forever()

    async def main(gate: Gate) -> list[object]:
        tokens: list[ReferenceType[Token]] = []
        alive: list[object] = []
        with trio.move_on_after(1):
            await nap(tokens)
        gate.kernel.call_at(2 * S, lambda: alive.append(tokens[0]()), name="look")
        await gate.sleep("2s")
        return alive

    assert run(main) == [None]
