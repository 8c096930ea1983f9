"""A naive cloud of the whole family: dictionaries and sets, written from the documents and not from the product.

It does not know in which order the product checks: for each call it says every refusal that would be just. The product
has to answer one of them, and has to go ahead where there is none.

Addresses are offsets in their vSwitch, and the lowest free one is given first; where a vSwitch chooses at random, the
model is told what was drawn, and holds it against what was free.
"""

from dataclasses import dataclass, field

ON_AN_INSTANCE = ("Attaching", "InUse", "Detaching")


@dataclass(eq=False)
class NaiveEni:
    vswitch: str
    addresses: list[int]
    """The primary one first."""
    groups: list[str]
    status: str = "Available"
    instance: str | None = None
    is_primary: bool = False
    tags: dict[str, str] = field(default_factory=dict)
    name: str = ""
    dies_with_instance: bool = False
    is_busy: bool = False


@dataclass(eq=False)
class NaiveInstance:
    vswitch: str
    slots: int
    addresses_per_eni: int
    status: str = "Running"


@dataclass(eq=False)
class NaiveVSwitch:
    vpc: str
    zone: str
    first: int
    """Of the block within its VPC's 10.x.0.0/24, which is what the model knows."""
    size: int
    free: set[int] = field(default_factory=set)
    pins: int = 0

    def __post_init__(self) -> None:
        self.free = set(range(1, self.size - 3))


@dataclass(eq=False)
class NaiveGroup:
    vpc: str
    capacity: int
    held: int = 0
    pins: int = 0


@dataclass(eq=False)
class Pending:
    """A call that stands before its last step."""

    kind: str
    eni: NaiveEni | None = None
    instance: str | None = None
    addresses: list[int] = field(default_factory=list)


class NaiveFamily:
    def __init__(self, *, quota: int, lingers: bool, addresses_per_eni: int, groups_per_eni: int) -> None:
        self.quota = quota
        self.lingers = lingers
        self.addresses_per_eni = addresses_per_eni
        self.groups_per_eni = groups_per_eni
        self.vswitches: dict[str, NaiveVSwitch] = {}
        self.groups: dict[str, NaiveGroup] = {}
        self.instances: dict[str, NaiveInstance] = {}
        self.enis: list[NaiveEni] = []
        """All that exist, oldest first."""
        self.held_quota = 0

    # -- questions

    @property
    def counted(self) -> int:
        return sum(not eni.is_primary for eni in self.enis)

    def members_of(self, group: str) -> list[NaiveEni]:
        return [eni for eni in self.enis if group in eni.groups]

    def places_left(self, group: str) -> int:
        used = sum(len(eni.addresses) for eni in self.members_of(group))
        return self.groups[group].capacity - used - self.groups[group].held

    def on(self, instance: str) -> list[NaiveEni]:
        return [eni for eni in self.enis if eni.instance == instance]

    def vpc_of(self, eni: NaiveEni) -> str:
        return self.vswitches[eni.vswitch].vpc

    # -- creating and deleting

    def create_faults(self, vswitch: str, groups: list[str], count: int, named: list[int]) -> set[str]:
        found = set()
        home = self.vswitches.get(vswitch)
        if home is None:
            found = {"InvalidVSwitchId.NotFound"}
            return found | ({"JoinedGroupLimitExceed"} if len(groups) > self.groups_per_eni else set())
        found |= self._group_faults(home.vpc, groups)
        if self.counted + self.held_quota >= self.quota:
            found.add("MaxEniCountExceeded")
        wanted = 1 + count + len(named)
        if any(group in self.groups and self.places_left(group) < wanted for group in groups):
            found.add("SecurityGroupInstanceLimitExceed")
        return found | self._address_faults(home, 1 + count, named)

    def _group_faults(self, vpc: str, groups: list[str]) -> set[str]:
        found = set()
        for group in groups:
            if group not in self.groups:
                found.add("InvalidSecurityGroupId.NotFound")
            elif self.groups[group].vpc != vpc:
                found.add("InvalidOperation.VpcMismatch")
        if len(groups) > self.groups_per_eni:
            found.add("JoinedGroupLimitExceed")
        return found

    def _address_faults(self, home: NaiveVSwitch, count: int, named: list[int]) -> set[str]:
        found = set()
        if any(not 1 <= address < home.size - 3 for address in named):
            found.add("InvalidVSwitchId.IpInvalid")
        if any(1 <= address < home.size - 3 and address not in home.free for address in named):
            found.add("InvalidPrivateIpAddress.Duplicated")
        if len(home.free - set(named)) < count:
            found.add("InvalidVSwitchId.IpNotEnough")
        return found

    def take(self, home: NaiveVSwitch, count: int, named: list[int], drawn: list[int] | None = None) -> list[int]:
        """Give the chosen addresses, then the named ones."""
        home.free -= set(named)
        chosen = sorted(home.free)[:count] if drawn is None else drawn
        assert len(chosen) == count
        assert set(chosen) <= home.free, "what is drawn was free"
        home.free -= set(chosen)
        return [*chosen, *named]

    def begin_create(
        self, vswitch: str, groups: list[str], count: int, named: list[int], drawn: list[int] | None
    ) -> NaiveEni:
        home = self.vswitches[vswitch]
        taken = self.take(home, 1 + count, named, drawn)
        # The primary address comes first; named ones stand before further chosen ones.
        primary, rest = taken[0], taken[1 : 1 + count]
        eni = NaiveEni(vswitch, [primary, *named, *rest], list(groups))
        self.held_quota += 1
        home.pins += 1
        for group in groups:
            self.groups[group].held += len(eni.addresses)
            self.groups[group].pins += 1
        return eni

    def finish_create(self, eni: NaiveEni) -> None:
        self.held_quota -= 1
        self.vswitches[eni.vswitch].pins -= 1
        for group in eni.groups:
            self.groups[group].held -= len(eni.addresses)
            self.groups[group].pins -= 1
        self.enis.append(eni)

    def delete_faults(self, eni: NaiveEni | None) -> set[str]:
        if eni is None or eni not in self.enis:
            return {"InvalidEniId.NotFound"}
        found = set()
        if eni.is_primary:
            found.add("InvalidOperation.InvalidEniType")
        if eni.status not in ("Available", "Deleting"):
            found.add("InvalidOperation.InvalidEniState")
        if eni.is_busy:
            found |= {"Operation.Conflict", "InvalidOperation.Conflict"}
        return found

    def end(self, eni: NaiveEni) -> None:
        self.enis.remove(eni)
        self.vswitches[eni.vswitch].free |= set(eni.addresses)
        eni.status = "gone"

    # -- attaching

    def attach_faults(self, eni: NaiveEni | None, instance: str) -> set[str]:
        found = set()
        host = self.instances.get(instance)
        if host is None:
            found.add("InvalidEcsId.NotFound")
        elif host.status not in ("Running", "Stopped"):
            found.add("InvalidOperation.InvalidEcsState")
        if eni is None or eni not in self.enis:
            return found | {"InvalidEniId.NotFound"}
        if eni.is_primary:
            found.add("InvalidOperation.InvalidEniType")
        if eni.status != "Available":
            found.add("InvalidOperation.InvalidEniState")
        if eni.is_busy:
            found.add("Operation.Conflict")
        if host is None:
            return found
        home, place = self.vswitches[eni.vswitch], self.vswitches[host.vswitch]
        if home.vpc != place.vpc:
            found.add("InvalidOperation.VpcMismatch")
        if home.zone != place.zone:
            found.add("InvalidOperation.AvailabilityZoneMismatch")
        if len(self.on(instance)) >= host.slots:
            found.add("EniPerInstanceLimitExceeded")
        if len(eni.addresses) > host.addresses_per_eni:
            found.add("InvalidOperation.Ipv4CountExceeded")
        return found

    def attach(self, eni: NaiveEni, instance: str) -> None:
        eni.status, eni.instance = "Attaching", instance

    def detach_faults(self, eni: NaiveEni | None, instance: str) -> set[str]:
        found = set()
        host = self.instances.get(instance)
        if host is None:
            found.add("InvalidEcsId.NotFound")
        elif host.status not in ("Running", "Stopped"):
            found.add("InvalidOperation.InvalidEcsState")
        if eni is None or eni not in self.enis:
            return found | {"InvalidEniId.NotFound"}
        if eni.is_primary:
            found |= {"InvalidOperation.DetachPrimaryEniNotAllowed"}
        if eni.status not in ("InUse", "Detaching"):
            found.add("InvalidOperation.InvalidEniState")
        if eni.instance != instance:
            found |= {"InvalidOperation.InvalidEniState", "InvalidEcsId.NotFound", "InvalidInstanceId.NotFound"}
        if eni.is_busy:
            found.add("Operation.Conflict")
        return found

    def finish(self, pending: Pending) -> None:
        """Make the last step of a call, as far as things still stand as it left them."""
        eni = pending.eni
        if pending.kind == "create" and eni is not None:
            self.finish_create(eni)
        elif pending.kind == "attach" and eni is not None:
            if eni.status == "Attaching" and eni.instance == pending.instance:
                eni.status = "InUse"
        elif pending.kind == "detach" and eni is not None:
            if eni.status == "Detaching" and eni.instance == pending.instance:
                eni.status, eni.instance = "Available", None
        elif pending.kind == "delete" and eni is not None:
            if eni.status == "Deleting":
                self.end(eni)
        elif pending.kind == "assign" and eni is not None:
            eni.addresses += pending.addresses
            eni.is_busy = False
            self.vswitches[eni.vswitch].pins -= 1
            for group in eni.groups:
                self.groups[group].held -= len(pending.addresses)

    # -- addresses

    def assign_faults(self, eni: NaiveEni | None, count: int, named: list[int]) -> set[str]:
        if eni is None or eni not in self.enis:
            return {"InvalidEniId.NotFound"}
        found = self._state_faults(eni)
        if eni.is_busy:
            found.add("Operation.Conflict")
        home = self.vswitches[eni.vswitch]
        after = len(eni.addresses) + count + len(named)
        host = self.instances.get(eni.instance or "")
        if host is None and after > self.addresses_per_eni:
            found.add("MaxEniPrivateIpsCountExceeded")
        if host is not None and after > host.addresses_per_eni:
            found.add("InvalidOperation.Ipv4CountExceeded")
        if any(self.places_left(group) < count + len(named) for group in eni.groups):
            found.add("SecurityGroupInstanceLimitExceed")
        if set(named) & set(eni.addresses):
            found.add("InvalidIp.IpAssigned")
        return found | self._address_faults(home, count, named)

    def _state_faults(self, eni: NaiveEni) -> set[str]:
        found = set()
        if eni.status not in ("Available", "InUse"):
            found.add("InvalidOperation.InvalidEniState")
        host = self.instances.get(eni.instance or "")
        if host is not None and host.status not in ("Running", "Stopped"):
            found.add("InvalidOperation.InvalidEcsState")
        return found

    def begin_assign(self, eni: NaiveEni, count: int, named: list[int], drawn: list[int] | None) -> Pending:
        home = self.vswitches[eni.vswitch]
        taken = self.take(home, count, named, drawn)
        eni.is_busy = True
        home.pins += 1
        for group in eni.groups:
            self.groups[group].held += len(taken)
        chosen = taken[:count]
        return Pending("assign", eni, addresses=[*named, *chosen])

    def unassign_faults(self, eni: NaiveEni | None, addresses: list[int]) -> set[str]:
        if eni is None or eni not in self.enis:
            return {"InvalidEniId.NotFound"}
        found = self._state_faults(eni)
        if eni.is_busy:
            found.add("Operation.Conflict")
        if not set(addresses) <= set(eni.addresses[1:]):
            found.add("InvalidIp.IpUnassigned")
        return found

    def unassign(self, eni: NaiveEni, addresses: list[int]) -> None:
        eni.addresses = [address for address in eni.addresses if address not in addresses]
        self.vswitches[eni.vswitch].free |= set(addresses)

    # -- groups

    def modify_faults(self, eni: NaiveEni | None, groups: list[str]) -> set[str]:
        if eni is None or eni not in self.enis:
            return {"InvalidEniId.NotFound", "JoinedGroupLimitExceed"}
        found = self._group_faults(self.vpc_of(eni), groups)
        if eni.is_primary:
            found.add("InvalidOperation.PrimaryEniOnlySupportModifyNameAndDesc")
        if eni.status not in ("Available", "InUse"):
            found.add("InvalidOperation.InvalidEniState")
        if eni.is_busy:
            found.add("Operation.Conflict")
        fresh = [group for group in groups if group in self.groups and group not in eni.groups]
        if any(self.places_left(group) < len(eni.addresses) for group in fresh):
            found.add("SecurityGroupInstanceLimitExceed")
        return found

    def delete_group_faults(self, group: str) -> set[str]:
        if group not in self.groups:
            return {"InvalidSecurityGroupId.NotFound"}
        if self.members_of(group) or self.groups[group].pins:
            return {"DependencyViolation"}
        return set()

    # -- vSwitches

    def create_vswitch_faults(self, vpc: str, first: int, size: int) -> set[str]:
        taken = [one for one in self.vswitches.values() if one.vpc == vpc]
        if any(one.first < first + size and first < one.first + one.size for one in taken):
            return {"InvalidCidrBlock.Overlapped"}
        return set()

    def delete_vswitch_faults(self, vswitch: str) -> set[str]:
        if vswitch not in self.vswitches:
            return {"InvalidVSwitchId.NotFound"}
        if self.vswitches[vswitch].pins or any(eni.vswitch == vswitch for eni in self.enis):
            return {"DependencyViolation"}
        return set()

    # -- instances

    def change_faults(self, instance: str, wanted: str) -> set[str]:
        host = self.instances.get(instance)
        if host is None:
            return {"InvalidInstanceId.NotFound"}
        return set() if host.status == wanted else {"IncorrectInstanceStatus"}

    def end_instance_faults(self, instance: str, *, is_forced: bool) -> set[str]:
        host = self.instances.get(instance)
        if host is None:
            return {"InvalidInstanceId.NotFound"}
        found = set()
        if any(eni.is_busy for eni in self.on(instance)):
            found.add("Operation.Conflict")
        if not is_forced and host.status != "Stopped":
            found.add("IncorrectInstanceStatus")
        return found

    def end_instance(self, instance: str) -> None:
        for eni in self.on(instance):
            if eni.is_primary or eni.dies_with_instance:
                self.end(eni)
            else:
                eni.status, eni.instance = "Available", None
        del self.instances[instance]
