"""Threads: which actors follow each other, as strategies with priorities and weights see them.

The calls of one caller, one after the other, are one thread; calls that he makes at the same time are several. An actor
without a caller, such as a script, is a thread of its own.
"""

from collections import Counter
from collections.abc import Sequence

from cloudsim.exploration.naming import caller_of
from cloudsim.exploration.ready import Step


class Threads:
    """Gives actors their threads while a run goes on.

    A caller's new actor goes on with a thread of his on which nobody is pending; if there is none, it begins one.
    """

    def __init__(self) -> None:
        self._of: dict[str, str] = {}
        self._last: dict[str, list[str]] = {}
        self._pending: Counter[str] = Counter()

    def push(self, name: str) -> str:
        """Take note that an actor is pending, and name its thread."""
        thread = self._of.get(name)
        if thread is None:
            thread = self._of[name] = self._assign(name)
        self._pending[name] += 1
        return thread

    def pop(self, name: str) -> str:
        """Take note that an actor makes a step, and name its thread."""
        self._pending[name] -= 1
        return self._of[name]

    def _assign(self, name: str) -> str:
        caller = caller_of(name)
        last = self._last.setdefault(caller, [])
        for slot, before in enumerate(last):
            if not self._pending[before]:
                last[slot] = name
                return _title(caller, slot)
        last.append(name)
        return _title(caller, len(last) - 1)


def _title(caller: str, slot: int) -> str:
    return caller if slot == 0 else f"{caller}~{slot + 1}"


def threads_of(log: Sequence[Step]) -> dict[str, str]:
    """Give the actors of a run that is over their threads."""
    begins: dict[str, int] = {}
    ends: dict[str, int] = {}
    for number, step in enumerate(log):
        begins.setdefault(step.key, step.cause)
        ends[step.key] = number
    taken_until: dict[str, list[int]] = {}
    threads: dict[str, str] = {}
    for actor in sorted(begins, key=begins.__getitem__):
        caller = caller_of(actor)
        slots = taken_until.setdefault(caller, [])
        slot = next((slot for slot, end in enumerate(slots) if end <= begins[actor]), len(slots))
        slots[slot : slot + 1] = [ends[actor]]
        threads[actor] = _title(caller, slot)
    return threads


def steps_by_thread(log: Sequence[Step]) -> dict[str, int]:
    """Count the steps of each thread in a run, for strategies that need to know how long threads are."""
    threads = threads_of(log)
    return dict(Counter(threads[step.key] for step in log))
