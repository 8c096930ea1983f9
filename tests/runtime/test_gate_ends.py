"""How a run ends that cannot go on: deadlocks, waits for the world outside, faults of actors, Ctrl-C."""

import signal
import socket
import subprocess
import sys
import threading
import time  # noqa: TID251  # a thread that takes real time is what is refused here
from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Iterator
from typing import Any

import pytest
import trio
import trio.testing

from cloudsim.errors.own import Deadlock, EndlessRun, OutsideWait
from cloudsim.kernel.actor import Step
from cloudsim.kernel.kernel import Kernel
from cloudsim.runtime.gate import Gate


def text_of(kind: type[Exception], function: Callable[[Gate], Awaitable[object]]) -> list[str]:
    """Run, expect an end of this kind, and give its text, twice equal and without addresses."""
    texts = []
    for _ in range(2):
        gate = Gate(Kernel())
        with pytest.raises(kind) as caught:
            gate.run(function, gate)
        texts.append(str(caught.value))
    assert texts[0] == texts[1]
    assert "0x" not in texts[0]
    assert "/" not in texts[0]
    return [line.partition(" (test_gate_ends.py:")[0] for line in texts[0].splitlines()]


def test_a_deadlock_tells_who_waits_for_what_and_who_has_it() -> None:
    async def main(gate: Gate) -> None:
        lock, limiter = trio.Lock(), trio.CapacityLimiter(1)

        async def holder() -> None:
            async with lock, limiter:
                await trio.Event().wait()

        async def locked_out() -> None:
            await lock.acquire()

        async def limited() -> None:
            await limiter.acquire_on_behalf_of("somebody")

        async def borrower() -> None:
            async with limiter:
                pass

        async def caller() -> None:
            await gate.waiter("the answer to CreateNetworkInterface").wait()

        async def numbers() -> AsyncIterator[int]:
            yield 1
            await trio.sleep_forever()

        async def counter() -> None:
            async for _ in numbers():
                pass

        async def own() -> None:
            steps = numbers()
            await anext(steps)
            await anext(steps, None)

        class Callable:
            async def __call__(self) -> None:
                _, receive = trio.open_memory_channel[int](0)
                async for _ in receive:
                    pass

        async with trio.open_nursery() as nursery:
            nursery.start_soon(holder)
            await gate.sleep("1s500ms")
            for function in (locked_out, limited, borrower, caller, counter, own, Callable()):
                nursery.start_soon(function)

    assert text_of(Deadlock, main) == [
        "everybody waits and nothing is due, at 1s500ms:",
        "  main#0 waits for the tasks of its nursery",
        "  holder#1 waits for Event.wait",
        "  locked_out#2 waits for Lock.acquire, held by holder#1",
        "  limited#3 waits for CapacityLimiter.acquire_on_behalf_of, held by holder#1",
        "  borrower#4 waits for CapacityLimiter.acquire_on_behalf_of, held by holder#1",
        "  caller#5 waits for the answer to CreateNetworkInterface",
        "  counter#6 waits for sleep_forever",
        "  own#7 waits for an awaitable of its own",
        "  Callable.__call__#8 waits for MemoryReceiveChannel.receive",
    ]


def test_a_deadlock_names_the_line_of_the_users_own_code() -> None:
    async def main() -> None:
        await trio.Event().wait()

    gate = Gate(Kernel())
    with pytest.raises(Deadlock, match=rf"\(test_gate_ends\.py:{main.__code__.co_firstlineno + 1} in main\)"):
        gate.run(main)


def test_a_deadlock_cancels_the_program_and_lets_it_clean_up_in_virtual_time() -> None:
    cleaned = []

    async def main(gate: Gate) -> None:
        try:
            await trio.Event().wait()
        finally:
            with trio.CancelScope(shield=True):
                await trio.sleep(1)
                await gate.sleep("2s")
                cleaned.append(trio.current_time())

    text_of(Deadlock, main)
    assert cleaned == [3.0, 3.0]


def test_a_deadlock_behind_shields_ends_all_the_same() -> None:
    seen = []

    async def main(gate: Gate) -> None:
        async def shielded(number: int) -> None:
            with trio.CancelScope(shield=True):
                try:
                    await (trio.Event().wait() if number % 2 else gate.waiter("nothing").wait())
                finally:
                    seen.append(number)

        with trio.CancelScope(shield=True):
            async with trio.open_nursery() as nursery:
                for number in range(4):
                    nursery.start_soon(shielded, number)

    text_of(Deadlock, main)
    assert seen == [3, 2, 1, 0] * 2


def test_an_error_of_the_clean_up_stands_behind_the_deadlock() -> None:
    async def main() -> None:
        try:
            await trio.Event().wait()
        finally:
            raise ValueError("clean-up")

    with pytest.raises(Deadlock) as caught:
        Gate(Kernel()).run(main)
    assert isinstance(caught.value.__context__, ValueError)


def test_a_script_that_will_not_go_ends_the_run_all_the_same() -> None:
    """In a process of its own, since trio leaves wreckage then, which speaks up when it is collected."""
    program = """if True:
        import trio
        from cloudsim.kernel.kernel import Kernel
        from cloudsim.runtime.gate import Gate

        async def stubborn():
            with trio.CancelScope(shield=True):
                while True:
                    try:
                        await trio.Event().wait()
                    except Exception:
                        continue

        try:
            Gate(Kernel()).run(stubborn)
        except Exception as error:
            print(type(error).__name__)
    """
    ended = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, text=True, timeout=60)
    assert ended.stdout == "Deadlock\n"


def test_those_who_wait_for_their_step_are_let_go_too() -> None:
    """One script stops the run by waiting outside while the others have just been woken."""
    ended = []

    async def main(gate: Gate) -> None:
        event, waiter = trio.Event(), gate.waiter("a value")

        async def woken(name: str) -> None:
            try:
                await (event.wait() if name == "by trio" else waiter.wait())
                await gate.sleep(1)
            finally:
                ended.append(name)

        async with trio.open_nursery() as nursery:
            nursery.start_soon(woken, "by trio")
            nursery.start_soon(woken, "by the kernel")
            await gate.sleep(1)
            event.set()
            waiter.wake(None)
            await trio.testing.wait_all_tasks_blocked()

    text_of(OutsideWait, main)
    assert sorted(ended) == ["by the kernel", "by the kernel", "by trio", "by trio"]


def test_a_wake_after_the_end_is_no_trap() -> None:
    seen = []

    async def main(gate: Gate) -> None:
        waiter = gate.waiter("a value")

        async def shielded() -> None:
            with trio.CancelScope(shield=True):
                seen.append(await waiter.wait())

        async def other() -> None:
            try:
                await trio.Event().wait()
            finally:
                waiter.wake("woken by a clean-up")

        async with trio.open_nursery() as nursery:
            nursery.start_soon(shielded)
            nursery.start_soon(other)

    text_of(Deadlock, main)
    assert seen == ["woken by a clean-up"] * 2


def test_a_kernel_that_goes_on_after_the_run_does_not_step_its_tasks() -> None:
    kernel = Kernel()
    gate = Gate(kernel)

    async def main() -> None:
        waiter = gate.waiter("a value")

        def wake_and_fail() -> None:
            waiter.wake(None)
            raise ZeroDivisionError

        kernel.call_at(5, wake_and_fail, name="fault")
        await waiter.wait()

    with pytest.raises(ZeroDivisionError):
        gate.run(main)
    assert kernel.pending == 1, "the script that was woken and never stepped"
    assert kernel.run(steps=9) is Step.IDLE


async def wait_for_a_thread(_: Gate) -> None:
    await trio.to_thread.run_sync(time.sleep, 0.01)


async def wait_for_a_socket(_: Gate) -> None:
    left, right = (trio.socket.from_stdlib_socket(end) for end in socket.socketpair())
    with left, right:
        await left.recv(1)


async def probe_for_idleness(_: Gate) -> None:
    await trio.testing.wait_all_tasks_blocked()


@pytest.mark.parametrize(
    ("function", "outside"),
    [
        (wait_for_a_thread, "a worker thread"),
        (wait_for_a_socket, "a socket, a pipe or a child process"),
        (probe_for_idleness, "trio's wait_all_tasks_blocked, which never comes in virtual time: use settle()"),
    ],
)
def test_a_wait_for_the_world_outside_is_refused_by_name(
    function: Callable[[Gate], Awaitable[None]], outside: str
) -> None:
    name = function.__name__

    async def main(gate: Gate) -> None:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(function, gate)
            await gate.sleep("1h")

    assert text_of(OutsideWait, main) == [f"{name}#1 waits for {outside}"]


def test_a_fault_of_an_actor_ends_the_run_and_comes_out_as_it_is() -> None:
    gate = Gate(Kernel())
    cleaned = []

    def fault() -> None:
        raise ZeroDivisionError("actor")

    async def main() -> None:
        gate.kernel.call_at(5, fault, name="fault")
        try:
            await gate.sleep("1s")
        finally:
            cleaned.append(gate.kernel.now_ns)

    with pytest.raises(ZeroDivisionError, match="actor"):
        gate.run(main)
    assert cleaned == [5]


@pytest.mark.skipif(threading.current_thread() is not threading.main_thread(), reason="signals reach the main thread")
class TestInterrupt:
    @pytest.fixture(autouse=True)
    def _listens_to_ctrl_c(self) -> Iterator[None]:
        """Be interrupted also where the tests were started in the background, deaf to Ctrl-C."""
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        yield
        signal.signal(signal.SIGINT, before)

    def test_ends_a_run_whose_fast_lane_never_ends(self) -> None:
        gate = Gate(Kernel())

        def endless() -> Generator[int, None, None]:
            while True:
                if gate.kernel.steps == 10_000:
                    signal.raise_signal(signal.SIGINT)
                yield 0

        async def main() -> None:
            gate.kernel.process(endless(), name="endless")
            await gate.sleep("1s")

        with pytest.raises(KeyboardInterrupt):
            gate.run(main)
        assert 10_000 < gate.kernel.steps < 10_000 + 3 * 4096

    def test_is_not_lost_where_it_strikes_while_a_task_is_spawned(self) -> None:
        class Struck(Gate):
            def _admit(self, *args: Any) -> Any:
                if args[2].endswith("child"):
                    signal.raise_signal(signal.SIGINT)
                return super()._admit(*args)

        gate = Struck(Kernel())

        async def child() -> None:
            await gate.sleep("1h")

        async def parent() -> None:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(child)

        async def main() -> None:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(parent)

        with pytest.raises(BaseException) as caught:  # noqa: PT011  an interrupt, in whatever groups
            gate.run(main)
        raised: BaseException = caught.value
        while isinstance(raised, BaseExceptionGroup):
            raised = raised.exceptions[0]
        assert isinstance(raised, KeyboardInterrupt)

    def test_ends_a_script_that_computes(self) -> None:
        gate = Gate(Kernel())
        ended: list[object] = []

        async def computes() -> None:
            try:
                await gate.sleep(5)
                signal.raise_signal(signal.SIGINT)
                ended.append("never")
            finally:
                ended.append(gate.kernel.now_ns)

        async def main() -> None:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(computes)
                nursery.start_soon(gate.sleep, "1h")

        with pytest.raises(BaseExceptionGroup) as caught:
            gate.run(main)
        assert isinstance(caught.value.exceptions[0], KeyboardInterrupt)
        assert ended == [5]


@pytest.mark.parametrize("lane", ["the kernel's", "trio's"])
def test_a_run_of_too_many_steps_is_broken_off_and_its_scripts_clean_up(lane: str) -> None:
    gate, seen = Gate(Kernel()), list[str]()
    gate.steps_max = 100

    async def endless() -> None:
        try:
            while True:
                if lane == "trio's":
                    await trio.sleep(1)
                else:
                    await gate.sleep("1s")
        finally:
            seen.append("cleaned up")

    with pytest.raises(EndlessRun, match="the run has not ended after 100 steps, at 1m39s; perhaps a script waits"):
        gate.run(endless)
    assert seen == ["cleaned up"]
