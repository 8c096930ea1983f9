"""A working process: takes chunks from a pipe and sends what came of each run as soon as it is known.

It ends when the driver's end of the pipe is closed, even in the middle of a run: nobody would want the result.
"""

import os
import signal
import sys
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Thread
from typing import Any, Final

from cloudsim.whatif.sweeping.work import Chunk, Replicate, perform

READY: Final = "ready"
"""Says that a worker has begun: if it dies from now on, it is its run's doing."""


def serve(pipe: "Connection[Any, Any]", replicate: Replicate) -> None:
    """Work until there is nobody to work for.

    Args:
        pipe: to the driver; chunks come, outcomes go.
        replicate: makes a run.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the driver
    sys.stdout = sys.stderr  # the standard output is for the report
    chunks: SimpleQueue[Chunk] = SimpleQueue()
    Thread(target=_listen, args=(pipe, chunks), daemon=True).start()
    pipe.send(READY)
    while True:
        for outcome in perform(chunks.get(), replicate):
            pipe.send(outcome)


def _listen(pipe: "Connection[Any, Any]", chunks: "SimpleQueue[Chunk]") -> None:
    """Pass chunks on, and end the process with the driver."""
    while True:
        try:
            chunk = pipe.recv()
        except (EOFError, OSError):
            os._exit(0)
        chunks.put(chunk)
