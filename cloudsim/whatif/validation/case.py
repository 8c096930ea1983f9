"""Cases and what is checked of them: an estimate over replications against a number that is known.

A figure over a figure is estimated as the ratio of sums, a figure alone as the mean over the runs. What arrives and how
long it stays varies by chance too, and its mean is known: such *controls* take their part of the noise out of the
estimate (:mod:`~cloudsim.whatif.validation.controlling`), and are checked themselves.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from math import fsum
from typing import Any, Final

import msgspec

from cloudsim.whatif.experiment.spec import Experiment
from cloudsim.whatif.running.replication import Figure, run_once

IP_NOT_ENOUGH: Final = "InvalidVSwitchId.IpNotEnough"
MAX_ENI_COUNT: Final = "MaxEniCountExceeded"
GROUP_FULL: Final = "SecurityGroupInstanceLimitExceed"
PRIVATE_ADDRESSES: Final = "QuotaExceeded.PrivateIpAddress"
THROTTLING: Final = "Throttling"
THROTTLING_USER: Final = "Throttling.User"
THROTTLING_API: Final = "Throttling.Api"
DUPLICATED: Final = "InvalidPrivateIpAddress.Duplicated"

Trial = Callable[[int], Mapping[str, Figure]]
"""One replication, by its number: its figures."""

LIGHT, HEAVY = 0.01, 0.03
"""How large a standard error may be, as a share of what is expected: for light tails of lifetimes, and for heavy."""

ABSOLUTE: Final = 5e-4
"""A standard error so small is good enough for any share."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One number that is known."""

    part: str
    """A figure; one that a run does not have is 0 there."""
    expected: float
    """What it is by the formula."""
    whole: str | None = None
    """The figure that it is a share of; none unless given."""
    code: str | None = None
    """The code that refuses, where the figure counts refusals."""
    name: str = ""
    """What tells it from the other checks of its case."""

    def value(self, figures: Mapping[str, Figure]) -> tuple[float, float]:
        """Give what a run says: the figure, and what it is a share of (1 where it is none)."""
        return figures.get(self.part) or 0, 1 if self.whole is None else figures.get(self.whole) or 0


def refused(code: str, expected: float, *, of: str = "", name: str = "") -> Check:
    """Check the share of items that is refused by a code.

    Args:
        code: which.
        expected: the share.
        of: of which workload or vSwitch; of all unless given.
        name: what tells it from other checks.
    """
    scope = f"@{of}" if of else ""
    return Check(part=f"rejected.{code}{scope}", whole=f"offered{scope}", code=code, expected=expected, name=name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """A sum of figures whose mean over all possible runs is 0."""

    name: str
    """What it says."""
    factors: Mapping[str, float]
    """By figure."""
    constant: float = 0.0
    """Is added."""

    def value(self, figures: Mapping[str, Figure]) -> float:
        """Give it for one run."""
        return fsum([self.constant, *((figures.get(name) or 0) * factor for name, factor in self.factors.items())])


def controls_of(workload: str, *, per_hour: float, hours: float, mean_h: float = 1.0) -> tuple[Control, ...]:
    """Give the controls of a workload with arrivals at random and lifetimes: as many come as should, and Little's law.

    Args:
        workload: its name.
        per_hour: its rate.
        hours: measured.
        mean_h: the mean lifetime.
    """
    arrivals = Control(name=f"arrivals of {workload}", factors={f"offered@{workload}": 1}, constant=-per_hour * hours)
    return (arrivals, little(workload, hours=hours, mean_h=mean_h))


def little(workload: str, *, hours: float, mean_h: float = 1.0) -> Control:
    """Give Little's law as a control: those that hold are those that came, times how long they stay."""
    return Control(
        name=f"lifetimes of {workload}",
        factors={f"mean_holders@{workload}": hours / mean_h, f"accepted@{workload}": -1},
    )


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is run."""

    runs: int
    """Replications, unless a case says its own."""
    heavy_runs: int
    """Likewise, where lifetimes have a heavy tail and take a long warm-up."""
    share: float
    """Of the full length, or number of replications, of each case."""

    def of(self, full: int) -> int:
        """Give a share of a number, at least 2."""
        return max(2, round(full * self.share))


FULL: Final = Scale(40, 24, 1)
QUICK: Final = Scale(24, 8, 1 / 8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An experiment and what is known of it."""

    family: str
    """Which formula."""
    name: str
    """What it is, in a few words; with the family, unlike all others."""
    parameters: Mapping[str, Any]
    """What goes into the formula, for people and machines."""
    trial: Trial
    """One replication."""
    runs: int
    """How many replications."""
    checks: tuple[Check, ...]
    """What is known."""
    controls: tuple[Control, ...] = ()
    """What is known to vary by chance alone."""
    is_heavy: bool = False
    """Whether lifetimes have a heavy tail."""

    @property
    def codes(self) -> frozenset[str]:
        """The only codes that may refuse anything in it."""
        return frozenset(check.code for check in self.checks if check.code is not None)

    @property
    def share_max(self) -> float:
        """How large a standard error may be, as a share of what is expected."""
        return HEAVY if self.is_heavy else LIGHT


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one check, as ``validate --json`` has it."""

    family: str
    name: str
    parameters: Mapping[str, Any]
    code: str | None
    expected: float
    estimate: float
    standard_error: float
    low: float
    """Lower end of the 95 % interval."""
    high: float
    """Upper end."""
    n: int
    """Replications."""
    z: float | None
    """How many standard errors the estimate is above what is expected; None where all runs agree on something else."""
    is_good: bool
    problem: str | None
    """What is wrong; None if nothing is."""


def trial_of(experiment: Experiment) -> Trial:
    """Make the replications of an experiment trials."""
    return partial(_figures, experiment)


def _figures(experiment: Experiment, run: int) -> Mapping[str, Figure]:
    return run_once(experiment, run).figures
