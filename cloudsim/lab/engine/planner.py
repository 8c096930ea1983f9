"""What-ifs: how many calls a CPU second has in planner mode.

    experiments  replications as sweeps make them, with metrics; ENIs of a Poisson workload without and with the
                 journal's digest, and pods on a fleet's ENIs
    calls alone  a create and a delete by ``Simulation.perform`` and by the straight way, which experiments go

Two of the goals are rates, as the issue sets them, and not ratios: they hold for the kind of machine on which they were
set.
"""

from collections import deque
from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from cloudsim.api.requests import CreateNetworkInterface, DeleteNetworkInterface
from cloudsim.lab.engine.create import roomy
from cloudsim.lab.engine.ratio import Effort, Ratio, rate, ratio
from cloudsim.lab.timing import Variant, measure
from cloudsim.resources.interface import NetworkInterface
from cloudsim.resources.journal import Journal, SilentJournal
from cloudsim.simulation.latency import NONE
from cloudsim.simulation.simulation import Simulation
from cloudsim.simulation.straight import StraightWay
from cloudsim.whatif.experiment.building import from_tables
from cloudsim.whatif.experiment.check import check
from cloudsim.whatif.experiment.spec import Experiment
from cloudsim.whatif.experiment.worlds import read_world
from cloudsim.whatif.running.replication import run_once

REGION: Final = "cn-hangzhou"
LIVE: Final = 500
"""ENIs that exist while calls alone are made."""


def planner_part(effort: Effort) -> Iterator[Ratio]:
    """Measure it."""
    rounds = effort.rounds(9)
    yield from experiment_rates(rounds, hours=5 if effort.is_quick else 20)
    yield from call_ratios(rounds)


def experiment_rates(rounds: int, *, hours: int) -> Iterator[Ratio]:
    """Count the calls of a CPU second, replication by replication."""
    enis, pods = pool(hours=hours), fleet(hours=hours)
    variants = {
        "ENIs": partial(_calls, enis, with_digest=False),
        "ENIs, with digest": partial(_calls, enis, with_digest=True),
        "pods": partial(_calls, pods, with_digest=False),
    }
    timings = measure(variants, rounds=rounds, collects=True)
    floors = {"ENIs": 60_000, "ENIs, with digest": 30_000}
    for name, timing in timings.items():
        yield rate(f"calls per CPU second: {name}", timing, at_least=floors.get(name))


def _calls(experiment: Experiment, *, with_digest: bool) -> int:
    """Make a run, and give how many API calls were in it."""
    return int(run_once(experiment, 0, with_digest=with_digest).figures["calls"] or 0)


def call_ratios(rounds: int, *, pairs: int = 1000) -> Iterator[Ratio]:
    """Hold creates and deletes by ``perform`` against the same by the straight way, without and with the digest."""
    timings = measure(
        {
            "perform": performed(SilentJournal(), pairs),
            "straight": straight(SilentJournal(), pairs),
            "perform, digest": performed(Journal(), pairs),
            "straight, digest": straight(Journal(), pairs),
        },
        rounds=rounds,
    )
    for digest, words in (("", "silent"), (", digest", "with digest")):
        over, under = f"perform{digest}", f"straight{digest}"
        yield ratio(f"a call by perform / by the straight way, {words}", timings, over, under, at_least=2)
    for digest, words in (("", "silent"), (", digest", "with digest")):
        yield rate(f"calls per CPU second: the straight way alone, {words}", timings[f"straight{digest}"])


def _small(journal: Journal) -> Simulation:
    return Simulation(roomy(1).spec, seed=1, latency=NONE, journal=journal)


def performed(journal: Journal, pairs: int) -> Variant:
    """Make and delete ENIs by :meth:`Simulation.perform`, the oldest first; one operation is a call."""
    simulation = _small(journal)
    caller, live = simulation.caller(account="acme", name="pods"), deque[str]()
    create = CreateNetworkInterface(region_id=REGION, vswitch_id="vsw-0", security_group_id="sg-0")

    def make() -> None:
        made: Any = simulation.perform(caller, create).result()
        live.append(made.network_interface_id)

    def end() -> None:
        reply = simulation.perform(caller, DeleteNetworkInterface(region_id=REGION, network_interface_id=live[0]))
        assert reply.error is None, "every delete succeeds"
        live.popleft()

    for _ in range(LIVE):
        make()

    def run() -> int:
        for _ in range(pairs):
            make()
            end()
        return 2 * pairs

    return run


def straight(journal: Journal, pairs: int) -> Variant:
    """Do the same by the straight way."""
    simulation = _small(journal)
    caller, live = simulation.caller(account="acme", name="pods"), deque[NetworkInterface]()
    way = StraightWay(simulation, caller, region=REGION, vswitch="vsw-0", group="sg-0")

    def make() -> None:
        made = way.create()
        assert isinstance(made, NetworkInterface), "every create succeeds"
        live.append(made)

    for _ in range(LIVE):
        make()

    def run() -> int:
        for _ in range(pairs):
            make()
            assert way.delete(live.popleft()) is None, "every delete succeeds"
        return 2 * pairs

    return run


def pool(*, hours: int, runs: int = 1, cidr: str = "10.0.0.0/24", load: int = 200) -> Experiment:
    """ENIs that come at random and stay for an hour on average."""
    return _experiment(
        cidr, {"kind": "poisson", "rate": f"{load}/h", "lifetime": {"kind": "exponential", "mean": "1h"}}, hours, runs
    )


def fleet(*, hours: int) -> Experiment:
    """Pods on shared ENIs of as many nodes as they need."""
    pods = {
        "kind": "poisson", "rate": "200/h", "lifetime": {"kind": "exponential", "mean": "1h"},
        "holds": "ip", "vswitch": ["vsw-a"],
    }  # fmt: skip
    nodes = {"instance_type": "ecs.g7ne.xlarge", "nodes": "first-fit", "mode": "shared-eni"}
    return _experiment("10.0.0.0/22", pods, hours, 1, fleet=nodes)


def _experiment(cidr: str, workload: dict[str, Any], hours: int, runs: int, **more: Any) -> Experiment:  # noqa: ANN401
    world = {
        "account": [{"id": "acme", "eni_quota": 100_000}],
        "region": [{"id": "cn-hangzhou", "zones": ["cn-hangzhou-h"]}],
        "vpc": [{"id": "vpc-1", "cidr": "10.0.0.0/8"}],
        "vswitch": [{"id": "vsw-a", "zone": "cn-hangzhou-h", "cidr": cidr}],
        "security_group": [{"id": "sg-1", "capacity": 100_000}],
    }
    top = {"format": 1, "name": "bench", "seed": 1, "runs": runs, "horizon": f"{hours}h", "latency": "none"}
    made = from_tables({**top, "workload": [{"name": "pods", **workload}], **more}, read_world(world))
    check(made)
    return made
