"""``cloudsim replay`` of a recording: what a server was asked is done again, without a network."""

from pathlib import Path
from typing import Any, Final

from cloudsim.cli.documents import echo_document
from cloudsim.cli.guard import Exit
from cloudsim.errors.own import RecordingError
from cloudsim.gateway.replaying import Rerun, rerun
from cloudsim.resources.journal import Journal
from cloudsim.scenario.recording import read_recording

FORMAT_VERSION: Final = 1
"""Of the JSON documents; additions keep it, anything else raises it."""


def replay_recording(path: Path, *, journal: Journal | None, as_json: bool, no_color: bool) -> Exit:
    """Do a recording again, and say whether it came to the same digests.

    Args:
        path: of the recording.
        journal: where its events go; None if nobody wants them.
        as_json: as a document.
        no_color: no colours.

    Raises:
        RecordingError: it is none, or cannot be done again.
        CloudsimError: a world in it cannot be made.
    """
    segments = read_recording(path)
    if len(segments) > 1 and journal is not None:
        raise RecordingError(f"{path}: it has {len(segments)} segments, and a journal is of one simulation")
    made = [rerun(segment, journal=journal) for segment in segments]
    if as_json:
        echo_document({"format_version": FORMAT_VERSION, "segments": [_document(one) for one in made]})
    else:
        _print(path, made, no_color=no_color)
    return Exit.OK if all(one.is_same or not one.expected for one in made) else Exit.BROKEN


def _document(made: Rerun) -> dict[str, Any]:
    return {
        "calls": made.calls, "refused_by_the_gateway": made.refused, "by_hand": made.by_hand, "digest": made.digest,
        "expected": made.expected or None, "is_same": made.is_same if made.expected else None,
    }  # fmt: skip


def _print(path: Path, made: list[Rerun], *, no_color: bool) -> None:
    from cloudsim.cli.paper import Paper

    Paper(no_color=no_color).show(*[f"{path}: {_told(one)}" for one in made])


def _told(made: Rerun) -> str:
    asked = f"{made.calls} calls, {made.refused} refused by the gateway"
    if not made.expected:
        return f"{asked}; digest {made.digest}, and the recording breaks off before its server wrote its own down"
    if made.is_same:
        return f"{asked}; the same digest, {made.digest}"
    why = f"; the process that served changed something by hand, {made.by_hand} times" if made.by_hand else ""
    return f"{asked}; another digest, {made.digest}, where {made.expected} was recorded{why}"
