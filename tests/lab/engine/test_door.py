"""What the door is asked in the benchmark is what is submitted beside it."""

import pytest

from cloudsim.lab.engine.door import CALLS, AtTheDoor, Submitted


@pytest.mark.parametrize("is_signed", [False, True])
def test_the_same_enis_are_made_at_the_door_and_by_submit(is_signed: bool) -> None:
    door, submitted = AtTheDoor(is_signed=is_signed), Submitted()
    door.prepare()
    assert door.run() == submitted.run() == CALLS
    mine, theirs = (
        {eni.id for eni in one.simulation.interfaces(account="acme", region="cn-hangzhou")} for one in (door, submitted)
    )
    assert mine == theirs
    assert len(mine) == CALLS
