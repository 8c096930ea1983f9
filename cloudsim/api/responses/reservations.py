"""Answers of the operations on reserved blocks of vSwitches.

Source: VPC SDK, response models; their lists are flat.
"""

from typing import ClassVar

from msgspec import field

from cloudsim.api.responses.base import Answer, Shape, VpcTag


class CreateVSwitchCidrReservationResponse(Answer, frozen=True, kw_only=True, gc=False):
    """Answer of CreateVSwitchCidrReservation."""

    action: ClassVar[str] = "CreateVSwitchCidrReservation"

    vswitch_cidr_reservation_id: str = field(name="VSwitchCidrReservationId")


class DeleteVSwitchCidrReservationResponse(Answer, frozen=True, kw_only=True, gc=False):
    """Answer of DeleteVSwitchCidrReservation."""

    action: ClassVar[str] = "DeleteVSwitchCidrReservation"


class CidrReservation(Shape, frozen=True, kw_only=True, gc=False):
    """A reserved block."""

    vswitch_cidr_reservation_id: str = field(name="VSwitchCidrReservationId")
    vswitch_cidr_reservation_name: str = field(name="VSwitchCidrReservationName")
    vswitch_cidr_reservation_description: str = field(name="VSwitchCidrReservationDescription")
    vswitch_cidr_reservation_cidr: str = field(name="VSwitchCidrReservationCidr")
    vswitch_id: str = field(name="VSwitchId")
    vpc_id: str
    type: str = "Prefix"
    ip_version: str
    status: str
    """``Assigning``, ``Assigned`` or ``Releasing``."""
    creation_time: str
    assigned_cidr_count: int
    """Prefixes of it that are in use."""
    available_cidr_count: int
    """Prefixes that the next requests could have."""
    tags: tuple[VpcTag, ...] = ()


class ListVSwitchCidrReservationsResponse(Answer, frozen=True, kw_only=True, gc=False):
    """Answer of ListVSwitchCidrReservations."""

    action: ClassVar[str] = "ListVSwitchCidrReservations"

    vswitch_cidr_reservations: tuple[CidrReservation, ...] = field(name="VSwitchCidrReservations")
    total_count: int
    max_results: int
    next_token: str
