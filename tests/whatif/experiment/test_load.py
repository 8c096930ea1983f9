"""Reading files: the two of the format's description as written, worlds by path and inline, extends, paths."""

from pathlib import Path

import pytest

from cloudsim.errors.own import ExperimentError
from cloudsim.scenario.load_world import load_world
from cloudsim.whatif.experiment.axes import variants
from cloudsim.whatif.experiment.building import from_tables
from cloudsim.whatif.experiment.lifetimes import Exponential
from cloudsim.whatif.experiment.load import read_experiment
from cloudsim.whatif.experiment.reading import to_tables
from cloudsim.whatif.experiment.scalars import Duration, Rate
from cloudsim.whatif.experiment.workloads import Poisson, Trace
from tests.whatif.experiment.documents import POOL, WORLD, document, file_problems, pool, problems, read, write_all

HOUR = 3_600_000_000_000


def test_the_pool_is_read_as_written(tmp_path: Path) -> None:
    write_all(tmp_path)
    experiment = read_experiment(tmp_path / "pool.toml")
    (pods,) = experiment.workloads
    assert (experiment.name, experiment.seed, experiment.runs) == ("pool-28", 1, 20)
    assert (experiment.horizon_ns, experiment.warmup_ns) == (2000 * HOUR, 50 * HOUR)
    assert experiment.world == load_world(tmp_path / "world.toml")
    assert isinstance(pods, Poisson)
    assert pods.rate == Rate(8, HOUR)
    assert pods.lifetime == Exponential(mean_ns=Duration(HOUR))
    assert pods.vswitches == ("vsw-a",)
    assert [(target.metric, target.at_most) for target in experiment.targets] == [("rejection_ratio", 0.01)]
    assert [variant.world.vswitches[0].cidr for variant in variants(experiment)] == ["10.0.0.0/28", "10.0.0.0/27"]


def test_the_trace_is_read_as_written(tmp_path: Path) -> None:
    write_all(tmp_path)
    experiment = read_experiment(tmp_path / "openb.toml")
    (pods,) = experiment.workloads
    assert isinstance(pods, Trace)
    assert Path(pods.file) == tmp_path / "traces" / "pods.csv"
    assert pods.zone == "row % 3"
    assert experiment.horizon_ns is None
    assert experiment.fleet is not None
    assert (experiment.fleet.nodes, experiment.fleet.pool.max) == ("first-fit", 0)
    assert len(variants(experiment)) == 1


def test_a_world_is_the_same_inline_and_by_path(tmp_path: Path) -> None:
    write_all(tmp_path)
    inline = POOL.replace('world = "world.toml"', "")
    tables = "\n".join(line for line in WORLD.splitlines() if line != "format = 1")
    (tmp_path / "inline.toml").write_text(f"{inline}\n[world]\n{tables}", "utf-8")
    assert read_experiment(tmp_path / "inline.toml") == read_experiment(tmp_path / "pool.toml")


def test_an_experiment_survives_being_written_as_tables() -> None:
    experiment = read(document())
    assert from_tables(to_tables(experiment), experiment.world) == experiment


def test_a_file_over_another_changes_what_it_says_and_keeps_the_rest(tmp_path: Path) -> None:
    write_all(tmp_path)
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "busier.toml").write_text(
        'format = 1\nextends = "../pool.toml"\nname = "busier"\n'
        '[[workload]]\nname = "pods"\nrate = "9/h"\n'
        '[[workload]]\nname = "jobs"\nkind = "burst"\nsize = 5\nevery = "1d"\nlifetime = "forever"\n'
        '[[target]]\nmetric = "rejection_ratio"\nat_most = 0.05\n'
        "[axes]\naccount.acme.eni_quota = [50, 100]\n",
        "utf-8",
    )
    experiment = read_experiment(tmp_path / "more" / "busier.toml")
    pods, jobs = experiment.workloads
    assert (experiment.name, experiment.runs, jobs.name) == ("busier", 20, "jobs")
    assert isinstance(pods, Poisson)
    assert pods.rate == Rate(9, HOUR)
    assert jobs.vswitches == ("vsw-a", "vsw-b", "vsw-c")
    assert [target.at_most for target in experiment.targets] == [0.05]
    assert len(variants(experiment)) == 4


def test_a_workload_of_another_kind_replaces_that_of_its_name(tmp_path: Path) -> None:
    write_all(tmp_path)
    (tmp_path / "burst.toml").write_text(
        'format = 1\nextends = "pool.toml"\n'
        '[[workload]]\nname = "pods"\nkind = "burst"\nsize = 5\nevery = "1d"\nlifetime = "forever"\n',
        "utf-8",
    )
    (pods,) = read_experiment(tmp_path / "burst.toml").workloads
    assert (type(pods).__name__, len(pods.vswitches)) == ("Burst", 3)


def test_events_without_a_name_come_beside_those_of_the_base(tmp_path: Path) -> None:
    write_all(tmp_path)
    event = '[[event]]\nkind = "zone-outage"\nzone = "cn-hangzhou-h"\n'
    (tmp_path / "one.toml").write_text(f'format = 1\nextends = "pool.toml"\n{event}at = "1h"\n', "utf-8")
    two = f'format = 1\nextends = "one.toml"\n{event}at = "2h"\nname = "second"\n'
    (tmp_path / "two.toml").write_text(two, "utf-8")
    three = 'format = 1\nextends = "two.toml"\n[[event]]\nname = "second"\nat = "3h"\n'
    (tmp_path / "three.toml").write_text(three, "utf-8")
    events = read_experiment(tmp_path / "three.toml").events
    assert [(event.name, event.at_ns // HOUR) for event in events] == [(None, 1), ("second", 3)]


def test_files_that_extend_each_other_are_refused(tmp_path: Path) -> None:
    for one, other in (("a", "b"), ("b", "a")):
        (tmp_path / f"{one}.toml").write_text(f'format = 1\nextends = "{other}.toml"\n', "utf-8")
    assert file_problems(tmp_path / "a.toml") == {"extends": "a.toml extends this file in turn"}


def test_a_base_that_is_missing_or_no_path_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('format = 1\nextends = "b.toml"\n', "utf-8")
    with pytest.raises(ExperimentError, match=r"b\.toml: it cannot be read: No such file"):
        read_experiment(tmp_path / "a.toml")
    (tmp_path / "a.toml").write_text("format = 1\nextends = 3\n", "utf-8")
    assert file_problems(tmp_path / "a.toml") == {"extends": "expected the path of a file as text"}


@pytest.mark.parametrize(
    ("text", "key", "problem"),
    [
        ("", "format", "it is missing; an experiment begins with format = 1"),
        ("format = 2", "format", "this version of cloudsim reads format 1, not 2"),
        ("format = true", "format", "this version of cloudsim reads format 1, not True"),
        ("format", "", "it is not TOML"),
        ("format = 1", "world", "it is missing; give the path of a world"),
        ("format = 1\nworld = 3", "world", "expected the path of a world as text"),
    ],
)
def test_a_file_that_is_no_experiment_is_refused(tmp_path: Path, text: str, key: str, problem: str) -> None:
    (tmp_path / "a.toml").write_text(text, "utf-8")
    ((found, said),) = file_problems(tmp_path / "a.toml").items()
    assert (found, said[: len(problem)]) == (key, problem)


@pytest.mark.parametrize("key", ["world", "extends"])
def test_a_text_that_is_no_path_is_refused(key: str) -> None:
    assert problems({**document(axes=None), key: "a\0b"}) == {key: "'a\\x00b' is no path"}
    assert "File name too long" in str(problems({**document(axes=None), key: "a" * 300}))


def test_a_file_with_an_impossible_name_is_not_there() -> None:
    said = {**document(axes=None), "prices": "p" * 300}
    said["workload"][0]["lifetime"] = {"kind": "empirical", "file": "a\0b", "column": "x"}
    assert list(problems(said)) == ["prices", "workload[0].lifetime.file"]


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(b"\xff")
    assert file_problems(tmp_path / "a.toml") == {"": "it is not UTF-8"}


def test_a_problem_of_the_world_is_told_by_its_own_file_or_by_its_key(tmp_path: Path) -> None:
    write_all(tmp_path)
    (tmp_path / "world.toml").write_text(WORLD.replace("10.0.1.0/28", "10.0.0.0/28"), "utf-8")
    with pytest.raises(ExperimentError, match=r"world\.toml: vswitch\[1\]\.cidr: .* overlaps"):
        read_experiment(tmp_path / "pool.toml")
    said = document()
    said["world"]["vswitch"][1]["cidr"] = "10.0.0.0/28"
    with pytest.raises(ExperimentError, match=r"^world\.vswitch\[1\]\.cidr: .* overlaps"):
        read(said)


def test_imported_answers_lie_beside_the_file_that_names_them(tmp_path: Path) -> None:
    said = document(axes=None)
    said["world"] = {**said["world"], "import": {"files": ["answers.json"]}}
    with pytest.raises(ExperimentError, match=r"answers\.json"):
        read(said, tmp_path / "imports")


def test_a_document_in_python_may_have_its_scalars_read_already() -> None:
    said = {**pool(rate=Rate(8, HOUR)), "horizon": Duration(2000 * HOUR)}
    assert read(said) == read(pool())


def test_a_profile_of_the_experiment_is_that_of_its_world() -> None:
    assert read(document(axes=None, profile="current", world={**document()["world"]})).world.profile == "current"
