"""``cloudsim run``: what it prints, and how it ends."""

import json
from pathlib import Path

import pytest

from cloudsim.scenario.load import load_scenario
from cloudsim.scenario.runner import run_scenario
from tests.cli.conftest import Process, Run
from tests.scenario.worlds import GOOD, WORLD, write


def test_people_see_what_was_run_and_what_came_of_it(run: Run) -> None:
    expected = run_scenario(load_scenario("pods.py"), seed=7)
    result = run("run", "pods.py", "--seed", "7")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[:2] == ["pods: Pods ask for more than there is.", "seed 7  quota=2  callers=3"]
    words = [line.split() for line in lines]
    assert ["CreateNetworkInterface", "ok", "2"] in words
    assert ["MaxEniCountExceeded", "1"] in words
    assert ["ok", "ENIs", "made", "2", "=", "2"] in words
    assert ["audit", "clean"] in words
    assert ["digest", expected.digest] in words
    assert ["events", str(expected.events)] in words
    assert "run it again" not in result.stdout
    assert "took" not in result.stdout
    assert result.stderr == ""


def test_a_bundled_scenario_runs_by_name(run: Run) -> None:
    result = run("run", "quota_exhaustion", "--set", "callers=5", "--set", "quota=3")
    assert result.exit_code == 0
    assert result.stdout.startswith("quota_exhaustion: ")
    assert "seed 0  quota=3  callers=5" in result.stdout


def test_verbose_tells_time_and_speed(run: Run) -> None:
    assert "events/s" in run("run", "pods.py", "-v").stdout


BROKEN = GOOD.replace("equals=min(callers, quota)", "equals=9")


def test_an_unmet_expectation_ends_with_1_and_says_how_to_run_it_again(run: Run, folder: Path) -> None:
    write(folder, BROKEN, "my pods")
    result = run("run", "my pods.py", "--seed", "7", "--set", "callers=5", "--set", "policy.token_window=1h")
    assert result.exit_code == 1
    assert ["FAIL", "ENIs", "made", "2", "=", "9"] in [line.split() for line in result.stdout.splitlines()]
    again = "run it again: cloudsim run 'my pods.py' --seed 7 --set callers=5 --set policy.token_window=1h"
    assert result.stdout.splitlines()[-1] == again


def test_what_the_audit_finds_ends_with_1(run: Run) -> None:
    result = run("run", "token_race", "--set", "policy.token=look-up-then-commit")
    assert result.exit_code == 1
    assert "made 3 ENIs" in result.stdout


def test_a_deadlock_is_a_broken_run_with_its_report(run: Run, folder: Path) -> None:
    write(folder, f"{WORLD}import trio\nasync def drive(sim): await trio.Event().wait()\n", "stuck")
    result = run("run", "stuck.py")
    assert result.exit_code == 1
    assert "no call was answered" in result.stdout
    assert "everybody waits and nothing is due" in result.stdout
    assert "drive#0 waits for Event.wait (stuck.py:22 in drive)" in result.stdout
    document = run("run", "stuck.py", "--json")
    assert document.exit_code == 1
    assert json.loads(document.stdout)["broken"].startswith("everybody waits")


def test_json_is_one_document_with_what_the_contract_names(run: Run) -> None:
    result = run("run", "pods.py", "--json", "--seed", "3")
    document = json.loads(result.stdout)
    assert document == run_scenario(load_scenario("pods.py"), seed=3).document()
    assert result.stderr == ""
    assert set(document) >= {
        "format_version", "scenario", "seed", "digest", "virtual_ns", "events", "calls", "expectations", "audit",
    }  # fmt: skip
    assert document["format_version"] == 1
    assert document["calls"] == {"CreateNetworkInterface": {"MaxEniCountExceeded": 1, "ok": 2}}
    assert [set(one) for one in document["expectations"]] == [{"name", "ok", "measured", "wanted"}]


def test_json_of_a_broken_run_is_a_document_too(run: Run, folder: Path) -> None:
    write(folder, BROKEN)
    result = run("run", "pods.py", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["ok"] is False
    assert result.stderr == ""


def test_what_a_scenario_prints_does_not_get_into_the_document(run: Run, folder: Path) -> None:
    """It stood in front of it once."""
    loud = GOOD.replace("SHOWS =", "print('loaded')\nSHOWS =")
    for name in ("world", "drive", "check"):
        head, _, body = loud.partition(f"def {name}(")
        signature, colon, rest = body.partition(":\n")
        loud = f"{head}def {name}({signature}{colon}    print({name!r})\n{rest}"
    write(folder, loud)
    result = run("run", "pods.py", "--json")
    assert json.loads(result.stdout)["ok"] is True
    assert result.stderr.splitlines() == ["loaded", "world", "drive", "check"]
    assert run("run", "pods.py").stdout.startswith("loaded\nworld\ndrive\ncheck\npods: ")


def test_an_expectation_of_something_that_json_has_not_is_wrong_input(run: Run, folder: Path) -> None:
    write(folder, GOOD.replace('codes.count("ok"), equals=min(callers, quota)', "object()"))
    result = run("run", "pods.py", "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "expectation 'ENIs made': object is nothing that a result can show" in result.stderr


@pytest.mark.parametrize("how", ["option", "environment"])
def test_debug_shows_where_a_scenario_broke(run: Run, folder: Path, how: str) -> None:
    """The help promised it, and the traceback was thrown away."""
    write(folder, f"{WORLD}async def drive(sim):\n    raise ValueError('boom')\n", "boom")
    words, more = (["--debug"], {}) if how == "option" else ([], {"CLOUDSIM_DEBUG": "1"})
    result = run("run", "boom.py", "--json", *words, **more)
    assert result.exit_code == 1
    assert json.loads(result.stdout)["broken"] == "boom.py, line 22: ValueError: boom"
    assert "Traceback" in result.stderr
    assert 'boom.py", line 22, in drive' in result.stderr
    assert run("run", "boom.py", "--json").stderr == ""


def test_quiet_prints_nothing_but_what_is_wrong(run: Run, folder: Path) -> None:
    good = run("run", "pods.py", "-q")
    assert (good.exit_code, good.output) == (0, "")
    write(folder, BROKEN)
    broken = run("run", "pods.py", "--quiet")
    assert (broken.exit_code, broken.stdout) == (1, "")
    assert broken.stderr.splitlines() == [
        "ENIs made: measured 2, wanted = 9",
        "run it again: cloudsim run pods.py --seed 0",
    ]


# Seeds.


def test_the_seed_comes_from_the_option_or_else_from_the_environment(run: Run) -> None:
    def seed(*words: str, **more: str) -> int:
        read: int = json.loads(run("run", "pods.py", "--json", *words, **more).stdout)["seed"]
        return read

    assert seed() == 0
    assert seed(CLOUDSIM_SEED="5") == 5
    assert seed("--seed", "6", CLOUDSIM_SEED="5") == 6


def test_a_random_seed_is_drawn_printed_and_runs_the_same_again(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.urandom", lambda count: bytes(range(1, count + 1)))
    drawn = run("run", "pods.py", "--seed", "random")
    assert drawn.stdout.splitlines()[1].startswith(f"seed {0x01020304}  ")
    assert run("run", "pods.py", "--seed", str(0x01020304)).stdout == drawn.stdout


# As a process.


def test_the_same_seed_prints_the_same_in_every_process(process: Process) -> None:
    first, second = (process("run", "pods.py", "--seed", "7", PYTHONHASHSEED=seed) for seed in ("1", "2"))
    assert first.returncode == 0
    assert first.stdout == second.stdout


def test_a_pipe_gets_no_colours_and_whole_lines_unless_they_are_forced(process: Process) -> None:
    plain = process("run", "pods.py", TERM="xterm-256color")
    assert "\x1b" not in plain.stdout + plain.stderr
    assert all(line == line.rstrip() for line in plain.stdout.splitlines())
    assert "\x1b[" in process("run", "pods.py", FORCE_COLOR="1", TERM="xterm-256color").stdout


@pytest.mark.parametrize("how", ["option", "environment"])
def test_no_color_is_stronger_than_forced_colours(process: Process, how: str) -> None:
    words, more = (["--no-color"], {}) if how == "option" else ([], {"NO_COLOR": "1"})
    result = process("run", "pods.py", *words, FORCE_COLOR="1", TERM="xterm-256color", **more)
    assert result.returncode == 0
    assert "\x1b" not in result.stdout
