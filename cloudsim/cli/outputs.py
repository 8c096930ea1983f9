"""Files that are written while a scenario runs: the journal, and the traces made of it.

All of them are opened before the run, so that a path that cannot be written is told at once. They stream, and what was
written stays when the run breaks off.
"""

from collections.abc import Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import click

from cloudsim.cli.guard import Exit
from cloudsim.resources.journal import Journal
from cloudsim.scenario.chrome import ChromeTrace


class CannotWrite(click.ClickException):
    """A file cannot be written."""

    exit_code = Exit.WRONG_INPUT

    def __init__(self, path: Path, reason: OSError) -> None:
        super().__init__(f"{path} cannot be written: {reason.strerror or reason}")


class OutputFile:
    """A file whose troubles are told with its name, once; what comes after them, or after the end, is dropped.

    Raises:
        CannotWrite: here, and at each write.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._is_over = False
        try:
            self._file = path.open("wb")
        except OSError as reason:
            raise CannotWrite(path, reason) from reason

    def write(self, data: bytes) -> None:
        """Write, sooner or later."""
        if self._is_over:
            return  # operations that are thrown away still say what they give back
        try:
            self._file.write(data)
        except OSError as reason:
            self._is_over = True
            raise CannotWrite(self.path, reason) from reason

    def flush(self) -> None:
        """Write what waits, for whoever reads along."""
        if self._is_over:
            return
        try:
            self._file.flush()
        except OSError as reason:
            self._is_over = True
            raise CannotWrite(self.path, reason) from reason

    def close(self) -> None:
        """Write what is left."""
        self._is_over = True
        try:
            self._file.close()
        except OSError as reason:
            raise CannotWrite(self.path, reason) from reason


class Outputs:
    """The journal of a run with all files that follow it; to be used with ``with``.

    Args:
        journal_file: for the journal itself, or None.
        others: kinds and files.

    Raises:
        CannotWrite: a file cannot be opened.
        click.UsageError: two outputs have the same file.
    """

    def __init__(self, journal_file: Path | None, others: Sequence[tuple[str, Path]]) -> None:
        self.journal = Journal()
        paths = [*([journal_file] if journal_file is not None else []), *(path for _, path in others)]
        if len({path.resolve() for path in paths}) < len(paths):
            raise click.UsageError("Two outputs have the same file.")
        with ExitStack() as opened:
            if journal_file is not None:
                self.journal.add_sink(self._open(journal_file, opened).write)
            for kind, path in others:
                assert kind == "chrome", "the options name the kinds"
                trace = ChromeTrace(self._open(path, opened).write)
                opened.callback(trace.close)
                self.journal.add_sink(trace)
            self._opened = opened.pop_all()

    def _open(self, path: Path, opened: ExitStack) -> OutputFile:
        file = OutputFile(path)
        opened.callback(file.close)
        return file

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Write what is left; a file that fails now must not hide why the run broke off."""
        if error is None:
            self.journal.digest()
            self._opened.close()
        else:
            with suppress(CannotWrite), self._opened:
                self.journal.digest()
