"""An outcome for machines: one JSON document, and a CSV with a line for each cell.

Source: experiments.md, ``bench ... --json``.
"""

import os
import platform
from collections.abc import Iterator
from importlib import metadata
from typing import Any, Final

import msgspec

from cloudsim.lab.bench import Row
from cloudsim.lab.laboratory import Outcome
from cloudsim.version import __version__

FORMAT_VERSION: Final = 1
"""Additions keep it, anything else raises it."""

LIBRARIES: Final = ("netaddr", "sortedcontainers", "numpy", "bitarray", "pyroaring")

COLUMNS: Final = Row.__dataclass_fields__


def document(outcome: Outcome) -> dict[str, Any]:
    """Give all of it."""
    return {
        "format_version": FORMAT_VERSION,
        "benchmark": "pools",
        "quick": outcome.is_quick,
        "machine": machine(),
        "versions": versions(*LIBRARIES),
        "rows": msgspec.to_builtins(list(outcome.rows)),
        "goals": [goal.document() for goal in outcome.goals],
        "fragmentation": msgspec.to_builtins(list(outcome.left)),
        "bursts": msgspec.to_builtins(list(outcome.bursts)),
        "skipped": msgspec.to_builtins(list(outcome.skipped)),
        "not_installed": [{"name": name, "library": library} for name, library in outcome.missing.items()],
    }


def machine() -> dict[str, Any]:
    """Say where it ran."""
    return {
        "system": platform.system(), "architecture": platform.machine(), "cores": os.cpu_count(),
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "load": [round(load, 2) for load in os.getloadavg()],
    }  # fmt: skip


def versions(*libraries: str) -> dict[str, str | None]:
    """Say which versions of us and of libraries ran; None for those that are not installed."""
    found: dict[str, str | None] = {"cloudsim": __version__}
    for name in libraries:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = None
    return found


def csv_rows(outcome: Outcome) -> Iterator[list[object]]:
    """Give the table, headings first; cells that were skipped have a time that was foretold, and say why."""
    yield [*COLUMNS, "predicted_ns", "skipped_because"]
    for row in outcome.rows:
        yield [*(getattr(row, name) for name in COLUMNS), None, None]
    for skipped in outcome.skipped:
        told = msgspec.to_builtins(skipped)
        foretold = None if skipped.predicted_ns is None else round(skipped.predicted_ns)
        yield [*(told.get(name) for name in COLUMNS), foretold, skipped.why]
