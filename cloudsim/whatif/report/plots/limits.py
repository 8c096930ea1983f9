"""Limits of calls that an experiment states, for plots of calls."""

from collections.abc import Mapping, Sequence
from typing import Any

from cloudsim.whatif.report.results import Results


def call_limits(results: Results, variant: int, actions: Sequence[str]) -> dict[str, float]:
    """Give the calls per minute that are let through, by action; those of all calls together by ``all calls``.

    Args:
        results: of the sweep; without its experiment no limits are known.
        variant: its number.
        actions: those that a plot is about.
    """
    said: Any = (results.experiment or {}).get("throttling")
    settings = dict(said) if isinstance(said, Mapping) else {}
    for key, value in results.variants[variant].axes.items():
        if key.startswith("throttling."):
            settings[key.partition(".")[2]] = value
    if settings.get("kind", "none") == "none":
        return {}
    limits = {name: float(value) for name, value in settings.items() if name in actions}
    for name in ("user", "api"):
        if isinstance(settings.get(name), int | float):
            limits[f"all calls ({name})"] = float(settings[name])
    return limits
