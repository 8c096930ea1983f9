"""Dials of an experiment: latency, policies, throttling and consistency, as a simulation takes them."""

from collections.abc import Callable
from typing import Any

from cloudsim.errors.own import DurationError, SettingError
from cloudsim.operations.policy import Policy
from cloudsim.resources.consistency import Consistency
from cloudsim.resources.throttle import Throttling
from cloudsim.scenario.dials import consistency_from, policy_from, throttling_from
from cloudsim.simulation.latency import LatencyProfile, latency, latency_named
from cloudsim.simulation.world.findings import Findings
from cloudsim.whatif.experiment.spec import Experiment, Settings


def latency_of(experiment: Experiment) -> LatencyProfile:
    """Give the latency profile.

    Raises:
        SettingError: there is none of that name, or no phase.
        DurationError: a time is none.
    """
    said = experiment.latency
    if isinstance(said, str):
        return latency_named(said)
    phases: dict[str, Any] = {**said}
    return latency(**phases)


def policy_of(experiment: Experiment) -> Policy:
    """Give the policies.

    Raises:
        SettingError: there is no such policy or value.
        DurationError: a window is no duration.
    """
    return policy_from(experiment.policy)


def throttling_of(experiment: Experiment) -> Throttling | None:
    """Give what is let through; None where nothing is limited.

    Raises:
        SettingError: there is no such kind or action, or a number is none.
    """
    return throttling_from(_flat("throttling", experiment.throttling), None)


def consistency_of(experiment: Experiment) -> Consistency:
    """Give how late descriptions are.

    Raises:
        SettingError: there is no such name.
        DurationError: a value is no duration.
    """
    return consistency_from(_flat("consistency", experiment.consistency), "immediate")


def _flat(name: str, settings: Settings) -> dict[str, str | int]:
    """Write a table of settings the way scenarios have them, ``throttling`` and ``throttling.user``."""
    return {name if key == "kind" else f"{name}.{key}": value for key, value in settings.items()}


def check_dials(experiment: Experiment, findings: Findings) -> None:
    """Note every dial that cannot be set."""
    dials: tuple[tuple[str, Callable[[Experiment], object]], ...] = (
        ("latency", latency_of),
        ("policy", policy_of),
        ("throttling", throttling_of),
        ("consistency", consistency_of),
    )
    for key, read in dials:
        try:
            read(experiment)
        except (SettingError, DurationError) as error:
            findings.add(key, str(error))
