"""A naive cloud of the whole family: dictionaries and sets, written from the documents and not from the product.

It does not know in which order the product checks: for each call it says every refusal that would be just. The product
has to answer one of them, and has to go ahead where there is none. What is chosen at random the model is told, and
holds it against what was free.

Here are ENIs and tokens; what they stand on is in :mod:`tests.simulation.family.naive_places`, and where their
addresses come from in :mod:`tests.simulation.family.naive_supply`.
"""

from tests.simulation.family.naive_supply import NaiveSupply
from tests.simulation.family.naive_things import (
    Drawn,
    NaiveEni,
    NaiveToken,
    Pending,
    Wish,
    block,
)

STEADY = ("Running", "Stopped")
TRY_LATER = ("InternalError", "ServiceUnavailable", "Operation.Conflict", "IncorrectVSwitchStatus")
TOKEN_WINDOW = 24 * 3600 * 1_000_000_000


class NaiveFamily(NaiveSupply):
    # -- tokens

    def token(self, action: str, token: str) -> NaiveToken | None:
        """What it stands for, if that is still known."""
        known = self.tokens.get((action, token))
        return None if known is None or (known.until is not None and known.until <= self.now) else known

    def claim(self, action: str, token: str, said: tuple[object, ...] | None) -> NaiveToken:
        self.tokens[action, token] = made = NaiveToken(said)
        return made

    def settle(self, entry: NaiveToken, ending: str) -> None:
        """Remember how the call of a token ended, or forget it where the refusal says "try later"."""
        entry.ending = ending
        entry.until = self.now if ending in TRY_LATER else self.now + TOKEN_WINDOW

    # -- creating and deleting

    def create_faults(self, vswitch: str, groups: list[str], wish: Wish, *, kind: str) -> set[str]:
        found = set()
        if not self.is_current and (wish.is_newer or kind != "Secondary"):
            found.add("UnsupportedParameter")
        home = self.vswitches.get(vswitch)
        if home is None:
            found.add("InvalidVSwitchId.NotFound")
            return found | ({"JoinedGroupLimitExceed"} if len(groups) > self.groups_per_eni else set())
        if home.status != "Available":
            found.add("IncorrectVSwitchStatus")
        if home.zone in self.zones_out:
            found.add("ServiceUnavailable")
        found |= self.group_faults(home.vpc, groups) | self.room_faults(groups, 1 + wish.size4 + wish.size6)
        if self.counted + self.held_quota >= self.quota:
            found.add("MaxEniCountExceeded")
        return found | self.address_faults(home, wish, primaries=1)

    def begin_create(self, vswitch: str, groups: list[str], wish: Wish, drawn: Drawn, *, kind: str) -> NaiveEni:
        home = self.vswitches[vswitch]
        assert len(drawn.addresses) == 1 + wish.count + len(wish.named)
        self.take(home, wish, drawn)
        eni = NaiveEni(vswitch, drawn.addresses, list(groups), kind=kind, prefixes=drawn.prefixes)
        eni.ipv6, eni.ipv6_prefixes = drawn.ipv6, drawn.ipv6_prefixes
        self.held_quota += 1
        home.pins += 1
        for group in map(self.groups.__getitem__, groups):
            group.held += group.places_for(eni.count4 + eni.count6)
            group.pins += 1
        return eni

    def finish_create(self, eni: NaiveEni) -> None:
        self.held_quota -= 1
        self.vswitches[eni.vswitch].pins -= 1
        for group in map(self.groups.__getitem__, eni.groups):
            group.held -= group.places_for(eni.count4 + eni.count6)
            group.pins -= 1
        self.enis.append(eni)

    def delete_faults(self, eni: NaiveEni) -> set[str]:
        if eni not in self.enis:
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
        self.give_back(self.vswitches[eni.vswitch], Drawn(eni.addresses, eni.prefixes, eni.ipv6, eni.ipv6_prefixes))
        eni.status = "gone"

    # -- attaching

    def attach_faults(self, eni: NaiveEni, instance: str, trunk: NaiveEni | None) -> set[str]:
        found = set()
        if trunk is not None and not self.is_current:
            found.add("UnsupportedParameter")
        host = self.instances.get(instance)
        if host is None:
            found.add("InvalidEcsId.NotFound")
        elif host.status not in STEADY:
            found.add("InvalidOperation.InvalidEcsState")
        if eni not in self.enis or (trunk is not None and trunk not in self.enis):
            found.add("InvalidEniId.NotFound")
        if eni not in self.enis:
            return found
        if eni.is_primary or (eni.kind == "Trunk" and trunk is not None):
            found.add("InvalidOperation.InvalidEniType")
        if eni.status != "Available":
            found.add("InvalidOperation.InvalidEniState")
        if eni.kind == "Member":  # it is on an instance, and so in no state to be attached, and of no kind perhaps
            found.add("InvalidOperation.InvalidEniType")
        if eni.is_busy:
            found.add("Operation.Conflict")
        return found if host is None else found | self._host_faults(eni, instance, trunk)

    def _host_faults(self, eni: NaiveEni, instance: str, trunk: NaiveEni | None) -> set[str]:
        """What the instance says to an ENI that shall be put on it."""
        found, host = set(), self.instances[instance]
        home, place = self.vswitches[eni.vswitch], self.vswitches[host.vswitch]
        if home.vpc != place.vpc:
            found.add("InvalidOperation.VpcMismatch")
        if home.zone != place.zone:
            found.add("InvalidOperation.AvailabilityZoneMismatch")
        if place.zone in self.zones_out:
            found.add("ServiceUnavailable")
        if host.type.slots == 1:
            found.add("InvalidInstanceType.ElasticNetworkInterfaceNotSupported")
        found |= self._trunk_faults(eni, instance, trunk) if trunk is not None or eni.kind == "Trunk" else set()
        others = self.members_on(instance) if trunk is not None else self.on(instance)
        if len(others) >= (host.type.members if trunk is not None else host.type.slots):
            found.add("EniPerInstanceLimitExceeded")
        return found | self.type_faults(instance, eni.count4, eni.count6)

    def _trunk_faults(self, eni: NaiveEni, instance: str, trunk: NaiveEni | None) -> set[str]:
        found = set()
        if not self.instances[instance].type.has_trunks:
            found.add("InvalidOperation.InstanceTypeNotSupportEniTrunking")
        if trunk is not None and trunk.type != "Trunk":
            found.add("InvalidOperation.EniTypeNotSupportTrunking")
        if trunk is not None and (trunk.status != "InUse" or trunk.instance != instance or trunk is eni):
            found.add("InvalidOperation.InvalidTrunkEniStatus")
        return found

    def type_faults(self, instance: str, count4: int, count6: int) -> set[str]:
        """What the type of an instance says to an ENI with so many addresses."""
        found, type_ = set(), self.instances[instance].type
        if count4 > type_.addresses_per_eni:
            found.add("InvalidOperation.Ipv4CountExceeded")
        if count6 > type_.ipv6_per_eni:
            found.add("InvalidOperation.Ipv6CountExceeded" if type_.ipv6_per_eni else "InvalidOperation.Ipv6NotSupport")
        return found

    def attach(self, eni: NaiveEni, instance: str, trunk: NaiveEni | None) -> None:
        eni.status, eni.instance = "Attaching", instance
        if trunk is not None:
            eni.kind, eni.trunk = "Member", trunk

    def leave_instance(self, eni: NaiveEni) -> None:
        eni.status, eni.instance, eni.trunk = "Available", None, None
        eni.kind = "Secondary" if eni.kind == "Member" else eni.kind

    def detach_faults(self, eni: NaiveEni, instance: str) -> set[str]:
        found = set()
        host = self.instances.get(instance)
        if host is None:
            found.add("InvalidEcsId.NotFound")
        elif host.status not in STEADY:
            found.add("InvalidOperation.InvalidEcsState")
        if eni not in self.enis:
            return found | {"InvalidEniId.NotFound"}
        if eni.is_primary:
            found |= {"InvalidOperation.DetachPrimaryEniNotAllowed"}
        if eni.status not in ("InUse", "Detaching"):
            found.add("InvalidOperation.InvalidEniState")
        if eni.instance != instance:
            found |= {"InvalidOperation.InvalidEniState", "InvalidParameter.EniNotBelongEcs"}
        if eni.is_busy:
            found.add("Operation.Conflict")
        if any(member.trunk is eni for member in self.enis):
            found.add("InvalidOperation.HasMemberEniAttached")
        return found

    def finish(self, pending: Pending, *, fails: bool = False) -> None:
        """Make the last step of a call, as far as things still stand as it left them."""
        eni = pending.eni
        if pending.kind == "create":
            self.finish_create(eni)
        elif pending.kind == "assign":
            self._finish_assign(eni, pending.drawn)
        elif pending.kind == "attach" and eni.status == "Attaching" and eni.instance == pending.instance:
            if fails:
                self.leave_instance(eni)
            else:
                eni.status = "InUse"
        elif pending.kind == "detach" and eni.status == "Detaching" and eni.instance == pending.instance:
            self.leave_instance(eni)
        elif pending.kind == "delete" and eni.status == "Deleting":
            self.end(eni)

    # -- addresses of an ENI

    def assign_faults(self, eni: NaiveEni, wish: Wish) -> set[str]:
        found = {"UnsupportedParameter"} if wish.is_newer and not self.is_current else set()
        if eni not in self.enis:
            return found | {"InvalidEniId.NotFound"}
        found |= self._state_faults(eni)
        home = self.vswitches[eni.vswitch]
        count4, count6 = eni.count4 + wish.size4, eni.count6 + wish.size6
        if eni.instance is None:
            if wish.size4 and count4 > self.addresses_per_eni:
                found.add("MaxEniPrivateIpsCountExceeded")
            if count6 > 10:
                found.add("MaxEniIpv6IpsCountExceeded")
        else:
            found |= self.type_faults(eni.instance, count4 if wish.size4 else 0, count6 if wish.size6 else 0)
        for group in map(self.groups.__getitem__, eni.groups):
            if not group.counts_enis and self.places_left_in(group) < wish.size4 + wish.size6:
                found.add("SecurityGroupInstanceLimitExceed")
        own = ((wish.named, eni.addresses), (wish.prefixes, eni.prefixes), (wish.ipv6, eni.ipv6))
        if any(set(named) & set(had) for named, had in (*own, (wish.ipv6_prefixes, eni.ipv6_prefixes))):
            found.add("InvalidIp.IpAssigned")
        return found | self.address_faults(home, wish, primaries=0)

    def _state_faults(self, eni: NaiveEni) -> set[str]:
        found = set()
        if eni.status not in ("Available", "InUse"):
            found.add("InvalidOperation.InvalidEniState")
        if eni.is_busy:
            found.add("Operation.Conflict")
        host = self.instances.get(eni.instance or "")
        if host is not None and host.status not in STEADY:
            found.add("InvalidOperation.InvalidEcsState")
        if self.vswitches[eni.vswitch].zone in self.zones_out:
            found.add("ServiceUnavailable")
        return found

    def begin_assign(self, eni: NaiveEni, wish: Wish, drawn: Drawn) -> Pending:
        home = self.vswitches[eni.vswitch]
        assert len(drawn.addresses) == wish.count + len(wish.named)
        self.take(home, wish, drawn)
        eni.is_busy = True
        home.pins += 1
        for group in map(self.groups.__getitem__, eni.groups):
            group.held += 0 if group.counts_enis else wish.size4 + wish.size6
        return Pending("assign", eni, drawn=drawn)

    def late_faults(self, pending: Pending) -> set[str]:
        """What has come to stand against a call that was held before its last step: an assign is asked twice."""
        return self._state_faults(pending.eni) - {"Operation.Conflict"} if pending.kind == "assign" else set()

    def undo_assign(self, pending: Pending) -> None:
        """What nobody ever saw is free at once, without cooling down."""
        home, drawn = self.vswitches[pending.eni.vswitch], pending.drawn
        self._end_assign(pending.eni, drawn)
        home.used -= {*drawn.addresses, *(one for first in drawn.prefixes for one in block(first))}
        home.used6 -= set(drawn.ipv6)
        home.prefixes6 -= set(drawn.ipv6_prefixes)

    def _finish_assign(self, eni: NaiveEni, drawn: Drawn) -> None:
        self._end_assign(eni, drawn)
        eni.addresses = [*eni.addresses, *drawn.addresses]
        eni.prefixes = [*eni.prefixes, *drawn.prefixes]
        eni.ipv6 = [*eni.ipv6, *drawn.ipv6]
        eni.ipv6_prefixes = [*eni.ipv6_prefixes, *drawn.ipv6_prefixes]

    def _end_assign(self, eni: NaiveEni, drawn: Drawn) -> None:
        eni.is_busy = False
        self.vswitches[eni.vswitch].pins -= 1
        count = sum(map(len, (drawn.addresses, drawn.prefixes, drawn.ipv6, drawn.ipv6_prefixes)))
        for group in map(self.groups.__getitem__, eni.groups):
            group.held -= 0 if group.counts_enis else count

    def unassign_faults(self, eni: NaiveEni, gone: Drawn) -> set[str]:
        is_newer = gone.prefixes or gone.ipv6 or gone.ipv6_prefixes
        found = {"UnsupportedParameter"} if is_newer and not self.is_current else set()
        if eni not in self.enis:
            return found | {"InvalidEniId.NotFound", "InvalidParameter.Conflict"}
        found |= self._state_faults(eni)
        own = ((gone.addresses, eni.addresses[1:]), (gone.prefixes, eni.prefixes), (gone.ipv6, eni.ipv6))
        if not all(set(named) <= set(had) for named, had in (*own, (gone.ipv6_prefixes, eni.ipv6_prefixes))):
            found.add("InvalidIp.IpUnassigned")
        if gone.addresses and gone.prefixes:
            found.add("InvalidParameter.Conflict")
        return found

    def unassign(self, eni: NaiveEni, gone: Drawn) -> None:
        eni.addresses = [one for one in eni.addresses if one not in gone.addresses]
        eni.prefixes = [one for one in eni.prefixes if one not in gone.prefixes]
        eni.ipv6 = [one for one in eni.ipv6 if one not in gone.ipv6]
        eni.ipv6_prefixes = [one for one in eni.ipv6_prefixes if one not in gone.ipv6_prefixes]
        self.give_back(self.vswitches[eni.vswitch], gone)

    # -- what an ENI is like

    def modify_faults(self, eni: NaiveEni, groups: list[str]) -> set[str]:
        """What stands against other groups."""
        if eni not in self.enis:
            return {"InvalidEniId.NotFound", "JoinedGroupLimitExceed"}
        fresh = [group for group in groups if group not in eni.groups]
        found = self.group_faults(self.vpc_of(eni), groups) | self.room_faults(fresh, eni.count4 + eni.count6)
        if eni.is_primary:
            found.add("InvalidOperation.PrimaryEniOnlySupportModifyNameAndDesc")
        return found | self.rest_faults(eni)

    def rest_faults(self, eni: NaiveEni) -> set[str]:
        """Of an ENI that is not at rest."""
        found = set() if eni.status in ("Available", "InUse") else {"InvalidOperation.InvalidEniState"}
        return found | ({"Operation.Conflict"} if eni.is_busy else set())

    def end_instance(self, instance: str) -> None:
        for eni in [one for one in self.enis if one.instance == instance]:
            if eni.is_primary or eni.dies_with_instance:
                self.end(eni)
            else:
                self.leave_instance(eni)
        del self.instances[instance]
