"""Import: the world that real Describe answers tell of, as tables beside which a user may put more.

DescribeVSwitches is needed, the rest as far as there is. What the answers refer to and do not list is inferred: regions
and VPCs, security and resource groups from the ENIs in them, instances from the ENIs on them (with a type that limits
nothing). What AvailableIpAddressCount says is taken and no known ENI has, other products use; a delegated /28 counts as
16 there, which is plain arithmetic and not verified. Where answers were taken one after another and disagree about
that, the ENIs are right.

Left out: instances of the classic network, which take nothing that is modelled here; ENIs whose creation failed; how
many members a security group has that are no ENI of the answers.
"""

import re
from collections import Counter
from collections.abc import Container, Iterable
from typing import Any, Final, TypeAlias

from cloudsim.simulation.world.describe_answers import Answers, EniItem, Found, InstanceItem
from cloudsim.simulation.world.describe_networks import ImportedNetworks

Tables: TypeAlias = dict[str, list[dict[str, Any]]]

UNKNOWN_TYPE: Final = "unknown"
"""The type of an instance of which only its ENIs are known."""

_PREFIX_SIZE: Final = 16
_MAC: Final = re.compile(r"00:16:3e(:[0-9a-f]{2}){3}")


def import_answers(
    answers: Answers, *, account: str | None, vpc_prefix_min: int, known_vswitches: Container[str] = ()
) -> Tables:
    """Make the tables of a world.

    Args:
        answers: what was read.
        account: whose it is; the OwnerId of the answers if None.
        vpc_prefix_min: the shortest prefix of a VPC, for blocks that have to be inferred.
        known_vswitches: ids of vSwitches that the user's own tables add.

    Raises:
        WorldError: an answer contradicts the others, with its file and JSON path.
    """
    networks = ImportedNetworks(answers, vpc_prefix_min)
    return _Import(answers, networks, known_vswitches).tables(_account(answers, account))


def _account(answers: Answers, wanted: str | None) -> dict[str, Any]:
    found: list[Found[Any]] = [*answers.vswitches.values(), *answers.vpcs.values(), *answers.enis.values()]
    owner = next((str(each.item.owner_id) for each in found if each.item.owner_id), None)
    name = wanted if wanted is not None else owner or "imported"
    return {"id": name, **({"owner_id": owner} if owner else {})}


class _Import:
    """The tables in the making."""

    def __init__(self, answers: Answers, networks: ImportedNetworks, known_vswitches: Container[str]) -> None:
        self._answers = answers
        self._networks = networks
        self._known_vswitches = known_vswitches
        self._groups: dict[str, dict[str, Any]] = {}
        self._resource_groups: dict[str, None] = {}
        self._taken: Counter[str] = Counter()

    def tables(self, account: dict[str, Any]) -> Tables:
        """Make all tables."""
        owner = account["id"]
        self._list_groups(owner)
        enis = [self._eni(each) for each in self._answers.enis.values() if each.item.status != "CreateFailed"]
        placed = [each for each in self._answers.instances.values() if each.item.vpc_attributes.v_switch_id]
        primaries = {eni["instance"] for eni in enis if eni["type"] == "Primary" and "instance" in eni}
        instances = [self._instance(each, has_primary=each.item.instance_id in primaries) for each in placed]
        inferred = self._infer_instances(enis, primaries)
        return {
            "account": [account],
            "region": self._networks.regions(),
            "vpc": self._networks.vpcs(owner),
            "vswitch": self._networks.vswitches(self._taken),
            "security_group": list(self._groups.values()),
            "resource_group": [{"id": name, "account": owner} for name in self._resource_groups],
            "instance": [*instances, *inferred],
            "eni": enis,
            "instance_type": [{"name": UNKNOWN_TYPE}] if inferred else [],
        }

    # -- groups

    def _list_groups(self, owner: str) -> None:
        for name, found in self._answers.groups.items():
            item = found.item
            if item.vpc_id:
                home = {"vpc": item.vpc_id}
            else:
                home = {"network": "classic", "account": owner, "region": self._networks.only_region(found)}
            self._groups[name] = {"id": name, "type": item.security_group_type, **home}

    def _note_groups(self, names: Iterable[str], vpc: str) -> list[str]:
        """Take note of groups that something is in; those that no answer lists are normal ones of its VPC."""
        listed = list(dict.fromkeys(names))
        for name in listed:
            self._groups.setdefault(name, {"id": name, "vpc": vpc})
        return listed

    def _vpc(self, found: Found[Any], vswitch: str, name: str) -> str:
        """Give the VPC of a vSwitch that something lies in; empty where only the user's tables know it."""
        listed = self._answers.vswitches.get(vswitch)
        if listed is not None:
            return listed.item.vpc_id
        if vswitch not in self._known_vswitches:
            raise found.error(f"vSwitch {vswitch!r} is in no DescribeVSwitches answer and no [[vswitch]] table", name)
        return ""

    # -- ENIs

    def _eni(self, found: Found[EniItem]) -> dict[str, Any]:
        item = found.item
        vpc = self._vpc(found, item.v_switch_id, "VSwitchId") or item.vpc_id
        addresses = [each.private_ip_address for each in item.private_ip_sets.private_ip_set]
        secondary = [address for address in addresses if address != item.private_ip_address]
        prefixes = [each.ipv4_prefix for each in item.ipv4_prefix_sets.ipv4_prefix_set]
        self._taken[item.v_switch_id] += 1 + len(secondary) + _PREFIX_SIZE * len(prefixes)
        if item.zone_id:
            self._networks.note_zone(found, item.zone_id)
        if item.resource_group_id:
            self._resource_groups[item.resource_group_id] = None
        table: dict[str, Any] = {
            "id": item.network_interface_id,
            "vswitch": item.v_switch_id,
            "primary_ip": item.private_ip_address,
            "secondary_ips": secondary,
            "ipv6_addresses": [each.ipv6_address for each in item.ipv6_sets.ipv6_set],
            "ipv4_prefixes": prefixes,
            "ipv6_prefixes": [each.ipv6_prefix for each in item.ipv6_prefix_sets.ipv6_prefix_set],
            "security_groups": self._note_groups(item.security_group_ids.security_group_id, vpc),
            "type": item.type or "Secondary",
            "name": item.network_interface_name,
            "description": item.description,
            "tags": {tag.tag_key: tag.tag_value for tag in item.tags.tag},
            "mac": item.mac_address if _MAC.fullmatch(item.mac_address) else None,
            "resource_group": item.resource_group_id or None,
            "queue_number": item.queue_number or None,
        }
        return table | _place(item)

    # -- instances

    def _instance(self, found: Found[InstanceItem], *, has_primary: bool) -> dict[str, Any]:
        item, home = found.item, found.item.vpc_attributes
        vpc = self._vpc(found, home.v_switch_id, "VpcAttributes.VSwitchId") or home.vpc_id
        table: dict[str, Any] = {
            "id": item.instance_id,
            "type": item.instance_type,
            "vswitch": home.v_switch_id,
            "status": item.status,
        }
        if has_primary:
            return table
        self._taken[home.v_switch_id] += 1
        table["security_groups"] = self._note_groups(item.security_group_ids.security_group_id, vpc)
        table["primary_ip"] = next(iter(home.private_ip_address.ip_address), None)
        return table

    def _infer_instances(self, enis: list[dict[str, Any]], primaries: Container[str]) -> list[dict[str, Any]]:
        """Make the instances that ENIs are on and no answer lists.

        One whose primary ENI is not known either lies where its first known ENI does, and takes an address there.
        """
        inferred: dict[str, dict[str, Any]] = {}
        for eni in enis:
            name = eni.get("instance")
            if name is None or name in self._answers.instances:
                continue
            if name not in inferred and name not in primaries:
                self._taken[eni["vswitch"]] += 1
            if name not in inferred or eni["type"] == "Primary":
                inferred[name] = {"id": name, "type": UNKNOWN_TYPE, "vswitch": eni["vswitch"]}
        return list(inferred.values())


def _place(item: EniItem) -> dict[str, str]:
    """Say where an ENI is in its life; one on its way, of which no instance is known, is some cloud product's."""
    if item.status in ("Available", "Creating"):
        return {"status": "Available"}
    if item.status == "Deleting":
        return {"status": "Deleting"}
    if item.instance_id:
        return {"status": item.status, "instance": item.instance_id}
    return {"status": "InUse"}
