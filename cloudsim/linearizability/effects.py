"""What calls do to an ENI, each as a pure function of its record.

Every function gives the step of one call: the records that the ENI may have after it, none where the call cannot have
been answered "ok" then. What an answer does not say is taken from the request.

Source: the state table of eni_api.md section 4, and the sections of the actions.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

from cloudsim.api.requests import (
    AssignIpv6Addresses,
    AssignPrivateIpAddresses,
    CreateNetworkInterface,
    ModifyNetworkInterfaceAttribute,
    UnassignIpv6Addresses,
    UnassignPrivateIpAddresses,
)
from cloudsim.api.responses import (
    AssignIpv6AddressesResponse,
    AssignPrivateIpAddressesResponse,
    CreateNetworkInterfaceResponse,
)
from cloudsim.linearizability.record import (
    ABSENT,
    ANY,
    AT_REST,
    ATTACHING,
    AVAILABLE,
    CARRIED,
    DELETING,
    DETACHING,
    IN_USE,
    NEVER,
    Record,
    Texts,
    ended,
    off,
)
from cloudsim.operations.addresses.asked import canonical

Step: TypeAlias = Callable[[Record], tuple[Record, ...]]
Asks: TypeAlias = Callable[[Record], bool]
"""Whether a record is as a read says."""
Tells: TypeAlias = Callable[[Record], str]


def made(request: CreateNetworkInterface, response: CreateNetworkInterfaceResponse) -> Step:
    """A create that was answered with the ENI; one with a ClientToken may repeat the answer of another."""
    newborn = Record(
        status=response.status,
        name=response.network_interface_name,
        description=response.description,
        instance="",
        dies=bool(request.delete_on_release),
        groups=frozenset(response.security_group_ids),
        addresses=frozenset(response.private_ip_addresses),
        ipv6_addresses=frozenset(response.ipv6_addresses),
        ipv4_prefixes=frozenset(response.ipv4_prefixes),
        ipv6_prefixes=frozenset(response.ipv6_prefixes),
        is_primary=False,
    )

    def step(record: Record) -> tuple[Record, ...]:
        if record.status == NEVER:
            return (newborn,)
        return (record,) if request.client_token else ()

    return step


def made_somehow(*, by_create: bool) -> Step:
    """A call without a known answer that made the ENI: nothing is known of it, but of what a create makes its state."""
    free = Record(AVAILABLE, instance="", is_primary=False)
    newborns = (free,) if by_create else (Record(IN_USE), Record(ATTACHING))
    return lambda record: newborns if record.status == NEVER else ()


def deleted(*, lingers: bool) -> Step:
    """A delete; where it is asynchronous, the ENI lingers."""

    def step(record: Record) -> tuple[Record, ...]:
        if record.status not in (AVAILABLE, DELETING):
            return ()
        return (record._replace(status=DELETING),) if lingers else (ended(record),)

    return step


def attached(instance: str | None, token: str = "") -> Step:
    """An attach, or a launch that takes the ENI.

    Args:
        instance: None for one whose id is not known.
        token: the ClientToken, where others have it too; whoever comes second does nothing.
    """
    on = ANY if instance is None else instance

    def step(record: Record) -> tuple[Record, ...]:
        if token and token in record.applied:
            return (record,)
        if record.status != AVAILABLE:
            return ()
        applied = record.applied | {token} if token else record.applied
        return (record._replace(status=ATTACHING, instance=on, applied=applied),)

    return step


def detached(instance: str) -> Step:
    """A detach."""

    def step(record: Record) -> tuple[Record, ...]:
        if record.status not in (IN_USE, DETACHING) or record.instance not in (instance, ANY):
            return ()
        return (record._replace(status=DETACHING, instance=instance),)

    return step


def instance_ended(instance: str) -> Step:
    """The end of an instance: an ENI on it ends too, or is free again; any other does not notice."""

    def step(record: Record) -> tuple[Record, ...]:
        if record.instance not in (instance, ANY) or record.instance == "" or record.status == NEVER:
            return (record,)
        ends: tuple[Record, ...] = ()
        if record.is_primary is not False or record.dies is not False:
            ends += (ended(record),)
        if record.is_primary is not True and record.dies is not True:
            ends += (off(record),)
        return ends if record.instance == instance else (*ends, record)

    return step


def modified(request: ModifyNetworkInterfaceAttribute) -> Step:
    """A modify; what is empty is not given."""
    changes: dict[str, Any] = {}
    if request.network_interface_name:
        changes["name"] = request.network_interface_name
    if request.description:
        changes["description"] = request.description
    if request.delete_on_release is not None:
        changes["dies"] = request.delete_on_release
    if request.security_group_ids:
        changes["groups"] = frozenset(request.security_group_ids)
    return lambda record: (record._replace(**changes),) if record.status in AT_REST else ()


def joined(group: str) -> Step:
    """A group more; a primary ENI may be anything but gone."""

    def step(record: Record) -> tuple[Record, ...]:
        if not _may_move(record):
            return ()
        if record.groups is ANY:
            return (record,)
        return () if group in record.groups else (record._replace(groups=record.groups | {group}),)

    return step


def left(group: str) -> Step:
    """A group less; never the last one."""

    def step(record: Record) -> tuple[Record, ...]:
        if not _may_move(record):
            return ()
        if record.groups is ANY:
            return (record,)
        return (record._replace(groups=record.groups - {group}),) if record.groups > {group} else ()

    return step


def regrouped(instance: str) -> Step:
    """A change of the groups of an instance's primary ENI, where nobody knows which that is."""

    def step(record: Record) -> tuple[Record, ...]:
        if record.instance not in (instance, ANY) or record.is_primary is False or record.status == NEVER:
            return (record,)
        return record._replace(groups=ANY), record

    return step


def _may_move(record: Record) -> bool:
    if record.status in AT_REST:
        return True
    return record.status not in ABSENT and record.is_primary is not False


Assign: TypeAlias = AssignPrivateIpAddresses | AssignIpv6Addresses
Unassign: TypeAlias = UnassignPrivateIpAddresses | UnassignIpv6Addresses
Assigned: TypeAlias = AssignPrivateIpAddressesResponse | AssignIpv6AddressesResponse


def given_by(answer: Assigned) -> dict[str, tuple[str, ...]]:
    """What an assign gave, by the record's fields."""
    if isinstance(answer, AssignIpv6AddressesResponse):
        return {"ipv6_addresses": answer.ipv6_addresses, "ipv6_prefixes": answer.ipv6_prefixes}
    given = answer.assigned_private_ip_addresses_set
    return {"addresses": given.private_ip_addresses, "ipv4_prefixes": given.ipv4_prefixes}


def assigned(answer: Assigned, token: str) -> Step:
    """An assign; one whose ClientToken others have too (else it is empty) may repeat an answer, and do nothing."""
    given = given_by(answer)

    def step(record: Record) -> tuple[Record, ...]:
        if token and token in record.applied:
            return (record,)
        if record.status not in AT_REST:
            return ()
        changes: dict[str, Any] = {}
        for name, texts in given.items():
            had: Any = getattr(record, name)
            if had is not ANY:
                if not had.isdisjoint(texts):
                    return ()
                changes[name] = had | frozenset(texts)
        if token:
            changes["applied"] = record.applied | {token}
        return (record._replace(**changes),)

    return step


def assigned_somehow(request: Assign) -> Step:
    """An assign without an answer: what the ENI has of the family is not known any more, unless it named all."""
    six = isinstance(request, AssignIpv6Addresses)
    fields = ("ipv6_addresses", "ipv6_prefixes") if six else ("addresses", "ipv4_prefixes")
    listed: list[tuple[str, ...]] = (
        [request.ipv6_addresses or (), request.ipv6_prefixes or ()]
        if isinstance(request, AssignIpv6Addresses)
        else [request.private_ip_addresses or (), request.ipv4_prefixes or ()]
    )
    counts = (
        [request.ipv6_address_count, request.ipv6_prefix_count]
        if isinstance(request, AssignIpv6Addresses)
        else [request.secondary_private_ip_address_count, request.ipv4_prefix_count]
    )

    def step(record: Record) -> tuple[Record, ...]:
        if record.status not in AT_REST:
            return ()
        changes: dict[str, Any] = {}
        for name, texts, count in zip(fields, listed, counts, strict=True):
            had: Any = getattr(record, name)
            changes[name] = ANY if count or had is ANY else had | frozenset(canonical(texts))
        return (record._replace(**changes),)

    return step


def taken_by(request: Unassign) -> dict[str, Texts]:
    """What an unassign names, by the record's fields."""
    if isinstance(request, UnassignIpv6Addresses):
        named = {"ipv6_addresses": request.ipv6_addresses, "ipv6_prefixes": request.ipv6_prefixes}
    else:
        named = {"addresses": request.private_ip_addresses, "ipv4_prefixes": request.ipv4_prefixes}
    return {name: frozenset(canonical(texts or ())) for name, texts in named.items()}


def unassigned(request: Unassign) -> Step:
    """An unassign: all of what it names goes."""
    gone = taken_by(request)

    def step(record: Record) -> tuple[Record, ...]:
        if record.status not in AT_REST:
            return ()
        changes: dict[str, Any] = {}
        for name, texts in gone.items():
            had: Any = getattr(record, name)
            if had is not ANY:
                if not texts <= had:
                    return ()
                changes[name] = had - texts
        return (record._replace(**changes),)

    return step


def carries(record: Record, text: str) -> bool | None:
    """Whether an ENI has an address or a prefix; None where that is not known."""
    known: list[Any] = [getattr(record, name) for name in CARRIED]
    if any(had is not ANY and text in had for had in known):
        return True
    return None if ANY in known else False
