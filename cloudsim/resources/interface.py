"""Elastic network interfaces (ENIs) and their state machine, in one table.

Source: CreateNetworkInterface reference (the states' names), eni_api.md section 4 (the table).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from cloudsim.errors.network import InvalidOperationInvalidEniState
from cloudsim.values.duration import Ns
from cloudsim.values.ids import NO_RESOURCE_GROUP, EniId, InstanceId, ResourceGroupId, SecurityGroupId, mac_text
from cloudsim.values.members import quick_members

if TYPE_CHECKING:
    from cloudsim.resources.vswitch import VSwitch


@quick_members
class EniType(StrEnum):
    """What an ENI is to its instance."""

    PRIMARY = "Primary"
    SECONDARY = "Secondary"
    TRUNK = "Trunk"
    MEMBER = "Member"


@quick_members
class EniStatus(StrEnum):
    """Where an ENI is in its life; GONE is never seen from outside."""

    AVAILABLE = "Available"
    ATTACHING = "Attaching"
    IN_USE = "InUse"
    DETACHING = "Detaching"
    DELETING = "Deleting"
    GONE = "Gone"


@quick_members
class EniEvent(StrEnum):
    """What moves an ENI from one state to the next."""

    ATTACH = "attach"
    ATTACHED = "attached"
    ATTACH_FAILED = "attach-failed"
    DETACH = "detach"
    DETACHED = "detached"
    DELETE = "delete"
    DELETED = "deleted"
    RELEASED = "instance-released"
    INSTANCE_ENDED = "instance-ended"


TRANSITIONS: Final[dict[tuple[EniStatus, EniEvent], EniStatus]] = {
    (EniStatus.AVAILABLE, EniEvent.ATTACH): EniStatus.ATTACHING,
    (EniStatus.ATTACHING, EniEvent.ATTACHED): EniStatus.IN_USE,
    (EniStatus.ATTACHING, EniEvent.ATTACH_FAILED): EniStatus.AVAILABLE,
    (EniStatus.IN_USE, EniEvent.DETACH): EniStatus.DETACHING,
    (EniStatus.DETACHING, EniEvent.DETACH): EniStatus.DETACHING,
    (EniStatus.DETACHING, EniEvent.DETACHED): EniStatus.AVAILABLE,
    (EniStatus.AVAILABLE, EniEvent.DELETE): EniStatus.DELETING,
    (EniStatus.DELETING, EniEvent.DELETE): EniStatus.DELETING,
    (EniStatus.DELETING, EniEvent.DELETED): EniStatus.GONE,
    (EniStatus.IN_USE, EniEvent.RELEASED): EniStatus.AVAILABLE,
    (EniStatus.ATTACHING, EniEvent.RELEASED): EniStatus.AVAILABLE,
    (EniStatus.DETACHING, EniEvent.RELEASED): EniStatus.AVAILABLE,
    (EniStatus.IN_USE, EniEvent.INSTANCE_ENDED): EniStatus.GONE,
    (EniStatus.ATTACHING, EniEvent.INSTANCE_ENDED): EniStatus.GONE,
    (EniStatus.DETACHING, EniEvent.INSTANCE_ENDED): EniStatus.GONE,
}
"""Every legal move; any other is refused and changes nothing."""


class Enhanced(NamedTuple):
    """EnhancedNetwork of an ENI."""

    is_sriov: bool = False
    is_rss: bool = False
    is_express: bool = False
    functions: int | None = None
    """How many virtual functions; None without ``is_sriov``, as with their queues."""
    queues: int | None = None
    """Queues of all virtual functions."""


@dataclass(slots=True, kw_only=True)
class EniExtras:
    """What only newer parameters give an ENI; most ENIs have none, and then carry no such record."""

    ipv6_addresses: tuple[str, ...] = ()
    ipv4_prefixes: tuple[str, ...] = ()
    ipv6_prefixes: tuple[str, ...] = ()
    traffic_mode: str = "Standard"
    queue_pair_number: int | None = None
    rx_queue_size: int | None = None
    tx_queue_size: int | None = None
    delete_on_release: bool = False
    source_dest_check: bool = False
    connection_tracking: tuple[int, int, int] | None = None
    """TCP established, TCP closed and time-wait, and UDP time-outs, in seconds."""
    trunk: EniId | None = None
    """Of a member: the trunk that it is on."""
    device_index: int | None = None
    """Of a member: its number on the trunk, from 1; it keeps it while others come and go."""
    network_card_index: int | None = None
    enhanced: Enhanced | None = None
    bond: EniId | None = None
    """Of a slave: the ENI that it is bonded to."""
    slaves: tuple[EniId, ...] = ()
    """The slaves that are bonded to it."""


class NetworkInterface(msgspec.Struct, kw_only=True, eq=False):
    """An ENI. Addresses are kept as text, since they are formatted once and read many times.

    A Struct, since making one costs a sixth of a dataclass, and a million are made.
    """

    id: EniId
    vswitch: VSwitch
    mac_low: int
    """The low 24 bits of the MAC address; the vendor's prefix is the rest."""
    private_ip_addresses: tuple[str, ...]
    """The primary private address first."""
    security_group_ids: tuple[SecurityGroupId, ...]
    created_ns: Ns
    type: EniType = EniType.SECONDARY
    status: EniStatus = EniStatus.AVAILABLE
    name: str = ""
    description: str = ""
    tags: tuple[tuple[str, str], ...] = ()
    resource_group: ResourceGroupId = NO_RESOURCE_GROUP
    queue_number: int | None = None
    instance: InstanceId | None = None
    client_token: str | None = None
    """Of the call that made it, so that the audit can tell two ENIs of one token."""
    extras: EniExtras | None = None
    serial: int = -1
    """The ordinal of its birth among the ENIs of its estate, which decides the order of lists; -1 before it."""

    def advance(self, event: EniEvent) -> None:
        """Go to the next state.

        Raises:
            InvalidOperationInvalidEniState: the table has no such move; nothing is changed.
        """
        self.status = self.after(event)

    def after(self, event: EniEvent) -> EniStatus:
        """Say which state an event leads to.

        Raises:
            InvalidOperationInvalidEniState: the table has no such move.
        """
        after = TRANSITIONS.get((self.status, event))
        if after is None:
            expecting = " or ".join(before for before, move in TRANSITIONS if move is event)
            raise InvalidOperationInvalidEniState(eni=self.id, expecting=expecting, status=self.status)
        return after

    @property
    def primary_ip_address(self) -> str:
        """The primary private address."""
        return self.private_ip_addresses[0]

    @property
    def mac_address(self) -> str:
        """The MAC address as text."""
        return mac_text(self.mac_low)

    @property
    def is_service_managed(self) -> bool:
        """Whether it is some cloud product's: in use, and on no instance that the account can see."""
        return self.status is EniStatus.IN_USE and self.instance is None

    def with_extras(self, **changes: object) -> EniExtras | None:
        """Say what its extras would be with some of them changed; None where all would be the usual ones."""
        extras = replace(self.extras or EniExtras(), **changes)  # type: ignore[arg-type]
        return None if extras == EniExtras() else extras

    @property
    def address_count(self) -> int:
        """How many places of a basic security group it takes: each address and each prefix is one."""
        extras = self.extras
        if extras is None:
            return len(self.private_ip_addresses)
        newer = len(extras.ipv6_addresses) + len(extras.ipv4_prefixes) + len(extras.ipv6_prefixes)
        return len(self.private_ip_addresses) + newer
