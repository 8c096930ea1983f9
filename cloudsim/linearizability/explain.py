"""The explanation of a violation, for people: a few lines that tell what can be explained, and what cannot."""

from cloudsim.linearizability.observed import Violation
from cloudsim.linearizability.part import Object, StateT
from cloudsim.linearizability.search import Found

LINES_MAX = 12
"""Calls that are shown of the order that was found; those before are counted."""
BLOCKED_MAX = 3


def explain(thing: Object[StateT], found: Found[StateT]) -> Violation:
    """Say what a search found that came to no order, or was given up."""
    shown, blocked = found.prefix[-LINES_MAX:], found.blocked[:BLOCKED_MAX]
    if found.is_complete:
        lines = [f"{thing.key}: no order of these calls explains all their answers."]
    else:
        lines = [f"{thing.key}: undecided, since the calls are too many at once; the search was given up."]
    lines.append(f"At the beginning: {thing.tell(thing.start)}. The longest order that can be explained:")
    if len(found.prefix) > len(shown):
        lines.append(f"  {len(found.prefix) - len(shown)} calls before, and then")
    lines += [f"  {part.line}" for part in shown] or ["  none"]
    lines.append(f"After that: {thing.tell(found.state)}. By real time the next is, and cannot be:")
    lines += [f"  {part.line}\n    because {part.against(found.state)}" for part in blocked]
    if len(found.blocked) > len(blocked):
        lines.append(f"  and {len(found.blocked) - len(blocked)} more")
    return Violation(
        key=thing.key,
        text="\n".join(lines),
        calls=tuple([part.call.call for part in (*shown, *blocked)]),
        undecided=not found.is_complete,
    )
