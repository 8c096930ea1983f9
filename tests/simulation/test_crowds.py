"""Crowds: many calls at one instant, in any order that a strategy chooses, and never one more than fits."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from cloudsim.kernel.strategy import STRATEGIES
from cloudsim.operations.policy import CheckOrder, Policy
from cloudsim.simulation.latency import LATENCIES
from cloudsim.simulation.simulation import Simulation
from tests.small_world import Watched, a_create, a_delete, code, small

strategies = st.sampled_from(sorted(STRATEGIES))


def crowd(sim: Watched, count: int) -> Counter[str]:
    """How so many creates at once end."""
    replies = [sim.send() for _ in range(count)]
    sim.run()
    return Counter(map(code, replies))


@given(
    seed=st.integers(0, 1 << 32),
    strategy=strategies,
    latency=st.sampled_from(sorted(LATENCIES)),
    quota=st.integers(0, 6),
    callers=st.integers(0, 10),
)
def test_as_many_are_made_as_fit_whoever_goes_first(
    seed: int, strategy: str, latency: str, quota: int, callers: int
) -> None:
    sim = Watched(
        small(quota=quota, mask=29), seed=seed, strategy=STRATEGIES[strategy](seed), latency=LATENCIES[latency]
    )
    ended = crowd(sim, callers)
    assert len(sim.enis) == ended["ok"] == min(quota, 4, callers)
    assert sim.close() == []


@given(seed=st.integers(0, 1 << 32), strategy=strategies, order=st.sampled_from(CheckOrder), callers=st.integers(1, 6))
def test_of_a_crowd_with_one_token_one_eni_is_made_whoever_goes_first(
    seed: int, strategy: str, order: CheckOrder, callers: int
) -> None:
    sim = Watched(policy=Policy(order=order), strategy=STRATEGIES[strategy](seed))
    replies = [sim.send(client_token="t-1") for _ in range(callers)]
    sim.run()
    assert len(sim.enis) == 1
    assert {code(reply) for reply in replies} <= {"ok", "IdempotentProcessing"}
    answers = {reply.response.network_interface_id for reply in replies if reply.response is not None}  # type: ignore[union-attr]
    assert answers == {sim.enis[0].id}


@given(seed=st.integers(0, 1 << 32))
def test_creates_and_deletes_of_a_crowd_leave_what_their_answers_say(seed: int) -> None:
    sim = Watched(small(quota=4, mask=29, profile="current"), strategy=STRATEGIES["random"](seed))
    enis = [sim.make().network_interface_id for _ in range(3)]
    replies = [*(sim.send(a_delete(eni)) for eni in enis), *(sim.send() for _ in range(5))]
    sim.run()
    made = sum(code(reply) == "ok" for reply in replies[3:])
    assert len(sim.enis) == made
    assert 1 <= made <= 4
    assert sim.close() == []


def test_run_to_block_finishes_one_call_before_the_next_begins() -> None:
    sim = Watched(strategy=STRATEGIES["run-to-block"](0))
    crowd(sim, 3)
    phases = [line.partition(b'"call":"')[2][:7] for line in sim.cloud.journal.lines if b'"ev":"phase"' in line]
    assert phases == [name for name in (b"alice/1", b"alice/2", b"alice/3") for _ in range(6)]


def test_another_order_has_another_digest_and_the_same_order_the_same() -> None:
    def digest(strategy: str, seed: int) -> str:
        sim = Simulation(small().spec, strategy=STRATEGIES[strategy](seed), latency=LATENCIES["none"])
        caller = sim.caller(account="acme")
        for _ in range(5):
            sim.submit(caller, a_create())
        sim.run()
        return sim.digest()

    assert digest("random", 1) == digest("random", 1)
    assert len({digest("random", 1), digest("random", 2), digest("fifo", 0), digest("run-to-block", 0)}) == 4
