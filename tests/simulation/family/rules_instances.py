"""Rules of the family's machine: instances run, started, stopped and ended."""

from hypothesis import strategies as st

from cloudsim.api.requests import DeleteInstance, InstanceInterface, RunInstances, StartInstance, StopInstance
from tests.simulation.family.base import HOLD, NAMED_INSTANCE, FamilyBase, part
from tests.simulation.family.naive_things import NaiveInstance
from tests.small_world import REGION

SHORTAGE = "QuotaExceeded.PrivateIpAddress"

POWER = st.one_of(
    part("stop_or_start", instance=NAMED_INSTANCE, stops=st.booleans()),
    part("stop_or_start", instance=NAMED_INSTANCE, stops=st.booleans()),
    part("delete_instance", instance=NAMED_INSTANCE, is_forced=HOLD),
)

INSTANCES = st.one_of(
    part(
        "run",
        vswitch=st.sampled_from(["vsw-a", "vsw-b", "vsw-x"]),
        other=st.sampled_from([None, None, "", "vsw-a", "vsw-b"]),
        group=st.sampled_from(["sg-1", "sg-2", "sg-4"]),
        type_=st.sampled_from(["t.small", "t.big"]),
        amount=st.integers(1, 2),
        least=st.integers(1, 2),
    ),
    POWER,
)


class InstanceRules(FamilyBase):
    """Instances."""

    def run(self, vswitch: str, other: str | None, group: str, type_: str, amount: int, least: int) -> None:
        """Let ``amount`` instances, at least ``least``, have each a second ENI in ``other``, or none for None."""
        naive = self.naive
        if "i-new" in naive.instances or "i-new-2" in naive.instances:
            return
        least = min(least, amount)
        homes = [vswitch] if other is None else [vswitch, other or vswitch]
        faults = self._site_faults(homes, group, type_)
        fitting = 0
        if not faults:
            lacking: list[set[str]] = [self._shortage(homes, group, number) for number in range(1, amount + 1)]
            fitting = next((number for number, short in enumerate(lacking) if short), amount)
            faults = set().union(*lacking[:least])
        second = (InstanceInterface(vswitch_id=self._id(other) if other else None),) if other is not None else None
        request = RunInstances(
            region_id=REGION,
            instance_type=type_,
            vswitch_id=self._id(vswitch),
            security_group_id=self._id(group),
            image_id="image-1",
            amount=amount,
            min_amount=least,
            network_interfaces=second,
        )

        def then() -> None:
            for name in ("i-new", "i-new-2")[:fitting]:
                naive.instances[name] = NaiveInstance(vswitch, self.facts.types[type_])
                self._born(name, [group])
                if other is not None:
                    self._born(name, [group], is_primary=False, vswitch=other or vswitch)
                    naive.enis[-1].dies_with_instance = True

        reply = self._ask(request, faults, then)
        if not faults:
            made = reply.result().instance_id_sets  # type: ignore[union-attr]
            self.real |= dict(zip(("i-new", "i-new-2"), made, strict=False))
            assert len(made) == fitting

    def _site_faults(self, homes: list[str], group: str, type_: str) -> set[str]:
        """What stands against instances there, however few."""
        naive, found = self.naive, set()
        if group not in naive.groups:
            found |= {"InvalidSecurityGroupId.NotFound", "InvalidSecurityGroupId"}
        for name in homes:
            found |= naive.vswitch_faults(name)
            if name in naive.vswitches and naive.vswitches[name].zone in naive.zones_out:
                found.add("ServiceUnavailable")
        known = [naive.vswitches[name] for name in homes if name in naive.vswitches]
        if any((home.vpc, home.zone) != (known[0].vpc, known[0].zone) for home in known):
            found.add("InvalidParam.NetworkInterface")
        if group in naive.groups and any(home.vpc != naive.groups[group].vpc for home in known):
            found.add("InvalidParameter.Mismatch")
        if len(homes) > self.facts.types[type_].slots:
            found.add("EniPerInstanceLimitExceeded")
        return found

    def _shortage(self, homes: list[str], group: str, number: int) -> set[str]:
        """What stands against so many of them."""
        naive, found = self.naive, set()
        seconds = number * (len(homes) - 1)
        if naive.counted + naive.held_quota + seconds > naive.quota and seconds:
            found.add("MaxEniCountExceeded")
        if naive.places_left(group) < number * len(homes):
            by_enis = naive.groups[group].counts_enis
            found.add("InvalidOperation.EniCountExceeded" if by_enis else "SecurityGroupInstanceLimitExceed")
        if any(len(naive.vswitches[home].free) < number * homes.count(home) for home in homes):
            found.add(SHORTAGE)
        return found

    def stop_or_start(self, instance: str, *, stops: bool) -> None:
        kind, before, after = (StopInstance, "Running", "Stopped") if stops else (StartInstance, "Stopped", "Running")

        def then() -> None:
            self.naive.instances[instance].status = after

        self._ask(
            kind(region_id=REGION, instance_id=self._id(instance)), self.naive.change_faults(instance, before), then
        )

    def delete_instance(self, instance: str, *, is_forced: bool) -> None:
        self._ask(
            DeleteInstance(region_id=REGION, instance_id=self._id(instance), force=is_forced),
            self.naive.end_instance_faults(instance, is_forced=is_forced),
            lambda: self.naive.end_instance(instance),
        )
        if instance not in self.naive.instances:
            self.real.pop(instance, None)
