"""Named addresses: clients that each name an address at random, without looking, collide as birthdays do.

No workload names addresses, so these runs make their calls themselves, through the same operations.
"""

from collections.abc import Iterator, Mapping
from functools import partial
from ipaddress import IPv4Network
from typing import Final

from cloudsim.api.requests import CreateNetworkInterface, DeleteNetworkInterface
from cloudsim.resources.journal import Journal
from cloudsim.simulation.latency import latency_named
from cloudsim.simulation.simulation import Simulation
from cloudsim.values.entropy import Entropy
from cloudsim.whatif.analytic import birthday, collisions_expected
from cloudsim.whatif.experiment.worlds import read_world
from cloudsim.whatif.running.replication import Figure
from cloudsim.whatif.validation.case import DUPLICATED, Case, Check, Scale
from cloudsim.whatif.validation.worlds import SEED, world_tables

_ROUNDS: Final = 4
"""In each replication; between them everything is deleted."""


def naming_cases(scale: Scale) -> Iterator[Case]:
    """Give them all.

    Args:
        scale: how much is run.
    """
    any_of_6 = Check(
        part="rounds.collided", whole="rounds", expected=float(birthday(6, 12)), code=DUPLICATED, name="any collision"
    )
    yield _case(scale, "6 named of 12", "10.0.0.0/28", 6, any_of_6, runs=1000)
    refused_of_40 = Check(
        part=f"rejected.{DUPLICATED}", whole="offered", expected=float(collisions_expected(40, 60)) / 40,
        code=DUPLICATED, name="refused",
    )  # fmt: skip
    yield _case(scale, "40 named of 60", "10.0.0.0/26", 40, refused_of_40, runs=80)


def _case(scale: Scale, name: str, cidr: str, drawn: int, check: Check, *, runs: int) -> Case:
    return Case(
        family="named addresses",
        name=name,
        parameters={"cidr": cidr, "drawn": drawn},
        trial=partial(_figures, name, cidr, drawn),
        runs=scale.of(runs),
        checks=(check,),
    )


def _figures(name: str, cidr: str, drawn: int, run: int) -> Mapping[str, Figure]:
    """Let clients name addresses, round by round."""
    entropy = Entropy(Entropy(SEED).integer("validate", f"{name}/{run}", bits=48))
    world = read_world(world_tables({"vsw-a": cidr}))
    simulation = Simulation(world, seed=run, latency=latency_named("none"), journal=Journal())
    caller = simulation.caller(account="acme", name="clients")
    hosts = [str(address) for address in IPv4Network(cidr)][1:-3]
    codes: dict[str, int] = {}
    collided = 0
    for turn in range(_ROUNDS):
        made: list[str] = []
        for number in range(drawn):
            wish = hosts[entropy.integer("named", f"{turn}/{number}", bits=64) * len(hosts) >> 64]
            reply = simulation.perform(
                caller,
                CreateNetworkInterface(
                    region_id="cn-hangzhou", vswitch_id="vsw-a", security_group_id="sg-1", primary_ip_address=wish
                ),
            )
            if reply.error is None:
                made.append(reply.response.network_interface_id)  # type: ignore[union-attr]
            else:
                codes[reply.error.code] = codes.get(reply.error.code, 0) + 1
        collided += len(made) < drawn
        for eni_id in made:
            simulation.perform(caller, DeleteNetworkInterface(region_id="cn-hangzhou", network_interface_id=eni_id))
    return {
        "rounds": _ROUNDS,
        "rounds.collided": collided,
        "offered": _ROUNDS * drawn,
        "rejected": sum(codes.values()),
        **{f"rejected.{code}": count for code, count in codes.items()},
    }
