"""The Dask engine without Dask: a cluster that is made up, so that it can fail as real ones do once in a while."""

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Self

import pytest

from cloudsim.errors.own import SweepError
from cloudsim.whatif.sweeping.cluster import DaskEngine
from cloudsim.whatif.sweeping.local import LocalEngine
from cloudsim.whatif.sweeping.sweep import sweep
from tests.whatif.sweeping.small import quick, small, tables


class KilledWorker(Exception):
    """As distributed says it."""


class Cluster:
    """A cluster and its client: each task is made when its result is asked for.

    Args:
        workers: how many threads it says it has, look by look; the last for ever.
        late: how many times a result is not there yet when it is asked for.
    """

    def __init__(self, *workers: int, late: int = 0) -> None:
        self.workers, self.late = list(workers), late
        self.looks = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is open."""

    def nthreads(self) -> dict[str, int]:
        self.looks += 1
        count = self.workers.pop(0) if len(self.workers) > 1 else self.workers[0]
        return {f"worker-{number}": 1 for number in range(count)}

    def submit(self, function: Any, *args: Any, **_: Any) -> "Future":
        return Future(self, lambda: function(*args))

    def wait(self, futures: list["Future"], **_: Any) -> None:
        if not any(future.done() for future in futures):
            raise TimeoutError


class Future:
    def __init__(self, cluster: Cluster, work: Any) -> None:
        self.cluster, self.work = cluster, work

    def done(self) -> bool:
        return bool(self.cluster.workers[0])

    def result(self, **_: Any) -> Any:
        if self.cluster.late:
            self.cluster.late -= 1
            raise TimeoutError
        return self.work()


@pytest.fixture
def engine_on(monkeypatch: pytest.MonkeyPatch) -> Callable[[Cluster], DaskEngine]:
    def make(cluster: Cluster) -> DaskEngine:
        library = SimpleNamespace(
            LocalCluster=lambda **_: cluster,
            Client=lambda *_, **__: cluster,
            wait=cluster.wait,
            scheduler=SimpleNamespace(KilledWorker=KilledWorker),
            config=SimpleNamespace(set=lambda _: nullcontext()),
        )
        monkeypatch.setattr("cloudsim.whatif.sweeping.cluster.need", lambda *_, **__: library)
        return DaskEngine(2, replicate=quick)

    return make


EngineOn = Callable[[Cluster], DaskEngine]
"""Makes an engine on a made-up cluster."""


def test_a_cluster_that_gets_no_workers_ends_the_sweep_after_a_minute(tmp_path: Path, engine_on: EngineOn) -> None:
    cluster = Cluster(0)
    with pytest.raises(SweepError, match="no worker for 60 seconds; what is finished is kept: go on with --resume"):
        sweep(small(tmp_path), engine_on(cluster), tmp_path / "results")
    assert cluster.looks == 6


def test_workers_that_come_late_or_back_are_waited_for(tmp_path: Path, engine_on: EngineOn) -> None:
    cluster = Cluster(0, 0, 0, 0, 0, 2, late=7)
    sweep(small(tmp_path), engine_on(cluster), tmp_path / "results")
    sweep(small(tmp_path), LocalEngine(1, replicate=quick), tmp_path / "local")
    assert tables(tmp_path / "results") == tables(tmp_path / "local")


def test_results_that_are_lost_with_the_last_worker_are_not_waited_for_without_end(
    tmp_path: Path, engine_on: EngineOn
) -> None:
    with pytest.raises(SweepError, match="go on with --resume"):
        sweep(small(tmp_path), engine_on(Cluster(1, 1, 0, late=1000)), tmp_path / "results")
