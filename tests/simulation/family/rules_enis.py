"""Rules of the family's machine: ENIs made and ended, put on instances and taken off, modified and listed."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize

from cloudsim.api.requests import (
    AttachNetworkInterface,
    DeleteNetworkInterface,
    DescribeNetworkInterfaceAttribute,
    DetachNetworkInterface,
    ModifyNetworkInterfaceAttribute,
    Tag,
)
from cloudsim.operations.operation import Phase
from tests.simulation.family.base import FATES, GROUP_LISTS, NAMED_INSTANCE, NAMED_VSWITCH, WHICH, FamilyBase, part
from tests.simulation.family.naive_things import Drawn, NaiveEni, Pending, Wish
from tests.simulation.family.wishes import WISHES
from tests.simulation.family.worlds import SMALL_WORLDS, SmallWorld
from tests.small_world import REGION, a_create

MAYBE = st.booleans()
NEAR = st.sampled_from([True, True, True, False])
BOLD = st.sampled_from([False] * 5 + [True])
"""Whether to say newer words to the profile ``classic``."""

MODIFICATIONS = st.one_of(
    part("modify_groups", which=WHICH, groups=GROUP_LISTS),
    part(
        "modify_name",
        which=WHICH,
        name=st.sampled_from(["eth0", "other-name"]),
        description=st.sampled_from([None, "some words"]),
    ),
    part("modify_fate", which=WHICH, dies=MAYBE),
)
SHOWN = st.one_of(
    part(
        "describe",
        status=st.sampled_from([None, None, "Available", "InUse", "Attaching", "Detaching", "Deleting"]),
        vswitch=st.sampled_from([None, None, "vsw-a", "vsw-x"]),
        instance=st.sampled_from([None, None, "i-1", "i-new"]),
        group=st.sampled_from([None, None, "sg-1", "sg-2", "sg-4"]),
        tagged=st.sampled_from([None, None, ("a", None), ("a", "x")]),
        is_new_style=MAYBE,
    ),
    part("describe_one", which=WHICH),
)

ENIS = st.one_of(
    part(
        "create",
        vswitch=NAMED_VSWITCH,
        groups=GROUP_LISTS,
        wish=WISHES,
        kind=st.sampled_from(["Secondary", "Secondary", "Secondary", "Trunk"]),
        dies=st.sampled_from([False, False, True]),
        fate=FATES,
        bold=BOLD,
    ),
    part(
        "create",
        vswitch=NAMED_VSWITCH,
        groups=GROUP_LISTS,
        wish=WISHES,
        kind=st.sampled_from(["Secondary", "Secondary", "Secondary", "Trunk"]),
        dies=st.sampled_from([False, False, True]),
        fate=FATES,
        bold=BOLD,
    ),
    part(
        "create",
        vswitch=NAMED_VSWITCH,
        groups=GROUP_LISTS,
        wish=WISHES,
        kind=st.sampled_from(["Secondary", "Secondary", "Secondary", "Trunk"]),
        dies=st.sampled_from([False, False, True]),
        fate=FATES,
        bold=BOLD,
    ),
    part("delete", which=WHICH, fate=FATES),
    part(
        "attach",
        which=WHICH,
        instance=NAMED_INSTANCE,
        fate=FATES,
        on_trunk=st.sampled_from([None, None, 0, 0, 1]),
        bold=BOLD,
        near=NEAR,
    ),
    part(
        "attach",
        which=WHICH,
        instance=NAMED_INSTANCE,
        fate=FATES,
        on_trunk=st.sampled_from([None, None, 0, 0, 1]),
        bold=BOLD,
        near=NEAR,
    ),
    part(
        "attach",
        which=WHICH,
        instance=NAMED_INSTANCE,
        fate=FATES,
        on_trunk=st.sampled_from([None, None, 0, 0, 1]),
        bold=BOLD,
        near=NEAR,
    ),
    part("detach", which=WHICH, instance=NAMED_INSTANCE, near=NEAR, fate=FATES),
    part("detach", which=WHICH, instance=NAMED_INSTANCE, near=NEAR, fate=FATES),
    MODIFICATIONS,
    SHOWN,
)


FIRST = st.tuples(
    st.sampled_from([("vsw-a", "i-1"), ("vsw-a", "i-1"), ("vsw-a", None), ("vsw-b", "i-2"), ("vsw-c", None)]),
    st.sampled_from(["Secondary", "Secondary", "Trunk"]),
    st.builds(Wish, count=st.integers(0, 1)),
)


class EniRules(FamilyBase):
    """ENIs."""

    @initialize(facts=SMALL_WORLDS, first=st.lists(FIRST, max_size=5))
    def build(self, facts: SmallWorld, first: list[tuple[tuple[str, str | None], str, Wish]]) -> None:
        """Begin with a world, and with as many of some ENIs as it lets be made and put on instances."""
        self.begin(facts)
        for (vswitch, instance), kind, wish in first:
            before = len(self.naive.enis)
            group = "sg-3" if vswitch == "vsw-c" else "sg-2"
            self.create(vswitch, [group], wish, kind, "ends", dies=False, bold=False)
            if instance is not None and len(self.naive.enis) > before:
                newest = sum(not eni.is_primary for eni in self.naive.enis) - 1
                self.attach(newest, instance, "ends", None, bold=False, near=False)

    def _wanted(self, vswitch: str, wish: Wish) -> dict[str, Any]:
        """The parameters of a wish, without those that ask for nothing."""
        named = Drawn(list(wish.named), list(wish.prefixes), list(wish.ipv6), list(wish.ipv6_prefixes))
        counts = {
            "secondary_private_ip_address_count": wish.count,
            "ipv4_prefix_count": wish.prefix_count,
            "ipv6_address_count": wish.ipv6_count,
            "ipv6_prefix_count": wish.ipv6_prefix_count,
        }
        return {name: value for name, value in {**self._texts(vswitch, named), **counts}.items() if value}

    def create(
        self, vswitch: str, groups: list[str], wish: Wish, kind: str, fate: str, *, dies: bool, bold: bool
    ) -> None:
        if not self.naive.is_current and not bold:
            wish, kind, dies = Wish(count=wish.count, named=wish.named), "Secondary", False
        request = self._wanted(vswitch, wish)
        if kind != "Secondary":
            request["instance_type"] = kind
        if dies:
            request["delete_on_release"] = True
        faults = self.naive.create_faults(vswitch, groups, wish, kind=kind)
        if dies and not self.naive.is_current:
            faults.add("UnsupportedParameter")

        def begin() -> Pending:
            eni = self.naive.begin_create(vswitch, groups, wish, self._drawn(vswitch), kind=kind)
            eni.dies_with_instance = dies
            return Pending("create", eni)

        common = {"vswitch_id": self._id(vswitch), "security_group_id": None}
        common["security_group_ids"] = tuple(map(self._id, groups))  # type: ignore[assignment]
        self._two_steps(a_create(**common, **request), faults, begin, fate=fate, last=Phase.COMMIT)

    def delete(self, which: int, fate: str) -> None:
        eni = self._eni(which)
        if not self.naive.is_current and fate in ("held", "hangs"):
            fate = "ends"  # it has no last step
        if fate == "fails":
            fate = "ends"  # only attaches do, after their answer

        def begin() -> Pending:
            eni.status = "Deleting"
            return Pending("delete", eni)

        request = DeleteNetworkInterface(region_id=REGION, network_interface_id=self.ids[eni])
        self._two_steps(request, self.naive.delete_faults(eni), begin, fate=fate, last=Phase.FINISH)

    def _instance_near(self, eni: NaiveEni, instance: str) -> str:
        """One that the ENI could go on, as far as places go; the named one where there is none, or where it could."""
        naive = self.naive
        home = naive.vswitches.get(eni.vswitch)
        for name in (instance, *naive.instances):
            place = naive.vswitches[naive.instances[name].vswitch] if name in naive.instances else None
            if home is not None and place is not None and (home.vpc, home.zone) == (place.vpc, place.zone):
                return name
        return instance

    def _some_trunk(self, which: int) -> NaiveEni:
        trunks = [eni for eni in self.naive.enis if eni.kind == "Trunk" and (which or eni.status == "InUse")]
        return trunks[which % len(trunks)] if trunks else self._eni(which)

    def attach(self, which: int, instance: str, fate: str, on_trunk: int | None, *, bold: bool, near: bool) -> None:
        eni, trunk = self._eni(which), None if on_trunk is None else self._some_trunk(on_trunk)
        if not self.naive.is_current and not bold:
            trunk = None
        if trunk is not None and trunk.instance is not None:
            instance = trunk.instance
        elif near:
            instance = self._instance_near(eni, instance)

        def begin() -> Pending:
            self.naive.attach(eni, instance, trunk)
            return Pending("attach", eni, instance)

        request = AttachNetworkInterface(
            region_id=REGION,
            network_interface_id=self.ids[eni],
            instance_id=self._id(instance),
            trunk_network_instance_id=None if trunk is None else self.ids[trunk],
        )
        self._two_steps(request, self.naive.attach_faults(eni, instance, trunk), begin, fate=fate, last=Phase.FINISH)

    def detach(self, which: int, instance: str, fate: str, *, near: bool) -> None:
        eni = self._eni(which)
        attached = [one for one in self.naive.enis if one.instance is not None and not one.is_primary]
        if near and attached:
            eni = attached[which % len(attached)]
            instance = eni.instance or instance
        if fate == "fails":
            fate = "ends"  # only attaches do, after their answer

        def begin() -> Pending:
            eni.status = "Detaching"
            return Pending("detach", eni, instance)

        request = DetachNetworkInterface(
            region_id=REGION, network_interface_id=self.ids[eni], instance_id=self._id(instance)
        )
        self._two_steps(request, self.naive.detach_faults(eni, instance), begin, fate=fate, last=Phase.FINISH)

    # -- what they are like

    def _modify(self, eni: NaiveEni, faults: set[str], changes: dict[str, Any], **request: Any) -> None:
        def then() -> None:
            for name, value in changes.items():
                setattr(eni, name, value)

        self._ask(
            ModifyNetworkInterfaceAttribute(region_id=REGION, network_interface_id=self.ids[eni], **request),
            faults,
            then,
        )

    def modify_groups(self, which: int, groups: list[str]) -> None:
        eni = self._eni(which)
        ids = tuple(map(self._id, groups))
        self._modify(eni, self.naive.modify_faults(eni, groups), {"groups": list(groups)}, security_group_ids=ids)

    def modify_name(self, which: int, name: str, description: str | None) -> None:
        eni = self._eni(which)
        faults = self.naive.rest_faults(eni) if eni in self.naive.enis else {"InvalidEniId.NotFound"}
        changes = {"name": name, "description": description or eni.description}
        self._modify(eni, faults, changes, network_interface_name=name, description=description)

    def modify_fate(self, which: int, *, dies: bool) -> None:
        eni = self._eni(which)
        faults = self.naive.rest_faults(eni) if eni in self.naive.enis else {"InvalidEniId.NotFound"}
        if eni.is_primary:
            faults.add("InvalidOperation.PrimaryEniOnlySupportModifyNameAndDesc")
        if not self.naive.is_current:
            faults.add("UnsupportedParameter")
        self._modify(eni, faults, {"dies_with_instance": dies}, delete_on_release=dies)

    # -- how they are shown

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

    def describe_one(self, which: int) -> None:
        eni = self._eni(which)
        faults = set() if eni in self.naive.enis else {"InvalidEniId.NotFound"}
        reply = self._ask(
            DescribeNetworkInterfaceAttribute(region_id=REGION, network_interface_id=self.ids[eni]), faults
        )
        if faults:
            return
        shown: Any = reply.result()
        texts = self._texts(eni.vswitch, Drawn(eni.addresses, eni.prefixes, eni.ipv6, eni.ipv6_prefixes))
        assert tuple(one.private_ip_address for one in shown.private_ip_sets) == texts["private_ip_addresses"]
        assert (shown.network_interface_id, shown.status, shown.type) == (self.ids[eni], eni.status, eni.type)
        assert shown.network_interface_name == eni.name
        assert set(shown.security_group_ids) == set(map(self._id, eni.groups))
