"""Plots across variants: a target's figure over an axis, survival, paired differences, and a tornado of the axes."""

from collections.abc import Iterator, Sequence
from itertools import product
from statistics import fmean
from typing import Any, Final

from cloudsim.whatif.report.comparing.outcomes import outcomes
from cloudsim.whatif.report.plots.plot import (
    COLOURS,
    INK,
    SHOWN_MAX,
    SOFT,
    Plot,
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
from cloudsim.whatif.report.results import Results, Target
from cloudsim.whatif.report.words import axis_value, change, figure, is_time, target, variant_names, varying_axes
from cloudsim.whatif.statistics import Estimate, kaplan_meier

RATIO: Final = "rejection_ratio"
_NEVER_YET: Final = "time_to_first_rejection"
_BANDS_MAX: Final = 3


def across_plots(results: Results) -> Iterator[Plot]:
    """Make the plots across variants."""
    yield from _axis_plots(results)
    yield from _survival(results)
    yield from _differences(results)
    yield from _tornado(results)


# -- a figure over an axis


def _axis_plots(results: Results) -> Iterator[Plot]:
    """For each target (else the rejection ratio) and each axis that varies: the figure over the axis."""
    targets = _targets(results)
    metrics = list(dict.fromkeys([one.metric for one in targets])) or [RATIO]
    for metric, key in product(metrics, varying_axes(results.variants)):
        if any(variant.value(metric) is not None for variant in results.variants):
            yield _over_axis(results, metric, key, [one for one in targets if one.metric == metric])


def _over_axis(results: Results, metric: str, key: str, targets: Sequence[Target]) -> Plot:
    groups: dict[str, list[int]] = {}
    others = [one for one in varying_axes(results.variants) if one != key]
    for number, variant in enumerate(results.variants):
        name = ", ".join(f"{other.rpartition('.')[2]} {axis_value(variant.axes.get(other))}" for other in others)
        groups.setdefault(name, []).append(number)
    named = list(groups.items())[:SHOWN_MAX]
    data = [
        _points(results, metric, key, name, numbers, COLOURS[place % len(COLOURS)])
        for place, (name, numbers) in enumerate(named)
    ]
    layout: dict[str, Any] = {
        "xaxis": {"title": {"text": plain(key)}, "type": "category"},
        "yaxis": axis(f"{plain(metric)}{_unit(metric)}"),
    }
    for one in targets:
        layout = merged(layout, line_at(one.limit * _scale(metric), plain(target(one))))
    says = f"{metric} over {key}, with 95 % intervals" + ("; dashed: the target." if targets else ".")
    says += " A target is met where the one-sided bound is on its good side." if targets else ""
    short = "Rejection against mask" if metric == RATIO and key.endswith(".cidr") else f"{metric} against {key}"
    return Plot(name=f"axis-{metric}-{key}", title=short, says=says, data=data, layout=layout)


def _points(results: Results, metric: str, key: str, name: str, numbers: Sequence[int], colour: str) -> Trace:
    found = [results.variants[number].metrics.get(metric) for number in numbers]
    known = [(number, one) for number, one in zip(numbers, found, strict=True) if one and one.estimate is not None]
    scale = _scale(metric)
    values = [(one.estimate or 0.0) * scale for _, one in known]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [plain(_mask(axis_value(results.variants[number].axes[key]))) for number, _ in known],
        "y": values,
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [_arm(one, one.high, scale) for _, one in known],
            "arrayminus": [_arm(one, one.low, scale) for _, one in known],
            "thickness": 1.5,
            "width": 6,
        },
        "name": plain(name) or "estimate",
        "showlegend": bool(name),
        "line": {"color": colour, "width": 1.5, "dash": "dot"},
        "marker": {"color": colour, "size": 9},
        "text": [plain(figure(metric, one.estimate)) for _, one in known],
        "hovertemplate": "%{x}: %{text}<extra></extra>",
    }


def _arm(one: Estimate, end: float | None, scale: float) -> float:
    return 0.0 if end is None or one.estimate is None else abs(end - one.estimate) * scale


def _mask(value: str) -> str:
    """Write a block by its mask first, since that is what is varied."""
    address, slash, length = value.partition("/")
    return f"/{length} ({address})" if slash and length.isdigit() else value


# -- survival


def _survival(results: Results) -> Iterator[Plot]:
    """The share of runs without a rejection yet, over time."""
    over, names, data = time_axis(results), variant_names(results.variants), []
    for variant in shown(results):
        end = results.horizon_s(variant)
        times = results.runs[variant].values(_NEVER_YET)
        if end is None or not times:
            continue
        steps = kaplan_meier(times, [end] * len(times))
        x = over.all([*(step.time for step in steps), end])
        colour = COLOURS[variant % len(COLOURS)]
        line = {"color": colour, "width": 2, "shape": "hv"}
        if len(results.variants) <= _BANDS_MAX and len(times) > 1:
            lows, highs = [step.low or 0.0 for step in steps], [step.high or 0.0 for step in steps]
            edge: Trace = {"type": "scatter", "mode": "lines", "x": x, "hoverinfo": "skip", "showlegend": False}
            edge["line"] = {"width": 0, "color": INK, "shape": "hv"}
            data += [{**edge, "y": _percent([*lows, lows[-1]])}]
            data += [{**edge, "y": _percent([*highs, highs[-1]]), "fill": "tonexty", "fillcolor": faint(colour, 0.15)}]
        alive = [step.surviving for step in steps]
        data.append({
            "type": "scatter", "mode": "lines", "x": x, "y": _percent([*alive, alive[-1]]),
            "name": plain(names[variant]), "line": line, "showlegend": True,
        })  # fmt: skip
    if data:
        yaxis = axis("% of runs", range=[0, 103])
        yield Plot(
            name="survival",
            title="No rejection yet",
            says="Share of runs in which nothing has been refused so far (Kaplan and Meier), with 95 % intervals where "
            f"there are at most {_BANDS_MAX} variants. A run without any rejection stays in it to the end."
            + unshown_note(results),
            data=data,
            layout={"xaxis": over.layout(), "yaxis": yaxis},
        )


def _percent(shares: Sequence[float]) -> list[float]:
    return [100 * value for value in shares]


# -- paired differences


def _differences(results: Results) -> Iterator[Plot]:
    """The difference of each variant to the first one, over the same runs."""
    metrics = list(dict.fromkeys(one.metric for one in _targets(results))) or [RATIO]
    others = range(1, len(results.variants))
    if not others or results.summary.runs < 2:
        return
    names = variant_names(results.variants)
    pairs = [((results, 0), (results, other)) for other in others]
    told = outcomes(pairs, metrics)
    for metric in metrics:
        found = [(number, one[metric].difference) for number, one in zip(others, told, strict=True) if metric in one]
        known = [(number, one) for number, one in found if one.low is not None][:20]
        if not known:
            continue
        scale = _scale(metric)
        bars = {
            "type": "scatter", "mode": "markers", "x": [(one.estimate or 0.0) * scale for _, one in known],
            "y": [plain(names[number]) for number, _ in known],
            "marker": {
                "size": 10,
                "color": [COLOURS[0] if one.differs else SOFT for _, one in known],
                "symbol": ["circle" if one.differs else "circle-open" for _, one in known],
            },
            "error_x": {
                "type": "data", "symmetric": False, "thickness": 1.5, "width": 6, "color": SOFT,
                "array": [_arm(one, one.high, scale) for _, one in known],
                "arrayminus": [_arm(one, one.low, scale) for _, one in known],
            },
            "text": [plain(change(metric, one.estimate)) for _, one in known],
            "hovertemplate": "%{y}: %{text}<extra></extra>", "showlegend": False,
        }  # fmt: skip
        layout = {
            "xaxis": {"title": {"text": f"change of {plain(metric)}{_unit(metric)}"}, "zeroline": False},
            "yaxis": {"autorange": "reversed", "automargin": True, "type": "category"},
        }
        yield Plot(
            name=f"differences-{metric}",
            title=f"Difference to {names[0]}: {metric}",
            says="Paired over runs that met the same arrivals, with 95 % intervals. Full: it is there after adjustment "
            "for all that is compared (Holm); open: it may be chance.",
            data=[bars],
            layout=merged(layout, line_at(0, "no change", colour=SOFT, along="y")),
        )


# -- tornado


def _tornado(results: Results) -> Iterator[Plot]:
    """How far the figure of a target moves with each axis, the others averaged over."""
    keys = varying_axes(results.variants)
    metric = next((one.metric for one in _targets(results)), RATIO)
    if len(keys) < 2:
        return
    rows = sorted((row for key in keys if (row := _swing(results, metric, key))), key=lambda row: row[2] - row[1])
    if not rows:
        return
    scale = _scale(metric)
    bars = {
        "type": "bar", "orientation": "h", "y": [plain(row[0]) for row in rows],
        "base": [row[1] * scale for row in rows], "x": [(row[2] - row[1]) * scale for row in rows],
        "text": [plain(row[3]) for row in rows], "textposition": "auto",
        "marker": {"color": COLOURS[0]}, "showlegend": False, "hovertemplate": "%{y}: %{text}<extra></extra>",
    }  # fmt: skip
    yield Plot(
        name="tornado",
        title=f"What moves {metric} most",
        says=f"From the lowest to the highest mean of {metric} over the values of each axis, the other axes averaged.",
        data=[bars],
        layout={
            "xaxis": {"title": {"text": f"{plain(metric)}{_unit(metric)}"}},
            "yaxis": {"automargin": True, "type": "category"},
        },
    )


def _swing(results: Results, metric: str, key: str) -> tuple[str, float, float, str] | None:
    """Give the lowest and the highest mean over the values of an axis, and which values these are."""
    by_value: dict[str, list[float]] = {}
    for variant in results.variants:
        value = variant.value(metric)
        if value is not None:
            by_value.setdefault(axis_value(variant.axes.get(key)), []).append(value)
    means = sorted((fmean(values), name) for name, values in by_value.items())
    if len(means) < 2:
        return None
    return key, means[0][0], means[-1][0], f"{means[0][1]} to {means[-1][1]}"


def _targets(results: Results) -> tuple[Target, ...]:
    return results.variants[0].targets


def _scale(metric: str) -> float:
    return 100.0 if _is_share(metric) else 1.0 / 3600 if is_time(metric) else 1.0


def _unit(metric: str) -> str:
    return " (%)" if _is_share(metric) else " (h)" if is_time(metric) else ""


def _is_share(metric: str) -> bool:
    return figure(metric, 0.5).endswith("%")
