"""The file of a snapshot: one line that people can read, then MessagePack.

    cloudsim-snapshot 1 0.1.0 73519204 2b7e1516...

The line names the format, the version of cloudsim that wrote it, how many bytes follow, and the SHA-256 over all of
that and over what follows. So a file that was cut off, changed or made by something else is told from a sound one, and
for each of them is said what it is. The number of the format grows with every change of what is written or of what it
means; a file of a newer one is refused by that number alone, whatever else may have changed in it.

A file is written beside the old one, brought to the disk and put in its place in one step: whenever the machine stops,
there is the old one or the new one.
"""

import os
import re
from hashlib import sha256
from pathlib import Path
from typing import Final

from cloudsim.errors.own import SnapshotError
from cloudsim.version import __version__

FORMAT: Final = 1
"""The version of the format that this version of cloudsim reads and writes."""

_NAME: Final = b"cloudsim-snapshot"
_HEAD_MAX: Final = 256
_HEAD: Final = re.compile(rb"cloudsim-snapshot 1 ([!-~]+) (\d{1,15}) ([0-9a-f]{64})")
_FORMAT: Final = re.compile(rb"cloudsim-snapshot (\d{1,9})(?: |$)")


def sealed(body: bytes) -> bytes:
    """Put the line before what was encoded."""
    head = b"%s %d %s %d" % (_NAME, FORMAT, __version__.encode("ascii"), len(body))
    return b"%s %s\n%s" % (head, _checksum(head, body).encode("ascii"), body)


def unsealed(data: bytes, *, name: str) -> memoryview:
    """Give what stands behind the line, if all of it is as it was written.

    Args:
        data: the whole file.
        name: of the file, for messages.

    Raises:
        SnapshotError: it is no snapshot, of a newer format, cut off or damaged.
    """
    line, newline, _ = data[:_HEAD_MAX].partition(b"\n")
    if not data:
        raise SnapshotError(f"{name} is empty, and no snapshot: nothing came to be written")
    if _NAME.startswith(data):
        raise _cut_off(name, "within its first line")
    said = _FORMAT.match(line)
    if said is None and not line.startswith(_NAME):
        raise SnapshotError(f"{name} is no snapshot of cloudsim: it does not begin with {_NAME.decode()!r}")
    if said is not None and int(said[1]) > FORMAT:
        newer = f"is a snapshot of format {int(said[1])}, and cloudsim {__version__} reads format {FORMAT}"
        raise SnapshotError(f"{name} {newer}: load it with a newer cloudsim")
    if not newline and len(data) < _HEAD_MAX:
        raise _cut_off(name, "within its first line")
    head = _HEAD.fullmatch(line)
    if head is None:
        raise SnapshotError(f"{name} is damaged: its first line is not one that cloudsim writes")
    body, length = memoryview(data)[len(line) + 1 :], int(head[2])
    if len(body) < length:
        raise _cut_off(name, f"after {len(body)} of {length} bytes")
    if len(body) > length:
        raise SnapshotError(f"{name} is damaged: {len(body) - length} bytes stand behind its end")
    found = _checksum(line[: line.rindex(b" ")], body)
    if found != head[3].decode("ascii"):
        raise SnapshotError(f"{name} is damaged: its SHA-256 is {found}, and was {head[3].decode('ascii')}")
    return body


def _cut_off(name: str, where: str) -> SnapshotError:
    return SnapshotError(f"{name} is cut off {where}: it was not copied to its end; take another copy")


def _checksum(head: bytes, body: bytes | memoryview) -> str:
    checksum = sha256(head)
    checksum.update(body)
    return checksum.hexdigest()


def write_whole(path: Path, data: bytes) -> None:
    """Write a file that is there as a whole or not at all; what was there before stays until then.

    Raises:
        SnapshotError: it cannot be written.
    """
    beside = path.with_name(f"{path.name}.part")
    try:
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        _bring_to_disk(path.parent)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise SnapshotError(f"{path} cannot be written: {error.strerror}") from None


def _bring_to_disk(folder: Path) -> None:
    """Let a folder remember its new entry, where folders can be asked to."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def read_whole(path: Path) -> bytes:
    """Read a file.

    Raises:
        SnapshotError: it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise SnapshotError(f"{path} cannot be read: {error.strerror}") from None
