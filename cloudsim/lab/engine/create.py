"""What one CreateNetworkInterface costs, through all its phases, against doing nothing and against moto.

The yardstick is a generator that does nothing but yield as often as a create has phases, through the same kernel, a
thousand at once: what the engine itself takes. A create claims a token, holds quota and group places, leases an
address, commits, is journalled line by line and answered. Peers: moto in-process (boto3 under ``mock_aws``).

Goals: at most 8 x a no-op under the default latency and 25 x without; 50 x faster than moto by submit, 20 x by a trio
client; flat from 1 000 to 1 000 000 existing ENIs; bytes for each ENI.
"""

from collections.abc import Iterator
from importlib import import_module
from itertools import count
from typing import Final

from cloudsim.api.requests import CreateNetworkInterface
from cloudsim.kernel.kernel import Kernel
from cloudsim.lab.engine.apart import apart, resident_bytes
from cloudsim.lab.engine.ratio import Effort, Ratio, is_installed, missing, once, ratio
from cloudsim.lab.timing import Variant, measure
from cloudsim.operations.operation import Phase
from cloudsim.runtime.outcome import attempt
from cloudsim.runtime.session import Session, gather
from cloudsim.simulation.latency import DEFAULT, NONE, LatencyProfile
from cloudsim.simulation.simulation import Simulation
from cloudsim.simulation.world.builder import World
from cloudsim.values.entropy import Stream

AT_ONCE: Final = 1000
PHASES: Final = (
    Phase.ADMIT,
    Phase.CLAIM_TOKEN,
    Phase.RESOLVE,
    Phase.RESERVE_QUOTA,
    Phase.LEASE_ADDRESSES,
    Phase.COMMIT,
    Phase.RESPOND,
)
ROOM: Final = 32_764
"""Usable addresses of a /17. A VPC may use 60,000, so a /16 each would bind."""


def roomy(vpcs: int) -> World:
    """A world in which nothing binds: each VPC has one vSwitch, and an enterprise group that all its ENIs fit into."""
    world = World(limits={"vpcs_per_region_max": vpcs}).account("acme", eni_quota=10_000_000)
    world.region("cn-hangzhou", zones=["cn-hangzhou-h"])
    for number in range(vpcs):
        world.vpc(f"vpc-{number}", cidr=f"10.{number}.0.0/16")
        world.vswitch(f"vsw-{number}", vpc=f"vpc-{number}", cidr=f"10.{number}.0.0/17")
        world.security_group(f"sg-{number}", vpc=f"vpc-{number}", type="enterprise")
    return world


def requests(first: int = 0, *, token: bool = True) -> Iterator[CreateNetworkInterface]:
    """Requests without end, each with a token of its own, filling one vSwitch after the other."""
    for number in count(first):
        yield CreateNetworkInterface(
            region_id="cn-hangzhou",
            vswitch_id=f"vsw-{number // ROOM}",
            security_group_id=f"sg-{number // ROOM}",
            client_token=f"123e4567-e89b-12d3-a456-{number:012d}" if token else None,
        )


class Creates:
    """A simulation into which batches of creates are submitted."""

    def __init__(self, world: World, latency: LatencyProfile, *, first: int = 0, token: bool = True) -> None:
        self.simulation = Simulation(world.spec, latency=latency)
        self.caller = self.simulation.caller(account="acme")
        self.requests = requests(first, token=token)
        self.made = 0

    def batch(self, size: int = AT_ONCE) -> int:
        """Submit creates at one instant and let them all end."""
        submit, caller = self.simulation.submit, self.caller
        for _, request in zip(range(size), self.requests, strict=False):
            submit(caller, request)
        self.simulation.run()
        self.made += size
        assert self.simulation.calls["CreateNetworkInterface"]["ok"] == self.made, "every create succeeds"
        return size


def no_ops(latency: LatencyProfile) -> Variant:
    """Generators that yield as often as a create, through a kernel of their own."""
    kernel, stream = Kernel(), Stream(1)

    def nothing() -> Iterator[int]:
        for phase in PHASES:
            distribution = latency.phases.get(phase)
            yield 0 if distribution is None else distribution.draw(stream)

    def run() -> int:
        for _ in range(AT_ONCE):
            kernel.process(nothing(), name="nothing")
        kernel.run(steps=1 << 30)
        return AT_ONCE

    return run


def trio_batch() -> int:
    """Creates by tasks of one client, in a session of its own."""
    session = Session(roomy(1).spec, latency=NONE)

    async def script() -> int:
        client = session.client(account="acme", region="cn-hangzhou")
        create = client.create_network_interface
        made = await gather(attempt(create, vswitch_id="vsw-0", security_group_id="sg-0") for _ in range(AT_ONCE))
        return sum(outcome.is_ok for outcome in made)

    assert session.drive(script) == AT_ONCE, "every create succeeds"
    return AT_ONCE


def create_part(effort: Effort) -> Iterator[Ratio]:
    """Measure it."""
    rounds = effort.rounds(31)
    yield from path_ratios(rounds)
    yield from moto_ratios(min(rounds, 11))
    yield from flatness_ratios(effort)
    made = 20_000 if effort.is_quick else 200_000
    for has_token, words, bound in ((False, "without", 1_500), (True, "with", 2_000)):
        taken = apart(bytes_each, made, has_token)["value"]
        yield once(f"bytes for each ENI {words} a live token", taken, at_most=bound)


def path_ratios(rounds: int) -> Iterator[Ratio]:
    """Hold a create against a no-op generator, with the default latency and without any."""
    variants = {
        "create": Creates(roomy(4), DEFAULT).batch,
        "no-op": no_ops(DEFAULT),
        "create at once": Creates(roomy(4), NONE).batch,
        "no-op at once": no_ops(NONE),
    }
    timings = measure(variants, rounds=rounds)
    yield ratio("create / no-op generator, default latency", timings, "create", "no-op", at_most=8)
    yield ratio("create / no-op generator, zero latency", timings, "create at once", "no-op at once", at_most=25)


def moto_ratios(rounds: int) -> Iterator[Ratio]:
    """Hold a create against moto's, without latency, since moto has none."""
    words = {"submit": ("moto / create by submit", 50), "trio": ("moto / create by a trio client", 20)}
    if not (is_installed("moto") and is_installed("boto3")):
        for name, bound in words.values():
            yield missing(name, "moto", at_least=bound)
        return
    with import_module("moto").mock_aws():
        variants = {"moto": moto_creates(), "submit": Creates(roomy(2), NONE).batch, "trio": trio_batch}
        timings = measure(variants, rounds=rounds)
    for variant, (name, bound) in words.items():
        yield ratio(name, timings, "moto", variant, at_least=bound)


def moto_creates() -> Variant:
    """Make network interfaces by boto3, under ``mock_aws``."""
    keys = {"aws_access_key_id": "a", "aws_secret_access_key": "b"}
    ec2 = import_module("boto3").client("ec2", region_name="us-east-1", **keys)
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.0.0/18")["Subnet"]["SubnetId"]

    def run() -> int:
        for _ in range(20):
            ec2.create_network_interface(SubnetId=subnet)
        return 20

    return run


def flatness_ratios(effort: Effort) -> Iterator[Ratio]:
    """Hold a create among many ENIs against one among a thousand."""
    batches = 100 if effort.is_large else 1 if effort.is_quick else 10
    few, many = Creates(roomy(34), DEFAULT), Creates(roomy(34), DEFAULT)
    few.batch()
    for _ in range(batches):
        many.batch(10_000)
    timings = measure({"few": few.batch, "many": many.batch}, rounds=effort.rounds(21))
    yield ratio(f"create among {batches}0 000 / among 1 000 ENIs", timings, "many", "few", at_most=1.5)


def bytes_each(made: int, has_token: bool) -> float:  # noqa: FBT001  as JSON brings it
    """Make ENIs, and give the growth of resident memory by ENI.

    Args:
        made: how many, in whole thousands, at least 2 000.
        has_token: whether each has a live token.
    """
    creates = Creates(roomy(8), NONE, token=has_token)
    creates.batch()
    before = resident_bytes()
    for _ in range(made // AT_ONCE - 1):
        creates.batch()
    return (resident_bytes() - before) / (made - AT_ONCE)
