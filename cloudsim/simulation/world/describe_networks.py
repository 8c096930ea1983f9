"""The networks that Describe answers tell of: regions, VPCs and vSwitches, listed or inferred.

A region is inferred from the name of a zone (``cn-hangzhou-h``, ``ap-southeast-1a``), a VPC's blocks from those of its
vSwitches: the smallest that hold them, one for each block of the profile's largest size.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from cloudsim.ipam.edge import AddressSpace, Family
from cloudsim.ipam.refusals import MalformedCidr
from cloudsim.ipam.space import RESERVED_ENDS
from cloudsim.simulation.world.describe_answers import Answers, Found, VSwitchItem

_VPC_LENGTH_MAX: Final = 28
_VPC6_LENGTH: Final = 56
_ZONE: Final = re.compile(r"(.+?)-?[a-z]")


class ImportedNetworks:
    """Regions, VPCs and vSwitches of the answers.

    Args:
        answers: what was read.
        vpc_prefix_min: the shortest prefix of a VPC.

    Raises:
        WorldError: a block is no block, or nothing tells the region of a VPC.
    """

    def __init__(self, answers: Answers, vpc_prefix_min: int) -> None:
        self._answers = answers
        self._vpc_prefix_min = vpc_prefix_min
        self._zones: dict[str, dict[str, None]] = {region: {} for region in answers.regions}
        self._blocks: dict[str, AddressSpace] = {}
        self._of_vpc: dict[str, list[Found[VSwitchItem]]] = {}
        self.region_of_vpc: dict[str, str] = {}
        for name, vswitch in answers.vswitches.items():
            self._blocks[name] = _block(vswitch, vswitch.item.cidr_block, "CidrBlock")
            self._of_vpc.setdefault(vswitch.item.vpc_id, []).append(vswitch)
            self.region_of_vpc[vswitch.item.vpc_id] = self.note_zone(vswitch, vswitch.item.zone_id)
        for name, vpc in answers.vpcs.items():
            if vpc.item.region_id:
                self._zones.setdefault(vpc.item.region_id, {})
                self.region_of_vpc[name] = vpc.item.region_id
        mentions: list[tuple[str, Found[Any]]] = [*answers.vpcs.items()]
        mentions += [(group.item.vpc_id, group) for group in answers.groups.values()]
        for name, found in mentions:
            if name and name not in self.region_of_vpc:
                self.region_of_vpc[name] = self.only_region(found)

    def note_zone(self, found: Found[Any], zone: str) -> str:
        """Take note of a zone, and give its region."""
        match = _ZONE.fullmatch(zone)
        if match is None:
            raise found.error(f"{zone!r} is no zone", "ZoneId")
        self._zones.setdefault(match[1], {})[zone] = None
        return match[1]

    def only_region(self, found: Found[Any]) -> str:
        """Give the region of something that does not say where it is."""
        if len(self._zones) != 1:
            raise found.error("nothing tells its region; import the vSwitches of its VPC as well")
        return next(iter(self._zones))

    def regions(self) -> list[dict[str, Any]]:
        """Make the region tables."""
        return [{"id": region, "zones": sorted(zones)} for region, zones in self._zones.items()]

    def vpcs(self, account: str) -> list[dict[str, Any]]:
        """Make the VPC tables."""
        return [
            {"id": name, "account": account, "region": region, **self._blocks_of_vpc(name)}
            for name, region in self.region_of_vpc.items()
        ]

    def _blocks_of_vpc(self, name: str) -> dict[str, Any]:
        listed = self._answers.vpcs.get(name)
        vswitches = self._of_vpc.get(name, [])
        ipv6 = "" if listed is None else listed.item.ipv6_cidr_block
        for vswitch in vswitches:
            if not ipv6 and vswitch.item.ipv6_cidr_block:
                block6 = _block(vswitch, vswitch.item.ipv6_cidr_block, "Ipv6CidrBlock")
                ipv6 = _widen(block6, _VPC6_LENGTH).cidr
        if listed is not None:
            cidrs = [listed.item.cidr_block, *listed.item.secondary_cidr_blocks.secondary_cidr_block]
        else:
            cidrs = self._infer([self._blocks[vswitch.item.v_switch_id] for vswitch in vswitches])
        return {
            **({"cidr": cidrs[0]} if cidrs else {}),
            "secondary_cidrs": cidrs[1:],
            **({"ipv6_cidr": ipv6} if ipv6 else {}),
        }

    def _infer(self, blocks: list[AddressSpace]) -> list[str]:
        """Find the smallest blocks that a VPC may have and that hold all of these."""
        homes: dict[int, AddressSpace] = {}
        for block in blocks:
            widest = _widen(block, self._vpc_prefix_min)
            home = homes.get(widest.base, _widen(block, _VPC_LENGTH_MAX))
            while not home.contains(block):
                home = _widen(home, home.length - 1)
            homes[widest.base] = home
        return [home.cidr for home in homes.values()]

    def vswitches(self, taken: Mapping[str, int]) -> list[dict[str, Any]]:
        """Make the vSwitch tables.

        Args:
            taken: for each vSwitch, of how many addresses the holder is known.
        """
        return [self._vswitch(found, taken.get(name, 0)) for name, found in self._answers.vswitches.items()]

    def _vswitch(self, found: Found[VSwitchItem], taken: int) -> dict[str, Any]:
        item = found.item
        usable = self._blocks[item.v_switch_id].size - sum(RESERVED_ENDS[Family.IPV4])
        available = item.available_ip_address_count
        return {
            "id": item.v_switch_id,
            "vpc": item.vpc_id,
            "zone": item.zone_id,
            "cidr": item.cidr_block,
            "status": item.status,
            "used": 0 if available is None else max(0, usable - available - taken),
            **({"ipv6": item.ipv6_cidr_block} if item.ipv6_cidr_block else {}),
        }


def _block(found: Found[Any], text: str, name: str) -> AddressSpace:
    try:
        return AddressSpace.parse(text)
    except MalformedCidr as refusal:
        raise found.error(str(refusal), name) from None


def _widen(block: AddressSpace, length: int) -> AddressSpace:
    """Give the block of a prefix length that holds a block, or the block itself where it is as large."""
    length = min(length, block.length)
    host_bits = block.family.bits - length
    return AddressSpace(block.family, block.base >> host_bits << host_bits, length)
