"""Rules of the family's machine: groups, vSwitches and instances."""

from hypothesis import strategies as st
from hypothesis.stateful import rule

from cloudsim.api.requests import (
    CreateSecurityGroup,
    CreateVSwitch,
    DeleteInstance,
    DeleteSecurityGroup,
    DeleteVSwitch,
    JoinSecurityGroup,
    LeaveSecurityGroup,
    RunInstances,
    StartInstance,
    StopInstance,
)
from tests.simulation.family.base import NAMED_INSTANCE, TYPES, WHICH, FamilyBase
from tests.simulation.family.naive import NaiveGroup, NaiveVSwitch
from tests.small_world import REGION


class PlaceRules(FamilyBase):
    """Groups, vSwitches and instances: made and ended, joined and left, started and stopped."""

    # -- groups

    @rule(which=WHICH, group=st.sampled_from(["sg-1", "sg-2", "sg-3"]), leaves=st.booleans())
    def join_or_leave(self, which: int, group: str, *, leaves: bool) -> None:
        eni = self._eni(which)
        if eni.is_primary or (leaves and len(eni.groups) == 1 and group in eni.groups):
            return  # documents are silent on the last group, and primary ENIs are named by their instance
        kind = LeaveSecurityGroup if leaves else JoinSecurityGroup
        groups = [one for one in eni.groups if one != group] if leaves else [*eni.groups, group]
        faults = self.naive.modify_faults(eni, groups)
        if "SecurityGroupInstanceLimitExceed" in faults:
            faults.add("SecurityGroupInstanceLimitExceeded")
        if group not in self.naive.groups:
            faults.add("InvalidSecurityGroupId.NotFound")
        if (group in eni.groups) != leaves:
            faults.add("InvalidSecurityGroupAssociation.NotFound" if leaves else "InvalidInstanceId.AlreadyExists")

        def then() -> None:
            eni.groups = groups

        self._ask(kind(region_id=REGION, network_interface_id=self.ids[eni], security_group_id=group), faults, then)

    @rule()
    def create_group(self) -> None:
        if "sg-x" in self.naive.groups:
            return
        reply = self._ask(CreateSecurityGroup(region_id=REGION, vpc_id="vpc-main", security_group_name="made"), set())
        self.real["sg-x"] = reply.result().security_group_id  # type: ignore[union-attr]
        self.naive.groups["sg-x"] = NaiveGroup("vpc-main", 6000 if self.naive.lingers else 2000)

    @rule(group=st.sampled_from(["sg-1", "sg-2", "sg-3", "sg-x"]))
    def delete_group(self, group: str) -> None:
        def then() -> None:
            del self.naive.groups[group]
            self.real.pop(group, None)

        self._ask(
            DeleteSecurityGroup(region_id=REGION, security_group_id=self._id(group)),
            self.naive.delete_group_faults(group),
            then,
        )

    # -- vSwitches

    @rule(first=st.sampled_from([0, 16, 24, 32]), size=st.sampled_from([8, 16]))
    def create_vswitch(self, first: int, size: int) -> None:
        if "vsw-x" in self.naive.vswitches or first % size:
            return
        request = CreateVSwitch(
            region_id=REGION,
            vpc_id="vpc-main",
            zone_id=f"{REGION}-h",
            cidr_block=f"10.0.0.{first}/{33 - size.bit_length()}",
        )
        faults = self.naive.create_vswitch_faults("vpc-main", first, size)
        reply = self._ask(request, faults)
        if not faults:
            made = reply.result().vswitch_id  # type: ignore[union-attr]
            self.real["vsw-x"] = made
            self.naive.vswitches["vsw-x"] = NaiveVSwitch("vpc-main", "h", first, size)

    @rule(vswitch=st.sampled_from(["vsw-a", "vsw-b", "vsw-c", "vsw-x"]))
    def delete_vswitch(self, vswitch: str) -> None:
        def then() -> None:
            del self.naive.vswitches[vswitch]
            self.real.pop(vswitch, None)

        self._ask(
            DeleteVSwitch(region_id=REGION, vswitch_id=self._id(vswitch)),
            self.naive.delete_vswitch_faults(vswitch),
            then,
        )

    # -- instances

    @rule(vswitch=st.sampled_from(["vsw-a", "vsw-b"]), type_=st.sampled_from(sorted(TYPES)))
    def run_instance(self, vswitch: str, type_: str) -> None:
        naive = self.naive
        if "i-new" in naive.instances:
            return
        faults = set()
        if "sg-1" not in naive.groups:
            faults |= {"InvalidSecurityGroupId.NotFound", "InvalidSecurityGroupId"}
        elif naive.places_left("sg-1") < 1:
            faults.add("SecurityGroupInstanceLimitExceed")
        if vswitch not in naive.vswitches:
            faults.add("InvalidVSwitchId.NotFound")
        elif not naive.vswitches[vswitch].free:
            faults |= {"InvalidVSwitchId.IpNotEnough", "QuotaExceeded.PrivateIpAddress"}
        request = RunInstances(
            region_id=REGION, instance_type=type_, vswitch_id=vswitch, security_group_id="sg-1", image_id="image-1"
        )

        def then() -> None:
            self._host("i-new", vswitch, type_)
            naive.enis[-1].groups = ["sg-1"]

        reply = self._ask(request, faults, then)
        if not faults:
            (self.real["i-new"],) = reply.result().instance_id_sets  # type: ignore[union-attr]

    @rule(instance=NAMED_INSTANCE, stops=st.booleans())
    def stop_or_start(self, instance: str, *, stops: bool) -> None:
        kind, before, after = (StopInstance, "Running", "Stopped") if stops else (StartInstance, "Stopped", "Running")

        def then() -> None:
            self.naive.instances[instance].status = after

        self._ask(
            kind(region_id=REGION, instance_id=self._id(instance)), self.naive.change_faults(instance, before), then
        )

    @rule(instance=NAMED_INSTANCE, is_forced=st.booleans())
    def delete_instance(self, instance: str, *, is_forced: bool) -> None:
        self._ask(
            DeleteInstance(region_id=REGION, instance_id=self._id(instance), force=is_forced),
            self.naive.end_instance_faults(instance, is_forced=is_forced),
            lambda: self.naive.end_instance(instance),
        )
        if instance not in self.naive.instances:
            self.real.pop(instance, None)
