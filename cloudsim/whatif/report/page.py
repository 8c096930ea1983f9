"""``report.html``: one offline page that tells what a sweep found: verdict, findings, tables, and plots on top.

All is readable without a script. Plots are drawn by plotly's script, which lies in the page (five megabytes; without
plots the page is a hundredth of that). The page forbids itself every request, and lets only those scripts run whose
digests it states.

Source: W3C, "Content Security Policy Level 3".
"""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import msgspec

from cloudsim.scenario.page.markup import Markup, element
from cloudsim.scenario.page.words import many
from cloudsim.version import __version__
from cloudsim.whatif.extras import need
from cloudsim.whatif.report.looks import DATA, SCRIPT, STYLE
from cloudsim.whatif.report.plots import Plot, plots_of
from cloudsim.whatif.report.results import Results
from cloudsim.whatif.report.sections import (
    differences_part,
    every_figure_part,
    figures_part,
    findings_part,
    limits_part,
    provenance_part,
    targets_part,
)
from cloudsim.whatif.report.words import span, target, variant_names
from cloudsim.whatif.sweeping.folder import whole

PAGE: Final = "report.html"


def write_report(results: Results, *, with_plots: bool = True, path: Path | None = None) -> Path:
    """Write the page of a sweep.

    Args:
        results: of the sweep.
        with_plots: whether it has plots.
        path: of the page; beside the results unless given.

    Raises:
        MissingExtra: plots need plotly, intervals scipy.
        OSError: the page cannot be written.
    """
    path = results.folder / PAGE if path is None else path
    text = write_page(results, with_plots=with_plots)
    with whole(path) as file:
        file.write(text)
    return path


def write_page(results: Results, *, with_plots: bool = True) -> str:
    """Write the page as text.

    Raises:
        MissingExtra: plots need plotly, intervals scipy.
    """
    plots = list(plots_of(results)) if with_plots else []
    scripts = [_plotly(), SCRIPT] if plots else []
    body = element(
        "body",
        element("header", _head(results)),
        element(
            "main",
            _part("findings", "Findings", findings_part(results)),
            _part("targets", "Targets", targets_part(results)),
            _plots(plots, results, with_plots=with_plots),
            _part("figures", "Figures", figures_part(results)),
            _limits(results),
            _differences(results),
            _part("all", "All figures", every_figure_part(results)),
            _part("origin", "Where this comes from", provenance_part(results)),
        ),
        element("footer", f"Written by cloudsim {__version__}. This page is whole: it loads nothing."),
        _data(plots),
        (element("script", Markup(script)) for script in scripts),
    )
    return "<!doctype html>\n" + element("html", _meta(results, scripts), body, lang="en") + "\n"


def _plotly() -> str:
    """Give plotly's script. Its line ends are those that a browser reads, which the digest is of."""
    text: str = need("plotly.offline", extra="whatif").get_plotlyjs()
    return text.replace("\r\n", "\n").replace("\r", "\n")


def policy_of(scripts: Sequence[str]) -> str:
    """Say what the page may do: show what is in it, and run these scripts."""
    allowed = [f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts] or ["'none'"]
    return (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
        f"script-src {' '.join(allowed)}"
    )


def _meta(results: Results, scripts: Sequence[str]) -> Markup:
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy_of(scripts)),
        element("meta", name_="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name_="referrer", content="no-referrer"),
        element("link", rel="icon", href="data:,"),
        element("title", f"{results.summary.experiment}: {_verdict_text(results)}"),
        element("style", Markup(STYLE)),
    )


def _part(name: str, title: str, *content: Markup | Iterator[Markup]) -> Markup:
    return element("section", element("h2", title), *content, id=name, class_="part")


# -- the head


def _head(results: Results) -> Iterator[Markup]:
    summary, experiment = results.summary, results.experiment or {}
    yield element("h1", summary.experiment)
    if experiment.get("description"):
        yield element("p", str(experiment["description"]), class_="summary")
    yield element("div", _verdict(results), class_="verdict")
    end = results.horizon_s(0)
    facts = [
        ("variants", str(len(results.variants))),
        ("runs of each", str(summary.runs)),
        ("seed", str(summary.seed)),
        ("horizon", span(end) if end is not None else ""),
        ("warm-up", span(results.warmup_s) if results.warmup_s else ""),
        ("begins", summary.start_date or ""),
        ("cloudsim", str(results.provenance.get("versions", {}).get("cloudsim", ""))),
    ]
    yield element(
        "dl",
        (element("div", element("dt", name), element("dd", value)) for name, value in facts if value),
        class_="facts",
    )


def _verdict_text(results: Results) -> str:
    targets = [one for variant in results.variants for one in variant.targets]
    met = sum(one.met for one in targets)
    if not targets:
        return "no targets"
    return "all targets met" if met == len(targets) else f"{met} of {many(len(targets), 'target')} met"


def _verdict(results: Results) -> Iterator[Markup]:
    """Say whether targets are met, and by whom."""
    targets = [one for variant in results.variants for one in variant.targets]
    names = variant_names(results.variants)
    good = [name for name, variant in zip(names, results.variants, strict=True) if all(t.met for t in variant.targets)]
    state = "ok" if targets and len(good) == len(names) else "bounded" if good else "bad"
    yield element("div", _verdict_text(results), class_=f"state {state}")
    if not targets:
        return
    title = f"{len(good)} of {many(len(names), 'variant')} meet all targets" if len(names) > 1 else "This variant"
    text = "; ".join(good[:8]) + (f" and {len(good) - 8} more" if len(good) > 8 else "")
    if len(names) == 1:
        title, text = "It meets all targets" if good else "It is not shown to meet all targets", ""
    yield element(
        "div", element("strong", title), element("p", text or "; ".join(dict.fromkeys(target(one) for one in targets))),
        class_=f"reach {'ok' if good else 'bounded'}",
    )  # fmt: skip


def _limits(results: Results) -> Markup:
    content = list(limits_part(results))
    return _part("limits", "Limits, the tightest first", iter(content)) if content else Markup("")


def _differences(results: Results) -> Markup:
    content = list(differences_part(results))
    return _part("differences", "Differences", iter(content)) if content else Markup("")


# -- plots


def _plots(plots: Sequence[Plot], results: Results, *, with_plots: bool) -> Markup:
    """Make room for the plots; a script fills it, and without one nobody sees it."""
    if not plots:
        why = "There is nothing to plot." if with_plots else "This page was written without plots."
        return _part("no-plots", "Plots", element("p", why, class_="note"))
    figures = (
        element(
            "figure",
            element("h3", plot.title),
            element("figcaption", plot.says),
            element("div", id=f"plot-{plot.name}", class_="canvas", role="img", aria_label=plot.title),
            class_="plot",
        )
        for plot in plots
    )
    note = "" if results.series else element("p", _NO_SERIES, class_="note")
    without = element(
        "noscript", element("p", "The plots need a script; the tables below say the same.", class_="note")
    )
    content = element(
        "div", element("h2", "Plots"), note, element("div", figures, class_="plots"), id="plots", hidden=True
    )
    return element("section", without, content, class_="part")


_NO_SERIES: Final = "The sweep took no series over time, so use, refusals and calls over time have no plots."


def _data(plots: Sequence[Plot]) -> Markup:
    """Put the plots where the script finds them; no text in it can end the block."""
    if not plots:
        return Markup("")
    told: list[dict[str, Any]] = [{"name": one.name, "data": one.data, "layout": one.layout} for one in plots]
    text = msgspec.json.encode(told).decode().replace("<", "\\u003c")
    return element("script", Markup(text), type="application/json", id=DATA)
