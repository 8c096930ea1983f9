"""The audit: what must hold in every cloud, at every event in tests and at the end of every run.

1  no address or prefix belongs to two ENIs
2  the states of a pool's addresses partition its block, and its index agrees with them
3  used addresses are those of ENIs and of other products, and while calls are in flight their leases
4  quota and group places used are those of the ENIs that exist, and are not overshot
5  a token answers for at most one ENI within its window
6  nothing is held when nothing is in flight
7  the tables agree with each other: ENIs of estates, of vSwitches, of instances and of indexes, MAC addresses
8  where the journal is kept, replaying it gives everything that exists
9  an instance has at most the ENIs of its type, and an ENI that is somewhere is there once
"""

from collections import Counter
from collections.abc import Iterator

from cloudsim.ipam.pool import Pool
from cloudsim.operations.policy import Policy
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.estate import Estate
from cloudsim.resources.interface import EniStatus
from cloudsim.resources.vswitch import VSwitch
from cloudsim.simulation.audit_parts import audit_capacity, audit_instances, audit_networks
from cloudsim.simulation.replaying import audit_journal


def audit(cloud: Cloud, policy: Policy, *, is_idle: bool) -> list[str]:
    """Hold a cloud against its invariants.

    Args:
        cloud: the cloud, between two steps.
        policy: for the window of tokens.
        is_idle: whether no call is in flight, so that nothing may be held.

    Returns:
        What is wrong, a sentence each; empty when all is well.
    """
    found: list[str] = []
    for vswitch in cloud.vswitches.values():
        found += _audit_vswitch(vswitch, is_idle=is_idle)
    for estate in cloud.estates.values():
        found += _audit_estate(cloud, estate, policy, is_idle=is_idle)
    found += _audit_groups(cloud, is_idle=is_idle)
    found += audit_networks(cloud, is_idle=is_idle)
    found += audit_instances(cloud, is_idle=is_idle)
    found += _audit_tables(cloud)
    if cloud.journal.is_kept:
        found += audit_journal(cloud)
    return found


def _audit_vswitch(vswitch: VSwitch, *, is_idle: bool) -> Iterator[str]:
    owners: Counter[str] = Counter()
    owners6: Counter[str] = Counter()
    for eni in vswitch.interfaces.values():
        owners.update(eni.private_ip_addresses)
        if eni.extras is not None:
            owners.update(eni.extras.ipv4_prefixes)
            owners6.update((*eni.extras.ipv6_addresses, *eni.extras.ipv6_prefixes))
    yield from _audit_pool(vswitch, vswitch.pool, owners, vswitch.taken_elsewhere, is_idle=is_idle)
    if vswitch.pool6 is not None:
        yield from _audit_pool(vswitch, vswitch.pool6, owners6, 0, is_idle=is_idle)


def _audit_pool(
    vswitch: VSwitch, pool: Pool, owners: Counter[str], taken_elsewhere: int, *, is_idle: bool
) -> Iterator[str]:
    """Hold a pool against how many ENIs have each of its addresses and prefixes."""
    try:
        pool.check()
    except AssertionError as broken:
        yield f"a pool of {vswitch.id} contradicts itself: {broken}"
    for text, count in owners.items():
        if count > 1:
            yield f"{text} of {vswitch.id} belongs to {count} ENIs"
    now_ns = vswitch.ledger.now_ns
    counts = pool.counts_at(now_ns)
    addresses = [text for text in owners if "/" not in text]
    prefixes = len(owners) - len(addresses)
    for what, had, wanted in (
        ("addresses used", counts.used, len(addresses) + taken_elsewhere),
        ("addresses in prefixes", counts.in_prefix, prefixes << pool.space.family.block_bits),
    ):
        if had < wanted or (is_idle and had != wanted):
            yield f"{vswitch.id} has {had} {what} of {pool.space.cidr}, {wanted} belong to somebody"
    for text in addresses:
        if pool.is_free(pool.space.offset(text), now_ns):
            yield f"{text} of {vswitch.id} belongs to an ENI and is free"


def _audit_estate(cloud: Cloud, estate: Estate, policy: Policy, *, is_idle: bool) -> Iterator[str]:
    counted = sum(1 for eni in estate.interfaces.values() if cloud.counts_in_quota(eni))
    yield from audit_capacity(estate.quota, counted, is_idle=is_idle)
    for token, count in _made_by_token(estate, policy.token_window_ns).items():
        if count > 1:
            yield f"token {token} of {estate.account.id} made {count} ENIs"
    if is_idle:
        for token in estate.tokens.running():
            yield f"token {token} of {estate.account.id} is claimed, and nothing is in flight"


def _made_by_token(estate: Estate, window_ns: int) -> dict[str, int]:
    """Give the longest row of ENIs that each token made, each within a window of the one before."""
    most: dict[str, int] = {}
    latest: dict[str, tuple[int, int]] = {}
    for eni in estate.interfaces.values():
        token = eni.client_token
        if token is None:
            continue
        before_ns, row = latest.get(token, (eni.created_ns - window_ns, 0))
        row = row + 1 if eni.created_ns < before_ns + window_ns else 1
        latest[token] = (eni.created_ns, row)
        most[token] = max(row, most.get(token, 0))
    return most


def _audit_groups(cloud: Cloud, *, is_idle: bool) -> Iterator[str]:
    members: Counter[str] = Counter()
    for estate in cloud.estates.values():
        for eni in estate.interfaces.values():
            for group in cloud.groups_of(eni):
                members[group.id] += group.places_for(eni.address_count)
    for group in cloud.security_groups.values():
        yield from audit_capacity(group.places, members[group.id] + group.taken_elsewhere, is_idle=is_idle)


def _audit_tables(cloud: Cloud) -> Iterator[str]:
    by_estate = {eni.id: eni for estate in cloud.estates.values() for eni in estate.interfaces.values()}
    by_vswitch = {eni.id: eni for vswitch in cloud.vswitches.values() for eni in vswitch.interfaces.values()}
    if by_estate != by_vswitch:
        yield "the ENIs of accounts and those of vSwitches are not the same"
    if by_estate.keys() != cloud.interface_ids:
        yield "the ids in use are not those of the ENIs"
    macs = {eni.mac_low for eni in by_estate.values()}
    if macs != cloud.macs or len(macs) != len(by_estate):
        yield "the MAC addresses in use are not those of the ENIs"
    for estate in cloud.estates.values():
        try:
            estate.index.check()
        except AssertionError as broken:
            yield str(broken)
    for eni in by_estate.values():
        if eni.status is EniStatus.GONE:
            yield f"{eni.id} is gone and still there"
