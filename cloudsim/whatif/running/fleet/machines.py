"""Machines: instances of the fleet's nodes, put into the cloud and taken out of it without any call.

A node needs an instance that ENIs can be attached to, and an instance needs a primary ENI with an address. Where the
fleet says ``node_vswitch``, that address is one of that vSwitch, and the ENI a member of a group. Else it is one of a
vSwitch that is made for nodes and lies outside everything modelled: in 240.0.0.0/4, which no network uses, so that it
takes no block of the VPC; and what it takes of the VPC's own limits (vSwitches, private addresses) is added to them. A
pod's call meets the same limits as if the nodes were somewhere else.

vCPUs are charged to the account's vCPU quota, and a primary ENI to its ENI quota where the profile says so: a node that
one of them has no place for does not come.

Source: experiments.md, "Fleet" (node_vswitch; primary ENIs do not count).
"""

from contextlib import ExitStack
from typing import Final

from cloudsim.errors.base import ApiError
from cloudsim.ipam.edge import AddressSpace
from cloudsim.ipam.pool import Pool
from cloudsim.operations.attachments import end_attachment
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.instance import Instance
from cloudsim.resources.interface import EniEvent, EniStatus, EniType, NetworkInterface
from cloudsim.resources.network import SecurityGroup
from cloudsim.resources.vpc import Vpc
from cloudsim.resources.vswitch import AddressWish, VSwitch
from cloudsim.simulation.simulation import Simulation
from cloudsim.values.draws import Draws
from cloudsim.values.ids import EniId, InstanceId, SecurityGroupId, VSwitchId, ZoneId
from cloudsim.whatif.experiment.fleets import Fleet
from cloudsim.whatif.running.beside import beside
from cloudsim.whatif.running.census import Census

_OUTSIDE: Final = 240 << 24
_BLOCK: Final = 256
"""Each vSwitch for nodes is a /24."""


class Machines:
    """Makes and ends the instances of a fleet.

    Args:
        simulation: where they are.
        census: is told of primary ENIs, which are no secondary ones.
        spec: the fleet.
    """

    def __init__(self, simulation: Simulation, census: Census, spec: Fleet) -> None:
        self._simulation = simulation
        self._census = census
        self._spec = spec
        self._quarters: dict[tuple[str, str], list[VSwitch]] = {}
        """vSwitches made for nodes, by VPC and zone."""
        self._blocks = 0

    def begin(self, name: str, kind: str, vpc: Vpc, zone: str) -> Instance | None:
        """Let an instance run.

        Args:
            name: its id.
            kind: its type.
            vpc: where.
            zone: in which zone.

        Returns:
            The instance; None where a limit or a vSwitch has no place for it.
        """
        with beside(self._simulation) as cloud:
            own = self._own_home(cloud, zone)
            group = None if own is None else self._group(cloud, vpc)
            home = self._outside(cloud, vpc, zone) if own is None else own
            if own is None:
                vpc.set_address_limit(vpc.address_limit + 1)
            try:
                return self._begin(cloud, InstanceId(name), kind, home, group)
            except ApiError:
                if own is None:
                    vpc.set_address_limit(vpc.address_limit - 1)
                return None

    def _begin(self, cloud: Cloud, name: InstanceId, kind: str, home: VSwitch, group: SecurityGroup | None) -> Instance:
        """Take all that it needs, and let it exist.

        Raises:
            ApiError: something of it cannot be had; nothing has changed then.
        """
        estate, type_ = cloud.estate_of(home), cloud.catalogue.get(kind)
        draws = Draws(self._simulation.entropy, f"fleet:{name}")
        with ExitStack() as holdings:
            held = []
            if type_.vcpu:
                held.append(holdings.enter_context(estate.vcpu_places.hold(type_.vcpu)))
            if cloud.profile.primary_enis_count:
                held.append(holdings.enter_context(estate.quota.hold(1)))
            if group is not None:
                held.append(holdings.enter_context(group.places.hold(group.places_for(1))))
            lease = holdings.enter_context(home.lease(AddressWish()))
            primary = NetworkInterface(
                id=EniId(draws.id("eni", cloud.regions[home.vpc.region].infix, cloud.interface_ids)),
                vswitch=home,
                mac_low=draws.mac(cloud.macs),
                private_ip_addresses=lease.addresses,
                security_group_ids=() if group is None else (group.id,),
                created_ns=cloud.now_ns,
                type=EniType.PRIMARY,
                status=EniStatus.IN_USE,
                resource_group=estate.account.default_resource_group,
                instance=name,
            )
            instance = Instance(id=name, type=type_, primary=primary, ledger=cloud.ledger)
            instance.created_ns = cloud.now_ns
            instance.resource_group = primary.resource_group
            lease.keep()
            for place in held:
                place.keep()
        self._census.note_primary(home.id, 1)
        cloud.add_interface(primary)
        cloud.add_instance(instance)
        return instance

    def end(self, instance: Instance) -> None:
        """Let an instance end that has its primary ENI only."""
        assert len(instance.interfaces) == 1, "the agent has taken the other ENIs off"
        with beside(self._simulation) as cloud:
            primary = instance.primary
            home = primary.vswitch
            end_attachment(cloud, primary, EniEvent.INSTANCE_ENDED)
            cloud.remove_interface(primary)
            self._census.note_primary(home.id, -1)
            cloud.remove_instance(instance)
            if self._is_outside(home):
                home.vpc.set_address_limit(home.vpc.address_limit - 1)

    def outside_limit(self, vpc: Vpc, quota: str) -> int:
        """How much was added to a limit of a VPC for nodes: private addresses or vSwitches; nothing to other ones."""
        quarters = [home for (where, _), homes in self._quarters.items() if where == vpc.id for home in homes]
        if quota == "private-addresses":
            return sum(len(home.interfaces) for home in quarters)
        return len(quarters) if quota == "vswitches" else 0

    def _own_home(self, cloud: Cloud, zone: str) -> VSwitch | None:
        said = self._spec.node_vswitch
        name = said.get(zone) if isinstance(said, dict) else said
        home = None if name is None else cloud.vswitches[VSwitchId(name)]
        return home if home is not None and home.zone == zone else None

    def _group(self, cloud: Cloud, vpc: Vpc) -> SecurityGroup | None:
        if self._spec.security_group is not None:
            return cloud.security_groups[SecurityGroupId(self._spec.security_group)]
        return next((group for group in cloud.security_groups.values() if group.vpc == vpc.id), None)

    def _is_outside(self, home: VSwitch) -> bool:
        return home in self._quarters.get((home.vpc.id, home.zone), ())

    def _outside(self, cloud: Cloud, vpc: Vpc, zone: str) -> VSwitch:
        """Give a vSwitch for nodes with an address that is free."""
        homes = self._quarters.setdefault((vpc.id, zone), [])
        free = next((home for home in reversed(homes) if home.available_count()), None)
        if free is None:
            free = self._make_quarters(cloud, vpc, zone, len(homes))
            homes.append(free)
        return free

    def _make_quarters(self, cloud: Cloud, vpc: Vpc, zone: str, number: int) -> VSwitch:
        base = _OUTSIDE + self._blocks * _BLOCK
        self._blocks += 1
        space = AddressSpace.parse(f"{base >> 24}.{base >> 16 & 255}.{base >> 8 & 255}.0/24")
        name = VSwitchId(f"vsw-nodes-{vpc.id}-{zone}-{number}")
        seed = self._simulation.entropy.integer("addresses", name)
        pool = Pool(space, seed=seed, policy="lowest-first", cool_ns=0)
        vswitch = VSwitch(name, vpc=vpc, zone=ZoneId(zone), pool=pool, ledger=cloud.ledger)
        vpc.vswitch_places.set_limit(vpc.vswitch_places.limit + 1)
        vpc.vswitch_places.use(1)
        cloud.add_vswitch(vswitch)
        return vswitch
