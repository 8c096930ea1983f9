"""Whoever is killed, the tables come out the same."""

import os
import signal
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from time import monotonic, sleep  # noqa: TID251  processes are waited for

import pytest

from cloudsim.errors.own import SweepError
from cloudsim.whatif.sweeping.cluster import DaskEngine
from cloudsim.whatif.sweeping.engine import Engine
from cloudsim.whatif.sweeping.ledger import JOURNAL
from cloudsim.whatif.sweeping.local import LocalEngine
from cloudsim.whatif.sweeping.sweep import Progress, sweep
from cloudsim.whatif.sweeping.work import KILLER, Replicate
from tests.whatif.sweeping.driver import RUNS
from tests.whatif.sweeping.small import poisonous, quick, slow, small, tables, wrong

ROOT = Path(__file__).resolve().parents[3]

ENGINES = [
    "local",
    pytest.param(
        "dask", marks=[pytest.mark.deep, pytest.mark.skipif(not find_spec("distributed"), reason="needs Dask")]
    ),
]
pytestmark = pytest.mark.filterwarnings("default")  # other people's clusters warn of what they like


def engine_of(kind: str, jobs: int, replicate: Replicate) -> Engine:
    return LocalEngine(jobs, replicate=replicate) if kind == "local" else DaskEngine(jobs, replicate=replicate)


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[int, dict[str, bytes]]:
    """What undisturbed sweeps of one worker give, by their number of runs."""
    found = {}
    for runs in (6, RUNS):
        folder = tmp_path_factory.mktemp("expected")
        sweep(small(folder, runs=runs), LocalEngine(1, replicate=quick), folder / "results")
        found[runs] = tables(folder / "results")
    return found


@pytest.mark.parametrize("kind", ENGINES)
@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_the_number_of_workers_changes_no_byte(
    kind: str, jobs: int, tmp_path: Path, expected: dict[int, dict[str, bytes]]
) -> None:
    sweep(small(tmp_path), engine_of(kind, jobs, quick), tmp_path / "results")
    assert tables(tmp_path / "results") == expected[6]


def test_a_worker_that_is_killed_is_replaced_and_its_run_made_again(
    tmp_path: Path, expected: dict[int, dict[str, bytes]]
) -> None:
    engine = LocalEngine(2, replicate=slow)
    killed: list[int] = []

    def kill(progress: Progress) -> None:
        if progress.done in (3, 9, 20):
            killed.append(engine.pids[0])
            os.kill(killed[-1], signal.SIGKILL)

    sweep(small(tmp_path, runs=RUNS), engine, tmp_path / "results", progress=kill)
    assert len(set(killed)) == 3
    assert tables(tmp_path / "results") == expected[RUNS]
    assert engine.pids == ()


@pytest.mark.deep
@pytest.mark.skipif(not find_spec("distributed"), reason="needs Dask")
def test_a_worker_of_dask_that_is_killed_is_replaced_and_its_runs_made_again(
    tmp_path: Path, expected: dict[int, dict[str, bytes]]
) -> None:
    engine = DaskEngine(2, replicate=slow)

    def kill(progress: Progress) -> None:
        if progress.done == 5:
            pids = engine.client.run(os.getpid)
            os.kill(min(pids.values()), signal.SIGKILL)

    sweep(small(tmp_path, runs=RUNS), engine, tmp_path / "results", progress=kill)
    assert tables(tmp_path / "results") == expected[RUNS]


@pytest.mark.parametrize("kind", ENGINES)
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_run_that_kills_its_worker_thrice_is_failed_and_the_others_finish(
    kind: str, jobs: int, tmp_path: Path
) -> None:
    result = sweep(small(tmp_path), engine_of(kind, jobs, poisonous), tmp_path / "results")
    assert [(variant.index, one.run, one.why) for variant in result.variants for one in variant.failed] == [
        (0, 3, KILLER)
    ]
    assert [variant.metrics["offered"].n for variant in result.variants] == [5, 6]
    assert f"0,3,,,{KILLER}\n" in (tmp_path / "results" / "digests.csv").read_text("utf-8")


def test_a_run_that_raises_is_failed_with_what_it_met_and_the_others_finish(tmp_path: Path) -> None:
    result = sweep(small(tmp_path), LocalEngine(2, replicate=wrong), tmp_path / "results")
    fit, bug = result.variants[1].failed
    assert (fit.run, fit.why) == (2, "ExperimentError: workload: it does not fit")
    assert bug.run == 4
    assert bug.why.startswith("ZeroDivisionError: a bug (tests.whatif.sweeping.small, line ")


@pytest.mark.parametrize("kind", ENGINES)
def test_a_driver_that_is_killed_goes_on_where_it_was(
    kind: str, tmp_path: Path, expected: dict[int, dict[str, bytes]]
) -> None:
    command = [sys.executable, "-m", "tests.whatif.sweeping.driver", str(tmp_path), kind, "2"]
    journal = tmp_path / "results" / JOURNAL
    with subprocess.Popen(command, cwd=ROOT) as driver:
        wait_until(lambda: journal.exists() and journal.read_bytes().count(b"\n") > 10)
        workers = children_of(driver.pid)
        driver.kill()
    finished = journal.read_bytes().count(b"\n") - 1
    assert 10 <= finished < 2 * RUNS
    wait_until(lambda: not any(is_alive(pid) for pid in workers))
    with journal.open("ab") as torn:
        torn.write(b'{"key":"torn')
    subprocess.run([*command[:-1], "1", "resume"], cwd=ROOT, check=True)
    assert tables(tmp_path / "results") == expected[RUNS]
    assert journal.read_bytes().count(b"\n") - 1 == 2 * RUNS, "nothing that was finished was made again"


def test_ctrl_c_ends_workers_and_keeps_what_is_finished(tmp_path: Path, expected: dict[int, dict[str, bytes]]) -> None:
    engine = LocalEngine(2, replicate=slow)

    def interrupt(progress: Progress) -> None:
        if progress.done == 10:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sweep(small(tmp_path, runs=RUNS), engine, tmp_path / "results", progress=interrupt)
    assert engine.pids == ()
    seen: list[int] = []
    sweep(
        small(tmp_path, runs=RUNS), LocalEngine(2, replicate=quick), tmp_path / "results", resume=True,
        progress=lambda progress: seen.append(progress.done),
    )  # fmt: skip
    assert seen[0] == 11
    assert tables(tmp_path / "results") == expected[RUNS]


def test_workers_that_cannot_begin_end_the_sweep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("multiprocessing.spawn._python_exe", b"/bin/false")
    with pytest.raises(SweepError, match="workers end before they begin, with exit code 1"):
        sweep(small(tmp_path), LocalEngine(2, replicate=quick), tmp_path / "results")


def test_a_scheduler_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr("cloudsim.whatif.sweeping.cluster._CONNECT_SECONDS", 0.5)
    engine = DaskEngine(2, scheduler="tcp://127.0.0.1:1", replicate=quick)
    with pytest.raises(SweepError, match=r"no Dask scheduler at tcp://127\.0\.0\.1:1"):
        sweep(small(tmp_path), engine, tmp_path / "results")


def children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def wait_until(holds: object, *, seconds: float = 30) -> None:
    assert callable(holds)
    limit = monotonic() + seconds
    while not holds():
        assert monotonic() < limit, "it takes too long"
        sleep(0.02)
