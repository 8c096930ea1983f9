"""The contract of every policy, as one state machine against the naive pool.

Several worlds (a pool and its model) live side by side, made from each other by ``clone`` and changed in turn, so
that a change that shows in another world is found by that world's next comparison. After every step the counters, the
states, the whole blocks and what is held are compared from scratch, in all worlds.
"""

from copy import deepcopy

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from cloudsim.ipam.edge import AddressSpace, Family
from cloudsim.ipam.policies.registry import POLICIES, PREFIX_POLICIES
from cloudsim.ipam.pool import Pool
from cloudsim.ipam.refusals import (
    AddressNotFree,
    AddressReserved,
    NotUsed,
    PoolExhausted,
    PrefixUnavailable,
    Refusal,
)
from cloudsim.ipam.states import State
from tests.ipam.naive import NaivePool
from tests.ipam.oracles import World

BLOCKS = {
    Family.IPV4: ["10.0.0.0/29", "10.0.0.0/28", "10.0.0.64/26", "10.0.0.0/25"],
    Family.IPV6: ["2001:db8::/124", "2001:db8::/121", "2001:db8::/78", "2001:db8::/77"],
}
ANY = st.integers(0, 1 << 20)


class PoolMachine(RuleBasedStateMachine):
    """Everything that can be done to a pool, in any order. Subclasses say which policies, and the family."""

    policies: tuple[str, ...]
    family: Family

    @initialize(
        block=st.integers(0, 3),
        cool_ns=st.sampled_from([0, 0, 3]),
        seed=st.integers(0, (1 << 64) - 1),
        is_eager=st.booleans(),
        choices=st.data(),
    )
    def begin(self, block: int, cool_ns: int, seed: int, is_eager: bool, choices: st.DataObject) -> None:
        space = AddressSpace.parse(BLOCKS[self.family][block])
        policy = choices.draw(st.sampled_from(self.policies))
        prefix_policy = choices.draw(st.sampled_from([None, *PREFIX_POLICIES]))
        pool = Pool(space, seed=seed, policy=policy, prefix_policy=prefix_policy, cool_ns=cool_ns)
        if is_eager:
            pool.check()
        model = NaivePool(space, pool.reserved, cool_ns)
        if policy.endswith("longest-free"):  # in a random order, which has to be found out
            model.history = pool.clone().allocate_many(model.free, 0)
        elif policy.endswith("longest-free-sequential"):
            model.history = list(range(space.size))
        self.worlds = [World(pool, model, seed)]

    @property
    def world(self) -> World:
        """The world whose turn it is: the last."""
        return self.worlds[-1]

    def settled(self) -> tuple[World, Pool, NaivePool, int]:
        world = self.world
        world.model.settle()
        return world, world.pool, world.model, world.model.now_ns

    def offset(self, number: int) -> int:
        candidates = self.offsets_of_interest(self.world.model)
        return candidates[number % len(candidates)]

    @staticmethod
    def offsets_of_interest(model: NaivePool) -> list[int]:
        """Offsets at an end, around a block's edge, or held now."""
        edges = [block * model.block_size + step for block in range(9) for step in (-1, 0, 1)]
        ends = [*range(6), *range(model.size - 10, model.size), *edges]
        return sorted({x for x in ends if 0 <= x < model.size} | model.used)

    def block(self, number: int) -> int:
        return number % (self.world.model.size // self.world.model.block_size) * self.world.model.block_size

    @property
    def has_blocks(self) -> bool:
        return self.world.model.size >= self.world.model.block_size

    # -- time

    @rule(step=st.integers(0, 4))
    def time_passes(self, step: int) -> None:
        self.world.model.now_ns += step

    # -- single addresses

    @rule()
    def allocate(self) -> None:
        world, pool, model, now_ns = self.settled()
        if model.free:
            world.expect_picked(pool.allocate(now_ns))
        else:
            with pytest.raises(PoolExhausted):
                pool.allocate(now_ns)

    @rule(count=st.integers(0, 9))
    def allocate_many(self, count: int) -> None:
        world, pool, model, now_ns = self.settled()
        if model.free >= count:
            for offset in pool.allocate_many(count, now_ns):
                world.expect_picked(offset)
        else:
            with pytest.raises(PoolExhausted) as refusal:
                pool.allocate_many(count, now_ns)
            assert (refusal.value.asked, refusal.value.free) == (count, model.free)

    @rule(number=ANY)
    def take(self, number: int) -> None:
        _, pool, model, now_ns = self.settled()
        offset = self.offset(number)
        state = model.state(offset)
        if state is State.FREE:
            pool.take(offset, now_ns)
            model.used.add(offset)
        elif state is State.RESERVED:
            with pytest.raises(AddressReserved):
                pool.take(offset, now_ns)
        else:
            with pytest.raises(AddressNotFree) as refusal:
                pool.take(offset, now_ns)
            assert refusal.value.state is state

    @rule(number=ANY, is_outside=st.booleans())
    def release(self, number: int, is_outside: bool) -> None:
        _, pool, model, now_ns = self.settled()
        held = sorted(model.used)
        offset = held[number % len(held)] if held and number % 5 else self.offset(number)
        if is_outside and number % 7 == 0:
            offset = -1 if number % 2 else model.size
        if offset in model.used:
            pool.release(offset, now_ns)
            model.release(offset)
        else:
            with pytest.raises(NotUsed):
                pool.release(offset, now_ns)

    # -- prefixes

    @rule(is_bound=st.booleans(), number=ANY, length=st.integers(1, 3))
    def allocate_prefix(self, is_bound: bool, number: int, length: int) -> None:
        world, pool, model, now_ns = self.settled()
        choices = model.prefix_choices()
        within = None
        if is_bound and self.has_blocks:
            start = self.block(number)
            within = range(start, min(start + length * model.block_size, model.size))
            choices = [first for first in model.whole_blocks() if first in within]
        if not choices:
            with pytest.raises(PrefixUnavailable):
                pool.allocate_prefix(now_ns, within=within)
            return
        world.expect_prefix(pool.allocate_prefix(now_ns, within=within), choices)

    @rule(number=ANY)
    def take_prefix(self, number: int) -> None:
        _, pool, model, now_ns = self.settled()
        if not self.has_blocks:
            return
        first = self.block(number)
        if first in model.whole_blocks():
            pool.take_prefix(first, now_ns)
            model.prefixes.add(first)
        else:
            with pytest.raises(PrefixUnavailable):
                pool.take_prefix(first, now_ns)

    @rule(number=ANY)
    def release_prefix(self, number: int) -> None:
        _, pool, model, now_ns = self.settled()
        held = sorted(model.prefixes)
        first = held[number % len(held)] if held and number % 5 else self.offset(number)
        if first in model.prefixes:
            pool.release_prefix(first, now_ns)
            model.release_prefix(first)
        else:
            with pytest.raises(NotUsed):
                pool.release_prefix(first, now_ns)

    @rule(number=ANY, blocks=st.integers(1, 2))
    def reserve_range(self, number: int, blocks: int) -> None:
        _, pool, model, now_ns = self.settled()
        first, length = (self.block(number), blocks * model.block_size) if self.has_blocks else (0, 0)
        if not length or first + length > model.size:
            return
        plain = [block for block in model.whole_blocks() if not model.is_set_aside(block)]
        if all(block in plain for block in range(first, first + length, model.block_size)):
            pool.reserve_range(first, length, now_ns)
            model.spans.append(range(first, first + length))
        else:
            with pytest.raises(PrefixUnavailable):
                pool.reserve_range(first, length, now_ns)

    @rule(number=ANY)
    def release_range(self, number: int) -> None:
        _, pool, model, now_ns = self.settled()
        if not model.spans:
            return
        span = model.spans[number % len(model.spans)]
        if any(first in span for first in model.prefixes):
            with pytest.raises(PrefixUnavailable) as refusal:
                pool.release_range(span.start, len(span), now_ns)
            assert refusal.value.offset == span.start
        else:
            pool.release_range(span.start, len(span), now_ns)
            model.end_span(span)

    # -- leases

    @rule(
        numbers=st.lists(ANY, max_size=3),
        count=st.integers(0, 4),
        prefixes=st.integers(0, 2),
        block_numbers=st.lists(ANY, max_size=2),
        is_kept=st.booleans(),
    )
    def lease(self, numbers: list[int], count: int, prefixes: int, block_numbers: list[int], is_kept: bool) -> None:
        world, pool, model, now_ns = self.settled()
        named = [self.offset(number) for number in numbers]
        firsts = [self.block(number) for number in block_numbers] if self.has_blocks else []
        if not model.can_lease(named, count, prefixes, firsts):
            before = future(pool, now_ns)
            with pytest.raises(Refusal):
                pool.lease(named=named, count=count, prefixes=prefixes, named_prefixes=firsts, now_ns=now_ns)
            assert future(pool, now_ns) == before
            return
        untouched = deepcopy(model)
        with pool.lease(named=named, count=count, prefixes=prefixes, named_prefixes=firsts, now_ns=now_ns) as lease:
            assert list(lease.offsets[: len(named)]) == named
            assert list(lease.prefixes[: len(firsts)]) == firsts
            model.used.update(named)
            model.prefixes.update(firsts)
            for first in lease.prefixes[len(firsts) :]:
                world.expect_prefix(first, model.prefix_choices())
            for offset in lease.offsets[len(named) :]:
                world.expect_picked(offset)
            assert (len(lease.offsets), len(lease.prefixes)) == (len(named) + count, len(firsts) + prefixes)
            self.compare(world)
            if is_kept:
                lease.keep()
        if not is_kept:
            world.model = untouched
            for offset in lease.offsets:
                untouched.note_free(offset, 1)
            for first in lease.prefixes:
                untouched.note_free(first, model.block_size)

    # -- worlds

    @rule()
    def branch(self) -> None:
        if len(self.worlds) < 4:
            self.worlds.append(self.world.clone())

    @rule()
    def let_another_go_on(self) -> None:
        self.worlds.insert(0, self.worlds.pop())

    @rule()
    def restore(self) -> None:
        if len(self.worlds) > 1:
            self.worlds.pop()

    # -- what always holds

    @invariant()
    def all_worlds_are_as_they_should_be(self) -> None:
        for world in getattr(self, "worlds", ()):
            world.pool.check()
            self.compare(world)

    def compare(self, world: World) -> None:
        pool, now_ns = world.pool, world.model.now_ns
        model = deepcopy(world.model)
        model.settle()
        assert pool.counts_at(now_ns) == model.counts()
        assert pool.free_at(now_ns) == model.free
        assert list(pool.used_offsets()) == sorted(model.used)
        assert list(pool.prefix_offsets()) == sorted(model.prefixes)
        assert pool.whole_free_blocks(now_ns) == len(model.whole_blocks())
        for span in model.spans:
            whole = [first for first in model.whole_blocks() if first in span]
            assert pool.whole_free_blocks(now_ns, within=span) == len(whole)
        for offset in self.offsets_of_interest(model):
            assert pool.state_of(offset, now_ns) is model.state(offset)
            assert pool.is_free(offset, now_ns) == (model.state(offset) is State.FREE)
        world.check_draws()
        rebuilt = POLICIES[pool.policy].make(world.seed, sparse=self.family is Family.IPV6)
        rebuilt.build(pool._truth, range(model.size))
        rebuilt.check(pool._truth)


def future(pool: Pool, now_ns: int) -> list[int]:
    """What the pool would hand out next, without making it do so."""
    return pool.clone().allocate_many(min(8, pool.free_at(now_ns)), now_ns)


def machine_of(policies: tuple[str, ...], family: Family) -> type[PoolMachine]:
    """The machine for some policies and a family."""
    return type(f"{policies[0]}-{family}", (PoolMachine,), {"policies": policies, "family": family})
