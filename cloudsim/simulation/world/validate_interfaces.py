"""Validation of instances and ENIs: where they lie, what they are on, and what an instance type allows.

Source: CreateNetworkInterface reference (one zone, one VPC), eni_api.md sections 1.3, 2.9 and 4.
"""

import re
from collections.abc import Mapping
from typing import Final

from cloudsim.errors.own import WorldError, did_you_mean
from cloudsim.resources.catalogue import Catalogue
from cloudsim.simulation.world.findings import Findings
from cloudsim.simulation.world.plan import PlannedEni, PlannedGroup, PlannedInstance, PlannedVSwitch
from cloudsim.simulation.world.spec import EniSpec, InstanceSpec, WorldSpec
from cloudsim.simulation.world.validate_addresses import check_enough, take_named
from cloudsim.simulation.world.validate_networks import NetworkChecks
from cloudsim.values.profile import Profile

_NUMBER: Final = re.compile(r"\{n(?::0([1-9]))?\}")
_MAC: Final = re.compile(r"00:16:3e(:[0-9a-f]{2}){3}")
_MOVING: Final = ("Attaching", "Detaching")
_ALONE: Final = ("Available", "Deleting")
_OTHERWISE: Final = ", unless an [[instance_type]] table says otherwise"
_ONE_EACH: Final = ("primary_ip", "secondary_ips", "ipv6_addresses", "ipv4_prefixes", "ipv6_prefixes", "mac")
"""What no two ENIs share, so that a table with a count cannot say it."""


class InterfaceChecks:
    """The instances and ENIs of a world; None stands for an instance with a problem.

    Args:
        spec: the world.
        profile: whose bounds hold.
        catalogue: the instance types.
        networks: what the ENIs lie in.
        findings: where problems go.
    """

    def __init__(
        self,
        spec: WorldSpec,
        profile: Profile,
        catalogue: Catalogue,
        networks: NetworkChecks,
        findings: Findings,
    ) -> None:
        self._profile = profile
        self._catalogue = catalogue
        self._networks = networks
        self._findings = findings
        self._names: dict[str, bool | None] = {}
        self._macs: dict[str, str] = {}
        self._trunks: dict[str, str | None] = {}
        """On which instance each trunk is that has an id of its own."""
        self.instances: dict[str, PlannedInstance | None] = {}
        self.enis: list[PlannedEni] = []
        primaries = {eni.instance: eni.vswitch for eni in spec.enis if eni.type == "Primary"}
        for index, instance in enumerate(spec.instances):
            self._add_instances(instance, f"instance[{index}]", primaries)
        for index, eni in enumerate(spec.enis):
            self._add_eni(eni, f"eni[{index}]")
        for index, eni in enumerate(spec.enis):
            if eni.trunk is not None:
                self._check_trunk(eni, eni.trunk, f"eni[{index}].trunk")
        for planned in self.instances.values():
            if planned is not None:
                self._complete(planned, is_told=planned.name in primaries)
        for vswitch in networks.vswitches.values():
            if vswitch is not None:
                check_enough(vswitch, findings)

    # -- instances

    def _add_instances(self, spec: InstanceSpec, key: str, primaries: Mapping[str | None, str | None]) -> None:
        """Plan the instances of one table, as yet without their primary ENIs.

        Args:
            spec: the table.
            key: its path.
            primaries: by instance, the vSwitch of a primary ENI that has a table of its own.
        """
        kind = None
        try:
            kind = self._catalogue.get(spec.type)
        except WorldError as error:
            self._findings.add(f"{key}.type", error.problem)
        if spec.count > 1 and spec.primary_ip is not None:
            self._findings.add(f"{key}.primary_ip", f"{spec.count} instances cannot have the same address")
        for name in self._expand(spec.id, spec.count, f"{key}.id"):
            wanted = spec.vswitch if spec.vswitch is not None else primaries.get(name)
            vswitch = self._findings.look_up(self._networks.vswitches, wanted, key=f"{key}.vswitch", what="vSwitch")
            planned = None
            if kind is not None and vswitch is not None:
                planned = PlannedInstance(name=name, spec=spec, key=key, type=kind, vswitch=vswitch)
            self._findings.register(self.instances, name, planned, key=f"{key}.id")

    def _expand(self, pattern: str, count: int, key: str) -> list[str]:
        """Give the ids of a table: as many as it counts."""
        number = _NUMBER.search(pattern)
        if number is None:
            if count > 1:
                self._findings.add(key, f"{count} things cannot share the id {pattern!r}; write {pattern + '-{n}'!r}")
            return [pattern]
        before, after, width = pattern[: number.start()], pattern[number.end() :], int(number[1] or 1)
        return [f"{before}{n:0{width}}{after}" for n in range(1, count + 1)]

    def _complete(self, instance: PlannedInstance, *, is_told: bool) -> None:
        """Give an instance its primary ENI, unless that has a table of its own, and count what is on it."""
        spec, key = instance.spec, instance.key
        if not is_told:
            eni = EniSpec(
                vswitch=spec.vswitch,
                primary_ip=spec.primary_ip,
                security_groups=spec.security_groups,
                tags=spec.tags,
                resource_group=spec.resource_group,
                type="Primary",
                instance=instance.name,
            )
            instance.primary = self._plan(eni, key)
        elif spec.resource_group is not None:
            self._networks.resource_group(spec.resource_group, instance.vswitch.vpc.account, key, "instance")
        if is_told and (spec.primary_ip is not None or spec.security_groups is not None):
            problem = f"the primary ENI of {instance.name!r} has an [[eni]] table, which says its address and groups"
            self._findings.add(f"{key}.{'security_groups' if spec.primary_ip is None else 'primary_ip'}", problem)
        kind = instance.type
        members = instance.others["Member"]
        attached = 1 + instance.others.total() - members
        if kind.eni_quantity is not None and attached > kind.eni_quantity:
            had = f"{attached} ENIs on it, the primary one included"
            self._findings.add(key, f"{instance.name!r} has {had}; {kind.name} allows {kind.eni_quantity}{_OTHERWISE}")
        if kind.eni_total_quantity is not None and attached + members > kind.eni_total_quantity:
            had = f"{attached + members} ENIs with the members of trunks"
            self._findings.add(
                key, f"{instance.name!r} has {had}; {kind.name} allows {kind.eni_total_quantity}{_OTHERWISE}"
            )

    # -- ENIs

    def _add_eni(self, spec: EniSpec, key: str) -> None:
        """Plan the ENIs of one table."""
        planned = self._plan(spec, key)
        self._check_status(spec, key)
        self._check_shared(spec, key)
        if spec.instance is None:
            if spec.type == "Primary":
                self._findings.add(f"{key}.instance", "a primary ENI is an instance's; name it")
        else:
            instance = self._findings.look_up(self.instances, spec.instance, key=f"{key}.instance", what="instance")
            if planned is None or instance is None:
                return
            self._attach(planned, instance, key)
        if planned is not None and spec.type != "Primary":
            self.enis.append(planned)

    def _plan(self, spec: EniSpec, key: str) -> PlannedEni | None:
        vswitch = self._findings.look_up(self._networks.vswitches, spec.vswitch, key=f"{key}.vswitch", what="vSwitch")
        names: tuple[str | None, ...] = (None,) * spec.count
        if spec.id is not None:
            names = tuple(self._expand(spec.id, spec.count, f"{key}.id"))
            for name in names:
                assert name is not None, "an id was given"
                self._findings.register(self._names, name, None, key=f"{key}.id")
                if spec.type == "Trunk":
                    self._trunks[name] = spec.instance
        if vswitch is None:
            return None
        take_named(spec, vswitch, key, self._findings)
        vswitch.drawn += spec.count * (spec.secondary_count + (spec.primary_ip is None))
        return PlannedEni(
            spec=spec,
            vswitch=vswitch,
            groups=self._groups(spec, vswitch, key),
            resource_group=self._networks.resource_group(spec.resource_group, vswitch.vpc.account, key, "ENI"),
            names=names,
        )

    def _check_status(self, spec: EniSpec, key: str) -> None:
        if spec.instance is None and spec.status in _MOVING:
            self._findings.add(f"{key}.status", f"an ENI that is {spec.status} is on an instance; name it")
        if spec.instance is not None and spec.status in _ALONE:
            self._findings.add(f"{key}.status", f"an ENI that is {spec.status} is on no instance")

    def _check_trunk(self, spec: EniSpec, trunk: str, key: str) -> None:
        """Check that a member is on the instance of its trunk."""
        if spec.type != "Member":
            self._findings.add(key, "only a member is on a trunk")
        elif trunk not in self._trunks:
            self._findings.add(key, f"there is no trunk {trunk!r}; {did_you_mean(trunk, self._trunks)}")
        elif self._trunks[trunk] != spec.instance:
            there, here = self._trunks[trunk] or "no instance", spec.instance or "none"
            self._findings.add(key, f"{trunk!r} is on {there}, the member on {here}")

    def _check_shared(self, spec: EniSpec, key: str) -> None:
        """Check what ENIs cannot share."""
        if spec.secondary_ips and spec.secondary_count:
            self._findings.add(f"{key}.secondary_count", "secondary addresses are either named or counted, not both")
        if spec.count > 1:
            for name in _ONE_EACH:
                if getattr(spec, name):
                    self._findings.add(f"{key}.{name}", f"{spec.count} ENIs cannot have the same")
            if spec.type == "Primary":
                self._findings.add(f"{key}.count", "an instance has one primary ENI")
        mac = spec.mac
        if mac is not None:
            if _MAC.fullmatch(mac) is None:
                self._findings.add(f"{key}.mac", f"{mac!r} is not of the form 00:16:3e:xx:xx:xx, in lower case")
            other = self._macs.setdefault(mac, key)
            if other is not key:
                self._findings.add(f"{key}.mac", f"{mac} is the MAC address of {other} already")

    def _groups(self, spec: EniSpec, vswitch: PlannedVSwitch, key: str) -> tuple[str, ...]:
        """Check the security groups of an ENI, or choose the VPC's first."""
        if spec.security_groups is None:
            return tuple(group.spec.id for group in vswitch.vpc.groups[:1])
        named = spec.security_groups
        groups: list[PlannedGroup] = []
        for place, name in enumerate(named):
            where = f"{key}.security_groups[{place}]"
            group = self._findings.look_up(self._networks.groups, name, key=where, what="security group")
            if group is None:
                continue
            groups.append(group)
            if name in named[:place]:
                self._findings.add(where, f"{name!r} is listed twice")
            if group.vpc is not vswitch.vpc:
                home = "of the classic network" if group.vpc is None else f"of VPC {group.vpc.spec.id!r}"
                self._findings.add(where, f"{name!r} is {home}, the ENI lies in VPC {vswitch.vpc.spec.id!r}")
            if group.spec.type != groups[0].spec.type:
                self._findings.add(
                    where, f"{name!r} is {group.spec.type}, {groups[0].spec.id!r} is not; none are mixed"
                )
        if len(named) > self._profile.groups_per_eni_max:
            most = self._profile.groups_per_eni_max
            self._findings.add(f"{key}.security_groups", f"an ENI is in at most {most} groups, not {len(named)}")
        return named

    def _attach(self, eni: PlannedEni, instance: PlannedInstance, key: str) -> None:
        """Put an ENI on its instance, if zone, VPC and instance type allow it."""
        spec, kind, home = eni.spec, instance.type, instance.vswitch
        if eni.vswitch.vpc is not home.vpc or eni.vswitch.zone != home.zone:
            there, here = f"{eni.vswitch.zone} of {eni.vswitch.vpc.spec.id!r}", f"{home.zone} of {home.vpc.spec.id!r}"
            self._findings.add(f"{key}.instance", f"{instance.name!r} lies in {here}, the ENI in {there}")
        if spec.type != "Primary":
            instance.others[spec.type] += spec.count
        elif instance.primary is not None:
            self._findings.add(f"{key}.instance", f"{instance.name!r} has a primary ENI already")
        elif eni.vswitch is not home:
            problem = f"{instance.name!r} lies in {home.spec.id!r}, and so does its primary ENI"
            self._findings.add(f"{key}.vswitch", problem)
        else:
            instance.primary = eni
        ipv4 = 1 + len(spec.secondary_ips) + spec.secondary_count + len(spec.ipv4_prefixes)
        if kind.ipv4_per_eni is not None and ipv4 > kind.ipv4_per_eni:
            self._findings.add(
                key, f"it has {ipv4} IPv4 addresses and prefixes; {kind.name} allows {kind.ipv4_per_eni}{_OTHERWISE}"
            )
        ipv6 = len(spec.ipv6_addresses) + len(spec.ipv6_prefixes)
        if kind.ipv6_per_eni is not None and ipv6 > kind.ipv6_per_eni:
            self._findings.add(
                key, f"it has {ipv6} IPv6 addresses and prefixes; {kind.name} allows {kind.ipv6_per_eni}{_OTHERWISE}"
            )
