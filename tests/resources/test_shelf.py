"""The shelf: pages in the order of birth, whatever came and went in which order."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudsim.resources.shelf import Shelf


@dataclass(frozen=True)
class Thing:
    """A thing that is nothing but born."""

    serial: int


MANY: Final = 200


def filled(serials: Sequence[int]) -> Shelf[Thing]:
    shelf: Shelf[Thing] = Shelf()
    for serial in serials:
        shelf.add(Thing(serial))
    return shelf


def serials(things: Sequence[Thing]) -> list[int]:
    return [thing.serial for thing in things]


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.integers(0, MANY)),
        st.tuples(st.just("append"), st.integers(1, 3)),
        st.tuples(st.just("remove"), st.integers(0, MANY)),
        st.tuples(st.just("thin out"), st.integers(2, 9)),
        st.tuples(st.just("page"), st.integers(0, MANY)),
        st.tuples(st.just("page after"), st.integers(-1, MANY)),
        st.tuples(st.just("walk"), st.just(0)),
    ),
    max_size=40,
)


@given(beginning=st.integers(0, MANY), steps=STEPS, size=st.integers(1, 30))
def test_a_shelf_is_a_sorted_list(beginning: int, steps: list[tuple[str, int]], size: int) -> None:
    things = {serial: Thing(serial) for serial in range(0, beginning, 2)}
    shelf: Shelf[Thing] = Shelf()
    for thing in things.values():
        shelf.add(thing)
    for step, number in steps:
        born = sorted(things)
        if step == "append" or (step == "add" and number not in things):
            serial = number if step == "add" else max(born, default=0) + number
            things[serial] = Thing(serial)
            shelf.add(things[serial])
        elif step == "remove" and born:
            shelf.remove(things.pop(born[number % len(born)]))
        elif step == "thin out":
            for serial in born[::number]:
                shelf.remove(things.pop(serial))
        elif step == "page":
            assert serials(shelf.page(number, size)) == born[number : number + size]
        elif step == "page after":
            assert serials(shelf.page_after(number, size)) == [serial for serial in born if serial > number][:size]
        assert len(shelf) == len(things)
    assert serials(list(shelf)) == sorted(things)


def test_a_shelf_that_only_grows_has_its_first_pages_without_being_sorted() -> None:
    shelf = filled(range(MANY))
    assert serials(shelf.page(0, 3)) == [0, 1, 2]
    assert serials(shelf.page(64, 2)) == [64, 65]
    assert serials(shelf.page_after(-1, 2)) == [0, 1]
    assert shelf._in_order is None


def test_a_page_from_the_middle_sorts_the_shelf_once_and_for_all() -> None:
    shelf = filled(range(MANY))
    assert serials(shelf.page(65, 2)) == [65, 66]
    in_order = shelf._in_order
    shelf.add(Thing(MANY))
    assert serials(shelf.page_after(MANY - 2, 5)) == [MANY - 1, MANY]
    assert shelf._in_order is in_order is not None


def test_whatever_comes_out_of_order_is_put_in_its_place() -> None:
    shelf = filled([3, 5, 1])
    shelf.remove(shelf.page(1, 1)[0])
    shelf.add(Thing(4))
    assert serials(list(shelf)) == [1, 4, 5]


def test_what_comes_back_lies_where_it_lay() -> None:
    shelf = filled(range(5))
    newest, oldest = shelf.page(4, 1)[0], shelf.page(0, 1)[0]
    shelf.remove(newest)
    shelf.add(newest)
    assert shelf._in_order is None
    shelf.remove(oldest)
    shelf.add(oldest)
    assert serials(list(shelf)) == [0, 1, 2, 3, 4]


def test_a_first_page_does_not_walk_over_what_was_taken_out_before_it() -> None:
    """It once did so at each reading, until more was taken out than was left."""
    shelf = filled(range(1000))
    for thing in list(shelf)[:400]:
        shelf.remove(thing)
    assert serials(shelf.page(0, 2)) == [400, 401]
    assert shelf._in_order is not None


def test_a_shelf_from_which_most_was_taken_out_is_laid_anew() -> None:
    shelf = filled(range(1000))
    for thing in list(shelf)[:800]:
        shelf.remove(thing)
    assert shelf._gaps < 800
    assert serials(list(shelf)) == list(range(800, 1000))


def test_only_the_thing_itself_lies_on_a_shelf() -> None:
    shelf = filled([1])
    (thing,) = shelf
    assert thing in shelf
    assert Thing(1) not in shelf
    assert "thing" not in shelf


def test_a_thing_lies_on_a_shelf_once() -> None:
    shelf = filled([1])
    with pytest.raises(AssertionError, match="lies on a shelf once"):
        shelf.add(Thing(1))


def test_what_is_not_there_cannot_be_taken_off() -> None:
    with pytest.raises(KeyError):
        filled([1]).remove(Thing(2))
