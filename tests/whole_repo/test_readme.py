"""The README's examples run as they stand there."""

import re
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from cloudsim import load_scenario, load_world, run_scenario
from cloudsim.cli.main import program
from cloudsim.scenario.load import bundled

README = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")


def block(name: str) -> str:
    found = re.search(rf"<!-- test: {name} -->\n```\w+\n(.*?)```", README, re.DOTALL)
    assert found is not None, f"the README has a block named {name}"
    return found[1]


@pytest.mark.parametrize("pods", [1, 2, 10])
def test_the_scenario_does_what_it_says(tmp_path: Path, pods: int) -> None:
    file = tmp_path / "two_pods.py"
    file.write_text(block("scenario"))
    result = run_scenario(load_scenario(str(file)), seed=3, given={"pods": pods})
    assert result.ok, result.failures()


def test_the_race_is_found_as_it_says_and_mended_as_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    file = Path("warm_pool.py")
    file.write_text(block("race"))
    assert run_scenario(load_scenario("warm_pool.py"), seed=1).ok
    found = CliRunner().invoke(program, ["explore", "warm_pool.py"])
    assert found.exit_code == 1
    assert block("race-found") in found.stdout
    mended = re.search(r"`await (attempt\(.*?\))`", README, re.DOTALL)
    assert mended is not None
    text = block("race").replace("import World, gather", "import World, attempt, gather")
    file.write_text(re.sub(r"client\.create_network_interface\(.*?\)", " ".join(mended[1].split()), text))
    again = CliRunner().invoke(program, ["explore", "warm_pool.py"])
    assert (again.exit_code, "proved: 12 of 12 orders" in again.stdout) == (0, True)


def test_the_in_process_example_runs() -> None:
    exec(compile(block("in-process"), "README.md", "exec"), {"__name__": "readme"})  # noqa: S102  it is ours


def test_branches_go_on_as_it_says(capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(block("branches"), "README.md", "exec"), {"__name__": "readme"})  # noqa: S102  it is ours
    assert capsys.readouterr().out == "5 more: 0 refused\n20 more: 9 refused\n"


def test_the_world_is_valid(tmp_path: Path) -> None:
    file = tmp_path / "world.toml"
    file.write_text(block("world"))
    assert len(load_world(file).vswitches) == len(tomllib.loads(block("world"))["vswitch"])


def test_the_table_lists_the_bundled_scenarios() -> None:
    assert re.findall(r"^\| `(\w+)` \|", README, re.MULTILINE) == sorted(bundled(), key=README.index)


def test_no_line_is_a_wall() -> None:
    assert [line for line in README.splitlines() if len(line) > 140] == []
