"""Ratios, and how many rounds they are measured in."""

import pytest

from cloudsim.lab.engine.ratio import Effort, missing, once, rate, ratio
from cloudsim.lab.timing import Timing

TIMINGS = {"ours": Timing((1.0, 2.0, 4.0)), "theirs": Timing((3.0, 4.0, 8.0))}


def test_a_ceiling_tells_the_time_of_ours_and_so_does_a_floor() -> None:
    ceiling = ratio("", TIMINGS, "ours", "theirs", at_most=0.6)
    floor = ratio("", TIMINGS, "theirs", "ours", at_least=2.5)
    assert (ceiling.value, ceiling.ns, ceiling.met, ceiling.low, ceiling.high) == (0.5, 2, True, (1 / 3 + 0.5) / 2, 0.5)
    assert (floor.value, floor.ns, floor.met, floor.low, floor.high) == (2, 2, False, 2, 2.5)


def test_a_rate_is_of_a_second_and_more_is_better() -> None:
    found = rate("", Timing((1000.0,) * 3), at_least=999_999)
    assert (found.value, found.op, found.met) == (1e6, ">=", True)


def test_nothing_is_met_where_a_peer_is_missing_and_nothing_is_known_of_the_noise_of_one_time() -> None:
    assert missing("", "simpy", at_most=1).met is None
    alone = once("", 5, at_most=6)
    assert alone.met
    assert alone.low is None


@pytest.mark.parametrize(("usual", "quick"), [(31, 7), (15, 3), (7, 3), (9, 3)])
def test_quick_rounds_are_few_and_odd(usual: int, quick: int) -> None:
    assert Effort(is_quick=True).rounds(usual) == quick
    assert Effort().rounds(usual) == usual
