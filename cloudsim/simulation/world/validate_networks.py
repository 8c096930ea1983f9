"""Validation of what has blocks of addresses: VPCs, vSwitches, and the security groups that belong to VPCs.

Source: eni_api.md section 5 (masks, secondary blocks, reservations, IPv6), CreateVpc reference (ranges that no VPC may
have), CreateVSwitchCidrReservation (reservations).
"""

from collections.abc import Mapping
from itertools import combinations
from typing import Final

from cloudsim.errors.own import DurationError, did_you_mean
from cloudsim.ipam.blocks import FORBIDDEN_BLOCKS, VPC6_LENGTH, VPC_LENGTH_MAX, VSWITCH6_LENGTH, VSWITCH_LENGTHS
from cloudsim.ipam.edge import AddressSpace, Family
from cloudsim.ipam.policies.registry import POLICIES, PREFIX_POLICIES
from cloudsim.ipam.pool import Pool
from cloudsim.ipam.refusals import MalformedCidr, PrefixUnavailable
from cloudsim.simulation.world.findings import Findings
from cloudsim.simulation.world.plan import (
    PlannedAccount,
    PlannedGroup,
    PlannedRegion,
    PlannedVpc,
    PlannedVSwitch,
    Trial,
)
from cloudsim.simulation.world.spec import SecurityGroupSpec, VpcSpec, VSwitchSpec, WorldSpec
from cloudsim.values.duration import Ns, parse_duration
from cloudsim.values.profile import Profile

_SECONDARY_MAX: Final = 5
_RESERVATIONS_MAX: Final = 10


class NetworkChecks:
    """The VPCs, security groups and vSwitches of a world, by id; None stands for one with a problem.

    Args:
        spec: the world.
        profile: whose bounds hold.
        accounts: by id.
        regions: by id.
        resource_groups: whose each is.
        findings: where problems go.
    """

    def __init__(
        self,
        spec: WorldSpec,
        profile: Profile,
        accounts: Mapping[str, PlannedAccount | None],
        regions: Mapping[str, PlannedRegion | None],
        resource_groups: Mapping[str, PlannedAccount | None],
        findings: Findings,
    ) -> None:
        self._profile = profile
        self._accounts = accounts
        self._regions = regions
        self._resource_groups = resource_groups
        self._findings = findings
        self.vpcs: dict[str, PlannedVpc | None] = {}
        self.groups: dict[str, PlannedGroup | None] = {}
        self.vswitches: dict[str, PlannedVSwitch | None] = {}
        for index, vpc in enumerate(spec.vpcs):
            key = f"vpc[{index}]"
            findings.register(self.vpcs, vpc.id, self._vpc(vpc, key), key=f"{key}.id")
        for index, group in enumerate(spec.security_groups):
            key = f"security_group[{index}]"
            findings.register(self.groups, group.id, self._group(group, key), key=f"{key}.id")
        for index, vswitch in enumerate(spec.vswitches):
            key = f"vswitch[{index}]"
            findings.register(self.vswitches, vswitch.id, self._vswitch(vswitch, key), key=f"{key}.id")

    # -- VPCs

    def _vpc(self, spec: VpcSpec, key: str) -> PlannedVpc | None:
        account = self._findings.look_up(self._accounts, spec.account, key=f"{key}.account", what="account")
        region = self._findings.look_up(self._regions, spec.region, key=f"{key}.region", what="region")
        least = self._profile.vpc_prefix_min
        lengths = range(least, VPC_LENGTH_MAX + 1)
        cidrs = {f"{key}.cidr": f"10.0.0.0/{least}" if spec.cidr is None else spec.cidr}
        cidrs |= {f"{key}.secondary_cidrs[{place}]": cidr for place, cidr in enumerate(spec.secondary_cidrs)}
        hint = f" in the {self._profile.name} profile (limits.vpc_prefix_min = {least})"
        blocks = {where: self._block(cidr, where, Family.IPV4, lengths, hint=hint) for where, cidr in cidrs.items()}
        if len(spec.secondary_cidrs) > _SECONDARY_MAX:
            problem = f"a VPC has at most {_SECONDARY_MAX} secondary blocks, not {len(spec.secondary_cidrs)}"
            self._findings.add(f"{key}.secondary_cidrs", problem)
        self._check_ranges(blocks)
        block6 = None
        if spec.ipv6_cidr is not None:
            lengths6 = range(VPC6_LENGTH, VPC6_LENGTH + 1)
            block6 = self._block(spec.ipv6_cidr, f"{key}.ipv6_cidr", Family.IPV6, lengths6)
        good = tuple(block for block in blocks.values() if block is not None)
        if account is None or region is None or len(good) < len(blocks):
            return None
        return PlannedVpc(
            spec=spec,
            account=account,
            region=region,
            resource_group=self.resource_group(spec.resource_group, account, key, "VPC"),
            blocks=good,
            block6=block6,
        )

    def resource_group(self, wanted: str | None, account: PlannedAccount, key: str, what: str) -> str:
        """Give the resource group that a table names, one of its account's, or else the default one."""
        if wanted is None:
            return account.default_resource_group
        where = f"{key}.resource_group"
        owner = self._findings.look_up(self._resource_groups, wanted, key=where, what="resource group")
        if owner is not None and owner is not account:
            problem = f"{wanted!r} belongs to {owner.spec.id!r}, the {what} to {account.spec.id!r}"
            self._findings.add(where, problem)
        return wanted

    def _check_ranges(self, blocks: Mapping[str, AddressSpace | None]) -> None:
        for key, block in blocks.items():
            for range_ in FORBIDDEN_BLOCKS:
                if block is not None and block.overlaps(range_):
                    self._findings.add(key, f"{block.cidr} overlaps {range_.cidr}, which no VPC may have")
        for (_, one), (key, other) in combinations(blocks.items(), 2):
            if one is not None and other is not None and one.overlaps(other):
                self._findings.add(key, f"{other.cidr} overlaps {one.cidr} of the same VPC")

    def _block(self, cidr: str, key: str, family: Family, lengths: range, *, hint: str = "") -> AddressSpace | None:
        """Read a block, and refuse one of the wrong family or size."""
        try:
            block = AddressSpace.parse(cidr)
        except MalformedCidr as refusal:
            self._findings.add(key, str(refusal))
            return None
        if block.family is not family:
            self._findings.add(key, f"{cidr} is an {block.family} block; expected {family}")
        elif block.length not in lengths:
            least, most = f"/{lengths[0]}", f"/{lengths[-1]}"
            self._findings.add(key, f"{cidr} has to be {least if least == most else f'{least} to {most}'}{hint}")
        else:
            return block
        return None

    # -- security groups

    def _group(self, spec: SecurityGroupSpec, key: str) -> PlannedGroup | None:
        vpc = None
        if spec.network == "vpc":
            for name, said in (("account", spec.account), ("region", spec.region)):
                if said is not None:
                    self._findings.add(f"{key}.{name}", 'it is that of the VPC; only `network = "classic"` needs it')
            vpc = self._findings.look_up(self.vpcs, spec.vpc, key=f"{key}.vpc", what="VPC")
            if vpc is None:
                return None
            account, region = vpc.account, vpc.region
        else:
            if spec.vpc is not None:
                self._findings.add(f"{key}.vpc", "a group of the classic network belongs to no VPC")
            owner = self._findings.look_up(self._accounts, spec.account, key=f"{key}.account", what="account")
            place = self._findings.look_up(self._regions, spec.region, key=f"{key}.region", what="region")
            if owner is None or place is None:
                return None
            account, region = owner, place
        resource_group = self.resource_group(spec.resource_group, account, key, "security group")
        group = PlannedGroup(spec=spec, account=account, region=region, vpc=vpc, resource_group=resource_group)
        if vpc is not None:
            vpc.groups.append(group)
        return group

    # -- vSwitches

    def _vswitch(self, spec: VSwitchSpec, key: str) -> PlannedVSwitch | None:
        vpc = self._findings.look_up(self.vpcs, spec.vpc, key=f"{key}.vpc", what="VPC")
        block = self._block(spec.cidr, f"{key}.cidr", Family.IPV4, VSWITCH_LENGTHS)
        cool_ns = self._cool_down(spec, key)
        self._check_policies(spec, key)
        if vpc is None:
            return None
        zone = self._zone(spec, vpc, key)
        block6 = self._block6(spec, vpc, key)
        if block is None or zone is None or not self._lies_well(spec, block, vpc, key):
            return None
        trial6 = None if block6 is None else _trial(block6)
        planned = PlannedVSwitch(
            spec=spec,
            key=key,
            vpc=vpc,
            resource_group=self.resource_group(spec.resource_group, vpc.account, key, "vSwitch"),
            zone=zone,
            cool_ns=cool_ns,
            trial=_trial(block),
            trial6=trial6,
        )
        self._reserve(planned)
        vpc.vswitches[block.base] = planned
        if block6 is not None:
            vpc.vswitches6[block6.base] = planned
        return planned

    def _check_policies(self, spec: VSwitchSpec, key: str) -> None:
        kind = POLICIES.get(spec.policy)
        if kind is None:
            problem = f"there is no policy {spec.policy!r}; {did_you_mean(spec.policy, POLICIES)}"
            self._findings.add(f"{key}.policy", problem)
        elif spec.ipv6 is not None and kind.sparse is None:
            problem = f"{spec.policy!r} is not for the IPv6 block of {spec.id!r}: {kind.why_not_sparse}"
            self._findings.add(f"{key}.policy", f"{problem}; {kind.instead!r} comes to the same there")
        if spec.prefix_policy is not None and spec.prefix_policy not in PREFIX_POLICIES:
            advice = did_you_mean(spec.prefix_policy, PREFIX_POLICIES)
            self._findings.add(f"{key}.prefix_policy", f"there is no prefix policy {spec.prefix_policy!r}; {advice}")

    def _cool_down(self, spec: VSwitchSpec, key: str) -> Ns:
        try:
            return parse_duration(spec.cool_down)
        except DurationError as error:
            self._findings.add(f"{key}.cool_down", str(error))
            return 0

    def _zone(self, spec: VSwitchSpec, vpc: PlannedVpc, key: str) -> str | None:
        zones = dict.fromkeys(vpc.region.zones, True)
        if spec.zone is None and len(zones) == 1:
            return vpc.region.zones[0]
        known = self._findings.look_up(zones, spec.zone, key=f"{key}.zone", what="zone")
        return spec.zone if known else None

    def _lies_well(self, spec: VSwitchSpec, block: AddressSpace, vpc: PlannedVpc, key: str) -> bool:
        """Whether a block lies in one of the VPC's, beside all vSwitches that are there."""
        if not any(home.contains(block) for home in vpc.blocks):
            homes = ", ".join(home.cidr for home in vpc.blocks)
            self._findings.add(
                f"{key}.cidr", f"{block.cidr} of {spec.id!r} lies outside {homes} of VPC {vpc.spec.id!r}"
            )
            return False
        place = vpc.vswitches.bisect_right(block.base)
        neighbours = vpc.vswitches.values()[max(place - 1, 0) : place + 1]
        for other in neighbours:
            if other.space.overlaps(block):
                also = f"{other.space.cidr} of {other.spec.id!r} ({other.key})"
                self._findings.add(f"{key}.cidr", f"{block.cidr} of {spec.id!r} overlaps {also}")
                return False
        return True

    def _block6(self, spec: VSwitchSpec, vpc: PlannedVpc, key: str) -> AddressSpace | None:
        if spec.ipv6 is None:
            return None
        where = f"{key}.ipv6"
        home = vpc.block6
        if home is None:
            self._findings.add(where, f"VPC {vpc.spec.id!r} has no ipv6_cidr")
            return None
        if isinstance(spec.ipv6, int):
            block = AddressSpace(Family.IPV6, home.base + (spec.ipv6 << 64), VSWITCH6_LENGTH)
        else:
            lengths = range(VSWITCH6_LENGTH, VSWITCH6_LENGTH + 1)
            read = self._block(spec.ipv6, where, Family.IPV6, lengths)
            if read is None:
                return None
            block = read
        if not home.contains(block):
            self._findings.add(where, f"{block.cidr} lies outside {home.cidr} of VPC {vpc.spec.id!r}")
            return None
        other = vpc.vswitches6.get(block.base)
        if other is not None:
            self._findings.add(where, f"{block.cidr} is the IPv6 block of {other.spec.id!r} ({other.key}) already")
        return block

    def _reserve(self, vswitch: PlannedVSwitch) -> None:
        """Set the reservations aside, for a try."""
        blocks: list[AddressSpace] = []
        texts = vswitch.spec.prefix_reservations
        for place, text in enumerate(texts):
            block = self._reservation(vswitch, text, f"{vswitch.key}.prefix_reservations[{place}]")
            if block is not None:
                blocks.append(block)
        for family in Family:
            count = sum(block.family is family for block in blocks)
            if count > _RESERVATIONS_MAX:
                problem = f"a vSwitch has at most {_RESERVATIONS_MAX} reservations of {family}, not {count}"
                self._findings.add(f"{vswitch.key}.prefix_reservations", problem)
        vswitch.reservations = tuple(blocks)

    def _reservation(self, vswitch: PlannedVSwitch, text: str, key: str) -> AddressSpace | None:
        try:
            block = AddressSpace.parse(text)
        except MalformedCidr as refusal:
            self._findings.add(key, str(refusal))
            return None
        trial = vswitch.trial if block.family is Family.IPV4 else vswitch.trial6
        if trial is None:
            self._findings.add(key, f"{vswitch.spec.id!r} has no IPv6 block")
            return None
        home = trial.pool.space
        longest = block.family.delegated_length
        shortest = home.length + (2 if block.family is Family.IPV4 else 1)
        if not home.contains(block):
            self._findings.add(key, f"{text} lies outside {home.cidr} of {vswitch.spec.id!r}")
        elif shortest > longest:
            self._findings.add(
                key, f"{home.cidr} is too small: a reservation is a quarter of it at most, and a /28 at least"
            )
        elif not shortest <= block.length <= longest:
            self._findings.add(key, f"{text} has to be /{shortest} to /{longest}")
        else:
            try:
                trial.pool.reserve_range(block.base - home.base, block.size, 0)
            except PrefixUnavailable:
                self._findings.add(key, f"{text} holds addresses of the system, or is reserved in part already")
            else:
                return block
        return None


def _trial(block: AddressSpace) -> Trial:
    """Make a pool to try named addresses in; lowest-first has no index to build."""
    return Trial(pool=Pool(block, seed=0, policy="lowest-first"))
