"""The truth: sparse arrays answer as a bytearray would, and the check finds every lie."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cloudsim.ipam.edge import AddressSpace
from cloudsim.ipam.policies.lowest_first import LowestFirst
from cloudsim.ipam.policies.next_fit import NextFit
from cloudsim.ipam.policies.prefixes import BestFitPrefix, LowestPrefix, UniformPrefix
from cloudsim.ipam.policies.protocol import Policy, PrefixPolicy
from cloudsim.ipam.policies.registry import POLICIES
from cloudsim.ipam.pool import Pool
from cloudsim.ipam.space import Ends, SpaceMap
from cloudsim.ipam.sparse import SparseArray, SparseStates
from cloudsim.ipam.states import State

LENGTH = 40


@given(st.lists(st.tuples(st.integers(0, LENGTH - 1), st.integers(0, 3)), max_size=120), st.booleans())
def test_a_sparse_array_answers_as_a_bytearray_does(writes: list[tuple[int, int]], is_searched: bool) -> None:
    sparse, dense = SparseArray(LENGTH), bytearray(LENGTH)
    for index, value in writes:
        sparse[index] = value
        dense[index] = value
        if is_searched:
            assert [sparse.find(0, start) for start in range(LENGTH)] == [
                dense.find(0, start) for start in range(LENGTH)
            ]
    for twin in (sparse, sparse.copy()):
        assert [twin[index] for index in range(LENGTH)] == list(dense)
        assert list(twin.items()) == [(index, value) for index, value in enumerate(dense) if value]
        assert twin.find(0) == dense.find(0)
        for start, end in ((0, LENGTH), (5, 20), (20, 20), (30, 35)):
            assert twin.count(0, start, end) == dense.count(0, start, end)
            assert twin.find(0, start, end) == dense.find(0, start, end)


def test_a_copy_of_a_sparse_array_is_its_own() -> None:
    array = SparseArray(9)
    array[3] = 1
    copy = array.copy()
    copy[3] = 0
    copy[4] = 2
    assert (list(array.items()), list(copy.items())) == ([(3, 1)], [(4, 2)])


def test_a_sparse_array_searches_and_counts_only_zeroes() -> None:
    with pytest.raises(AssertionError):
        SparseArray(9).find(1)
    with pytest.raises(AssertionError):
        SparseArray(9).count(1, 0, 9)


@given(
    singles=st.dictionaries(st.integers(0, LENGTH - 1), st.integers(1, 3), max_size=LENGTH),
    wholes=st.sets(st.integers(0, LENGTH // 4 - 1)),
)
def test_sparse_states_answer_as_a_bytearray_does(singles: dict[int, int], wholes: set[int]) -> None:
    sparse, dense = SparseStates(LENGTH, 2), bytearray(LENGTH)
    for offset, state in singles.items():
        if offset >> 2 not in wholes:
            sparse[offset] = dense[offset] = state
    for block in sorted(wholes):
        sparse.fill(block, State.IN_PREFIX)
        dense[block * 4 : block * 4 + 4] = bytes([State.IN_PREFIX] * 4)
    for twin in (sparse, sparse.copy()):
        assert [twin[offset] for offset in range(LENGTH)] == list(dense)
        for stop in (0, 5, 17, LENGTH):
            assert [twin.find(0, x, stop) for x in range(LENGTH + 1)] == [
                dense.find(0, x, stop) for x in range(LENGTH + 1)
            ]
        free = [offset for offset in range(LENGTH) if not dense[offset]]
        assert [twin.nth_free(index) for index in range(len(free))] == free
        for state in (State.USED, State.RESERVED):
            assert list(twin.offsets(state)) == [offset for offset in range(LENGTH) if dense[offset] == state]


@pytest.mark.parametrize(
    ("make", "choice"),
    [(LowestFirst, LowestPrefix), (NextFit, BestFitPrefix), (NextFit, lambda: UniformPrefix(1))],
    ids=["lowest", "best-fit", "uniform"],
)
@settings(max_examples=40)
@given(calls=st.lists(st.tuples(st.sampled_from("aaarpqxs"), st.integers(0, 1 << 16)), min_size=30, max_size=90))
def test_a_sparse_map_hands_out_exactly_what_a_dense_one_does(
    make: Callable[[], Policy], choice: Callable[[], PrefixPolicy], calls: list[tuple[str, int]]
) -> None:
    size, bits = 64, 3
    hands = []
    for is_sparse in (False, True):
        truth, policy, prefixes_of, hand = SpaceMap(size, bits, Ends(1, 3), sparse=is_sparse), make(), choice(), []
        policy.build(truth, range(size))
        for call, number in calls:
            used, prefixes = list(truth.used_offsets()), list(truth.prefix_offsets())
            if call == "a" and truth.free:
                hand.append(policy.pick(truth))
                truth.occupy(hand[-1])
            elif call == "r" and used:
                truth.vacate(used[number % len(used)])
            elif call == "x" and prefixes:
                truth.vacate_block(prefixes[number % len(prefixes)] >> bits)
            elif call in "pq":
                first = number % 8
                block = prefixes_of.choose(truth, range(first, 8) if call == "p" else truth.whole)
                hand.append(block)
                if block >= 0:
                    truth.occupy_block(block)
            elif call == "s" and truth.count_whole(range(3, 4)) and not truth.spans:
                truth.set_span_aside(range(3, 4))
        hands.append((hand, used_and_free(truth)))
    assert hands[0] == hands[1]


def used_and_free(truth: SpaceMap) -> tuple[list[int], list[int]]:
    return list(truth.used_offsets()), [offset for offset in range(truth.size) if not truth.state[offset]]


@given(calls=st.lists(st.tuples(st.sampled_from("trpx"), st.integers(0, 255)), max_size=60))
def test_every_policy_has_the_same_addresses_free_after_the_same_named_calls(calls: list[tuple[str, int]]) -> None:
    pools = [Pool(AddressSpace.parse("10.0.0.0/25"), seed=1, policy=policy) for policy in POLICIES]
    outcomes = []
    for pool in pools:
        for call, number in calls:
            used, prefixes = list(pool.used_offsets()), list(pool.prefix_offsets())
            if call == "t" and pool.is_free(number % 128, 0):
                pool.take(number % 128, 0)
            elif call == "r" and used:
                pool.release(used[number % len(used)], 0)
            elif call == "p" and number // 16 % 8 not in {offset // 16 for offset in [0, 127, *used, *prefixes]}:
                pool.take_prefix(number // 16 % 8 * 16, 0)
            elif call == "x" and prefixes:
                pool.release_prefix(prefixes[number % len(prefixes)], 0)
        outcomes.append([pool.state_of(offset, 0) for offset in range(128)])
    assert outcomes == [outcomes[0]] * len(POLICIES)


def lie_about_free(truth: SpaceMap) -> None:
    truth.free -= 1


def lie_about_cooling(truth: SpaceMap) -> None:
    truth.cooling += 1


def lie_about_prefixes(truth: SpaceMap) -> None:
    truth.in_prefix += 16
    truth.free -= 16


def lie_about_what_is_set_aside(truth: SpaceMap) -> None:
    truth.set_aside += 1
    truth.free -= 1


def lie_about_the_ends(truth: SpaceMap) -> None:
    truth.state[0] = State.USED


def lie_about_a_block(truth: SpaceMap) -> None:
    truth.busy[1] = 3


def forget_what_cools(truth: SpaceMap) -> None:
    truth.queue.clear()


def cool_what_is_used(truth: SpaceMap) -> None:
    due_ns, _, length = truth.queue.pop()
    truth.queue.append((due_ns, next(truth.used_offsets()), length))


def cool_out_of_order(truth: SpaceMap) -> None:
    truth.queue.reverse()


@pytest.mark.parametrize("cidr", ["10.0.0.0/25", "2001:db8::/77"])
@pytest.mark.parametrize(
    "lie",
    [lie_about_free, lie_about_cooling, lie_about_prefixes, lie_about_what_is_set_aside, lie_about_the_ends,
     lie_about_a_block, forget_what_cools, cool_what_is_used, cool_out_of_order],
)  # fmt: skip
def test_the_check_finds_every_lie(cidr: str, lie: Callable[[SpaceMap], None]) -> None:
    pool = Pool(AddressSpace.parse(cidr), seed=1, cool_ns=9)
    for now_ns, offset in enumerate(pool.allocate_many(5, 0)[:3]):
        pool.release(offset, now_ns)
    pool.check()
    lie(pool._truth)
    with pytest.raises(AssertionError):
        pool.check()


def test_the_check_finds_an_index_that_differs_from_the_truth() -> None:
    for damage in ("drop", "put"):
        pool = Pool(AddressSpace.parse("10.0.0.0/28"), seed=1)
        offset = pool.allocate(0)
        getattr(pool._policy, damage)(offset if damage == "put" else next(x for x in range(1, 13) if x != offset))
        with pytest.raises(AssertionError):
            pool.check()
    pool = Pool(AddressSpace.parse("10.0.0.0/28"), seed=1, policy="next-fit")
    pool.allocate(0)
    policy = pool._policy
    assert isinstance(policy, NextFit)
    policy.cursor = 17
    with pytest.raises(AssertionError, match="the cursor"):
        pool.check()


def test_a_map_moves_only_whole_blocks_as_a_block() -> None:
    truth = SpaceMap(64, 4, Ends(1, 3), sparse=False)
    truth.occupy(16)
    with pytest.raises(AssertionError, match="a whole block is free"):
        truth.occupy_block(1)
