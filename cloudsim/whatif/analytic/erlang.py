"""A pool or a quota as a loss system: arrivals at random, any lifetimes, who finds no place is gone.

A vSwitch with c free addresses, ENIs that arrive as a Poisson process and live for times of any distribution with a
finite mean: the share that is refused is Erlang's B, in which only the mean lifetime appears (insensitivity). So is the
share of time with all c taken (arrivals at random see time averages). A quota of c is the same.

Source: Erlang (1917); Sevastyanov (1957) for insensitivity; Iversen, Teletraffic Engineering Handbook (ITU-D SG 2/16)
for the recursion; Kaufman, "Blocking in a shared resource environment", IEEE Transactions on Communications 29 (1981);
Roberts (1981).
"""

from collections.abc import Sequence
from typing import Final

from cloudsim.whatif.analytic.number import Number

_LARGE: Final = 1e200


def erlang_b(offered: Number, places: int) -> Number:
    """Give the share of arrivals that find all places taken.

    Args:
        offered: load in erlang, not negative.
        places: how many, 0 or more.
    """
    assert offered >= 0, "a load is not negative"
    assert places >= 0, "nor is a number of places"
    blocked = offered * 0 + 1
    for place in range(1, places + 1):
        blocked = offered * blocked / (place + offered * blocked)
    return blocked


def carried(offered: Number, places: int) -> Number:
    """Give the mean number of places taken: the load that is not refused."""
    return offered * (1 - erlang_b(offered, places))


def occupancy(offered: Number, places: int) -> list[Number]:
    """Give the probabilities that 0, 1, ... ``places`` are taken: a Poisson distribution, cut off.

    They are built from the most likely number outwards, so that no power or factorial is ever large.
    """
    mode = min(places, int(offered))
    one = offered * 0 + 1
    below, above = [one], [one]
    for taken in range(mode, 0, -1):
        below.append(below[-1] * taken / offered)
    for taken in range(mode + 1, places + 1):
        above.append(above[-1] * offered / taken)
    weights = below[:0:-1] + above
    total = sum(weights, start=one * 0)
    return [weight / total for weight in weights]


def places_needed(offered: float, at_most: float) -> int:
    """Give the smallest number of places that blocks at most so large a share, above 0."""
    assert at_most > 0, "any finite number of places blocks somebody"
    blocked, places = 1.0, 0
    while blocked > at_most:
        places += 1
        blocked = offered * blocked / (places + offered * blocked)
    return places


def kaufman_roberts(classes: Sequence[tuple[Number, int]], places: int) -> tuple[Number, ...]:
    """Give the refused share of each class of ENIs that take several addresses at once, all or none.

    Args:
        classes: per class its load in erlang (of ENIs, not of addresses) and how many addresses each takes, 1 or more.
        places: addresses in the pool.
    """
    assert classes, "somebody arrives"
    assert all(size >= 1 for _, size in classes), "an ENI takes an address"
    one = classes[0][0] * 0 + 1
    weights = [one]
    for taken in range(1, places + 1):
        terms = (load * size * weights[taken - size] for load, size in classes if size <= taken)
        weights.append(sum(terms, start=one * 0) / taken)
        if weights[-1] > _LARGE:
            weights = [weight / weights[-1] for weight in weights]
    total = sum(weights, start=one * 0)
    return tuple(sum(weights[max(0, places - size + 1) :], start=one * 0) / total for _, size in classes)
