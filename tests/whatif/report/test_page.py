"""The page as text: all is in it, nothing gets out of its place, and plotly takes every plot."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import plotly.graph_objects as go  # type: ignore[import-untyped]
import pytest
from msgspec.structs import replace as with_fields

from cloudsim.errors.own import MissingExtra
from cloudsim.whatif.report import Results, page, write_page, write_report
from cloudsim.whatif.report.plots import plots_of
from cloudsim.whatif.report.plots.happenings import happenings
from cloudsim.whatif.report.plots.limits import call_limits
from cloudsim.whatif.report.plots.plot import TimeAxis
from tests.whatif.report.sweeps import MASKS, swept

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"


class Tags(HTMLParser):
    """What tags a page has."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def tags(text: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = Tags()
    parser.feed(text)
    return parser.seen


def sections(text: str) -> list[str | None]:
    return [attributes["id"] for tag, attributes in tags(text) if tag == "section" and "id" in attributes]


@pytest.mark.parametrize("which", ["masks", "grid", "single"])
def test_plotly_takes_every_plot(which: str, request: pytest.FixtureRequest) -> None:
    results: Results = request.getfixturevalue(which)
    plots = list(plots_of(results))
    assert len({plot.name for plot in plots}) == len(plots) > 0
    for plot in plots:
        layout = _without_page_colours(plot.layout)
        figure = go.Figure(data=_without_page_colours(plot.data), layout=layout)
        assert len(figure.data) == len(plot.data)


def _without_page_colours(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_page_colours(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_without_page_colours(inner) for inner in value]
    return "#123456" if isinstance(value, str) and value.startswith("var:") else value


def test_there_is_a_plot_for_all_that_there_is_data_for(masks: Results, grid: Results, single: Results) -> None:
    def kinds(results: Results) -> list[str]:
        return list(dict.fromkeys(re.split(r"-", plot.name)[0] for plot in plots_of(results)))

    assert kinds(masks) == ["axis", "survival", "differences", "fan", "zones", "heat", "refusals", "calls"]
    assert "tornado" in kinds(grid)
    assert kinds(single) == ["survival"]


def test_the_page_tells_all_without_a_script(masks: Results) -> None:
    text = write_page(masks, with_plots=False)
    assert sections(text) == ["findings", "targets", "no-plots", "figures", "limits", "differences", "all", "origin"]
    assert not any(tag == "script" for tag, _ in tags(text))
    assert "script-src &#x27;none&#x27;" in text
    assert "1 of 2 targets met" in text
    assert text.count("✗ not met") == 1
    assert masks.variants[0].result_digest in text
    assert len(text) < 300_000


def test_a_page_of_one_run_is_whole(single: Results) -> None:
    text = write_page(single)
    assert "differences" not in sections(text)
    assert "The sweep took no series over time" in text


def test_many_variants_have_a_row_each_and_the_first_have_plots(tmp_path: Path) -> None:
    values = ", ".join(str(quota) for quota in range(1, 9))
    results = swept(tmp_path / "results", axes=f'[axes]\n"account.acme.eni_quota" = [{values}]\n', runs=2, series=1)
    text = write_page(results, with_plots=False)
    assert "acme.eni_quota 8" in text
    fans = [plot for plot in plots_of(results) if plot.name.startswith("fan-")]
    assert len(fans) == 6
    assert "2 more are in the tables" in fans[0].says


def test_a_hostile_name_stays_a_name(masks: Results) -> None:
    summary = with_fields(masks.summary, experiment=HOSTILE)
    variants = tuple(
        with_fields(one, axes={"vswitch.x.cidr": f"{place}{HOSTILE}"}) for place, one in enumerate(summary.variants)
    )
    text = write_page(replace(masks, summary=with_fields(summary, variants=variants)))
    assert [attributes.get("type") for tag, attributes in tags(text) if tag == "script"] == [
        "application/json", None, None,
    ]  # fmt: skip
    assert not any(tag == "img" for tag, _ in tags(text.replace(page._plotly(), "")))


def test_without_targets_nothing_is_met(masks: Results) -> None:
    bare = tuple(with_fields(one, targets=()) for one in masks.variants)
    text = write_page(replace(masks, summary=with_fields(masks.summary, variants=bare)), with_plots=False)
    assert "no targets" in text
    assert "The experiment states no target." in text


def test_the_name_of_a_late_event_goes_to_its_left_and_can_be_read(masks: Results) -> None:
    events = [{"kind": kind, "zone": "cn-hangzhou-i", "at": at} for kind in ("zone-outage", "zone-return")
              for at in ("1h", "9h")]  # fmt: skip
    told = replace(masks, experiment={"event": events})
    names = happenings(told, TimeAxis(36_000, None))["annotations"]
    assert [one["xanchor"] for one in names] == ["left", "right", "left", "right"]
    assert {one["bgcolor"] for one in names} == {"var:--paper"}


def test_instants_are_told_as_dates_in_tables_too(grid: Results) -> None:
    text = write_page(grid, with_plots=False)
    assert re.search(r"2026-12-01 \([^)]+ on\)<", text)


def test_limits_of_calls_are_those_that_the_experiment_states(masks: Results) -> None:
    assert masks.experiment is not None
    settings = {"kind": "minute", "CreateNetworkInterface": 30, "user": 100}
    limited = replace(masks, experiment={**masks.experiment, "throttling": settings})
    assert call_limits(masks, 0, ["CreateNetworkInterface"]) == {}
    assert call_limits(limited, 0, ["CreateNetworkInterface"]) == {
        "CreateNetworkInterface": 30,
        "all calls (user)": 100,
    }


def test_limits_and_the_busiest_minute_are_lines_in_the_plot_of_calls(masks: Results) -> None:
    assert masks.experiment is not None
    limited = replace(masks, experiment={**masks.experiment, "throttling": {"kind": "bucket", "user": 5}})
    axes = {"throttling.user": 7}
    first = masks.variants[0]
    metrics = {**first.metrics, "peak_calls": with_fields(first.metrics["calls"], estimate=4.0)}
    variants = (
        with_fields(first, axes=axes, metrics=metrics),
        with_fields(masks.variants[1], axes={"throttling.user": 5}),
    )
    varied = with_fields(limited.summary, variants=variants)
    plots = {plot.name: plot for plot in plots_of(replace(limited, summary=varied))}
    lines = {name: [shape["y0"] for shape in plots[name].layout["shapes"]] for name in ("calls-0", "calls-1")}
    assert sorted(lines["calls-0"]) == [4.0, 7.0]
    assert lines["calls-1"][0] == 5.0


def test_events_are_marked_on_plots_over_time(masks: Results) -> None:
    assert masks.experiment is not None
    events = [
        {"kind": "zone-outage", "zone": "<z>", "at": "1h"},
        {"kind": "quota-change", "at": "2h", "name": "less"},
        {"kind": "quota-change", "at": "soon"},
        {"kind": "quota-change"},
    ]
    told = replace(masks, experiment={**masks.experiment, "event": events})
    marks = happenings(told, TimeAxis(36_000, None))
    assert [(shape["type"], shape["x0"], shape["x1"]) for shape in marks["shapes"]] == [("rect", 1, 10), ("line", 2, 2)]
    assert [text["text"] for text in marks["annotations"]] == ["zone-outage: &lt;z&gt;", "less"]
    assert happenings(replace(masks, experiment=None), TimeAxis(36_000, None)) == {}
    dated = happenings(told, TimeAxis(36_000, "2026-12-01"), kinds=["quota-change"])
    assert [shape["x0"] for shape in dated["shapes"]] == ["2026-12-01T02:00:00"]


@pytest.mark.parametrize(
    ("horizon_s", "at", "unit"),
    [(60.0, 30.0, "seconds"), (600.0, 0.5, "minutes"), (10_000.0, 30 / 3600, "hours"), (1e6, 30 / 86_400, "days")],
)
def test_time_is_in_a_unit_that_suits(horizon_s: float, at: float, unit: str) -> None:
    axis = TimeAxis(horizon_s, None)
    assert axis.at(30.0) == pytest.approx(at)
    assert axis.layout()["title"]["text"] == f"{unit} from the beginning"


def test_where_idle_addresses_are_told_there_is_a_waterfall(masks: Results) -> None:
    first = masks.variants[0]
    idle = with_fields(first.metrics["mean_addresses"], estimate=1.0)
    told = with_fields(first, metrics={**first.metrics, "mean_idle_addresses": idle})
    results = replace(masks, summary=with_fields(masks.summary, variants=(told, masks.variants[1])))
    (plot,) = [plot for plot in plots_of(results) if plot.name.startswith("waste")]
    assert sum(plot.data[0]["y"][:4]) == pytest.approx((first.value("mean_addresses") or 0) - 1)


def test_without_plotly_the_page_says_what_to_install(masks: Results, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(module: str, *, extra: str) -> object:
        raise MissingExtra("plotly", extra=extra)

    monkeypatch.setattr(page, "need", missing)
    with pytest.raises(MissingExtra, match="plotly is not installed"):
        write_page(masks)
    assert write_page(masks, with_plots=False)


def test_the_page_is_the_same_bytes_each_time(masks: Results, tmp_path: Path) -> None:
    first = write_report(masks, path=tmp_path / "a.html").read_bytes()
    assert write_report(masks, path=tmp_path / "b.html").read_bytes() == first
    assert MASKS not in first.decode()
