"""A number that was measured, and the bound that it should keep."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounded:
    """A number and its bound."""

    name: str
    value: float | None
    """None if a peer is missing."""
    op: str
    """``<=``, ``>=`` or ``==``; empty where the number is for information alone."""
    goal: float | None
    note: str = ""
    """What is missing, or what stands for what."""

    @property
    def met(self) -> bool | None:
        """Whether it is met; None if that cannot be said."""
        if self.value is None or self.goal is None:
            return None
        if self.op == "==":
            return self.value == self.goal
        return self.value <= self.goal if self.op == "<=" else self.value >= self.goal
