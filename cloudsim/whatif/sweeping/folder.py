"""The folder of results: tidy tables, a summary, and where all of it came from.

    runs.csv          variant, run, figure, value
    summary.csv       variant, one column an axis, figure, estimate, low, high, n, method, censored
    digests.csv       variant, run, result_digest, digest, failed
    summary.json      what ``sweep --json`` prints
    provenance.json   hashes of all inputs, versions, seeds, the command
    experiment.json   the experiment as tables, with its world, by which two sweeps are told apart
    series.jsonl      the first runs of each variant over time, where that is wanted: variant, run, series
    journal.jsonl     finished runs in the order in which they ended
    timings.csv       variant, run, seconds: the only wall times

With the extra ``parquet`` also runs.parquet. The first four are the same bytes for the same experiment, seed and
version. A file is written beside its place and then moved there, so it is there as a whole or not at all.
"""

import csv
import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from itertools import repeat
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self, TextIO

import msgspec

from cloudsim.whatif.extras import need
from cloudsim.whatif.sweeping.results import SweepResult
from cloudsim.whatif.sweeping.work import Line

RUNS, SUMMARY, DIGESTS, PARQUET = "runs.csv", "summary.csv", "digests.csv", "runs.parquet"
DOCUMENT: Final = "summary.json"
PROVENANCE: Final = "provenance.json"
EXPERIMENT: Final = "experiment.json"
SERIES: Final = "series.jsonl"


@contextmanager
def whole(path: Path) -> Iterator[TextIO]:
    """Write a file that is there as a whole or not at all."""
    beside = path.with_name(f"{path.name}.part")
    with beside.open("w", encoding="utf-8", newline="") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


class Tables:
    """The tables with a row for each run; to be used with ``with``.

    Args:
        folder: where they go.
        with_series: whether some runs have their course over time.
    """

    def __init__(self, folder: Path, *, with_series: bool = False) -> None:
        self._opened = ExitStack()
        self._series = self._opened.enter_context(whole(folder / SERIES)) if with_series else None
        self._runs = csv.writer(self._opened.enter_context(whole(folder / RUNS)), lineterminator="\n")
        self._digests = csv.writer(self._opened.enter_context(whole(folder / DIGESTS)), lineterminator="\n")
        self._parquet = self._opened.enter_context(_Parquet(folder / PARQUET)) if find_spec("pyarrow") else None
        self._runs.writerow(["variant", "run", "figure", "value"])
        self._digests.writerow(["variant", "run", "result_digest", "digest", "failed"])

    def add(self, line: Line) -> None:
        """Add a run."""
        variant, run, figures = line.variant, line.run, line.figures
        self._digests.writerow([variant, run, line.result_digest, line.digest, line.failed])
        self._runs.writerows(zip(repeat(variant), repeat(run), figures.keys(), figures.values(), strict=False))
        if self._parquet is not None:
            self._parquet.add(line)
        if self._series is not None and line.series is not None:
            told = {"variant": variant, "run": run, "series": line.series}
            self._series.write(msgspec.json.encode(told).decode() + "\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Move the tables to their places, if all went well."""
        self._opened.__exit__(kind, error, trace)


class _Parquet:
    """``runs.parquet``: the rows of runs.csv, some runs a row group."""

    _ROWS: Final = 100_000

    def __init__(self, path: Path) -> None:
        self._pa = need("pyarrow", extra="parquet")
        self._path = path
        self._beside = path.with_name(f"{path.name}.part")
        self._rows: tuple[list[int], list[int], list[str], list[float | None]] = ([], [], [], [])
        kinds = {"variant": self._pa.int32(), "run": self._pa.int32(), "figure": self._pa.string()}
        self._schema = self._pa.schema([*kinds.items(), ("value", self._pa.float64())])
        self._writer = need("pyarrow.parquet", extra="parquet").ParquetWriter(self._beside, self._schema)

    def add(self, line: Line) -> None:
        variants, runs, names, values = self._rows
        variants += [line.variant] * len(line.figures)
        runs += [line.run] * len(line.figures)
        names += line.figures.keys()
        values += line.figures.values()
        if len(names) >= self._ROWS:
            self._write()

    def _write(self) -> None:
        columns = [self._pa.array(rows, field.type) for rows, field in zip(self._rows, self._schema, strict=True)]
        self._writer.write_table(self._pa.Table.from_arrays(columns, schema=self._schema))
        for rows in self._rows:
            rows.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self._write()
        self._writer.close()
        if error is None:
            self._beside.replace(self._path)


def write_summary(folder: Path, result: SweepResult) -> None:
    """Write the estimates, as a table and as a document."""
    axes = list(result.variants[0].axes)
    with whole(folder / SUMMARY) as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["variant", *axes, "figure", "estimate", "low", "high", "n", "method", "censored"])
        for variant in result.variants:
            values = [_shown(variant.axes[axis]) for axis in axes]
            for name, one in variant.metrics.items():
                found = [one.estimate, one.low, one.high, one.n, one.method, one.censored]
                rows.writerow([variant.index, *values, name, *found])
    write_document(folder / DOCUMENT, result.document())


def write_document(path: Path, document: Mapping[str, Any]) -> None:
    """Write a JSON document, indented so that people can read it too."""
    with whole(path) as file:
        file.write(msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n")


def _shown(value: object) -> object:
    """Write the value of an axis in one cell."""
    return value if isinstance(value, str | int | float) else msgspec.json.encode(value).decode()
