"""Layers show what plain tables would, however many lie on each other, and leave what is below as it is."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sortedcontainers import SortedList

from cloudsim.resources.journal import Journal
from cloudsim.resources.layers import DEEPEST, Layer, LayerSet, Serials
from cloudsim.resources.ledger import Ledger
from cloudsim.resources.throttle import Throttle, Throttling

keys = st.integers(0, 9)
acts = st.one_of(
    st.tuples(st.sampled_from(["put", "take", "look", "get"]), keys),
    st.tuples(st.sampled_from(["lay over", "lay over", "walk"]), st.just(0)),
)


class Thing:
    """Something that changes."""

    def __init__(self, number: int) -> None:
        self.number = number

    def copy(self) -> "Thing":
        return Thing(self.number)


@settings(max_examples=150, deadline=None)
@given(start=st.lists(keys, unique=True), wanted=st.lists(acts, max_size=60))
def test_a_layer_is_a_table(start: list[int], wanted: list[tuple[str, int]]) -> None:
    table: dict[int, Thing] = {key: Thing(key) for key in start}
    model = dict.fromkeys(start, 0)
    for key in start:
        model[key] = key
    frozen: list[tuple[dict[int, Thing], dict[int, int]]] = []
    for number, (verb, key) in enumerate(wanted):
        if verb == "put":
            table[key], model[key] = Thing(number), number
        elif verb == "take":
            if key in model:
                del table[key], model[key]
            else:
                with pytest.raises(KeyError):
                    del table[key]
        elif verb == "look" and key in model:
            table[key].number = model[key] = 100 + number
        elif verb == "look":
            with pytest.raises(KeyError):
                table[key]
        elif verb == "get":
            found = table.get(key)
            assert (None if found is None else found.number) == model.get(key)
        elif verb == "lay over":
            frozen.append((table, dict(model)))
            table = Layer(table, Thing.copy)
            assert table.depth <= DEEPEST + 1
        else:
            assert [(one, thing.number) for one, thing in table.items()] == list(model.items())
        assert (key in table, len(table), bool(table)) == (key in model, len(model), bool(model))
    assert [thing.number for thing in table.values()] == list(model.values())
    assert list(table) == list(table.keys()) == list(model)
    for below, as_it_was in frozen:
        assert {one: thing.number for one, thing in below.items()} == as_it_was


@settings(max_examples=100, deadline=None)
@given(start=st.sets(keys), wanted=st.lists(acts, max_size=60))
def test_a_layered_set_is_a_set(start: set[int], wanted: list[tuple[str, int]]) -> None:
    things, model = set(start), set(start)
    frozen: list[tuple[set[int], set[int]]] = []
    for verb, key in wanted:
        if verb == "put":
            things.add(key)
            model.add(key)
        elif verb == "take" and key in model:
            things.remove(key)
            model.remove(key)
        elif verb == "take":
            with pytest.raises(KeyError):
                things.remove(key)
        elif verb == "lay over":
            frozen.append((things, set(model)))
            things = LayerSet(things)
        assert (key in things, len(things)) == (key in model, len(model))
        assert things == model
        assert (things != model) is False
    for below, as_it_was in frozen:
        assert all(key in below for key in as_it_was)
        assert len(below) == len(as_it_was)


@settings(max_examples=100, deadline=None)
@given(
    start=st.sets(st.integers(0, 40)),
    wanted=st.lists(st.tuples(st.sampled_from(["add", "remove", "lay over"]), st.integers(0, 40)), max_size=40),
    place=st.integers(0, 45),
    size=st.integers(0, 10),
)
def test_layered_serials_are_a_sorted_list(
    start: set[int], wanted: list[tuple[str, int]], place: int, size: int
) -> None:
    below: Any = SortedList(start)
    serials, model = Serials(below), SortedList(start)
    for verb, serial in wanted:
        if verb == "lay over":
            serials = Serials(serials)
        elif verb == "add" and serial not in model:
            serials.add(serial)
            model.add(serial)
        elif verb == "remove" and serial in model:
            serials.remove(serial)
            model.remove(serial)
    assert list(serials) == list(model)
    assert serials[place : place + size] == list(model[place : place + size])
    assert list(serials.irange(place)) == list(model.irange(place, inclusive=(False, True)))
    assert list(below) == sorted(start)


def test_what_is_no_way_to_change_a_table_is_refused() -> None:
    layer = Layer({1: Thing(1)}, Thing.copy)
    changes: list[Any] = [layer.clear, layer.popitem, layer.update, layer.setdefault, layer.pop, layer.copy]
    for change in changes:
        with pytest.raises(AssertionError, match="thing by thing"):
            change()
    with pytest.raises(AssertionError, match="membership only"):
        list(LayerSet({1}))
    assert layer != {}
    assert layer == dict(layer.items())


def test_what_was_taken_out_below_is_not_there_above_and_may_come_back() -> None:
    layer = Layer({1: Thing(1), 2: Thing(2)}, Thing.copy)
    del layer[1]
    above = Layer(layer, Thing.copy)
    for table in (layer, above):
        with pytest.raises(KeyError):
            table[1]
    things = LayerSet({1})
    things.remove(1)
    things.add(1)
    assert 1 in things
    serials = Serials(SortedList([1, 2]))
    serials.remove(1)
    serials.add(1)
    assert list(serials) == [1, 2]


def test_joined_layers_show_things_as_they_are() -> None:
    thing = Thing(1)
    assert Layer({1: thing}, Thing.copy).joined()[1] is thing


def test_a_meter_that_no_call_has_met_refuses_nobody() -> None:
    meter = Throttle(Throttling(), Ledger(Journal())).meter_of("calls:acme", 1)
    with pytest.raises(AssertionError, match="counted by nobody"):
        meter.refusal(0, 1)
