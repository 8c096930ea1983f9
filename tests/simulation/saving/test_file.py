"""The file: what is no sound snapshot is refused by its name and what it is, and the old one is never lost."""

import gc
import os
import subprocess
import sys
import time  # noqa: TID251  a process is killed after a while
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudsim.errors.own import SettingError, SnapshotError
from cloudsim.kernel.strategy import Fifo
from cloudsim.simulation.latency import LatencyProfile
from cloudsim.simulation.saving.file import sealed
from cloudsim.simulation.saving.saving import load_simulation, save_simulation, simulation_of, snapshot_of
from cloudsim.simulation.saving.whole import ENCODER, record
from cloudsim.values.entropy import Stream
from cloudsim.version import __version__
from tests.small_world import Watched, small


def a_snapshot() -> bytes:
    sim = Watched()
    sim.make(client_token="t-1")
    return snapshot_of(sim)


SNAPSHOT = a_snapshot()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", r"cloud\.snapshot is empty"),
        (b"# a world\n[[account]]\n", "is no snapshot of cloudsim: it does not begin with 'cloudsim-snapshot'"),
        (b"\x93\x01\x02\x03", "is no snapshot of cloudsim"),
        (b"cloudsim-snap", "is cut off within its first line"),
        (SNAPSHOT[:60], "is cut off within its first line"),
        (SNAPSHOT[:-1], r"is cut off after \d+ of \d+ bytes: .* take another copy"),
        (SNAPSHOT + b"\n", "is damaged: 1 bytes stand behind its end"),
        (SNAPSHOT.replace(b"vsw-a", b"vsw-b", 1), "is damaged: its SHA-256 is"),
        (SNAPSHOT.replace(f" {__version__} ".encode(), b" 9.9 ", 1), "is damaged: its SHA-256 is"),
        (SNAPSHOT.replace(b"snapshot 1", b"snapshot x", 1), "is damaged: its first line is not one"),
        (b"cloudsim-snapshot 2\n" + b"?" * 500, "is a snapshot of format 2, and cloudsim .* reads format 1: load it"),
        (b"cloudsim-snapshot 17 9.9 " + b"?" * 500, "is a snapshot of format 17"),
        (sealed(b"\xc1"), "is whole, and still makes no simulation: MessagePack data is malformed"),
        (sealed(msgspec.msgpack.encode({"settings": 1})), "still makes no simulation: Expected `object`, got `int`"),
    ],
)
def test_what_is_no_sound_snapshot_is_refused(data: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "cloud.snapshot"
    path.write_bytes(data)
    with pytest.raises(SnapshotError, match=said) as caught:
        load_simulation(path)
    assert str(caught.value).startswith(str(path))


@given(st.data())
def test_no_damage_goes_unnoticed(choices: st.DataObject) -> None:
    at = choices.draw(st.integers(0, len(SNAPSHOT) - 1))
    other = choices.draw(st.integers(1, 255))
    spoilt = SNAPSHOT[:at] + bytes([SNAPSHOT[at] ^ other]) + SNAPSHOT[at + 1 :]
    for data in (spoilt, SNAPSHOT[:at], SNAPSHOT[at:] if at else b""):
        with pytest.raises(SnapshotError):
            simulation_of(data)


@given(st.data())
def test_a_snapshot_that_was_made_by_hand_is_refused_or_loaded_and_never_worse(choices: st.DataObject) -> None:
    tree = msgspec.msgpack.decode(SNAPSHOT.partition(b"\n")[2])
    path = [choices.draw(st.sampled_from(sorted(tree)))]
    node = tree
    while isinstance(inner := node[path[-1]], dict | list) and inner and choices.draw(st.booleans()):
        node = inner
        path.append(choices.draw(st.sampled_from(sorted(node) if isinstance(node, dict) else range(len(node)))))
    node[path[-1]] = choices.draw(st.sampled_from([None, 0, -1, 1 << 63, "", "vsw-b", [], {}, b"", [[]], [1, 2, 3]]))
    with suppress(SnapshotError):
        simulation_of(sealed(msgspec.msgpack.encode(tree)))


@pytest.mark.parametrize(("spoilt", "said"), [
    ("strategy", "there is no strategy 'best'"),
    ("latency", "there is no latency 'slow' of 1 numbers"),
    ("vswitch", "it has no 'vsw-z'"),
    ("answer", "there is no answer 'NoResponse'"),
    ("shortage", "there is no refusal 'NoSuch'"),
])  # fmt: skip
def test_what_it_names_and_does_not_have_is_told(spoilt: str, said: str) -> None:
    sim = Watched()
    sim.make(client_token="t-1")
    tree = record(sim)
    if spoilt == "strategy":
        tree.settings.strategy = "best"
    elif spoilt == "latency":
        tree.settings.latency.there = ("slow", (1,))
    elif spoilt == "vswitch":
        tree.interfaces.shapes[0].vswitch = "vsw-z"  # type: ignore[assignment]
    elif spoilt == "answer":
        tree.estates[0].tokens[0][1][0].kind = "NoResponse"
    else:
        tree.vswitches[0].shortage_name = "NoSuch"
    with pytest.raises(SnapshotError, match=said):
        simulation_of(sealed(ENCODER.encode(tree)))


def test_the_garbage_collector_is_as_it_was_before() -> None:
    for was_on in (False, True):
        (gc.enable if was_on else gc.disable)()
        simulation_of(SNAPSHOT)
        with pytest.raises(SnapshotError):
            simulation_of(sealed(b"?"))
        assert gc.isenabled() == was_on


def test_a_file_that_is_not_there_or_cannot_be_is_told(tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match="none cannot be read: No such file or directory"):
        load_simulation(tmp_path / "none")
    with pytest.raises(SnapshotError, match="cannot be read: Is a directory"):
        load_simulation(tmp_path)
    with pytest.raises(SnapshotError, match="cloud cannot be written: No such file or directory"):
        save_simulation(Watched(), tmp_path / "no-folder" / "cloud")
    (tmp_path / "folder").mkdir()
    with pytest.raises(SnapshotError, match="folder cannot be written: Is a directory"):
        save_simulation(Watched(), tmp_path / "folder")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"], "nothing is left lying about"


def test_the_first_line_says_what_the_file_is(tmp_path: Path) -> None:
    path = tmp_path / "cloud.snapshot"
    save_simulation(Watched(), path)
    line, _, body = path.read_bytes().partition(b"\n")
    name, number, version, length, checksum = line.decode().split(" ")
    assert (name, number, length) == ("cloudsim-snapshot", "1", str(len(body)))
    assert checksum == sha256(f"{name} {number} {version} {length}".encode() + body).hexdigest()


KILLED = """
import sys
from cloudsim.simulation.saving.saving import load_simulation, save_simulation
sim = load_simulation(sys.argv[1])
sim.sent = 0
print("begins", flush=True)
while True:
    sim.sent += 1
    save_simulation(sim, sys.argv[1])
"""


def test_whenever_it_is_killed_there_is_a_whole_snapshot(tmp_path: Path) -> None:
    path = tmp_path / "cloud.snapshot"
    save_simulation(Watched(small(mask=16)), path)
    seen = set()
    for milliseconds in (3, 17, 41):
        command = [sys.executable, "-c", KILLED, str(path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path.cwd()) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"begins\n"
            time.sleep(milliseconds / 1000)
            process.kill()
        loaded = load_simulation(path)
        assert not loaded.audit()
        seen.add(loaded.sent)
    assert seen - {0}, "it was killed while it saved"
    assert {entry.name for entry in os.scandir(tmp_path)} <= {path.name, f"{path.name}.part"}


# -- what cannot be saved


def test_calls_under_way_are_counted_and_refused() -> None:
    sim = Watched()
    sim.send()
    sim.at(10**9, lambda: None, name="something")
    with pytest.raises(SettingError, match=r"1 calls are under way and 2 steps are due; run\(\) lets them end"):
        snapshot_of(sim)
    sim.run()
    assert snapshot_of(sim)


def test_faults_that_are_still_to_strike_are_refused_and_spent_ones_are_not() -> None:
    sim = Watched()
    sim.faults.throttle()
    with pytest.raises(SettingError, match=r"1 faults are still to strike, .* cannot be saved"):
        snapshot_of(sim)
    assert sim.ask().error is not None
    assert snapshot_of(sim)
    sim.seek_faults()
    with pytest.raises(SettingError, match="fault sites are on"):
        snapshot_of(sim)


class Odd(Fifo):
    """A strategy of somebody's own."""


class Slow:
    """A latency of somebody's own."""

    def draw(self, stream: Stream) -> int:
        return stream.below(7)


def test_what_is_somebody_s_own_code_is_refused_by_its_name() -> None:
    with pytest.raises(SettingError, match="cannot be saved under the strategy Odd"):
        snapshot_of(Watched(strategy=Odd()))
    sim = Watched()
    sim.latency = LatencyProfile("slow", Slow())
    with pytest.raises(SettingError, match="a latency of Slow cannot be saved, but Constant, Uniform and Quantiles"):
        snapshot_of(sim)
    with pytest.raises(SettingError, match="saving takes Simulation, not 'cloud'"):
        snapshot_of("cloud")  # type: ignore[arg-type]


def test_a_number_beyond_sixty_four_bits_is_refused() -> None:
    sim = Watched()
    sim.quota(account="acme", region="cn-hangzhou").set_limit(1 << 70)
    with pytest.raises(SettingError, match="a number of this simulation is beyond 64 bits"):
        snapshot_of(sim)


def test_a_journal_that_has_lines_takes_no_other_s() -> None:
    journal = Watched().cloud.journal
    with pytest.raises(SettingError, match=r"takes a new journal, not one with \d+ lines"):
        simulation_of(SNAPSHOT, journal=journal)
    with pytest.raises(SettingError, match="journal of a loaded simulation takes Journal, not 'log'"):
        simulation_of(SNAPSHOT, journal="log")  # type: ignore[arg-type]
