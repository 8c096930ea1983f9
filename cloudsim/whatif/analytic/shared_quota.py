"""Several vSwitches under one quota: each with arrivals of its own, all of them counted by the account.

The numbers of ENIs in the vSwitches, (n1, n2, ...), have a product form: independent Poisson numbers, cut off where a
vSwitch is full or their sum is the quota. It holds for lifetimes of any distribution. An arrival at vSwitch k is
refused where n_k is all it has (IpNotEnough) or the sum is the quota; where both are so, the code is that of the check
that comes first, so that case is given by itself.

Source: Kelly, "Loss networks", Annals of Applied Probability 1 (1991), section 1; Iversen, Teletraffic Engineering
Handbook (multi-dimensional loss systems, convolution).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic

from cloudsim.whatif.analytic.erlang import occupancy
from cloudsim.whatif.analytic.number import Number


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared(Generic[Number]):
    """What an arrival at one of the vSwitches meets."""

    blocked: Number
    """Refused for whichever reason: the sum of the three below."""
    only_full: Number
    """The vSwitch is full and the quota is not used up."""
    only_quota: Number
    """The quota is used up and the vSwitch is not full."""
    both: Number
    """Both: the first check names it."""


def product_form(offered: Sequence[Number], sizes: Sequence[int], quota: int) -> tuple[Shared[Number], ...]:
    """Give what arrivals at each vSwitch meet.

    Args:
        offered: load in erlang of each vSwitch.
        sizes: how many ENIs fit into each.
        quota: how many the account may have in all of them.
    """
    assert len(offered) == len(sizes) >= 1, "each vSwitch has a load and a size"
    own = [occupancy(load, size) for load, size in zip(offered, sizes, strict=True)]
    return tuple(_seen_from(own[k], _convolved(own[:k] + own[k + 1 :], own[k][0]), quota) for k in range(len(own)))


def _seen_from(mine: Sequence[Number], others: Sequence[Number], quota: int) -> Shared[Number]:
    zero = mine[0] * 0
    size = len(mine) - 1
    total = only_full = only_quota = both = zero
    for here, weight in enumerate(mine):
        for there, other in enumerate(others[: max(0, quota - here + 1)]):
            joint = weight * other
            total += joint
            is_full, is_used_up = here == size, here + there == quota
            both += joint if is_full and is_used_up else zero
            only_full += joint if is_full and not is_used_up else zero
            only_quota += joint if is_used_up and not is_full else zero
    blocked = (only_full + only_quota + both) / total
    return Shared(blocked=blocked, only_full=only_full / total, only_quota=only_quota / total, both=both / total)


def _convolved(parts: Sequence[Sequence[Number]], like: Number) -> list[Number]:
    """Give the distribution of a sum of independent numbers."""
    result = [like * 0 + 1]
    for part in parts:
        longer = [like * 0] * (len(result) + len(part) - 1)
        for place, weight in enumerate(result):
            for count, other in enumerate(part):
                longer[place + count] += weight * other
        result = longer
    return result
