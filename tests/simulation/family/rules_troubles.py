"""Rules of the family's machine: what happens to the cloud from outside of its API, and time that passes."""

from hypothesis import strategies as st

from cloudsim.api.troubles import (
    BringZoneBack,
    FreeAddresses,
    OccupyAddresses,
    SetInstanceStatus,
    SetQuota,
    SetVSwitchStatus,
    TakeZoneOut,
)
from tests.simulation.family.base import NAMED_GROUP, NAMED_INSTANCE, NAMED_VPC, NAMED_VSWITCH, FamilyBase, part
from tests.small_world import REGION

SECOND = 1_000_000_000

TROUBLES = st.one_of(
    part("set_quota", limit=st.sampled_from([0, 1, 3, 6, 8, 8])),
    part("set_group_places", group=NAMED_GROUP, limit=st.sampled_from([0, 3, 6, 12, 40, 40])),
    part(
        "set_other_quota",
        kind=st.sampled_from(["vpcs", "security-groups", "vswitches"]),
        vpc=NAMED_VPC,
        limit=st.integers(1, 6),
    ),
    part("take_zone_out_or_back", zone=st.sampled_from("hi"), is_out=st.sampled_from([False, False, False, True])),
    part(
        "set_instance_status",
        instance=NAMED_INSTANCE,
        status=st.sampled_from(["Running", "Running", "Running", "Stopped", "Stopped", "Pending", "Stopping"]),
    ),
    part(
        "set_vswitch_status",
        vswitch=NAMED_VSWITCH,
        status=st.sampled_from(["Available", "Available", "Available", "Pending"]),
    ),
)
SUPPLY = st.one_of(
    part("occupy", vswitch=NAMED_VSWITCH, count=st.sampled_from([0, 1, 2, 3, 60])),
    part("free", vswitch=NAMED_VSWITCH, count=st.sampled_from([None, 1, 2])),
)

OUTSIDE = st.one_of(
    part("wait", seconds=st.sampled_from([1, 29, 60, 60, 25 * 3600])),
    TROUBLES,
    SUPPLY,
)


class TroubleRules(FamilyBase):
    """Troubles and time."""

    def wait(self, seconds: int) -> None:
        now = self.sim.now_ns + seconds * SECOND
        self.sim.run(now)
        assert self.sim.now_ns == now
        self.naive.pass_time(now)

    # -- limits

    def set_quota(self, limit: int) -> None:
        self.naive.quota = limit
        self._ask(SetQuota(quota="eni", limit=limit, account="acme", region_id=REGION), set())

    def set_group_places(self, group: str, limit: int) -> None:
        if group in self.naive.groups:
            self.naive.groups[group].capacity = limit
            self._ask(SetQuota(quota="group-places", limit=limit, security_group_id=self._id(group)), set())

    def set_other_quota(self, kind: str, vpc: str, limit: int) -> None:
        if kind == "vswitches":
            if vpc in self.naive.vpcs:
                self.naive.vswitch_quotas[vpc] = limit
                self._ask(SetQuota(quota=kind, limit=limit, vpc_id=self._id(vpc)), set())
            return
        if kind == "vpcs":
            self.naive.vpc_quota = limit
        else:
            self.naive.group_quota = limit
        self._ask(SetQuota(quota=kind, limit=limit, account="acme", region_id=REGION), set())

    # -- places

    def take_zone_out_or_back(self, zone: str, *, is_out: bool) -> None:
        kind = TakeZoneOut if is_out else BringZoneBack
        self._ask(kind(zone=f"{REGION}-{zone}"), set())
        if is_out:
            self.naive.zones_out.add(zone)
        else:
            self.naive.zones_out.discard(zone)

    def set_instance_status(self, instance: str, status: str) -> None:
        faults = set() if instance in self.naive.instances else {"InvalidInstanceId.NotFound"}
        self._ask(SetInstanceStatus(instance_id=self._id(instance), status=status), faults)
        if not faults:
            self.naive.instances[instance].status = status

    def set_vswitch_status(self, vswitch: str, status: str) -> None:
        faults = set() if vswitch in self.naive.vswitches else {"InvalidVSwitchId.NotFound"}
        self._ask(SetVSwitchStatus(vswitch_id=self._id(vswitch), status=status), faults)
        if not faults:
            self.naive.vswitches[vswitch].status = status

    # -- addresses of other products

    def occupy(self, vswitch: str, count: int) -> None:
        home = self.naive.vswitches.get(vswitch)
        if home is None:
            faults = {"InvalidVSwitchId.NotFound"}
        else:
            faults = {"InvalidVSwitchId.IpNotEnough"} if len(home.free) < count else set()

        def then() -> None:
            assert home is not None
            taken = self._drawn(vswitch).addresses
            assert len(taken) == len(set(taken)) == count
            assert set(taken) <= home.free
            home.used |= set(taken)
            home.elsewhere += taken

        self._ask(OccupyAddresses(vswitch_id=self._id(vswitch), count=count), faults, then)

    def free(self, vswitch: str, count: int | None) -> None:
        home = self.naive.vswitches.get(vswitch)

        def then() -> None:
            assert home is not None
            going = home.elsewhere[::-1][:count]
            home.elsewhere = home.elsewhere[: len(home.elsewhere) - len(going)]
            home.release(going, self.naive.now)

        faults = {"InvalidVSwitchId.NotFound"} if home is None else set()
        self._ask(FreeAddresses(vswitch_id=self._id(vswitch), count=count), faults, then)
