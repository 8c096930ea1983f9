r"""The journal: what happened, one JSON line an event, and the running digest over all of it.

A line is an object with sorted keys, integers and strings, ``\\n`` at its end, UTF-8. The SHA-256 over all lines is the
run's digest: the same scenario, seed and version give the same digest anywhere. Nothing that a machine or a process
decides may enter a line: no addresses of objects, no wall clock, no serial of a ticket.

The journal streams. Lines go to the digest and to the sinks in chunks; they are kept only when that is asked for, so a
run's memory does not grow with its length. Price: about a microsecond a line.
"""

from collections.abc import Callable
from hashlib import sha256
from typing import ClassVar, Final, NoReturn, TypeAlias

import msgspec

Fact: TypeAlias = "str | int | bool | list[str] | tuple[str, ...] | tuple[int, ...] | dict[str, str] | None"
Sink: TypeAlias = Callable[[bytes], object]
"""Takes whole lines, many at a time."""

_CHUNK_LINES: Final = 512
_encode_lines: Final = msgspec.json.Encoder(order="deterministic").encode_lines


class PhaseLine(msgspec.Struct, gc=False):
    """The line of a phase. Half of all lines are such, and a Struct costs half as much as a dictionary.

    Its fields are in the order of the line's keys.
    """

    call: str
    ev: str
    n: int
    phase: str
    t: int


class Journal:
    """Takes events and keeps their digest.

    Args:
        keep: whether :attr:`lines` holds on to every line, which costs memory in proportion to the run.
    """

    __slots__ = ("_before", "_hash", "_kept", "_pending", "_sinks", "events")

    is_silent: ClassVar[bool] = False
    """Whether lines are counted and not written, so that nobody need make them."""

    def __init__(self, *, keep: bool = False) -> None:
        self.events = 0
        self._hash = sha256()
        self._pending: list[dict[str, Fact] | PhaseLine] = []
        self._sinks: list[Sink] = []
        self._kept: list[bytes] | None = [] if keep else None
        self._before = (0, "")
        """How many lines another journal had, and its digest, where this one goes on from its end."""

    def go_on(self, events: int, digest: str) -> None:
        """Go on from the end of another journal, with nothing written here yet.

        A SHA-256 that is under way cannot be taken over. So the digest stays the other one's until there is a line, and
        is then the SHA-256 over that digest, as 32 bytes, and the lines since.

        Args:
            events: how many lines the other one has: the next one's number.
            digest: of the other one; empty if it has none, and then the digest is that over the lines since.
        """
        assert not self.events, "what goes on from another's end has no lines of its own"
        self.events = events
        self._before = (events, digest)
        self._hash.update(bytes.fromhex(digest))

    def twin(self) -> "Journal":
        """Give one that goes on from here, with the digest and the lines so far, and without the sinks."""
        self.flush()
        twin = type(self)(keep=self._kept is not None)
        twin.events, twin._before = self.events, self._before  # noqa: SLF001  the twin's own half
        twin._hash = self._hash.copy()  # noqa: SLF001
        twin._kept = None if self._kept is None else list(self._kept)  # noqa: SLF001
        return twin

    def add_sink(self, sink: Sink) -> None:
        """Send all further lines to ``sink`` too."""
        self.flush()
        self._sinks.append(sink)

    def write(self, now_ns: int, call: str, event: str, facts: dict[str, Fact]) -> None:
        """Write one event.

        Args:
            now_ns: the instant.
            call: whose step it is; empty for what no call did.
            event: what happened, such as ``held``.
            facts: the particulars; the dictionary, and what is in it, becomes the journal's.
        """
        facts["call"] = call
        facts["ev"] = event
        facts["n"] = self.events
        facts["t"] = now_ns
        self.events += 1
        pending = self._pending
        pending.append(facts)
        if len(pending) >= _CHUNK_LINES:
            self.flush()

    def write_phase(self, now_ns: int, call: str, phase: str) -> None:
        """Write that a call does a phase: the event ``phase``, with the fact of that name."""
        pending = self._pending
        pending.append(PhaseLine(call, "phase", self.events, phase, now_ns))
        self.events += 1
        if len(pending) >= _CHUNK_LINES:
            self.flush()

    def flush(self) -> None:
        """Bring all lines that wait to the digest and the sinks; a silent journal has none."""
        if not self._pending:
            return
        chunk = _encode_lines(self._pending)
        self._hash.update(chunk)
        for sink in self._sinks:
            sink(chunk)
        if self._kept is not None:
            self._kept += chunk.splitlines()
        self._pending.clear()

    def digest(self) -> str:
        """Give the SHA-256 over all lines so far, as 64 hexadecimal digits; see :meth:`go_on`."""
        self.flush()
        events, digest = self._before
        return digest if digest and events == self.events else self._hash.hexdigest()

    @property
    def is_kept(self) -> bool:
        """Whether all lines are there to be read, from the first one on."""
        return self._kept is not None and not self._before[0]

    @property
    def lines(self) -> list[bytes]:
        """All lines written here, without their newlines; only where ``keep`` was asked for."""
        assert self._kept is not None, "a journal that streams has no lines to give"
        self.flush()
        return self._kept


class SilentJournal(Journal):
    """A journal that only counts, for runs of which nothing but figures is wanted."""

    __slots__ = ()
    is_silent: ClassVar[bool] = True

    def write(self, now_ns: int, call: str, event: str, facts: dict[str, Fact]) -> None:
        """Count an event."""
        del now_ns, call, event, facts
        self.events += 1

    def write_phase(self, now_ns: int, call: str, phase: str) -> None:
        """Count a phase."""
        del now_ns, call, phase
        self.events += 1

    def digest(self) -> NoReturn:
        """Refuse: nothing was kept of what happened."""
        raise AssertionError("a silent journal has no digest")
