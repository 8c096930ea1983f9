"""The Dask engine: runs on a cluster, by ``distributed`` (the extra ``dask``), on this machine unless told otherwise.

Dask tries a task again whose worker dies, and gives it up with ``KilledWorker``; but everything that lay with that
worker gets the blame. So the tasks of such a chunk become suspects, which are made at the end, one at a time with
nothing beside them: what kills a worker then has done it, and after ``ATTEMPTS`` times it is given up.

Security: Dask sends code and results pickled, by default without TLS and without asking who it is. Whoever reaches a
scheduler can run code on its workers, and a scheduler that somebody else has in hand can run code here. So an address
is of a cluster that one trusts, on a network that only those reach who may do all that; ours is on loopback.

Source: Dask documentation, "TLS/SSL" and "Security".
"""

import logging
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, suppress
from types import ModuleType
from typing import Any, Final

from cloudsim.errors.own import SweepError
from cloudsim.whatif.extras import need
from cloudsim.whatif.running.replication import run_once
from cloudsim.whatif.sweeping.backlog import Backlog
from cloudsim.whatif.sweeping.work import ATTEMPTS, KILLER, Chunk, Outcome, Replicate, failure, perform

_CONNECT_SECONDS: Final = 10
_LOOK_SECONDS: Final = 10
_LOOKS_MAX: Final = 6


def performed(chunk: Chunk, replicate: Replicate) -> list[Outcome]:
    """Make the runs of a chunk, on a worker."""
    return list(perform(chunk, replicate))


class DaskEngine:
    """Makes runs on a Dask cluster.

    Args:
        jobs: how many runs at the same time; workers of a cluster of our own.
        scheduler: the address of a cluster that is there and trusted, ``tcp://HOST:PORT``, with cloudsim installed.
        replicate: makes a run.

    Raises:
        MissingExtra: Dask is not installed.
    """

    def __init__(self, jobs: int, *, scheduler: str | None = None, replicate: Replicate = run_once) -> None:
        self.jobs = jobs
        self._distributed: ModuleType = need("distributed", extra="dask")
        self._scheduler = scheduler
        self._replicate = replicate
        self.client: Any = None
        """The client of the cluster, while it works."""

    def outcomes(self, backlog: Backlog) -> Generator[Outcome, None, None]:
        """Make the runs.

        Raises:
            SweepError: there is no such scheduler.
        """
        distributed = self._distributed
        settings = {
            "distributed.scheduler.allowed-failures": 0,
            "distributed.admin.tick.limit": "1h",
            # A worker that dies, is replaced and dies again would be taken for lost, and not be replaced any more.
            "distributed.deploy.lost-worker-timeout": "1d",
        }
        with ExitStack() as opened:
            opened.enter_context(need("dask", extra="dask").config.set(settings))
            cluster = self._scheduler or opened.enter_context(
                distributed.LocalCluster(
                    n_workers=self.jobs,
                    threads_per_worker=1,
                    processes=True,
                    dashboard_address=None,
                    silence_logs=logging.CRITICAL,
                )
            )
            try:
                client = opened.enter_context(distributed.Client(cluster, timeout=_CONNECT_SECONDS))
            except OSError as error:
                raise SweepError(f"there is no Dask scheduler at {self._scheduler}: {error}") from None
            self.client = client
            suspects: list[Chunk] = []
            yield from self._all(client, backlog, suspects)
            for suspect in suspects:
                yield from self._alone(client, suspect)

    def _all(self, client: Any, backlog: Backlog, suspects: list[Chunk]) -> Iterator[Outcome]:  # noqa: ANN401
        """Make all runs but those whose worker died, which become suspects."""
        under_way: dict[Any, Chunk] = {}
        while True:
            while len(under_way) < 2 * self.jobs and (chunk := backlog.take()) is not None:
                under_way[self._submit(client, chunk)] = chunk
            if not under_way:
                return
            for future in self._wait(client, list(under_way)):
                chunk = under_way.pop(future)
                outcomes = self._result(client, future)
                if outcomes is None:
                    suspects.extend(chunk.alone())
                for outcome in outcomes or ():
                    backlog.note(outcome.seconds)
                    yield outcome

    def _alone(self, client: Any, suspect: Chunk) -> Iterator[Outcome]:  # noqa: ANN401
        """Make a single run with nothing beside it."""
        for _ in range(ATTEMPTS):
            [future] = self._wait(client, [self._submit(client, suspect)])
            outcomes = self._result(client, future)
            if outcomes is not None:
                yield from outcomes
                return
        yield failure(suspect.variant, suspect.tasks[0], KILLER, 0.0)

    def _wait(self, client: Any, futures: list[Any]) -> list[Any]:  # noqa: ANN401
        """Wait until some are done, and give these, in the order in which they were asked for.

        Raises:
            SweepError: the cluster has had no worker for too long; nobody would ever make them.
        """

        def done() -> list[Any]:
            self._distributed.wait(futures, timeout=_LOOK_SECONDS, return_when="FIRST_COMPLETED")
            return [future for future in futures if future.done()]

        return self._patiently(client, done)

    def _result(self, client: Any, future: Any) -> list[Outcome] | None:  # noqa: ANN401
        """Fetch what came of a chunk, which may have to be made again if its worker has died since.

        Returns:
            None if a worker died of it, or of what lay beside it.

        Raises:
            SweepError: as for :meth:`_wait`.
        """
        try:
            return self._patiently(client, lambda: future.result(timeout=_LOOK_SECONDS))
        except self._distributed.scheduler.KilledWorker:
            return None

    def _patiently(self, client: Any, ask: Callable[[], list[Any]]) -> list[Any]:  # noqa: ANN401
        """Ask until there is an answer, as long as there are workers."""
        looks_without_workers = 0
        while True:
            with suppress(TimeoutError):
                if answer := ask():
                    return answer
            looks_without_workers = 0 if client.nthreads() else looks_without_workers + 1
            if looks_without_workers == _LOOKS_MAX:
                raise SweepError(
                    f"the Dask cluster has had no worker for {_LOOK_SECONDS * _LOOKS_MAX} seconds; "
                    "what is finished is kept: go on with --resume"
                )

    def _submit(self, client: Any, chunk: Chunk) -> Any:  # noqa: ANN401  distributed has no types
        return client.submit(performed, chunk, self._replicate, pure=False)
