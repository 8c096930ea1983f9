"""``cloudsim bench pools``: the allocator laboratory, for people and for machines."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from rich.table import Table

from cloudsim.cli.documents import echo_document
from cloudsim.cli.guard import Exit
from cloudsim.cli.outputs import CannotWrite
from cloudsim.cli.paper import Paper, table
from cloudsim.cli.progress import ProgressBar
from cloudsim.lab.catalogue import Entry, chosen, plain
from cloudsim.lab.laboratory import Outcome, run_laboratory
from cloudsim.lab.loading import load_allocator
from cloudsim.lab.plan import lengths_of, make_plan
from cloudsim.lab.report.document import csv_rows, document
from cloudsim.lab.report.page import write_page
from cloudsim.lab.report.pivot import pivots
from cloudsim.lab.report.words import bound, number, share, verdict
from cloudsim.whatif.extras import need
from cloudsim.whatif.sweeping.folder import whole


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolsOptions:
    """The options of ``cloudsim bench pools``."""

    models: tuple[str, ...]
    allocators: tuple[str, ...]
    sizes: tuple[str, ...]
    occupancies: tuple[str, ...]
    workloads: tuple[str, ...]
    pools: tuple[int, ...]
    is_quick: bool
    only_goals: bool
    fail_on_goal: bool
    only_lists: bool
    csv_file: Path | None
    html_file: Path | None
    as_json: bool
    no_color: bool

    @property
    def is_narrowed(self) -> bool:
        """Whether only a part of the table is wanted."""
        return bool(self.models or self.allocators or self.sizes or self.occupancies or self.workloads or self.pools)


def pools_command(options: PoolsOptions) -> Exit:
    """Measure, and say what came of it.

    Raises:
        CloudsimError: what was asked for is wrong, an allocator breaks the contract, or a library is missing.
        CannotWrite: a file cannot be written.
    """
    entries = _entries(options)
    if options.only_lists:
        _list(entries, options)
        return Exit.OK
    if options.html_file is not None:
        need("plotly.offline", extra="lab")  # now, and not after all rounds
    plan = make_plan(
        entries, lengths=lengths_of(options.sizes), occupancies=options.occupancies, workloads=options.workloads,
        pools=options.pools, is_quick=options.is_quick,
    )  # fmt: skip
    with ProgressBar() as bar:
        outcome = run_laboratory(
            entries, plan, with_goals=options.only_goals or not options.is_narrowed, with_table=not options.only_goals,
            progress=bar if ProgressBar.is_wanted() else None,
        )  # fmt: skip
    _write(options.csv_file, lambda file: csv.writer(file, lineterminator="\n").writerows(csv_rows(outcome)))
    _write(options.html_file, lambda file: file.write(write_page(outcome)))
    if options.as_json:
        echo_document(document(outcome))
    else:
        Paper(no_color=options.no_color).show(*_told(outcome))
    missed = any(goal.met is False for goal in outcome.goals)
    return Exit.BROKEN if missed and options.fail_on_goal else Exit.OK


def _entries(options: PoolsOptions) -> list[Entry]:
    """Choose the allocators; a quick run leaves out our policies of two bands, and a user's own never run alone."""
    own = [load_allocator(text) for text in dict.fromkeys(options.allocators)]
    found = chosen(options.models, own)
    return plain(found) if options.is_quick and not options.models else found


def _list(entries: list[Entry], options: PoolsOptions) -> None:
    if options.as_json:
        told = [
            {"name": one.name, "policy": one.policy, "structure": one.structure, "installed": one.is_installed,
             "supports": one.supports}
            for one in entries
        ]  # fmt: skip
        echo_document({"allocators": told})
        return
    made = table("allocator", "policy", "structure", "also does", "installed")
    for one in entries:
        installed = "yes" if one.is_installed else f"no: {one.library}"
        made.add_row(one.name, one.policy, one.structure, ", ".join(one.supports), installed)
    Paper(no_color=options.no_color).show(made)


def _write(path: Path | None, act: Callable[[TextIO], object]) -> None:
    if path is None:
        return
    try:
        with whole(path) as file:
            act(file)
    except OSError as reason:
        raise CannotWrite(path, reason) from reason


def _told(outcome: Outcome) -> Iterator[Table | str]:
    for pivot in pivots(outcome):
        made = table(*pivot.columns, numbers=tuple(pivot.columns[2:]))
        for row in pivot.rows:
            made.add_row(*row)
        yield pivot.title
        yield made
    if outcome.left:
        yield from _blocks(outcome)
    if outcome.goals:
        yield "Goals"
        yield _goals(outcome)
    yield from _notes(outcome)


def _blocks(outcome: Outcome) -> Iterator[Table | str]:
    made = table("policy", "size", "use", "whole /28", "by formula", "packed", "of", "reuse after",
                 numbers=("use", "whole /28", "by formula", "packed", "of", "reuse after"))  # fmt: skip
    for one in outcome.left:
        made.add_row(
            one.policy, one.size, share(one.use), number(one.free_blocks), number(one.expected), number(one.packed),
            str(one.blocks), number(one.reuse_distance),
        )  # fmt: skip
    yield "Whole free /28 blocks in steady use"
    yield made
    turns = [f"+{turn}" for turn in dict.fromkeys(one.turnovers for one in outcome.bursts)]
    burst = table("policy", *turns, "packed", numbers=(*turns, "packed"))
    for name in dict.fromkeys(one.name for one in outcome.bursts):
        mine = [one for one in outcome.bursts if one.name == name]
        burst.add_row(mine[0].policy, *(number(one.free_blocks) for one in mine), number(mine[0].packed))
    yield "After a burst on a /20 (80 % to 20 %), by turnovers since"
    yield burst


def _goals(outcome: Outcome) -> Table:
    made = table("", "ratio", "measured", "goal", "met", numbers=("", "measured", "goal"))
    for goal in outcome.goals:
        made.add_row(str(goal.number), goal.name, number(goal.value), bound(goal), verdict(goal))
    return made


def _notes(outcome: Outcome) -> Iterator[str]:
    if outcome.rows:
        yield "A pair is a release and an allocation. In brackets: probes. ~: foretold, not measured."
    for name, library in outcome.missing.items():
        yield f"{name} is left out: {library} is not installed; it comes with: pip install 'cloudsim-eni[lab]'"
    if outcome.skipped:
        yield f"{len(outcome.skipped)} cells were skipped, their times foretold; --csv and --html say which and why."
    judged = [goal for goal in outcome.goals if goal.met is not None]
    if judged:
        yield f"{sum(bool(goal.met) for goal in judged)} of {len(judged)} goals are met."
