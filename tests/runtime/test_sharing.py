"""Sharing: what scripts are found to hold together, and what not, so that exploration knows whose order matters."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import trio

from cloudsim.exploration.ready import Ready, RunsToBlock
from cloudsim.kernel.kernel import ANY_TIME
from cloudsim.runtime.session import Session, gather
from cloudsim.runtime.sharing import Sharing, held_by
from cloudsim.simulation.latency import NONE
from tests.runtime import sessions
from tests.runtime.sessions import session

Script = Callable[[Session], Awaitable[object]]

SOUND, WHERE = MappingProxyType(sessions.SOUND), MappingProxyType(sessions.WHERE)
BOX: list[str] = []
LIMITS = MappingProxyType({"most": 3})
PAIR = (1, "two")
PLACES = {"names": ["a", "b"]}


@dataclass(frozen=True)
class Plan:
    """What cannot be changed."""

    callers: int


@dataclass
class Board:
    """What can."""

    callers: int


PLAN, BOARD = Plan(2), Board(2)


def found(script: Script) -> list[str]:
    """What the scripts of a run share, in words."""
    sim = session(latency=NONE, strategy=Ready(RunsToBlock()), slack_ns=ANY_TIME)
    sharing = sim.gate.sharing = Sharing()
    sim.drive(lambda: script(sim))
    assert sim.close() == []
    return sharing.found


def client(sim: Session, name: str) -> Any:
    return sim.client(**WHERE, name=name)


async def create(made_by: Any) -> None:
    await made_by.create_network_interface(**SOUND)


# -- what is not shared


def test_clients_of_their_own_and_the_results_of_gather_are_not_shared() -> None:
    async def own(sim: Session, name: str) -> str:
        await create(client(sim, name))
        return name

    async def script(sim: Session) -> None:
        assert await gather([own(sim, "a"), own(sim, "b")]) == ["a", "b"]

    assert found(script) == []


def test_clients_that_the_parent_made_and_each_child_uses_one_of_are_not_shared() -> None:
    async def script(sim: Session) -> None:
        await gather(create(client(sim, name)) for name in "ab")

    assert found(script) == []


def test_what_cannot_be_changed_is_not_shared() -> None:
    async def reads(limits: object, plan: Plan, pair: tuple[object, ...]) -> object:
        return LIMITS, PLAN, PAIR, limits, plan, pair, Plan, trio.sleep

    async def script(_: Session) -> None:
        await gather(reads(LIMITS, PLAN, PAIR) for _ in range(2))

    assert found(script) == []


def test_containers_that_keep_their_contents_are_not_shared() -> None:
    async def reads(sim: Session, wanted: list[str]) -> object:
        await create(client(sim, wanted[0] + str(len(wanted))))
        return [name for name in PLACES["names"] if name in wanted], sessions.SOUND

    async def script(sim: Session) -> None:
        await gather([reads(sim, ["a"]), reads(sim, ["b"])])

    assert found(script) == []


def test_arguments_that_are_made_anew_for_each_are_not_shared() -> None:
    async def takes(*args: object, **kwargs: object) -> object:
        return args, kwargs

    async def script(_: Session) -> None:
        await gather(takes([number], more={}) for number in range(3))

    assert found(script) == []


def test_a_parent_that_waits_for_its_children_cannot_meet_them() -> None:
    async def script(_: Session) -> None:
        mine: list[int] = []

        async def child() -> None:
            mine.append(1)

        async with trio.open_nursery() as nursery:
            nursery.start_soon(child)
        assert mine == [1]

    assert found(script) == []


# -- what is shared


def test_a_list_in_a_closure_is_shared() -> None:
    async def script(_: Session) -> None:
        results: list[int] = []

        async def child(number: int) -> None:
            results.append(number)

        await gather([child(1), child(2)])

    assert found(script) == ["run#1 and run#2 share results (list)"]


def test_a_list_that_only_a_function_of_the_script_closes_over_is_shared() -> None:
    async def script(_: Session) -> None:
        results: list[int] = []

        def note(number: int) -> None:
            results.append(number)

        async def child(number: int) -> None:
            note(number)

        await gather([child(1), child(2)])

    assert found(script) == ["run#1 and run#2 share results (list)"]


def test_a_global_that_the_code_names_is_shared_and_another_one_is_not() -> None:
    async def child() -> None:
        BOX.append("x")

    async def script(_: Session) -> None:
        await gather([child(), child()])

    assert found(script) == ["run#1 and run#2 share BOX (list)"]


def test_a_global_that_code_inside_the_code_names_is_shared() -> None:
    async def child() -> object:
        return [BOX.__iadd__([name]) for name in "ab"]

    async def script(_: Session) -> None:
        await gather([child(), child()])

    assert found(script) == ["run#1 and run#2 share BOX (list)"]


def test_a_container_that_changes_and_changes_back_is_shared() -> None:
    async def script(sim: Session) -> None:
        under_way: set[str] = set()

        async def child(name: str) -> None:
            under_way.add(name)
            await create(client(sim, name))
            under_way.discard(name)

        await gather([child("a"), child("b")])

    assert found(script) == ["run#1 and run#2 share under_way (set)"]


def test_a_container_inside_a_container_and_an_object_in_it_are_shared() -> None:
    async def script(_: Session) -> None:
        state: dict[str, list[str]] = {"names": []}
        boards = [BOARD]

        async def child(name: str) -> object:
            state["names"].append(name)
            return boards

        await gather([child("a"), child("b")])

    assert found(script) == ["run#1 and run#2 share boards (Board)", "run#1 and run#2 share state (list)"]


def test_an_object_that_can_be_changed_is_shared_by_argument_by_method_and_inside_a_tuple() -> None:
    async def takes(_: object) -> None: ...

    class Counter:
        async def count(self) -> None: ...

    async def by_argument(_: Session) -> None:
        await gather([takes(BOARD), takes(BOARD)])

    async def inside(_: Session) -> None:
        await gather([takes((1, (BOARD,))), takes((BOARD, 2))])

    async def by_method(_: Session) -> None:
        counter = Counter()
        await gather([counter.count(), counter.count()])

    async def as_a_bound_method(_: Session) -> None:
        counter = Counter()
        await gather([takes(counter.count), takes(counter.count)])

    assert found(by_argument) == ["run#1 and run#2 share _ (Board)"]
    assert found(inside) == ["run#1 and run#2 share _ (Board)"]
    assert found(by_method) == ["run#1 and run#2 share self (Counter)"]
    assert found(as_a_bound_method) == ["run#1 and run#2 share _ (Counter)"]


def test_primitives_of_trio_are_shared() -> None:
    async def script(_: Session) -> None:
        event = trio.Event()

        async def waits() -> None:
            await event.wait()

        async def sets() -> None:
            event.set()

        await gather([waits(), sets()])

    assert found(script) == ["run#1 and run#2 share event (Event)"]


def test_one_client_is_shared_where_calls_are_made_after_a_choice() -> None:
    async def late(sim: Session, shared: Any) -> None:
        await sim.sleep(0)
        await create(shared)

    async def script(sim: Session) -> None:
        shared = client(sim, "one")
        await gather([late(sim, shared), late(sim, shared)])

    assert found(script) == ["run#1 and run#2 share client one"]


def test_one_client_is_not_shared_where_all_its_calls_are_made_before_any_choice() -> None:
    async def script(sim: Session) -> None:
        shared = client(sim, "one")
        await gather([create(shared), create(shared)])

    assert found(script) == []


def test_one_client_is_shared_where_both_go_on_with_it() -> None:
    async def twice(shared: Any) -> None:
        await create(shared)
        await create(shared)

    async def script(sim: Session) -> None:
        shared = client(sim, "one")
        await gather([twice(shared), twice(shared)])

    assert found(script) in (["run#1 and run#2 share client one"], ["run#2 and run#1 share client one"])


def test_a_parent_that_goes_on_beside_its_children_may_meet_them() -> None:
    async def script(sim: Session) -> None:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(sim.sleep, "1s")
            await sim.sleep("2s")

    (told,) = found(script)
    assert told.endswith("goes on beside the scripts that it spawned")


# -- what is held


def test_a_name_that_is_not_bound_yet_and_what_is_no_coroutine_hold_nothing() -> None:
    def outer() -> Callable[[], Awaitable[object]]:
        async def inner() -> object:
            return later  # bound below, when this was made already

        held = inner()
        assert held_by(held) == {}
        held.close()
        later: list[int] = []
        return inner

    outer()
    closed = create(None)
    closed.close()
    assert held_by(closed) == {}
    not_one: Any = object()
    assert held_by(not_one) == {}
