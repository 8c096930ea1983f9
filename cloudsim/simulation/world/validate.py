"""Validation: a spec held against itself and against the documents.

Everything that is wrong is told at once, each problem by the path of its key and with what would be right; whatever
refers to something that has a problem of its own is not blamed for it. What a real account can be in is allowed, even
where no call would lead there any more: a quota or a group's capacity below what exists, an unattached ENI with more
addresses than a create may ask for. A name of an ENI may be anything, since imported ones are.

Price: about 10 us an ENI; the trial pools take as much memory as the real ones under the lowest-first policy.
"""

import re
from dataclasses import fields, replace
from typing import Any, Final

from msgspec import structs

from cloudsim.errors.own import did_you_mean
from cloudsim.resources.catalogue import Catalogue, InstanceType
from cloudsim.simulation.world.findings import Findings, sound
from cloudsim.simulation.world.plan import Plan, PlannedAccount, PlannedRegion
from cloudsim.simulation.world.spec import AccountSpec, WorldSpec
from cloudsim.simulation.world.tables import check_types
from cloudsim.simulation.world.validate_interfaces import InterfaceChecks
from cloudsim.simulation.world.validate_networks import NetworkChecks
from cloudsim.values.entropy import Entropy
from cloudsim.values.ids import base36
from cloudsim.values.profile import PROFILES, Profile

_ACCESS_KEY: Final = re.compile(r"[!-~]{1,128}")

_DERIVED: Final = Entropy(0)
"""What is derived from an id alone: the same in every run."""


def validate(spec: WorldSpec) -> Plan:
    """Check a world as a whole.

    Returns:
        The plan of it, with all references followed.

    Raises:
        WorldError: something contradicts something; every problem is told.
    """
    check_types(spec)
    findings = Findings()
    profile = _profile(spec, findings)
    regions = _regions(spec, findings)
    accounts = _accounts(spec, regions, findings)
    resource_groups = _resource_groups(spec, accounts, findings)
    catalogue = _catalogue(spec, findings)
    networks = NetworkChecks(spec, profile, accounts, regions, resource_groups, findings)
    interfaces = InterfaceChecks(spec, profile, catalogue, networks, findings)
    findings.refuse()
    return Plan(
        profile=profile,
        catalogue=catalogue,
        accounts=sound(accounts),
        regions=sound(regions),
        resource_groups=sound(resource_groups),
        vpcs=sound(networks.vpcs),
        groups=sound(networks.groups),
        vswitches=sound(networks.vswitches),
        instances=sound(interfaces.instances),
        enis=interfaces.enis,
    )


def _profile(spec: WorldSpec, findings: Findings) -> Profile:
    """Take the profile with the world's own limits."""
    limits: dict[str, Any] = {}
    known = {field.name: field.type for field in fields(Profile) if field.type in (int, bool)}
    for name, limit in spec.limits.items():
        key = f"limits.{name}"
        kind = known.get(name)
        if kind is None:
            findings.add(key, f"there is no such limit; {did_you_mean(name, known)}")
        elif type(limit) is not kind:
            findings.add(key, "expected true or false" if kind is bool else "expected a whole number")
        elif limit < 0:
            findings.add(key, "expected at least 0")
        else:
            limits[name] = limit
    return replace(PROFILES[spec.profile], **limits)


def _regions(spec: WorldSpec, findings: Findings) -> dict[str, PlannedRegion | None]:
    regions: dict[str, PlannedRegion | None] = {}
    region_of_zone: dict[str, str] = {}
    for index, region in enumerate(spec.regions):
        zones = region.zones or (f"{region.id}-a",)
        for place, zone in enumerate(zones):
            if zone in region_of_zone:
                findings.add(
                    f"region[{index}].zones[{place}]", f"{zone!r} is a zone of {region_of_zone[zone]!r} already"
                )
            region_of_zone.setdefault(zone, region.id)
        findings.register(regions, region.id, PlannedRegion(spec=region, zones=zones), key=f"region[{index}].id")
    return regions


def _accounts(
    spec: WorldSpec, regions: dict[str, PlannedRegion | None], findings: Findings
) -> dict[str, PlannedAccount | None]:
    accounts: dict[str, PlannedAccount | None] = {}
    for index, account in enumerate(spec.accounts):
        key = f"account[{index}]"
        quotas = account.eni_quota if isinstance(account.eni_quota, dict) else {}
        for region in quotas:
            findings.look_up(regions, region, key=f"{key}.eni_quota.{region}", what="region")
        for place, region in enumerate(account.regions_out_of_service):
            findings.look_up(regions, region, key=f"{key}.regions_out_of_service[{place}]", what="region")
        names = [user.name for user in account.users]
        for place, name in enumerate(names):
            if name in names[:place]:
                findings.add(f"{key}.users[{place}].name", f"{name!r} is the name of another user already")
        findings.register(accounts, account.id, _planned(account), key=f"{key}.id")
    _access_keys(spec, findings)
    return accounts


def _access_keys(spec: WorldSpec, findings: Findings) -> None:
    """Find access keys that are given twice, or that cannot be written into a request."""
    seen: dict[str, str] = {}
    for index, account in enumerate(spec.accounts):
        owners = [(f"account[{index}]", account.access_keys)]
        owners += [(f"account[{index}].users[{place}]", user.access_keys) for place, user in enumerate(account.users)]
        for owner, keys in owners:
            for place, key in enumerate(keys):
                path = f"{owner}.access_keys[{place}].id"
                if not _ACCESS_KEY.fullmatch(key.id):
                    findings.add(path, f"{key.id!r} cannot be an AccessKeyId: 1 to 128 ASCII characters are, no spaces")
                if key.id in seen:
                    findings.add(path, f"{key.id!r} is an access key already, at {seen[key.id]}")
                seen.setdefault(key.id, path)


def _planned(account: AccountSpec) -> PlannedAccount:
    """Derive what an account does not say: a number of 16 digits, a resource group in the shape of the real ones."""
    owner = account.owner_id
    group = account.default_resource_group
    if owner is None:
        owner = str(10**15 + _DERIVED.integer("owner-id", account.id) % (9 * 10**15))
    if group is None:
        group = f"rg-acfm{base36(_DERIVED.integer('resource-group', account.id), 11)}"
    return PlannedAccount(spec=account, owner_id=owner, default_resource_group=group)


def _resource_groups(
    spec: WorldSpec, accounts: dict[str, PlannedAccount | None], findings: Findings
) -> dict[str, PlannedAccount | None]:
    """Say whose each resource group is; the default ones exist without being listed."""
    groups: dict[str, PlannedAccount | None] = {}
    for index, group in enumerate(spec.resource_groups):
        key = f"resource_group[{index}]"
        owner = findings.look_up(accounts, group.account, key=f"{key}.account", what="account")
        findings.register(groups, group.id, owner, key=f"{key}.id")
    for index, account in enumerate(sound(accounts).values()):
        name = account.default_resource_group
        owner = groups.setdefault(name, account)
        if owner is not None and owner is not account:
            problem = f"{name!r} is a resource group of {owner.spec.id!r}"
            findings.add(f"account[{index}].default_resource_group", problem)
    return groups


def _catalogue(spec: WorldSpec, findings: Findings) -> Catalogue:
    own: dict[str, InstanceType | None] = {}
    for index, kind in enumerate(spec.instance_types):
        findings.register(own, kind.name, InstanceType(**structs.asdict(kind)), key=f"instance_type[{index}].name")
    return Catalogue(sound(own))
