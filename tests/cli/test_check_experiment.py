"""``cloudsim check`` on experiments: the errors of a sweep, and what the sweep would be."""

from pathlib import Path

from cloudsim.cli.check_experiment import is_experiment
from cloudsim.cli.experiments import bundled_experiments
from tests.cli.conftest import Run
from tests.whatif.sweeping.small import write


def test_an_experiment_is_told_with_the_runs_and_calls_of_its_sweep(run: Run, tmp_path: Path) -> None:
    file = write(tmp_path, runs=3)
    result = run("check", str(file))
    assert result.exit_code == 0
    assert result.stdout.startswith(f"{file}: a sound experiment\n")
    told = {line.split()[0]: line.split(maxsplit=1)[1] for line in result.stdout.splitlines() if " " in line.strip()}
    assert told["variants"] == "2"
    assert told["runs"] == "6, 3 of each variant"
    assert told["calls"].startswith("about ")
    assert "processes" in told["time"]
    assert told["vswitch.vsw-a.cidr"] == "10.0.0.0/28, 10.0.0.0/27"
    assert told["target:"].replace("\u00a0", " ") == "rejection_ratio ≤ 20 %"
    assert not (tmp_path / "cloudsim-results").exists()


def test_errors_are_those_of_a_sweep_and_name_the_file(run: Run, tmp_path: Path) -> None:
    file = write(tmp_path)
    sound = file.read_text("utf-8")
    for before, after in (
        ('"10.0.0.0/27"', '"10.0.0.5/27"'),
        ('"10.0.0.0/27"', '"10.0.0.0/8"'),
        ('kind = "poisson"', 'kind = "poison"'),
        ("rejection_ratio", "rejection_rate"),
    ):
        assert before in sound
        file.write_text(sound.replace(before, after), "utf-8")
        checked = run("check", str(file))
        swept = run("sweep", str(file), "--dir", str(tmp_path / "results"))
        assert (checked.exit_code, checked.stderr) == (swept.exit_code, swept.stderr) == (2, swept.stderr)
        assert all(line.startswith(f"Error: {file}: ") for line in checked.stderr.splitlines())


def test_an_experiment_has_no_settings(run: Run, tmp_path: Path) -> None:
    result = run("check", str(write(tmp_path)), "--set", "runs=3")
    assert result.exit_code == 2
    assert "is an experiment and has no settings; vary it with [axes]" in result.stderr


def test_an_experiment_that_comes_along_is_meant_by_its_name(run: Run, folder: Path) -> None:
    before = [path.name for path in folder.iterdir()]
    assert "growth_until_exhaustion" in bundled_experiments()
    assert all(is_experiment(path) for path in bundled_experiments().values())
    assert "a sound experiment" in run("check", "growth_until_exhaustion").stdout
    wrong = run("sweep", "growth_until")
    assert wrong.exit_code == 2
    assert "growth_until is no file, and no experiment of that name comes along" in wrong.stderr
    assert [path.name for path in folder.iterdir()] == before


def test_worlds_and_what_cannot_be_read_are_no_experiments(tmp_path: Path) -> None:
    world = tmp_path / "world.toml"
    for text in ("format = 1\n", "format = \n", "[[account]]\nid = 'acme'\n"):
        world.write_text(text, "utf-8")
        assert not is_experiment(world)
    world.write_bytes(b"\xff\xfe")
    assert not is_experiment(world)
    assert not is_experiment(tmp_path / "nothing.toml")
    assert not is_experiment(tmp_path)
