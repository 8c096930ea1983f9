"""All cases."""

from collections.abc import Callable, Iterator
from typing import Final

from cloudsim.whatif.validation.case import FULL, Case, Scale
from cloudsim.whatif.validation.clients import client_cases
from cloudsim.whatif.validation.growing import growing_cases
from cloudsim.whatif.validation.losses import loss_cases
from cloudsim.whatif.validation.naming import naming_cases
from cloudsim.whatif.validation.sharing import sharing_cases
from cloudsim.whatif.validation.throttles import throttle_cases

_FAMILIES: Final[tuple[Callable[[Scale], Iterator[Case]], ...]] = (
    loss_cases, sharing_cases, client_cases, throttle_cases, growing_cases, naming_cases,
)  # fmt: skip


def all_cases(scale: Scale = FULL) -> tuple[Case, ...]:
    """Make all cases.

    Args:
        scale: how much is run.
    """
    return tuple(case for cases in _FAMILIES for case in cases(scale))
