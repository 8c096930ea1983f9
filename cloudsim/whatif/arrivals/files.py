"""Files of traces: CSV, JSON Lines and Parquet as rows of texts, each file read as a stream.

Everything is text until somebody knows what it means, since a time is rounded by its decimal text. None is a blank:
nothing or only spaces, null, or not-a-number. A name that ends in ``.gz`` is unpacked on the way.
"""

import csv
import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TextIO, TypeAlias

from cloudsim.errors.own import TraceError, did_you_mean
from cloudsim.whatif.extras import need

Cell: TypeAlias = str | None
"""The text of a value; None where it is blank."""

FORMATS: Final = {
    ".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl", ".parquet": "parquet", ".pq": "parquet",
}  # fmt: skip
"""Formats by the ending of the name."""


def format_of(path: Path, stated: str | None = None) -> str:
    """Tell the format of a file: the stated one, or the one of its name.

    Raises:
        TraceError: the name does not tell.
    """
    suffix = Path(path.stem).suffix if path.suffix == ".gz" else path.suffix
    known = stated or FORMATS.get(suffix.lower())
    if known is None:
        raise TraceError(f"{path}: the name does not tell the format; state one: csv, jsonl or parquet")
    return known


def columns_of(path: Path, stated: str | None = None) -> tuple[str, ...]:
    """List the columns of a file; of JSON Lines, those of the first line.

    Raises:
        TraceError: it cannot be read.
    """
    with _told(path):
        match format_of(path, stated):
            case "csv":
                with _opened(path) as file:
                    return tuple(next(csv.reader(file), ()))
            case "jsonl":
                with _opened(path) as file:
                    return next((tuple(record) for _, record in _objects(path, file)), ())
            case _:
                with _parquet_file(path) as parquet:
                    return tuple(parquet.schema_arrow.names)


def rows_of(path: Path, columns: tuple[str, ...], stated: str | None = None) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    """Read some columns.

    Args:
        path: the file.
        columns: which; one may be asked for twice.
        stated: the format, where the name does not tell.

    Yields:
        The line that a row ends on (in Parquet its number, from 1), and the texts of the columns.

    Raises:
        TraceError: the file cannot be read, or has no such column.
    """
    kind = format_of(path, stated)
    reader = {"csv": _csv_rows, "jsonl": _jsonl_rows, "parquet": _parquet_rows}[kind]
    with _told(path):
        yield from reader(path, columns)


def _csv_rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    with _opened(path) as file:
        reader = csv.reader(file, strict=True)
        header = next(reader, [])
        _require(path, columns, header)
        places = [header.index(column) for column in columns]
        most = max(places, default=0)
        for line in reader:
            if len(line) <= most:
                if not line:
                    continue  # an empty line is no row
                raise TraceError(
                    f"{path}:{reader.line_num}: the row has {len(line)} values and the header {len(header)}"
                )
            yield reader.line_num, tuple(_cell(line[place]) for place in places)


def _jsonl_rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    seen: dict[str, None] = {}
    with _opened(path) as file:
        for number, record in _objects(path, file):
            seen.update(dict.fromkeys(record))
            yield number, tuple(_value(path, number, column, record.get(column)) for column in columns)
    _require(path, columns, seen)


def _parquet_rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    with _parquet_file(path) as file:
        _require(path, columns, file.schema_arrow.names)
        number = 0
        for batch in file.iter_batches(columns=list(dict.fromkeys(columns))):
            values = [batch.column(column).to_pylist() for column in columns]
            for row in zip(*values, strict=True):
                number += 1
                yield (
                    number,
                    tuple(_value(path, number, column, value) for column, value in zip(columns, row, strict=True)),
                )


def _objects(path: Path, file: TextIO) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for number, line in enumerate(file, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line, parse_float=str, parse_int=str)
        except ValueError as error:
            raise TraceError(f"{path}:{number}: the line is no JSON: {error}") from error
        if not isinstance(record, dict):
            raise TraceError(f'{path}:{number}: a line is an object with columns as keys, such as {{"start": 1}}')
        yield number, record


def _value(path: Path, number: int, column: str, value: object) -> Cell:
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float):
        return _cell(value if isinstance(value, str) else repr(value))
    if type(value).__name__ == "Decimal":
        return _cell(str(value))
    raise TraceError(f"{path}:{number}: {column} is {type(value).__name__}; a column has texts or numbers")


def _cell(text: str) -> Cell:
    stripped = text.strip()
    return None if not stripped or stripped.lower() == "nan" else stripped


def _require(path: Path, columns: tuple[str, ...], known: Any) -> None:  # noqa: ANN401  a list or a dict of names
    for column in columns:
        if column not in known:
            raise TraceError(f"{path}: there is no column {column!r}; {did_you_mean(column, known)}")


@contextmanager
def _parquet_file(path: Path) -> Iterator[Any]:
    parquet = need("pyarrow.parquet", extra="parquet")
    try:
        opened = parquet.ParquetFile(path)
    except ValueError as error:  # pyarrow's own errors derive from it
        raise TraceError(f"{path}: the trace is no Parquet: {str(error).partition('.')[0]}") from error
    with opened as file:
        yield file


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    if path.suffix == ".gz":
        with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
            yield file
    else:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield file


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Say of a file that cannot be read which it is, and why."""
    try:
        yield
    except OSError as error:
        raise TraceError(f"{path}: the trace cannot be read: {error.strerror or error}") from error
    except (EOFError, zlib.error) as error:
        raise TraceError(f"{path}: the packed trace is cut off or damaged") from error
    except UnicodeDecodeError as error:
        raise TraceError(f"{path}: the trace is no UTF-8 text") from error
    except csv.Error as error:
        raise TraceError(f"{path}: the trace is no CSV: {error}") from error
