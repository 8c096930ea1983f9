"""What a gate does for the program that it runs, and in which order scripts and tickets step."""

from collections.abc import Awaitable, Callable
from functools import partial

import pytest
import trio

from cloudsim.errors.own import DurationError
from cloudsim.kernel.actor import URGENT
from cloudsim.kernel.kernel import Kernel
from cloudsim.kernel.strategy import RandomOrder
from cloudsim.runtime.gate import Gate
from tests.runtime.running import S, run


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
