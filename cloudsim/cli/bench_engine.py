"""``cloudsim bench engine``: what the engine costs beside its peers, for people and for machines."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec
from rich.table import Table

from cloudsim.cli.documents import echo_document
from cloudsim.cli.guard import Exit
from cloudsim.cli.paper import Paper, table
from cloudsim.cli.progress import ProgressBar
from cloudsim.lab.engine.comparing import Change, OldRun, Verdict, changes, differences, read_run
from cloudsim.lab.engine.document import compared, document
from cloudsim.lab.engine.every import Measured, measure_parts
from cloudsim.lab.engine.ratio import Effort, Ratio
from cloudsim.lab.report.words import bound, number, time_of, verdict

_ELSEWHERE: Final = (
    "Elsewhere: allocators of addresses, cloudsim bench pools; in how many runs bugs are found and shrunk, "
    "python -m benchmarks.bench_races in a checkout."
)
_JUDGED: Final = (Verdict.BETTER, Verdict.WORSE)


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineOptions:
    """The options of ``cloudsim bench engine``."""

    parts: tuple[str, ...]
    is_quick: bool
    is_large: bool
    compare: Path | None
    fail_on_goal: bool
    as_json: bool
    no_color: bool


def engine_command(options: EngineOptions) -> Exit:
    """Measure, and say what came of it.

    Raises:
        SettingError: there is no older run to compare with where one is said to be.
    """
    old = None if options.compare is None else read_run(options.compare)  # now, and not after all rounds
    effort = Effort(is_quick=options.is_quick, is_large=options.is_large)
    with ProgressBar() as bar:
        measured = measure_parts(options.parts, effort, bar if ProgressBar.is_wanted() else None)
    told = document(measured)
    new = msgspec.convert(told, OldRun)
    if options.as_json:
        if old is not None:
            told["compared"] = compared(str(options.compare), list(differences(old, new)), changes(old, new))
        echo_document(told)
    else:
        shown = [*_told(measured, new), *([] if old is None else _compared(old, new))]
        Paper(no_color=options.no_color).show(*shown)
    missed = any(one.met is False for one in measured.ratios)
    return Exit.BROKEN if missed and options.fail_on_goal else Exit.OK


def _told(measured: Measured, run: OldRun) -> Iterator[Table | str]:
    for part, ratios in measured.parts.items():
        yield part
        yield _table(ratios)
    machine = run.machine
    yield (
        f"{machine['system']} {machine['architecture']}, {machine['cores']} cores, load {machine['load'][0]:g}, "
        f"{machine['python']}; " + ", ".join(f"{name} {found}" for name, found in run.versions.items() if found)
    )
    for library in measured.peers_missing:
        yield f"{library} is not installed, so nothing is held against it; see: pip install 'cloudsim-eni[bench]'"
    yield _ELSEWHERE
    judged = [one for one in measured.ratios if one.met is not None]
    yield f"{sum(bool(one.met) for one in judged)} of {len(judged)} goals are met."


def _table(ratios: list[Ratio]) -> Table:
    made = table("measured", "spread", "goal", "met", "took", "what", numbers=("measured", "spread", "goal", "took"))
    for one in ratios:
        took = "-" if one.ns is None else time_of(one.ns)
        words = f"{one.name} ({one.note})" if one.note and one.value is not None else one.name
        made.add_row(number(one.value), _spread(one), bound(one), verdict(one), took, words)
    return made


def _spread(one: Ratio) -> str:
    return "-" if one.low is None else f"{number(one.low)} .. {number(one.high)}"


def _compared(old: OldRun, new: OldRun) -> Iterator[Table | str]:
    found = changes(old, new)
    yield "Compared with the older run"
    made = table("before", "now", "verdict", "part", "what", numbers=("before", "now"))
    for one in sorted(found, key=_rank):
        made.add_row(number(one.before), number(one.after), one.verdict, one.part, one.name)
    yield made
    yield from differences(old, new)
    judged = sum(one.verdict in _JUDGED for one in found)
    yield (
        f"{judged} of {len(found)} numbers differ by more than the noise of both runs; nothing is said of the others. "
        "Noise is the spread of the rounds, and another process or hour may add to it: measure twice what matters."
    )


def _rank(change: Change) -> int:
    """What can be judged comes first."""
    return 0 if change.verdict in _JUDGED else 1
