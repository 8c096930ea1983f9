"""Transitions: what is on its way to another status, and is named by a description that somebody asks for.

Waiters ask again and again until an ENI is InUse or an instance Running. Where time does not pass by itself, it has to
pass for them, or they would ask for ever: a description first lets time pass until the next transition of something
that it names. Others try again and again: to delete a security group whose last ENI is being deleted, to attach what is
being detached. So a refusal that a change of something may cure lets time pass, once its answer is certain, until the
next transition of anything.

What moves are calls in flight whose answer is out already, and a description names what it lists by id, or all that
there is of its kind.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, TypeAlias

from cloudsim.api.requests import Request
from cloudsim.errors.base import ApiError
from cloudsim.kernel.actor import Step
from cloudsim.operations.operation import Phase
from cloudsim.simulation.simulation import Simulation

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
    "DescribeVSwitches": "vswitch_id",
    "DescribeVSwitchAttributes": "vswitch_id",
}
"""For each description the field that names what it describes, of a request or of an answer."""
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
    """Let time pass until the next transition of anything, after refusals that a change of something may cure.

    Not at all where none of them is such, and no further for several.

    Yields:
        Each step of the kernel, after it.
    """
    if any(refusal.try_later or refusal.code.startswith(_CURABLE) for refusal in refusals):
        return _advance(simulation, [moving for field in _FIELDS for moving in _on_their_way(simulation, field, ())])
    return iter(())


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
