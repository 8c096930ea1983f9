"""The small world that the tests of the core have in common, the usual create, and a simulation that watches itself."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from cloudsim.api.requests import CreateNetworkInterface, DeleteNetworkInterface, DescribeNetworkInterfaces, Request
from cloudsim.api.responses import (
    CreateNetworkInterfaceResponse,
    DescribeNetworkInterfacesResponse,
    NetworkInterfaceSet,
)
from cloudsim.ipam.edge import Family
from cloudsim.kernel.strategy import Strategy
from cloudsim.operations.policy import Policy
from cloudsim.resources.consistency import IMMEDIATE, Consistency
from cloudsim.resources.interface import EniExtras, NetworkInterface
from cloudsim.resources.journal import Journal
from cloudsim.resources.pin import Pinnable, pins_key
from cloudsim.resources.throttle import Throttling
from cloudsim.resources.vswitch import VSwitch
from cloudsim.simulation.caller import Caller
from cloudsim.simulation.latency import NONE, LatencyProfile
from cloudsim.simulation.reply import Reply
from cloudsim.simulation.simulation import Simulation
from cloudsim.simulation.world.builder import World

REGION = "cn-hangzhou"


def small(
    *,
    quota: int | None = None,
    mask: int = 24,
    profile: str = "classic",
    vpc: Mapping[str, Any] = MappingProxyType({}),
    **vswitch: Any,
) -> World:
    """One account, one vSwitch, one security group; under the profile ``current`` the vSwitch has IPv6."""
    vpc = dict(vpc)
    if profile == "current":
        vpc.setdefault("ipv6_cidr", "2001:db8::/56")
        vswitch = {"ipv6": 1, **vswitch}
    return (
        World(profile=profile)
        .account("acme", eni_quota=quota)
        .region(REGION, zones=["cn-hangzhou-h"])
        .vpc("vpc-main", cidr="10.0.0.0/16", **vpc)
        .vswitch("vsw-a", cidr=f"10.0.0.0/{mask}", **vswitch)
        .security_group("sg-main")
    )


def a_create(**changes: Any) -> CreateNetworkInterface:
    """The usual create, with some of its parameters changed."""
    usual: dict[str, Any] = {"region_id": REGION, "vswitch_id": "vsw-a", "security_group_id": "sg-main"}
    return CreateNetworkInterface(**{**usual, **changes})


def a_delete(eni: str | None) -> DeleteNetworkInterface:
    """The usual delete."""
    return DeleteNetworkInterface(region_id=REGION, network_interface_id=eni)


class Watched(Simulation):
    """A simulation whose every step is held against its footprint, and audited with its journal.

    Args:
        world: the small one if None.
        caller: what the usual caller, an account, is called.
    """

    def __init__(
        self,
        world: World | None = None,
        *,
        latency: LatencyProfile = NONE,
        policy: Policy | None = None,
        strategy: Strategy | None = None,
        seed: int = 0,
        watch: bool = True,
        throttling: Throttling | None = None,
        consistency: Consistency = IMMEDIATE,
    ) -> None:
        spec = (world if world is not None else small()).spec
        super().__init__(
            spec,
            seed=seed,
            latency=latency,
            policy=policy,
            strategy=strategy,
            throttling=throttling,
            consistency=consistency,
            journal=Journal(keep=True),
            watch=watch,
        )
        self.alice = self.caller(account="acme", name="alice")

    def send(self, request: Request | None = None, *, by: Caller | None = None, **changes: Any) -> Reply:
        """Submit a request, or the usual create with some changes; nothing but its departure happens."""
        return self.submit(
            by if by is not None else self.alice, request if request is not None else a_create(**changes)
        )

    def ask(self, request: Request | None = None, *, by: Caller | None = None, **changes: Any) -> Reply:
        """Submit likewise, and let all that is due happen."""
        reply = self.send(request, by=by, **changes)
        self.run()
        return reply

    def make(self, **changes: Any) -> CreateNetworkInterfaceResponse:
        """Make an ENI."""
        made = self.ask(**changes).result()
        assert isinstance(made, CreateNetworkInterfaceResponse)
        return made

    def describe(self, **filters: Any) -> DescribeNetworkInterfacesResponse:
        """Describe ENIs."""
        found = self.ask(DescribeNetworkInterfaces(**{"region_id": REGION, **filters})).result()
        assert isinstance(found, DescribeNetworkInterfacesResponse)
        return found

    def shown(self, eni: str) -> NetworkInterfaceSet:
        """One ENI as it is described."""
        (only,) = self.describe(network_interface_ids=(eni,)).network_interface_sets
        return only

    @property
    def enis(self) -> list[NetworkInterface]:
        """The ENIs of the account."""
        return self.interfaces(account="acme", region=REGION)

    @property
    def held(self) -> dict[str, int]:
        """Everything that is held at the moment, by key: places, pins, resources that are being changed, and addresses.

        Addresses count that are taken, alone or in a prefix, and belong neither to an ENI nor to another product.
        """
        cloud = self.cloud
        capacities = [group.places for group in cloud.security_groups.values()]
        for estate in cloud.estates.values():
            capacities += [estate.quota, estate.vcpu_places, estate.vpc_places, estate.group_places]
        capacities += [vpc.vswitch_places for vpc in cloud.vpcs.values()]
        for instance in cloud.instances.values():
            capacities += [instance.slots, instance.member_slots]
        found = {capacity.key: capacity.held for capacity in capacities}
        pinned: list[Pinnable] = [*cloud.vpcs.values(), *cloud.vswitches.values(), *cloud.security_groups.values()]
        found |= {pins_key(thing.id): thing.pins for thing in pinned}
        found |= dict.fromkeys(cloud.busy.by_key, 1)
        for vswitch in cloud.vswitches.values():
            found |= self._unowned(vswitch)
        return {key: count for key, count in found.items() if count}

    def _unowned(self, vswitch: VSwitch) -> dict[str, int]:
        """Addresses of a vSwitch that are taken, those in prefixes included, less those of ENIs and other products."""
        owned: dict[Family, int] = {Family.IPV4: vswitch.taken_elsewhere, Family.IPV6: 0}
        for eni in vswitch.interfaces.values():
            extras = eni.extras if eni.extras is not None else EniExtras()
            owned[Family.IPV4] += len(eni.private_ip_addresses) + (len(extras.ipv4_prefixes) << Family.IPV4.block_bits)
            owned[Family.IPV6] += len(extras.ipv6_addresses) + (len(extras.ipv6_prefixes) << Family.IPV6.block_bits)
        found = {}
        for pool, key in ((vswitch.pool, vswitch.pool_key), (vswitch.pool6, f"{vswitch.pool_key} ipv6")):
            if pool is not None:
                counts = pool.counts_at(self.now_ns)
                found[key] = counts.used + counts.in_prefix - owned[pool.space.family]
        return found


def code(reply: Reply) -> str:
    """How a call ended: ``ok``, its code, or why it has no answer."""
    if not reply.is_settled:
        return reply.fate or "under way"
    return reply.error.code if reply.error is not None else "ok"
