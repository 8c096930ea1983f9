"""Reading a folder of results: what the sweep found, its runs, how they went over time, and where all came from.

    summary.json      the document of ``sweep --json``; needed
    runs.csv          every figure of every run; needed
    provenance.json   hashes of all inputs, versions, seeds, the command
    experiment.json   the experiment as tables, by which two sweeps are told apart key by key
    series.jsonl      some runs over time: a line ``{variant, run, series}`` each

What a folder does not have is left out of what is made of it, and said to be.

Source: experiments.md, "JSON".
"""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec

from cloudsim.errors.own import ResultsError
from cloudsim.values.duration import SECOND, parse_duration
from cloudsim.whatif.report.runs import Runs
from cloudsim.whatif.running.series import Series
from cloudsim.whatif.statistics import Estimate
from cloudsim.whatif.sweeping.folder import DOCUMENT, EXPERIMENT, PROVENANCE, RUNS, SERIES

FORMAT_VERSION: Final = 1

T = TypeVar("T")


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """A target, and whether it is met."""

    metric: str
    at_most: float | None = None
    at_least: float | None = None
    bound: float | None
    met: bool
    warnings: tuple[str, ...] = ()

    @property
    def limit(self) -> float:
        """What the figure is held against."""
        limit = self.at_most if self.at_least is None else self.at_least
        assert limit is not None, "a target has one limit"
        return limit


class FailedRun(msgspec.Struct, frozen=True, kw_only=True):
    """A run without a result."""

    run: int
    why: str


class Variant(msgspec.Struct, frozen=True, kw_only=True):
    """What the summary says of one variant."""

    axes: dict[str, Any]
    metrics: dict[str, Estimate]
    targets: tuple[Target, ...] = ()
    result_digest: str = ""
    digest: str | None = None
    failed: tuple[FailedRun, ...] = ()

    def value(self, metric: str) -> float | None:
        """Give the estimate of a metric; None where there is none."""
        found = self.metrics.get(metric)
        return None if found is None else found.estimate


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """The document of ``sweep --json``."""

    format_version: int
    experiment: str
    seed: int
    runs: int
    variants: tuple[Variant, ...]
    start_date: str | None = None


class _SeriesLine(msgspec.Struct, frozen=True, kw_only=True):
    variant: int
    run: int
    series: Series


@dataclass(frozen=True, kw_only=True)
class Results:
    """The results of a sweep."""

    folder: Path
    summary: Summary
    runs: tuple[Runs, ...]
    """By variant."""
    series: dict[int, tuple[Series, ...]] = field(default_factory=dict)
    """By variant, runs over time; variants without any are left out."""
    provenance: dict[str, Any] = field(default_factory=dict)
    experiment: dict[str, Any] | None = None
    """The experiment as tables; None where the folder does not have it."""

    @property
    def variants(self) -> tuple[Variant, ...]:
        """What the summary says of each variant."""
        return self.summary.variants

    @cached_property
    def warmup_s(self) -> float:
        """What is cut off the beginning of what is measured, in seconds."""
        return parse_duration(str((self.experiment or {}).get("warmup", "0s"))) / SECOND

    def horizon_s(self, variant: int) -> float | None:
        """Give where the runs of a variant end, in seconds; None where no run says so."""
        lengths = self.runs[variant].values("measured_seconds")
        length = next((value for value in lengths if value is not None), None)
        warmup = self.variants[variant].axes.get("warmup")
        warmup_s = self.warmup_s if warmup is None else parse_duration(str(warmup)) / SECOND
        return None if length is None else length + warmup_s


def read_results(folder: Path) -> Results:
    """Read a folder of results.

    Raises:
        ResultsError: a file that is needed is missing, or a file is not as a sweep writes it.
    """
    if not folder.is_dir():
        raise ResultsError(f"{folder} is no folder; cloudsim sweep EXPERIMENT --dir {folder} makes one with results")
    summary = _document(folder / DOCUMENT, Summary)
    if summary is None:
        raise ResultsError(f"{folder} has no {DOCUMENT}: no sweep has ended in it (cloudsim sweep --resume goes on)")
    if summary.format_version != FORMAT_VERSION or not summary.variants:
        raise ResultsError(f"{folder / DOCUMENT} is not of format {FORMAT_VERSION}, which this version reads")
    return Results(
        folder=folder,
        summary=summary,
        runs=_runs(folder / RUNS, len(summary.variants)),
        series=_series(folder / SERIES),
        provenance=_document(folder / PROVENANCE, dict[str, Any]) or {},
        experiment=_document(folder / EXPERIMENT, dict[str, Any]),
    )


def _document(path: Path, kind: type[T]) -> T | None:
    """Read a document; None where there is none."""
    if not path.exists():
        return None
    return _told(path, lambda: msgspec.json.decode(path.read_bytes(), type=kind))


def _runs(path: Path, count: int) -> tuple[Runs, ...]:
    return _told(path, lambda: _read_runs(path, count))


def _read_runs(path: Path, count: int) -> tuple[Runs, ...]:
    found = tuple(Runs() for _ in range(count))
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        if next(rows, None) != ["variant", "run", "figure", "value"]:
            raise ResultsError(f"{path} does not begin with variant,run,figure,value")
        for variant, run, figure, value in rows:
            found[int(variant)].add(int(run), figure, float(value) if value else None)
    return found


def _series(path: Path) -> dict[int, tuple[Series, ...]]:
    if not path.exists():
        return {}
    lines = _told(path, lambda: list(_series_lines(path)))
    found: dict[int, list[Series]] = {}
    for line in lines:
        found.setdefault(line.variant, []).append(line.series)
    return {variant: tuple(series) for variant, series in found.items()}


def _series_lines(path: Path) -> Iterator[_SeriesLine]:
    decoder = msgspec.json.Decoder(_SeriesLine)
    with path.open("rb") as file:
        yield from map(decoder.decode, file)


def _told(path: Path, read: Callable[[], T]) -> T:
    """Read a file, and say what is wrong with it.

    Raises:
        ResultsError: it cannot be read.
    """
    try:
        return read()
    except OSError as error:
        raise ResultsError(f"{path} cannot be read: {error.strerror}") from None
    except (msgspec.MsgspecError, ValueError, IndexError) as error:
        raise ResultsError(f"{path} is not as a sweep writes it: {error}") from None
