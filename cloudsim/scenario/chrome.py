"""A journal as a Chrome trace, for Perfetto and chrome://tracing: where each call spent its time.

A caller is a process. Each of its calls is a bar with a bar for each phase inside, and takes the first lane on which it
overlaps no other, so that hundreds of calls at once stay apart and calls one after another stay together. Refusals,
lost answers and abandoned calls are marks. What an operation does after its answer is a bar of its own.

Times in that format are microseconds; nanoseconds are written as their decimals and never pass through a float. The
document streams as the journal does and is whole however the run ends. Price: a few numbers for each call that was
answered, since the journal does not say that none goes on; a search over the caller's lanes for each new call.

Source: "Trace Event Format" (Google, 2016), complete events, instant events, metadata events.
"""

from collections.abc import Callable
from typing import Any, Final

import msgspec

Event = dict[str, Any]

_ENDINGS: Final = ("answer", "answer-lost", "abandoned")
"""Events of the journal after which nobody waits for the call."""


class _Caller:
    """A caller: its number, and until when each of its lanes is taken."""

    __slots__ = ("free_since", "number")

    def __init__(self, number: int) -> None:
        self.number = number
        self.free_since: list[int | None] = []
        """For each lane since when nothing lies on it, None while a call does."""


class _Call:
    """A call under way: its bars so far."""

    __slots__ = ("action", "bars", "caller", "lane", "since_ns", "start_ns")

    def __init__(self, caller: _Caller, lane: int, action: str, start_ns: int) -> None:
        self.caller = caller
        self.lane = lane
        self.action = action
        self.start_ns = start_ns
        self.since_ns = start_ns
        self.bars: list[Event] = []


class ChromeTrace:
    """A sink of a journal that writes one trace document.

    Args:
        write: takes the document, piece by piece.
    """

    def __init__(self, write: Callable[[bytes], object]) -> None:
        self._write = write
        self._encode = msgspec.json.Encoder().encode
        self._decode = msgspec.json.Decoder(Event).decode
        self._callers: dict[str, _Caller] = {}
        self._under_way: dict[str, _Call] = {}
        self._answered: dict[str, tuple[_Caller, int]] = {}
        self._now_ns = 0
        self._separator = b""
        write(b'{"displayTimeUnit":"ms","traceEvents":[')

    def __call__(self, chunk: bytes) -> None:
        """Take whole lines of the journal, in order."""
        for line in chunk.splitlines():
            said = self._decode(line)
            self._now_ns = said["t"]
            if said["call"]:
                self._take(said["call"], said)

    def close(self) -> None:
        """End the document; calls that are still under way end with it."""
        for name in list(self._under_way):
            self._end(name, "in flight")
        self._write(b"\n]}\n")

    def _take(self, name: str, said: Event) -> None:
        event, now_ns = said["ev"], said["t"]
        if event == "call":
            caller = self._caller(name.rpartition("/")[0])
            self._under_way[name] = _Call(caller, self._lane(caller, now_ns), said["action"], now_ns)
        elif event == "phase" and name in self._under_way:
            call = self._under_way[name]
            call.bars.append(_bar(said["phase"], call.caller, call.lane, call.since_ns, now_ns))
            call.since_ns = now_ns
        elif event == "phase":
            self._late(name, said["phase"], now_ns)
        elif event in _ENDINGS and name in self._under_way:
            self._end(name, str(said.get("answer", event)), said.get("message"))

    def _end(self, name: str, ending: str, message: str | None = None) -> None:
        """Write the bars of a call, the outer one first, for viewers nest what begins together by its order."""
        call, now_ns = self._under_way.pop(name), self._now_ns
        outer = _bar(call.action, call.caller, call.lane, call.start_ns, now_ns)
        self._put({**outer, "args": {"call": name, "ending": ending}})
        for bar in call.bars:
            self._put(bar)
        if ending != "ok":
            args = {"call": name} if message is None else {"call": name, "message": message}
            place = {"pid": call.caller.number, "tid": call.lane, "ts": microseconds(now_ns)}
            self._put({"ph": "i", "s": "t", "name": ending, **place, "args": args})
        self._answered[name] = (call.caller, now_ns)
        self._leave(call.caller, call.lane, now_ns)

    def _late(self, name: str, phase: str, now_ns: int) -> None:
        """Write a phase that came after the answer, on a lane that was free in the meantime."""
        caller, since_ns = self._answered[name]
        lane = self._lane(caller, since_ns)
        self._put({**_bar(phase, caller, lane, since_ns, now_ns), "args": {"call": name}})
        self._leave(caller, lane, now_ns)
        self._answered[name] = (caller, now_ns)

    def _caller(self, name: str) -> _Caller:
        caller = self._callers.get(name)
        if caller is None:
            caller = self._callers[name] = _Caller(len(self._callers) + 1)
            self._put({"ph": "M", "name": "process_name", "pid": caller.number, "args": {"name": name}})
        return caller

    def _lane(self, caller: _Caller, start_ns: int) -> int:
        """Take the first lane of a caller on which nothing has lain since an instant; lanes count from 1."""
        lanes = caller.free_since
        for index, since_ns in enumerate(lanes):
            if since_ns is not None and since_ns <= start_ns:
                lanes[index] = None
                return index + 1
        lanes.append(None)
        lane = len(lanes)
        place = {"pid": caller.number, "tid": lane}
        self._put({"ph": "M", "name": "thread_name", **place, "args": {"name": f"lane {lane}"}})
        self._put({"ph": "M", "name": "thread_sort_index", **place, "args": {"sort_index": lane}})
        return lane

    def _leave(self, caller: _Caller, lane: int, now_ns: int) -> None:
        caller.free_since[lane - 1] = now_ns

    def _put(self, event: Event) -> None:
        self._write(self._separator + b"\n" + self._encode(event))
        self._separator = b","


def _bar(name: str, caller: _Caller, lane: int, start_ns: int, end_ns: int) -> Event:
    place = {"pid": caller.number, "tid": lane}
    return {"ph": "X", "name": name, **place, "ts": microseconds(start_ns), "dur": microseconds(end_ns - start_ns)}


def microseconds(time_ns: int) -> msgspec.Raw:
    """Write nanoseconds as microseconds, exactly."""
    whole, rest = divmod(time_ns, 1000)
    return msgspec.Raw(f"{whole}.{rest:03}".encode() if rest else str(whole).encode())
