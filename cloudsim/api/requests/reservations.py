"""Blocks of a vSwitch that are set aside for prefixes.

Source: eni_api.md section 5; CreateVSwitchCidrReservation and its kin in the VPC SDK.
"""

from typing import ClassVar

from msgspec import field

from cloudsim.api.requests.base import VPC_VERSION, Request, Tag


class CreateVSwitchCidrReservation(Request, frozen=True, kw_only=True, gc=False):
    """Set a block of a vSwitch aside for prefixes: named, by its mask, or by how many prefixes it is to hold."""

    action: ClassVar[str] = "CreateVSwitchCidrReservation"
    version: ClassVar[str] = VPC_VERSION

    vswitch_id: str | None = field(default=None, name="VSwitchId")
    """Required."""
    vswitch_cidr_reservation_cidr: str | None = field(default=None, name="VSwitchCidrReservationCidr")
    """The block: IPv4 from two bits longer than the vSwitch's to /28, IPv6 from /65 to /80."""
    vswitch_cidr_reservation_mask: str | None = field(default=None, name="VSwitchCidrReservationMask")
    """The length of the block, which is then the lowest that is free."""
    ip_prefix_number: int | None = None
    """1 to 32 prefixes: the block is the smallest that holds so many, and the lowest such that is free."""
    ip_version: str | None = None
    """``IPv4`` (by default) or ``IPv6``."""
    vswitch_cidr_reservation_type: str | None = field(default=None, name="VSwitchCidrReservationType")
    """``prefix``, the only type, in capitals or not."""
    vswitch_cidr_reservation_name: str | None = field(default=None, name="VSwitchCidrReservationName")
    """1 to 128 characters, not beginning with ``http://`` or ``https://``."""
    vswitch_cidr_reservation_description: str | None = field(default=None, name="VSwitchCidrReservationDescription")
    """1 to 256 characters, not beginning with ``http://`` or ``https://``."""
    tags: tuple[Tag, ...] | None = field(default=None, name="Tag")
    """At most 20."""
    dry_run: bool | None = None
    """Whether to check only: what passes is answered by DryRunOperation, a refusal."""
    client_token: str | None = None
    """At most 64 ASCII characters."""


class DeleteVSwitchCidrReservation(Request, frozen=True, kw_only=True, gc=False):
    """Give a block that was set aside back to ordinary use; no prefix of it may be in use."""

    action: ClassVar[str] = "DeleteVSwitchCidrReservation"
    version: ClassVar[str] = VPC_VERSION

    vswitch_cidr_reservation_id: str | None = field(default=None, name="VSwitchCidrReservationId")
    """Required."""
    dry_run: bool | None = None
    """Whether to check only: what passes is answered by DryRunOperation, a refusal."""
    client_token: str | None = None
    """At most 64 ASCII characters."""


class ListVSwitchCidrReservations(Request, frozen=True, kw_only=True, gc=False):
    """List the blocks that are set aside for prefixes; the filters are joined by "and"."""

    action: ClassVar[str] = "ListVSwitchCidrReservations"
    version: ClassVar[str] = VPC_VERSION

    vswitch_id: str | None = field(default=None, name="VSwitchId")
    """Those of one vSwitch; of all unless given."""
    vswitch_cidr_reservation_ids: tuple[str, ...] | None = field(default=None, name="VSwitchCidrReservationIds")
    """At most 10; one that is unknown is no error."""
    vswitch_cidr_reservation_type: str | None = field(default=None, name="VSwitchCidrReservationType")
    """``prefix``, the only type, in capitals or not."""
    ip_version: str | None = None
    """``IPv4`` or ``IPv6``; unless given, IPv4, or both where ids are named."""
    tags: tuple[Tag, ...] | None = None
    """At most 20; one without a value finds every value of its key."""
    max_results: int | None = None
    """1 to 100, 10 unless given."""
    next_token: str | None = None
    """From the page before."""
