"""Plots of a sweep, as plotly takes them: data and layout, made here without plotly, drawn by its script in the page.

Each plot says in a sentence what is to be seen in it. What there is no data for has no plot.

Source: ecosystem.md sections 0 and 12 (plotly; no chart drawing of our own).
"""

from collections.abc import Iterator

from cloudsim.whatif.report.plots.across import across_plots
from cloudsim.whatif.report.plots.over_time import time_plots
from cloudsim.whatif.report.plots.plot import Plot as Plot
from cloudsim.whatif.report.plots.waste import waste_plots
from cloudsim.whatif.report.results import Results


def plots_of(results: Results) -> Iterator[Plot]:
    """Make all plots that there is data for, the most telling first."""
    yield from across_plots(results)
    yield from time_plots(results)
    yield from waste_plots(results)
