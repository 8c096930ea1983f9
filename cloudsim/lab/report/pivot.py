"""The table as table D of the study: allocators down, fills across."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cloudsim.lab.bench import Row, Skipped
from cloudsim.lab.laboratory import Outcome
from cloudsim.lab.report.words import bytes_text, number, share, time_of
from cloudsim.lab.workloads import STEADY


@dataclass(frozen=True, slots=True, kw_only=True)
class Pivot:
    """A table of texts."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


def pivots(outcome: Outcome) -> Iterator[Pivot]:
    """Make a table of the steady workload for each size, and one of all other workloads."""
    cells: list[Row | Skipped] = [*outcome.rows, *outcome.skipped]
    for size in dict.fromkeys(cell.size for cell in cells):
        for workload, pools in dict.fromkeys((cell.workload, cell.pools) for cell in cells if cell.size == size):
            here = [one for one in cells if (one.size, one.workload, one.pools) == (size, workload, pools)]
            yield _pivot(size, workload, pools, here)


def _pivot(size: str, workload: str, pools: int, cells: Sequence[Row | Skipped]) -> Pivot:
    fills = list(dict.fromkeys(cell.occupancy for cell in cells))
    asks = any(isinstance(cell, Row) and cell.success is not None for cell in cells)
    titles = [f"{fill} held" if fill.isdecimal() and int(fill) > 100 else f"{fill} %" for fill in fills]
    titles = [title.replace("last %", "last") for title in titles]
    rows = []
    for name in dict.fromkeys(cell.name for cell in cells):
        mine = {cell.occupancy: cell for cell in cells if cell.name == name}
        measured = [cell for cell in mine.values() if isinstance(cell, Row)]
        first = measured[0] if measured else None
        policy = next(cell.policy for cell in mine.values())
        told = [*(_cell(mine.get(fill)) for fill in fills)]
        rest = [
            bytes_text(first.bytes_per_pool) if first and first.bytes_per_pool is not None else "-",
            number(first.free_blocks) if first else "-",
            number(first.reuse_distance) if first else "-",
        ]
        rows.append([name, policy, *told, *rest, *([share(first.success) if first else "-"] if asks else [])])
    what = "steady, exponential lives" if workload == STEADY else workload
    return Pivot(
        title=f"{size}, {what}" + (f", {pools} pools in turn" if pools > 1 else ""),
        columns=[
            "allocator", "policy", *titles, f"bytes at {titles[0]}", "whole /28", "reuse after",
            *(["had"] if asks else []),
        ],
        rows=rows,
    )  # fmt: skip


def _cell(cell: Row | Skipped | None) -> str:
    """Write the time of a pair, with the probes of an allocation; a time that was foretold has a tilde."""
    if cell is None:
        return ""
    if isinstance(cell, Skipped):
        return f"~{time_of(cell.predicted_ns)}"
    probes = "" if cell.probes is None or cell.probes == 1 else f" ({number(cell.probes)})"
    return f"{time_of(cell.ns)}{probes}"
