"""Accounts and who may act for them: RAM sub-users, disabled accounts, expired keys.

Source: CreateNetworkInterface reference, error codes InvalidUserType.NotSupported, Abs.InvalidAccount.NotFound,
Forbidden.NotSupportRAM, Forbidden.SubUser and Forbidden.RegionId.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NoReturn

from cloudsim.errors.account import (
    AbsInvalidAccountNotFound,
    ForbiddenNotSupportRAM,
    ForbiddenRegionId,
    ForbiddenSubUser,
    InvalidUserTypeNotSupported,
)
from cloudsim.errors.tagging import NoPermissionTag
from cloudsim.values.ids import NO_RESOURCE_GROUP, AccountId, RegionId, ResourceGroupId
from cloudsim.values.members import quick_members


@quick_members
class AccountKind(StrEnum):
    """Whether an account may use network interfaces at all."""

    STANDARD = "standard"
    UNSUPPORTED = "unsupported"


@quick_members
class AccessStatus(StrEnum):
    """Whether an account, or a sub-user's key, is in force."""

    ACTIVE = "active"
    DISABLED = "disabled"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class SubUser:
    """A RAM user: acts for the account, as far as it is let."""

    name: str
    status: AccessStatus = AccessStatus.ACTIVE
    denied: tuple[str, ...] = ()
    """Actions that the user may not call."""
    denied_tags: tuple[str, ...] = ()
    """Keys of tags that the user may neither bind, take off nor look for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An Alibaba Cloud account."""

    id: AccountId
    owner_id: str
    """The number that answers carry as OwnerId."""
    eni_quota: int | None = None
    """ENIs in each region; None takes the profile's number."""
    eni_quotas: dict[RegionId, int] = field(default_factory=dict)
    """ENIs in single regions, where they differ."""
    vcpu_quota: int | None = None
    """vCPUs of its instances in each region; None for no limit."""
    launches_alone: bool = False
    """Whether it may make instances by one call at a time in a region."""
    kind: AccountKind = AccountKind.STANDARD
    status: AccessStatus = AccessStatus.ACTIVE
    ram_supported: bool = True
    """Whether RAM users may call the interface operations."""
    queue_sizes: bool = True
    """Whether it may set RxQueueSize and TxQueueSize, for which the cloud has a whitelist."""
    connection_tracking: bool = True
    """Whether it may set ConnectionTrackingConfiguration, likewise."""
    users: dict[str, SubUser] = field(default_factory=dict)
    regions_out_of_service: frozenset[RegionId] = frozenset()
    default_resource_group: ResourceGroupId = NO_RESOURCE_GROUP
    _is_usable: bool = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        is_usable = self.status is AccessStatus.ACTIVE and self.kind is not AccountKind.UNSUPPORTED
        object.__setattr__(self, "_is_usable", is_usable)

    def admit(self, *, user: str | None, action: str) -> None:
        """Let a caller pass, or refuse.

        Args:
            user: the name of the RAM user who calls, or None for the account itself.
            action: the API action.

        Raises:
            AbsInvalidAccountNotFound: the account, the user or the key is not in force.
            InvalidUserTypeNotSupported: the account may not use the operation.
            ForbiddenNotSupportRAM: RAM users may not use the operation.
            ForbiddenSubUser: this RAM user may not.
        """
        if not self._is_usable:
            self._refuse(action)
        if user is not None:
            self._admit_user(user, action)

    def admit_to(self, region: RegionId) -> None:
        """Let the account into a region, or refuse.

        Raises:
            ForbiddenRegionId: the service is unavailable to the account there.
        """
        if region in self.regions_out_of_service:
            raise ForbiddenRegionId(region=region, account=self.id)

    def require_tags(self, user: str | None, keys: Iterable[str]) -> None:
        """Refuse a caller who has to do with tags that he is denied.

        Args:
            user: the name of the RAM user who calls, or None for the account itself, which is denied nothing.
            keys: of the tags.

        Raises:
            NoPermissionTag: the RAM user is denied one of them.
        """
        if user is not None:
            for key in keys:
                if key in self.users[user].denied_tags:
                    raise NoPermissionTag(user=user, key=key)

    def _refuse(self, action: str) -> NoReturn:
        if self.status is not AccessStatus.ACTIVE:
            raise AbsInvalidAccountNotFound(account=self.id, reason=f"it is {self.status}")
        raise InvalidUserTypeNotSupported(account=self.id, action=action)

    def _admit_user(self, name: str, action: str) -> None:
        user = self.users.get(name)
        if user is None:
            raise AbsInvalidAccountNotFound(account=self.id, reason=f"there is no RAM user {name}")
        if user.status is not AccessStatus.ACTIVE:
            raise AbsInvalidAccountNotFound(account=self.id, reason=f"the key of RAM user {name} is {user.status}")
        if not self.ram_supported:
            raise ForbiddenNotSupportRAM(user=name, action=action)
        if action in user.denied:
            raise ForbiddenSubUser(user=name, action=action)
