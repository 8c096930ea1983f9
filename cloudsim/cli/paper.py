"""What is printed: plain text in a pipe, tables in colour on a terminal. rich is imported when this module is."""

import os
import sys

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console, JustifyMethod, RenderableType
from rich.table import Table


class Paper(Console):
    """The standard output.

    Args:
        no_color: no colours, and no other style either.
    """

    def __init__(self, *, no_color: bool = False) -> None:
        plain = no_color or bool(os.environ.get("NO_COLOR"))
        super().__init__(
            color_system=None if plain else "auto",
            # In a pipe a row is a line, however long, for grep and its kin.
            width=None if sys.stdout.isatty() else 10_000,
            highlight=False,
            markup=False,
            emoji=False,
        )

    def show(self, *parts: RenderableType) -> None:
        """Print parts below each other, with an empty line between them."""
        with self.capture() as captured:
            for place, part in enumerate(parts):
                self.print(*([""] if place else []), part, sep="\n", soft_wrap=isinstance(part, str))
        # click writes, as everywhere, so that a pipe that was closed is met in one way.
        click.echo("\n".join(line.rstrip() for line in captured.get().splitlines()), color=True)


def table(*columns: str, numbers: tuple[str, ...] = (), whole: tuple[str, ...] = ()) -> Table:
    """Make a table.

    Args:
        columns: their headings.
        numbers: those of them that are set to the right.
        whole: those that are never broken; the others are, the widest first.
    """
    made = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold")
    for column in columns:
        justify: JustifyMethod = "right" if column in numbers else "left"
        made.add_column(column, justify=justify, overflow="fold", no_wrap=column in whole)
    return made
