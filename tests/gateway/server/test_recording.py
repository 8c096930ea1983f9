"""Recordings: what was asked is done again, to the same digest; and in other orders."""

import json
import threading
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from cloudsim.cli.guard import Exit
from cloudsim.cli.main import program
from cloudsim.cli.replay_recording import replay_recording
from cloudsim.errors.own import CloudsimError, RecordingError
from cloudsim.gateway.replaying import rerun
from cloudsim.gateway.thread import ThreadServer, serve_in_thread
from cloudsim.scenario.explore import Budget, Exploration
from cloudsim.scenario.load import load_scenario
from cloudsim.scenario.recording import is_recording, read_recording
from tests.gateway.server.talking import Talk, query
from tests.gateway.server.test_timing import CREATE, at_once, small_world


def crowd(server: ThreadServer, key: str, count: int) -> None:
    """One client's calls, of many kinds, some of them wrong."""
    with closing(Talk(server, key)) as talk:
        for number in range(count):
            made = talk.ask("CreateNetworkInterface", ClientToken=f"{key}-{number // 2}", Odd="1", **CREATE)
            eni = made.get("NetworkInterfaceId", "eni-none")
            talk.ask("AttachNetworkInterface", NetworkInterfaceId=eni, InstanceId="i-1")
            talk.ask("DescribeNetworkInterfaces", **{"NetworkInterfaceId.1": eni})
            talk.ask("DetachNetworkInterface", NetworkInterfaceId=eni, InstanceId="i-1")
            talk.ask("NoSuchAction")


def recorded(file: Path, *, seed: int = 0, time: str = "on-request", strategy: str = "fifo") -> str:
    """Let five clients ask at the same time, and give the digest at the end."""
    settings = {"strategy": strategy, "policy.token": "claim"}
    with serve_in_thread(small_world(), seed=seed, time=time, settings=dict(settings), record=file) as server:
        threads = [threading.Thread(target=crowd, args=(server, f"key-{number}", 2)) for number in range(5)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return server.digest()


def test_twenty_sessions_are_done_again_to_the_same_digest(tmp_path: Path) -> None:
    same = 0
    for number in range(20):
        file = tmp_path / f"{number}.rec.jsonl"
        recorded(
            file, seed=number, time=("on-request", "x500")[number % 2], strategy=("fifo", "random")[number // 2 % 2]
        )
        (segment,) = read_recording(file)
        made = rerun(segment)
        assert made.calls == 40
        assert made.refused == 10
        same += made.is_same
    assert same == 20


def test_what_the_admin_api_changes_is_changed_again(tmp_path: Path) -> None:
    file = tmp_path / "changed.rec.jsonl"
    with serve_in_thread(small_world(), record=file) as server, closing(Talk(server)) as talk:
        talk.ask("CreateNetworkInterface", **CREATE)
        talk.admin("faults", {"fault": "lose_answer", "action": "DeleteNetworkInterface"})
        talk.admin("quotas", {"quota": "eni", "limit": 1, "account": "acme", "region": "cn-hangzhou"})
        assert talk.ask("CreateNetworkInterface", **CREATE)["Code"] == "MaxEniCountExceeded"
        talk.admin("clock", {"advance": "10m"})
        talk.ask("DescribeNetworkInterfaces")
    (segment,) = read_recording(file)
    assert rerun(segment).is_same
    assert [line["path"] for line in map(json.loads, file.read_text().splitlines()) if line["is"] == "change"] == [
        "faults", "quotas", "clock",
    ]  # fmt: skip


def test_each_world_that_is_begun_is_a_segment(tmp_path: Path) -> None:
    file = tmp_path / "two.rec.jsonl"
    with serve_in_thread(small_world(), record=file) as server, closing(Talk(server)) as talk:
        talk.ask("CreateNetworkInterface", **CREATE)
        talk.admin("seed", {"seed": 7})
        talk.ask("CreateNetworkInterface", **CREATE)
    segments = read_recording(file)
    assert [segment.begin.seed for segment in segments] == [0, 7]
    made = [rerun(segment) for segment in segments]
    assert all(one.is_same for one in made)
    assert made[0].digest != made[1].digest


def test_a_snapshot_that_is_restored_begins_a_segment_too(tmp_path: Path) -> None:
    file = tmp_path / "restored.rec.jsonl"
    with serve_in_thread(small_world(), record=file) as server, closing(Talk(server)) as talk:
        talk.ask("CreateNetworkInterface", **CREATE)
        talk.connection.request("GET", "/_cloudsim/snapshot")
        snapshot = talk.connection.getresponse().read()
        headers = {"content-type": "application/octet-stream", "x-cloudsim-admin": "1"}
        talk.connection.request("POST", "/_cloudsim/restore", snapshot, headers)
        assert talk.connection.getresponse().read()
        assert talk.ask("DescribeNetworkInterfaces", Type="Secondary")["TotalCount"] == 1
        talk.ask("CreateNetworkInterface", **CREATE)
    assert [rerun(segment).is_same for segment in read_recording(file)] == [True, True]


def test_no_secret_and_no_signature_is_in_a_recording(tmp_path: Path) -> None:
    file = tmp_path / "secret.rec.jsonl"
    with (
        serve_in_thread(record=file, access_key="known:very-secret") as server,
        closing(Talk(server, "known")) as talk,
    ):
        talk.ask("CreateVpc", Signature="sig-1", SignatureNonce="nonce-1", SecurityToken="sts-1", Password="pass-1")
        talk.ask("RunInstances", Password="pass-2", UserData="data")
    text = file.read_text()
    for secret in ("very-secret", "sig-1", "nonce-1", "sts-1", "pass-1", "pass-2"):
        assert secret not in text


def test_what_this_process_did_by_hand_is_told(tmp_path: Path) -> None:
    file = tmp_path / "hand.rec.jsonl"
    with serve_in_thread(small_world(), record=file) as server, closing(Talk(server)) as talk:
        server.do(lambda sim: sim.trouble.take_zone_out("cn-hangzhou-h"))
        talk.ask("CreateNetworkInterface", **CREATE)
    (segment,) = read_recording(file)
    with pytest.raises(RecordingError, match="something else decides"):
        rerun(segment)


def test_a_server_that_was_killed_leaves_what_it_wrote(tmp_path: Path) -> None:
    file = tmp_path / "torn.rec.jsonl"
    recorded(file)
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) * 2 // 3])
    (segment,) = read_recording(file)
    made = rerun(segment)
    assert 0 < made.calls < 40
    assert not made.expected


def test_other_calls_than_were_recorded_are_noticed(tmp_path: Path) -> None:
    file = tmp_path / "edited.rec.jsonl"
    recorded(file)
    lines = file.read_text().splitlines(keepends=True)
    del lines[3]
    file.write_text("".join(lines))
    (segment,) = read_recording(file)
    with pytest.raises(RecordingError, match=r"input \d+ cannot be given again"):
        rerun(segment)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "it is empty, and no recording"),
        ("{}\n", "it is no recording of `cloudsim serve`"),
        ("something else\n", "it is no recording of `cloudsim serve`"),
        ('{"is":"recor', "cut off within its first line"),
        ('{"is":"recording","format":1}\n{"is":"beg', "or it is cut off before what was"),
        ('{"is":"recording","format":2}\n', "format 2, and this version reads format 1"),
        ('{"is":"recording","format":1}\n', "nothing was recorded"),
        ('{"is":"begin"}\n', "whose first line begins with"),
        ('{"is":"recording","format":1}\n{"is":"recording","format":1}\n', ":2: a recording has one line"),
        ('{"is":"recording","format":1}\n{"is":"refused","steps":0,"t":0,"code":"X"}\n', "belongs to no segment"),
        ('{"is":"recording","format":1}\n{"is":"begin","x":1}\n', ":2: it is no line"),
    ],
)
def test_what_is_no_recording_is_told_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "wrong.rec.jsonl"
    file.write_text(text)
    with pytest.raises(RecordingError, match=said):
        read_recording(file)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="cannot be read"):
        read_recording(tmp_path / "none")
    assert not is_recording(tmp_path / "none")


def test_requests_that_overlapped_are_tried_in_other_orders(tmp_path: Path) -> None:
    """Two creates met at a quota of one: either may get the place, and what came before them stays before."""
    file = tmp_path / "race.rec.jsonl"
    with serve_in_thread(small_world(quota=1), seed=3, record=file) as server:
        at_once(server, 2, query("CreateNetworkInterface", **CREATE))
    scenario = load_scenario(str(file))
    assert scenario.summary == "4 calls that a server was asked"
    findings = Exploration(
        wanted=str(file), seed=0, given={}, mode="async", strategy="auto", budget=Budget(schedules=60), jobs=1,
    ).run()  # fmt: skip
    assert findings.ok
    assert len(findings.document({})["outcomes"]) == 2


def test_what_the_admin_api_changed_is_not_explored(tmp_path: Path) -> None:
    file = tmp_path / "changed.rec.jsonl"
    with serve_in_thread(small_world(), record=file) as server, closing(Talk(server)) as talk:
        talk.admin("faults", {"fault": "lose_answer"})
    with pytest.raises(RecordingError, match="only calls are explored"):
        load_scenario(str(file))


def test_a_replay_by_the_command_line_says_whether_it_is_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "one.rec.jsonl"
    digest = recorded(file)
    assert replay_recording(file, journal=None, as_json=False, no_color=True) is Exit.OK
    assert f"40 calls, 10 refused by the gateway; the same digest, {digest}" in " ".join(
        capsys.readouterr().out.split()
    )
    text = file.read_text()
    file.write_text(text.replace(digest, "0" * 64))
    assert replay_recording(file, journal=None, as_json=True, no_color=True) is Exit.BROKEN
    document = json.loads(capsys.readouterr().out)
    assert document["segments"][0]["digest"] == digest
    assert document["segments"][0]["is_same"] is False


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("none.jsonl", "There is no file 'none.jsonl', and no scenario of that name."),
        ("quota_exhaustin", "There is no file 'quota_exhaustin', and no scenario of that name."),
        (".", "it cannot be read: Is a directory"),
        ("empty.jsonl", "it is empty, and no recording"),
        ("quota_exhaustion", "or a scenario with --schedule TOKEN"),
    ],
)
def test_what_cannot_be_replayed_is_told_by_what_it_is(
    what: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("empty.jsonl").touch()
    result = CliRunner().invoke(program, ["replay", what], prog_name="cloudsim")
    assert (result.exit_code, said in " ".join(result.stderr.split())) == (2, True)


def test_a_recording_of_nothing_that_exists_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "wrong.rec.jsonl"
    file.write_text('{"is":"recording","format":1}\n{"is":"begin","world":{"vpc":[{"id":"vpc-1"}]}}\n')
    with pytest.raises(CloudsimError):
        rerun(read_recording(file)[0])
