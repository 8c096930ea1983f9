"""What always holds of a map of addresses, checked from scratch.

For tests and audits: the incremental numbers of ``SpaceMap`` against a recount, in the habit of sortedcontainers'
``_check``. Price: one walk over the block (a sparse one: over what is not free).
"""

from collections import Counter

from cloudsim.ipam.space import SpaceMap
from cloudsim.ipam.sparse import SparseArray, SparseStates
from cloudsim.ipam.states import State


def check_map(truth: SpaceMap) -> None:
    """Assert that counters, busy numbers, queue and reservations agree with the state of every address."""
    states, obstacles = _recount(truth)
    counts = truth.counts()
    assert counts.size == truth.size, "every address is in one state"
    assert counts.free == truth.size - sum(states.values()), "free counts what has no other state"
    assert counts.used == states[State.USED], "used counts what is used"
    assert counts.reserved == states[State.RESERVED], "the reserved ends never change"
    assert counts.in_prefix == states[State.IN_PREFIX], "in_prefix counts what was given away in blocks"
    assert counts.set_aside == states[State.SET_ASIDE], "set_aside counts what waits for a prefix"
    assert counts.cooling == states[State.COOLING], "cooling counts what cools"
    busy = truth.busy.items() if isinstance(truth.busy, SparseArray) else enumerate(truth.busy)
    assert {block: count for block, count in busy if count} == obstacles, "a block is as busy as it has obstacles"
    _check_queue(truth)


def _recount(truth: SpaceMap) -> tuple[Counter[int], Counter[int]]:
    """Count the addresses by state (free ones left out), and by block those that stand in the way of a prefix."""
    states: Counter[int] = Counter()
    obstacles: Counter[int] = Counter()
    bits = truth.block_bits
    if isinstance(truth.state, SparseStates):
        entries = [(offset >> bits, state, 1) for offset, state in truth.state.addresses.items()]
        entries += [(block, state, 1 << bits) for block, state in truth.state.blocks.items()]
    else:
        entries = [(offset >> bits, state, 1) for offset, state in enumerate(truth.state) if state]
    for block, state, length in entries:
        states[state] += length
        if state != State.SET_ASIDE:
            obstacles[block] += length
    return states, obstacles


def _check_queue(truth: SpaceMap) -> None:
    assert sum(length for _, _, length in truth.queue) == truth.cooling, "all that cools is in the queue"
    due_times = [due_ns for due_ns, _, _ in truth.queue]
    assert due_times == sorted(due_times), "what was released first is due first"
    for _, offset, _ in truth.queue:
        assert truth.state[offset] == State.COOLING, "only what cools is in the queue"
