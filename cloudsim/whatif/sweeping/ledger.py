"""The ledger: a folder's journal of finished runs, by which a sweep goes on after whatever ended it.

JSON Lines in the order in which runs ended: a heading that says whose it is, then a line for each run. A line is
written at once, so that killing the driver loses none, and forced to the disk within a fifth of a second, so that a
power failure loses little. A last line that was torn is cut off. What is kept in memory is where each run's line is:
eight bytes.

A failed run is told as failed, and made again when the sweep is resumed.
"""

import fcntl
import os
from array import array
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from io import FileIO
from pathlib import Path
from time import monotonic  # noqa: TID251  how often the disk is bothered; nothing in a result depends on it
from types import TracebackType
from typing import Any, Final, Self

import msgspec

from cloudsim.errors.own import SweepError
from cloudsim.version import __version__
from cloudsim.whatif.sweeping.keys import key_of_run, key_of_sweep
from cloudsim.whatif.sweeping.work import Line, Outcome, Task

JOURNAL: Final = "journal.jsonl"
TIMINGS: Final = "timings.csv"
_FORMAT: Final = 1
_SYNC_SECONDS: Final = 0.2


class _Heading(msgspec.Struct, frozen=True, kw_only=True):
    """The first line."""

    format: int
    experiment: str
    name: str
    version: str


class _Known(msgspec.Struct, frozen=True, kw_only=True):
    """What is read of a line when a sweep is resumed."""

    key: str
    variant: int
    run: int
    digest: str | None = None
    series: Any = None
    failed: str | None = None


class Ledger:
    """The finished runs of a sweep; to be used with ``with``.

    Args:
        folder: where it is, or is to be.
        name: of the experiment, for people.
        keys: of the variants.
        runs: of each variant.
        all_digests: whether each run has the journal's digest, and not only run 0 of each variant.
        series_runs: of how many runs of each variant, the first ones, the course over time is kept.
        resume: whether to go on with what is there.

    Raises:
        SweepError: the folder has results already, those of another sweep, or another driver.
    """

    def __init__(
        self,
        folder: Path,
        *,
        name: str,
        keys: Sequence[str],
        runs: int,
        all_digests: bool = False,
        series_runs: int = 0,
        resume: bool = False,
    ) -> None:
        self.folder, self._keys, self.runs, self._all_digests = folder, keys, runs, all_digests
        self._series_runs = series_runs
        self._heading = _Heading(format=_FORMAT, experiment=key_of_sweep(keys), name=name, version=__version__)
        self._places = array("q", [-1]) * (len(keys) * runs)
        """Where the line of each run begins; -1 if it has none."""
        with ExitStack() as opened:
            self._file = opened.enter_context(_open(folder, resume=resume))
            self._claim()
            self._end = self._begin()
            self._timings = opened.enter_context((folder / TIMINGS).open("ab"))
            self._opened = opened.pop_all()
        self._synced = monotonic()

    @property
    def missing_count(self) -> int:
        """How many runs have no line."""
        return self._places.count(-1)

    def missing(self, variant: int) -> Iterator[Task]:
        """List the runs of a variant that have no line."""
        begin = variant * self.runs
        for run in range(self.runs):
            if self._places[begin + run] == -1:
                key = key_of_run(self._keys[variant], run)
                yield Task(run, key, self._with_digest(run), self._with_series(run))

    def add(self, outcome: Outcome) -> None:
        """Write down that a run is finished."""
        self._file.write(outcome.line)
        self._places[outcome.variant * self.runs + outcome.run] = self._end
        self._end += len(outcome.line)
        self._timings.write(b"%d,%d,%.6f\n" % (outcome.variant, outcome.run, outcome.seconds))
        if monotonic() - self._synced >= _SYNC_SECONDS:
            self.sync()

    def sync(self) -> None:
        """Force what is written to the disk."""
        self._timings.flush()
        os.fsync(self._file.fileno())
        self._synced = monotonic()

    def lines(self, variant: int) -> Iterator[Line]:
        """Read the lines of a variant in the order of its runs; digests and series that nobody wants are left out."""
        decoder = msgspec.json.Decoder(Line)
        with (self.folder / JOURNAL).open("rb") as file:
            for run in range(self.runs):
                place = self._places[variant * self.runs + run]
                assert place >= 0, "all runs are finished"
                file.seek(place)
                line = decoder.decode(file.readline())
                yield msgspec.structs.replace(
                    line,
                    digest=line.digest if self._with_digest(run) else None,
                    series=line.series if self._with_series(run) else None,
                )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Force all to the disk, and let others have the folder."""
        with self._opened:
            self.sync()

    def _with_digest(self, run: int) -> bool:
        return run == 0 or self._all_digests

    def _with_series(self, run: int) -> bool:
        return run < self._series_runs

    # -- the beginning

    def _claim(self) -> None:
        """Take the folder for this process alone, as long as it lives.

        Raises:
            SweepError: another process has it.
        """
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SweepError(f"{self.folder} is being written by another sweep") from None

    def _begin(self) -> int:
        """Read what is there, and give where the next line begins."""
        end = self._read()
        self._file.truncate(end)
        if end == 0:
            heading = msgspec.json.encode(self._heading) + b"\n"
            self._file.write(heading)
            end = len(heading)
        return end

    def _read(self) -> int:
        """Note the lines that are whole, and give where they end.

        Raises:
            SweepError: it is the journal of another sweep, or a line is none of ours.
        """
        place, decoder = 0, msgspec.json.Decoder(_Known)
        with (self.folder / JOURNAL).open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if not line.endswith(b"\n"):
                    break  # the driver was killed while it wrote
                try:
                    if number == 1:
                        self._check(msgspec.json.decode(line, type=_Heading))
                    else:
                        self._note(decoder.decode(line), place)
                except msgspec.MsgspecError as error:
                    raise SweepError(
                        f"{self.folder / JOURNAL}, line {number}: it is no line of ours: {error}"
                    ) from None
                place += len(line)
        return place

    def _check(self, heading: _Heading) -> None:
        if heading.version != self._heading.version:
            raise SweepError(
                f"{self.folder} has results of cloudsim {heading.version}, and this is {self._heading.version}: "
                "they cannot be mixed; name another folder"
            )
        if heading.experiment != self._heading.experiment:
            what = f"of {heading.name!r}" if heading.name != self._heading.name else "of another state of it"
            raise SweepError(f"{self.folder} has results {what}, and not of this experiment; name another folder")

    def _note(self, known: _Known, place: int) -> None:
        """Note a line, if it is a result that is wanted."""
        is_wanted = known.variant < len(self._keys) and known.run < self.runs and known.failed is None
        if not is_wanted or known.key != key_of_run(self._keys[known.variant], known.run):
            return  # of a sweep with more runs, or a failure, which gets another chance
        has_digest = known.digest is not None or not self._with_digest(known.run)
        if has_digest and (known.series is not None or not self._with_series(known.run)):
            self._places[known.variant * self.runs + known.run] = place


def _open(folder: Path, *, resume: bool) -> FileIO:
    """Open the journal of a folder.

    Raises:
        SweepError: the folder has results and is not to be resumed, or cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not resume and any(folder.iterdir()):
            raise SweepError(f"{folder} is not empty; add --resume to go on with it, or name another folder")
        return FileIO(folder / JOURNAL, "ab")
    except OSError as error:
        raise SweepError(f"{folder} cannot be written: {error.strerror}") from None
