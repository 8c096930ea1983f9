"""Limits, the tightest first: what binds, and what would bind next if that were lifted.

A limit is a vSwitch's addresses or a quota. How tight it is says ``growth_factor``: its size over the peak of its use,
so that many times the load would use it up. Of a limit that refused, that is 1 at most. What was refused there never
came to the limits behind it, so their factors are upper limits then, and are told as such.
"""

from collections.abc import Iterator
from typing import Final

import msgspec

from cloudsim.whatif.report.results import Results, Variant

_FACTOR: Final = "growth_factor@"
_QUOTA: Final = "quota:"


class Limit(msgspec.Struct, frozen=True, kw_only=True):
    """One limit of a variant."""

    scope: str
    """As figures name it: a vSwitch, or ``quota:ACCOUNT/REGION``."""
    factor: float
    """So many times the load would use it up."""
    peak: float
    """Addresses, or ENIs, in use at the peak."""
    room: float | None
    """What was left then."""
    exhausted: float
    """The share of runs in which it was used up once or more."""
    first_s: float | None
    """When it was first used up, by the median of the runs; None where most never used it up."""

    @property
    def name(self) -> str:
        """What people call it."""
        if self.scope.startswith(_QUOTA):
            return f"the quota of ENIs of {self.scope.removeprefix(_QUOTA)}"
        return f"the addresses of {self.scope}"

    @property
    def binds(self) -> bool:
        """Whether it was used up, in any run."""
        return self.exhausted > 0


def limits_of(results: Results, place: int) -> tuple[Limit, ...]:
    """Give the limits of a variant, the tightest first; vSwitches that nobody uses are left out.

    Args:
        results: of the sweep.
        place: of the variant.
    """
    variant = results.variants[place]
    # Zones and accounts are sums of limits, and none themselves.
    vswitches = {name for one in results.series.get(place, ()) for name in one.in_use}
    found = [
        _limit(variant, name.removeprefix(_FACTOR), one.estimate)
        for name, one in variant.metrics.items()
        if name.startswith(_FACTOR) and one.estimate is not None
    ]
    return tuple(
        sorted(
            (one for one in found if one.scope in vswitches or one.scope.startswith(_QUOTA)),
            key=lambda one: (-one.exhausted, one.factor, one.scope),
        )
    )


def _limit(variant: Variant, scope: str, factor: float) -> Limit:
    of = "peak_enis" if scope.startswith(_QUOTA) else "peak_addresses"
    return Limit(
        scope=scope,
        factor=factor,
        peak=variant.value(f"{of}@{scope}") or 0.0,
        room=variant.value(f"headroom@{scope}"),
        exhausted=variant.value(f"p_any_exhaustion@{scope}") or 0.0,
        first_s=variant.value(f"time_to_exhaustion.q50@{scope}"),
    )


def next_limit(limits: tuple[Limit, ...]) -> Iterator[str]:
    """Say what would bind first as the load grows, or next if what binds were lifted."""
    free = [one for one in limits if not one.binds]
    if not free:
        return
    first = free[0]
    if len(free) == len(limits):
        yield f"As the load grows, {first.name} would bind first, at {first.factor:.3g} times as much."
        return
    binding = " and ".join(one.name for one in limits if one.binds)
    yield (
        f"If {binding} were more, the next limit would be {first.name}, at no more than {first.factor:.3g} times the "
        "load: what was refused never came there."
    )
