"""One run of a scenario in a process of its own, under a hash seed of its own.

The process imports from where this one does, says nothing on the terminal, and leaves its journal and its result in a
folder. Nothing is shared with it, so what differs there comes from outside the scenario: the order of hashes, a clock,
chance, the environment. Price: the start of an interpreter, about half a second.
"""

import os
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import msgspec

from cloudsim.resources.journal import Journal
from cloudsim.scenario.load import load_scenario
from cloudsim.scenario.runner import Result, prepare
from cloudsim.scenario.scenario import Scenario

# -P keeps the interpreter from searching the current folder before it is told where this process searches.
_BEGIN: Final = """\
import json, sys
sys.path[:] = json.loads(sys.argv[1])
from cloudsim.scenario.fresh import play
play(sys.argv[2])
"""


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What to run."""

    scenario: str
    """A path, from the current folder, or a name."""
    seed: int = 0
    given: dict[str, str | int | bool] = {}
    """Settings in place of the defaults."""


class FreshProcess:
    """A process that runs an order; to be used with ``with``, which ends it if it still runs.

    Args:
        order: what to run.
        hash_seed: its PYTHONHASHSEED, from 0 to 4294967295.
        folder: an empty one, for its files.
    """

    def __init__(self, order: Order, *, hash_seed: int, folder: Path) -> None:
        self.journal = folder / "journal.jsonl"
        self._result = folder / "result.json"
        self._said = folder / "said.txt"
        (folder / "order.json").write_bytes(msgspec.json.encode(order))
        search = msgspec.json.encode(sys.path).decode()
        with self._said.open("wb") as said:
            self._process = subprocess.Popen(  # noqa: S603  it is our own interpreter
                [sys.executable, "-P", "-c", _BEGIN, search, str(folder)],
                env={**os.environ, "PYTHONHASHSEED": str(hash_seed)},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=said,
            )

    def wait(self) -> tuple[Any, str]:
        """Wait for its end.

        Returns:
            The result's document, None if there is none; and why there is none, empty if there is.
        """
        status = self._process.wait()
        if status == 0:
            return msgspec.json.decode(self._result.read_bytes()), ""
        said = self._said.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        return None, said[-1] if said else f"the process ended with {status}"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()


def play(folder_name: str) -> None:
    """Carry out the order in a folder; the entry of the process."""
    folder = Path(folder_name)
    order = msgspec.json.decode((folder / "order.json").read_bytes(), type=Order)
    result = run_order(order, load_scenario(order.scenario), folder / "journal.jsonl")
    (folder / "result.json").write_bytes(msgspec.json.encode(result.document()))


def run_order(order: Order, scenario: Scenario, journal_file: Path) -> Result:
    """Run a scenario as ordered, with its journal in a file.

    Args:
        order: what to run.
        scenario: the one that the order names, loaded.
        journal_file: where the journal goes.

    Raises:
        CloudsimError: setting or world are wrong, or the drive met wrong input.
    """
    journal = Journal()
    with journal_file.open("wb") as file:
        journal.add_sink(file.write)
        return prepare(scenario, seed=order.seed, given=order.given).run(journal=journal)
