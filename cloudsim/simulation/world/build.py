"""Building: the cloud that a world says, at the instant 0.

Everything is put in place in the order of the file; ids, MAC addresses and addresses that nobody named come by keyed
draws. A vSwitch gives its addresses away in a fixed order, so that one more thing moves few others: reservations, named
addresses, the primary ENIs of instances, other ENIs, and last what other products have taken. Each ENI is journalled as
if it had been created, so that replaying the journal gives the ENIs of the cloud and a run's digest covers its world's.

Price: about 20 us an ENI, addresses and journal included. What a table of many ENIs says is read once and shared by
them; a pool from which nothing is taken is not made yet.
"""

from collections import Counter

from cloudsim.ipam.edge import AddressSpace, Family
from cloudsim.ipam.pool import Pool
from cloudsim.resources.account import AccessStatus, Account, AccountKind, SubUser
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.geography import Region
from cloudsim.resources.instance import Instance, InstanceStatus
from cloudsim.resources.interface import EniExtras, EniStatus, EniType, NetworkInterface
from cloudsim.resources.journal import Journal
from cloudsim.resources.network import GroupType, ResourceGroup, SecurityGroup
from cloudsim.resources.vpc import Vpc
from cloudsim.resources.vswitch import Reservation, VSwitch
from cloudsim.simulation.collecting import uncollected
from cloudsim.simulation.world.plan import (
    Plan,
    PlannedAccount,
    PlannedEni,
    PlannedGroup,
    PlannedInstance,
    PlannedVpc,
    PlannedVSwitch,
)
from cloudsim.simulation.world.spec import EniSpec, WorldSpec
from cloudsim.simulation.world.validate import validate
from cloudsim.values.draws import Draws
from cloudsim.values.entropy import Entropy
from cloudsim.values.ids import (
    AccountId,
    EniId,
    InstanceId,
    RegionId,
    ResourceGroupId,
    SecurityGroupId,
    VpcId,
    VSwitchId,
    ZoneId,
)


@uncollected()
def build(spec: WorldSpec, entropy: Entropy, journal: Journal) -> Cloud:
    """Make the cloud of a world.

    Args:
        spec: the world.
        entropy: the chance of the run.
        journal: where the ENIs that exist at the beginning are written.

    Raises:
        WorldError: the world contradicts itself.
    """
    plan = validate(spec)
    site = _Site(plan, entropy, journal)
    site.lay_networks()
    site.take_named()
    for instance in plan.instances.values():
        site.start(instance)
    for position, eni in enumerate(plan.enis):
        site.add_enis(eni, key=f"eni/{position}")
    site.seat_members()
    site.settle_limits()
    return site.cloud


def add_vswitch(cloud: Cloud, plan: Plan, entropy: Entropy, name: VSwitchId) -> VSwitch:
    """Let one more vSwitch of a plan exist in a cloud that was built without it, at the present instant.

    Args:
        cloud: has everything else that the vSwitch refers to.
        plan: of the world with it.
        entropy: the chance of the run.
        name: which.
    """
    planned = plan.vswitches[name]
    vswitch = _Site(plan, entropy, cloud.journal, cloud).make_vswitch(planned)
    vswitch.created_ns = cloud.now_ns
    vswitch.vpc.vswitch_places.use(1)
    vswitch.pool.allocate_many(planned.spec.used, cloud.now_ns)
    vswitch.taken_elsewhere = planned.spec.used
    cloud.add_vswitch(vswitch)
    return vswitch


class _Site:
    """A cloud under construction, or one that something is added to."""

    def __init__(self, plan: Plan, entropy: Entropy, journal: Journal, cloud: Cloud | None = None) -> None:
        self.cloud = Cloud(plan.profile, journal, plan.catalogue) if cloud is None else cloud
        self._plan = plan
        self._entropy = entropy
        every = [*(_primary(instance) for instance in plan.instances.values()), *plan.enis]
        self._every = every
        # Asked for membership only, so their order does not matter.
        self._ids = {name for eni in every for name in eni.names if name is not None}
        self._members: list[tuple[NetworkInterface, str | None]] = []
        """Members of trunks, each with the trunk that it names."""
        self._macs = {_mac_low(eni.spec.mac) for eni in every if eni.spec.mac is not None}

    # -- what ENIs lie in

    def lay_networks(self) -> None:
        """Put everything in place but instances and ENIs."""
        cloud, plan = self.cloud, self._plan
        for region in plan.regions.values():
            region_id = RegionId(region.spec.id)
            cloud.regions[region_id] = Region(
                id=region_id, zones=tuple(map(ZoneId, region.zones)), has_prefixes=region.spec.prefixes
            )
        for account in plan.accounts.values():
            cloud.accounts[AccountId(account.spec.id)] = _account(account)
        for name, owner in plan.resource_groups.items():
            group_id = ResourceGroupId(name)
            cloud.resource_groups[group_id] = ResourceGroup(id=group_id, account=AccountId(owner.spec.id))
        for vpc in plan.vpcs.values():
            cloud.add_vpc(self._vpc(vpc))
        for group in plan.groups.values():
            cloud.add_group(self._group(group))
        for vswitch in plan.vswitches.values():
            cloud.add_vswitch(self.make_vswitch(vswitch))

    def _vpc(self, planned: PlannedVpc) -> Vpc:
        profile = self._plan.profile
        limit = planned.spec.private_addresses
        vpc = Vpc(
            id=VpcId(planned.spec.id),
            account=AccountId(planned.account.spec.id),
            region=RegionId(planned.region.spec.id),
            cidrs=tuple(block.cidr for block in planned.blocks),
            ipv6_cidr=None if planned.block6 is None else planned.block6.cidr,
            address_limit=profile.addresses_per_vpc_max if limit is None else limit,
            vswitch_limit=profile.vswitches_per_vpc_max,
            ledger=self.cloud.ledger,
        )
        _name(vpc, planned)
        return vpc

    def _group(self, planned: PlannedGroup) -> SecurityGroup:
        spec = planned.spec
        group = SecurityGroup.of_profile(
            SecurityGroupId(spec.id),
            self._plan.profile,
            account=AccountId(planned.account.spec.id),
            region=RegionId(planned.region.spec.id),
            vpc=None if planned.vpc is None else VpcId(planned.vpc.spec.id),
            kind=GroupType(spec.type),
            capacity=spec.capacity,
            ledger=self.cloud.ledger,
        )
        _name(group, planned)
        group.rule_count, group.service_managed = spec.rules, spec.service_managed
        group.taken_elsewhere = spec.used
        group.places.use(spec.used)
        return group

    def make_vswitch(self, planned: PlannedVSwitch) -> VSwitch:
        """Make a vSwitch with its pools and reservations; the cloud does not have it yet."""
        spec = planned.spec
        vswitch = VSwitch(
            VSwitchId(spec.id),
            vpc=self.cloud.vpcs[VpcId(planned.vpc.spec.id)],
            zone=ZoneId(planned.zone),
            pool=self._pool(planned, planned.space, spec.id),
            pool6=None if planned.space6 is None else self._pool(planned, planned.space6, f"{spec.id}/ipv6"),
            status=spec.status,
            ledger=self.cloud.ledger,
        )
        _name(vswitch, planned)
        for number, block in enumerate(planned.reservations):
            pool = vswitch.pool if block.family is Family.IPV4 else vswitch.pool6
            assert pool is not None, "a reservation lies in one of the blocks"
            pool.reserve_range(block.base - pool.space.base, block.size, 0)
            draws = Draws(self._entropy, f"world/reservation/{spec.id}/{number}")
            name = draws.id("vcr", self.cloud.regions[vswitch.vpc.region].infix, vswitch.reservations)
            vswitch.reservations[name] = Reservation(id=name, cidr=block.cidr)
        return vswitch

    def _pool(self, planned: PlannedVSwitch, space: AddressSpace, key: str) -> Pool:
        seed = self._entropy.integer("addresses", key)
        spec = planned.spec
        return Pool(space, seed=seed, policy=spec.policy, prefix_policy=spec.prefix_policy, cool_ns=planned.cool_ns)

    def _home(self, planned: PlannedEni) -> VSwitch:
        return self.cloud.vswitches[VSwitchId(planned.vswitch.spec.id)]

    # -- addresses

    def take_named(self) -> None:
        """Take all named addresses and prefixes, before any are drawn."""
        for planned in self._every:
            spec, home = planned.spec, self._home(planned)
            primary = () if spec.primary_ip is None else (spec.primary_ip,)
            _take(home.pool, (*primary, *spec.secondary_ips), spec.ipv4_prefixes)
            if home.pool6 is not None:
                _take(home.pool6, spec.ipv6_addresses, spec.ipv6_prefixes)

    def settle_limits(self) -> None:
        """Take what other products have, and let limits that lie below what exists begin as they are."""
        for planned in self._plan.vswitches.values():
            vswitch = self.cloud.vswitches[VSwitchId(planned.spec.id)]
            if planned.spec.used:  # else a pool that nobody takes from need not be there
                vswitch.pool.allocate_many(planned.spec.used, 0)
            vswitch.taken_elsewhere = planned.spec.used
        for estate in self.cloud.estates.values():
            estate.quota.set_limit(estate.quota.limit)
            estate.vcpu_places.use(sum([instance.vcpus for instance in estate.instances.values()]))
            estate.vcpu_places.set_limit(estate.vcpu_places.limit)
            estate.vpc_places.use(len(estate.vpcs))
            estate.vpc_places.set_limit(estate.vpc_places.limit)
            estate.group_places.use(len(estate.groups))
            estate.group_places.set_limit(estate.group_places.limit)
        for group in self.cloud.security_groups.values():
            group.places.set_limit(group.places.limit)
        for vpc in self.cloud.vpcs.values():
            vpc.vswitch_places.use(len(vpc.vswitches))
            vpc.vswitch_places.set_limit(vpc.vswitch_places.limit)
            vpc.set_address_limit(vpc.address_limit)
        for instance in self.cloud.instances.values():
            for slots in (instance.slots, instance.member_slots):
                slots.set_limit(slots.limit)

    # -- instances and ENIs

    def start(self, planned: PlannedInstance) -> None:
        """Add an instance with its primary ENI."""
        primary = _primary(planned)
        (eni,) = self.add_enis(primary, key=f"primary/{planned.name}")
        instance_id = InstanceId(planned.name)
        status = InstanceStatus(planned.spec.status)
        instance = Instance(id=instance_id, type=planned.type, primary=eni, status=status, ledger=self.cloud.ledger)
        instance.name = planned.spec.name
        instance.deletion_protection = planned.spec.deletion_protection
        instance.tags = tuple(planned.spec.tags.items())
        instance.resource_group = ResourceGroupId(planned.spec.resource_group or eni.resource_group)
        self.cloud.add_instance(instance)

    def add_enis(self, planned: PlannedEni, *, key: str) -> list[NetworkInterface]:
        """Add the ENIs of one table.

        Args:
            planned: the table.
            key: keys the draws of ids and MAC addresses.
        """
        cloud, spec = self.cloud, planned.spec
        made = self._make(planned, self._home(planned), key)
        for eni in made:
            cloud.add_interface(eni)
        first = made[0]
        if cloud.counts_in_quota(first):
            cloud.estate_of(first.vswitch).quota.use(len(made))
        for group in first.security_group_ids:
            places = cloud.security_groups[group]
            places.places.use(len(made) * places.places_for(first.address_count))
        if first.instance is not None and first.type is not EniType.PRIMARY:
            instance = cloud.instances[first.instance]
            instance.interfaces.update({eni.id: eni for eni in made})
            instance.slots_for(first).use(len(made))
        if first.type is EniType.MEMBER:
            self._members += [(eni, spec.trunk) for eni in made]
        return made

    def seat_members(self) -> None:
        """Put members on their trunks, which may come later in the file, and number them there."""
        numbers: Counter[str] = Counter()
        for eni, wanted in self._members:
            others = self.cloud.instances[eni.instance].interfaces.values() if eni.instance is not None else ()
            trunks = [one.id for one in others if one.type is EniType.TRUNK and wanted in (None, one.id)]
            if len(trunks) == 1:
                numbers[trunks[0]] += 1
                with self.cloud.changing(eni):
                    eni.extras = eni.with_extras(trunk=trunks[0], device_index=numbers[trunks[0]])

    def _make(self, planned: PlannedEni, home: VSwitch, key: str) -> list[NetworkInterface]:
        """Make the ENIs of one table: what they have alike is read once, and shared."""
        spec, pool = planned.spec, home.pool
        attached = "Available" if spec.instance is None else "InUse"
        infix = self.cloud.regions[home.vpc.region].infix
        groups, tags = tuple(map(SecurityGroupId, planned.groups)), tuple(spec.tags.items())
        kind, status = EniType(spec.type), EniStatus(attached if spec.status is None else spec.status)
        resource_group = ResourceGroupId(planned.resource_group)
        instance, extras = None if spec.instance is None else InstanceId(spec.instance), _extras(spec)
        made: list[NetworkInterface] = []
        for number, name in enumerate(planned.names):
            name, mac_low = self._identity(spec, name, infix, f"{key}/{number}")  # noqa: PLW2901  drawn where it is None
            primary = pool.space.text(pool.allocate(0)) if spec.primary_ip is None else spec.primary_ip
            addresses = (primary, *spec.secondary_ips)
            if spec.secondary_count:
                addresses += tuple(map(pool.space.text, pool.allocate_many(spec.secondary_count, 0)))
            eni = NetworkInterface(
                id=EniId(name),
                vswitch=home,
                mac_low=mac_low,
                private_ip_addresses=addresses,
                security_group_ids=groups,
                created_ns=0,
                type=kind,
                status=status,
                name=spec.name,
                description=spec.description,
                tags=tags,
                resource_group=resource_group,
                queue_number=spec.queue_number,
                instance=instance,
                extras=extras,
            )
            made.append(eni)
        return made

    def _identity(self, spec: EniSpec, name: str | None, infix: str, draw_key: str) -> tuple[str, int]:
        """Say what an ENI is called, and its MAC address; what is not said is drawn."""
        if name is not None and spec.mac is not None:
            return name, _mac_low(spec.mac)
        draws = Draws(self._entropy, f"world/{draw_key}")
        if name is None:
            name = draws.id("eni", infix, self._ids)
            self._ids.add(name)
        if spec.mac is not None:
            return name, _mac_low(spec.mac)
        mac_low = draws.mac(self._macs)
        self._macs.add(mac_low)
        return name, mac_low


def _name(thing: Vpc | VSwitch | SecurityGroup, planned: PlannedVpc | PlannedVSwitch | PlannedGroup) -> None:
    """Say what a thing is called, how it is tagged and in which resource group it is."""
    thing.name, thing.tags = planned.spec.name, tuple(planned.spec.tags.items())
    thing.resource_group = ResourceGroupId(planned.resource_group)


def _primary(instance: PlannedInstance) -> PlannedEni:
    assert instance.primary is not None, "a plan gives every instance a primary ENI"
    return instance.primary


def _account(planned: PlannedAccount) -> Account:
    spec = planned.spec
    quotas = spec.eni_quota if isinstance(spec.eni_quota, dict) else {}
    return Account(
        id=AccountId(spec.id),
        owner_id=planned.owner_id,
        eni_quota=spec.eni_quota if isinstance(spec.eni_quota, int) else None,
        eni_quotas={RegionId(region): quota for region, quota in quotas.items()},
        vcpu_quota=spec.vcpu_quota,
        launches_alone=spec.launches_alone,
        kind=AccountKind(spec.kind),
        status=AccessStatus(spec.status),
        ram_supported=spec.ram_supported,
        queue_sizes=spec.queue_sizes,
        connection_tracking=spec.connection_tracking,
        users={
            user.name: SubUser(
                name=user.name,
                status=AccessStatus(user.status),
                denied=user.denied,
                denied_tags=user.denied_tags,
            )
            for user in spec.users
        },
        regions_out_of_service=frozenset(map(RegionId, spec.regions_out_of_service)),
        default_resource_group=ResourceGroupId(planned.default_resource_group),
    )


def _take(pool: Pool, addresses: tuple[str, ...], prefixes: tuple[str, ...]) -> None:
    for text in addresses:
        pool.take(pool.space.offset(text), 0)
    for text in prefixes:
        pool.take_prefix(pool.space.prefix_offset(text), 0)


def _extras(spec: EniSpec) -> EniExtras | None:
    if not (spec.ipv6_addresses or spec.ipv4_prefixes or spec.ipv6_prefixes):
        return None
    return EniExtras(
        ipv6_addresses=spec.ipv6_addresses, ipv4_prefixes=spec.ipv4_prefixes, ipv6_prefixes=spec.ipv6_prefixes
    )


def _mac_low(mac: str) -> int:
    """Read the low 24 bits of a MAC address."""
    return int(mac[9:].replace(":", ""), 16)
