"""Typed parameters of the methods on reserved blocks; what each means stands at the fields of its request."""

from collections.abc import Sequence
from typing import TypedDict

from cloudsim.runtime.parameters.forms import Tags


class CreateVSwitchCidrReservationParameters(TypedDict, total=False):
    """Of create_vswitch_cidr_reservation."""

    region_id: str
    vswitch_id: str
    vswitch_cidr_reservation_cidr: str
    vswitch_cidr_reservation_mask: str
    ip_prefix_number: int
    ip_version: str
    vswitch_cidr_reservation_type: str
    vswitch_cidr_reservation_name: str
    vswitch_cidr_reservation_description: str
    tags: Tags
    dry_run: bool
    client_token: str


class DeleteVSwitchCidrReservationParameters(TypedDict, total=False):
    """Of delete_vswitch_cidr_reservation."""

    region_id: str
    vswitch_cidr_reservation_id: str
    dry_run: bool
    client_token: str


class ListVSwitchCidrReservationsParameters(TypedDict, total=False):
    """Of list_vswitch_cidr_reservations."""

    region_id: str
    vswitch_id: str
    vswitch_cidr_reservation_ids: Sequence[str]
    vswitch_cidr_reservation_type: str
    ip_version: str
    tags: Tags
    max_results: int
    next_token: str
