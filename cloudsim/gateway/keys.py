"""Access keys: whose they are, whether they are in force, and which nonces they have used.

A key belongs to an account of the world or to a RAM user of it, where the world file says ``access_keys``. Where
signatures are not verified, a key that nobody knows, or none at all, is the default account's: the world's first.

Nonces are kept for as long as a time stamp can be good, and no longer; each key has room for so many, the oldest going
first, so a flood of one key costs no other's memory. Secrets are in no text that these things give of themselves.

Source: wire.md section 2; eni_api.md section 7 (time stamps, +-15 minutes).
"""

import re
from collections import OrderedDict
from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final

import msgspec

from cloudsim.errors.account import AbsInvalidAccountNotFound
from cloudsim.errors.gateway import (
    InvalidAccessKeyIdInactive,
    InvalidAccessKeyIdNotFound,
    InvalidSecurityTokenExpired,
    InvalidSecurityTokenMismatchWithAccessKey,
    InvalidTimeStampExpired,
    InvalidTimeStampFormat,
    MissingSecurityToken,
    SignatureNonceUsed,
)
from cloudsim.errors.own import SettingError
from cloudsim.resources.account import AccessStatus
from cloudsim.simulation.world.spec import AccessKeySpec, WorldSpec
from cloudsim.values.duration import UNITS, Ns
from cloudsim.values.ids import AccountId

KEY_LENGTH_MAX: Final = 128
"""Characters of an access key's id."""
CLOCK_SKEW_NS: Final[Ns] = 15 * UNITS["m"]
"""How far a time stamp may be from the server's clock, to either side."""
NONCES_MAX: Final = 100_000
"""Nonces that are remembered of each key."""

_TIMESTAMP: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?Z", re.ASCII)


class AccessKey(msgspec.Struct, frozen=True, kw_only=True):
    """An access key."""

    id: str
    secret: str
    account: AccountId
    user: str | None = None
    """The RAM user who has it; None for the account itself."""
    status: AccessStatus = AccessStatus.ACTIVE
    security_token: str | None = None
    """Of a temporary key, which is only good with it."""

    def __repr__(self) -> str:
        return f"<AccessKey {self.id} of {self.account}{f'/{self.user}' if self.user else ''}>"

    def require_force(self) -> None:
        """Refuse a key that is not in force.

        Raises:
            AbsInvalidAccountNotFound: it has expired.
            InvalidAccessKeyIdInactive: it is disabled.
            InvalidSecurityTokenExpired: it was temporary and has expired.
        """
        if self.status is AccessStatus.DISABLED:
            raise InvalidAccessKeyIdInactive(key=self.id)
        if self.status is AccessStatus.EXPIRED:
            if self.security_token is not None:
                raise InvalidSecurityTokenExpired
            raise AbsInvalidAccountNotFound(account=self.account, reason=f"the access key {self.id} has expired")

    def require_token(self, said: str) -> None:
        """Refuse a token that is not the key's.

        Args:
            said: the token of the request, empty if it has none.

        Raises:
            MissingSecurityToken: the key is temporary, and none is said.
            InvalidSecurityTokenMismatchWithAccessKey: another is said, or the key has none.
        """
        if self.security_token is not None and not said:
            raise MissingSecurityToken
        if said != (self.security_token or ""):
            raise InvalidSecurityTokenMismatchWithAccessKey


class Keys:
    """The access keys of a server.

    Args:
        keys: all that are known.
        default_account: whose every other key is, where signatures are not verified.

    Raises:
        SettingError: two have one id.
    """

    __slots__ = ("_by_id", "default_account")

    def __init__(self, keys: Iterable[AccessKey], *, default_account: AccountId) -> None:
        self._by_id: dict[str, AccessKey] = {}
        self.default_account = default_account
        for key in keys:
            if key.id in self._by_id:
                raise SettingError(f"the access key {key.id!r} is given twice")
            self._by_id[key.id] = key

    def __len__(self) -> int:
        return len(self._by_id)

    def find(self, name: str) -> AccessKey | None:
        """Give a key by its id, or None."""
        return self._by_id.get(name)

    def require(self, name: str) -> AccessKey:
        """Give a key by its id.

        Raises:
            InvalidAccessKeyIdNotFound: there is none.
        """
        key = self._by_id.get(name)
        if key is None:
            raise InvalidAccessKeyIdNotFound(key=name)
        return key


def keys_of(world: WorldSpec, *, more: Iterable[str] = ()) -> Keys:
    """Give the access keys of a world.

    Args:
        world: what its accounts and RAM users say.
        more: further keys of its first account, written ``ID:SECRET``.

    Raises:
        SettingError: the world has no account, a key is none, or two have one id.
    """
    if not world.accounts:
        raise SettingError(
            "a world that is served has an account, which every key stands for that nobody knows; this has none"
        )
    default = AccountId(world.accounts[0].id)
    keys = [_key(spec, account.id, None) for account in world.accounts for spec in account.access_keys]
    keys += [
        _key(spec, account.id, user.name)
        for account in world.accounts
        for user in account.users
        for spec in user.access_keys
    ]
    return Keys([*keys, *(parse_key(text, default) for text in more)], default_account=default)


def without_keys(world: WorldSpec) -> WorldSpec:
    """Give a world without its access keys, as others may see it: their secrets and tokens are nobody else's."""
    accounts = [
        msgspec.structs.replace(
            account,
            access_keys=(),
            users=tuple([msgspec.structs.replace(user, access_keys=()) for user in account.users]),
        )
        for account in world.accounts
    ]
    return msgspec.structs.replace(world, accounts=tuple(accounts))


def parse_key(text: str, account: AccountId) -> AccessKey:
    """Read an access key of an account, ``ID:SECRET``.

    Raises:
        SettingError: it is written otherwise; what was written is not told, since it may be a secret.
    """
    name, colon, secret = text.partition(":")
    if not (name and colon and secret) or not name.isprintable() or len(name) > KEY_LENGTH_MAX:
        raise SettingError(f"an access key is written ID:SECRET, the id with at most {KEY_LENGTH_MAX} characters")
    return AccessKey(id=name, secret=secret, account=account)


def _key(spec: AccessKeySpec, account: str, user: str | None) -> AccessKey:
    return AccessKey(
        id=spec.id,
        secret=spec.secret,
        account=AccountId(account),
        user=user,
        status=AccessStatus(spec.status),
        security_token=spec.security_token,
    )


class Nonces:
    """The nonces that keys have used of late.

    Args:
        most: how many of each key are remembered.
    """

    __slots__ = ("_most", "_used")

    def __init__(self, *, most: int = NONCES_MAX) -> None:
        self._most = most
        self._used: dict[str, OrderedDict[bytes, int]] = {}
        """By key, each nonce with when it may be forgotten, in the order of that; nonces by their digests, since they
        may be of any length."""

    def use(self, key: str, nonce: str, *, wall_ns: int) -> None:
        """Use a nonce, now that all the rest of the request is known to be right.

        Args:
            key: the id of a key that exists.
            nonce: the nonce.
            wall_ns: the time of day.

        Raises:
            SignatureNonceUsed: the key has used it.
        """
        used = self._used.setdefault(key, OrderedDict())
        while used and next(iter(used.values())) <= wall_ns:
            used.popitem(last=False)
        digest = sha256(nonce.encode()).digest()
        if digest in used:
            raise SignatureNonceUsed
        if len(used) >= self._most:
            used.popitem(last=False)
        used[digest] = wall_ns + 2 * CLOCK_SKEW_NS


def require_timely(timestamp: str, *, wall_ns: int) -> None:
    """Refuse a time stamp that is too far from the time of day.

    Args:
        timestamp: as the request says it.
        wall_ns: the time of day.

    Raises:
        InvalidTimeStampFormat: it is not written as ``2006-01-02T15:04:05Z``, maybe with a fraction of the second,
            which the older Node SDK (``aliyun-sdk``) sends.
        InvalidTimeStampExpired: it is more than 15 minutes away.
    """
    try:
        said = datetime.fromisoformat(timestamp) if _TIMESTAMP.fullmatch(timestamp) else None
    except ValueError:
        said = None
    if said is None:
        raise InvalidTimeStampFormat(timestamp=timestamp)
    if abs(int(said.timestamp()) * UNITS["s"] - wall_ns) > CLOCK_SKEW_NS:
        now = datetime.fromtimestamp(wall_ns // UNITS["s"], UTC)
        raise InvalidTimeStampExpired(timestamp=timestamp, now=now.strftime("%Y-%m-%dT%H:%M:%SZ"))
