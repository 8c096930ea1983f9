"""Where a vSwitch's addresses go: a waterfall from all that there are to what items really use."""

from collections.abc import Iterator

from cloudsim.whatif.report.plots.plot import BAD, COLOURS, SOFT, Plot, axis, shown
from cloudsim.whatif.report.results import Results
from cloudsim.whatif.report.words import variant_names

_IDLE, _HELD, _PEAK = "mean_idle_addresses", "mean_addresses", "peak_addresses"


def waste_plots(results: Results) -> Iterator[Plot]:
    """Make a waterfall for each variant that is shown; none where the runs do not tell idle addresses."""
    names = variant_names(results.variants)
    for number in shown(results):
        variant = results.variants[number]
        size = _size(results, number)
        held, idle = variant.value(_HELD), variant.value(_IDLE)
        if size is None or held is None or idle is None:
            continue
        steps = {
            "type": "waterfall",
            "x": ["addresses", "never needed", "free on average", "held and idle", "in use"],
            "y": [size[0], size[1] - size[0], held - size[1], -idle, 0],
            "measure": ["absolute", "relative", "relative", "relative", "total"],
            "text": [f"{value:.1f}" for value in (size[0], size[0] - size[1], size[1] - held, idle, held - idle)],
            "textposition": "outside",
            "connector": {"line": {"color": SOFT, "width": 1}},
            "decreasing": {"marker": {"color": COLOURS[1]}},
            "increasing": {"marker": {"color": BAD}},
            "totals": {"marker": {"color": COLOURS[0]}},
            "showlegend": False,
        }
        yield Plot(
            name=f"waste-{number}",
            title=f"Where addresses go: {names[number]}",
            says="From all addresses, mean per run: those that even the peak leaves free, those free on average below "
            "it, those held by ENIs, pools and prefixes without use, and those in use.",
            data=[steps],
            layout={"yaxis": axis("addresses"), "xaxis": {"type": "category"}},
        )


def _size(results: Results, number: int) -> tuple[float, float] | None:
    """Give how many addresses there are, and the most that were in use at once."""
    variant = results.variants[number]
    series = results.series.get(number)
    peak = variant.value(_PEAK)
    if series and peak is not None:
        return float(sum(sizes[-1] for sizes in series[0].size.values())), peak
    return None
