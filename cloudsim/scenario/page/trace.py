"""The failures of an exploration as one Chrome trace, for Perfetto: the smallest run of each, one below the other.

In the usual mode of exploration virtual time stands still, so each step takes a microsecond there; in the others times
are those of the run. Beside the callers' bars lies what they contend for, with who touched it in which step, and the
deciding steps are marks across everything.

Source: "Trace Event Format" (Google, 2016), complete events, instant events, metadata events.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from cloudsim.exploration.footprints import touches_of
from cloudsim.scenario.chrome import ChromeTrace, microseconds
from cloudsim.scenario.explore import Findings
from cloudsim.scenario.exploring import ASYNC, ScenarioProgram
from cloudsim.scenario.page.retelling import Retold, failing_runs, retell

Event = dict[str, Any]
_STEP_NS: Final = 1000
_encode = msgspec.json.encode


class _Document(msgspec.Struct):
    """A trace whose numbers are kept as they are written."""

    events: list[dict[str, msgspec.Raw]] = msgspec.field(name="traceEvents")


def chrome_of(findings: Findings) -> bytes:
    """Write the trace; a document without events if nothing was found."""
    events: list[Event] = []
    for number, wrongs in enumerate(failing_runs(findings).values(), start=1):
        program = wrongs[0].failing.program
        assert isinstance(program, ScenarioProgram), "only scenarios are explored here"
        what = "; ".join(found.what.partition("\n")[0] for found in wrongs)
        run = _Run(f"failure {number}", what, retell(wrongs[0].failing), is_by_step=program.mode == ASYNC)
        events += run.events(first_pid=len({bytes(event["pid"]) for event in events}) + 1)
    return _encode({"displayTimeUnit": "ms", "traceEvents": events}) + b"\n"


@dataclass(frozen=True, slots=True)
class _Run:
    """One failing run."""

    title: str
    what: str
    """What is wrong with it."""
    retold: Retold
    is_by_step: bool
    """Whether a step takes a microsecond, in place of the time that it took."""

    def events(self, *, first_pid: int) -> Iterator[Event]:
        """Give its events; processes are numbered from ``first_pid`` on, without a gap."""
        callers = 0
        for event in self._calls():
            callers = max(callers, int(bytes(event["pid"])))
            yield self._moved(event, first_pid - 1)
        yield from self._marks(_encode(first_pid + callers))
        yield from self._touches(_encode(first_pid + callers + 1))

    def _calls(self) -> list[dict[str, msgspec.Raw]]:
        """Make the callers' bars by the writer of traces."""
        pieces: list[bytes] = []
        trace = ChromeTrace(pieces.append)
        for line in self.retold.lines:
            trace(_encode({**line.said, "t": (line.step + 1) * _STEP_NS}) if self.is_by_step else line.text)
        trace.close()
        return msgspec.json.decode(b"".join(pieces), type=_Document).events

    def _moved(self, event: dict[str, msgspec.Raw], shift: int) -> Event:
        """Number the process of an event on, and name it after the run."""
        moved: Event = {**event, "pid": msgspec.Raw(_encode(int(bytes(event["pid"])) + shift))}
        if bytes(event["name"]) == b'"process_name"':
            moved["args"] = self._named(msgspec.json.decode(event["args"])["name"])
        return moved

    def _named(self, name: str) -> dict[str, str]:
        return {"name": f"{self.title}: {name}"}

    def _starts(self, number: int) -> msgspec.Raw:
        """The instant at which a step is drawn."""
        return microseconds(number * _STEP_NS if self.is_by_step else self.retold.log[number].at_ns)

    def _marks(self, encoded_pid: bytes) -> Iterator[Event]:
        pid = msgspec.Raw(encoded_pid)
        yield {"ph": "M", "name": "process_name", "pid": pid, "args": self._named(self.what)}
        for number, who in self.retold.deciding().items():
            told = f"step {number}: {who} goes ahead of {self.retold.log[number].base}"
            yield {"ph": "i", "s": "g", "name": told, "pid": pid, "tid": 1, "ts": self._starts(number)}

    def _touches(self, encoded_pid: bytes) -> Iterator[Event]:
        pid = msgspec.Raw(encoded_pid)
        lanes = {key: lane for lane, key in enumerate(self.retold.contended(), start=1)}
        yield {"ph": "M", "name": "process_name", "pid": pid, "args": self._named("what they contend for")}
        for key, lane in lanes.items():
            yield {"ph": "M", "name": "thread_name", "pid": pid, "tid": lane, "args": {"name": key}}
        how: Event = {"ph": "X", "dur": _STEP_NS // 1000} if self.is_by_step else {"ph": "i", "s": "t"}
        for number, step in enumerate(self.retold.log):
            for key, mode in touches_of(step.footprint):
                if key in lanes:
                    place = {"pid": pid, "tid": lanes[key], "ts": self._starts(number)}
                    about = {"step": number, "phase": step.phase}
                    yield {**how, "name": f"{mode} {step.key}", **place, "args": about}
