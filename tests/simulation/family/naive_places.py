"""What the ENIs of the naive cloud stand on: VPCs, vSwitches, groups and instances, each with its refusals."""

from collections.abc import Iterable

from tests.simulation.family.naive_things import (
    NaiveEni,
    NaiveGroup,
    NaiveInstance,
    NaiveToken,
    NaiveVpc,
    NaiveVSwitch,
    block,
)


class NaivePlaces:
    def __init__(self, *, quota: int, is_current: bool, groups_per_eni: int) -> None:
        self.quota = quota
        self.is_current = is_current
        self.addresses_per_eni = 50 if is_current else 11
        self.groups_per_eni = groups_per_eni
        self.now = 0
        self.vpcs: dict[str, NaiveVpc] = {}
        self.vswitches: dict[str, NaiveVSwitch] = {}
        self.groups: dict[str, NaiveGroup] = {}
        self.instances: dict[str, NaiveInstance] = {}
        self.zones_out: set[str] = set()
        self.tokens: dict[tuple[str, str], NaiveToken] = {}
        self.enis: list[NaiveEni] = []
        """All that exist, oldest first."""
        self.held_quota = 0
        self.vpc_quota = 10
        self.group_quota = 100
        self.vswitch_quotas: dict[str, int] = {}

    def pass_time(self, now: int) -> None:
        self.now = now
        for home in self.vswitches.values():
            home.wake(now)

    # -- questions

    @property
    def counted(self) -> int:
        return sum(not eni.is_primary for eni in self.enis)

    def members_of(self, group: str) -> list[NaiveEni]:
        return [eni for eni in self.enis if group in eni.groups]

    def places_left(self, group: str) -> int:
        return self.places_left_in(self.groups[group])

    def places_left_in(self, group: NaiveGroup) -> int:
        (name,) = [name for name, one in self.groups.items() if one is group]
        used = sum(group.places_for(eni.count4 + eni.count6) for eni in self.members_of(name))
        return group.capacity - used - group.held

    def on(self, instance: str) -> list[NaiveEni]:
        """What takes the ordinary places of an instance; members of trunks have others."""
        return [eni for eni in self.enis if eni.instance == instance and eni.kind != "Member"]

    def members_on(self, instance: str) -> list[NaiveEni]:
        return [eni for eni in self.enis if eni.instance == instance and eni.kind == "Member"]

    def primary_of(self, instance: str) -> NaiveEni:
        (primary,) = [eni for eni in self.on(instance) if eni.is_primary]
        return primary

    def vpc_of(self, eni: NaiveEni) -> str:
        return self.vswitches[eni.vswitch].vpc

    # -- groups

    def group_faults(self, vpc: str, groups: list[str]) -> set[str]:
        """What stands against these groups together."""
        found = set()
        for group in groups:
            if group not in self.groups:
                found.add("InvalidSecurityGroupId.NotFound")
            elif self.groups[group].vpc != vpc:
                found.add("InvalidOperation.VpcMismatch")
        if len({self.groups[group].is_enterprise for group in groups if group in self.groups}) > 1:
            found.add("InvalidOperation.MultiGroupType")
        if len(groups) > self.groups_per_eni:
            found.add("JoinedGroupLimitExceed")
        return found

    def room_faults(self, groups: Iterable[str], addresses: int) -> set[str]:
        """What stands against an ENI with so many addresses in each of these groups."""
        found = set()
        for group in groups:
            if group in self.groups and self.places_left(group) < self.groups[group].places_for(addresses):
                by_enis = self.groups[group].counts_enis
                found.add("InvalidOperation.EniCountExceeded" if by_enis else "SecurityGroupInstanceLimitExceed")
        return found

    def membership_faults(self, eni: NaiveEni, group: str, *, leaves: bool, by_instance: bool) -> set[str]:
        """What stands against an ENI, or an instance for its primary one, that joins or leaves a group."""
        found = set()
        if eni.is_busy:
            found |= {"Operation.Conflict", "InvalidOperation.Conflict"}
        if eni.is_primary and not by_instance:
            found.add("InvalidOperation.InvalidEniType")
        if not by_instance and eni.status not in ("Available", "InUse"):
            found.add("InvalidOperation.InvalidEniState")
        if by_instance and self.instances[eni.instance or ""].status not in ("Running", "Stopped"):
            found.add("IncorrectInstanceStatus")
        if group not in self.groups:
            return found | {"InvalidSecurityGroupId.NotFound"}
        if leaves:
            if group not in eni.groups:
                found.add("InstanceNotInSecurityGroup" if by_instance else "InvalidSecurityGroupAssociation.NotFound")
            elif len(eni.groups) == 1:
                found.add("InstanceLastSecurityGroup" if by_instance else "InvalidOperation.AtLeastInOneGroup")
            return found
        if self.groups[group].vpc != self.vpc_of(eni):
            found.add("InvalidInstanceId.Mismatch" if by_instance else "InvalidOperation.VpcMismatch")
        if group in eni.groups:
            return found | {"InvalidInstanceId.AlreadyExists"}
        said_here = {
            "JoinedGroupLimitExceed": "InstanceSecurityGroupLimitExceeded",
            "SecurityGroupInstanceLimitExceed": "SecurityGroupInstanceLimitExceeded",
            "InvalidOperation.EniCountExceeded": "InvalidOperation.NetworkInterfaceCountExceeded",
        }
        room = self.room_faults([group], eni.count4 + eni.count6)
        together = self.group_faults(self.vpc_of(eni), [*eni.groups, group]) - {"InvalidOperation.VpcMismatch"}
        return found | {said_here.get(one, one) for one in room | together}

    def create_group_faults(self, vpc: str) -> set[str]:
        found = set() if vpc in self.vpcs else {"InvalidVpcId.NotFound"}
        return found | ({"QuotaExceed.SecurityGroup"} if len(self.groups) >= self.group_quota else set())

    def policy_faults(self, group: str, policy: str) -> set[str]:
        if group not in self.groups:
            return {"InvalidSecurityGroupId.NotFound"}
        return {"InvalidParameter"} if self.groups[group].is_enterprise and policy == "Accept" else set()

    def delete_group_faults(self, group: str) -> set[str]:
        if group not in self.groups:
            return {"InvalidSecurityGroupId.NotFound"}
        return {"DependencyViolation"} if self.members_of(group) or self.groups[group].pins else set()

    # -- VPCs and vSwitches

    def vswitches_of(self, vpc: str) -> list[NaiveVSwitch]:
        return [one for one in self.vswitches.values() if one.vpc == vpc]

    def delete_vpc_faults(self, vpc: str) -> set[str]:
        if vpc not in self.vpcs:
            return {"InvalidVpcId.NotFound"}
        found = {"DependencyViolation.VSwitch"} if self.vswitches_of(vpc) else set()
        in_groups = any(group.vpc == vpc for group in self.groups.values())
        return found | ({"DependencyViolation.SecurityGroup"} if in_groups else set())

    def create_vswitch_faults(self, vpc: str, zone: str, first: int, size: int) -> set[str]:
        if vpc not in self.vpcs:
            return {"InvalidVpcId.NotFound"}
        taken = self.vswitches_of(vpc)
        found = {"ServiceUnavailable"} if zone in self.zones_out else set()
        if any(one.first < first + size and first < one.first + one.size for one in taken):
            found.add("InvalidCidrBlock.Overlapped")
        if len(taken) >= self.vswitch_quotas.get(vpc, 150):
            found.add("QuotaExceeded.VSwitch")
        return found

    def vswitch_faults(self, vswitch: str) -> set[str]:
        """What stands against every change of a vSwitch."""
        if vswitch not in self.vswitches:
            return {"InvalidVSwitchId.NotFound"}
        return set() if self.vswitches[vswitch].status == "Available" else {"IncorrectVSwitchStatus"}

    def delete_vswitch_faults(self, vswitch: str) -> set[str]:
        found, home = self.vswitch_faults(vswitch), self.vswitches.get(vswitch)
        if home is None:
            return found
        enis = any(eni.vswitch == vswitch for eni in self.enis)
        is_empty = not (enis or home.pins or home.set_aside or home.elsewhere or home.fixtures)
        return found | (set() if is_empty else {"DependencyViolation"})

    def reserve_faults(self, vswitch: str, first: int) -> set[str]:
        """What stands against setting a /28 aside."""
        found, home = self.vswitch_faults(vswitch), self.vswitches.get(vswitch)
        if home is None:
            return found
        if home.size < 4 * 16 or not 0 <= first < home.size:
            return found | {"InvalidParameter"}
        if first in home.set_aside.values():
            found |= {"InvalidCidrBlock.Overlapped", "InvalidParameter"}
        return found | (set() if home.idle.issuperset(block(first)) else {"InvalidParameter"})

    def unreserve_faults(self, reservation: str) -> set[str]:
        for home in self.vswitches.values():
            if reservation in home.set_aside:
                first = home.set_aside[reservation]
                return {"DependencyViolation"} if home.used.intersection(block(first)) else set()
        return {"InvalidVSwitchCidrReservationId.NotFound"}

    # -- instances

    def change_faults(self, instance: str, wanted: str) -> set[str]:
        host = self.instances.get(instance)
        if host is None:
            return {"InvalidInstanceId.NotFound"}
        found = set() if host.status == wanted else {"IncorrectInstanceStatus"}
        is_out = wanted == "Stopped" and self.vswitches[host.vswitch].zone in self.zones_out
        return found | ({"ServiceUnavailable"} if is_out else set())

    def end_instance_faults(self, instance: str, *, is_forced: bool) -> set[str]:
        host = self.instances.get(instance)
        if host is None:
            return {"InvalidInstanceId.NotFound"}
        found = set()
        if any(eni.is_busy for eni in self.enis if eni.instance == instance):
            found.add("Operation.Conflict")
        if host.status == "Pending" or (not is_forced and host.status != "Stopped"):
            found.add("IncorrectInstanceStatus")
        return found
