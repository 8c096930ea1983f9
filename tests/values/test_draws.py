"""Ids, MAC addresses and RequestIds have the real shape, are unique, and belong to their call alone."""

import re

from hypothesis import given
from hypothesis import strategies as st

from cloudsim.values.draws import Draws
from cloudsim.values.entropy import Entropy
from cloudsim.values.ids import MAC_COUNT, mac_text, region_infix


def test_draws_are_what_they_were_in_every_version_and_on_every_platform() -> None:
    draws = Draws(Entropy(7), "client-1/1")
    assert draws.id("eni", "bp1", ()) == "eni-bp18lvuy9v5dvctuh85k"
    assert draws.request_id() == "E785647B-CC6A-4FA7-87C7-6E57552159EB"
    assert mac_text(draws.mac(())) == "00:16:3e:93:0e:c9"
    assert draws.latency().below(1 << 32) == 3635972647


@given(st.integers(), st.text(max_size=20))
def test_every_draw_has_the_real_shape(seed: int, key: str) -> None:
    draws = Draws(Entropy(seed), key)
    assert re.fullmatch(r"eni-bp1[0-9a-z]{17}", draws.id("eni", "bp1", ()))
    assert re.fullmatch(r"[0-9A-F]{8}-[0-9A-F]{4}-4[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}", draws.request_id())
    assert re.fullmatch(r"00:16:3e(:[0-9a-f]{2}){3}", mac_text(draws.mac(())))


def test_the_order_of_draws_moves_none_of_them() -> None:
    first, second = Draws(Entropy(1), "c/1"), Draws(Entropy(1), "c/1")
    assert (first.mac(()), first.request_id()) == (second.request_id(), second.mac(()))[::-1]
    assert first.integer("fault") == Draws(Entropy(1), "c/1").integer("fault")


def test_an_id_that_is_taken_is_drawn_again() -> None:
    draws = Draws(Entropy(1), "c/1")
    taken = draws.id("eni", "bp1", ())
    other = draws.id("eni", "bp1", {taken})
    third = draws.id("eni", "bp1", {taken, other})
    assert len({taken, other, third}) == 3


def test_a_mac_address_that_is_taken_gives_way_to_the_next_one_around_the_end() -> None:
    draws = Draws(Entropy(1), "c/1")
    first = draws.mac(())
    assert draws.mac({first}) == (first + 1) % MAC_COUNT
    everything_but_one = range(1, MAC_COUNT)
    assert draws.mac(everything_but_one) == 0


def test_a_region_without_a_known_infix_gets_one_of_its_own_that_never_changes() -> None:
    assert region_infix("cn-hangzhou") == "bp1"
    assert region_infix("ap-southeast-1") == region_infix("ap-southeast-1")
    assert re.fullmatch(r"[0-9a-z]{3}", region_infix("ap-southeast-1"))


def test_each_part_of_a_call_has_chance_of_its_own_and_the_same_every_time() -> None:
    call = Draws(Entropy(1), "alice/1")
    parts = [call.child(str(number)).id("i", "bp1", ()) for number in range(50)]
    assert len({*parts, call.id("i", "bp1", ())}) == 51
    assert parts[7] == Draws(Entropy(1), "alice/1").child("7").id("i", "bp1", ())
