"""What an engine is: something that makes the runs of a backlog, somewhere, and gives what came of them."""

from collections.abc import Generator
from typing import Protocol

from cloudsim.whatif.sweeping.backlog import Backlog
from cloudsim.whatif.sweeping.work import Outcome


class Engine(Protocol):
    """Makes runs.

    Each run comes back exactly once, in any order. A worker that dies is replaced and its run is tried again; a run
    that killed ``work.ATTEMPTS`` workers comes back as failed. Closing the iterator ends everything that is under way.
    """

    @property
    def jobs(self) -> int:
        """How many runs are made at the same time."""
        ...

    def outcomes(self, backlog: Backlog) -> Generator[Outcome, None, None]:
        """Make the runs."""
        ...
