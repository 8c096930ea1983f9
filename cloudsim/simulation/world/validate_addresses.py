"""Validation of addresses: whether those that are named can be had, and whether enough are left for the rest.

The named addresses are taken from the trial pools, so that the pool alone says what an address is.
"""

from cloudsim.ipam.refusals import (
    AddressNotFree,
    AddressOutside,
    AddressReserved,
    MalformedAddress,
    MalformedCidr,
    PrefixUnavailable,
)
from cloudsim.ipam.states import State
from cloudsim.simulation.world.findings import Findings
from cloudsim.simulation.world.plan import PlannedVSwitch, Trial
from cloudsim.simulation.world.spec import EniSpec


def take_named(spec: EniSpec, vswitch: PlannedVSwitch, key: str, findings: Findings) -> None:
    """Take the addresses and prefixes that an ENI names, for a try."""
    if spec.primary_ip is not None:
        _take(vswitch.trial, spec.primary_ip, vswitch, f"{key}.primary_ip", findings)
    for place, text in enumerate(spec.secondary_ips):
        _take(vswitch.trial, text, vswitch, f"{key}.secondary_ips[{place}]", findings)
    for place, text in enumerate(spec.ipv4_prefixes):
        _take_prefix(vswitch.trial, text, vswitch, f"{key}.ipv4_prefixes[{place}]", findings)
    if not (spec.ipv6_addresses or spec.ipv6_prefixes):
        return
    if vswitch.trial6 is None:
        findings.add(key, f"it has IPv6 addresses, and vSwitch {vswitch.spec.id!r} has no IPv6 block")
        return
    for place, text in enumerate(spec.ipv6_addresses):
        _take(vswitch.trial6, text, vswitch, f"{key}.ipv6_addresses[{place}]", findings)
    for place, text in enumerate(spec.ipv6_prefixes):
        _take_prefix(vswitch.trial6, text, vswitch, f"{key}.ipv6_prefixes[{place}]", findings)


def _take(trial: Trial, text: str, vswitch: PlannedVSwitch, key: str, findings: Findings) -> None:
    pool = trial.pool
    try:
        offset = pool.space.offset(text)
        pool.take(offset, 0)
    except MalformedAddress as refusal:
        findings.add(key, str(refusal))
    except AddressOutside as refusal:
        findings.add(key, f"{refusal} of vSwitch {vswitch.spec.id!r}")
    except AddressReserved:
        first, last = pool.reserved
        findings.add(key, f"{text} is the system's, as are the first {first} and the last {last} of every vSwitch")
    except AddressNotFree as refusal:
        findings.add(key, f"{text} {_why_not_free(trial, refusal)}")
    else:
        trial.holders[offset] = key


def _why_not_free(trial: Trial, refusal: AddressNotFree) -> str:
    if refusal.state is State.SET_ASIDE:
        return "lies in a prefix reservation, from which no single address is taken"
    offset = refusal.offset
    if refusal.state is State.IN_PREFIX:
        offset = offset >> trial.pool.space.family.block_bits << trial.pool.space.family.block_bits
        return f"lies in the prefix of {trial.holders[offset]}"
    return f"is taken by {trial.holders[offset]} already"


def _take_prefix(trial: Trial, text: str, vswitch: PlannedVSwitch, key: str, findings: Findings) -> None:
    pool = trial.pool
    try:
        first = pool.space.prefix_offset(text)
        pool.take_prefix(first, 0)
    except MalformedCidr as refusal:
        findings.add(key, str(refusal))
    except AddressOutside as refusal:
        findings.add(key, f"{refusal} of vSwitch {vswitch.spec.id!r}")
    except PrefixUnavailable:
        findings.add(key, f"{text} is not wholly free: it holds addresses of the system, or some that are taken")
    else:
        trial.holders[first] = key


def check_enough(vswitch: PlannedVSwitch, findings: Findings) -> None:
    """Check that what is to be drawn at the beginning fits beside what is named."""
    free = vswitch.trial.pool.free_at(0)
    used = vswitch.spec.used
    if vswitch.drawn > free:
        problem = f"its instances and ENIs need {vswitch.drawn} more addresses at the beginning, {free} are free"
        findings.add(vswitch.key, f"{vswitch.spec.id!r} is too small: {problem}")
    elif vswitch.drawn + used > free:
        problem = f"{used} addresses are used by others, but only {free - vswitch.drawn} are left for them"
        findings.add(f"{vswitch.key}.used", f"{problem} in {vswitch.space.cidr}")
