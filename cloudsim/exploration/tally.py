"""The tally of a search: what came of its runs, how often, and which order leads there."""

from collections import Counter
from dataclasses import dataclass, field

from cloudsim.exploration.search import Attempt


@dataclass(slots=True)
class Outcome:
    """What a run came to."""

    text: str
    witness: Attempt
    """The first run that came to it; a later one that is told with fewer deviations takes its place."""
    count: int = 0


@dataclass(slots=True)
class Violation:
    """Something that was wrong in at least one run."""

    kind: str
    text: str
    """As the witness has it."""
    witness: Attempt
    count: int = 0


@dataclass(slots=True)
class Tally:
    """Collects attempts."""

    schedules: int = 0
    """Runs, also those that were broken off as repetitions."""
    orders: int = 0
    """Runs to the end."""
    events: int = 0
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    violations: dict[str, Violation] = field(default_factory=dict)
    sites: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    wanted: dict[str, bool] = field(default_factory=dict)
    """What is to be seen at least once, and whether it has been."""
    loose: dict[str, None] = field(default_factory=dict)
    """Why a search of all orders would prove nothing."""

    def add(self, attempt: Attempt) -> bool:
        """Count an attempt.

        Returns:
            Whether it is the first with something wrong of its kind.
        """
        self.schedules += 1
        run = attempt.run
        if run is None:
            return False
        self.orders += 1
        self.events += run.events
        self.sites.update(run.sites)
        self.codes.update(run.codes)
        self.loose.update(dict.fromkeys(run.loose))
        for name, is_seen in run.wanted.items():
            self.wanted[name] = self.wanted.get(name, False) or is_seen
        outcome = self.outcomes.setdefault(run.outcome, Outcome(run.outcome, attempt))
        outcome.count += 1
        if len(attempt.choices) < len(outcome.witness.choices):
            outcome.witness = attempt
        return self.add_wrong(attempt)

    def add_wrong(self, attempt: Attempt) -> bool:
        """Take what is wrong in an attempt, and say whether it is the first of its kind; it counts as no run."""
        assert attempt.run is not None, "a run that was broken off shows nothing"
        is_new = False
        for wrong in attempt.run.wrong:
            found = self.violations.get(wrong.kind)
            if found is None:
                is_new = True
                found = self.violations[wrong.kind] = Violation(wrong.kind, wrong.text, attempt)
            found.count += 1
            if len(attempt.choices) < len(found.witness.choices):
                found.witness, found.text = attempt, wrong.text
        return is_new

    @property
    def unseen(self) -> list[str]:
        """What was to be seen at least once, and was not."""
        return [name for name, is_seen in self.wanted.items() if not is_seen]
