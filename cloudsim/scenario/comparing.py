"""Two journals side by side: the first event that is not the same, and how they differ as a whole.

Events are compared, not bytes: a file that was written anew with other spaces has the same events, and another digest.
Both files are read once and streamed. What is kept grows with the kinds of events and with the calls that only one side
has, never with the length, so journals of millions of lines can be compared. Price: about three microseconds for a pair
of lines.
"""

from collections import deque
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import msgspec

from cloudsim.errors.own import JournalError
from cloudsim.values.duration import Ns, format_duration

Event = dict[str, Any]

CONTEXT_LINES: Final = 3
"""Equal events that are shown before the first difference, unless another number is asked for."""


class _Head(msgspec.Struct):
    """What every line of a journal has; the rest is skipped, and still has to be JSON."""

    t: Ns
    n: int
    ev: str
    call: str
    answer: str = ""


_decode_head: Final = msgspec.json.Decoder(_Head).decode
_decode_event: Final = msgspec.json.Decoder(Event).decode
_UNREADABLE: Final = (msgspec.DecodeError, RecursionError, UnicodeDecodeError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One journal as a whole."""

    name: str
    events: int
    virtual_ns: Ns
    """When its last event was; 0 where it has none."""
    digest: str
    """SHA-256 over its bytes, which is the digest of the run that wrote it."""
    kinds: dict[str, int]
    """How many events of each kind, answers by how they ended, sorted by kind."""
    own_calls: list[str]
    """Calls that begin on this side only, in the order of their beginning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """The first place where two journals say different things; one side is None where that journal has ended."""

    line: int
    """Of both files, counted from 1."""
    left: Event | None
    right: Event | None
    context: tuple[Event, ...]
    """The events just before it, which are equal; the oldest first."""

    @property
    def _told(self) -> list[Event]:
        told = [event for event in (self.left, self.right) if event is not None]
        assert told, "where both sides have ended there is no difference"
        return told

    @property
    def ordinal(self) -> int:
        """The event's number, as a journal counts, from 0."""
        number: int = self._told[0]["n"]
        return number

    @property
    def virtual_ns(self) -> Ns:
        """When the journals part: the earlier of the two instants."""
        earlier: Ns = min(event["t"] for event in self._told)
        return earlier

    @property
    def calls(self) -> list[str]:
        """Whose events they are, each call once; an event of no call has the empty text."""
        return list(dict.fromkeys(event["call"] for event in self._told))

    @property
    def fields(self) -> list[str]:
        """Names of the facts that differ, sorted; all of them where one side has ended."""
        left, right = self.left or {}, self.right or {}
        return [name for name in sorted({**left, **right}) if not _is_same_fact(left, right, name)]

    def document(self) -> dict[str, Any]:
        """The difference for machines."""
        return {
            "line": self.line,
            "ordinal": self.ordinal,
            "virtual_ns": self.virtual_ns,
            "virtual_time": format_duration(self.virtual_ns),
            "calls": self.calls,
            "fields": self.fields,
            "left": self.left,
            "right": self.right,
            "context": self.context,
        }


def _is_same_fact(left: Event, right: Event, name: str) -> bool:
    """Whether both say it, and the same of it; true is not 1 here."""
    if (name in left) != (name in right):
        return False
    return bool(left[name] == right[name]) and type(left[name]) is type(right[name])


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What came of comparing two journals."""

    left: Side
    right: Side
    difference: Difference | None

    @property
    def is_equal(self) -> bool:
        """Whether both have the same events in the same order."""
        return self.difference is None

    def kinds(self) -> dict[str, tuple[int, int]]:
        """Kinds of events that one side has more of, with both counts, sorted by kind."""
        left, right = self.left.kinds, self.right.kinds
        counts = {kind: (left.get(kind, 0), right.get(kind, 0)) for kind in sorted({**left, **right})}
        return {kind: (ours, theirs) for kind, (ours, theirs) in counts.items() if ours != theirs}

    def document(self) -> dict[str, Any]:
        """The comparison for machines."""
        return {
            "equal": self.is_equal,
            "left": _side_document(self.left),
            "right": _side_document(self.right),
            "first_difference": None if self.difference is None else self.difference.document(),
            "kinds": self.kinds(),
            "calls_only_left": self.left.own_calls,
            "calls_only_right": self.right.own_calls,
        }


def _side_document(side: Side) -> dict[str, Any]:
    return {"file": side.name, "events": side.events, "virtual_ns": side.virtual_ns, "digest": side.digest}


def compare_journals(
    left: Path, right: Path, *, names: tuple[str, str] | None = None, context: int = CONTEXT_LINES
) -> Comparison:
    """Compare two journals, as ``cloudsim run --journal FILE`` writes them.

    Args:
        left: one file.
        right: the other.
        names: what to call them; their paths unless said.
        context: how many equal events to keep from before the first difference, at least 0.

    Raises:
        JournalError: a file cannot be read, or a line of it is no event.
    """
    left_name, right_name = names if names is not None else (str(left), str(right))
    ours, theirs = _Reading(left, left_name), _Reading(right, right_name)
    recent: deque[tuple[int, bytes]] = deque(maxlen=context)
    difference: Difference | None = None
    with closing(ours.lines()) as our_lines, closing(theirs.lines()) as their_lines:
        while True:
            our_line, their_line = next(our_lines, None), next(their_lines, None)
            if our_line is None and their_line is None:
                break
            ours.match(theirs)
            if difference is not None:
                continue
            if our_line == their_line or (our_line and their_line and _is_same_event(ours, theirs)):
                recent.append((ours.events, ours.line))
                continue
            difference = Difference(
                line=max(ours.events, theirs.events),
                left=None if our_line is None else ours.event(),
                right=None if their_line is None else theirs.event(),
                context=tuple(ours.read(number, line) for number, line in recent),
            )
    return Comparison(left=ours.side(), right=theirs.side(), difference=difference)


def _is_same_event(ours: "_Reading", theirs: "_Reading") -> bool:
    left, right = ours.event(), theirs.event()
    return left.keys() == right.keys() and all(_is_same_fact(left, right, name) for name in left)


@dataclass(slots=True)
class _Reading:
    """A journal that is being read, and what is known of it so far."""

    path: Path
    name: str
    line: bytes = b""
    """The last one read."""
    events: int = 0
    virtual_ns: Ns = 0
    kinds: dict[str, int] = field(default_factory=dict)
    own_calls: dict[str, int] = field(default_factory=dict)
    """Calls that the other side has not begun yet; how many times where a name comes twice."""
    begun: str = ""
    """The call that the last line begins, if it does."""
    hash: Any = field(default_factory=sha256)

    def lines(self) -> Generator[bytes, None, None]:
        """Give line after line, each looked at."""
        try:
            with self.path.open("rb") as file:
                for line in file:
                    self._take(line)
                    yield line
        except OSError as wrong:
            raise JournalError(f"{self.path}: {wrong.strerror or wrong}") from wrong

    def _take(self, line: bytes) -> None:
        self.line = line
        self.events += 1
        self.hash.update(line)
        try:
            head = _decode_head(line)
        except _UNREADABLE as wrong:
            raise self._no_event(self.events, wrong) from wrong
        self.virtual_ns = head.t
        kind = f"{head.ev} {head.answer}" if head.answer else head.ev
        self.kinds[kind] = self.kinds.get(kind, 0) + 1
        self.begun = head.call if head.ev == "call" else ""

    def event(self) -> Event:
        """Read the last line in full."""
        return self.read(self.events, self.line)

    def read(self, number: int, line: bytes) -> Event:
        """Read a line in full; what is wrong in the facts shows only now."""
        try:
            return _decode_event(line)
        except _UNREADABLE as wrong:
            raise self._no_event(number, wrong) from wrong

    def _no_event(self, number: int, wrong: Exception) -> JournalError:
        is_json = isinstance(wrong, msgspec.ValidationError)
        what = "this is no event of a journal" if is_json else "this is no JSON"
        return JournalError(f"{self.path}, line {number}: {what}: {wrong}")

    def match(self, other: "_Reading") -> None:
        """Strike the calls that both have begun by now, so that what is left is what only one has."""
        for call, here, there in ((self.begun, self, other), (other.begun, other, self)):
            if call and not _strike(there.own_calls, call):
                here.own_calls[call] = here.own_calls.get(call, 0) + 1
        self.begun = other.begun = ""

    def side(self) -> Side:
        """Sum it up."""
        return Side(
            name=self.name,
            events=self.events,
            virtual_ns=self.virtual_ns,
            digest=self.hash.hexdigest(),
            kinds=dict(sorted(self.kinds.items())),
            own_calls=list(self.own_calls),
        )


def _strike(calls: dict[str, int], call: str) -> bool:
    """Take a call off once; whether it was there."""
    count = calls.get(call, 0)
    if count > 1:
        calls[call] = count - 1
    elif count:
        del calls[call]
    return count > 0
