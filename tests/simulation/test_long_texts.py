"""Texts of any length come from outside, and what is kept of them for ever is short."""

from cloudsim import Simulation
from cloudsim.resources.journal import Journal
from tests.small_world import a_create, small

LONG = "x" * 1_000_000


def test_neither_the_journal_nor_a_token_keeps_a_long_text() -> None:
    journal = Journal(keep=True)
    sim = Simulation(small().spec, journal=journal)
    caller = sim.caller(account="acme")
    for number, wrong in enumerate(({"region_id": LONG}, {"vswitch_id": LONG}, {"security_group_id": LONG})):
        reply = sim.submit(caller, a_create(client_token=f"t-{number}", **wrong))
        sim.run()
        assert reply.error is not None
        assert len(reply.error.message) < 1_000
        assert sum(len(str(fact)) for fact in reply.error.facts.values()) < 1_000
    assert max(len(line) for line in journal.lines) < 2_000
