"""The family's calls do what they always did: speed is never bought with meaning."""

import hashlib

from cloudsim.lab.engine.family import FILTERS, VPCS, Family, growth_ratios

WHAT_THE_CALLS_DID = "9e82b779f1c535ccbef246d9352487df2972c8e5240230380c3afd5bde5d9e27"


def test_the_calls_do_what_they_did_and_the_audit_is_clean() -> None:
    family = Family(VPCS * 200)
    for filters in FILTERS.values():
        family.page(filters)
    family.cycle(2)
    family.addresses(2)
    assert family.simulation.close() == []
    assert hashlib.sha256(family.simulation.digest().encode()).hexdigest() == WHAT_THE_CALLS_DID


def test_every_filter_and_both_lives_are_held_against_their_bound() -> None:
    *found, first = growth_ratios(1, few=3_400, many=6_800)
    assert len(found) == len(FILTERS) + 2
    assert all(one.goal == 2 and one.value for one in found)
    assert first.goal is None
