"""The states of an ENI: one table, and whatever is not in it is refused and changes nothing."""

import pytest

from cloudsim.errors.network import InvalidOperationInvalidEniState
from cloudsim.resources.interface import TRANSITIONS, EniEvent, EniStatus, NetworkInterface
from tests.small_world import Watched


def an_eni(status: EniStatus) -> NetworkInterface:
    sim = Watched()
    sim.make()
    (eni,) = sim.enis
    eni.status = status
    return eni


@pytest.mark.parametrize("status", EniStatus)
@pytest.mark.parametrize("event", EniEvent)
def test_every_move_is_in_the_table_or_refused(status: EniStatus, event: EniEvent) -> None:
    eni = an_eni(status)
    after = TRANSITIONS.get((status, event))
    if after is not None:
        eni.advance(event)
        assert eni.status is after
    else:
        with pytest.raises(InvalidOperationInvalidEniState) as refused:
            eni.advance(event)
        assert eni.status is status
        assert f'while current status is "{status}"' in refused.value.message
        assert all(before in refused.value.message for before, move in TRANSITIONS if move is event)


def test_an_eni_that_is_gone_stays_gone() -> None:
    assert not [before for before, _ in TRANSITIONS if before is EniStatus.GONE]


def test_every_state_but_the_first_is_come_to_by_some_move() -> None:
    assert {EniStatus.AVAILABLE, *TRANSITIONS.values()} == set(EniStatus)
