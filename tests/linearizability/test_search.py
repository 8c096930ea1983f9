"""The search against a naive one that tries every order, on registers and on histories of any shape."""

from collections.abc import Sequence
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudsim.linearizability.observed import Observed
from cloudsim.linearizability.part import Object, Part, unmoved
from cloudsim.linearizability.search import search
from tests.small_world import a_delete

Op = tuple[str, int, int, int, bool]
"""Kind (write, read, or add one), value, departure, length, and whether the outcome is unknown."""


def part_of(op: Op, place: int) -> Part[int]:
    kind, value, invoked, length, is_lost = op
    departure = invoked * 100 + place
    call = Observed(
        call=f"c/{place}",
        caller="c",
        request=a_delete("eni-1"),
        account="acme",
        invoked=departure,
        answered=None if is_lost else departure + length * 100 + 50,
    )

    def step(state: int) -> tuple[int, ...]:
        if kind == "write":
            return (value,)
        if kind == "add":
            return (state + 1, state + 2)[:value] if value else (state + 1,)
        return (state,) if state == value else ()

    return Part(
        call=call,
        step=step,
        said=f"{kind} {value}",
        against=str,
        only_reads=kind == "read",
        is_optional=is_lost,
        effect=(kind, value) if is_lost else None,
    )


def ticks(state: int) -> tuple[int, ...]:
    """What ticks by itself, from 2 to 3."""
    return (2, 3) if state == 2 else (state,)


def naive(parts: Sequence[Part[int]], idle: bool) -> bool:
    """Try every order of every choice of the optional parts."""
    for chosen in range(1 << len(parts)):
        taken = [part for place, part in enumerate(parts) if chosen >> place & 1 or not part.is_optional]
        for order in permutations(taken):
            if not all(
                later.call.answered is None or later.call.answered > earlier.call.invoked
                for place, earlier in enumerate(order)
                for later in order[place + 1 :]
            ):
                continue
            states = {0}
            for part in order:
                states = {
                    end
                    for state in states
                    for before in (ticks(state) if idle else (state,))
                    for end in part.step(before)
                }
            if states:
                return True
    return False


operations = st.tuples(
    st.sampled_from(["write", "read", "read", "add"]),
    st.integers(0, 3),
    st.integers(0, 5),
    st.integers(0, 4),
    st.booleans().map(bool),
)


@given(st.lists(operations, max_size=5), st.booleans())
def test_an_order_is_found_where_there_is_one_and_nowhere_else(history: list[Op], idle: bool) -> None:
    parts = [part_of(op, place) for place, op in enumerate(history)]
    thing = Object(key="register", start=0, parts=parts, idle=ticks if idle else unmoved, tell=str)
    found = search(thing)
    assert found.is_complete
    assert found.is_explained == naive(parts, idle)
    _holds(found.prefix, found.state, idle)
    assert found.is_explained or found.blocked


def _holds(order: Sequence[Part[int]], end: int, idle: bool) -> None:
    """What is said to be an order is one, and keeps real time."""
    for place, earlier in enumerate(order):
        for later in order[place + 1 :]:
            assert later.call.answered is None or later.call.answered > earlier.call.invoked
    states = {0}
    for part in order:
        states = {
            one for state in states for before in (ticks(state) if idle else (state,)) for one in part.step(before)
        }
    assert end in states


@pytest.mark.parametrize("readers", [10, 1000])
def test_reads_cost_a_step_each_however_many_run_at_once(readers: int) -> None:
    history: list[Op] = [("write", 1, 0, 900, False), *[("read", place % 2, 1, 900, False) for place in range(readers)]]
    parts = [part_of(op, place) for place, op in enumerate(history)]
    found = search(Object(key="register", start=0, parts=parts, idle=unmoved, tell=str))
    assert found.is_explained
    assert found.steps < readers * readers + 10 * readers


def test_unknown_outcomes_that_do_the_same_are_tried_once() -> None:
    history: list[Op] = [("write", 1, 0, 0, True) for _ in range(40)]
    history.append(("read", 2, 9, 0, False))
    parts = [part_of(op, place) for place, op in enumerate(history)]
    found = search(Object(key="register", start=0, parts=parts, idle=unmoved, tell=str))
    assert not found.is_explained
    assert found.is_complete
    assert found.steps < 1000
