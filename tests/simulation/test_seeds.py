"""Seeds: the same one gives the same run, and what happens in one place moves nothing elsewhere."""

from cloudsim.resources.journal import Journal
from cloudsim.simulation.latency import DEFAULT, latency
from cloudsim.simulation.simulation import Simulation
from tests.small_world import Watched, a_create, small


def digest(seed: int, *, callers: int = 3) -> str:
    sim = Simulation(small(mask=27).spec, seed=seed, latency=DEFAULT)
    everybody = [sim.caller(account="acme") for _ in range(callers)]
    for caller in everybody:
        for _ in range(10):
            sim.submit(caller, a_create())
    sim.run()
    return sim.digest()


def test_the_same_seed_gives_the_same_digest_and_another_one_another() -> None:
    digests = [digest(seed) for seed in (1, 1, 2, 3)]
    assert digests[0] == digests[1]
    assert len(set(digests)) == 3


def test_what_is_watched_and_what_is_not_have_one_digest() -> None:
    digests = []
    for watch in (True, False):
        sim = Watched(latency=DEFAULT, watch=watch)
        for number in range(20):
            sim.send(client_token=f"t-{number % 5}")
        sim.run()
        digests.append(sim.digest())
    assert digests[0] == digests[1]


def test_one_more_caller_moves_nobody_else_s_ids() -> None:
    def ids(callers: int) -> list[str]:
        sim = Simulation(small().spec, latency=latency(commit="1ms..9ms"), journal=Journal(keep=True))
        everybody = [sim.caller(account="acme") for _ in range(callers)]
        replies = [sim.submit(caller, a_create()) for caller in everybody]
        sim.run()
        return [reply.result().network_interface_id for reply in replies]  # type: ignore[union-attr]

    assert ids(5)[:4] == ids(4)
