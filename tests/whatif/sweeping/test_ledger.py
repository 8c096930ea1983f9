"""The folder of a sweep: whose it is, what of it can be gone on with, and what is in it."""

import csv
import json
from importlib.util import find_spec
from pathlib import Path

import pytest
from msgspec import structs

from cloudsim.errors.own import SweepError
from cloudsim.whatif.experiment.axes import variants
from cloudsim.whatif.experiment.load import read_experiment
from cloudsim.whatif.experiment.spec import Experiment
from cloudsim.whatif.sweeping.keys import keys_of_variants
from cloudsim.whatif.sweeping.ledger import JOURNAL, Ledger
from cloudsim.whatif.sweeping.results import SweepResult
from cloudsim.whatif.sweeping.sweep import sweep, warnings
from cloudsim.whatif.sweeping.work import Replicate
from tests.whatif.sweeping.small import Inline, hopeless, quick, small, tables, write


def swept(
    experiment: Experiment,
    folder: Path,
    *,
    replicate: Replicate = quick,
    resume: bool = False,
    all_digests: bool = False,
) -> tuple[SweepResult, int]:
    """Make a sweep, and count the runs that were made for it."""
    made: list[int] = []
    result = sweep(
        experiment, Inline(replicate), folder, resume=resume, all_digests=all_digests,
        progress=lambda progress: made.append(progress.done),
    )  # fmt: skip
    return result, len(made)


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text("utf-8").splitlines()))


def test_a_folder_with_results_is_neither_overwritten_nor_mixed_up(tmp_path: Path) -> None:
    folder = tmp_path / "results"
    swept(small(tmp_path), folder)
    before = tables(folder)
    with pytest.raises(SweepError, match="is not empty; add --resume"):
        swept(small(tmp_path), folder)
    with pytest.raises(SweepError, match="of another state of it"):
        swept(small(tmp_path, seed=2), folder, resume=True)
    with pytest.raises(SweepError, match="has results of 'small', and not of this"):
        swept(structs.replace(small(tmp_path, seed=2), name="other"), folder, resume=True)
    assert tables(folder) == before


def test_results_of_another_version_are_not_gone_on_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    swept(small(tmp_path), tmp_path / "results")
    monkeypatch.setattr("cloudsim.whatif.sweeping.ledger.__version__", "9.9.9")
    with pytest.raises(SweepError, match=r"and this is 9\.9\.9"):
        swept(small(tmp_path), tmp_path / "results", resume=True)


def test_a_sweep_that_is_done_makes_nothing_again(tmp_path: Path) -> None:
    result, made = swept(small(tmp_path), tmp_path / "results")
    assert made == 12
    before = tables(tmp_path / "results")
    assert swept(small(tmp_path), tmp_path / "results", resume=True) == (result, 0)
    assert tables(tmp_path / "results") == before


def test_more_runs_go_on_with_what_is_there(tmp_path: Path) -> None:
    swept(small(tmp_path, runs=4), tmp_path / "results")
    more, made = swept(small(tmp_path, runs=7), tmp_path / "results", resume=True)
    assert made == 2 * 3
    assert more == swept(small(tmp_path, runs=7), tmp_path / "fresh")[0]
    fewer, made = swept(small(tmp_path, runs=2), tmp_path / "results", resume=True)
    assert made == 0
    assert fewer.runs == 2


def test_digests_that_are_wanted_later_are_made_later(tmp_path: Path) -> None:
    swept(small(tmp_path), tmp_path / "results")
    result, made = swept(small(tmp_path), tmp_path / "results", resume=True, all_digests=True)
    assert made == 2 * 5
    rows = rows_of(tmp_path / "results" / "digests.csv")
    assert all(row["digest"] for row in rows)
    assert result.variants[0].digest == rows[0]["digest"]
    swept(small(tmp_path), tmp_path / "results", resume=True)
    swept(small(tmp_path), tmp_path / "fresh")
    assert tables(tmp_path / "results") == tables(tmp_path / "fresh")


def test_runs_that_failed_get_another_chance(tmp_path: Path) -> None:
    with pytest.raises(SweepError, match="no run has a result; run 0 of variant 0: ExperimentError: nothing fits"):
        swept(small(tmp_path), tmp_path / "results", replicate=hopeless)
    _, made = swept(small(tmp_path), tmp_path / "results", resume=True)
    swept(small(tmp_path), tmp_path / "fresh")
    assert made == 12
    assert tables(tmp_path / "results") == tables(tmp_path / "fresh")


def test_two_drivers_cannot_have_one_folder(tmp_path: Path) -> None:
    keys = keys_of_variants(variants(small(tmp_path)))
    folder = tmp_path / "results"
    with Ledger(folder, name="small", keys=keys, runs=1), pytest.raises(SweepError, match="by another sweep"):
        Ledger(folder, name="small", keys=keys, runs=1, resume=True)


@pytest.mark.parametrize("cut", [1, 40])
def test_a_torn_line_is_cut_off(cut: int, tmp_path: Path) -> None:
    swept(small(tmp_path), tmp_path / "results")
    before, journal = tables(tmp_path / "results"), tmp_path / "results" / JOURNAL
    journal.write_bytes(journal.read_bytes()[:-cut])
    assert swept(small(tmp_path), tmp_path / "results", resume=True)[1] == 1
    assert tables(tmp_path / "results") == before


def test_a_journal_of_which_only_the_heading_was_begun_is_begun_anew(tmp_path: Path) -> None:
    (tmp_path / "results").mkdir()
    (tmp_path / "results" / JOURNAL).write_bytes(b'{"format":1,"exp')
    assert swept(small(tmp_path), tmp_path / "results", resume=True)[1] == 12


def test_a_line_that_is_none_of_ours_is_told_with_its_number(tmp_path: Path) -> None:
    swept(small(tmp_path), tmp_path / "results")
    journal = tmp_path / "results" / JOURNAL
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join([*lines[:3], b"what?\n", *lines[3:]]))
    with pytest.raises(SweepError, match="line 4: it is no line of ours"):
        swept(small(tmp_path), tmp_path / "results", resume=True)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SweepError, match="cannot be written: Not a directory"):
        swept(small(tmp_path), tmp_path / "file" / "results")


def test_keys_follow_what_decides_and_nothing_else(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    keys = []
    for folder, more in ((here, ""), (there, 'description = "elsewhere"\n')):
        folder.mkdir()
        (folder / "pods.csv").write_text("start,end\n1,2\n", "utf-8")
        path = write(folder, runs=1 + len(more))
        trace = '[[workload]]\nname = "old"\nkind = "trace"\nfile = "pods.csv"\nstart = "start"\nend = "end"\n[axes]'
        path.write_text(more + path.read_text("utf-8").replace("[axes]", trace), "utf-8")
        keys.append(keys_of_variants(variants(read_experiment(path))))
    assert keys[0] == keys[1]
    assert len({*keys[0]}) == 2
    (there / "pods.csv").write_text("start,end\n1,3\n", "utf-8")
    changed = keys_of_variants(variants(read_experiment(there / "small.toml")))
    assert not {*changed} & {*keys[0]}


def test_the_folder_says_where_everything_came_from(tmp_path: Path) -> None:
    path = write(tmp_path)
    experiment = read_experiment(path)
    sweep(experiment, Inline(quick), tmp_path / "results", path=path, command=["cloudsim", "sweep"])
    said = json.loads((tmp_path / "results" / "provenance.json").read_text("utf-8"))
    assert list(said["inputs"]) == [str(path)]
    assert said["command"] == ["cloudsim", "sweep"]
    assert (said["seed"], said["runs"], len(said["variant_keys"])) == (1, 6, 2)


def test_tables_are_tidy(tmp_path: Path) -> None:
    result, _ = swept(small(tmp_path), tmp_path / "results")
    runs = rows_of(tmp_path / "results" / "runs.csv")
    assert [(row["variant"], row["run"]) for row in runs if row["figure"] == "offered"] == [
        (str(variant), str(run)) for variant in range(2) for run in range(6)
    ]
    summary = rows_of(tmp_path / "results" / "summary.csv")
    assert {row["vswitch.vsw-a.cidr"] for row in summary} == {"10.0.0.0/28", "10.0.0.0/27"}
    ratio = next(row for row in summary if row["figure"] == "rejection_ratio")
    assert float(ratio["estimate"]) == result.variants[0].metrics["rejection_ratio"].estimate
    document = json.loads((tmp_path / "results" / "summary.json").read_text("utf-8"))
    assert document == json.loads(json.dumps(result.document()))
    assert document["variants"][0]["targets"][0].keys() >= {"metric", "at_most", "bound", "met"}


@pytest.mark.skipif(not find_spec("pyarrow"), reason="needs pyarrow")
def test_parquet_has_the_rows_of_the_csv(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    swept(small(tmp_path), tmp_path / "results")
    rows = parquet.read_table(tmp_path / "results" / "runs.parquet").to_pylist()
    table = rows_of(tmp_path / "results" / "runs.csv")
    assert [(str(row["variant"]), str(row["run"]), row["figure"]) for row in rows] == [
        (row["variant"], row["run"], row["figure"]) for row in table
    ]


def test_too_few_runs_are_warned_of_before_the_sweep(tmp_path: Path) -> None:
    more = '[[target]]\nmetric = "p_any_rejection"\nat_most = 0.01\n'
    [text] = warnings(read_experiment(write(tmp_path, more=more)))
    assert text == "target p_any_rejection needs 299 runs or more at one-sided 95 %, and has 6"
