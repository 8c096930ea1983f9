"""The check: a history is taken apart by resource, and each resource is judged by itself."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from cloudsim.api.requests import (
    AssignIpv6Addresses,
    AssignPrivateIpAddresses,
    AttachNetworkInterface,
    CreateNetworkInterface,
    DeleteInstance,
    DeleteNetworkInterface,
    DescribeNetworkInterfaceAttribute,
    DescribeNetworkInterfaces,
    DescribeVpcAttribute,
    DescribeVpcs,
    DescribeVSwitchAttributes,
    DescribeVSwitches,
    DetachNetworkInterface,
    JoinSecurityGroup,
    LeaveSecurityGroup,
    ModifyNetworkInterfaceAttribute,
    ModifyVpcAttribute,
    ModifyVSwitchAttribute,
    Request,
    RunInstances,
    UnassignIpv6Addresses,
    UnassignPrivateIpAddresses,
)
from cloudsim.api.troubles import BurnToken, SetQuota
from cloudsim.linearizability.addresses import address_objects
from cloudsim.linearizability.enis import eni_objects
from cloudsim.linearizability.explain import explain
from cloudsim.linearizability.names import name_objects
from cloudsim.linearizability.observed import Observed, Violation
from cloudsim.linearizability.part import Object
from cloudsim.linearizability.quota import quota_violations
from cloudsim.linearizability.search import STATES_MAX, search
from cloudsim.linearizability.start import Start, start_of
from cloudsim.linearizability.survey import Survey, token_of
from cloudsim.linearizability.tokens import token_objects
from cloudsim.operations.policy import Policy
from cloudsim.resources.consistency import IMMEDIATE, Consistency
from cloudsim.simulation.world.spec import WorldSpec
from cloudsim.values.duration import Ns

TOKEN_WINDOW_NS: Final = Policy().token_window_ns

JUDGED: Final[tuple[type[Request], ...]] = (
    CreateNetworkInterface,
    DeleteNetworkInterface,
    DescribeNetworkInterfaces,
    DescribeNetworkInterfaceAttribute,
    AttachNetworkInterface,
    DetachNetworkInterface,
    ModifyNetworkInterfaceAttribute,
    AssignPrivateIpAddresses,
    UnassignPrivateIpAddresses,
    AssignIpv6Addresses,
    UnassignIpv6Addresses,
    RunInstances,
    DeleteInstance,
    JoinSecurityGroup,
    LeaveSecurityGroup,
    ModifyVpcAttribute,
    ModifyVSwitchAttribute,
    DescribeVpcs,
    DescribeVpcAttribute,
    DescribeVSwitches,
    DescribeVSwitchAttributes,
    SetQuota,
    BurnToken,
)
"""The requests that the models know; any other is judged by its ClientToken only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a check came to.

    Args:
        violations: what cannot be explained, and what could not be decided.
        keys: how many resources were searched.
        steps: how often a model was asked for a step: the price, in a measure that no machine changes.
        unjudged: calls that no model knows, by action.
    """

    violations: tuple[Violation, ...]
    keys: int
    steps: int
    unjudged: Counter[str]


def check_history(
    world: WorldSpec | Start,
    calls: Sequence[Observed],
    *,
    seed: int = 0,
    consistency: Consistency = IMMEDIATE,
    token_window_ns: Ns = TOKEN_WINDOW_NS,
    attaches_fail: bool = True,
    limit: int = STATES_MAX,
) -> list[Violation]:
    """Say what of a history no order of its calls explains; empty when all of it is linearizable.

    Args:
        world: what existed at the beginning; a Start, where many histories begin alike.
        calls: the history.
        seed: of the run, by which a world without all its ids and addresses draws them.
        consistency: how late descriptions may be.
        token_window_ns: for how long ClientTokens are known.
        attaches_fail: whether an attach may fail after its answer; if not, more is found, such as two attaches of one
            ENI.
        limit: configurations of one resource after which its search is given up; that is told as undecided.

    Raises:
        WorldError: the world contradicts itself.
    """
    start = world if isinstance(world, Start) else start_of(world, seed)
    judged = judge(
        start,
        calls,
        consistency=consistency,
        token_window_ns=token_window_ns,
        attaches_fail=attaches_fail,
        limit=limit,
    )
    return list(judged.violations)


def judge(
    start: Start,
    calls: Sequence[Observed],
    *,
    consistency: Consistency = IMMEDIATE,
    token_window_ns: Ns = TOKEN_WINDOW_NS,
    attaches_fail: bool = True,
    limit: int = STATES_MAX,
) -> Judgement:
    """Check a history as :func:`check_history` does, and say at what price."""
    survey = Survey(start, calls)
    violations: list[Violation] = []
    keys = steps = 0
    for thing in _objects(survey, consistency, token_window_ns, attaches_fail=attaches_fail):
        found = search(thing, limit)
        keys, steps = keys + 1, steps + found.steps
        if not found.is_explained:
            violations.append(explain(thing, found))
    violations += quota_violations(survey)
    return Judgement(violations=tuple(violations), keys=keys, steps=steps, unjudged=unjudged(calls))


def _objects(
    survey: Survey, consistency: Consistency, token_window_ns: Ns, *, attaches_fail: bool
) -> Iterator[Object[Any]]:
    yield from eni_objects(survey, consistency, attaches_fail=attaches_fail)
    yield from address_objects(survey)
    yield from token_objects(survey, token_window_ns)
    yield from name_objects(survey)


def unjudged(calls: Sequence[Observed]) -> Counter[str]:
    """Count the calls that no model knows, by action."""
    return Counter(
        call.request.action for call in calls if not isinstance(call.request, JUDGED) and not token_of(call.request)
    )
