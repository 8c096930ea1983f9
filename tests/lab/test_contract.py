"""Every allocator keeps the same contract, ours and others', held to it call by call against plain sets."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from cloudsim.ipam.chance import advance, scatter
from cloudsim.lab.allocator import PREFIXES, ground
from cloudsim.lab.contract import ContractBroken, Partner, check_contract
from cloudsim.lab.models.model import BLOCK, Model
from cloudsim.lab.models.sets import Rejection
from tests.lab.conftest import ENTRIES, entry

NUMBER = st.integers(0, 1 << 20)
SLOW = ("ipset-uniform", "ipset-lowest", "neutron-rebuild", "numpy-uniform")


class AllocatorMachine(RuleBasedStateMachine):
    """Calls in any order; the partner compares after each."""

    name: str

    @initialize(length=st.sampled_from([29, 28, 27, 25]), seed=st.integers(0, (1 << 64) - 1))
    def begin(self, length: int, seed: int) -> None:
        self.partner = Partner(entry(self.name), ground(length, seed=seed))

    @rule(count=st.integers(1, 12))
    def allocate(self, count: int) -> None:
        for _ in range(count):
            self.partner.allocate()

    @rule(number=NUMBER)
    def take(self, number: int) -> None:
        self.partner.take(number % self.partner.where.size)

    @rule(number=NUMBER)
    def release_what_is_held(self, number: int) -> None:
        held = list(self.partner.used)
        if held:
            assert self.partner.release(held[number % len(held)])

    @rule(number=NUMBER)
    def release_whatever(self, number: int) -> None:
        self.partner.release(number % self.partner.where.size)

    @rule()
    def allocate_prefix(self) -> None:
        if PREFIXES in self.partner.entry.supports:
            self.partner.allocate_prefix()

    @rule(number=NUMBER)
    def release_prefix(self, number: int) -> None:
        if PREFIXES not in self.partner.entry.supports:
            return
        held = list(self.partner.prefixes)
        blocks = -(-self.partner.where.size // BLOCK)
        self.partner.release_prefix(held[number % len(held)] if held and number % 3 else number % blocks * BLOCK)


def run_machine(name: str, *, examples: int, steps: int) -> None:
    machine = type(f"{name}-machine", (AllocatorMachine,), {"name": name})
    run_state_machine_as_test(
        machine, settings=settings(max_examples=examples, stateful_step_count=steps, deadline=None)
    )


@pytest.mark.parametrize("name", ENTRIES)
def test_every_allocator_keeps_the_contract(name: str) -> None:
    run_machine(name, examples=2 if name in SLOW else 5, steps=25)


@pytest.mark.deep
@pytest.mark.parametrize("name", ENTRIES)
def test_every_allocator_keeps_the_contract_in_long(name: str) -> None:
    run_machine(name, examples=20 if name in SLOW else 150, steps=60)


@pytest.mark.parametrize("name", [name for name in ENTRIES if name not in SLOW])
def test_the_walk_that_a_users_allocator_is_taken_for_finds_nothing_wrong_with_ours_and_others(name: str) -> None:
    check_contract(entry(name), lengths=(28, 26), steps=150)


# -- allocators of one policy


def picks(name: str, policy_steps: int = 120) -> list[object]:
    """What an allocator answers to the same calls."""
    partner = Partner(entry(name), ground(26, seed=11))
    answers: list[object] = []
    draw = 5
    for _ in range(policy_steps):
        draw = advance(draw)
        act, number = scatter(draw, 0, 8), scatter(draw, 1, 1 << 32)
        held = list(partner.used)
        if act < 4:
            answers.append(partner.allocate())
        elif act < 6 and held:
            answers.append(partner.release(held[number % len(held)]))
        else:
            answers.append(partner.take(number % partner.where.size))
    return answers


@pytest.mark.parametrize("policy", ["lowest-first", "next-fit", "longest-free", "longest-free-sequential"])
def test_allocators_of_one_policy_hand_out_the_same_sequence(policy: str) -> None:
    names = [name for name, one in ENTRIES.items() if one.policy == policy]
    assert len(names) > 1
    first = picks(names[0])
    for name in names[1:]:
        assert picks(name) == first, name


def test_those_that_choose_the_nth_free_address_by_one_draw_choose_the_same() -> None:
    names = [name for name in ("numpy-uniform", "pyroaring-uniform", "ipset-uniform") if name in ENTRIES]
    first = picks("sortedlist-uniform")
    for name in names:
        assert picks(name) == first, name


def test_neutrons_window_and_its_rebuilt_set_choose_the_same() -> None:
    assert picks("neutron-window") == picks("neutron-rebuild")


def test_the_same_named_calls_leave_the_same_addresses_free_everywhere() -> None:
    for one in ENTRIES.values():
        partner = Partner(one, ground(27))
        for offset in (3, 7, 7, 0, 31, 20, 15):
            partner.take(offset)
        partner.release(7)
        assert list(partner.used) == [3, 20, 15], one.name


# -- what breaks it is found


class Twice(Rejection):
    """Gives an address twice, sooner or later."""

    __slots__ = ()

    def allocate(self, now_ns: int) -> int:
        offset = super().allocate(now_ns)
        self.used.discard(offset) if offset % 7 == 0 else None
        return offset


class Forgetful(Rejection):
    """Takes back what nobody holds."""

    __slots__ = ()

    def release(self, offset: int, now_ns: int) -> None:
        if offset in self.used:
            super().release(offset, now_ns)


class Greedy(Rejection):
    """Gives away a block that is not whole."""

    __slots__ = ()

    def find_block(self) -> int:
        return 1


class Broken(Rejection):
    """Has a mistake in it."""

    __slots__ = ()

    def take(self, offset: int, now_ns: int) -> None:
        del now_ns
        raise KeyError(offset)


class Miscounting(Rejection):
    """Counts the system's addresses as free."""

    __slots__ = ()

    def free_at(self, now_ns: int) -> int:
        return super().free_at(now_ns) + 4


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (Twice, "held already"),
        (Forgetful, "was done, and it is"),
        (Greedy, "which is no multiple of 16 with 16 free addresses"),
        (Broken, "raised KeyError"),
        (Miscounting, "addresses are free"),
    ],
)
def test_what_breaks_the_contract_is_told_with_the_calls_before(kind: type[Model], words: str) -> None:
    rejection = entry("set-rejection")
    broken = type(rejection)(
        name="mine", policy="own", structure="mine", make=kind, count=kind, supports=rejection.supports
    )
    with pytest.raises(ContractBroken, match=r"^mine breaks the contract of allocators with \d+ addresses: ") as told:
        check_contract(broken)
    assert words in str(told.value)
    assert "before it: " in str(told.value)
