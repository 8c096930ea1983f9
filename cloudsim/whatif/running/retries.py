"""Retries: what follows when an item was refused, and when it is over."""

from collections.abc import Callable
from fractions import Fraction

from cloudsim.values.duration import Ns
from cloudsim.whatif.experiment.workloads import UNTIL_PLACED, AnyWorkload, Retry

Over = Callable[[], None]
"""What follows when an item is over: its lifetime, or its last refusal."""


def nothing() -> None:
    """Follow nothing."""


def wait_before_next(workload: AnyWorkload, tries: int) -> Ns | None:
    """How long until a refused item asks again; None if it gives up.

    Args:
        workload: says how it retries.
        tries: how often the item has asked.
    """
    retry = workload.retry
    if retry == UNTIL_PLACED:
        return workload.retry_every_ns
    if not isinstance(retry, Retry) or tries >= retry.attempts:
        return None
    wait_ns = round(retry.backoff_ns * Fraction(retry.factor) ** (tries - 1))
    return wait_ns if retry.backoff_max_ns is None else min(wait_ns, retry.backoff_max_ns)
