"""Files that are written while a scenario runs."""

import json
from hashlib import sha256
from pathlib import Path

import pytest

from tests.cli.conftest import Process, Run
from tests.scenario.worlds import WORLD, write


def test_the_journal_is_json_lines_and_the_digest_is_theirs(run: Run, folder: Path) -> None:
    document = json.loads(run("run", "pods.py", "--json", "--journal", "events.jsonl").stdout)
    written = (folder / "events.jsonl").read_bytes()
    lines = written.splitlines()
    assert [json.loads(line)["n"] for line in lines] == list(range(document["events"]))
    assert sha256(written).hexdigest() == document["digest"]


def test_outputs_do_not_change_the_run(run: Run) -> None:
    plain = run("run", "pods.py").stdout
    assert run("run", "pods.py", "--journal", "a", "--out", "chrome=b", "--out", "chrome=c").stdout == plain


def test_a_chrome_trace_is_a_document_with_events(run: Run, folder: Path) -> None:
    assert run("run", "pods.py", "--out", "chrome=trace.json").exit_code == 0
    events = json.loads((folder / "trace.json").read_bytes())["traceEvents"]
    assert [event["args"]["name"] for event in events if event["name"] == "process_name"] == ["pods"]


def test_a_run_that_breaks_off_leaves_its_journal_and_a_whole_trace(run: Run, folder: Path) -> None:
    write(folder, f"{WORLD}async def drive(sim):\n    await creates(sim, 3)\n    raise LookupError\n")
    document = json.loads(
        run("run", "pods.py", "--json", "--journal", "events.jsonl", "--out", "chrome=trace.json").stdout
    )
    assert document["broken"]
    assert len((folder / "events.jsonl").read_bytes().splitlines()) == document["events"] > 0
    assert json.loads((folder / "trace.json").read_bytes())["traceEvents"]


def test_wrong_input_met_in_the_middle_leaves_what_was_written(run: Run, folder: Path) -> None:
    body = "    await creates(sim, 3)\n    sim.client(account='acme', name='a/b')\n"
    write(folder, f"{WORLD}async def drive(sim):\n{body}")
    result = run("run", "pods.py", "--journal", "events.jsonl", "--out", "chrome=trace.json")
    assert result.exit_code == 2
    assert len((folder / "events.jsonl").read_bytes().splitlines()) > 0
    assert json.loads((folder / "trace.json").read_bytes())["traceEvents"]


@pytest.mark.parametrize("words", [("--set", "callers=x"), ("--set", "nothing=1"), ("--set", "latency=slow")])
def test_a_wrong_setting_leaves_the_file_of_an_earlier_run_alone(
    run: Run, folder: Path, words: tuple[str, str]
) -> None:
    (folder / "events.jsonl").write_text("precious")
    assert run("run", "pods.py", "--journal", "events.jsonl", *words).exit_code == 2
    assert (folder / "events.jsonl").read_text() == "precious"


@pytest.mark.parametrize("words", [("--journal", "no/where.jsonl"), ("--out", "chrome=no/where.json")])
def test_a_path_that_cannot_be_written_is_told_before_the_run(run: Run, folder: Path, words: tuple[str, str]) -> None:
    write(folder, f"{WORLD}print('it ran')\nasync def drive(sim): print('it drove')\n")
    result = run("run", "pods.py", *words)
    assert result.exit_code == 2
    assert "cannot be written: No such file or directory" in result.stderr
    assert "it drove" not in result.stdout


def test_one_file_for_two_outputs_is_refused(run: Run) -> None:
    result = run("run", "pods.py", "--journal", "same", "--out", "chrome=./same")
    assert result.exit_code == 2
    assert "Two outputs have the same file." in result.stderr


@pytest.mark.parametrize("words", [("--journal", "/dev/full"), ("--out", "chrome=/dev/full")])
@pytest.mark.parametrize("callers", ["3", "300"], ids=["met at the end", "met on the way"])
def test_a_disk_that_is_full_is_told_in_one_sentence(run: Run, words: tuple[str, str], callers: str) -> None:
    result = run("run", "pods.py", "--set", f"callers={callers}", *words)
    assert result.exit_code == 2
    assert result.output == "Error: /dev/full cannot be written: No space left on device\n"


def test_operations_that_are_thrown_away_with_a_full_disk_say_nothing_more(process: Process) -> None:
    """They give back what they hold when they are collected, and that goes to the journal as well."""
    result = process("run", "pods.py", "--set", "callers=300", "--journal", "/dev/full")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == "Error: /dev/full cannot be written: No space left on device\n"
