"""Series over time: what they tell agrees with the figures, and taking them changes nothing."""

from pathlib import Path

import pytest

from cloudsim.whatif.running.replication import run_once
from tests.whatif.running.experiments import experiment

PODS = """
[[workload]]
name = "pods"
kind = "poisson"
rate = "40/h"
lifetime = { kind = "exponential", mean = "20m" }
holds = "eni"
vswitch = ["vsw-a", "vsw-b"]
"""


@pytest.mark.parametrize("cells", [1, 7, 200])
def test_taking_series_changes_nothing_of_a_run(tmp_path: Path, cells: int) -> None:
    small = experiment(tmp_path, PODS, masks=(29, 29))
    plain = run_once(small, 0, with_digest=True)
    looked_at = run_once(small, 0, with_digest=True, series_cells=cells)
    assert plain.series is None
    assert looked_at.result_digest == plain.result_digest
    assert looked_at.digest == plain.digest


def test_cells_sum_up_to_the_figures(tmp_path: Path) -> None:
    result = run_once(experiment(tmp_path, PODS, masks=(29, 29)), 0, series_cells=13)
    series, figures = result.series, result.figures
    assert series is not None
    assert sum(map(sum, series.refused.values())) == figures["rejected"] != 0
    assert sum(map(sum, series.calls.values())) == figures["calls"]
    assert {len(values) for values in (*series.refused.values(), *series.calls.values())} == {13}
    assert series.instants[0] == 0
    assert series.instants[-1] == 3600
    assert len(series.instants) == len(series.holders) == 14
    for name in ("vsw-a", "vsw-b"):
        assert len(series.in_use[name]) == 14
        assert set(series.size[name]) == {4}
        assert max(series.in_use[name]) <= (figures[f"peak_addresses@{name}"] or 0)
    assert series.zones == {"vsw-a": "cn-hangzhou-h", "vsw-b": "cn-hangzhou-i"}


def test_a_look_sees_what_was_there_just_before_the_instant(tmp_path: Path) -> None:
    trace = tmp_path / "trace.csv"
    trace.write_text("start,end\n10,30\n20,40\n", encoding="utf-8")
    work = (
        '[[workload]]\nname = "t"\nkind = "trace"\nfile = "trace.csv"\nstart = "start"\nend = "end"\n'
        'unit = "s"\nholds = "eni"\nvswitch = ["vsw-a"]\n'
    )
    result = run_once(experiment(tmp_path, work, top='horizon = "40s"'), 0, series_cells=4)
    assert result.series is not None
    assert result.series.in_use["vsw-a"] == [0, 0, 1, 2, 0], "the last look is after all that happens at the horizon"
    assert result.series.holders == [0, 0, 1, 2, 0]
