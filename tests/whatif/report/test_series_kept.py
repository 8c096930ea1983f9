"""The course over time of some runs is kept: the same bytes whoever made the runs, and when it is resumed."""

from pathlib import Path

from cloudsim.whatif.experiment.load import read_experiment
from cloudsim.whatif.report import Results
from cloudsim.whatif.running.replication import run_once
from cloudsim.whatif.sweeping.local import LocalEngine
from cloudsim.whatif.sweeping.sweep import sweep
from tests.whatif.sweeping.small import Inline

KEPT = ("series.jsonl", "runs.csv", "summary.json", "experiment.json")


def kept(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in KEPT}


def experiment_of(results: Results) -> Path:
    return results.folder.with_name(f"{results.folder.name}-experiment") / "experiment.toml"


def test_two_workers_keep_the_same_bytes(masks: Results, tmp_path: Path) -> None:
    sweep(read_experiment(experiment_of(masks)), LocalEngine(2), tmp_path / "two", series_runs=3)
    assert kept(tmp_path / "two") == kept(masks.folder)


def test_a_sweep_without_series_gets_them_when_it_is_resumed(masks: Results, tmp_path: Path) -> None:
    experiment = read_experiment(experiment_of(masks))
    sweep(experiment, Inline(run_once), tmp_path / "later")
    assert not (tmp_path / "later" / "series.jsonl").exists()
    sweep(experiment, Inline(run_once), tmp_path / "later", series_runs=3, resume=True)
    assert kept(tmp_path / "later") == kept(masks.folder)
