"""Pins: counted, and taken off in any case."""

import pytest

from cloudsim.resources.journal import Journal
from cloudsim.resources.ledger import Ledger, Mode
from cloudsim.resources.pin import Pin, pins_key
from tests.resources.touches import Touches


class Thing:
    """Something to stand on."""

    def __init__(self, name: str) -> None:
        self.id = name
        self.pins = 0


def a_ledger() -> Ledger:
    return Ledger(Journal())


def test_things_are_pinned_for_the_length_of_the_block() -> None:
    one, other = Thing("vsw-1"), Thing("sg-1")
    with Pin(a_ledger(), one, other):
        assert (one.pins, other.pins) == (1, 1)
    assert (one.pins, other.pins) == (0, 0)


def test_pins_of_several_requests_are_counted() -> None:
    ledger, thing = a_ledger(), Thing("vsw-1")
    with Pin(ledger, thing):
        with Pin(ledger, thing):
            assert thing.pins == 2
        assert thing.pins == 1


def test_a_pin_that_is_kept_is_off_and_is_not_taken_off_again() -> None:
    thing = Thing("vsw-1")
    with Pin(a_ledger(), thing) as pin:
        pin.keep()
        assert thing.pins == 0
    assert thing.pins == 0


def test_a_pin_goes_whatever_ends_the_block() -> None:
    thing = Thing("vsw-1")
    with pytest.raises(GeneratorExit), Pin(a_ledger(), thing):
        raise GeneratorExit
    assert thing.pins == 0


def test_only_a_pin_that_was_set_is_taken_off() -> None:
    thing = Thing("vsw-1")
    pin = Pin(a_ledger(), thing)
    pin.keep()
    with pytest.raises(AssertionError, match="only a pin that was set"):
        pin.keep()


def test_setting_and_taking_off_are_additions_which_commute() -> None:
    ledger = a_ledger()
    ledger.watcher = touches = Touches()
    with Pin(ledger, Thing("vsw-1"), Thing("sg-1")):
        pass
    assert touches.seen == [(pins_key("vsw-1"), Mode.ADD), (pins_key("sg-1"), Mode.ADD)] * 2
