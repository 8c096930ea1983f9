"""Footprints as exploration sees them: which two steps commute, so that only one of their orders need be tried.

A step that says nothing of what it touches conflicts with every other; one that touches nothing conflicts with none.
Two reads of one thing commute, and so do two adds; everything else on a common key conflicts.

Source: Mazurkiewicz, "Trace theory" (1987), for orders that differ only in steps that commute.
"""

from typing import Final

from cloudsim.kernel.actor import Actor
from cloudsim.operations.operation import ANYTHING, Footprint
from cloudsim.resources.ledger import Mode

EVERYTHING: Final = "*"
"""The key that stands for all keys: written by a step that says nothing, read by every other that touches something."""


def footprint_of(actor: Actor) -> Footprint:
    """What the next step of an actor may touch; anything, where it does not say."""
    says = getattr(actor, "footprint", None)
    return ANYTHING if says is None else says()


def are_in_conflict(one: Footprint, other: Footprint) -> bool:
    """Whether the order of two steps may make a difference."""
    if one is ANYTHING or other is ANYTHING:
        return bool(one) and bool(other)
    for key, mode in one:
        for other_key, other_mode in other:
            if key == other_key and (mode is not other_mode or mode is Mode.WRITE):
                return True
    return False


def touches_of(footprint: Footprint) -> tuple[tuple[str, Mode], ...]:
    """Write a footprint as keys and modes, also where it is anything; a key comes once, with its strongest mode."""
    if footprint is ANYTHING:
        return ((EVERYTHING, Mode.WRITE),)
    if not footprint:
        return ()
    strongest: dict[str, Mode] = {EVERYTHING: Mode.READ}
    for key, mode in footprint:
        had = strongest.get(key)
        strongest[key] = mode if had is None or had is mode else Mode.WRITE
    return tuple(strongest.items())
