"""``cloudsim explore``, ``replay`` and ``shrink`` from end to end: what they print, what they leave, how they end."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cloudsim.cli.guard import Exit
from cloudsim.cli.progress import ProgressBar
from cloudsim.scenario.schedule import read_schedule
from tests.cli.conftest import Process, Run
from tests.cli.test_guard import _listen_to_ctrl_c
from tests.scenario.races import CONTROLLERS, ENDLESS, SAFE, TOKENS
from tests.scenario.worlds import WORLD, write

BAD = ("--set", "policy.token=look-up-then-commit")


@pytest.fixture(autouse=True)
def race(folder: Path) -> Path:
    """A scenario with a race of its own, one with a token, one in which all is well, and one that never ends."""
    for text, name in ((TOKENS, "tokens"), (SAFE, "safe"), (ENDLESS, "endless")):
        write(folder, text, name)
    return write(folder, CONTROLLERS, "race")


def document(run: Run, *words: str, code: int) -> dict[str, Any]:
    """What explore says to machines, without what the wall clock says."""
    result = run("explore", *words, "--json")
    assert result.exit_code == code, result.output
    said: dict[str, Any] = json.loads(result.stdout)
    assert said.pop("wall_s") >= 0
    return said


# -- what is found


def test_the_default_policy_is_proved_and_nothing_is_left_behind(run: Run, folder: Path) -> None:
    result = run("explore", "token_race")
    assert result.exit_code == 0
    assert result.stderr == ""
    assert result.stdout.startswith("token_race: Several callers race with one ClientToken")
    assert "verdict  proved: 90 of 90 orders" in result.stdout
    assert "FAIL" not in result.stdout
    assert "explore it again" not in result.stdout
    assert not (folder / ".cloudsim").exists()


def test_the_known_bad_token_policy_is_caught_made_small_kept_and_replayed(run: Run, folder: Path) -> None:
    result = run("explore", "token_race", *BAD)
    assert result.exit_code == 1
    text = result.stdout
    assert "FAIL ENIs that exist: measured 2, wanted = 1" in text
    assert "FAIL audit: token pod-1 of acme made 2 ENIs" in text
    assert "no order of these calls explains all their answers" in text
    assert "made small: 2 callers, 1 deviation from run-to-block" in text
    assert sum(line.lstrip().startswith(">") for line in text.splitlines()) == 1
    assert "verdict  bounded: " in text
    assert "explore it again: cloudsim explore token_race --seed 0 --set policy.token=look-up-then-commit" in text
    (file,) = (folder / ".cloudsim" / "failures").glob("*.sched.json")
    assert f"replay it: cloudsim replay .cloudsim/failures/{file.name}" in text
    again = run("replay", f".cloudsim/failures/{file.name}")
    assert again.exit_code == 1
    assert "the schedule was followed exactly: every choice, and the same digest" in again.stdout
    assert "FAIL ENIs that exist: measured 2, wanted = 1" in again.stdout


def test_a_race_of_the_scenarios_own_is_found(run: Run) -> None:
    result = run("explore", "race.py")
    assert result.exit_code == 1
    assert "FAIL warm ENIs: measured 2, wanted <= 1" in result.stdout
    assert "client-1/2" in result.stdout


def test_the_document_has_what_is_promised_and_more(run: Run) -> None:
    said = document(run, "tokens.py", *BAD, "--first", code=1)
    assert list(said) == [
        *("format_version", "scenario", "seed", "settings", "mode", "strategy", "schedules", "orders", "exhaustive"),
        *("covered", "loose", "verdict", "interrupted", "events", "outcomes", "violations", "unseen", "seen", "ok"),
    ]
    assert (said["format_version"], said["scenario"], said["seed"], said["strategy"]) == (1, "tokens", 0, "systematic")
    assert (said["exhaustive"], said["ok"], said["interrupted"]) == (False, False, False)
    assert all(list(one) == ["outcome", "count", "schedule"] for one in said["outcomes"])
    assert sum(one["count"] for one in said["outcomes"]) == said["orders"]
    for one in said["violations"]:
        assert {"what", "schedule_file", "callers", "deviations"} <= one.keys()
        assert read_schedule(Path(one["schedule_file"])).scenario == "tokens.py"
        assert (one["callers"], one["deviations"]) == (3, 1)
    assert {one["kind"] for one in said["violations"]} >= {"expectation: ENIs", "linearizability: token"}
    assert said["seen"].keys() == {"sites", "codes"}
    assert said["seen"]["codes"]["ok"] > 0
    proved = document(run, "tokens.py", code=0)
    assert (proved["exhaustive"], proved["orders"], proved["verdict"]) == (True, 90, "proved: 90 of 90 orders")


def test_each_outcome_has_a_token_that_brings_it_back(run: Run) -> None:
    said = document(run, "tokens.py", *BAD, "--schedules", "40", "--strategy", "random", "--no-remember", code=1)
    for outcome in said["outcomes"]:
        result = run("replay", "tokens.py", "--schedule", outcome["schedule"], "--json")
        made = json.loads(result.stdout)
        assert made["way"] == "by choices"
        assert made["result"]["calls"]["CreateNetworkInterface"]
    (whole,) = {one["schedule"] for one in said["violations"]}
    result = run("replay", "tokens.py", "--schedule", whole)
    assert result.exit_code == 1
    assert "the schedule was followed by its choices" in result.stdout


def test_the_result_is_the_same_whatever_the_number_of_processes_and_whenever_it_is_asked_for(run: Run) -> None:
    words = (
        "race.py",
        "--strategy",
        "portfolio",
        "--schedules",
        "40",
        "--set",
        "callers=3",
        "--no-remember",
        "--faults",
    )
    alone = document(run, *words, code=1)
    assert document(run, *words, "-j", "2", code=1) == alone
    assert document(run, *words, code=1) == alone
    assert document(run, *words, "--seed", "1", code=1) != alone


def test_what_is_never_seen_is_told_and_ends_with_1(run: Run, folder: Path) -> None:
    text = SAFE.replace("await controller(sim)", "await controller(sim)\n    sim.sometimes('two ENIs', False)")
    write(folder, text, "never")
    result = run("explore", "never.py")
    assert result.exit_code == 1
    assert "never seen  two ENIs" in result.stdout
    assert document(run, "never.py", code=1)["unseen"] == ["two ENIs"]


# -- how long


def test_budgets_end_a_search_and_it_is_bounded(run: Run) -> None:
    assert document(run, "tokens.py", "--schedules", "7", code=0)["verdict"] == "bounded: 7 tried"
    by_events = document(run, "tokens.py", "--events", "100", code=0)
    assert 100 <= by_events["events"] < 200
    assert document(run, "tokens.py", "--seconds", "0.000001", code=0)["schedules"] == 1
    within = document(run, "tokens.py", "--preemptions", "0", code=0)
    assert (within["exhaustive"], within["strategy"]) == (False, "systematic")
    assert document(run, "race.py", "--first", "--no-remember", code=1)["schedules"] == 1


def test_a_run_that_never_ends_is_broken_off_and_told(run: Run) -> None:
    result = run("explore", "endless.py", "--steps", "500")
    assert result.exit_code == 1
    assert (
        "FAIL the run has not ended after 500 steps, at 8m19s; perhaps a script waits in a loop for ever"
        in result.stdout
    )
    assert "proved" not in result.stdout


POLLER = (
    WORLD
    + """\
async def poll(sim):
    client = sim.client(account="acme", region="cn-hangzhou", name="poller")
    while not (await client.describe_network_interfaces()).network_interface_sets:
        await sim.sleep("1s")


async def drive(sim):
    await gather([poll(sim), creates(sim, 1)])
"""
)


@pytest.mark.parametrize("strategy", ["systematic", "pct", "portfolio"])
def test_a_script_that_polls_ends_by_the_budget_and_is_no_failure_where_it_alone_is_let_go_on(
    run: Run, folder: Path, strategy: str
) -> None:
    write(folder, POLLER, "poller")
    said = document(run, "poller.py", "--strategy", strategy, "--schedules", "12", "--steps", "400", code=0)
    assert (said["schedules"], said["exhaustive"], said["violations"]) == (12, False, [])
    if strategy == "pct":
        assert (
            said["loose"][-1]
            == "some runs were broken off in which a script that polls kept others waiting without end"
        )


def test_ctrl_c_gives_what_was_found_until_then(folder: Path) -> None:
    text = CONTROLLERS.replace(
        "    await gather(controller",
        "    RUNS.append(1)\n    if len(RUNS) == 30: print('ready', flush=True)\n    await gather(controller",
    )
    write(folder, "RUNS = []\n" + text, "long")
    command = [sys.executable, "-m", "cloudsim", "explore", "long.py", "--strategy", "portfolio", "--json"]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [*command, "--schedules", "1000000"],
        stdout=pipe,
        stderr=pipe,
        text=True,
        cwd=folder,
        preexec_fn=_listen_to_ctrl_c,  # noqa: PLW1509  no threads here
    ) as running:
        assert running.stderr is not None
        try:
            assert running.stderr.readline() == "ready\n"
            running.send_signal(signal.SIGINT)
            said, told = running.communicate(timeout=60)
        finally:
            running.kill()  # or one that does not listen would be waited for without end
    assert running.returncode == Exit.INTERRUPTED, told
    assert told == ""
    found = json.loads(said)
    assert found["interrupted"] is True
    assert found["schedules"] >= 28
    assert found["violations"][0]["what"].startswith("warm ENIs: measured 2")
    assert (folder / found["violations"][0]["schedule_file"]).exists()


# -- failures that are remembered


def test_a_failure_is_remembered_and_tried_first_until_it_is_mended(run: Run, folder: Path) -> None:
    assert run("explore", "race.py").exit_code == 1
    again = run("explore", "race.py", "--first")
    assert again.exit_code == 1
    assert "remembered  1 failure of earlier explorations tried first" in again.stdout
    assert "0 schedules" in again.stdout
    write(folder, SAFE, "race")
    mended = run("explore", "race.py")
    assert mended.exit_code == 0
    assert "remembered  1 failure" in mended.stdout
    assert "proved: " in mended.stdout
    assert "remembered" not in run("explore", "race.py", "--no-remember").stdout


def test_nothing_is_written_where_nothing_is_to_be_remembered(run: Run, folder: Path) -> None:
    result = run("explore", "race.py", "--no-remember", "--no-shrink", "--first")
    assert "as it was found: 2 callers" in result.stdout
    assert "replay it: cloudsim replay race.py --schedule cs1." in result.stdout
    assert not (folder / ".cloudsim").exists()


# -- outputs


def test_what_a_scenario_prints_is_not_in_the_document(run: Run, folder: Path) -> None:
    write(folder, SAFE.replace("    for _ in", "    print('hello')\n    for _ in"), "chatty")
    result = run("explore", "chatty.py", "--json")
    assert json.loads(result.stdout)["ok"] is True
    assert "hello\n" in result.stderr
    assert "hello" not in run("explore", "chatty.py").stdout


def test_what_a_scenario_prints_in_other_processes_is_not_in_the_document_either(
    process: Process, folder: Path
) -> None:
    write(folder, SAFE.replace("    for _ in", "    print('hello')\n    for _ in"), "chatty")
    result = process("explore", "chatty.py", "--json", "-j", "2", "--strategy", "random", "--schedules", "20")
    assert json.loads(result.stdout)["schedules"] == 20
    assert result.stderr.count("hello") >= 20  # line ends of two processes may come together


def test_quiet_prints_failures_alone(run: Run) -> None:
    assert run("explore", "safe.py", "--quiet").output == ""
    assert "FAIL warm ENIs" in run("explore", "race.py", "--quiet").stdout


def test_a_page_and_a_trace_are_written(run: Run, folder: Path) -> None:
    result = run("explore", "race.py", "--out", "html=found.html", "--out", "chrome=trace.json", "--first")
    assert result.exit_code == 1
    assert (folder / "found.html").read_text().lower().startswith("<!doctype html>")
    assert json.loads((folder / "trace.json").read_text())


def test_progress_counts_the_runs(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[int, int]] = []
    monkeypatch.setattr(ProgressBar, "is_wanted", staticmethod(lambda: True))
    monkeypatch.setattr(ProgressBar, "__call__", lambda _, done, total: told.append((done, total)))
    run("explore", "safe.py", "--schedules", "5")
    assert told[0] == (1, 5)


def test_faults_are_sought_told_and_taken_into_the_schedule(run: Run) -> None:
    said = document(run, "tokens.py", "--faults", "--schedules", "60", "--strategy", "random", "--no-shrink", code=1)
    assert said["seen"]["sites"]
    assert said["loose"] == ["faults strike by chance, and each run has one draw of them"]
    assert {"Throttling.User", "InternalError", "ServiceUnavailable"} & said["seen"]["codes"].keys()


def test_with_faults_samples_are_taken_and_a_systematic_search_proves_nothing(run: Run, folder: Path) -> None:
    write(folder, TOKENS.replace("equals=1", "at_most=1"), "few")
    sampled = document(run, "few.py", "--faults", "--schedules", "30", code=0)
    assert (sampled["strategy"], len(sampled["seen"]["sites"]) > 3) == ("portfolio", True)
    whole = document(run, "few.py", "--faults", "--strategy", "systematic", code=0)
    assert (whole["covered"], whole["exhaustive"]) == (True, False)
    assert whole["verdict"].endswith("but faults strike by chance, and each run has one draw of them")


# -- wrong input


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("explore", "nowhere.py"), 2, "nowhere.py: No such file"),
        (("explore", "tokn_race"), 2, "did you mean 'token_race'?"),
        (("explore", "race.py", "--strategy", "luck"), 2, "there is no strategy 'luck'"),
        (("explore", "race.py", "--mode", "sideways"), 2, "there is no mode 'sideways'"),
        (("explore", "race.py", "--mode", "5 parsecs"), 2, "is not a duration"),
        (("explore", "race.py", "--set", "caller=3"), 2, "did you mean 'callers'?"),
        (("explore", "race.py", "--set", "strategy=random"), 2, "explore takes its strategy by --strategy"),
        (("explore", "race.py", "--set", "policy.token=wrong"), 2, "policy.token"),
        (("explore", "race.py", "--schedules", "0"), 2, "'--schedules'"),
        (("explore", "race.py", "--seconds", "0"), 2, "'--seconds'"),
        (("explore", "race.py", "--steps", "0"), 2, "'--steps'"),
        (("explore", "race.py", "-j", "0"), 2, "'--jobs'"),
        (("explore", "race.py", "--seed", "lucky"), 2, "neither a whole number nor 'random'"),
        (("explore", "race.py", "--preemptions", "1", "--strategy", "random"), 2, "is for the systematic search"),
        (("explore", "race.py", "--out", "pdf=x"), 2, "the kinds are: html, chrome"),
        (("explore", "race.py", "--out", "html=no/where.html"), 2, "no/where.html"),
        (("explore", "broken.py"), 2, "broken.py: line 1"),
        (("explore", "late.py"), 2, "'a/b' cannot name a caller"),
        (("explore", "nothing.py"), 4, "there is nothing to run"),
        (("replay", "nowhere.sched.json"), 2, "it cannot be read: No such file"),
        (("replay", "damaged.sched.json"), 2, "damaged.sched.json: it is not JSON"),
        (("replay", "gone.sched.json"), 2, "gone.py: No such file"),
        (("replay", "race.py"), 2, "Give a file that ends in .sched.json, a recording of"),
        (("replay", "race.py", "--schedule", "xyz"), 2, "a token begins with 'cs1.'"),
        (("replay", "race.py", "--schedule", "cs1.xyz"), 2, "the schedule token is damaged"),
        (("replay", "gone.sched.json", "--schedule", "cs1.xyz"), 2, "A file has its schedule"),
        (("shrink", "nowhere.sched.json"), 2, "it cannot be read"),
        (("shrink", "race.py"), 2, "race.py: it is not JSON"),
    ],
)
def test_wrong_input_has_its_exit_code_and_its_sentence(
    run: Run, folder: Path, words: tuple[str, ...], code: int, told: str
) -> None:
    write(folder, WORLD, "nothing")
    write(folder, "def (", "broken")
    write(folder, f"{WORLD}async def drive(sim): sim.client(account='acme', name='a/b')\n", "late")
    (folder / "damaged.sched.json").write_text("{")
    (folder / "gone.sched.json").write_text('{"scenario": "gone.py", "mode": "async"}')
    result = run(*words)
    assert result.exit_code == code, result.output
    assert told in result.stderr
    assert "Traceback" not in result.output
    assert result.stdout == ""


def test_as_people_run_it(process: Process) -> None:
    result = process("explore", "race.py", "--first", "--no-color", COLUMNS="100")
    assert (result.returncode, result.stderr) == (1, "")
    assert os.fspath(".cloudsim/failures/race-") in result.stdout
