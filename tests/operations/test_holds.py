"""A law: a create that fails, is refused or abandoned at any phase leaves everything as it was, but for its token."""

from typing import Any

from hypothesis import event, given
from hypothesis import strategies as st

from cloudsim.errors.base import ApiError
from cloudsim.errors.network import OperationConflict
from cloudsim.errors.quota import JoinedGroupLimitExceed
from cloudsim.operations.operation import Phase
from cloudsim.operations.policy import AddressPolicy, CheckOrder, Policy, QuotaPolicy, TokenPolicy
from cloudsim.simulation.world.builder import World
from tests.small_world import Watched, code, small

PHASES = (
    Phase.ADMIT,
    Phase.CLAIM_TOKEN,
    Phase.RESOLVE,
    Phase.RESERVE_QUOTA,
    Phase.LEASE_ADDRESSES,
    Phase.COMMIT,
    Phase.RESPOND,
)
UNCLAIMED = (Phase.ADMIT, Phase.CLAIM_TOKEN)
REFUSED, LATER = JoinedGroupLimitExceed(asked=1, limit=0), OperationConflict(resource="x")

addresses = st.integers(0, 31).map(lambda host: f"10.0.0.{host}")


def nothing_or(**choices: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """At most one of several parameters, since they exclude each other."""
    return st.one_of(st.just({}), *(st.fixed_dictionaries({name: values}) for name, values in choices.items()))


requests = st.tuples(
    nothing_or(primary_ip_address=addresses),
    nothing_or(
        private_ip_addresses=st.lists(addresses, min_size=1, max_size=3, unique=True).map(tuple),
        secondary_private_ip_address_count=st.integers(1, 12),
    ),
    nothing_or(
        ipv4_prefix_count=st.integers(1, 2), ipv4_prefixes=st.sampled_from([("10.0.0.0/28",), ("10.0.0.16/28",)])
    ),
    nothing_or(
        ipv6_address_count=st.integers(1, 3),
        ipv6_addresses=st.sampled_from([("2001:db8:0:1::",), ("2001:db8:0:1::9",), ("2001:db8:0:1::a",)]),
    ),
    nothing_or(ipv6_prefix_count=st.integers(1, 2), ipv6_prefixes=st.just(("2001:db8:0:1:5::/80",))),
    nothing_or(security_group_id=st.sampled_from(["sg-tiny", "sg-big"]), vswitch_id=st.just("vsw-x")),
).map(lambda parts: {name: value for part in parts for name, value in part.items()})
policies = st.builds(
    Policy,
    order=st.sampled_from(CheckOrder),
    quota=st.sampled_from(QuotaPolicy),
    address=st.sampled_from(AddressPolicy),
    token=st.sampled_from(TokenPolicy),
)


def crowded() -> World:
    """A small world in which nearly everything is taken."""
    return (
        small(quota=3, mask=27, profile="current", policy="lowest-first")
        .security_group("sg-tiny", capacity=3)
        .security_group("sg-big", type="enterprise", capacity=1)
        .eni("eni-1", secondary_count=3, ipv6_addresses=["2001:db8:0:1::9"])
        .eni("eni-2", primary_ip="10.0.0.9", security_groups=["sg-big"])
    )


def everything(sim: Watched) -> dict[str, object]:
    """All that a create could change but the token book and the journal."""
    cloud = sim.cloud
    seen: dict[str, object] = {"macs": sorted(cloud.macs), "enis": [eni.id for eni in sim.enis]}
    for estate in cloud.estates.values():
        seen[estate.quota.key] = (estate.quota.used, estate.quota.held)
    for group in cloud.security_groups.values():
        seen[group.places.key] = (group.places.used, group.places.held)
    for vswitch in cloud.vswitches.values():
        for pool in (vswitch.pool, vswitch.pool6):
            assert pool is not None
            seen[pool.space.cidr] = (list(pool.used_offsets()), list(pool.prefix_offsets()))
    return seen


@given(
    changes=requests,
    policy=policies,
    phase=st.sampled_from(PHASES),
    fault=st.sampled_from(["none", "refuse", "abandon"]),
)
def test_what_ends_a_create_before_its_commit_leaves_everything_as_it_was(
    changes: dict[str, Any], policy: Policy, phase: Phase, fault: str
) -> None:
    sim = Watched(crowded(), policy=policy)
    before = everything(sim)
    if fault == "refuse" and phase is not Phase.RESPOND:
        sim.faults.refuse(REFUSED, at=phase)
    elif fault == "abandon":
        sim.faults.abandon(phase)
    ended = code(sim.ask(client_token="t-1", **changes))
    event(ended)
    is_made = ended == "ok" or (ended == "was abandoned at RESPOND" and len(sim.enis) == 3)
    assert (everything(sim) == before) is not is_made
    assert sim.close() == []


def after(phase: Phase, ending: ApiError | None) -> str:
    """What a repeat of a sound create with the same token gets, as the book claims tokens."""
    if ending is LATER or phase in UNCLAIMED or phase is Phase.RESPOND:
        return "ok"
    return "IdempotentFailed" if ending is None else ending.code


@given(phase=st.sampled_from(PHASES), ending=st.sampled_from([None, REFUSED, LATER]), order=st.sampled_from(CheckOrder))
def test_the_token_of_such_a_create_is_as_documented(phase: Phase, ending: ApiError | None, order: CheckOrder) -> None:
    sim = Watched(policy=Policy(order=order))
    if ending is None or phase is Phase.RESPOND:
        ending = None
        sim.faults.abandon(phase)
    else:
        sim.faults.refuse(ending, at=phase)
    sim.ask(client_token="t-1")
    assert code(sim.ask(client_token="t-1")) == after(phase, ending)
    assert len(sim.enis) == (1 if after(phase, ending) == "ok" else 0)
    assert sim.close() == []
