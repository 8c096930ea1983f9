"""A journal as Chrome-trace JSON, for Perfetto: one lane a caller, one bar a phase, one mark for each refusal.

Times in that format are microseconds; fractions are kept as decimal text, so nothing is rounded.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec


def chrome_trace(lines: Iterable[bytes]) -> bytes:
    """Turn journal lines into one Chrome-trace document.

    Args:
        lines: of a journal, in order.
    """
    return msgspec.json.encode({"displayTimeUnit": "ms", "traceEvents": list(_events(lines))})


def _events(lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    lanes: dict[str, int] = {}
    since_ns: dict[str, int] = {}
    for line in lines:
        said = msgspec.json.decode(line)
        call = said["call"]
        if not call:
            continue
        caller = call.rpartition("/")[0]
        if call not in lanes:
            lanes[call] = len(lanes) + 1
            yield {"ph": "M", "name": "thread_name", "pid": caller, "tid": lanes[call], "args": {"name": call}}
        match said["ev"]:
            case "call":
                since_ns[call] = said["t"]
            case "phase":
                yield _bar(said["phase"], caller, lanes[call], since_ns[call], said["t"])
                since_ns[call] = said["t"]
            case "answer":
                name = said["answer"]
                yield {"ph": "i", "s": "t", "name": name, "pid": caller, "tid": lanes[call], "ts": said["t"] / 1000}


def _bar(name: str, caller: str, lane: int, start_ns: int, end_ns: int) -> dict[str, Any]:
    return {
        "ph": "X",
        "name": name,
        "pid": caller,
        "tid": lane,
        "ts": start_ns / 1000,
        "dur": (end_ns - start_ns) / 1000,
    }
