"""What benchmarks have in common: goals, and how they are reported. How time is taken is tested in the laboratory."""

import json

import pytest

from benchmarks.harness import Goal, report


def test_a_goal_is_met_on_its_side_of_the_bound() -> None:
    assert Goal(what="", ratio=2, bound=3).is_met
    assert not Goal(what="", ratio=4, bound=3).is_met
    assert Goal(what="", ratio=4, bound=3, is_floor=True).is_met


def test_a_report_is_a_table_or_json(capsys: pytest.CaptureFixture[str]) -> None:
    goals = [Goal(what="quick", ratio=1, bound=2, ns=5), Goal(what="slow", ratio=3, bound=4, is_floor=True)]
    report(goals, as_json=False)
    table = capsys.readouterr().out.splitlines()
    assert [line.split()[-1] for line in table[1:]] == ["pass", "MISS"]
    report(goals, as_json=True)
    assert [(row["what"], row["is_met"]) for row in json.loads(capsys.readouterr().out)] == [
        ("quick", True),
        ("slow", False),
    ]
