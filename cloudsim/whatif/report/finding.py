"""A finding: a sentence that a planner can act on, with the number that it rests on."""

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """What a finding is."""

    GOOD = "good"
    BAD = "bad"
    UNSURE = "unsure"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence, and whether it is good news."""

    tone: Tone
    text: str
    is_advice: bool = False
    """Whether it answers a target, and so what the experiment asks."""
