"""Finding and reading scenario files; each mistake in one has its own words."""

import sys
from pathlib import Path

import pytest

from cloudsim.errors.own import CloudsimError, NothingToRun, ScenarioError, SettingError
from cloudsim.scenario.load import bundled, load_scenario
from cloudsim.scenario.runner import run_scenario
from tests.scenario.worlds import GOOD, WORLD, scenario, write


def test_a_scenario_has_its_summary_its_settings_and_what_it_shows(tmp_path: Path) -> None:
    read = scenario(tmp_path, GOOD)
    assert read.name == "pods"
    assert read.summary == "Pods ask for more than there is."
    assert read.settings == {"quota": 2, "callers": 3}
    assert read.shows == ("MaxEniCountExceeded",)
    assert (read.latency, read.strategy) == ("default", "fifo")
    assert read.file == str(tmp_path / "pods.py")


def test_a_scenario_may_name_its_latency_and_its_strategy(tmp_path: Path) -> None:
    read = scenario(tmp_path, f'{GOOD}\nLATENCY = "none"\nSTRATEGY = "random"\n')
    assert (read.latency, read.strategy) == ("none", "random")


def test_a_scenario_needs_neither_docstring_nor_check(tmp_path: Path) -> None:
    read = scenario(tmp_path, f"{WORLD}async def drive(sim): pass")
    assert read.summary == ""
    assert run_scenario(read).ok


def test_a_world_may_be_a_file_beside_the_scenario(tmp_path: Path) -> None:
    (tmp_path / "acme.toml").write_text('format = 1\n[[account]]\nid = "acme"\n')
    read = scenario(tmp_path, 'world = "acme.toml"\n\nasync def drive(sim):\n    return list(sim.cloud.accounts)\n')
    assert run_scenario(read).ok


def test_a_scenario_imports_from_its_own_folder_and_leaves_the_path_as_it_was(tmp_path: Path) -> None:
    before = list(sys.path)
    write(tmp_path, WORLD, "shared_world_of_this_test")
    scenario(tmp_path, "from shared_world_of_this_test import world\nasync def drive(sim): pass")
    assert sys.path == before


def test_classes_of_a_scenario_find_their_module(tmp_path: Path) -> None:
    pod = "from dataclasses import dataclass\n@dataclass\nclass Pod:\n    name: 'str'\n"
    text = f"{WORLD}{pod}async def drive(sim): Pod('a')\n"
    assert run_scenario(scenario(tmp_path, text)).ok


def test_nothing_is_written_beside_a_scenario(tmp_path: Path) -> None:
    run_scenario(scenario(tmp_path, GOOD))
    assert [path.name for path in tmp_path.iterdir()] == ["pods.py"]


def test_bundled_scenarios_are_known_by_name_and_go_before_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "quota_exhaustion" in bundled()
    (tmp_path / "quota_exhaustion").mkdir()
    monkeypatch.chdir(tmp_path)
    assert load_scenario("quota_exhaustion").name == "quota_exhaustion"


def test_a_bundled_file_that_begins_with_an_underscore_is_no_scenario(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, GOOD, "pods")
    write(tmp_path, GOOD, "_helper")
    monkeypatch.setattr("cloudsim.scenario.load.bundled_folder", lambda: tmp_path)
    assert list(bundled()) == ["pods"]


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ("qota_exhaustion", "there is no bundled scenario 'qota_exhaustion'; did you mean 'quota_exhaustion'"),
        ("nowhere.py", "nowhere.py: No such file"),
        ("sub", "sub is a folder"),
        ("sub.py", "sub.py is a folder"),
        ("world.toml", "world.toml is a world, which `cloudsim check` reads"),
        ("notes.txt", "notes.txt is no scenario"),
        ("sub/nowhere", "sub/nowhere is no scenario"),
    ],
)
def test_what_is_no_scenario_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wanted: str, words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub.py").mkdir()
    (tmp_path / "world.toml").touch()
    (tmp_path / "notes.txt").touch()
    with pytest.raises(ScenarioError, match=words):
        load_scenario(wanted)


DRIVE = "async def drive(sim): pass\n"
MISTAKES: dict[str, tuple[str | bytes, str]] = {
    "no Python": ("drive = (", r"pods.py: line 1: '\(' was never closed"),
    "no UTF-8": (b"\xff\xfe", "pods.py: .*codec can't decode"),
    "null bytes": (b"drive\0", "pods.py: .*null bytes"),
    "an import that fails": (
        "\n\nimport no_such_module",
        "pods.py: line 3: ModuleNotFoundError: No module named 'no_such_module'",
    ),
    "code that raises": ("x = 1\ny = x / 0", "pods.py: line 2: ZeroDivisionError: division by zero"),
    "a world that is wrong at once": (
        "from cloudsim.errors.own import WorldError\nraise WorldError('it is flat', key='vpc')",
        "pods.py: vpc: it is flat",
    ),
    "the end of the process": ("import sys\nsys.exit(3)", "pods.py: line 2: SystemExit: 3"),
    "a drive that cannot be called": (f"{WORLD}drive = 3", "drive is no function; write async def drive"),
    "a drive that is not async": (f"{WORLD}def drive(sim): pass", "drive is of the wrong kind; write async def drive"),
    "a drive that yields": (f"{WORLD}async def drive(sim): yield 1", "drive is of the wrong kind.*without yield"),
    "a drive that takes nothing": (f"{WORLD}async def drive(): pass", "drive takes too few parameters"),
    "a setting by position": (
        f"{WORLD}async def drive(sim, callers=3): pass",
        "drive takes 'callers' by position; settings come after",
    ),
    "a check that is async": (
        f"{WORLD}{DRIVE}async def check(sim, expect, driven): pass",
        "check is of the wrong kind; write def check",
    ),
    "a check that takes too little": (f"{WORLD}{DRIVE}def check(sim, expect): pass", "check takes too few parameters"),
    "no world": (DRIVE, "a scenario needs def world"),
    "a world that is no function": (f"{DRIVE}world = 3", "a scenario needs def world"),
    "an async world": (f"{DRIVE}async def world(): pass", "world is of the wrong kind"),
    "a text for SHOWS": (f"{WORLD}{DRIVE}SHOWS = 'MaxEniCountExceeded'", "SHOWS is a tuple of texts"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_each_mistake_in_a_file_has_its_words(tmp_path: Path, mistake: str) -> None:
    source, words = MISTAKES[mistake]
    path = tmp_path / "pods.py"
    path.write_bytes(source if isinstance(source, bytes) else source.encode())
    with pytest.raises(ScenarioError, match=words) as refused:
        load_scenario(str(path))
    assert not isinstance(refused.value, NothingToRun)


def test_a_file_without_a_drive_has_nothing_to_run(tmp_path: Path) -> None:
    with pytest.raises(NothingToRun, match="there is nothing to run"):
        scenario(tmp_path, WORLD)


def test_functions_that_disagree_about_a_setting_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="'quota' has two defaults"):
        scenario(tmp_path, f"{WORLD}async def drive(sim, *, quota=3): pass")


def test_a_fault_of_ours_in_a_file_s_code_goes_on_as_it_is(tmp_path: Path) -> None:
    """The file only asked; what broke lies in our own code, and a sentence about the file would hide it."""
    text = "from cloudsim.values.ids import base36\nbase36(None, 3)\n"
    with pytest.raises(TypeError) as raised:
        scenario(tmp_path, text)
    assert not isinstance(raised.value, CloudsimError)
