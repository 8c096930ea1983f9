"""The product's own errors: wrong worlds, settings and scenarios. None of them is ever an answer of the cloud.

CloudsimError
|- DurationError       a text that is no duration
|- DocumentError       something that people write contradicts itself, with file and key path
|  |- WorldError       a world
|  `- ExperimentError  an experiment
|- SettingError        an unknown setting, or a value of the wrong kind
|- MissingExtra        a library that only an extra brings is not installed
|- ScenarioError       a scenario file that cannot be run
|  `- NothingToRun     nothing was found that could be run
|- JournalError        a file that is no journal, with the line
|- TraceError          a file that is no trace of arrivals, with the line
|- SweepError          a sweep that cannot be begun or continued
|- RecordingError      a file that is no recording of a server, or one that cannot be made again
|- SnapshotError       a file that is no snapshot of a simulation, or not a sound one
|- ResultsError        a folder that has no results of a sweep, or cannot be asked for that
|- Deadlock            everybody waits, nothing is due: who waits for what
|- EndlessRun          a run took more steps than it may
|- RequestTimeout      no answer came in the client's time
|- WaitError           something did not come to the state that a client waits for
|  |- WaitTimeout      not in the time, or the looks, that it has for it
|  `- WaitFailed       and it never will
`- UndeclaredTouch     an operation touched what its footprint does not declare
"""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import ClassVar, Final, Self

_LISTED_MAX: Final = 20
_SEARCHED_MAX: Final = 5_000


class CloudsimError(Exception):
    """The root of the product's own errors; its text says what, where and what would be right."""


class DurationError(CloudsimError):
    """A text is no duration."""

    def __init__(self, text: str, advice: str) -> None:
        super().__init__(f"{text!r} is not a duration: {advice}")


class DocumentError(CloudsimError):
    """A document that people write contradicts itself, in one place or in several.

    Args:
        problem: what is wrong and what would be right.
        key: the path of the key, such as ``vswitch[2].cidr``.
        file: the file that says so, where there is one.
        others: further things that are wrong with the same document; the text has a line for each.
    """

    def __init__(self, problem: str, *, key: str = "", file: str = "", others: "tuple[Self, ...]" = ()) -> None:
        self.problem, self.key, self.file, self.others = problem, key, file, others
        first = ": ".join(part for part in (file, key, problem) if part)
        super().__init__("\n".join((first, *map(str, others))))

    @property
    def problems(self) -> "tuple[Self, ...]":
        """All that is wrong: this, and the others."""
        return (self, *self.others)

    def in_file(self, file: str) -> "Self":
        """Say the same with the name of the file, where a problem names none yet."""
        others = tuple(other.in_file(file) for other in self.others)
        return type(self)(self.problem, key=self.key, file=self.file or file, others=others)


class WorldError(DocumentError):
    """A world contradicts itself or the documents."""


class ExperimentError(DocumentError):
    """An experiment contradicts itself, its world or the format."""


class SettingError(CloudsimError):
    """A setting is unknown or its value of the wrong kind."""


class MissingExtra(CloudsimError):
    """A library is asked for that the base install does without.

    Args:
        library: its name.
        extra: the extra of the distribution that brings it.
    """

    def __init__(self, library: str, *, extra: str) -> None:
        self.library, self.extra = library, extra
        super().__init__(f"{library} is not installed; it comes with: pip install 'cloudsim-eni[{extra}]'")


class ScenarioError(CloudsimError):
    """A scenario cannot be found, read or run."""


class NothingToRun(ScenarioError):
    """A file or a pattern is all right, and there is nothing in it to run or to show."""


class JournalError(CloudsimError):
    """A file that should be a journal cannot be read, or a line of it is no event."""


class TraceError(CloudsimError):
    """A file that should be a trace of arrivals cannot be read, or a row or a column of it is not as was said."""


class SweepError(CloudsimError):
    """A sweep cannot be begun or continued: its folder is another's, or nobody can work."""


class RecordingError(CloudsimError):
    """A file that should be a recording of a server is none, or what it says cannot be done again."""


class SnapshotError(CloudsimError):
    """A file that should be a snapshot of a simulation is none, is damaged, or cannot be read or written."""


class ResultsError(CloudsimError):
    """A folder has no results of a sweep, a file of it cannot be read, or what is asked of it is not there."""


class ScheduleError(CloudsimError):
    """A file or a text that should be a schedule is none, or cannot be read."""


class NotDeterministic(CloudsimError):
    """The same choices led to another run: something beside seed and order decides, in the scenario or in us."""


class Deadlock(CloudsimError):
    """Everybody waits and nothing is due; the text says who waits for what."""


class EndlessRun(CloudsimError):
    """A run took more steps than it may; the text says how many, and where its clock stood."""


class OutsideWait(CloudsimError):
    """A task of a simulation waits for the world outside, whose time is not virtual; the text says which and where."""


class UndeclaredTouch(CloudsimError):
    """An operation touched a resource that the footprint of its phase does not declare."""


class RequestTimeout(CloudsimError):
    """No answer came in the time that the client waits; the operation goes on without it."""

    code: ClassVar[str] = "RequestTimeout"
    """Stands where an answer would have one; no cloud ever sends it."""


class WaitError(CloudsimError):
    """Something did not come to the state that a client waits for.

    Args:
        text: what is to be said.
        thing: the id of what it waits for.
        wanted: the state that it waits for.
        seen: the state that it saw last.
        waited_ns: how long it waited.
        polls: how often it looked.
    """

    code: ClassVar[str]
    """Stands where an answer would have one; no cloud ever sends it."""

    def __init__(self, text: str, *, thing: str, wanted: str, seen: str, waited_ns: int, polls: int) -> None:
        self.thing, self.wanted, self.seen, self.waited_ns, self.polls = thing, wanted, seen, waited_ns, polls
        super().__init__(text)


class WaitTimeout(WaitError):
    """A client gave up waiting for a state; what it waits for may still come to it."""

    code = "WaitTimeout"


class WaitFailed(WaitError):
    """What a client waits for has come to a state from which there is no way to the wanted one, or is gone."""

    code = "WaitFailed"


def require(value: object, kind: type, what: str) -> None:
    """Refuse a value of the wrong kind at the door, where it can still be said whose it is.

    Args:
        value: what was given; a truth is no number here.
        kind: what it must be.
        what: where it was given, such as ``retry of a client``.

    Raises:
        SettingError: it is of another kind.
    """
    is_bool_for_int = kind is int and isinstance(value, bool)
    if not isinstance(value, kind) or is_bool_for_int:
        given = repr(value) if isinstance(value, str | int | float | None) else type(value).__name__
        raise SettingError(f"{what} takes {kind.__name__}, not {given}")


def require_text(value: object, what: str) -> None:
    """Refuse what is no text, and what Python holds as a text and nobody can write as UTF-8.

    Args:
        value: what was given.
        what: where it was given, such as ``account of a caller``.

    Raises:
        SettingError: it cannot be written.
    """
    require(value, str, what)
    assert isinstance(value, str), "it was just asked for"
    if not value.isascii() and any("\ud800" <= letter <= "\udfff" for letter in value):
        raise SettingError(f"{what} has half of a surrogate pair, which is no character")


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """Suggest the nearest known word, as a sentence to append; else list what is known, as far as anybody would read.

    Among thousands of words nearness takes seconds, so there it is not sought.
    """
    words = sorted(known)
    if not words:
        return "none are known"
    near = get_close_matches(wrong, words, n=1, cutoff=0.6) if len(words) <= _SEARCHED_MAX else []
    if near:
        return f"did you mean {near[0]!r}?"
    more = len(words) - _LISTED_MAX
    return f"known are: {', '.join(words[:_LISTED_MAX])}{f' and {more} more' if more > 0 else ''}"
