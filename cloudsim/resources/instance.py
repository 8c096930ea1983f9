"""Instances: what ENIs are put on. Each owns a primary ENI, which is made and dies with it."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from cloudsim.errors.base import ApiError
from cloudsim.errors.quota import EniPerInstanceLimitExceeded
from cloudsim.resources.capacity import Capacity
from cloudsim.resources.catalogue import InstanceType
from cloudsim.resources.interface import EniType, NetworkInterface
from cloudsim.resources.ledger import Ledger
from cloudsim.values.duration import Ns
from cloudsim.values.ids import (
    NO_RESOURCE_GROUP,
    AccountId,
    CallName,
    EniId,
    InstanceId,
    RegionId,
    ResourceGroupId,
    ZoneId,
)
from cloudsim.values.members import quick_members

UNLIMITED: Final = 1 << 30
"""Places where the catalogue gives no number."""


@quick_members
class InstanceStatus(StrEnum):
    """Where an instance is in its life."""

    PENDING = "Pending"
    STARTING = "Starting"
    RUNNING = "Running"
    STOPPING = "Stopping"
    STOPPED = "Stopped"


class Instance:
    """A VPC-type instance.

    Args:
        id: its id.
        type: what it may have.
        primary: its primary ENI.
        status: where it is in its life.
        ledger: of the cloud.
    """

    __slots__ = (
        "created_ns", "deletion_protection", "description", "host_name", "id", "image", "interfaces", "key",
        "launched_by", "member_slots", "name", "primary", "resource_group", "slots", "status", "stopped_mode", "tags",
        "type",
    )  # fmt: skip

    def __init__(
        self,
        *,
        id: InstanceId,  # noqa: A002  the key's name
        type: InstanceType,  # noqa: A002
        primary: NetworkInterface,
        status: InstanceStatus = InstanceStatus.RUNNING,
        ledger: Ledger,
    ) -> None:
        self.id = id
        self.key = f"instance:{id}"
        self.type = type
        self.primary = primary
        self.status = status
        self.slots = Capacity(f"slots:{id}", ledger, _known(type.eni_quantity), self._refuse)
        """Places for ENIs, the primary one's included, members of trunks excluded."""
        self.member_slots = Capacity(f"member-slots:{id}", ledger, _members(type), self._refuse)
        """Places for members of its trunks."""
        self.interfaces: dict[EniId, NetworkInterface] = {}
        """The ENIs on it and those that come or go, members of trunks included; the primary one first."""
        self.name = ""
        self.description = ""
        self.host_name = ""
        self.image = ""
        self.created_ns: Ns = 0
        self.tags: tuple[tuple[str, str], ...] = ()
        self.resource_group: ResourceGroupId = NO_RESOURCE_GROUP
        self.deletion_protection = False
        """Whether DeleteInstance is refused."""
        self.stopped_mode = ""
        """What was asked for when it was last stopped: ``KeepCharging`` or ``StopCharging``; empty before."""
        self.launched_by: CallName | None = None
        """The call that made it; None for one of the world's beginning."""

        self.begin_with(primary)

    def begin_with(self, eni: NetworkInterface) -> None:
        """Put an ENI on an instance that does not exist yet; nobody can name its places, so no touch is reported."""
        self.interfaces[eni.id] = eni
        self.slots.used += 1

    @property
    def account(self) -> AccountId:
        """Whose it is."""
        return self.primary.vswitch.vpc.account

    @property
    def region(self) -> RegionId:
        """Where it is."""
        return self.primary.vswitch.vpc.region

    @property
    def zone(self) -> ZoneId:
        """In which zone it is."""
        return self.primary.vswitch.zone

    @property
    def vcpus(self) -> int:
        """How many places of the account's vCPU quota it takes; a type whose number is not known takes none."""
        return self.type.vcpu or 0

    def slots_for(self, eni: NetworkInterface) -> Capacity:
        """The places of which an ENI takes one."""
        return self.member_slots if eni.type is EniType.MEMBER else self.slots

    def _refuse(self, slots: Capacity, asked: int) -> ApiError:
        return EniPerInstanceLimitExceeded(
            instance=self.id, type=self.type.name, used=slots.used + slots.held, limit=slots.limit, asked=asked
        )


def _known(number: int | None) -> int:
    return UNLIMITED if number is None else number


def _members(type_: InstanceType) -> int:
    """How many members the trunks of an instance have together: what is left of all ENIs beside the ordinary ones.

    Source: eni_api.md section 2.9 (arithmetic of clients).
    """
    if type_.eni_trunk_supported is False:
        return 0
    if type_.eni_total_quantity is None or type_.eni_quantity is None:
        return UNLIMITED
    return max(0, type_.eni_total_quantity - type_.eni_quantity)
