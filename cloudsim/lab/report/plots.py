"""The four plots: time against fill, memory against size, whole blocks against use, reuse against whole blocks."""

from collections.abc import Iterator, Sequence
from typing import Final

from cloudsim.lab.allocator import ground
from cloudsim.lab.bench import Row
from cloudsim.lab.fragmentation import Left
from cloudsim.lab.laboratory import Outcome
from cloudsim.lab.plan import OCCUPANCIES
from cloudsim.lab.report.words import bytes_text, time_of
from cloudsim.lab.theory import expected_free_blocks, packed_free_blocks
from cloudsim.lab.workloads import STEADY
from cloudsim.whatif.report.plots.plot import COLOURS, INK, SOFT, Plot, Trace, axis, plain

_SIDE: Final = {"legend": {"orientation": "v", "x": 1.01, "xanchor": "left", "y": 1, "yanchor": "top"}}
_DASHES: Final = ("solid", "dash", "dot", "dashdot")
_SYMBOLS: Final = ("circle", "square", "diamond", "cross", "x", "triangle-up", "star")
_BOTH: Final = 0.2
"""The use at which reuse and whole blocks are compared."""


def plots_of(outcome: Outcome) -> Iterator[Plot]:
    """Make all plots that there is data for."""
    yield from _times(outcome)
    yield from _memory(outcome)
    for size in dict.fromkeys(one.size for one in outcome.left):
        yield _blocks([one for one in outcome.left if one.size == size])
    yield from _trade_off(outcome.left)


def _look(place: int, *, is_ours: bool) -> Trace:
    """Give a line of its own colour and dash; ours are thicker."""
    return {"color": COLOURS[place % len(COLOURS)], "width": 3 if is_ours else 1.4, "dash": _DASHES[place // 8 % 4]}


def _times(outcome: Outcome) -> Iterator[Plot]:
    steady = [row for row in outcome.rows if row.workload == STEADY and row.pools == 1 and row.occupancy in OCCUPANCIES]
    for size in dict.fromkeys(sorted((row.size for row in steady), key=lambda size: int(size[1:]))):
        here = [row for row in steady if row.size == size]
        data = []
        for place, name in enumerate(dict.fromkeys(row.name for row in here)):
            mine = [row for row in here if row.name == name]
            data.append(_time_line(mine, place))
        foretold = [
            one
            for one in outcome.skipped
            if (one.size, one.workload, one.pools) == (size, STEADY, 1) and one.predicted_ns is not None
        ]
        if foretold:
            data.append({
                "type": "scatter", "mode": "markers", "name": "foretold, not measured",
                "x": [_fill(one.occupancy) for one in foretold], "y": [one.predicted_ns for one in foretold],
                "marker": {"symbol": "circle-open", "color": SOFT, "size": 8},
                "text": [plain(f"{one.name}: ~{time_of(one.predicted_ns)}") for one in foretold],
                "hovertemplate": "%{text}<extra></extra>",
            })  # fmt: skip
        floor = {"type": "scatter", "mode": "lines", "name": "no-op", "line": {"color": INK, "dash": "dot", "width": 1}}
        fills = [name for name in OCCUPANCIES if any(row.occupancy == name for row in here)]
        floors = [next(row.floor_ns for row in here if row.occupancy == name) for name in fills]
        data.append({**floor, "x": [_fill(name) for name in fills], "y": floors})
        yield Plot(
            name=f"time-{size[1:]}",
            title=f"Time of a pair against fill, {size}",
            says="A release and an allocation, each allocator in its own steady state; thick lines are ours, bars the "
            "quartiles of the rounds. What is indexed stays level; what searches or guesses does not.",
            data=data,
            layout={
                "xaxis": {"type": "category", "title": {"text": "addresses held"}},
                "yaxis": {"type": "log", "title": {"text": "ns for a pair"}, "dtick": 1},
                **_SIDE,
            },
        )


def _fill(name: str) -> str:
    return "all but the last" if name == "last" else f"{name} %"


def _time_line(rows: Sequence[Row], place: int) -> Trace:
    return {
        "type": "scatter", "mode": "lines+markers", "name": plain(rows[0].name),
        "x": [_fill(row.occupancy) for row in rows], "y": [row.ns for row in rows],
        "error_y": {
            "type": "data", "symmetric": False, "thickness": 1, "width": 2,
            "array": [row.ns_high - row.ns for row in rows], "arrayminus": [row.ns - row.ns_low for row in rows],
        },
        "line": _look(place, is_ours=rows[0].structure == "pool"), "marker": {"size": 5},
        "text": [plain(f"{row.name}: {time_of(row.ns)}, {row.probes or 0:.4g} probes") for row in rows],
        "hovertemplate": "%{text}<extra></extra>",
    }  # fmt: skip


def _memory(outcome: Outcome) -> Iterator[Plot]:
    rows = [row for row in outcome.rows if row.workload == STEADY and row.pools == 1 and row.occupancy == "90"]
    if not rows:
        return
    data: list[Trace] = []
    for place, name in enumerate(dict.fromkeys(row.name for row in rows)):
        mine = sorted((row for row in rows if row.name == name), key=lambda row: row.size, reverse=True)
        data.append({
            "type": "scatter", "mode": "lines+markers", "name": plain(name),
            "x": [row.size for row in mine], "y": [row.bytes_per_pool for row in mine],
            "line": _look(place, is_ours=mine[0].structure == "pool"), "marker": {"size": 6},
            "text": [plain(f"{name}: {bytes_text(row.bytes_per_pool or 0)}") for row in mine],
            "hovertemplate": "%{text}<extra></extra>",
        })  # fmt: skip
    yield Plot(
        name="memory",
        title="Memory against size",
        says="Bytes of one allocator with 90 % of its addresses held; thick lines are ours.",
        data=data,
        layout={
            "xaxis": {
                "type": "category", "title": {"text": "size of the block"},
                "categoryarray": sorted({row.size for row in rows}, reverse=True), "categoryorder": "array",
            },
            "yaxis": {"type": "log", "title": {"text": "bytes"}, "dtick": 1},
            **_SIDE,
        },
    )  # fmt: skip


def _blocks(left: Sequence[Left]) -> Plot:
    blocks, size = left[0].blocks, left[0].size
    data: list[Trace] = []
    for place, name in enumerate(dict.fromkeys(one.name for one in left)):
        mine = [one for one in left if one.name == name]
        data.append({
            "type": "scatter", "mode": "lines+markers", "name": plain(mine[0].policy), "marker": {"size": 6},
            "x": [100 * one.use for one in mine], "y": [100 * one.free_blocks / blocks for one in mine],
            "line": {**_look(place, is_ours=False), "width": 2},
            "text": [plain(f"{one.policy}: {one.free_blocks:.4g} of {blocks}") for one in mine],
            "hovertemplate": "%{text}<extra></extra>",
        })  # fmt: skip
    where = ground(int(size[1:]))
    percents = range(round(100 * max(one.use for one in left)) + 1)
    for name, formula, dash in (
        ("at random, by formula", expected_free_blocks, "dash"), ("perfect packing", packed_free_blocks, "dot")
    ):  # fmt: skip
        data.append({
            "type": "scatter", "mode": "lines", "name": name, "x": list(percents),
            "y": [100 * formula(where, where.usable * percent // 100) / blocks for percent in percents],
            "line": {"color": INK, "dash": dash, "width": 2},
        })  # fmt: skip
    return Plot(
        name=f"blocks-{size[1:]}",
        title=f"Whole free /28 blocks against use, {size}",
        says=f"Of {blocks} blocks, after churn with exponential lives. What spreads addresses follows the formula, and "
        "has no prefix to give long before the block is full; what packs them keeps to the other line.",
        data=data,
        layout={
            "xaxis": axis("% of the addresses used"), "yaxis": axis("% of the blocks whole and free"), **_SIDE,
        },
    )  # fmt: skip


def _trade_off(left: Sequence[Left]) -> Iterator[Plot]:
    for size in ("/20", "/24", "/16"):
        here = [one for one in left if one.size == size and one.use == _BOTH and one.reuse_distance is not None]
        if not here:
            continue
        data: list[Trace] = [
            {
                "type": "scatter", "mode": "markers", "name": plain(one.policy),
                "x": [one.reuse_distance], "y": [100 * one.free_blocks / one.blocks],
                "marker": {
                    "size": 13, "color": COLOURS[place % len(COLOURS)], "symbol": _SYMBOLS[place % len(_SYMBOLS)],
                },
                "text": [plain(f"{one.policy}: back after {one.reuse_distance:.4g}, {one.free_blocks:.4g} blocks")],
                "hovertemplate": "%{text}<extra></extra>",
            }
            for place, one in enumerate(here)
        ]  # fmt: skip
        yield Plot(
            name="trade-off",
            title=f"Reuse against whole blocks, {size} with {100 * _BOTH:.0f} % used",
            says="To the right: an address rests long before it is used again, as a cool-down wants. Up: blocks stay "
            "whole, as prefixes want. No policy has both for nothing; the upper right is where to look.",
            data=data,
            layout={
                "xaxis": {"type": "log", "title": {"text": "allocations until an address comes back, median"}},
                "yaxis": axis("% of the blocks whole and free"),
                **_SIDE,
            },
        )
        return
