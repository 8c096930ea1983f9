"""trio programs under the gate: they do what they do under trio, in virtual time and in a told order."""

from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from math import inf, nextafter
from typing import TypeVar
from weakref import ReferenceType, ref

import pytest
import trio
from hypothesis import given
from hypothesis import strategies as st

from cloudsim.errors.own import DurationError
from cloudsim.kernel.actor import URGENT
from cloudsim.kernel.kernel import Kernel
from cloudsim.kernel.strategy import RandomOrder
from cloudsim.runtime.gate import Gate

T = TypeVar("T")
S = 1_000_000_000
MS = 1_000_000


def run(function: Callable[[Gate], Awaitable[T]], *, kernel: Kernel | None = None) -> T:
    gate = Gate(kernel or Kernel())
    return gate.run(function, gate)


def test_a_run_gives_what_the_function_returns() -> None:
    async def add(left: int, right: int) -> int:
        return left + right

    assert Gate(Kernel()).run(add, 2, 3) == 5


def test_a_run_raises_what_the_function_raises_as_it_is() -> None:
    async def fail() -> None:
        raise ValueError("bare")

    with pytest.raises(ValueError, match="bare"):
        Gate(Kernel()).run(fail)


def test_a_function_that_is_not_async_is_told_so() -> None:
    with pytest.raises(TypeError, match="await"):
        Gate(Kernel()).run(lambda: 5)  # type: ignore[arg-type, return-value]


def test_a_function_with_bound_arguments_is_run_and_named_as_trio_does() -> None:
    gate = Gate(Kernel())

    async def name() -> str:
        return gate._script().name

    async def named(function: Callable[[], Awaitable[str]], title: str | None) -> list[str]:
        names = [gate._script().name]

        async def keep() -> None:
            names.append(await function())

        async with trio.open_nursery() as nursery:
            nursery.start_soon(keep)
            nursery.start_soon(partial(keep))
            nursery.start_soon(keep, name=title)
        return names

    assert gate.run(partial(partial(named, name), title="pod 7")) == ["named#0", "keep#1", "keep#2", "pod 7#3"]


def test_a_gate_runs_once() -> None:
    gate = Gate(Kernel())
    gate.run(trio.sleep, 0)
    with pytest.raises(AssertionError, match="once"):
        gate.run(trio.sleep, 0)


def test_sleeping_takes_virtual_time_only() -> None:
    async def sleeper(gate: Gate) -> list[int]:
        seen = []
        for nap in (
            partial(gate.sleep, 5),
            partial(gate.sleep, "2h"),
            partial(trio.sleep, 86_400),
            partial(gate.sleep, 0),
        ):
            await nap()
            seen.append(gate.kernel.now_ns)
        await gate.sleep_until(90_000 * S)
        await gate.sleep_until(3)
        return [*seen, gate.kernel.now_ns]

    assert run(sleeper) == [5, 7_200 * S + 5, 93_600 * S + 5, 93_600 * S + 5, 93_600 * S + 5]


@pytest.mark.parametrize("duration", ["soon", -1])
def test_a_wrong_duration_is_refused(duration: int | str) -> None:
    async def sleeper(gate: Gate) -> None:
        await gate.sleep(duration)

    with pytest.raises(DurationError):
        run(sleeper)


def test_only_tasks_of_the_run_sleep_by_its_gate() -> None:
    gate = Gate(Kernel())
    gate.run(trio.sleep, 0)
    with pytest.raises(AssertionError, match="of this gate's run"):
        trio.run(gate.settle)


def test_woken_tasks_step_in_the_order_of_their_spawning() -> None:
    async def main(gate: Gate) -> list[int]:
        seen: list[int] = []
        event = trio.Event()

        async def waiter(number: int) -> None:
            await event.wait()
            seen.append(number)

        async with trio.open_nursery() as nursery:
            for number in range(40):
                nursery.start_soon(waiter, number)
            await gate.sleep(1)
            event.set()
        return seen

    assert run(main) == run(main, kernel=Kernel(RandomOrder(1))) == list(range(40))


def test_the_strategy_chooses_among_sleeps_that_end_together() -> None:
    async def main(gate: Gate) -> list[int]:
        seen: list[int] = []

        async def sleeper(number: int) -> None:
            await gate.sleep(5)
            seen.append(number)

        async with trio.open_nursery() as nursery:
            for number in range(6):
                nursery.start_soon(sleeper, number)
        return seen

    orders = [run(main, kernel=Kernel(RandomOrder(seed))) for seed in (1, 1, 2)]
    assert run(main) == sorted(orders[0]) == [0, 1, 2, 3, 4, 5]
    assert orders[0] == orders[1] != orders[2]


def test_woken_tasks_step_before_anything_else_that_is_due() -> None:
    async def main(gate: Gate) -> list[str]:
        seen: list[str] = []
        event = trio.Event()

        async def waiter() -> None:
            await event.wait()
            seen.append("woken")

        async with trio.open_nursery() as nursery:
            nursery.start_soon(waiter)
            await gate.sleep(1)
            gate.kernel.call_at(1, lambda: seen.append("urgent ticket"), name="ticket", priority=URGENT)
            event.set()
            await gate.sleep(1)
        return seen

    assert run(main) == ["woken", "urgent ticket"]


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


def test_settling_waits_until_the_instant_is_quiet() -> None:
    async def main(gate: Gate) -> list[str]:
        seen: list[str] = []
        event = trio.Event()

        async def late_riser() -> None:
            await event.wait()
            await gate.sleep(0)
            await trio.lowlevel.checkpoint()
            seen.append("riser")

        async with trio.open_nursery() as nursery:
            nursery.start_soon(late_riser)
            await gate.sleep(7)
            for name, due_ns in (("now", 7), ("later", 8)):
                gate.kernel.call_at(due_ns, partial(seen.append, name), name=name)
            event.set()
            with trio.move_on_at(trio.current_time()) as scope:
                await trio.sleep_forever()
            seen.append(f"deadline {scope.cancelled_caught}")
            await gate.settle()
            seen.append(f"settled at {gate.kernel.now_ns}")
        return seen

    assert run(main) == ["deadline True", "now", "riser", "settled at 7"]


def test_who_settles_later_waits_for_what_the_first_one_starts() -> None:
    async def main(gate: Gate) -> list[str]:
        seen: list[str] = []

        async def settler(name: str) -> None:
            await gate.settle()
            seen.append(name)
            gate.kernel.call_at(0, partial(seen.append, f"after {name}"), name=name)

        async with trio.open_nursery() as nursery:
            nursery.start_soon(settler, "first")
            nursery.start_soon(settler, "second")
        await gate.settle()
        return seen

    assert run(main) == ["first", "after first", "second", "after second"]
