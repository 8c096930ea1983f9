"""The timeline of a schedule as text: the steps in which actors meet, in their order, the deciding ones marked.

    step  at   client-1/1          client-2/1
       1  0ns  CLAIM_TOKEN
    >  2  0ns                      CLAIM_TOKEN
       3  0ns  COMMIT

A column is an actor. Steps that touch nothing which another actor touches are left out, unless they decide: a mark says
that the turn was taken from somebody who could have gone on, or went to another than the first in line.
"""

from collections.abc import Sequence

from cloudsim.exploration.footprints import touches_of
from cloudsim.exploration.order import contended_keys
from cloudsim.exploration.ready import Step
from cloudsim.values.duration import format_duration

_COLUMNS_MAX = 6
"""With more actors than these each line names its own."""


def timeline_text(log: Sequence[Step]) -> str:
    """Draw the steps of a run that matter; empty where no two actors meet and nothing decides."""
    contended = frozenset(contended_keys(log))
    shown = [
        (number, step)
        for number, step in enumerate(log)
        if step.is_deviation or any(key in contended for key, _ in touches_of(step.footprint))
    ]
    if not shown:
        return ""
    actors = list(dict.fromkeys(step.key for _, step in shown))
    instants = [format_duration(step.at_ns) for _, step in shown]
    widths = [max(len(actor), 16) for actor in actors]
    at_width = max(len("at"), *map(len, instants))
    has_columns = len(actors) <= _COLUMNS_MAX
    titles = (
        "  ".join(actor.ljust(width) for actor, width in zip(actors, widths, strict=True)) if has_columns else "who"
    )
    lines = [f"  step  {'at'.ljust(at_width)}  {titles}"]
    for (number, step), instant in zip(shown, instants, strict=True):
        mark = ">" if step.is_deviation else " "
        what = step.phase or "goes on"
        if has_columns:
            column = actors.index(step.key)
            told = " " * (sum(widths[:column]) + 2 * column) + what
        else:
            told = f"{step.key} {what}"
        lines.append(f"{mark} {number:>4}  {instant.ljust(at_width)}  {told}")
    return "\n".join(line.rstrip() for line in lines)
