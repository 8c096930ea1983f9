"""A closed population: so many clients, each idle for a while, then wanting one ENI for a while.

Unlike with arrivals at random, a client that holds an ENI sends no further request, so what an arriving request sees is
not what time sees: it sees the system without its own client. The refused share of requests (call congestion) is
therefore smaller than the share of time in which all is taken (time congestion). A refused client goes back to idling.
Both are insensitive to the distributions of lifetime and of idling.

Source: Engset (1918); Iversen, Teletraffic Engineering Handbook (Engset's distribution and recursion).
"""

from dataclasses import dataclass
from typing import Generic

from cloudsim.whatif.analytic.number import Number


@dataclass(frozen=True, slots=True, kw_only=True)
class Congestion(Generic[Number]):
    """How full it is, in two views."""

    time: Number
    """Share of time in which all places are taken: what ``time_share_full`` measures."""
    call: Number
    """Share of requests that are refused: what ``rejection_ratio`` measures."""


def engset(sources: int, ratio: Number, places: int) -> Congestion[Number]:
    """Give both congestions of a closed population.

    Args:
        sources: how many clients.
        ratio: mean lifetime over mean idle time (load in erlang of an idle client).
        places: how many ENIs there can be.
    """
    assert sources >= 1, "somebody asks"
    assert ratio >= 0, "times are not negative"
    return Congestion(time=_full(sources, ratio, places), call=_full(sources - 1, ratio, places))


def _full(sources: int, ratio: Number, places: int) -> Number:
    """Give the probability that all is taken; it comes out as 0 where there are more places than clients."""
    full = ratio * 0 + 1
    for place in range(1, places + 1):
        rate = (sources - place + 1) * ratio * full if place <= sources else ratio * 0
        full = rate / (place + rate)
    return full
