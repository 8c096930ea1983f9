"""Rules of the family's machine: groups, VPCs and vSwitches."""

from typing import Any

from hypothesis import strategies as st

from cloudsim.api.requests import (
    CreateSecurityGroup,
    CreateVpc,
    CreateVSwitch,
    CreateVSwitchCidrReservation,
    DeleteSecurityGroup,
    DeleteVpc,
    DeleteVSwitch,
    DeleteVSwitchCidrReservation,
    JoinSecurityGroup,
    LeaveSecurityGroup,
    ListVSwitchCidrReservations,
    ModifySecurityGroupAttribute,
    ModifySecurityGroupPolicy,
    ModifyVpcAttribute,
)
from tests.simulation.family.base import (
    NAMED_GROUP,
    NAMED_INSTANCE,
    NAMED_VPC,
    NAMED_VSWITCH,
    VSWITCH_NAMES,
    WHICH,
    FamilyBase,
    part,
)
from tests.simulation.family.naive_things import NaiveEni, NaiveGroup, NaiveVpc, NaiveVSwitch
from tests.small_world import REGION

BLOCKS = st.sampled_from([(0, 8), (0, 16), (64, 16), (72, 8), (96, 8), (128, 64), (128, 16)])

MEMBERSHIPS = st.one_of(
    part("join_or_leave", which=WHICH, group=NAMED_GROUP, leaves=st.booleans()),
    part("join_or_leave", which=WHICH, group=NAMED_GROUP, leaves=st.booleans()),
    part("instance_joins_or_leaves", instance=NAMED_INSTANCE, group=NAMED_GROUP, leaves=st.booleans()),
)
MAKING = st.one_of(
    part("create_group", vpc=NAMED_VPC, is_enterprise=st.booleans()),
    part("modify_group", group=NAMED_GROUP, name=st.sampled_from(["a-name", "b-name"])),
    part("let_members_meet", group=NAMED_GROUP, policy=st.sampled_from(["Accept", "Drop"])),
    part("create_vpc"),
    part("modify_vpc", vpc=NAMED_VPC, name=st.sampled_from(["a-name", "b-name"])),
    part("create_vswitch", vpc=NAMED_VPC, zone=st.sampled_from("hi"), where=BLOCKS),
    part("create_vswitch", vpc=NAMED_VPC, zone=st.sampled_from("hi"), where=BLOCKS),
)
ENDING = st.one_of(
    part("delete_group", group=NAMED_GROUP),
    part("delete_vpc", vpc=NAMED_VPC),
    part("delete_vswitch", vswitch=st.sampled_from(VSWITCH_NAMES)),
    part("delete_vswitch", vswitch=st.sampled_from(VSWITCH_NAMES)),
)
RESERVING = st.one_of(
    part("reserve", vswitch=NAMED_VSWITCH, first=st.sampled_from([0, 16, 32, 32, 48])),
    part("reserve", vswitch=NAMED_VSWITCH, first=st.sampled_from([0, 16, 32, 32, 48])),
    part("unreserve"),
    part("list_reservations", vswitch=NAMED_VSWITCH),
)


class PlaceRules(FamilyBase):
    """What ENIs stand on."""

    def _made(self, name: str, id_: str) -> None:
        self.real[name] = id_

    # -- groups

    def join_or_leave(self, which: int, group: str, *, leaves: bool) -> None:
        eni = self._eni(which)
        if eni not in self.naive.enis:
            faults = {"InvalidEniId.NotFound", "InvalidSecurityGroupId.NotFound"}
        else:
            faults = self.naive.membership_faults(eni, group, leaves=leaves, by_instance=False)
        self._join_or_leave(eni, group, faults, leaves=leaves, network_interface_id=self.ids[eni])

    def instance_joins_or_leaves(self, instance: str, group: str, *, leaves: bool) -> None:
        member = self.gone
        if instance not in self.naive.instances:
            faults = {"InvalidInstanceId.NotFound", "InvalidSecurityGroupId.NotFound"}
        else:
            member = self.naive.primary_of(instance)
            faults = self.naive.membership_faults(member, group, leaves=leaves, by_instance=True)
        self._join_or_leave(member, group, faults, leaves=leaves, instance_id=self._id(instance))

    def _join_or_leave(self, eni: NaiveEni, group: str, faults: set[str], *, leaves: bool, **member: str) -> None:
        kind = LeaveSecurityGroup if leaves else JoinSecurityGroup

        def then() -> None:
            eni.groups = [one for one in eni.groups if one != group] if leaves else [*eni.groups, group]

        self._ask(kind(region_id=REGION, security_group_id=self._id(group), **member), faults, then)

    def create_group(self, vpc: str, *, is_enterprise: bool) -> None:
        naive = self.naive
        if "sg-x" in naive.groups:
            return
        request = CreateSecurityGroup(
            region_id=REGION,
            vpc_id=self._id(vpc),
            security_group_name="made",
            security_group_type="enterprise" if is_enterprise else None,
        )
        faults = naive.create_group_faults(vpc)
        reply = self._ask(request, faults)
        if not faults:
            self.real["sg-x"] = reply.result().security_group_id  # type: ignore[union-attr]
            usual = 65_536 if is_enterprise else 6000 if naive.is_current else 2000
            counts_enis = is_enterprise and naive.is_current
            naive.groups["sg-x"] = NaiveGroup(vpc, usual, is_enterprise, counts_enis, name="made")

    def modify_group(self, group: str, name: str) -> None:
        def then() -> None:
            self.naive.groups[group].name = name

        faults = set() if group in self.naive.groups else {"InvalidSecurityGroupId.NotFound"}
        request = ModifySecurityGroupAttribute(
            region_id=REGION, security_group_id=self._id(group), security_group_name=name
        )
        self._ask(request, faults, then)

    def let_members_meet(self, group: str, policy: str) -> None:
        def then() -> None:
            self.naive.groups[group].is_dropping = policy == "Drop"

        request = ModifySecurityGroupPolicy(
            region_id=REGION, security_group_id=self._id(group), inner_access_policy=policy
        )
        self._ask(request, self.naive.policy_faults(group, policy), then)

    def delete_group(self, group: str) -> None:
        def then() -> None:
            del self.naive.groups[group]
            self.real.pop(group, None)

        self._ask(
            DeleteSecurityGroup(region_id=REGION, security_group_id=self._id(group)),
            self.naive.delete_group_faults(group),
            then,
        )

    # -- VPCs

    def create_vpc(self) -> None:
        if "vpc-x" in self.naive.vpcs:
            return
        faults = {"QuotaExceeded.Vpc"} if len(self.naive.vpcs) >= self.naive.vpc_quota else set()
        reply = self._ask(CreateVpc(region_id=REGION, cidr_block="10.2.0.0/16"), faults)
        if not faults:
            self.real["vpc-x"] = reply.result().vpc_id  # type: ignore[union-attr]
            self.naive.vpcs["vpc-x"] = NaiveVpc(2)

    def delete_vpc(self, vpc: str) -> None:
        def then() -> None:
            del self.naive.vpcs[vpc]
            self.real.pop(vpc, None)

        self._ask(DeleteVpc(region_id=REGION, vpc_id=self._id(vpc)), self.naive.delete_vpc_faults(vpc), then)

    def modify_vpc(self, vpc: str, name: str) -> None:
        def then() -> None:
            self.naive.vpcs[vpc].name = name

        faults = set() if vpc in self.naive.vpcs else {"InvalidVpcId.NotFound"}
        self._ask(ModifyVpcAttribute(region_id=REGION, vpc_id=self._id(vpc), vpc_name=name), faults, then)

    # -- vSwitches

    def create_vswitch(self, vpc: str, zone: str, where: tuple[int, int]) -> None:
        if "vsw-x" in self.naive.vswitches:
            return
        first, size = where
        number = self.naive.vpcs[vpc].number if vpc in self.naive.vpcs else 9
        request = CreateVSwitch(
            region_id=REGION,
            vpc_id=self._id(vpc),
            zone_id=f"{REGION}-{zone}",
            cidr_block=f"10.{number}.0.{first}/{33 - size.bit_length()}",
        )
        faults = self.naive.create_vswitch_faults(vpc, zone, first, size)
        reply = self._ask(request, faults)
        if not faults:
            self.real["vsw-x"] = reply.result().vswitch_id  # type: ignore[union-attr]
            group = self.naive.vpcs[vpc].resource_group
            self.naive.vswitches["vsw-x"] = NaiveVSwitch(vpc, zone, first, size, resource_group=group)

    def delete_vswitch(self, vswitch: str) -> None:
        def then() -> None:
            del self.naive.vswitches[vswitch]
            self.real.pop(vswitch, None)

        self._ask(
            DeleteVSwitch(region_id=REGION, vswitch_id=self._id(vswitch)),
            self.naive.delete_vswitch_faults(vswitch),
            then,
        )

    # -- blocks that are set aside for prefixes

    def reserve(self, vswitch: str, first: int) -> None:
        if "vcr-x" in self.real:
            return
        home = self.naive.vswitches.get(vswitch)
        request = CreateVSwitchCidrReservation(
            region_id=REGION,
            vswitch_id=self._id(vswitch),
            vswitch_cidr_reservation_cidr=f"{self._address(vswitch, first // 16 * 16)}/28",
        )
        if home is not None and home.first % 16:
            return  # no /28 begins with an address of it
        faults = self.naive.reserve_faults(vswitch, first)
        reply = self._ask(request, faults)
        if not faults:
            assert home is not None
            self.real["vcr-x"] = reply.result().vswitch_cidr_reservation_id  # type: ignore[union-attr]
            home.set_aside["vcr-x"] = first

    def unreserve(self) -> None:
        def then() -> None:
            for home in self.naive.vswitches.values():
                home.set_aside.pop("vcr-x", None)
            del self.real["vcr-x"]

        id_ = self.real.get("vcr-x", "vcr-bp1000000000000000000")
        self._ask(
            DeleteVSwitchCidrReservation(region_id=REGION, vswitch_cidr_reservation_id=id_),
            self.naive.unreserve_faults("vcr-x"),
            then,
        )

    def list_reservations(self, vswitch: str) -> None:
        home = self.naive.vswitches.get(vswitch)
        reply = self.sim.ask(ListVSwitchCidrReservations(region_id=REGION, vswitch_id=self._id(vswitch)))
        if home is None:
            return  # whether an unknown vSwitch is an error, no document says
        found: Any = reply.result()
        shown = {
            one.vswitch_cidr_reservation_id: one.vswitch_cidr_reservation_cidr
            for one in found.vswitch_cidr_reservations
        }
        assert shown == {
            self.real[name]: f"{self._address(vswitch, first)}/28" for name, first in home.set_aside.items()
        }
