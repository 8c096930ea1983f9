"""Troubles: what happens to a cloud from outside of its API, said as requests, so that it goes the way of every call.

A trouble is submitted, journalled, held against its footprint and audited as a call is; but no API has it, it takes no
time on its way, and nobody is admitted or throttled for it. It strikes in the phase STRIKE, at one instant.

``sim.trouble`` has a method for each, with times; these are what it submits.
"""

from collections.abc import Iterable
from typing import ClassVar, Final

from cloudsim.api.requests import ACTIONS, Request
from cloudsim.api.responses.base import Answer
from cloudsim.errors.own import SettingError, did_you_mean, require

INSTANCE_STATUSES: Final = ("Pending", "Starting", "Running", "Stopping", "Stopped")
VSWITCH_STATUSES: Final = ("Available", "Pending")
QUOTAS: Final[dict[str, tuple[str, ...]]] = {
    "eni": ("account", "region_id"),
    "vcpus": ("account", "region_id"),
    "vpcs": ("account", "region_id"),
    "security-groups": ("account", "region_id"),
    "vswitches": ("vpc_id",),
    "private-addresses": ("vpc_id",),
    "group-places": ("security_group_id",),
}
"""The limits that can be set, and the fields that say whose: ENIs, vCPUs, VPCs and security groups of an account in a
region, vSwitches and private IPv4 addresses of a VPC, addresses (or ENIs) in a security group."""
TOKEN_ACTIONS: Final = tuple(name for name, kind in ACTIONS.items() if "client_token" in kind.__struct_fields__)
"""The actions that take a ClientToken."""


_WHOSE: Final = ("account", "region_id", "vpc_id", "security_group_id")


def _require_among(wanted: str, known: Iterable[str], what: str) -> None:
    words = list(known)
    if wanted not in words:
        raise SettingError(f"there is no {what} {wanted!r}; {did_you_mean(str(wanted), words)}")


def _require_count(number: object, what: str) -> None:
    require(number, int, f"the {what}")
    assert isinstance(number, int), "it was just asked for"
    if number < 0:
        raise SettingError(f"the {what} is at least 0, not {number}")


class Trouble(Request, frozen=True, kw_only=True, gc=False):
    """The root of all troubles.

    Raises:
        SettingError: at making, when a field cannot be.
    """

    action: ClassVar[str] = "Trouble"


class TroubleResponse(Answer, frozen=True, kw_only=True, gc=False):
    """The answer of a trouble that has struck."""

    action: ClassVar[str] = "Trouble"


class TakeZoneOut(Trouble, frozen=True, kw_only=True, gc=False):
    """Let operations that would put something into a zone answer ServiceUnavailable."""

    action: ClassVar[str] = "TakeZoneOut"
    zone: str


class BringZoneBack(Trouble, frozen=True, kw_only=True, gc=False):
    """End that."""

    action: ClassVar[str] = "BringZoneBack"
    zone: str


class SellOut(Trouble, frozen=True, kw_only=True, gc=False):
    """Let a zone have no more instances of a type: RunInstances answers OperationDenied.NoStock."""

    action: ClassVar[str] = "SellOut"
    zone: str
    instance_type: str | None = None
    """Every type if None."""


class Restock(Trouble, frozen=True, kw_only=True, gc=False):
    """End that."""

    action: ClassVar[str] = "Restock"
    zone: str
    instance_type: str | None = None


class SetInstanceStatus(Trouble, frozen=True, kw_only=True, gc=False):
    """Set an instance to a status, whatever it was."""

    action: ClassVar[str] = "SetInstanceStatus"
    instance_id: str
    status: str
    """One of :data:`INSTANCE_STATUSES`."""

    def __post_init__(self) -> None:
        _require_among(self.status, INSTANCE_STATUSES, "status of an instance")


class SetVSwitchStatus(Trouble, frozen=True, kw_only=True, gc=False):
    """Set a vSwitch to a status; while it is not Available, operations in it answer IncorrectVSwitchStatus."""

    action: ClassVar[str] = "SetVSwitchStatus"
    vswitch_id: str
    status: str
    """One of :data:`VSWITCH_STATUSES`."""

    def __post_init__(self) -> None:
        _require_among(self.status, VSWITCH_STATUSES, "status of a vSwitch")


class OccupyAddresses(Trouble, frozen=True, kw_only=True, gc=False):
    """Let other products take IPv4 addresses of a vSwitch: so many, or all but so many."""

    action: ClassVar[str] = "OccupyAddresses"
    vswitch_id: str
    count: int | None = None
    """How many; all of them or none are taken."""
    leaving: int | None = None
    """How many stay free, where ``count`` is not given."""

    def __post_init__(self) -> None:
        if (self.count is None) is (self.leaving is None):
            raise SettingError("other products occupy either so many addresses (count) or all but so many (leaving)")
        _require_count(self.count if self.leaving is None else self.leaving, "number of addresses")


class FreeAddresses(Trouble, frozen=True, kw_only=True, gc=False):
    """Let other products give back what OccupyAddresses gave them, the last one first."""

    action: ClassVar[str] = "FreeAddresses"
    vswitch_id: str
    count: int | None = None
    """At most so many; all of them if None."""
    taken_by: str | None = None
    """Only those of the OccupyAddresses of this name, such as ``trouble/3``."""

    def __post_init__(self) -> None:
        if self.count is not None:
            _require_count(self.count, "number of addresses")


class AliasShortage(Trouble, frozen=True, kw_only=True, gc=False):
    """Let a vSwitch say QuotaExceeded.PrivateIpAddress for InvalidVSwitchId.IpNotEnough, or not any more."""

    action: ClassVar[str] = "AliasShortage"
    vswitch_id: str
    is_on: bool = True


class BurnToken(Trouble, frozen=True, kw_only=True, gc=False):
    """Burn a ClientToken, used or not: calls with it answer IdempotentFailed, for as long as tokens are known."""

    action: ClassVar[str] = "BurnToken"
    account: str
    of_action: str
    """The action whose token it is, one of :data:`TOKEN_ACTIONS`."""
    client_token: str

    def __post_init__(self) -> None:
        _require_among(self.of_action, TOKEN_ACTIONS, "action that takes a ClientToken")
        require(self.client_token, str, "a ClientToken to burn")
        if not (self.client_token.isascii() and 1 <= len(self.client_token) <= 64):
            raise SettingError(f"a ClientToken to burn has 1 to 64 characters of ASCII, unlike {self.client_token!r}")


class SetQuota(Trouble, frozen=True, kw_only=True, gc=False):
    """Set a limit, also to below what is in use."""

    action: ClassVar[str] = "SetQuota"
    quota: str
    """One of :data:`QUOTAS`."""
    limit: int
    account: str | None = None
    """With ``region_id``: whose, for those of an account."""
    vpc_id: str | None = None
    security_group_id: str | None = None

    def __post_init__(self) -> None:
        _require_among(self.quota, QUOTAS, "quota")
        _require_count(self.limit, "limit of a quota")
        wanted = QUOTAS[self.quota]
        given = tuple(name for name in _WHOSE if getattr(self, name) is not None)
        if given != wanted:
            raise SettingError(
                f"quota {self.quota!r} is set by {' and '.join(wanted)}, not by {' and '.join(given) or 'nothing'}"
            )


class Snagging(Trouble, frozen=True, kw_only=True, gc=False):
    """A trouble that the next call of one action about one ENI meets at its FINISH."""

    network_interface_id: str


class HangAttach(Snagging, frozen=True, kw_only=True, gc=False):
    """Let the next AttachNetworkInterface of an ENI never end: it stays Attaching."""

    action: ClassVar[str] = "HangAttach"


class FailAttach(Snagging, frozen=True, kw_only=True, gc=False):
    """Let the next AttachNetworkInterface of an ENI fail after its answer: the ENI is Available again."""

    action: ClassVar[str] = "FailAttach"


class HangDetach(Snagging, frozen=True, kw_only=True, gc=False):
    """Let the next DetachNetworkInterface of an ENI never end: it stays Detaching until the call is repeated."""

    action: ClassVar[str] = "HangDetach"


class HangDelete(Snagging, frozen=True, kw_only=True, gc=False):
    """Let the next DeleteNetworkInterface of an ENI never end, where it is asynchronous: it stays Deleting."""

    action: ClassVar[str] = "HangDelete"


class BondEni(Trouble, frozen=True, kw_only=True, gc=False):
    """Let some product bond an ENI as a slave to another one of its account and region, or end its bond."""

    action: ClassVar[str] = "BondEni"
    network_interface_id: str
    to: str | None = None
    """The other one; None ends the bond."""

    def __post_init__(self) -> None:
        if self.to == self.network_interface_id:
            raise SettingError(f"{self.to} cannot be bonded to itself")
