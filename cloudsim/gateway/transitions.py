"""Transitions: what is on its way to another status, and is named by a description that somebody asks for.

Waiters ask again and again until an ENI is InUse or an instance Running. Where time does not pass by itself, it has to
pass for them, or they would ask for ever: a description first lets time pass until the next transition of something
that it names. Others try again and again: to delete a security group whose last ENI is being deleted, to attach what is
being detached. So a refusal that a change of something may cure lets time pass, once its answer is certain: until the
next transition of anything, or for the pause that clients make.

What moves are calls in flight whose answer is out already, and a description names what it lists by id, or all that
there is of its kind.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, TypeAlias

from cloudsim.api.requests import Request
from cloudsim.errors.base import ApiError
from cloudsim.gateway.exchange import RETRY_AFTER_MS
from cloudsim.kernel.actor import Step
from cloudsim.operations.operation import Phase
from cloudsim.simulation.simulation import Simulation
from cloudsim.values.duration import UNITS, Ns

Status: TypeAlias = str | None
"""Of a thing; None if there is none any more."""

Moving: TypeAlias = tuple[str, str, Status]
"""A thing that is on its way: the name of its kind's id, its id, its status."""

_TRANSIENT: Final = ("Pending", "Creating", "Attaching", "Detaching", "Deleting", "Starting", "Stopping")
_KINDS: Final[dict[str, str]] = {
    "DescribeNetworkInterfaces": "network_interface_id",
    "DescribeNetworkInterfaceAttribute": "network_interface_id",
    "DescribeInstances": "instance_id",
    "DescribeInstanceStatus": "instance_id",
    "DescribeVpcs": "vpc_id",
    "DescribeVpcAttribute": "vpc_id",
    "DescribeRouteTableList": "vpc_id",
    "DescribeVSwitches": "vswitch_id",
    "DescribeVSwitchAttributes": "vswitch_id",
}
"""For each description the field that names what it describes, of a request or of an answer."""
PAUSE_NS: Final[Ns] = 10 * UNITS["s"]
"""Between two tries of somebody who waits for what is not on its way: what waiters of clients usually take."""
_FIELDS: Final = tuple(dict.fromkeys(_KINDS.values()))
_CURABLE: Final = (
    "DependencyViolation", "Incorrect", "InvalidOperation.", "OperationDenied.", "OperationFailed.", "Operation.",
    "MaxEni", "EniPerInstanceLimit", "QuotaExceed", "SecurityGroupInstanceLimit", "InvalidVSwitchId.IpNotEnough",
    "InvalidPrivateIpAddress.Duplicated", "InvalidInstanceId.NotFound", "InvalidEniId.NotFound",
)  # fmt: skip
"""How the codes begin of refusals that depend on the status, the number or the being there of something else."""


def advance_for(simulation: Simulation, request: Request) -> Iterator[Step]:
    """Let time pass until the next transition of what a description names; not at all for any other request.

    Nothing passes where nothing that it names is on its way, and no more than is due.

    Yields:
        Each step of the kernel, after it.
    """
    field = _KINDS.get(request.action)
    if field is None:
        return iter(())
    return _advance(simulation, list(_on_their_way(simulation, field, _ids(request, field))))


def advance_after(simulation: Simulation, refusals: Iterable[ApiError]) -> Iterator[Step]:
    """Let pass the time that clients wait after refusals before they try again, once for all of them.

    After a refusal that a change of something may cure it lasts until the next transition of anything. Where nothing is
    on its way, but something else is to come, such as the end of a trouble, it is :data:`PAUSE_NS`. Who is throttled
    waits for as long as he is told. After all other refusals nobody waits.

    Yields:
        Each step of the kernel, after it.
    """
    curable = [refusal for refusal in refusals if refusal.try_later or refusal.code.startswith(_CURABLE)]
    if not curable:
        return
    if all(refusal.code.startswith("Throttling") for refusal in curable):
        yield from _pass(simulation, RETRY_AFTER_MS * UNITS["ms"])
        return
    moving = [moving for field in _FIELDS for moving in _on_their_way(simulation, field, ())]
    if moving:
        yield from _advance(simulation, moving)
    elif simulation.kernel.next_due_ns is not None:
        yield from _pass(simulation, PAUSE_NS)


def _pass(simulation: Simulation, time_ns: Ns) -> Iterator[Step]:
    """Let so much time pass."""
    until_ns = simulation.now_ns + time_ns
    while (stepped := simulation.kernel.step(until_ns)) is Step.RAN:
        yield stepped


def _advance(simulation: Simulation, before: list[Moving]) -> Iterator[Step]:
    """Let time pass until something is no more in the status in which it was."""
    while before and simulation.in_flight:
        stepped = simulation.kernel.step()
        if stepped is not Step.RAN:
            return
        yield stepped
        if any(status_of(simulation, field, thing) != status for field, thing, status in before):
            return


def _on_their_way(simulation: Simulation, field: str, named: tuple[str, ...]) -> Iterator[Moving]:
    """Give what is in a status that does not last, with that status: what is named, or all of a kind."""
    for journey in simulation.in_flight:
        if journey.phase is not Phase.FINISH:
            continue
        for thing in (*_ids(journey.call.request, field), *_ids(journey.response, field)):
            status = status_of(simulation, field, thing)
            if status in _TRANSIENT and (not named or thing in named):
                yield field, thing, status


def _ids(said: object, field: str) -> tuple[str, ...]:
    """Give the ids that a request or an answer has of a kind."""
    one = getattr(said, field, None)
    found = [one] if isinstance(one, str) else []
    for several in (f"{field}s", f"{field}_sets"):  # the latter in the answer of RunInstances
        ids = getattr(said, several, None)
        found += ids if isinstance(ids, tuple) else ()
    return tuple(found)


def status_of(simulation: Simulation, field: str, thing: str) -> Status:
    """Give the status of a thing, or None.

    Args:
        simulation: that has it.
        field: the name of its kind's id: ``instance_id``.
        thing: its id.
    """
    cloud = simulation.cloud
    tables: dict[str, Mapping[Any, Any]] = {
        "instance_id": cloud.instances, "vpc_id": cloud.vpcs, "vswitch_id": cloud.vswitches,
    }  # fmt: skip
    if field in tables:
        found = tables[field].get(thing)
    else:
        found = next((enis[thing] for enis in _enis(simulation) if thing in enis), None)
    return None if found is None else str(found.status)


def _enis(simulation: Simulation) -> Iterator[Mapping[Any, Any]]:
    return (estate.interfaces for estate in simulation.cloud.estates.values())
