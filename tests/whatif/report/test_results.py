"""Reading results: everything that a sweep wrote comes back, and what is no result is refused with its name."""

from pathlib import Path
from shutil import copytree

import pytest

from cloudsim.errors.own import ResultsError
from cloudsim.whatif.report import Results, read_results
from cloudsim.whatif.report.runs import Runs, common_numbers


def test_what_a_sweep_wrote_comes_back(masks: Results) -> None:
    assert [variant.axes for variant in masks.variants] == [
        {"vswitch.vsw-a.cidr": "10.0.0.0/29"},
        {"vswitch.vsw-a.cidr": "10.0.0.0/27"},
    ]
    for runs, variant in zip(masks.runs, masks.variants, strict=True):
        assert runs.numbers == tuple(range(6))
        assert sum(runs.counts("offered")) / 6 == pytest.approx(variant.value("offered"))
    assert {number: len(series) for number, series in masks.series.items()} == {0: 3, 1: 3}
    assert masks.horizon_s(0) == 36_000
    assert masks.experiment is not None
    assert masks.experiment["name"] == "small"


def test_a_sweep_without_series_has_none(single: Results) -> None:
    assert single.series == {}


def test_a_count_that_a_run_does_not_name_is_0_and_a_time_has_not_come() -> None:
    runs = Runs()
    runs.add(0, "rejected.NoNode", 2.0)
    runs.add(3, "time_to_exhaustion", 5.0)
    assert runs.values("rejected.NoNode") == [2.0, 0.0]
    assert runs.values("time_to_exhaustion") == [None, 5.0]
    assert "calls" not in runs
    other = Runs()
    other.add(3, "offered", 1.0)
    assert common_numbers(runs, other) == (3,)


def test_a_folder_without_results_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ResultsError, match="is no folder; cloudsim sweep"):
        read_results(tmp_path / "nowhere")
    with pytest.raises(ResultsError, match=r"has no summary\.json"):
        read_results(tmp_path)


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("summary.json", "{", "is not as a sweep writes it"),
        ("summary.json", '{"format_version":9,"experiment":"x","seed":1,"runs":1,"variants":[]}', "of format 1"),
        ("runs.csv", "a,b\n", "does not begin with variant,run,figure,value"),
        ("runs.csv", "variant,run,figure,value\n9,0,calls,1\n", "is not as a sweep writes it"),
        ("runs.csv", "variant,run,figure,value\n0,0,calls,x\n", "is not as a sweep writes it"),
        ("series.jsonl", "{}\n", "is not as a sweep writes it"),
        ("provenance.json", "[]", "is not as a sweep writes it"),
    ],
)
def test_a_file_that_is_not_as_a_sweep_writes_it_is_named(
    masks: Results, tmp_path: Path, file: str, text: str, said: str
) -> None:
    folder = copytree(masks.folder, tmp_path / "copy")
    (folder / file).write_text(text, encoding="utf-8")
    with pytest.raises(ResultsError, match=said) as caught:
        read_results(folder)
    assert file in str(caught.value)


def test_a_missing_table_is_named(masks: Results, tmp_path: Path) -> None:
    folder = copytree(masks.folder, tmp_path / "copy")
    (folder / "runs.csv").unlink()
    with pytest.raises(ResultsError, match=r"runs\.csv cannot be read"):
        read_results(folder)
