"""Rules of the family's machine: tags and resource groups of every type of resource, and descriptions that agree."""

from typing import Any

from hypothesis import strategies as st

from cloudsim.api.requests import (
    DescribeAccountAttributes,
    DescribeInstances,
    DescribeSecurityGroupAttribute,
    DescribeSecurityGroups,
    DescribeVpcs,
    DescribeVSwitches,
    JoinResourceGroup,
    ListTagResources,
    Tag,
    TagResources,
    UntagResources,
)
from tests.simulation.family.base import FamilyBase, part
from tests.small_world import REGION

KINDS = st.sampled_from(["eni", "eni", "instance", "securitygroup", "vpc", "vswitch"])
PICKS = st.lists(st.integers(0, 7), min_size=1, max_size=2, unique=True)

TAGGING = st.one_of(
    part("tag", kind=KINDS, picks=PICKS, key=st.sampled_from("ab"), value=st.sampled_from(["", "x", "y"])),
    part("tag", kind=KINDS, picks=PICKS, key=st.sampled_from("ab"), value=st.sampled_from(["", "x", "y"])),
    part("untag", kind=KINDS, picks=PICKS, key=st.sampled_from(["a", "b", None])),
    part("regroup", kind=KINDS, pick=st.integers(0, 7), group=st.sampled_from(["rg-1", "rg-2", "rg-2", "rg-x"])),
    part("list_tags", kind=KINDS, key=st.sampled_from("ab"), value=st.sampled_from([None, "x"])),
)
DESCRIPTIONS = st.one_of(
    part("instances_agree"),
    part("vpcs_agree"),
    part("vswitches_agree"),
    part("groups_agree"),
    part("quotas_agree"),
)


class TaggingRules(FamilyBase):
    """Tags, resource groups and lists."""

    def _resources(self, kind: str) -> dict[str, Any]:
        """All of a type, by the product's id."""
        naive = self.naive
        if kind == "eni":
            return {self.ids[eni]: eni for eni in naive.enis}
        tables: dict[str, dict[str, Any]] = {
            "instance": naive.instances,
            "securitygroup": naive.groups,
            "vpc": naive.vpcs,
            "vswitch": naive.vswitches,
        }
        return {self._id(name): one for name, one in tables[kind].items()}

    def _picked(self, kind: str, picks: list[int]) -> tuple[tuple[str, ...], list[Any], set[str]]:
        """Ids, records, and what stands against them: now and then one of them does not exist."""
        found = self._resources(kind)
        unknown = f"{kind}-bp100000000000000x"
        ids = [list(found)[pick % len(found)] if pick < 7 and found else unknown for pick in picks]
        ids = list(dict.fromkeys(ids))
        faults = set() if set(ids) <= set(found) else {"InvalidResourceId.NotFound"}
        return tuple(ids), [found.get(one) for one in ids], faults

    def tag(self, kind: str, picks: list[int], key: str, value: str) -> None:
        ids, records, faults = self._picked(kind, picks)

        def then() -> None:
            for one in records:
                one.tags[key] = value

        request = TagResources(
            region_id=REGION, resource_type=kind, resource_ids=ids, tags=(Tag(key=key, value=value),)
        )
        self._ask(request, faults, then)

    def untag(self, kind: str, picks: list[int], key: str | None) -> None:
        """Take one tag off, or every one."""
        ids, records, faults = self._picked(kind, picks)
        what: dict[str, Any] = {"all": True} if key is None else {"tag_keys": (key,)}

        def then() -> None:
            for one in records:
                one.tags = {name: value for name, value in one.tags.items() if key not in (None, name)}

        self._ask(UntagResources(region_id=REGION, resource_type=kind, resource_ids=ids, **what), faults, then)

    def regroup(self, kind: str, pick: int, group: str) -> None:
        ids, records, faults = self._picked(kind, [pick])
        if group == "rg-x":
            faults |= {"InvalidResourceGroup.NotFound"}

        def then() -> None:
            records[0].resource_group = group

        request = JoinResourceGroup(region_id=REGION, resource_type=kind, resource_id=ids[0], resource_group_id=group)
        self._ask(request, faults, then)

    def list_tags(self, kind: str, key: str, value: str | None) -> None:
        reply = self._ask(
            ListTagResources(region_id=REGION, resource_type=kind, tags=(Tag(key=key, value=value),)), set()
        )
        answer: Any = reply.result()
        shown = [(one.resource_id, one.tag_key, one.tag_value) for one in answer.tag_resources]
        assert set(shown) == {
            (id_, name, text)
            for id_, one in self._resources(kind).items()
            if key in one.tags and value in (None, one.tags[key])
            for name, text in one.tags.items()
        }
        assert len(shown) == len(set(shown))
        assert {one.resource_type for one in answer.tag_resources} <= {kind}

    # -- descriptions

    def _shown(self, request: Any) -> Any:
        return self._ask(request, set()).result()

    def instances_agree(self) -> None:
        shown = self._shown(DescribeInstances(region_id=REGION)).instances
        assert {one.instance_id: (one.status, one.resource_group_id) for one in shown} == {
            self._id(name): (host.status, host.resource_group) for name, host in self.naive.instances.items()
        }

    def vpcs_agree(self) -> None:
        shown = self._shown(DescribeVpcs(region_id=REGION)).vpcs
        assert {one.vpc_id: (one.status, one.vpc_name, set(one.vswitch_ids)) for one in shown} == {
            self._id(name): (
                "Available",
                vpc.name,
                {self._id(other) for other, home in self.naive.vswitches.items() if home.vpc == name},
            )
            for name, vpc in self.naive.vpcs.items()
        }

    def vswitches_agree(self) -> None:
        shown = self._shown(DescribeVSwitches(region_id=REGION)).vswitches
        ours = {
            one.vswitch_id: (one.status, one.available_ip_address_count, one.enabled_ipv6, one.resource_group_id)
            for one in shown
        }
        assert ours == {
            self._id(name): (home.status, len(home.free), home.has_ipv6, home.resource_group)
            for name, home in self.naive.vswitches.items()
        }

    def groups_agree(self) -> None:
        naive = self.naive
        shown = self._shown(DescribeSecurityGroups(region_id=REGION, is_query_ecs_count=True)).security_groups
        ours = {
            one.security_group_id: (
                one.available_instance_amount,
                one.ecs_count,
                one.security_group_type,
                one.security_group_name,
                self._policy_of(one.security_group_id),
            )
            for one in shown
        }
        theirs = {}
        for name, group in naive.groups.items():
            hosts = len({eni.instance for eni in naive.members_of(name)} - {None})
            kind = "enterprise" if group.is_enterprise else "normal"
            policy = "Drop" if group.is_enterprise or group.is_dropping else "Accept"
            theirs[self._id(name)] = (max(0, naive.places_left(name)), hosts, kind, group.name, policy)
        assert ours == theirs

    def _policy_of(self, group: str) -> str:
        shown = self._shown(DescribeSecurityGroupAttribute(region_id=REGION, security_group_id=group))
        return str(shown.inner_access_policy)

    def quotas_agree(self) -> None:
        names = ("max-elastic-network-interfaces", "max-security-groups")
        shown = self._shown(DescribeAccountAttributes(region_id=REGION, attribute_names=names))
        assert {one.attribute_name: one.attribute_values[0].value for one in shown.account_attribute_items} == {
            names[0]: str(self.naive.quota),
            names[1]: str(self.naive.group_quota),
        }
