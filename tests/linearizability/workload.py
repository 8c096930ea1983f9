"""Random workloads on a small world."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from cloudsim.api.requests import (
    AssignPrivateIpAddresses,
    AttachNetworkInterface,
    DeleteInstance,
    DescribeNetworkInterfaceAttribute,
    DescribeNetworkInterfaces,
    DescribeVpcs,
    DetachNetworkInterface,
    JoinSecurityGroup,
    LeaveSecurityGroup,
    ModifyNetworkInterfaceAttribute,
    ModifyVpcAttribute,
    Request,
    RunInstances,
    UnassignPrivateIpAddresses,
)
from cloudsim.api.requests.base import InstanceInterface
from cloudsim.kernel.strategy import RandomOrder
from cloudsim.linearizability import History
from cloudsim.operations.operation import Phase
from cloudsim.operations.policy import Policy
from cloudsim.resources.consistency import IMMEDIATE, Consistency
from cloudsim.simulation.faults import Match
from cloudsim.simulation.latency import DEFAULT, LatencyProfile
from cloudsim.simulation.simulation import Simulation
from cloudsim.simulation.world.builder import World
from cloudsim.values.entropy import Entropy, Stream
from tests.small_world import REGION, a_create, a_delete, small

TYPE: Final = "ecs.g6.large"
MS: Final = 1_000_000


def crowded(profile: str = "classic") -> World:
    """A world in which calls get in each other's way: a small quota, few addresses, instances, ENIs of all sorts."""
    return (
        small(quota=7, mask=28, profile=profile)
        .security_group("sg-other")
        .instance("i-1", type=TYPE, vswitch="vsw-a", security_groups=["sg-main"], status="Stopped")
        .instance("i-2", type=TYPE, vswitch="vsw-a", security_groups=["sg-main"])
        .eni("eni-free", vswitch="vsw-a", security_groups=["sg-main"], name="old-name")
        .eni("eni-on", vswitch="vsw-a", security_groups=["sg-main"], instance="i-2")
        .eni(vswitch="vsw-a", security_groups=["sg-main"])
    )


class Workload:
    """Calls of random kinds on random things at random instants, by several callers.

    Args:
        seed: of all its chance, the simulation's included.
        world: where; the crowded one if None.
        calls: how many.
        spread_ms: in how much time they depart; the shorter, the more they meet.
        faulty: whether answers are lost, and operations abandoned, hung and failed.
    """

    def __init__(
        self,
        seed: int,
        *,
        world: World | None = None,
        calls: int = 16,
        spread_ms: int = 1500,
        faulty: bool = False,
        policy: Policy | None = None,
        consistency: Consistency = IMMEDIATE,
        latency: LatencyProfile = DEFAULT,
    ) -> None:
        self.draws: Stream = Entropy(seed).stream("workload", "calls")
        chosen = world if world is not None else crowded("current" if seed % 2 else "classic")
        self.sim = Simulation(
            chosen.spec,
            seed=seed,
            strategy=RandomOrder(seed),
            latency=latency,
            policy=policy,
            consistency=consistency,
        )
        self.history = History(self.sim, consistency=consistency, attaches_fail=faulty)
        self.sim.observers.append(self.history)
        self.callers = [self.sim.caller(account="acme", name=name) for name in ("ann", "bob", "cleo", "dan")]
        if faulty:
            self._plan_faults()
        for number in range(calls):
            instant = self.draws.below(spread_ms) * MS
            self.sim.at(instant, self._submit, name=f"call {number}")

    def _plan_faults(self) -> None:
        faults = self.sim.faults
        faults.lose_answer(Match(per_mille=150, times=None))
        faults.abandon(Phase.COMMIT, Match(per_mille=60, times=None))
        faults.fail_attach(Match(action="AttachNetworkInterface", per_mille=300, times=None))
        faults.hang_detach(Match(action="DetachNetworkInterface", per_mille=300, times=None))

    def run(self) -> History:
        """Let everything happen."""
        self.sim.run()
        return self.history

    def _submit(self) -> None:
        caller = self.pick(self.callers)
        self.sim.submit(caller, self.pick(KINDS)(self))

    def pick(self, among: Sequence[Any]) -> Any:
        """Choose one of several."""
        return among[self.draws.below(len(among))]

    def eni(self) -> str:
        """An ENI that exists, or one that does not."""
        enis = [eni.id for eni in self.sim.interfaces(account="acme", region=REGION)]
        return str(self.pick([*enis, "eni-nowhere"]))

    def address(self, eni: str) -> str:
        """An address that an ENI has, or any."""
        had = [one for one in self.sim.interfaces(account="acme", region=REGION) if one.id == eni]
        addresses = had[0].private_ip_addresses[1:] if had else ()
        return str(self.pick([*addresses, "10.0.0.9"]))

    def token(self) -> str | None:
        """A ClientToken of few, or none."""
        return self.pick([None, "t-1", "t-2", "t-3"])  # type: ignore[no-any-return]


def _create(work: Workload) -> Request:
    token = work.token()
    name = {"t-1": "named-1", None: work.pick([None, "fresh"])}.get(token)
    return a_create(
        client_token=token, network_interface_name=name, primary_ip_address=work.pick([None, None, "10.0.0.9"])
    )


def _assign(work: Workload) -> Request:
    eni = work.eni()
    named = work.pick([None, ("10.0.0.9",)])
    return AssignPrivateIpAddresses(
        region_id=REGION,
        network_interface_id=eni,
        private_ip_addresses=named,
        secondary_private_ip_address_count=None if named else 1,
        client_token=work.pick([None, "a-1", "a-2"]),
    )


def _unassign(work: Workload) -> Request:
    eni = work.eni()
    return UnassignPrivateIpAddresses(
        region_id=REGION, network_interface_id=eni, private_ip_addresses=(work.address(eni),)
    )


def _modify(work: Workload) -> Request:
    return ModifyNetworkInterfaceAttribute(
        region_id=REGION,
        network_interface_id=work.eni(),
        network_interface_name=work.pick(["name-a", "name-b", None]),
        security_group_ids=work.pick([None, None, ("sg-other",)]),
    )


def _list(work: Workload) -> Request:
    return DescribeNetworkInterfaces(
        region_id=REGION,
        network_interface_ids=work.pick([None, (work.eni(), work.eni())]),
        page_size=work.pick([None, 100]),
        status=work.pick([None, None, None, "Available"]),
    )


def _member(kind: type[JoinSecurityGroup] | type[LeaveSecurityGroup], work: Workload) -> Request:
    instance = work.pick([None, None, "i-1"])
    return kind(
        region_id=REGION,
        security_group_id=work.pick(["sg-main", "sg-other"]),
        instance_id=instance,
        network_interface_id=None if instance else work.eni(),
    )


def _launch(work: Workload) -> Request:
    eni = work.pick([None, work.eni()])
    return RunInstances(
        region_id=REGION,
        instance_type=TYPE,
        vswitch_id="vsw-a",
        security_group_id="sg-main",
        network_interfaces=(InstanceInterface(network_interface_id=eni),) if eni else None,
        client_token=work.pick([None, "r-1"]),
    )


KINDS: Final[tuple[Callable[[Workload], Request], ...]] = (
    _create,
    _create,
    _create,
    lambda work: a_delete(work.eni()),
    lambda work: a_delete(work.eni()),
    _assign,
    _assign,
    _unassign,
    _modify,
    _modify,
    _list,
    _list,
    lambda work: DescribeNetworkInterfaceAttribute(region_id=REGION, network_interface_id=work.eni()),
    lambda work: AttachNetworkInterface(
        region_id=REGION, network_interface_id=work.eni(), instance_id=work.pick(["i-1", "i-2"])
    ),
    lambda work: DetachNetworkInterface(
        region_id=REGION, network_interface_id=work.eni(), instance_id=work.pick(["i-1", "i-2"])
    ),
    lambda work: _member(JoinSecurityGroup, work),
    lambda work: _member(LeaveSecurityGroup, work),
    _launch,
    lambda work: DeleteInstance(region_id=REGION, instance_id=work.pick(["i-1", "i-2"]), force=work.pick([None, True])),
    lambda work: ModifyVpcAttribute(region_id=REGION, vpc_id="vpc-main", vpc_name=work.pick(["vpc-x", "vpc-y"])),
    lambda _: DescribeVpcs(region_id=REGION),
)
