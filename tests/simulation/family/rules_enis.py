"""Rules of the family's machine: ENIs, their lists, tags and quota."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from cloudsim.api.requests import (
    AssignPrivateIpAddresses,
    AttachNetworkInterface,
    DeleteNetworkInterface,
    DetachNetworkInterface,
    ModifyNetworkInterfaceAttribute,
    Tag,
    TagResources,
    UnassignPrivateIpAddresses,
    UntagResources,
)
from cloudsim.operations.operation import Phase
from tests.simulation.family.base import GROUP_LISTS, HOLD, NAMED_INSTANCE, NAMED_VSWITCH, OFFSETS, WHICH, FamilyBase
from tests.simulation.family.naive import Pending
from tests.small_world import REGION, a_create


class EniRules(FamilyBase):
    """ENIs: made, ended, attached, detached, with addresses, groups and tags; and listed."""

    # -- ENIs

    @rule(vswitch=NAMED_VSWITCH, groups=GROUP_LISTS, count=st.integers(0, 2), named=OFFSETS, hold=HOLD)
    def create(self, vswitch: str, groups: list[str], count: int, named: list[int], *, hold: bool) -> None:
        count = 0 if named else count
        request: dict[str, Any] = {"vswitch_id": self._id(vswitch), "security_group_id": None}
        request["security_group_ids"] = tuple(map(self._id, groups))
        if named:
            request["private_ip_addresses"] = tuple(self._address(vswitch, offset) for offset in named)
        if count:
            request["secondary_private_ip_address_count"] = count
        faults = self.naive.create_faults(vswitch, groups, count, named)
        hold_at = Phase.COMMIT if hold else None
        self._two_steps(
            a_create(**request),
            faults,
            lambda: Pending(
                "create", self.naive.begin_create(vswitch, groups, count, named, self._drawn(vswitch, named))
            ),
            hold_at=hold_at,
            ends=Phase.COMMIT,
        )

    @rule(which=WHICH, hold=HOLD)
    def delete(self, which: int, *, hold: bool) -> None:
        eni = self._eni(which)

        def begin() -> Pending:
            eni.status = "Deleting"
            return Pending("delete", eni)

        self._two_steps(
            DeleteNetworkInterface(region_id=REGION, network_interface_id=self.ids[eni]),
            self.naive.delete_faults(eni),
            begin,
            hold_at=Phase.FINISH if hold and self.naive.lingers else None,
            ends=Phase.FINISH,
        )

    @rule(which=WHICH, instance=NAMED_INSTANCE, hold=HOLD)
    def attach(self, which: int, instance: str, *, hold: bool) -> None:
        eni = self._eni(which)

        def begin() -> Pending:
            self.naive.attach(eni, instance)
            return Pending("attach", eni, instance)

        self._two_steps(
            AttachNetworkInterface(
                region_id=REGION, network_interface_id=self.ids[eni], instance_id=self._id(instance)
            ),
            self.naive.attach_faults(eni, instance),
            begin,
            hold_at=Phase.FINISH if hold else None,
            ends=Phase.FINISH,
        )

    @rule(which=WHICH, instance=NAMED_INSTANCE, where=st.booleans(), hold=HOLD)
    def detach(self, which: int, instance: str, *, where: bool, hold: bool) -> None:
        eni = self._eni(which)
        instance = eni.instance if where and eni.instance is not None else instance

        def begin() -> Pending:
            eni.status = "Detaching"
            return Pending("detach", eni, instance)

        self._two_steps(
            DetachNetworkInterface(
                region_id=REGION, network_interface_id=self.ids[eni], instance_id=self._id(instance)
            ),
            self.naive.detach_faults(eni, instance),
            begin,
            hold_at=Phase.FINISH if hold else None,
            ends=Phase.FINISH,
        )

    @rule(which=WHICH, count=st.integers(1, 3), named=OFFSETS, hold=HOLD)
    def assign(self, which: int, count: int, named: list[int], *, hold: bool) -> None:
        eni = self._eni(which)
        count = 0 if named else count
        request: dict[str, Any] = {"secondary_private_ip_address_count": count} if count else {}
        if named:
            request["private_ip_addresses"] = tuple(self._address(eni.vswitch, offset) for offset in named)
        self._two_steps(
            AssignPrivateIpAddresses(region_id=REGION, network_interface_id=self.ids[eni], **request),
            self.naive.assign_faults(eni, count, named),
            lambda: self.naive.begin_assign(eni, count, named, self._drawn(eni.vswitch, named)),
            hold_at=Phase.COMMIT if hold else None,
            ends=Phase.COMMIT,
        )

    @rule(which=WHICH, own=st.booleans(), picks=st.lists(st.integers(0, 14), min_size=1, max_size=2, unique=True))
    def unassign(self, which: int, picks: list[int], *, own: bool) -> None:
        eni = self._eni(which)
        offsets = picks
        if own and len(eni.addresses) > 1:
            offsets = sorted({eni.addresses[1:][pick % (len(eni.addresses) - 1)] for pick in picks})
        self._ask(
            UnassignPrivateIpAddresses(
                region_id=REGION,
                network_interface_id=self.ids[eni],
                private_ip_addresses=tuple(self._address(eni.vswitch, offset) for offset in offsets),
            ),
            self.naive.unassign_faults(eni, offsets),
            lambda: self.naive.unassign(eni, offsets),
        )

    @rule(which=WHICH, groups=GROUP_LISTS)
    def modify_groups(self, which: int, groups: list[str]) -> None:
        eni = self._eni(which)

        def then() -> None:
            eni.groups = list(groups)

        self._ask(
            ModifyNetworkInterfaceAttribute(
                region_id=REGION,
                network_interface_id=self.ids[eni],
                security_group_ids=tuple(map(self._id, groups)),
            ),
            self.naive.modify_faults(eni, groups),
            then,
        )

    @rule(which=WHICH, dies=st.booleans())
    def modify_fate(self, which: int, *, dies: bool) -> None:
        eni = self._eni(which)
        faults = set() if eni in self.naive.enis else {"InvalidEniId.NotFound"}
        if eni.is_primary:
            faults.add("InvalidOperation.PrimaryEniOnlySupportModifyNameAndDesc")
        if eni.is_busy:
            faults.add("Operation.Conflict")
        if eni.status not in ("Available", "InUse"):
            faults.add("InvalidOperation.InvalidEniState")
        if not self.naive.lingers:
            faults.add("UnsupportedParameter")

        def then() -> None:
            eni.dies_with_instance = dies

        self._ask(
            ModifyNetworkInterfaceAttribute(
                region_id=REGION, network_interface_id=self.ids[eni], delete_on_release=dies
            ),
            faults,
            then,
        )

    # -- everything else

    @rule(limit=st.integers(0, 6))
    def set_quota(self, limit: int) -> None:
        self.naive.quota = limit
        self.sim.quota(account="acme", region=REGION).set_limit(limit)

    @rule(which=WHICH, key=st.sampled_from("ab"), value=st.sampled_from(["", "x", "y"]), off=st.booleans())
    def tag(self, which: int, key: str, value: str, *, off: bool) -> None:
        eni = self._eni(which)
        faults = set() if eni in self.naive.enis else {"InvalidResourceId.NotFound"}
        common: dict[str, Any] = {"region_id": REGION, "resource_type": "eni", "resource_ids": (self.ids[eni],)}
        if off:
            self._ask(UntagResources(**common, tag_keys=(key,)), faults, lambda: eni.tags.pop(key, None))
        else:
            request = TagResources(**common, tags=(Tag(key=key, value=value),))
            self._ask(request, faults, lambda: eni.tags.update({key: value}))

    @rule(
        status=st.sampled_from([None, None, "Available", "InUse", "Attaching", "Detaching", "Deleting"]),
        vswitch=st.sampled_from([None, None, "vsw-a", "vsw-x"]),
        instance=st.sampled_from([None, None, "i-1", "i-new"]),
        group=st.sampled_from([None, None, "sg-1", "sg-2"]),
        tagged=st.sampled_from([None, None, ("a", None), ("a", "x")]),
        is_new_style=st.booleans(),
    )
    def describe(
        self,
        status: str | None,
        vswitch: str | None,
        instance: str | None,
        group: str | None,
        tagged: tuple[str, str | None] | None,
        *,
        is_new_style: bool,
    ) -> None:
        filters: dict[str, Any] = {"max_results": 100} if is_new_style else {"page_size": 100}
        found = self.sim.describe(
            status=status,
            vswitch_id=None if vswitch is None else self._id(vswitch),
            instance_id=None if instance is None else self._id(instance),
            security_group_id=group,
            tags=None if tagged is None else (Tag(key=tagged[0], value=tagged[1]),),
            **filters,
        )
        wanted = [
            self.ids[eni]
            for eni in self.naive.enis
            if status in (None, eni.status)
            and vswitch in (None, eni.vswitch)
            and instance in (None, eni.instance)
            and (group is None or (group in eni.groups and not eni.is_primary))
            and (tagged is None or (tagged[0] in eni.tags and tagged[1] in (None, eni.tags[tagged[0]])))
        ]
        assert [eni.network_interface_id for eni in found.network_interface_sets] == wanted
        assert found.total_count == len(wanted)
