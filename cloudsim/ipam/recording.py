"""Recording: a pool as plain values, and the same pool made of them again, which hands out the same addresses.

The truth is recorded as it is, and what is counted from it is counted anew. A policy's index could be rebuilt from the
truth, but not the order that its history gave it (who was freed first, where the cursor stands, the generator), so it
is recorded attribute by attribute: whole numbers, ranges, arrays, and policies inside of policies. A policy of any
other make is refused by an assertion, and gets its kind of value here.

Arrays of offsets are written as 16 bits each, the low byte first, whatever the machine: a vSwitch is a /16 at most.
A pool that was never used costs its seed.
"""

import sys
from array import array
from collections import Counter, deque
from typing import Annotated, Any, Final, Literal, TypeAlias

import msgspec

from cloudsim.ipam.edge import AddressSpace, Family
from cloudsim.ipam.policies.numbers import natural
from cloudsim.ipam.policies.protocol import Policy, PrefixPolicy
from cloudsim.ipam.policies.registry import POLICIES, PREFIX_POLICIES
from cloudsim.ipam.pool import Pool
from cloudsim.ipam.space import Ends, SpaceMap
from cloudsim.ipam.sparse import SparseArray, SparseStates
from cloudsim.ipam.states import State

_LARGEST: Final = (1 << 64) - 1
"""The largest whole number of MessagePack."""
_BLOCK_MAX: Final = 1 << 16
"""The addresses of the largest IPv4 block, so that all offsets have 16 bits."""
_SHARED: Final = 1 << 10
"""Lists of offsets below this share their integers, as the policies' own do."""


Natural: TypeAlias = Annotated[int, msgspec.Meta(ge=0)]


class Span(msgspec.Struct, array_like=True, tag="range"):
    """A range."""

    start: int
    last: int
    """Before the stop, which may be 2**64."""


class Large(msgspec.Struct, array_like=True, tag="large"):
    """A whole number that may be beyond 64 bits, as text."""

    text: str


class Numbers(msgspec.Struct, array_like=True, tag="numbers"):
    """A list of whole numbers below 2**16, or an array of them."""

    typecode: Literal["", "H", "L"]
    """Of the array; empty for a list."""
    data: bytes


class Octets(msgspec.Struct, array_like=True, tag="bytes"):
    """An array of bytes."""

    data: bytes


class Inner(msgspec.Struct, array_like=True, tag="policy"):
    """A policy inside of a policy, by its attributes."""

    slots: "dict[str, Slot]"


Slot: TypeAlias = int | Large | Span | Numbers | Octets | Inner | None


class TruthRecord(msgspec.Struct, array_like=True):
    """The states of a block's addresses."""

    state: bytes
    """Of each address, one byte; empty for a sparse map."""
    addresses: tuple[tuple[int, int], ...]
    """Of a sparse map: single addresses and their states."""
    blocks: tuple[tuple[int, int], ...]
    """Of a sparse map: blocks that are in one state as a whole."""
    queue: tuple[tuple[int, int, int], ...]
    """What cools down: due time, first offset, how many."""
    spans: tuple[tuple[int, int], ...]
    """Reservations, the earliest made one first."""


class PoolRecord(msgspec.Struct, array_like=True):
    """A pool."""

    cidr: str
    seed: Natural
    policy: str
    prefix_policy: str
    cool_ns: Natural
    reserved: tuple[Natural, Natural]
    truth: TruthRecord | None
    """None for a pool that was never used, as what follows is empty then."""
    index: dict[str, Slot]
    prefixes: dict[str, Slot]


def record(pool: Pool) -> PoolRecord:
    """Say what a pool is, cool-downs that nobody has ended yet included; the pool is not changed."""
    is_built = pool._built
    return PoolRecord(
        cidr=pool.space.cidr,
        seed=pool._seed,
        policy=pool.policy,
        prefix_policy=pool.prefix_policy,
        cool_ns=pool.cool_ns,
        reserved=(pool.reserved.first, pool.reserved.last),
        truth=_record_truth(pool._truth) if is_built else None,
        index=_record_slots(pool._policy) if is_built else {},
        prefixes=_record_slots(pool._prefixes) if is_built else {},
    )


def restore(said: PoolRecord) -> Pool:
    """Make the pool that a record says.

    Raises:
        ValueError: the record contradicts itself, so that no pool can have been like that.
    """
    space = AddressSpace.parse(said.cidr)
    _check(said, space)
    pool = Pool(
        space,
        seed=said.seed,
        policy=said.policy,
        prefix_policy=said.prefix_policy,
        cool_ns=said.cool_ns,
        reserved=Ends(*said.reserved),
    )
    if said.truth is not None:
        pool._truth = SpaceMap.of(pool.space, pool.reserved)
        _restore_truth(pool._truth, said.truth)
        pool._policy = POLICIES[pool.policy].make(said.seed, sparse=pool.space.family is Family.IPV6)
        _restore_slots(pool._policy, said.index)
        pool._prefixes = PREFIX_POLICIES[pool.prefix_policy](said.seed)
        _restore_slots(pool._prefixes, said.prefixes)
        pool._built = pool._own = True
    return pool


def _check(said: PoolRecord, space: AddressSpace) -> None:
    """Refuse what no pool is made of."""
    if said.policy not in POLICIES or (space.family is Family.IPV6 and POLICIES[said.policy].sparse is None):
        raise ValueError(f"there is no policy {said.policy!r} of {space.family} addresses")
    if said.prefix_policy not in PREFIX_POLICIES:
        raise ValueError(f"there is no prefix policy {said.prefix_policy!r}")
    if sum(said.reserved) > space.size or (space.family is Family.IPV4 and space.size > _BLOCK_MAX):
        raise ValueError(f"no vSwitch has the block {said.cidr} with {sum(said.reserved)} addresses reserved")


# -- the truth


def _record_truth(truth: SpaceMap) -> TruthRecord:
    state = truth.state
    queue, spans = tuple(truth.queue), tuple((span.start, span.stop) for span in truth.spans)
    if isinstance(state, SparseStates):
        singles, wholes = tuple(state.addresses.items()), tuple(state.blocks.items())
        return TruthRecord(state=b"", addresses=singles, blocks=wholes, queue=queue, spans=spans)
    return TruthRecord(state=bytes(state), addresses=(), blocks=(), queue=queue, spans=spans)


def _restore_truth(truth: SpaceMap, said: TruthRecord) -> None:
    """Fill the map of a pool that nothing was taken from."""
    truth.queue = deque(said.queue)
    truth.spans = [range(*span) for span in said.spans]
    if isinstance(truth.state, SparseStates):
        counts = _fill_sparse(truth, truth.state, said)
    else:
        counts = _fill_dense(truth, said.state)
    truth.cooling, truth.in_prefix = counts[State.COOLING], counts[State.IN_PREFIX]
    truth.set_aside = counts[State.SET_ASIDE]
    truth.free = truth.size - counts.total()


def _fill_dense(truth: SpaceMap, states: bytes) -> Counter[int]:
    """Put the states in their places, and count all that are not free."""
    if len(states) != truth.size:
        raise ValueError(f"{len(states)} states cannot be those of {truth.size} addresses")
    truth.state = bytearray(states)
    step = 1 << truth.block_bits
    for block, first in enumerate(range(0, truth.size, step)):
        members = states[first : first + step]
        truth.busy[block] = len(members) - members.count(State.FREE) - members.count(State.SET_ASIDE)
    return Counter({state: states.count(state) for state in State if state is not State.FREE})


def _fill_sparse(truth: SpaceMap, state: SparseStates, said: TruthRecord) -> Counter[int]:
    """Likewise."""
    counts: Counter[int] = Counter()
    truth.busy = SparseArray(state.blocks.length)
    length = 1 << truth.block_bits
    for offset, value in said.addresses:
        state.addresses[offset] = value
        truth.busy[offset >> truth.block_bits] += 1
        counts[value] += 1
    for block, value in said.blocks:
        state.blocks[block] = value
        truth.busy[block] = 0 if value == State.SET_ASIDE else length
        counts[value] += length
    return counts


# -- policies


def _slots(policy: Policy | PrefixPolicy) -> tuple[str, ...]:
    """Name what a policy consists of; all of them are slotted."""
    slots: tuple[str, ...] = type(policy).__slots__  # type: ignore[union-attr]
    return slots


def _record_slots(policy: Policy | PrefixPolicy) -> dict[str, Slot]:
    return {name: _record_slot(getattr(policy, name)) for name in _slots(policy)}


def _record_slot(value: Any) -> Slot:  # noqa: ANN401  an attribute
    if value is None or (isinstance(value, int) and value <= _LARGEST):
        return value
    if isinstance(value, int):
        return Large(str(value))
    if isinstance(value, range):
        return Span(value.start, value.stop - 1)
    if isinstance(value, bytearray):
        return Octets(bytes(value))
    if isinstance(value, list | array):
        data = _little_endian(array("H", value)).tobytes()
        return Numbers("" if isinstance(value, list) else "H" if value.typecode == "H" else "L", data)
    return Inner(_record_slots(value))


def _restore_slots(policy: Policy | PrefixPolicy, said: dict[str, Slot]) -> None:
    if set(said) != set(_slots(policy)):
        raise ValueError(f"{', '.join(said)} are not what {type(policy).__name__} consists of")
    for name, value in said.items():
        if isinstance(value, Inner):
            _restore_slots(getattr(policy, name), value.slots)
        else:
            setattr(policy, name, _restore_slot(value))


def _restore_slot(value: Slot) -> object:
    if isinstance(value, Large):
        return int(value.text)
    if isinstance(value, Span):
        return range(value.start, value.last + 1)
    if isinstance(value, Octets):
        return bytearray(value.data)
    if isinstance(value, Numbers):
        numbers = array("H")
        numbers.frombytes(value.data)
        numbers = _little_endian(numbers)
        if value.typecode:
            return numbers if value.typecode == "H" else array(value.typecode, numbers)
        shared = natural(_SHARED)
        return [shared[number] if number < _SHARED else number for number in numbers]
    return value


def _little_endian(numbers: "array[int]") -> "array[int]":
    """Turn numbers round on machines that write the high byte first."""
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
