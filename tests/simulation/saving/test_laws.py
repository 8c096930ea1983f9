"""A simulation that was loaded goes on as the one that was saved would have: answers, journal lines, all that is."""

import re
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cloudsim import Simulation
from cloudsim.kernel.strategy import RandomOrder, RunToBlock
from cloudsim.operations.policy import Policy
from cloudsim.resources.consistency import EVENTUAL
from cloudsim.resources.journal import Journal, SilentJournal
from cloudsim.resources.throttle import Throttling
from cloudsim.simulation.latency import NONE, latency
from cloudsim.simulation.saving.saving import load_simulation, save_simulation, simulation_of, snapshot_of
from cloudsim.simulation.saving.whole import SimulationRecord, record
from tests.simulation.test_branches import Act, acts, go_on, simulated
from tests.small_world import REGION, Watched, a_create, a_delete, small

how_it_runs = st.fixed_dictionaries(
    {},
    optional={
        "consistency": st.just(EVENTUAL),
        "throttling": st.sampled_from(
            [
                Throttling(kind="bucket", limits={"CreateNetworkInterface": 3}),  # type: ignore[arg-type]
                Throttling(limits={"*": 2}, user=3, api=4),
            ]
        ),
        "latency": st.sampled_from(
            [NONE, latency(commit="5ms..1s", actions={"DeleteNetworkInterface": {"commit": "1s"}})]
        ),
        "seed": st.sampled_from([-7, 1 << 70]),
        "policy": st.just(Policy(address="check-then-act", token="look-up-then-commit")),  # type: ignore[arg-type]
    },
)


_MEMBER = re.compile(r"<\w+\.\w+: ('[^']*')>")


def answers_of(sim: Simulation, wanted: list[Act]) -> list[str]:
    """Say how each ended; a member of an enumeration that was written down is the equal text afterwards."""
    return [_MEMBER.sub(r"\1", answer) for answer in go_on(sim, wanted)]


def what_is(sim: Simulation) -> SimulationRecord:
    """All that is, but for what was written down before."""
    said = record(sim)
    said.journal.digest = None
    return said


@settings(deadline=None, max_examples=40)
@given(
    before=st.lists(acts, max_size=8),
    after=st.lists(acts, max_size=8),
    how=how_it_runs,
    strategy=st.sampled_from([None, RunToBlock, lambda: RandomOrder(3)]),
    is_branch=st.booleans(),
)
def test_a_loaded_simulation_goes_on_as_the_saved_one_would_have(
    before: list[Act], after: list[Act], how: dict[str, Any], strategy: Any, is_branch: bool
) -> None:
    alone = simulated(strategy=None if strategy is None else strategy(), **how)
    go_on(alone, before)
    if is_branch:
        alone = alone.clone()
    assert alone.audit() is not None, "looked at, so that all pools are there, as they are in the loaded one"
    snapshot = snapshot_of(alone)
    assert snapshot_of(alone) == snapshot, "saving changes nothing"
    lines, kept = len(alone.cloud.journal.lines), Journal(keep=True)
    is_sound = "policy" not in how
    loaded = simulation_of(snapshot, journal=kept, watch=is_sound)
    assert snapshot_of(loaded) == snapshot, "nothing was lost on the way"
    assert loaded.digest() == alone.digest()
    assert answers_of(loaded, after) == answers_of(alone, after)
    assert kept.lines == alone.cloud.journal.lines[lines:]
    assert what_is(loaded) == what_is(alone)
    found = loaded.close()
    assert found == alone.close()
    assert not (is_sound and found)


def test_a_simulation_lives_on_through_a_file_many_times(tmp_path: Path) -> None:
    path = tmp_path / "cloud.snapshot"
    alone = simulated()
    alone.caller(account="acme", name="alice")
    save_simulation(alone, path)
    for number in range(6):
        loaded = load_simulation(path)
        for sim in (alone, loaded):
            sim.submit(sim.caller_named("alice"), a_create(network_interface_name=f"n-{number}"))
            sim.run()
        save_simulation(loaded, path)
        assert what_is(loaded) == what_is(alone)
    assert [eni.name for eni in loaded.interfaces(account="acme", region=REGION)] == [f"n-{n}" for n in range(6)]


def test_troubles_are_counted_on() -> None:
    alone = Watched()
    alone.trouble.take_zone_out("cn-hangzhou-h")
    alone.run()
    loaded = simulation_of(snapshot_of(alone), journal=Journal(keep=True))
    lines = len(alone.cloud.journal.lines)
    for sim in (alone, loaded):
        sim.trouble.bring_zone_back("cn-hangzhou-h")
        sim.run()
    assert loaded.cloud.journal.lines == alone.cloud.journal.lines[lines:]


def test_a_token_is_answered_after_loading_as_it_was_before() -> None:
    sim = Watched(small(quota=1))
    made = sim.make(client_token="t-1")
    refused = sim.ask(client_token="t-2").error
    loaded = simulation_of(snapshot_of(sim), watch=True)
    replies = [loaded.submit(loaded.caller_named("alice"), a_create(client_token=f"t-{n}")) for n in (1, 2)]
    loaded.run()
    assert replies[0].result() == msgspec.structs.replace(made, request_id=replies[0].result().request_id)
    assert replies[1].error == refused


def test_a_burnt_token_stays_burnt() -> None:
    sim = Watched()
    sim.faults.burn_token()
    sim.ask(client_token="t-1")
    loaded = simulation_of(snapshot_of(sim), watch=True)
    reply = loaded.submit(loaded.caller_named("alice"), a_create(client_token="t-1"))
    loaded.run()
    assert reply.error == sim.ask(client_token="t-1").error
    assert reply.error is not None


def test_the_digest_goes_on_from_the_one_before() -> None:
    sim = Watched()
    before = sim.digest()
    loaded = simulation_of(snapshot_of(sim), journal=Journal(keep=True))
    assert loaded.digest() == before, "nothing has happened since"
    loaded.submit(loaded.caller_named("alice"), a_delete("eni-none"))
    loaded.run()
    since = b"".join(line + b"\n" for line in loaded.cloud.journal.lines)
    assert loaded.digest() == sha256(bytes.fromhex(before) + since).hexdigest()
    assert loaded.clone().digest() == loaded.digest()


def test_a_run_of_which_only_figures_were_wanted_stays_one() -> None:
    sim = Simulation(small().spec, journal=SilentJournal())
    loaded = simulation_of(snapshot_of(sim))
    assert loaded.cloud.journal.is_silent
    assert loaded.cloud.journal.events == sim.cloud.journal.events
    assert snapshot_of(loaded) == snapshot_of(sim)
    audible = simulation_of(snapshot_of(sim), journal=Journal())
    assert audible.digest() == Journal().digest()


@pytest.mark.parametrize("name", ["state", "clone"])
def test_what_hangs_goes_on_hanging(name: str) -> None:
    sim = Watched(small(profile="current"))
    sim.faults.hang_delete()
    eni = sim.make().network_interface_id
    sim.ask(a_delete(eni))
    if name == "clone":
        sim.freeze()
    loaded = simulation_of(snapshot_of(sim), watch=True)
    assert [one.status for one in loaded.interfaces(account="acme", region=REGION)] == ["Deleting"]
    loaded.submit(loaded.caller_named("alice"), a_delete(eni))
    loaded.run()
    assert not loaded.interfaces(account="acme", region=REGION)
