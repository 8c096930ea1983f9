"""``cloudsim replay`` and ``cloudsim shrink``: a schedule, or a recording, is run again; a schedule is made small."""

import sys
from contextlib import nullcontext, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import click

from cloudsim.cli.documents import echo_document
from cloudsim.cli.guard import Exit
from cloudsim.cli.outputs import OutputFile, Outputs
from cloudsim.exploration.shrinking import Shrinking
from cloudsim.scenario.replay import Replay, Way
from cloudsim.scenario.replay import replay as replay_schedule
from cloudsim.scenario.schedule import SUFFIX, Schedule, from_token, read_schedule, schedule_of, to_document, to_token
from cloudsim.scenario.timeline_text import timeline_text

FORMAT_VERSION: Final = 1
"""Of the JSON documents; additions keep it, anything else raises it."""


_WANTED: Final = (
    f"Give a file that ends in {SUFFIX}, a recording of `cloudsim serve`, or a scenario with --schedule TOKEN."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayOptions:
    """The options of ``cloudsim replay``."""

    schedule: str | None
    journal: Path | None
    outputs: tuple[tuple[str, Path], ...]
    as_json: bool
    no_color: bool


def replay_command(what: str, options: ReplayOptions) -> Exit:
    """Run a schedule, or what a server was asked, again.

    Args:
        what: a file, or a scenario whose schedule is an option.
        options: the options.

    Raises:
        CloudsimError: the schedule or its scenario, or the recording, is wrong.
        click.UsageError: a scenario without a schedule, or a file with one.
    """
    if options.schedule is None and not what.endswith(SUFFIX) and not _is_scenario(what):
        return _replay_recording(Path(what), options)
    schedule = _wanted(what, options.schedule)
    with (
        redirect_stdout(sys.stderr) if options.as_json else nullcontext(),
        Outputs(options.journal, options.outputs) as outputs,
    ):
        made = replay_schedule(schedule, journal=outputs.journal)
    if options.as_json:
        echo_document(_document(made, schedule))
    else:
        _print(made, schedule, no_color=options.no_color)
    return Exit.BROKEN if made.failing.run.wrong else Exit.OK


def _is_scenario(what: str) -> bool:
    from cloudsim.scenario.load import bundled

    return what.endswith(".py") or what in bundled()


def _replay_recording(path: Path, options: ReplayOptions) -> Exit:
    from cloudsim.cli.replay_recording import replay_recording

    if not path.exists():
        raise click.UsageError(f"There is no file {str(path)!r}, and no scenario of that name. {_WANTED}")
    with Outputs(options.journal, options.outputs) as outputs:
        wants_journal = options.journal is not None or bool(options.outputs)
        journal = outputs.journal if wants_journal else None
        return replay_recording(path, journal=journal, as_json=options.as_json, no_color=options.no_color)


def _wanted(what: str, token: str | None) -> Schedule:
    if what.endswith(SUFFIX):
        if token is not None:
            raise click.UsageError("A file has its schedule; --schedule is for a scenario.")
        return read_schedule(Path(what))
    if token is None:
        raise click.UsageError(_WANTED)
    if token.endswith(SUFFIX):
        return read_schedule(Path(token))
    return from_token(token, what)


def _document(made: Replay, schedule: Schedule) -> dict[str, Any]:
    return {
        "format_version": FORMAT_VERSION,
        "scenario": schedule.scenario,
        "way": made.way,
        "why": made.why or None,
        "is_same": made.is_same,
        "expected": made.expected,
        "wrong": [{"kind": one.kind, "what": one.text} for one in made.failing.run.wrong],
        "digest": made.failing.run.digest,
        "result": made.result.document(),
    }


_WAYS: Final = {
    Way.EXACT: "exactly: every choice, and the same digest",
    Way.BY_CHOICES: "by its choices",
    Way.BY_ORDER: "by its order for each resource",
    Way.LEFT: "not to the end",
}


def _print(made: Replay, schedule: Schedule, *, no_color: bool) -> None:
    from rich.text import Text

    from cloudsim.cli.paper import Paper

    wrong = made.failing.run.wrong
    told: list[Any] = [
        f"{schedule.scenario}, seed {schedule.seed}: the schedule was followed {_WAYS[made.way]}",
    ]
    if made.why:
        told.append(Text(made.why, style="yellow"))
    told.append(timeline_text(made.failing.log))
    told += [Text(f"FAIL {one.text}", style="bold red") for one in wrong]
    if not wrong:
        told.append("nothing is wrong in it" + (" any more" if schedule.expect.wrong else ""))
    elif not made.is_same:
        told.append("it fails in another way than when it was written: " + ", ".join(schedule.expect.wrong))
    Paper(no_color=no_color).show(*told)


def shrink_command(file: Path, *, output: Path | None, runs: int, as_json: bool, no_color: bool) -> Exit:
    """Make a schedule small.

    Args:
        file: of the schedule.
        output: where the small one goes; over the file if None.
        runs: how many runs it may take.
        as_json: as a document.
        no_color: no colours.

    Raises:
        CloudsimError: the schedule or its scenario is wrong.
        CannotWrite: the file cannot be written.
    """
    schedule = read_schedule(file)
    with redirect_stdout(sys.stderr) if as_json else nullcontext():
        made = replay_schedule(schedule)
        if not made.failing.run.wrong:
            click.echo(f"{file}: nothing is wrong in it any more", err=True)
            return Exit.BROKEN
        shrinking = Shrinking(made.failing, runs_max=runs)
        small = shrinking.shrink()
    written = schedule_of(small, schedule.scenario)
    target = OutputFile(output if output is not None else file)
    target.write(to_document(written))
    target.close()
    facts = {
        "runs": shrinking.runs, "deviations": small.deviations, "deviations_before": made.failing.deviations,
        "settings": written.settings, "strikes": list(written.strikes),
    }  # fmt: skip
    if as_json:
        where = {"file": str(target.path), "schedule": to_token(written)}
        echo_document({"format_version": FORMAT_VERSION, **where, **facts})
    else:
        from cloudsim.cli.paper import Paper

        settings = "  ".join(f"{name}={value}" for name, value in written.settings.items())
        Paper(no_color=no_color).show(
            f"{target.path}: {facts['deviations']} deviations from run-to-block ({facts['deviations_before']} before), "
            f"in {shrinking.runs} runs" + (f"; {settings}" if settings else ""),
            timeline_text(small.log),
        )
    return Exit.OK
