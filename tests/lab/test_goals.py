"""The goals: sixteen of them, each with a bound that says when it is met. How they turn out is never tested here."""

import pytest

from cloudsim.lab.goals.cold import cold_goals
from cloudsim.lab.goals.edge import edge_goals
from cloudsim.lab.goals.every import QUICK, measure_goals
from cloudsim.lab.goals.goal import Care, Goal
from cloudsim.lab.goals.snapshots import snapshot_goals

LEAST = Care(rounds=1, warm_turnovers=0, warm_probes=0, is_quick=True)


@pytest.mark.parametrize(
    ("value", "op", "bound", "met"),
    [
        (2, "<=", 3, True), (4, "<=", 3, False), (4, ">=", 3, True), (2, ">=", 3, False), (1, "==", 1, True),
        (1.1, "==", 1, False), (None, "<=", 3, None), (2, "", None, None),
    ],
)  # fmt: skip
def test_a_goal_is_met_on_its_side_of_the_bound(
    value: float | None, op: str, bound: float | None, met: bool | None
) -> None:
    assert Goal(number=1, name="", value=value, op=op, goal=bound).met is met


def test_a_part_says_what_was_compared() -> None:
    goals = list(edge_goals(LEAST))
    assert len({goal.name for goal in goals}) == len(goals) == 2
    assert all(goal.value is not None and goal.value > 0 for goal in goals)


@pytest.mark.deep
def test_all_sixteen_goals_are_measured() -> None:
    told: list[str] = []
    goals = measure_goals(QUICK, lambda _done, _total, text: told.append(text))
    assert {goal.number for goal in goals} == set(range(1, 17))
    assert [goal.number for goal in goals] == sorted(goal.number for goal in goals)
    assert len(told) == 6
    assert {goal.value for goal in goals if "probes" in goal.name} == {1}
    # What a quick run leaves out has no value, and it is not said whether it is met.
    left_out = [goal for goal in goals if goal.value is None]
    assert [goal.number for goal in left_out] == [7, 8]
    assert [goal.met for goal in left_out] == [None, None]


@pytest.mark.deep
def test_pools_of_ten_thousand_are_weighed_and_cloned() -> None:
    goals = list(snapshot_goals(LEAST))
    assert [goal.number for goal in goals] == [11, 11, 12, 12, 13, 13]
    each = next(goal for goal in goals if goal.name.startswith("bytes for each"))
    assert each.met, "an unused pool stays small"


@pytest.mark.deep
def test_cold_pools_and_the_yardstick_are_measured() -> None:
    goals = list(cold_goals(LEAST))
    assert [(goal.number, goal.met is None) for goal in goals] == [(15, False), (16, True), (16, True)]
