"""How every command ends: its exit code, and what is said of an error.

0 all well; 1 it ran and something was not as wanted; 2 what was asked for is wrong; 3 our bug; 4 nothing was found;
130 Ctrl-C; 141 whoever read the output went away, as after SIGPIPE. Wrong input is answered by a sentence, never by a
traceback. Our own bug leaves a report in a file, with everything that we would ask for.
"""

import os
import sys
from contextlib import suppress
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

import click

if TYPE_CHECKING:
    from cloudsim.errors.own import CloudsimError


class Exit(IntEnum):
    """Exit codes."""

    OK = 0
    BROKEN = 1
    """It ran, and an expectation or the audit is broken, or the run broke off."""
    WRONG_INPUT = 2
    BUG = 3
    NOTHING = 4
    INTERRUPTED = 130
    PIPE_CLOSED = 141


DEBUG: Final = "cloudsim.debug"
"""The key in ``Context.meta`` under which ``--debug`` is kept."""


class GuardedGroup(click.Group):
    """The program; no exception of a command gets past it but click's own."""

    # typing.override is newer than Python 3.11.
    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401  as click has it
        """Run the command, and turn what it raises into words and an exit code."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except KeyboardInterrupt:
            click.echo("interrupted", err=True)
            ctx.exit(Exit.INTERRUPTED)
        except BrokenPipeError:
            _silence_stdout()
            ctx.exit(Exit.PIPE_CLOSED)
        except OSError as error:
            if not _is_of_printing(error):
                _end(ctx, error)
            _silence_stdout()
            click.echo(f"Error: the output cannot be written: {error.strerror or error}", err=True)
            ctx.exit(Exit.WRONG_INPUT)
        except Exception as error:  # noqa: BLE001  the one place that nothing gets past
            _end(ctx, error)
        return result


def _end(ctx: click.Context, error: Exception) -> NoReturn:
    from cloudsim.errors.own import CloudsimError, NothingToRun, UndeclaredTouch

    is_debug = bool(ctx.meta.get(DEBUG))
    if isinstance(error, CloudsimError) and not isinstance(error, UndeclaredTouch):
        if is_debug:
            tell_traceback(error)
        tell_wrong(error)
        ctx.exit(Exit.NOTHING if isinstance(error, NothingToRun) else Exit.WRONG_INPUT)
    tell_bug(error, is_debug=is_debug)
    ctx.exit(Exit.BUG)


def tell_wrong(error: "CloudsimError") -> None:
    """Say on stderr what is wrong with the input, a line for each problem."""
    for line in str(error).splitlines():
        click.echo(f"Error: {line}" if not line.startswith(" ") else line, err=True)


def tell_bug(error: Exception, *, is_debug: bool) -> None:
    """Say on stderr that a bug of ours struck, and where its report is.

    Args:
        error: what came of it.
        is_debug: whether the details are shown instead.
    """
    click.echo(f"cloudsim itself failed: {type(error).__name__}: {error}", err=True)
    if is_debug:
        tell_traceback(error)
    else:
        click.echo(_where_told(error), err=True)


def tell_traceback(error: BaseException) -> None:
    """Print the traceback of an error on stderr."""
    click.echo(_traceback(error), err=True)


def _where_told(error: Exception) -> str:
    try:
        path = write_report(error)
    except OSError as wrong:
        return f"{_traceback(error)}\nNo report could be written ({wrong}). Please send us the lines above."
    return f"This is a bug of ours. Please send us {path}, which has the details; --debug shows them here."


def write_report(error: Exception) -> Path:
    """Write what we need to know of a bug.

    Returns:
        The path of the report, in ``.cloudsim/`` under the current folder.

    Raises:
        OSError: the report cannot be written there.
    """
    from cloudsim.cli.about import describe_version

    folder = Path(".cloudsim")
    folder.mkdir(exist_ok=True)
    with suppress(FileExistsError), (folder / ".gitignore").open("x", encoding="utf-8") as ignored:
        ignored.write("*\n")
    text = "\n".join((describe_version(), f"arguments: {_without_secrets(sys.argv[1:])}", "", _traceback(error)))
    number = 1
    while True:
        path = folder / f"bug-{number}.txt"
        try:
            with path.open("x", encoding="utf-8") as report:
                report.write(text)
        except FileExistsError:
            number += 1
        else:
            return path


def _without_secrets(words: list[str]) -> list[str]:
    """Give the words of a command line, access keys without what makes them secret."""
    shown = []
    for before, word in zip(["", *words], words, strict=False):
        is_key = before == "--access-key" or word.startswith("--access-key=")
        shown.append(f"{word.partition(':')[0]}:***" if is_key else word)
    return shown


def _traceback(error: BaseException) -> str:
    import traceback

    return "".join(traceback.format_exception(error))


def _is_of_printing(error: OSError) -> bool:
    """Whether it was what we print that could not be written: by click, by rich, or with the last flush."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return trace is not None and trace.tb_frame.f_globals["__name__"] in ("click.utils", "rich.console", __name__)


def _silence_stdout() -> None:
    """Point stdout nowhere, so that the interpreter's last flush does not fail once more."""
    with suppress(OSError, ValueError):
        stdout = sys.stdout.fileno()
        os.dup2(os.open(os.devnull, os.O_WRONLY), stdout)
