"""Policies: what the documents leave open, each with a documented default.

Some settings are known to be bad. They are here on purpose: they show what a race costs, and an explorer that cannot
find what they break is no good.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cloudsim.errors.own import SettingError, did_you_mean
from cloudsim.values.duration import UNITS, Ns
from cloudsim.values.members import quick_members


@quick_members
class TokenPolicy(StrEnum):
    """What happens to a ClientToken before the work begins."""

    CLAIM = "claim"
    """It is claimed: a second call with it is refused while the first one runs."""
    LOOK_UP_THEN_COMMIT = "look-up-then-commit"
    """Known bad: it is looked up, and entered at the commit; two calls with one token both make an ENI."""


@quick_members
class TokenInUse(StrEnum):
    """Which code a call gets whose ClientToken a call in flight has; the documents have two, and do not say when which.

    The VPC API puts ``OperationFailed.`` before its own.
    """

    IDEMPOTENT_PROCESSING = "idempotent-processing"
    LAST_TOKEN_PROCESSING = "last-token-processing"  # noqa: S105  a code, no secret


@quick_members
class QuotaPolicy(StrEnum):
    """What happens to the account's ENI quota, and to a security group's places, before the commit."""

    HOLD = "hold"
    """Places are held from the check to the commit."""
    CHECK_THEN_COUNT = "check-then-count"
    """Known bad: places are checked, and counted at the commit; the quota is overshot."""


@quick_members
class AddressPolicy(StrEnum):
    """What happens to IPv4 addresses before the commit; IPv6 ones are leased in any case."""

    LEASE = "lease"
    """They are leased from the choice to the commit."""
    CHECK_THEN_ACT = "check-then-act"
    """Known bad: they are chosen, and taken at the commit; two ENIs get one address."""


@quick_members
class CheckOrder(StrEnum):
    """Which scarce thing is asked for first; no document says."""

    QUOTA_FIRST = "quota-first"
    ADDRESSES_FIRST = "addresses-first"


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """One choice for each open question, as a member of its enumeration or as its text.

    Raises:
        SettingError: a text is none of the choices.
    """

    token: TokenPolicy = TokenPolicy.CLAIM
    token_in_use: TokenInUse = TokenInUse.IDEMPOTENT_PROCESSING
    quota: QuotaPolicy = QuotaPolicy.HOLD
    address: AddressPolicy = AddressPolicy.LEASE
    order: CheckOrder = CheckOrder.QUOTA_FIRST
    token_window_ns: Ns = 24 * UNITS["h"]
    """For how long a ClientToken is known, from the answer of its call on; the real window is not published."""

    def __post_init__(self) -> None:
        for name, kind in _KINDS.items():
            said = getattr(self, name)
            if said not in list(kind):
                raise SettingError(f"there is no {name} policy {said!r}; {did_you_mean(str(said), map(str, kind))}")
            # A text is equal to its member, and no member: asked for by identity it would be the other choice.
            object.__setattr__(self, name, kind(said))


_KINDS: Final[dict[str, type[StrEnum]]] = {
    "token": TokenPolicy,
    "token_in_use": TokenInUse,
    "quota": QuotaPolicy,
    "address": AddressPolicy,
    "order": CheckOrder,
}
