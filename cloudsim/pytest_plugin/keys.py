"""What the parts of the plug-in call things by, and the options as they were given."""

from dataclasses import dataclass
from typing import Final, Self

import pytest

SIM: Final = "sim"
"""The parameter of a marked test that is its session."""
MARK: Final = (
    "cloudsim(seed, schedules, strategy, mode, faults, policy, latency, throttling, consistency): "
    "run an async test in many orders, with `sim` as the session of each; see cloudsim's README"
)
"""As pytest declares marks: with what they take."""
TOLD: Final = pytest.StashKey[str]()
"""What is to be told of a test if it fails."""
TOLD_OF: Final = "cloudsim"
"""The title of it."""
VERDICT: Final = "cloudsim"
"""The property of a report that says in how many orders a test was tried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What is set for all tests; None where nothing is said."""

    seed: int | None
    schedules: int | None
    strategy: str | None
    schedule: str | None

    @classmethod
    def of(cls, config: pytest.Config) -> Self:
        """Take them from the command line."""
        return cls(
            seed=config.getoption("cloudsim_seed"),
            schedules=config.getoption("cloudsim_schedules"),
            strategy=config.getoption("cloudsim_strategy"),
            schedule=config.getoption("cloudsim_schedule"),
        )

    def in_words(self) -> str:
        """Say what is set, for the header."""
        facts = {"seed": self.seed, "schedules": self.schedules, "strategy": self.strategy, "schedule": self.schedule}
        return ", ".join(f"{name} {value}" for name, value in facts.items() if value is not None)
