"""The local engine: working processes of this machine, each watched.

Why not a library: loky and concurrent.futures give up the whole pool when a worker dies and cannot say whose fault it
was; pebble can, at the price of one message for each run and a licence of another kind. What is needed is small: a
worker sends every outcome as it is known, so when its pipe ends, the first run of its chunk that did not come back is
the one that it died of.
"""

import multiprocessing
import signal
from collections import Counter, deque
from collections.abc import Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from selectors import EVENT_READ, DefaultSelector
from typing import Any, Final

from cloudsim.errors.own import SweepError
from cloudsim.whatif.running.replication import run_once
from cloudsim.whatif.sweeping.backlog import Backlog
from cloudsim.whatif.sweeping.work import ATTEMPTS, KILLER, Chunk, Outcome, Replicate, failure
from cloudsim.whatif.sweeping.worker import READY, serve

_FALSE_STARTS_MAX: Final = 3
_GRACE_SECONDS: Final = 5


@dataclass(slots=True, eq=False)
class _Worker:
    """A process and what it has to do."""

    process: SpawnProcess
    pipe: "Connection[Any, Any]"
    chunks: deque[Chunk] = field(default_factory=deque)
    """What it has to do: the first it works at, the other it has got so as not to wait."""
    done: int = 0
    """How many runs of the first have come back."""
    is_ready: bool = False


class LocalEngine:
    """Makes runs by processes of this machine.

    Args:
        jobs: how many.
        replicate: makes a run; tests put something poisonous here.
    """

    def __init__(self, jobs: int, *, replicate: Replicate = run_once) -> None:
        assert jobs >= 1, "somebody must work"
        self.jobs = jobs
        self._replicate = replicate
        self._workers: list[_Worker] = []
        self._selector = DefaultSelector()
        self._killed: Counter[tuple[int, int]] = Counter()
        self._false_starts = 0

    @property
    def pids(self) -> tuple[int, ...]:
        """The ids of the processes that work now."""
        return tuple(worker.process.pid for worker in self._workers if worker.process.pid is not None)

    def outcomes(self, backlog: Backlog) -> Generator[Outcome, None, None]:
        """Make the runs.

        Raises:
            SweepError: workers die before they begin.
        """
        try:
            self._give_out(backlog)
            while self._workers:
                for key, _ in self._selector.select():
                    yield from self._hear(key.data, backlog)
                self._give_out(backlog)
        finally:
            self._end()

    def _give_out(self, backlog: Backlog) -> None:
        """Give every idle worker a chunk, start as many as there is work for, and let quick runs never wait for us."""
        for worker in [one for one in self._workers if not one.chunks]:
            if not _give(worker, backlog):
                self._dismiss(worker)
        while len(self._workers) < self.jobs and (chunk := backlog.take()) is not None:
            backlog.put_back(chunk)
            _give(self._start(), backlog)
        if backlog.is_quick:
            for worker in [one for one in self._workers if len(one.chunks) == 1]:
                _give(worker, backlog)

    def _start(self) -> _Worker:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs, self._replicate), daemon=True)
        # Ctrl-C goes to all processes of a terminal; a worker inherits deafness to it, from its first instant on.
        resource_tracker.ensure_running()
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        theirs.close()
        worker = _Worker(process, ours)
        self._workers.append(worker)
        self._selector.register(ours, EVENT_READ, worker)
        return worker

    def _hear(self, worker: _Worker, backlog: Backlog) -> Iterator[Outcome]:
        """Take one thing that a worker has to say; the selector knows if there are more."""
        try:
            said = worker.pipe.recv()
        except (EOFError, OSError):
            yield from self._bury(worker, backlog)
            return
        if said == READY:
            worker.is_ready, self._false_starts = True, 0
            return
        assert isinstance(said, Outcome), "a worker says nothing else"
        worker.done += 1
        if worker.done == len(worker.chunks[0].tasks):
            worker.chunks.popleft()
            worker.done = 0
        backlog.note(said.seconds)
        yield said

    def _bury(self, worker: _Worker, backlog: Backlog) -> Iterator[Outcome]:
        """Find out what a worker died of, and put the rest of its work back."""
        self._dismiss(worker)
        if not worker.is_ready:
            self._false_starts += 1
            if self._false_starts >= _FALSE_STARTS_MAX:
                raise SweepError(f"workers end before they begin, with exit code {worker.process.exitcode}")
        elif worker.chunks:
            chunk = worker.chunks.popleft()
            culprit = chunk.tasks[worker.done]
            worker.chunks.append(chunk.without(worker.done + 1))
            self._killed[chunk.variant, culprit.run] += 1
            if self._killed[chunk.variant, culprit.run] < ATTEMPTS:
                backlog.put_back(Chunk(chunk.variant, chunk.experiment, (culprit,)))
            else:
                yield failure(chunk.variant, culprit, KILLER, 0.0)
        for rest in worker.chunks:
            backlog.put_back(rest)

    def _dismiss(self, worker: _Worker) -> None:
        """Let a worker go, which ends by itself when the pipe is closed."""
        self._workers.remove(worker)
        self._selector.unregister(worker.pipe)
        worker.pipe.close()
        worker.process.join(_GRACE_SECONDS)
        if worker.process.is_alive():
            worker.process.kill()
            worker.process.join()

    def _end(self) -> None:
        """End everybody at once."""
        for worker in self._workers:
            worker.process.kill()
        for worker in [*self._workers]:
            self._dismiss(worker)


def _give(worker: _Worker, backlog: Backlog) -> bool:
    """Give a worker the next chunk, if there is one; if it is dead already, its pipe will say so."""
    chunk = backlog.take()
    if chunk is None:
        return False
    worker.chunks.append(chunk)
    with suppress(OSError):
        worker.pipe.send(chunk)
    return True
