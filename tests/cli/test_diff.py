"""``cloudsim diff``: what it prints of two journals, and how it ends."""

import json
from hashlib import sha256
from pathlib import Path

import pytest

from cloudsim.scenario.comparing import compare_journals
from tests.cli.conftest import Process, Run


@pytest.fixture
def journals(run: Run, folder: Path) -> Path:
    """A folder with journals of three runs, of which the first two are equal."""
    for name, words in (("a", ()), ("same", ()), ("b", ("--set", "callers=4"))):
        assert run("run", "token_race", *words, "--journal", f"{name}.jsonl", "-q").exit_code == 0
    return folder


def rows(text: str) -> list[list[str]]:
    return [line.split() for line in text.splitlines()]


def test_equal_journals_end_with_0_count_and_digest(run: Run, journals: Path) -> None:
    result = run("diff", "a.jsonl", "same.jsonl")
    assert result.exit_code == 0
    assert result.stderr == ""
    assert result.stdout.startswith("a.jsonl and same.jsonl are equal\n")
    written = (journals / "a.jsonl").read_bytes()
    assert ["events", str(len(written.splitlines()))] in rows(result.stdout)
    assert ["digest", sha256(written).hexdigest()] in rows(result.stdout)


def test_equal_events_in_other_bytes_are_equal_with_two_digests(run: Run, journals: Path) -> None:
    lines = (journals / "a.jsonl").read_text().splitlines()
    (journals / "spaced.jsonl").write_text("".join(f"{json.dumps(json.loads(line))}\n" for line in lines))
    result = run("diff", "a.jsonl", "spaced.jsonl")
    assert result.exit_code == 0
    assert "of spaced.jsonl, which writes the same events with other bytes" in result.stdout


@pytest.mark.usefixtures("journals")
def test_a_difference_ends_with_1_and_shows_both_sides_with_what_came_before(run: Run) -> None:
    result = run("diff", "a.jsonl", "b.jsonl", "--context", "1")
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines[0] == "a.jsonl and b.jsonl differ from event 6 (line 7), at 0s"
    assert lines[1].startswith("calls: client-")
    at = lines.index("equal before it:")
    assert lines[at + 1] == "  5  0s  client-3/1  call  account=acme  action=CreateNetworkInterface  region=cn-hangzhou"
    assert lines[at + 2] == ""
    found = rows(result.stdout)
    assert ["n", "6", "6"] in found
    assert ["!=", "ev", "phase", "call"] in found
    assert ["!=", "phase", "ADMIT", "-"] in found
    assert ["call", "3", "4"] in found
    assert lines[-1] == "calls that only b.jsonl has: 1 (client-4/1)"


def test_a_journal_that_was_cut_is_told_to_end_early(run: Run, journals: Path) -> None:
    lines = (journals / "a.jsonl").read_bytes().splitlines(keepends=True)
    (journals / "cut.jsonl").write_bytes(b"".join(lines[:20]))
    for sides in (("a.jsonl", "cut.jsonl"), ("cut.jsonl", "a.jsonl")):
        result = run("diff", *sides, "--context", "0")
        assert result.exit_code == 1
        assert "cut.jsonl ends after 20 events; a.jsonl goes on with client-" in result.stdout
        assert "equal before it" not in result.stdout


def test_texts_that_cannot_be_seen_and_events_of_no_call_are_written_so_that_they_can(run: Run, folder: Path) -> None:
    for name, text in (("a", "one\nline"), ("b", "two\x1b[31m")):
        first = {"call": "", "ev": "x", "n": 0, "t": 0, "said": "\t"}
        second = {"call": "", "ev": "x", "n": 1, "t": 1, "said": text}
        (folder / name).write_text(f"{json.dumps(first)}\n{json.dumps(second)}\n")
    text = run("diff", "a", "b").stdout
    assert "calls: no call; what differs: said" in text
    assert '  0  0s  -  x  said="\\t"' in text
    assert ["!=", "said", '"one\\nline"', '"two\\u001b[31m"'] in rows(text)


def test_many_calls_are_listed_in_part(run: Run, folder: Path) -> None:
    for name in ("a", "b"):
        events = [{"call": f"{name}/{n}", "ev": "call", "n": n, "t": n} for n in range(20)]
        (folder / name).write_text("".join(f"{json.dumps(one)}\n" for one in events))
    text = run("diff", "a", "b").stdout
    assert "calls that only a has: 20 (a/0, a/1, a/2, a/3, a/4, a/5, a/6, a/7 and 12 more)" in text
    assert len(json.loads(run("diff", "a", "b", "--json").stdout)["calls_only_left"]) == 20


def test_json_is_one_document(run: Run, journals: Path) -> None:
    result = run("diff", "a.jsonl", "b.jsonl", "--json")
    assert (result.exit_code, result.stderr) == (1, "")
    document = json.loads(result.stdout)
    assert list(document) == [
        *("format_version", "equal", "left", "right", "first_difference"),
        *("kinds", "calls_only_left", "calls_only_right"),
    ]
    assert document["format_version"] == 1
    assert document["equal"] is False
    assert document["left"]["file"] == "a.jsonl"
    assert document["kinds"]["call"] == [3, 4]
    first = document["first_difference"]
    lines = [json.loads(line) for line in (journals / "a.jsonl").read_bytes().splitlines()]
    assert first["left"] == lines[first["ordinal"]]
    assert first["context"] == lines[3:6]
    assert (first["virtual_ns"], first["virtual_time"]) == (0, "0s")
    equal = run("diff", "a.jsonl", "same.jsonl", "--json")
    assert equal.exit_code == 0
    assert json.loads(equal.stdout)["first_difference"] is None
    assert json.loads(equal.stdout) == {
        "format_version": 1,
        **compare_journals(Path("a.jsonl"), Path("same.jsonl")).document(),
    }


def test_wrong_files_end_with_2_and_are_told_with_their_line(run: Run, journals: Path) -> None:
    (journals / "bad.jsonl").write_bytes((journals / "a.jsonl").read_bytes() + b"{'n': 27}\n")
    for words, told in (
        (("a.jsonl", "nowhere.jsonl"), "Error: nowhere.jsonl: No such file or directory"),
        ((".", "a.jsonl"), "Error: .: Is a directory"),
        (("a.jsonl", "bad.jsonl"), "Error: bad.jsonl, line 28: this is no JSON: "),
        (("pods.py", "a.jsonl"), "Error: pods.py, line 1: this is no "),
        (("a.jsonl",), "Missing argument 'B'."),
        (("a.jsonl", "b.jsonl", "--context", "-1"), "'--context'"),
    ):
        result = run("diff", *words)
        assert result.exit_code == 2
        assert told in result.stderr
        assert result.stdout == ""
        assert "Traceback" not in result.stderr


@pytest.mark.usefixtures("journals")
def test_a_process_ends_as_diff_does_and_marks_in_colour_where_it_may(process: Process) -> None:
    assert process("diff", "a.jsonl", "same.jsonl").returncode == 0
    plain = process("diff", "a.jsonl", "b.jsonl")
    assert plain.returncode == 1
    assert "\x1b" not in plain.stdout
    coloured = process("diff", "a.jsonl", "b.jsonl", FORCE_COLOR="1", TERM="xterm-256color")
    assert "\x1b[1;31m!=" in coloured.stdout
    bare = process("diff", "a.jsonl", "b.jsonl", "--no-color", FORCE_COLOR="1", TERM="xterm-256color")
    assert bare.stdout == plain.stdout


def test_a_pipe_can_be_read(process: Process, journals: Path) -> None:
    """As ``cloudsim diff a.jsonl <(zcat b.jsonl.gz)``: nothing is read twice."""
    import os
    import threading

    fifo = journals / "fifo"
    os.mkfifo(fifo)
    writer = threading.Thread(target=lambda: fifo.write_bytes((journals / "same.jsonl").read_bytes()))
    writer.start()
    assert process("diff", "a.jsonl", "fifo").returncode == 0
    writer.join()
