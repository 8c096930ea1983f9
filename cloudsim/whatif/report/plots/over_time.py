"""Plots over time, out of the series of some runs: use against capacity, heat map, refusals by code, calls, zones."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from math import ceil
from statistics import fmean
from typing import Any, Final

from cloudsim.whatif.report.plots.happenings import happenings
from cloudsim.whatif.report.plots.limits import call_limits
from cloudsim.whatif.report.plots.plot import (
    BAD,
    COLOURS,
    INK,
    SOFT,
    Plot,
    TimeAxis,
    Trace,
    axis,
    faint,
    line_at,
    merged,
    plain,
    shown,
    time_axis,
    unshown_note,
)
from cloudsim.whatif.report.results import Results
from cloudsim.whatif.report.words import variant_names
from cloudsim.whatif.running.series import Series

_MINUTE: Final = 60.0
_Maker = Callable[[Results, int, str, TimeAxis], Plot | None]


def time_plots(results: Results) -> Iterator[Plot]:
    """Make the plots over time of the variants that are shown; none where no series were taken."""
    names, over = variant_names(results.variants), time_axis(results)
    makers: tuple[_Maker, ...] = (_fan, _zones, _heat, _refusals, _calls)
    for make in makers:
        for variant in shown(results):
            if results.series.get(variant):
                plot = make(results, variant, names[variant], over)
                if plot is not None:
                    yield plot


def _fan(results: Results, variant: int, name: str, over: TimeAxis) -> Plot:
    """Use of all vSwitches together: median, the middle half and nine tenths of the runs, and what there is."""
    series = results.series[variant]
    instants = over.all(series[0].instants)
    totals = [_sum_at(one.in_use.values()) for one in series]
    low, first, middle, third, high = _quantiles(totals, (0.05, 0.25, 0.5, 0.75, 0.95))
    size = _sum_at(series[0].size.values())
    colour = COLOURS[variant % len(COLOURS)]
    data: list[Trace] = []
    if len(series) > 1:
        data += [*_band(instants, low, high, faint(colour, 0.16), "9 of 10 runs")]
        data += [*_band(instants, first, third, faint(colour, 0.3), "half of the runs")]
    data.append(_stairs(instants, middle, "median" if len(series) > 1 else "the run", {"color": colour, "width": 2}))
    data.append(_stairs(instants, size, "capacity", {"color": BAD, "width": 1.5, "dash": "dash"}))
    layout = {"xaxis": over.layout(), "yaxis": axis("addresses in use")}
    many = f"{len(series)} runs" if len(series) > 1 else "one run"
    return Plot(
        name=f"fan-{variant}",
        title=f"Use against capacity: {name}",
        says=f"Addresses in use of all vSwitches together, in {many}, and how many there are (dashed)."
        + unshown_note(results),
        data=data,
        layout=merged(layout, happenings(results, over)),
    )


def _zones(results: Results, variant: int, name: str, over: TimeAxis) -> Plot | None:
    """Use by zone where a zone fails or returns."""
    series, marks = results.series[variant], happenings(results, over, kinds=("zone-outage", "zone-return"))
    zones = list(dict.fromkeys(series[0].zones.values()))
    if not marks or len(zones) < 2:
        return None
    instants, data = over.all(series[0].instants), []
    for place, zone in enumerate(zones):
        by_run = [_sum_at(used for vswitch, used in one.in_use.items() if one.zones[vswitch] == zone) for one in series]
        line = {"color": COLOURS[place % len(COLOURS)], "width": 2}
        data.append(_stairs(instants, _mean_at(by_run), plain(zone), line))
    return Plot(
        name=f"zones-{variant}",
        title=f"When a zone fails: {name}",
        says="Mean addresses in use by zone. Shaded: the zone is out; what it loses, the others must take.",
        data=data,
        layout=merged({"xaxis": over.layout(), "yaxis": axis("addresses in use")}, marks),
    )


def _heat(results: Results, variant: int, name: str, over: TimeAxis) -> Plot | None:
    """Use of each vSwitch as a share of its size."""
    series = results.series[variant]
    vswitches = list(series[0].in_use)
    if len(vswitches) < 2:
        return None
    shares = [
        [
            100 * used / size if size else None
            for used, size in zip(
                _mean_at([one.in_use[vswitch] for one in series]), series[0].size[vswitch], strict=True
            )
        ]
        for vswitch in vswitches
    ]
    heat = {
        "type": "heatmap", "x": over.all(series[0].instants), "y": [plain(vswitch) for vswitch in vswitches],
        "z": shares, "zmin": 0, "zmax": 100, "colorscale": "Viridis", "reversescale": True,
        "colorbar": {"title": {"text": "% in use"}, "thickness": 12, "outlinewidth": 0},
        "hovertemplate": "%{y}: %{z:.0f} % in use<extra></extra>",
    }  # fmt: skip
    layout = {"xaxis": over.layout(), "yaxis": {"autorange": "reversed", "automargin": True}}
    return Plot(
        name=f"heat-{variant}",
        title=f"Which vSwitch fills when: {name}",
        says="Mean share of each vSwitch's addresses that is in use; the darkest is full.",
        data=[heat],
        layout=layout,
    )


def _refusals(results: Results, variant: int, name: str, over: TimeAxis) -> Plot | None:
    """Final refusals by code, mean per run and cell of time."""
    series = results.series[variant]
    codes = list(dict.fromkeys(code for one in series for code in one.refused))
    if not codes:
        return None
    data = []
    for place, code in enumerate(codes):
        counts = [one.refused.get(code, [0] * (len(one.instants) - 1)) for one in series]
        colour = {"color": COLOURS[(place + 1) % len(COLOURS)]}
        bars = {"type": "bar", "x": _middles(series[0], over), "y": _mean_at(counts), "name": plain(code)}
        data.append({**bars, "marker": colour, "showlegend": True})
    layout = {"xaxis": over.layout(), "yaxis": axis("refusals per run"), "barmode": "stack", "bargap": 0}
    return Plot(
        name=f"refusals-{variant}",
        title=f"What is refused, and when: {name}",
        says="Final refusals by code within each two-hundredth of the time, mean per run."
        if len(series[0].instants) == 201
        else "Final refusals by code within each cell of time, mean per run.",
        data=data,
        layout=merged(layout, happenings(results, over)),
    )


def _calls(results: Results, variant: int, name: str, over: TimeAxis) -> Plot | None:
    """Calls per minute by action, against their limits."""
    series = results.series[variant]
    actions = list(dict.fromkeys(action for one in series for action in one.calls))
    if not actions:
        return None
    cell_s = series[0].instants[1] - series[0].instants[0]
    limits, data = call_limits(results, variant, actions), []
    marks: dict[str, Any] = {}
    for place, action in enumerate(actions):
        rates = [[calls * _MINUTE / cell_s for calls in one.calls.get(action, [0])] for one in series]
        line = {"color": COLOURS[place % len(COLOURS)], "width": 1.5, "shape": "hvh"}
        data.append({
            "type": "scatter", "mode": "lines", "x": _middles(series[0], over), "y": _mean_at(rates),
            "name": plain(action), "line": line, "showlegend": True,
        })  # fmt: skip
    for action, limit in limits.items():
        marks = merged(marks, line_at(limit, f"limit of {plain(action)}: {limit:g} a minute", colour=BAD))
    peak = results.variants[variant].value("peak_calls")
    if peak is not None:
        marks = merged(marks, line_at(peak, f"most in one minute: {peak:.4g}", colour=SOFT))
    says = "Mean calls per minute within each cell of time, by action; bursts within a cell go higher"
    says += ". Dashed and red: what is let through." if limits else ". No limit of calls is modelled."
    layout = {"xaxis": over.layout(), "yaxis": axis("calls per minute")}
    return Plot(name=f"calls-{variant}", title=f"API calls: {name}", says=says, data=data, layout=merged(layout, marks))


# -- series


def _sum_at(columns: Iterable[Sequence[float]]) -> list[float]:
    """Add up lists of the same length, place by place."""
    return [sum(values) for values in zip(*columns, strict=True)]


def _mean_at(columns: Sequence[Sequence[float]]) -> list[float]:
    """Give the means of lists, place by place."""
    longest = max(len(column) for column in columns)
    return [fmean(values) for values in zip(*(c for c in columns if len(c) == longest), strict=True)]


def _quantiles(columns: Sequence[Sequence[float]], shares: Sequence[float]) -> list[list[float]]:
    """Give quantiles of lists, place by place: values that occurred."""
    ordered = [sorted(values) for values in zip(*columns, strict=True)]
    return [[values[max(0, ceil(share * len(values)) - 1)] for values in ordered] for share in shares]


def _middles(series: Series, over: TimeAxis) -> list[float | str]:
    ends = series.instants
    return over.all((begin + end) / 2 for begin, end in pairwise(ends))


def _stairs(x: Sequence[float | str], y: Sequence[float], name: str, line: dict[str, Any]) -> Trace:
    return {
        "type": "scatter", "mode": "lines", "x": list(x), "y": list(y), "name": name, "line": {**line, "shape": "hv"},
        "showlegend": True,
    }  # fmt: skip


def _band(
    x: Sequence[float | str], low: Sequence[float], high: Sequence[float], colour: str, name: str
) -> Iterator[Trace]:
    """Shade what lies between two lines."""
    edge = {"width": 0, "color": INK, "shape": "hv"}
    common = {"type": "scatter", "mode": "lines", "x": list(x), "line": edge, "hoverinfo": "skip"}
    yield {**common, "y": list(low), "showlegend": False}
    yield {**common, "y": list(high), "fill": "tonexty", "fillcolor": colour, "name": name, "showlegend": True}
