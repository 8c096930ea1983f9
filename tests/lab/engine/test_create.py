"""The creates do what they always did: speed is never bought with meaning."""

import hashlib

from cloudsim.lab.engine import create
from cloudsim.simulation.latency import DEFAULT, NONE

WHAT_THE_CREATES_DID = "ae53341f9867d4f7aceb1be08628cddb727d27ec54fe8afd388169bf57df1a2a"


def test_the_creates_do_what_they_did_and_leak_nothing() -> None:
    digest = hashlib.sha256()
    for latency in (DEFAULT, NONE):
        creates = create.Creates(create.roomy(1), latency)
        creates.batch(20)
        digest.update(creates.simulation.digest().encode())
        assert creates.simulation.close() == []
        assert create.no_ops(latency)() == create.AT_ONCE
    assert digest.hexdigest() == WHAT_THE_CREATES_DID


def test_a_create_is_held_against_a_generator_with_as_many_yields() -> None:
    found = list(create.path_ratios(1))
    assert [one.goal for one in found] == [8, 25]
    assert all(one.value for one in found)


def test_tasks_of_one_client_all_get_their_eni() -> None:
    assert create.trio_batch() == create.AT_ONCE


def test_moto_is_held_against_ours_or_named() -> None:
    found = list(create.moto_ratios(1))
    assert [one.goal for one in found] == [50, 20]
    assert all(one.value or one.note == "moto" for one in found)


def test_bytes_are_those_of_enis() -> None:
    # Resident memory grows by pages, and by less where what ran before has left room.
    assert 0 <= create.bytes_each(2_000, has_token=False) < 10_000
