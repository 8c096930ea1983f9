"""``cloudsim serve`` as a process: ready, told to stop, and never calling out."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path
from stat import S_IMODE
from typing import Any

import pytest

from cloudsim.gateway.replaying import rerun
from cloudsim.gateway.thread import serve_in_thread
from cloudsim.scenario.load_world import load_world
from cloudsim.scenario.recording import read_recording
from tests.gateway.server.talking import query

Start = Callable[..., "subprocess.Popen[str]"]
Connect = Callable[[str], HTTPConnection]

AUDITED = """
import sys
def audit(event, args):
    if event == "subprocess.Popen" and args[0].endswith("ldconfig"):
        return  # trio looks for its libraries when it is imported
    if event in ("socket.connect", "socket.sendto", "socket.getnameinfo", "subprocess.Popen", "os.system"):
        print("CALLED OUT", event, args, file=sys.stderr, flush=True)
sys.addaudithook(audit)
from cloudsim.cli.main import main
main()
"""
BROKEN = """
from cloudsim.gateway.door import Door
def read(self, request, *, wall_ns):
    raise RuntimeError("on purpose")
Door.read = read
from cloudsim.cli.main import main
main()
"""


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start a server, and wait until it is ready."""
    started: list[subprocess.Popen[str]] = []

    def begin(*words: str, program: str = AUDITED, **more: str) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, "-c", program, "serve", "--port", "0", *words],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path, env={**os.environ, **more},
        )  # fmt: skip
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def connect() -> Iterator[Connect]:
    """Connect to a server, and hang up at the end."""
    opened: list[HTTPConnection] = []

    def begin(address: str) -> HTTPConnection:
        opened.append(HTTPConnection(address, timeout=20))
        return opened[-1]

    yield begin
    for connection in opened:
        connection.close()


def url_of(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line.startswith("listening on http://127.0.0.1:"), (line, process.communicate())
    return line.removeprefix("listening on http://").strip()


def is_listening(host: str, port: int) -> bool:
    with socket.socket() as probe:
        return not probe.connect_ex((host, port))


def get(connection: HTTPConnection, target: str, **headers: str) -> tuple[int, bytes]:
    connection.request("GET", target, headers=headers)
    answer = connection.getresponse()
    return answer.status, answer.read()


def test_a_server_is_ready_stops_when_it_is_told_and_has_called_nobody(
    start: Start, connect: Connect, tmp_path: Path
) -> None:
    process = start("--ready-file", "ready.json", "--record", "r.rec.jsonl", "--journal", "journal.jsonl")
    address = url_of(process)
    ready: dict[str, Any] = json.loads((tmp_path / "ready.json").read_text())
    assert S_IMODE((tmp_path / "ready.json").stat().st_mode) == 0o600
    assert ready == {
        "url": f"http://{address}", "host": "127.0.0.1", "port": int(address.rpartition(":")[2]), "pid": process.pid,
        "admin_token": None,
    }  # fmt: skip
    connection = connect(address)
    assert get(connection, query("DescribeRegions"))[0] == 200
    assert get(connection, "http://ecs.cn-hangzhou.aliyuncs.com" + query("DescribeZones"))[0] == 200
    assert get(connection, "http://example.com/")[0] == 421
    assert get(connection, "/_cloudsim/health")[0] == 200
    tunnel = connect(address)
    tunnel.set_tunnel("example.com", 443)
    with pytest.raises(OSError, match="405"):
        tunnel.connect()
    process.send_signal(signal.SIGTERM)
    _, told = process.communicate(timeout=20)
    assert (process.returncode, told) == (0, "")
    assert not (tmp_path / "ready.json").exists()
    (segment,) = read_recording(tmp_path / "r.rec.jsonl")
    assert rerun(segment).is_same
    assert (tmp_path / "journal.jsonl").read_bytes().count(b"\n") == segment.end.events  # type: ignore[union-attr]


def test_a_terminal_that_closes_ends_it_in_good_order_and_another_server_keeps_its_ready_file(
    start: Start, connect: Connect, tmp_path: Path
) -> None:
    first = start("--ready-file", "ready.json", "--record", "r.rec.jsonl")
    assert get(connect(url_of(first)), query("DescribeRegions"))[0] == 200
    second = start("--ready-file", "ready.json")
    url_of(second)
    first.send_signal(signal.SIGHUP)
    first.communicate(timeout=20)
    assert first.returncode == 0
    (segment,) = read_recording(tmp_path / "r.rec.jsonl")
    assert segment.end is not None
    assert json.loads((tmp_path / "ready.json").read_text())["pid"] == second.pid
    second.send_signal(signal.SIGTERM)
    second.communicate(timeout=20)
    assert not (tmp_path / "ready.json").exists()


def test_who_reads_along_sees_the_journal_and_the_recording_while_it_serves(
    start: Start, connect: Connect, tmp_path: Path
) -> None:
    process = start("--record", "r.rec.jsonl", "--journal", "journal.jsonl")
    assert get(connect(url_of(process)), query("DescribeRegions"))[0] == 200
    while b'"answer"' not in (tmp_path / "journal.jsonl").read_bytes():
        pass
    while b"DescribeRegions" not in (tmp_path / "r.rec.jsonl").read_bytes():
        pass
    assert process.poll() is None


def test_where_the_dashboard_is_and_which_seed_was_drawn_is_told(start: Start) -> None:
    process = start("--seed", "random")
    address = url_of(process)
    assert process.stdout is not None
    assert process.stdout.readline() == f"dashboard at http://{address}/_cloudsim/\n"
    assert re.fullmatch(r"seed [1-9][0-9]*\n", process.stdout.readline())


def test_whoever_verifies_without_any_key_is_warned(start: Start) -> None:
    process = start("--verify-signatures")
    url_of(process)
    process.send_signal(signal.SIGTERM)
    _, told = process.communicate(timeout=20)
    assert "no access key is known" in told
    assert "--access-key ID:SECRET" in told


def test_calls_under_way_are_answered_before_the_end(start: Start, connect: Connect) -> None:
    process = start("--time", "real")
    address = url_of(process)
    answers: list[tuple[int, bytes]] = []
    thread = threading.Thread(target=lambda: answers.append(get(connect(address), query("CreateVpc"))))
    thread.start()
    watch = connect(address)
    while not json.loads(get(watch, "/_cloudsim/health")[1])["in_flight"]:
        pass
    process.send_signal(signal.SIGINT)
    thread.join()
    process.communicate(timeout=20)
    assert answers[0][0] == 200
    assert process.returncode == 130


def test_who_will_not_be_answered_does_not_keep_it_when_it_is_told_twice(start: Start, connect: Connect) -> None:
    process = start("--time", "step")
    address = url_of(process)
    waiting = connect(address)
    waiting.request("GET", query("CreateVpc"))
    watch = connect(address)
    while not json.loads(get(watch, "/_cloudsim/health")[1])["in_flight"]:
        pass
    process.send_signal(signal.SIGTERM)
    host, _, port = address.partition(":")
    while is_listening(host, int(port)):  # or it might be told once twice
        pass
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=4)
    assert process.returncode == 0


def test_beyond_loopback_it_says_what_that_means_and_asks_for_a_token(
    start: Start, connect: Connect, tmp_path: Path
) -> None:
    process = start("--host", "0.0.0.0", "--ready-file", "ready.json")  # noqa: S104  it is what is tested
    address = url_of(process)
    token = json.loads((tmp_path / "ready.json").read_text())["admin_token"]
    connection = connect(address)
    assert get(connection, query("DescribeRegions"))[0] == 200
    assert get(connection, "/_cloudsim/health")[0] == 401
    assert get(connection, "/_cloudsim/health", authorization=f"Bearer {token}")[0] == 200
    assert get(connection, "/_cloudsim/health", authorization=f"Bearer {token}", host="example.com")[0] == 403
    process.send_signal(signal.SIGTERM)
    _, told = process.communicate(timeout=20)
    assert "everybody who reaches this machine can call" in told
    assert token in told


@pytest.mark.parametrize("option", ["--record", "--journal"])
def test_an_output_that_cannot_be_written_any_more_ends_the_server_and_is_no_bug(
    start: Start, connect: Connect, option: str
) -> None:
    process = start(option, "/dev/full")
    connection = connect(url_of(process))
    with suppress(ConnectionError):
        while True:
            get(connection, query("DescribeVpcs"))
    _, told = process.communicate(timeout=20)
    assert process.returncode == 2
    assert told == "Error: /dev/full cannot be written: No space left on device\n"


def test_a_bug_in_a_request_is_reported_without_secrets_and_the_server_goes_on(
    start: Start, connect: Connect, tmp_path: Path
) -> None:
    keys = ("--access-key", "ak:geheim", "--access-key=ak2:geheim")
    process = start(*keys, "--admin-host", "sim.example", "--ready-file", "ready.json", program=BROKEN)
    connection = connect(url_of(process))
    for _ in range(2):
        status, said = get(connection, query("DescribeRegions"))
        assert (status, json.loads(said)["Code"]) == (500, "InternalError")
    # Who reaches the admin API by a further name comes from somewhere else, and needs a token also at loopback.
    token = json.loads((tmp_path / "ready.json").read_text())["admin_token"]
    assert get(connection, "/_cloudsim/health")[0] == 401
    health = get(connection, "/_cloudsim/health", authorization=f"Bearer {token}", host="sim.example")[1]
    assert not json.loads(health)["ok"]
    process.send_signal(signal.SIGTERM)
    _, told = process.communicate(timeout=20)
    report = (tmp_path / ".cloudsim" / "bug-1.txt").read_text()
    assert process.returncode == 3
    assert "cloudsim itself failed: RuntimeError: on purpose" in told
    assert "The server goes on" in told
    assert "RuntimeError: on purpose" in report
    assert "'ak:***', '--access-key=ak2:***'" in report
    assert "geheim" not in report + told
    assert token in told


def test_a_server_that_is_stopped_goes_on_from_the_snapshot_that_was_taken(
    start: Start, connect: Connect, tmp_path: Path
) -> None:
    with serve_in_thread(seed=5) as server:
        connection = connect(server.endpoint)
        vpc = json.loads(get(connection, query("CreateVpc", CidrBlock="10.0.0.0/16"))[1])["VpcId"]
        assert get(connection, query("DescribeVpcs", VpcId=vpc))[0] == 200  # time passes until it is there
        (tmp_path / "noon.snapshot").write_bytes(get(connection, "/_cloudsim/snapshot")[1])
        (tmp_path / "noon.json").write_bytes(get(connection, "/_cloudsim/world")[1])
        after = json.loads(get(connection, query("CreateVpc"))[1])["VpcId"]

    process = start("--snapshot", "noon.snapshot", "--record", "r.rec.jsonl")
    connection = connect(url_of(process))
    assert json.loads(get(connection, query("CreateVpc"))[1])["VpcId"] == after, "as it would have gone on"
    vpcs = json.loads(get(connection, query("DescribeVpcs"))[1])["Vpcs"]["Vpc"]
    assert [one["VpcId"] for one in vpcs] == [vpc, after]
    changing = {"x-cloudsim-admin": "1", "content-type": "application/json"}
    connection.request("POST", "/_cloudsim/reset", "{}", changing)
    connection.getresponse().read()
    assert json.loads(get(connection, query("DescribeVpcs"))[1])["TotalCount"] == 1
    assert b"began with a snapshot" in get(connection, "/_cloudsim/world?at=begin")[1]
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)
    assert [rerun(segment).is_same for segment in read_recording(tmp_path / "r.rec.jsonl")] == [True, True]
    assert [one.id for one in load_world(tmp_path / "noon.json").vpcs] == [vpc]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--world", "none.toml"), "none.toml: it cannot be read"),
        (("--snapshot", "none.snapshot"), "none.snapshot cannot be read: No such file"),
        (("--snapshot", "."), ". cannot be read: Is a directory"),
        (("--snapshot", "empty"), "empty is empty, and no snapshot"),
        (("--snapshot", "text"), "text is no snapshot of cloudsim"),
        (("--snapshot", "text", "--world", "text"), "own world, seed, strategy and settings; leave --world out"),
        (("--snapshot", "text", "--seed", "1"), "leave --seed out"),
        (("--snapshot", "text", "--strategy", "fifo"), "leave --strategy out"),
        (("--snapshot", "text", "--set", "latency=none"), "leave --set out"),
        (("--time", "fast"), "time passes on-request"),
        (("--set", "latency=slow"), "there is no latency profile 'slow'"),
        (("--set", "policy.tokn=claim"), "did you mean 'token'"),
        (("--set", "latencyy=none"), "there is no setting 'latencyy'; did you mean 'latency'"),
        (("--set", "callers=5"), "there is no setting 'callers'"),
        (("--set", "strategy=random"), "by --strategy"),
        (("--strategy", "rando"), "did you mean 'random'"),
        (("--access-key", "secret-without-colon"), "ID:SECRET"),
        (("--host", "203.0.113.1"), "cannot listen at 203.0.113.1"),
        (("--record", "none/r.rec.jsonl"), "none/r.rec.jsonl cannot be written"),
        (("--ready-file", "none/ready.json"), "none/ready.json cannot be written"),
        (("--print-client", "python"), "names the port"),
    ],
)
def test_what_is_wrong_is_told_before_it_listens(
    words: tuple[str, ...], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from click.testing import CliRunner

    from cloudsim.cli.main import program

    monkeypatch.chdir(tmp_path)
    Path("empty").touch()
    Path("text").write_text("something else\n")
    result = CliRunner().invoke(program, ["serve", "--port", "0", *words], prog_name="cloudsim")
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())
    assert "secret-without" not in result.stderr
