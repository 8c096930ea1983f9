"""``sim.trouble``: a method for each thing that can go wrong in the cloud, now or at an instant.

    sim.trouble.take_zone_out("cn-hangzhou-h", at="10m", lasting="5m")
    sim.trouble.hang_detach(eni_id)

Each submits the trouble's request (:mod:`cloudsim.api.troubles`), so it is journalled and audited as a call is, and
goes before everything else that is due at its instant. What is wrong with it is said at once, as far as it can be known
then; what turns out at its instant, such as an ENI that is gone, is the refusal that the trouble is answered with.

Faults, in contrast, go wrong with calls, whatever is in the cloud: see :mod:`cloudsim.simulation.faults`.
"""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from cloudsim.api import troubles
from cloudsim.errors.base import ApiError
from cloudsim.operations.bonds import master_of
from cloudsim.operations.troubles.limits import find_limit
from cloudsim.operations.troubles.links import find_eni
from cloudsim.resources.capacity import Capacity
from cloudsim.simulation.throwing import End, Throwing, Thrown
from cloudsim.simulation.trouble_plan import RunningPlan, TroublePlan
from cloudsim.values.duration import Ns
from cloudsim.values.ids import InstanceId, VSwitchId, ZoneId

When: TypeAlias = str | Ns | None
"""An instant of virtual time, or a duration: text such as ``10m``, or nanoseconds."""


class Troublemaker(Throwing):
    """Who makes the troubles of one simulation; ``sim.trouble``.

    All methods take ``at``, the instant at which the trouble strikes (now if None), and give a
    :class:`~cloudsim.simulation.throwing.Thrown`. Those that take ``lasting`` end by themselves after so long; without
    it they last until somebody ends them. Where several change the same thing for a while, the latest one that lasts
    is in force, and after the last one it is as it was before all.
    """

    # -- zones, instances, vSwitches

    def take_zone_out(self, zone: str, *, at: When = None, lasting: When = None) -> Thrown:
        """Let everything that would put something into a zone answer ServiceUnavailable.

        Raises:
            SettingError: there is no such zone, or the instant has passed; so with all the others.
            DurationError: a time is no duration.
        """
        self._require_zone(zone)
        outages = self._sim.cloud.conditions.zones_out

        def make(is_out: bool) -> troubles.Trouble:  # noqa: FBT001  what a zone is set to
            return troubles.TakeZoneOut(zone=zone) if is_out else troubles.BringZoneBack(zone=zone)

        begin = self._for_a_while(("zone", zone), lambda: zone in outages, True, make)  # noqa: FBT003
        return self._throw(make(True), at, lasting, begin)  # noqa: FBT003

    def bring_zone_back(self, zone: str, *, at: When = None) -> Thrown:
        """Let a zone work again."""
        self._require_zone(zone)
        return self._throw(troubles.BringZoneBack(zone=zone), at)

    def _require_zone(self, zone: str) -> None:
        self._require(zone, [known for region in self._sim.cloud.regions.values() for known in region.zones], "zone")

    def sell_out(self, zone: str, instance_type: str | None = None, *, at: When = None, lasting: When = None) -> Thrown:
        """Let a zone have no more instances of a type, or of any: RunInstances answers OperationDenied.NoStock."""
        self._require_sold(zone, instance_type)
        sold_out, key = self._sim.cloud.conditions.sold_out, (ZoneId(zone), instance_type or "")

        def make(is_out: bool) -> troubles.Trouble:  # noqa: FBT001  what it is set to
            kind = troubles.SellOut if is_out else troubles.Restock
            return kind(zone=zone, instance_type=instance_type)

        begin = self._for_a_while(("stock", *key), lambda: key in sold_out, True, make)  # noqa: FBT003
        return self._throw(make(True), at, lasting, begin)  # noqa: FBT003

    def restock(self, zone: str, instance_type: str | None = None, *, at: When = None) -> Thrown:
        """End what :meth:`sell_out` of the same zone and type began."""
        self._require_sold(zone, instance_type)
        return self._throw(troubles.Restock(zone=zone, instance_type=instance_type), at)

    def _require_sold(self, zone: str, instance_type: str | None) -> None:
        self._require_zone(zone)
        if instance_type is not None:
            self._require(instance_type, self._sim.cloud.catalogue.names(), "instance type")

    def set_instance_status(self, instance: str, status: str, *, at: When = None, lasting: When = None) -> Thrown:
        """Set an instance to Pending, Starting, Running, Stopping or Stopped; what ends it sets it back."""
        self._require_now(at, instance, self._sim.cloud.instances, "instance")
        instances = self._sim.cloud.instances

        def make(status: str) -> troubles.Trouble:
            return troubles.SetInstanceStatus(instance_id=instance, status=status)

        def before() -> str:
            found = instances.get(InstanceId(instance))
            return status if found is None else found.status

        return self._throw(make(status), at, lasting, self._for_a_while(("instance", instance), before, status, make))

    def set_vswitch_status(
        self, vswitch: str, status: str = "Pending", *, at: When = None, lasting: When = None
    ) -> Thrown:
        """Set a vSwitch to Pending, so that operations in it answer IncorrectVSwitchStatus; what ends it sets it back.

        A vSwitch can be set to Available as well.
        """
        self._require_now(at, vswitch, self._sim.cloud.vswitches, "vSwitch")
        vswitches = self._sim.cloud.vswitches

        def make(status: str) -> troubles.Trouble:
            return troubles.SetVSwitchStatus(vswitch_id=vswitch, status=status)

        def before() -> str:
            found = vswitches.get(VSwitchId(vswitch))
            return status if found is None else found.status

        return self._throw(make(status), at, lasting, self._for_a_while(("vswitch", vswitch), before, status, make))

    # -- addresses

    def occupy_addresses(
        self,
        vswitch: str,
        count: int | None = None,
        *,
        leaving: int | None = None,
        at: When = None,
        lasting: When = None,
    ) -> Thrown:
        """Let other products take ``count`` IPv4 addresses of a vSwitch, or all but ``leaving``."""
        self._require_now(at, vswitch, self._sim.cloud.vswitches, "vSwitch")

        def begin(thrown: Thrown) -> End:
            assert thrown.reply is not None, "what has begun has been submitted"
            name = thrown.reply.call.name
            return lambda: troubles.FreeAddresses(vswitch_id=vswitch, taken_by=name)

        request = troubles.OccupyAddresses(vswitch_id=vswitch, count=count, leaving=leaving)
        return self._throw(request, at, lasting, begin)

    def free_addresses(self, vswitch: str, count: int | None = None, *, at: When = None) -> Thrown:
        """Let other products give addresses back that :meth:`occupy_addresses` gave them: all, or at most ``count``."""
        self._require_now(at, vswitch, self._sim.cloud.vswitches, "vSwitch")
        return self._throw(troubles.FreeAddresses(vswitch_id=vswitch, count=count), at)

    def alias_shortage(self, vswitch: str, *, at: When = None, lasting: When = None) -> Thrown:
        """Let a vSwitch say QuotaExceeded.PrivateIpAddress (400) where it would say InvalidVSwitchId.IpNotEnough."""
        self._require_now(at, vswitch, self._sim.cloud.vswitches, "vSwitch")

        def make(is_on: bool) -> troubles.Trouble:  # noqa: FBT001  what it is set to
            return troubles.AliasShortage(vswitch_id=vswitch, is_on=is_on)

        begin = self._for_a_while(("shortage", vswitch), lambda: False, True, make)  # noqa: FBT003
        return self._throw(make(True), at, lasting, begin)  # noqa: FBT003

    # -- tokens and quotas

    def burn_token(
        self, token: str, *, account: str, region: str, action: str = "CreateNetworkInterface", at: When = None
    ) -> Thrown:
        """Burn a ClientToken, so that calls of the action with it answer IdempotentFailed."""
        self._require(account, self._sim.cloud.accounts, "account")
        self._require(region, self._sim.cloud.regions, "region")
        return self._throw(
            troubles.BurnToken(account=account, region_id=region, of_action=action, client_token=token), at
        )

    def set_quota(
        self,
        quota: str,
        limit: int,
        *,
        account: str | None = None,
        region: str | None = None,
        vpc: str | None = None,
        group: str | None = None,
        at: When = None,
        lasting: When = None,
    ) -> Thrown:
        """Set a limit, also to below what is in use; what ends it sets it to what it was.

        Args:
            quota: ``eni``, ``vcpus``, ``vpcs`` or ``security-groups`` (of an account in a region); ``vswitches`` or
                ``private-addresses`` (of a VPC); ``group-places`` (addresses, or ENIs, in a security group).
            limit: the new one, at least 0.
            account: whose, with ``region``.
            region: where.
            vpc: of which VPC.
            group: of which security group.
            at: when.
            lasting: for how long.
        """
        cloud = self._sim.cloud
        request = troubles.SetQuota(
            quota=quota, limit=limit, account=account, region_id=region, vpc_id=vpc, security_group_id=group
        )
        if account is not None and region is not None:
            self._require(account, cloud.accounts, "account")
            self._require(region, cloud.regions, "region")
        for wanted, known, what in ((vpc, cloud.vpcs, "VPC"), (group, cloud.security_groups, "security group")):
            if wanted is not None:
                self._require_now(at, wanted, known, what)

        def make(limit: int) -> troubles.Trouble:
            return msgspec.structs.replace(request, limit=limit)

        begin = self._for_a_while((quota, account, region, vpc, group), lambda: self._limit_now(request), limit, make)
        return self._throw(request, at, lasting, begin)

    def _limit_now(self, request: troubles.SetQuota) -> int:
        try:
            found = find_limit(self._sim.cloud, request)
        except ApiError:
            return request.limit  # it will be refused, and so will what ends it
        return found.limit if isinstance(found, Capacity) else found.address_limit

    # -- ENIs

    def hang_attach(self, eni: str, *, at: When = None) -> Thrown:
        """Let the next AttachNetworkInterface of an ENI, one under way included, never end: it stays Attaching."""
        return self._snag(troubles.HangAttach, eni, at)

    def fail_attach(self, eni: str, *, at: When = None) -> Thrown:
        """Let it fail after its answer instead: the ENI is Available again."""
        return self._snag(troubles.FailAttach, eni, at)

    def hang_detach(self, eni: str, *, at: When = None) -> Thrown:
        """Let the next DetachNetworkInterface of an ENI never end: it stays Detaching until the call is repeated."""
        return self._snag(troubles.HangDetach, eni, at)

    def hang_delete(self, eni: str, *, at: When = None) -> Thrown:
        """Let the next asynchronous DeleteNetworkInterface of an ENI never end: it stays Deleting likewise."""
        return self._snag(troubles.HangDelete, eni, at)

    def bond(self, eni: str, to: str, *, at: When = None, lasting: When = None) -> Thrown:
        """Let some product bond an ENI as a slave to another one; what ends it bonds it as it was before.

        Meanwhile neither leaves its instance (InvalidOperation.EniLinked), and the other one is not deleted
        (InvalidOperation.HasSlaveEniBonded).
        """
        for one in (eni, to):
            self._require_now(at, one, self._sim.cloud.interface_ids, "ENI")

        def make(to: str | None) -> troubles.Trouble:
            return troubles.BondEni(network_interface_id=eni, to=to)

        wanted: str | None = to
        begin = self._for_a_while(("bond", eni), lambda: self._bond_now(eni), wanted, make)
        return self._throw(make(to), at, lasting, begin)

    def unbond(self, eni: str, *, at: When = None) -> Thrown:
        """End the bond of a slave, whoever made it; an ENI that is none stays as it is."""
        self._require_now(at, eni, self._sim.cloud.interface_ids, "ENI")
        return self._throw(troubles.BondEni(network_interface_id=eni), at)

    def _bond_now(self, eni: str) -> str | None:
        found = find_eni(self._sim.cloud, eni)
        return None if found is None else master_of(found[1])

    def _snag(self, kind: type[troubles.Snagging], eni: str, at: When) -> Thrown:
        self._require_now(at, eni, self._sim.cloud.interface_ids, "ENI")
        return self._throw(kind(network_interface_id=eni), at)

    # -- many

    def plan(self, plan: TroublePlan) -> RunningPlan:
        """Throw troubles at random, as a plan says: the same ones at the same instants under the same seed."""
        return RunningPlan(self._sim, plan)
