"""Strategies that look for trouble: each gives every ticket once, the same way for the same seed."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cloudsim.errors.own import SettingError
from cloudsim.exploration.naming import caller_of
from cloudsim.exploration.ready import Step
from cloudsim.exploration.strategies.named import Profile, make_strategy, require_strategy, strategy_names
from cloudsim.exploration.strategies.pct import Pct
from cloudsim.exploration.strategies.pos import Pos
from cloudsim.exploration.strategies.surw import Surw, Weights
from cloudsim.exploration.threads import Threads, threads_of
from cloudsim.kernel.actor import NORMAL, Ticket
from cloudsim.kernel.strategy import Strategy
from cloudsim.operations.operation import ANYTHING, Footprint
from cloudsim.resources.ledger import Mode


class Named:
    """An actor that only is."""

    def __init__(self, name: str, footprint: Footprint = ()) -> None:
        self.name = name
        self._footprint = footprint

    def footprint(self) -> Footprint:
        return self._footprint

    def resume(self) -> None: ...


def ticket(serial: int, name: str, footprint: Footprint = ()) -> Ticket:
    return (0, NORMAL, serial, Named(name, footprint))


def drained(strategy: Strategy) -> list[str]:
    names = []
    while len(strategy):
        names.append(strategy.pop()[3].name)
    return names


Make = Callable[[int], Strategy]
MAKES: dict[str, Make] = {
    "pct": lambda seed: Pct(seed, depth=3, steps=10),
    "pos": Pos,
    "surw": lambda seed: Surw(seed, steps={"a": 5, "b": 1}),
}
threads = st.lists(st.sampled_from(["a", "b", "c", "caller/1", "caller/2"]), min_size=1, max_size=12)
FOOTPRINTS: tuple[Footprint, ...] = ((), ANYTHING, (("x", Mode.WRITE),), (("x", Mode.READ),), (("y", Mode.ADD),))
footprints = st.sampled_from(FOOTPRINTS)


@pytest.mark.parametrize("name", MAKES)
@settings(deadline=None)
@given(names=threads, data=st.data(), seed=st.integers(0, 99))
def test_every_ticket_comes_up_once_and_the_same_way_for_the_same_seed(
    name: str, names: list[str], data: st.DataObject, seed: int
) -> None:
    touched = [data.draw(footprints) for _ in names]
    orders = []
    for _ in range(2):
        strategy = MAKES[name](seed)
        for serial, (actor, footprint) in enumerate(zip(names, touched, strict=True)):
            strategy.push(ticket(serial, actor, footprint))
        assert len(strategy) == len(names)
        orders.append(drained(strategy))
    assert orders[0] == orders[1]
    assert sorted(orders[0]) == sorted(names)


@pytest.mark.parametrize("name", MAKES)
def test_different_seeds_give_different_orders(name: str) -> None:
    orders = set()
    for seed in range(20):
        strategy = MAKES[name](seed)
        for serial, actor in enumerate("abcdef"):
            strategy.push(ticket(serial, actor))
        orders.add("".join(drained(strategy)))
    assert len(orders) > 5


def test_calls_of_one_caller_one_after_the_other_are_one_thread_and_those_at_the_same_time_several() -> None:
    threads = Threads()
    assert [threads.push(name) for name in ("client-1/1", "client-1/2", "worker#3")] == [
        "client-1", "client-1~2", "worker#3",
    ]  # fmt: skip
    assert threads.pop("client-1/1") == "client-1"
    assert threads.push("client-1/3") == "client-1"
    assert caller_of("client-1/17") == "client-1"


def test_the_threads_of_a_log_are_those_that_were_given_while_it_ran() -> None:
    def step(key: str, cause: int) -> Step:
        return Step(key, (), key, 1, cause)

    log = [step("a/1", -1), step("a/2", -1), step("a/1", 0), step("a/2", 1), step("a/3", 2), step("b", -1)]
    assert threads_of(log) == {"a/1": "a", "a/2": "a~2", "a/3": "a", "b": "b"}


def two_calls_each(strategy: Strategy) -> str:
    """Let two callers make two calls each, the second one after the first."""
    for serial, actor in enumerate(["a/1", "b/1"]):
        strategy.push(ticket(serial, actor))
    seen = ""
    while len(strategy):
        caller, _, call = strategy.pop()[3].name.partition("/")
        seen += caller
        if call == "1":
            strategy.push(ticket(10 + len(seen), f"{caller}/2"))
    return seen


def test_pct_lets_one_thread_go_on_until_it_has_no_more_to_do() -> None:
    assert {two_calls_each(Pct(seed, depth=1, steps=10)) for seed in range(10)} == {"aabb", "bbaa"}


def test_pct_lets_the_thread_under_way_fall_to_the_bottom_at_a_change() -> None:
    assert {two_calls_each(Pct(seed, depth=2, steps=4)) for seed in range(60)} == {"aabb", "bbaa", "abba", "baab"}


@pytest.mark.parametrize("name", MAKES)
def test_calls_that_one_caller_makes_at_the_same_time_come_in_any_order(name: str) -> None:
    firsts = set()
    for seed in range(40):
        strategy = MAKES[name](seed)
        for serial in range(4):
            strategy.push(ticket(serial, f"client-1/{serial}"))
        firsts.add(strategy.pop()[3].name)
    assert len(firsts) == 4


def test_partial_order_sampling_draws_anew_only_for_rivals() -> None:
    """A step that conflicts with none keeps its priority, so that where it comes does not depend on the others."""
    for seed in range(20):
        places = []
        for rival in ((), (("x", Mode.WRITE),)):
            strategy = Pos(seed)
            for serial, actor in enumerate("abc"):
                strategy.push(ticket(serial, actor, rival))
            places.append(drained(strategy)[0])
        assert places[0] == places[1], "the first choice is made before anybody draws anew"


def test_surw_goes_on_with_long_threads_more_often() -> None:
    first = []
    for seed in range(400):
        strategy = Surw(seed, steps={"long": 9, "short": 1})
        strategy.push(ticket(1, "short"))
        strategy.push(ticket(2, "long"))
        first.append(strategy.pop()[3].name)
    assert 330 < first.count("long") < 390, "about nine in ten"


@given(weights=st.lists(st.integers(0, 9), min_size=1, max_size=20), data=st.data())
def test_weights_are_found_as_by_adding_them_up(weights: list[int], data: st.DataObject) -> None:
    tree = Weights()
    for place, weight in enumerate(weights):
        tree.append()
        tree.set(place, weight + 3)
    for place, weight in enumerate(weights):
        tree.set(place, weight)
    assert tree.total == sum(weights)
    if tree.total:
        number = data.draw(st.integers(0, tree.total - 1))
        sums = [sum(weights[: place + 1]) for place in range(len(weights))]
        assert tree.find(number) == next(place for place, passed in enumerate(sums) if passed > number)


@pytest.mark.parametrize("name", [*strategy_names(), "pct:1", "pct:64"])
def test_every_named_strategy_can_be_made(name: str) -> None:
    for number in range(6):
        strategy = make_strategy(require_strategy(name), 7, number=number, profile=Profile(10, {"a": 3}))
        strategy.push(ticket(1, "a"))
        assert drained(strategy) == ["a"]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("pct:0", "the depth of PCT is 1 to 64, such as pct:3, not '0'"),
        ("pct:x", "the depth of PCT is 1 to 64, such as pct:3, not 'x'"),
        ("sruw", "there is no strategy 'sruw'; did you mean 'surw'"),
        ("pos:2", "there is no strategy 'pos:2'"),
    ],
)
def test_a_name_that_is_none_is_told(name: str, why: str) -> None:
    with pytest.raises(SettingError, match=why):
        require_strategy(name)
