"""The contract of every allocator, as a partner that does the same with plain sets and compares after each call.

What is compared is measured only if it is right. The laws: nothing is handed out twice, in a reserved end, or outside;
an allocation is refused if and only if nothing is free, a named address if and only if it is not free, a release if
and only if it is not held; a prefix is aligned, wholly free before, and had if and only if there is one; the count of
free addresses is right after every call. Policies that promise more are held to it.

The tests drive it by hypothesis; a user's own allocator is taken for a walk of some hundred calls.

Source: ip_pools.md, invariants 1 to 4, 6 and 10.
"""

from collections.abc import Callable
from typing import Any, Final

from cloudsim.errors.own import CloudsimError
from cloudsim.ipam.chance import advance, scatter
from cloudsim.ipam.refusals import Refusal
from cloudsim.lab.allocator import PREFIXES, Ground, ground
from cloudsim.lab.catalogue import Entry
from cloudsim.lab.models.model import BLOCK

_TOLD: Final = 6
"""Calls that are told before one that breaks the contract."""


class ContractBroken(CloudsimError):
    """An allocator did what no allocator may; the text says after which calls."""


class Partner:
    """An allocator, and what it should be.

    Every method makes the call and compares.

    Args:
        entry: the allocator.
        where: the block.
    """

    def __init__(self, entry: Entry, where: Ground) -> None:
        self.entry = entry
        self.where = where
        self.calls: list[str] = []
        self.allocator: Any = self._ask(f"a new one of {where.size} addresses", lambda: entry.count(where))
        ends = where.reserved
        self.free = dict.fromkeys(range(ends.first, where.size - ends.last))
        """What is free, the longest free first."""
        self.used: dict[int, None] = {}
        self.prefixes: dict[int, None] = {}
        self.last = 0
        """Where next-fit goes on."""

    # -- calls

    def allocate(self) -> int | None:
        """Allocate; give the address, or None if there was none."""
        offset = self._ask("allocate()", lambda: self.allocator.allocate(0))
        if offset is None:
            self._law(not self.free, f"refused while {len(self.free)} addresses are free")
        else:
            self._law(offset in self.free, f"gave {offset!r}, {self._what(offset)}")
            expected = self.expected()
            self._law(expected in (None, offset), f"gave {offset} where {self.entry.policy} gives {expected}")
            self._use(offset)
            self.last = offset + 1
        self._count()
        return None if offset is None else int(offset)

    def take(self, offset: int) -> bool:
        """Take a named address; tell whether it was had."""
        done = self._ask(f"take({offset})", lambda: [self.allocator.take(offset, 0)]) is not None
        self._law(done == (offset in self.free), f"was {'done' if done else 'refused'}, and it is {self._what(offset)}")
        if done:
            self._use(offset)
        self._count()
        return done

    def release(self, offset: int) -> bool:
        """Release an address; tell whether it was held."""
        done = self._ask(f"release({offset})", lambda: [self.allocator.release(offset, 0)]) is not None
        self._law(done == (offset in self.used), f"was {'done' if done else 'refused'}, and it is {self._what(offset)}")
        if done:
            del self.used[offset]
            self.free[offset] = None
        self._count()
        return done

    def allocate_prefix(self) -> int | None:
        """Take a whole block; give its first offset, or None if there was none."""
        first = self._ask("allocate_prefix()", lambda: self.allocator.allocate_prefix(0))
        whole = self.whole()
        if first is None:
            self._law(not whole, f"refused while {len(whole)} blocks are free, the first at {whole[:1]}")
        else:
            self._law(first in whole, f"gave {first!r}, which is no multiple of {BLOCK} with {BLOCK} free addresses")
            self.prefixes[first] = None
            for offset in range(first, first + BLOCK):
                del self.free[offset]
        self._count()
        return None if first is None else int(first)

    def release_prefix(self, first: int) -> bool:
        """Release a block; tell whether it was held."""
        done = self._ask(f"release_prefix({first})", lambda: [self.allocator.release_prefix(first, 0)]) is not None
        is_held = first in self.prefixes
        self._law(done == is_held, f"was {'done' if done else 'refused'}, and it {'is' if is_held else 'is not'} held")
        if done:
            del self.prefixes[first]
            self.free.update(dict.fromkeys(range(first, first + BLOCK)))
        self._count()
        return done

    # -- what should be

    def whole(self) -> list[int]:
        """List the blocks that are wholly free, by their first offsets."""
        firsts = range(0, self.where.size - BLOCK + 1, BLOCK)
        return [first for first in firsts if all(offset in self.free for offset in range(first, first + BLOCK))]

    def expected(self) -> int | None:
        """Say what its policy promises to give next; None if it promises nothing that is known here."""
        if self.entry.policy == "lowest-first":
            return min(self.free)
        if self.entry.policy == "next-fit":
            return min((offset for offset in self.free if offset >= self.last), default=min(self.free))
        return next(iter(self.free)) if self.entry.policy == "longest-free-sequential" else None

    def _use(self, offset: int) -> None:
        del self.free[offset]
        self.used[offset] = None

    def _what(self, offset: Any) -> str:  # noqa: ANN401  whatever it gave
        if not isinstance(offset, int) or not 0 <= offset < self.where.size:
            return "no offset of the block"
        if offset in self.free:
            return "free"
        if offset in self.used:
            return "held already"
        inside = any(first <= offset < first + BLOCK for first in self.prefixes)
        return "inside a prefix" if inside else "reserved by the system"

    # -- judging

    def _ask(self, call: str, act: Callable[[], Any]) -> Any:  # noqa: ANN401  whatever it gives
        """Make a call; a refusal is None."""
        self.calls.append(call)
        try:
            return act()
        except Refusal:
            return None
        except CloudsimError:
            raise  # it misses a library, say
        except Exception as error:  # noqa: BLE001  the code may be the user's
            self._law(False, f"raised {type(error).__name__}: {error}")  # noqa: FBT003
        return None

    def _count(self) -> None:
        free = self._ask("free_at()", lambda: self.allocator.free_at(0))
        self._law(free == len(self.free), f"said {free!r}, and {len(self.free)} addresses are free")
        self.calls.pop()

    def _law(self, is_kept: bool, broken: str) -> None:  # noqa: FBT001
        if not is_kept:
            before = "; ".join(self.calls[-_TOLD - 1 : -1]) or "nothing"
            raise ContractBroken(
                f"{self.entry.name} breaks the contract of allocators with {self.where.size} addresses: "
                f"{self.calls[-1]} {broken} (call {len(self.calls)}; before it: {before})"
            )


def check_contract(entry: Entry, *, lengths: tuple[int, ...] = (29, 27, 24), steps: int = 300) -> None:
    """Take an allocator for a walk on blocks of some sizes.

    Raises:
        ContractBroken: it did what it may not.
    """
    for length in lengths:
        partner = Partner(entry, ground(length, seed=length))
        draw = advance(length)
        for step in range(steps):
            draw = advance(draw)
            _step(partner, scatter(draw, 0, 16), scatter(draw, 1, 1 << 32), is_filling=step % 100 < 60)


def _step(partner: Partner, act: int, number: int, *, is_filling: bool) -> None:
    held = list(partner.used)
    if act < (9 if is_filling else 3):
        partner.allocate()
    elif act < 11:
        partner.release(held[number % len(held)] if held else 0)
    elif act < 13:
        partner.take(number % partner.where.size)
    elif act == 13:
        partner.release(number % partner.where.size)
    elif PREFIXES in partner.entry.supports:
        firsts = list(partner.prefixes)
        if act == 14:
            partner.allocate_prefix()
        else:
            partner.release_prefix(firsts[number % len(firsts)] if firsts else 0)
