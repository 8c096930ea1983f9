"""What one CreateNetworkInterface costs, through all its phases, against doing nothing and against moto.

The yardstick is a generator that does nothing but yield as often as a create has phases, through the same kernel, a
thousand at once: what the engine itself takes. A create claims a token, holds quota and group places, leases an
address, commits, is journalled line by line and answered. Peers: moto in-process (boto3 under ``mock_aws``), where
installed.

Goals: at most 8 x a no-op under the default latency and 25 x without; 50 x faster than moto by submit, 20 x by a trio
client; flat from 1 000 to 1 000 000 existing ENIs; bytes for each ENI. ``--large`` adds the last two, which take
minutes.
"""

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from typing import Any

from benchmarks.harness import Goal, Variant, main, measure
from cloudsim import CreateNetworkInterface, Session, Simulation, World, attempt, gather
from cloudsim.kernel.kernel import Kernel
from cloudsim.operations.operation import Phase
from cloudsim.simulation.latency import DEFAULT, NONE, LatencyProfile
from cloudsim.values.entropy import Stream

AT_ONCE = 1000
PHASES = (
    Phase.ADMIT,
    Phase.CLAIM_TOKEN,
    Phase.RESOLVE,
    Phase.RESERVE_QUOTA,
    Phase.LEASE_ADDRESSES,
    Phase.COMMIT,
    Phase.RESPOND,
)
ROOM = 32_764
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


def bench_create_path_1000(rounds: int) -> list[Goal]:
    """A create against a no-op generator, with the default latency and without any."""
    variants = {
        "create": Creates(roomy(4), DEFAULT).batch,
        "no-op": no_ops(DEFAULT),
        "create at once": Creates(roomy(4), NONE).batch,
        "no-op at once": no_ops(NONE),
    }
    timings = measure(variants, rounds=rounds)
    return [
        Goal(
            what="create / no-op generator, default latency",
            ratio=timings["create"].ratio(timings["no-op"]),
            bound=8,
            ns=timings["create"].ns,
        ),
        Goal(
            what="create / no-op generator, zero latency",
            ratio=timings["create at once"].ratio(timings["no-op at once"]),
            bound=25,
            ns=timings["create at once"].ns,
        ),
    ]


def bench_create_moto_20(rounds: int) -> list[Goal]:
    """A create against moto's, without latency, since moto has none; no goals where moto is missing."""
    try:
        import boto3
        from moto import mock_aws
    except ImportError:
        print("moto and boto3 are not installed: no comparison with them", file=sys.stderr)
        return []
    with mock_aws():
        client: Any = boto3.client
        ec2 = client("ec2", region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b")
        vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.0.0/18")["Subnet"]["SubnetId"]

        def moto() -> int:
            for _ in range(20):
                ec2.create_network_interface(SubnetId=subnet)
            return 20

        variants = {"moto": moto, "submit": Creates(roomy(2), NONE).batch, "trio": trio_batch}
        timings = measure(variants, rounds=min(rounds, 11))
    return [
        Goal(
            what="moto / create by submit",
            ratio=timings["moto"].ratio(timings["submit"]),
            bound=50,
            is_floor=True,
            ns=timings["submit"].ns,
        ),
        Goal(
            what="moto / create by a trio client",
            ratio=timings["moto"].ratio(timings["trio"]),
            bound=20,
            is_floor=True,
            ns=timings["trio"].ns,
        ),
    ]


def bench_create_flatness_1000000(rounds: int) -> list[Goal]:
    """A create among 1 000 000 existing ENIs against one among 1 000."""
    few, many = Creates(roomy(34), DEFAULT), Creates(roomy(34), DEFAULT)
    few.batch()
    for _ in range(100):
        many.batch(10_000)
    timings = measure({"few": few.batch, "many": many.batch}, rounds=min(rounds, 21))
    return [
        Goal(
            what="create among 1 000 000 / among 1 000 ENIs",
            ratio=timings["many"].ratio(timings["few"]),
            bound=1.5,
            ns=timings["many"].ns,
        )
    ]


def bench_memory_200000(rounds: int) -> list[Goal]:
    """Bytes for each ENI, with and without a live token, as the operating system counts them."""
    del rounds
    return [
        Goal(what=f"bytes for each ENI {words} a live token", ratio=bytes_each(flag), bound=bound)
        for flag, words, bound in (("--without", "without", 1_500), ("--with", "with", 2_000))
    ]


def bytes_each(flag: str) -> float:
    """Measure in a process of its own, which has made nothing else."""
    command = [sys.executable, "-m", "benchmarks.bench_create", "--memory", flag]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def print_bytes_each() -> None:
    """Make 200 000 ENIs, and print the growth of resident memory by ENI."""
    creates = Creates(roomy(8), NONE, token="--with" in sys.argv)
    creates.batch(1000)
    before = resident_bytes()
    for _ in range(199):
        creates.batch()
    print((resident_bytes() - before) / 199_000)


def resident_bytes() -> int:
    """Resident memory of this process."""
    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123  one number of the kernel's
        return int(file.read().split()[1]) * 4096


def bench_create_smoke() -> str:
    """Run everything that is timed, small, and return a digest of what it did."""
    digest = hashlib.sha256()
    for latency in (DEFAULT, NONE):
        creates = Creates(roomy(1), latency)
        creates.batch(20)
        digest.update(creates.simulation.digest().encode())
        assert creates.simulation.close() == [], "nothing leaks"
        assert no_ops(latency)() == AT_ONCE
    return digest.hexdigest()


if __name__ == "__main__":
    if "--memory" in sys.argv:
        print_bytes_each()
    else:
        large = [bench_create_flatness_1000000, bench_memory_200000] if "--large" in sys.argv else []
        main([bench_create_path_1000, bench_create_moto_20, *large], rounds=31)
