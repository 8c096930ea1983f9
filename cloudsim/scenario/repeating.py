"""Whether a scenario is deterministic: run it again and again, and say where the first run that differs parts.

It is run twice in this process, the second time with all modules as the first run left them, and once in each of
several fresh processes under hash seeds of their own. Every run is held against the first: the journal's events, and
the result, which also holds what no journal has, such as what an expectation measured. Who differs tells what kind of
cause to look for. Price: one run each, processes side by side, and two journals on disk.

Source: determinism.md section 2, the table of sources of nondeterminism.
"""

import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import msgspec

from cloudsim.errors.own import CloudsimError, SettingError
from cloudsim.scenario.comparing import CONTEXT_LINES, Comparison, compare_journals
from cloudsim.scenario.fresh import FreshProcess, Order, run_order
from cloudsim.scenario.load import load_scenario
from cloudsim.scenario.settings import Value
from cloudsim.scenario.suspects import Cause, Suspect, suspects

FORMAT_VERSION: Final = 1
"""Of the JSON document; additions keep it, anything else raises it."""

_TOLD_BY_JOURNALS: Final = ("digest", "events", "virtual_ns")


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """One run beside the first."""

    name: str
    hash_seed: int | None
    """None for a run in this process."""
    document: dict[str, Any] | None
    """The result; None if the run failed."""
    failed: str
    """Why there is no result; empty if there is one."""
    comparison: Comparison | None = None
    """With the journal of the first run, where the digests differ."""
    results: dict[str, tuple[Any, Any]]
    """Parts of the result that differ, by path: those of the first run, and of this one."""

    @property
    def is_same(self) -> bool:
        """Whether nothing differs from the first run."""
        return not self.failed and self.comparison is None and not self.results


@dataclass(frozen=True, slots=True, kw_only=True)
class Repetition:
    """What came of running a scenario several times."""

    order: Order
    first: dict[str, Any]
    """The first run's result."""
    repeats: tuple[Repeat, ...]
    file: Path
    """The scenario's."""

    @property
    def is_deterministic(self) -> bool:
        """Whether all runs are the same."""
        return all(repeat.is_same for repeat in self.repeats)

    @property
    def parting(self) -> Repeat | None:
        """The run to be looked at: the one that parts from the first run earliest; None if all are the same."""
        differing = [repeat for repeat in self.repeats if not repeat.is_same]
        return min(differing, key=_parts_at, default=None)

    @property
    def causes(self) -> list[Cause]:
        """What to look for; empty if all runs are the same."""
        again = any(not repeat.is_same for repeat in self.repeats if repeat.hash_seed is None)
        elsewhere = any(not repeat.is_same for repeat in self.repeats if repeat.hash_seed is not None)
        if again and elsewhere:
            return [Cause.CHANCE, Cause.STATE, Cause.PROCESS]
        if again:
            return [Cause.STATE]  # chance would show in the processes, too
        # A file is loaded once here, so what it draws by chance while it is loaded is the same in both runs.
        return [Cause.PROCESS, Cause.CHANCE] if elsewhere else []

    def suspects(self) -> list[Suspect]:
        """Lines of the scenario's file that may be why; empty if all runs are the same."""
        causes = self.causes
        return [suspect for suspect in suspects(self.file) if suspect.cause in causes] if causes else []

    def document(self) -> dict[str, Any]:
        """What came of it, for machines."""
        return {
            "format_version": FORMAT_VERSION,
            "scenario": self.first["scenario"],
            "seed": self.order.seed,
            "settings": self.first["settings"],
            "deterministic": self.is_deterministic,
            "digest": self.first["digest"],
            "virtual_ns": self.first["virtual_ns"],
            "events": self.first["events"],
            "ok": self.first["ok"],
            "repeats": [_repeat_document(repeat) for repeat in self.repeats],
            "causes": [{"cause": cause, "text": cause.text} for cause in self.causes],
            "suspects": self.suspects(),
        }


def _parts_at(repeat: Repeat) -> tuple[bool, int]:
    """Sort what parts in the journal before what differs in the result alone, or has none."""
    difference = repeat.comparison.difference if repeat.comparison is not None else None
    return (difference is None, difference.line if difference is not None else 0)


def _repeat_document(repeat: Repeat) -> dict[str, Any]:
    return {
        "name": repeat.name,
        "hash_seed": repeat.hash_seed,
        "same": repeat.is_same,
        "digest": repeat.document["digest"] if repeat.document is not None else None,
        "failed": repeat.failed or None,
        "comparison": repeat.comparison.document() if repeat.comparison is not None else None,
        "results": {path: {"first": first, "here": here} for path, (first, here) in repeat.results.items()},
    }


def check_determinism(
    scenario: str,
    *,
    seed: int = 0,
    given: Mapping[str, Value] | None = None,
    processes: int = 2,
    context: int = CONTEXT_LINES,
    progress: Callable[[int, int], None] | None = None,
) -> Repetition:
    """Run a scenario twice in this process and in fresh ones, and hold every run against the first.

    Args:
        scenario: its path or name.
        seed: of all chance, the same for all runs.
        given: settings in place of the defaults.
        processes: how many fresh processes, at least 0.
        context: how many equal events to keep from before a difference.
        progress: is told (done, total) after each run.

    Raises:
        CloudsimError: scenario, setting or world are wrong, so that the first run does not begin.
    """
    if processes < 0:
        raise SettingError(f"processes are at least 0, not {processes}")
    order = Order(scenario=scenario, seed=seed, given=dict(given or {}))
    with TemporaryDirectory(prefix="cloudsim-") as folder:
        checking = _Checking(order, Path(folder), context=context)
        total = 2 + processes
        told: Callable[[int], None] = _tell_nobody if progress is None else lambda done: progress(done, total)
        told(0)
        checking.run_first()
        told(1)
        checking.repeat(told)
        checking.repeat_elsewhere(processes, told)
    file = Path(checking.scenario.file)
    return Repetition(order=order, first=checking.first, repeats=tuple(checking.repeats), file=file)


def _tell_nobody(_done: int) -> None:
    """Take the place of a progress that nobody wants."""


class _Checking:
    """The runs of one check, and the folder of their files.

    Raises:
        CloudsimError: there is no such scenario, or its file is wrong.
    """

    def __init__(self, order: Order, folder: Path, *, context: int) -> None:
        self._order = order
        self._folder = folder
        self._context = context
        self._journal = folder / "first.jsonl"
        self.scenario = load_scenario(order.scenario)
        """Loaded once, so that its module is the same in both runs here."""
        self.first: dict[str, Any] = {}
        self.repeats: list[Repeat] = []

    def run_first(self) -> None:
        """Run it here; what is wrong with it is met now, before any process begins."""
        self.first = self._run(self._journal)

    def _run(self, journal: Path) -> dict[str, Any]:
        result = run_order(self._order, self.scenario, journal)
        # Through JSON, as from a process, or a tuple here would not be the list there.
        document: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(result.document()))
        return document

    def repeat(self, told: Callable[[int], None]) -> None:
        """Run it here once more, in what the first run left behind."""
        journal = self._folder / "again.jsonl"
        try:
            document, failed = self._run(journal), ""
        except CloudsimError as error:  # the first run did not meet it, so it is what differs
            document, failed = None, str(error)
        self._note("run 2", None, document, failed, journal)
        told(1 + len(self.repeats))

    def repeat_elsewhere(self, processes: int, told: Callable[[int], None]) -> None:
        """Run it in fresh processes, as many at a time as there are processors; all are gone at the end."""
        waiting = deque(range(1, processes + 1))
        running: deque[tuple[int, FreshProcess]] = deque()
        at_once = os.cpu_count() or 1
        with ExitStack() as begun:
            while waiting or running:
                while waiting and len(running) < at_once:
                    hash_seed = waiting.popleft()
                    running.append((hash_seed, begun.enter_context(self._begin(hash_seed))))
                hash_seed, process = running.popleft()
                document, failed = process.wait()
                self._note(f"process {hash_seed}", hash_seed, document, failed, process.journal)
                told(1 + len(self.repeats))

    def _begin(self, hash_seed: int) -> FreshProcess:
        folder = self._folder / f"process-{hash_seed}"
        folder.mkdir()
        return FreshProcess(self._order, hash_seed=hash_seed, folder=folder)

    def _note(
        self, name: str, hash_seed: int | None, document: dict[str, Any] | None, failed: str, journal: Path
    ) -> None:
        """Hold a run against the first, and throw its journal away."""
        comparison: Comparison | None = None
        if document is not None and document["digest"] != self.first["digest"]:
            names = ("run 1", name)
            comparison = compare_journals(self._journal, journal, names=names, context=self._context)
        journal.unlink(missing_ok=True)
        results = dict(_differing(self.first, document)) if document is not None else {}
        self.repeats.append(
            Repeat(
                name=name, hash_seed=hash_seed, document=document, failed=failed, comparison=comparison, results=results
            )
        )


def _differing(first: object, here: object, path: str = "") -> Iterator[tuple[str, tuple[object, object]]]:
    """Find the parts of two results that differ, but for what comparing the journals tells better."""
    if isinstance(first, dict) and isinstance(here, dict):
        for name in {**first, **here}:
            if path or name not in _TOLD_BY_JOURNALS:
                yield from _differing(first.get(name), here.get(name), f"{path}.{name}" if path else name)
    elif isinstance(first, list) and isinstance(here, list) and len(first) == len(here):
        for place, (one, other) in enumerate(zip(first, here, strict=True)):
            label = one.get("name", place) if isinstance(one, dict) else place
            yield from _differing(one, other, f"{path}[{label}]")
    elif first != here:
        yield path, (first, here)
