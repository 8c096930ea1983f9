"""Throttling: how many calls are let through in a minute, per account, region and API.

``minute`` is what ECS documents: fixed windows, aligned to the minutes of virtual time; when one is used up, calls pass
again in the next one only. ``bucket`` is what clients assume and build into their own limiters: a bucket that fills
evenly and may be emptied at once. Both count in integers.

A call meets up to three ceilings, each with a code of its own: ``Throttling`` (this API, of the account in the region),
``Throttling.User`` (all APIs, of the account in the region) and ``Throttling.Api`` (this API in the region, of
everybody). They are asked in this order, the narrowest first, and a call is counted under all of them or, when one
refuses it, under none: a refused call did no work, and in a fixed window counting it would change nothing.

Beside these, a page of vSwitches that begins too deep in its list gets ``Throttling.DeepPageSkip``, if somebody says
how deep that is. The documents have the code alone; that it is about the depth of a page we read from its name.

Source: eni_api.md section 6 (windows, scope, codes); ``throttle_limits.toml`` beside this file (numbers, each with its
source). The order of the ceilings, and that refused calls do not count, are our choice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final, TypeAlias

from cloudsim.errors import service
from cloudsim.errors.base import ApiError
from cloudsim.errors.own import SettingError, did_you_mean, require
from cloudsim.resources.ledger import Ledger, Mode
from cloudsim.values.duration import UNITS, Ns
from cloudsim.values.ids import AccountId
from cloudsim.values.members import quick_members

MINUTE: Final[Ns] = UNITS["m"]
ANY_ACTION: Final = "*"
"""Stands for every action that is not named."""


@quick_members
class ThrottleKind(StrEnum):
    """How calls are counted."""

    MINUTE = "minute"
    """In fixed minutes."""
    BUCKET = "bucket"
    """Against a bucket that fills evenly."""


@cache
def published_limits() -> dict[str, int]:
    """The limits of the file, by action."""
    import tomllib  # noqa: PLC0415  most runs limit nothing

    text = Path(__file__).with_name("throttle_limits.toml").read_text(encoding="utf-8")
    found: dict[str, int] = {}
    for table in tomllib.loads(text).values():
        found |= table["per_minute"]
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Throttling:
    """What is let through, as an argument of a simulation.

    Args:
        kind: ``minute`` or ``bucket``.
        limits: calls per minute by action, over those of ``throttle_limits.toml``; ``"*"`` is for all that are not
            named here, and 0 lets nothing through.
        user: calls of all APIs together that an account may make in a region per minute; None limits nothing.
        api: calls of one API that all accounts together may make in a region per minute; None limits nothing.
        deep_page: how many vSwitches a page of DescribeVSwitches may skip; None for any number.
        burst: how many calls a full bucket lets through at once; None for as many as its limit.

    Raises:
        SettingError: there is no such kind, or a number is none or is negative.
    """

    kind: ThrottleKind = ThrottleKind.MINUTE
    limits: Mapping[str, int] | None = None
    user: int | None = None
    api: int | None = None
    deep_page: int | None = None
    burst: int | None = None

    def __post_init__(self) -> None:
        if self.kind not in list(ThrottleKind):
            known = did_you_mean(str(self.kind), map(str, ThrottleKind))
            raise SettingError(f"there is no kind of throttling {self.kind!r}; {known}")
        object.__setattr__(self, "kind", ThrottleKind(self.kind))
        if self.limits is not None:
            require(self.limits, Mapping, "limits of a throttling")
        numbers = {**(self.limits or {}), "user": self.user, "api": self.api, "burst": self.burst}
        numbers["deep_page"] = self.deep_page
        for name, number in numbers.items():
            if number is not None:
                require(number, int, f"throttling, for {name},")
                if number < 0:
                    raise SettingError(f"throttling lets through at least 0 calls a minute, not {number} of {name}")

    def limit_of(self, action: str) -> int:
        """How many calls of an action an account may make in a region per minute."""
        own, published = self.limits or {}, published_limits()
        for table, name in ((own, action), (own, ANY_ACTION), (published, action)):
            if name in table:
                return table[name]
        return published[ANY_ACTION]


Refusal: TypeAlias = "Callable[[int, int | str], ApiError]"
"""Makes a refusal from the calls let through in this minute and the limit."""


def _unmet(used: int, limit: int | str) -> ApiError:
    raise AssertionError(f"{used} of {limit} calls were counted by nobody")


class Meter:
    """Counts the calls under one ceiling, in fixed minutes.

    Args:
        key: its name in footprints.
        limit: calls per minute.
        refusal: makes the refusal.
    """

    __slots__ = ("_calls", "_minute", "key", "limit", "refusal")

    def __init__(self, key: str, limit: int, refusal: Refusal) -> None:
        self.key = key
        self.limit = limit
        self.refusal = refusal
        self._minute = 0
        self._calls = 0

    def require(self, now_ns: Ns) -> None:
        """Refuse a call if there is no room for it; it is not counted yet.

        Raises:
            Throttling: or one of its kin.
        """
        self._turn(now_ns)
        if self._calls >= self.limit:
            raise self.refusal(self._calls, self.limit)

    def _turn(self, now_ns: Ns) -> None:
        """Begin a new minute, where one has begun."""
        minute = now_ns // MINUTE
        if minute != self._minute:
            self._minute, self._calls = minute, 0

    def count(self) -> None:
        """Count a call that is let through."""
        self._calls += 1


class BucketMeter(Meter):
    """Counts the calls under one ceiling against a bucket.

    The level is kept in parts of a call, as many as a minute has nanoseconds, so filling is one multiplication.

    Args:
        burst: what a full bucket lets through at once.
    """

    __slots__ = ("_filled_ns", "_level", "burst")

    def __init__(self, key: str, limit: int, refusal: Refusal, burst: int) -> None:
        super().__init__(key, limit, refusal)
        self.burst = burst
        self._level = burst * MINUTE
        self._filled_ns = 0

    def require(self, now_ns: Ns) -> None:
        """Refuse a call if less than a whole one is in the bucket.

        Raises:
            Throttling: or one of its kin.
        """
        self._turn(now_ns)
        self._level = min(self.burst * MINUTE, self._level + self.limit * (now_ns - self._filled_ns))
        self._filled_ns = now_ns
        if self._level < MINUTE:
            raise self.refusal(self._calls, f"{self.burst} at once and {self.limit} a minute")

    def count(self) -> None:
        """Take a call out of the bucket."""
        super().count()
        self._level -= MINUTE


class Throttle:
    """The meters of one cloud, each made when it is first met.

    Args:
        how: what is let through.
        ledger: of the cloud.
    """

    __slots__ = ("_by_key", "_met", "how", "ledger")

    def __init__(self, how: Throttling, ledger: Ledger) -> None:
        self.how = how
        self.ledger = ledger
        self._by_key: dict[str, Meter] = {}
        self._met: dict[tuple[str, str, str], tuple[Meter, ...]] = {}
        """The meters that a call meets, by account, region and action."""

    def twin(self, ledger: Ledger) -> Throttle:
        """Give meters in the same state for another cloud.

        Args:
            ledger: of that cloud.
        """
        twin = Throttle(self.how, ledger)
        twin._by_key = {key: copy(meter) for key, meter in self._by_key.items()}
        return twin

    def meters(self, account: AccountId, action: str, region: str) -> tuple[Meter, ...]:
        """Give the meters that a call meets, in the order in which they are asked."""
        key = (account, region, action)
        found = self._met.get(key)
        if found is None:
            found = self._met[key] = self._meet(account, action, region)
        return found

    def _meet(self, account: AccountId, action: str, region: str) -> tuple[Meter, ...]:
        how = self.how

        def own(used: int, limit: int | str) -> ApiError:
            return service.Throttling(account=account, action=action, used=used, limit=limit)

        def user(used: int, limit: int | str) -> ApiError:
            return service.ThrottlingUser(account=account, action="all actions together", used=used, limit=limit)

        def api(used: int, limit: int | str) -> ApiError:
            return service.ThrottlingApi(action=action, used=used, limit=limit)

        ceilings: tuple[tuple[str, int | None, Refusal], ...] = (
            (f"calls:{account}/{region}/{action}", how.limit_of(action), own),
            (f"user-calls:{account}/{region}", how.user, user),
            (f"api-calls:{region}/{action}", how.api, api),
        )
        return tuple([self._meter(key, limit, refusal) for key, limit, refusal in ceilings if limit is not None])

    def _meter(self, key: str, limit: int, refusal: Refusal) -> Meter:
        meter = self.meter_of(key, limit)
        meter.refusal = refusal
        return meter

    def meter_of(self, key: str, limit: int) -> Meter:
        """Give the meter of a ceiling; it cannot refuse before a call has met it."""
        if key not in self._by_key:
            burst = self.how.burst if self.how.burst is not None else limit
            is_bucket = self.how.kind is ThrottleKind.BUCKET
            self._by_key[key] = BucketMeter(key, limit, _unmet, burst) if is_bucket else Meter(key, limit, _unmet)
        return self._by_key[key]

    def require_near(self, number: int, size: int) -> None:
        """Refuse a page that begins too deep in its list.

        Args:
            number: of the page, from 1.
            size: of a page.

        Raises:
            ThrottlingDeepPageSkip: more is skipped than may be.
        """
        skipped, limit = (number - 1) * size, self.how.deep_page
        if limit is not None and skipped > limit:
            raise service.ThrottlingDeepPageSkip(number=number, size=size, skipped=skipped, limit=limit)

    def touches(self, account: AccountId, action: str, region: str) -> tuple[tuple[str, Mode], ...]:
        """Say what admitting a call touches."""
        return tuple([(meter.key, Mode.WRITE) for meter in self.meters(account, action, region)])

    def admit(self, account: AccountId, action: str, region: str) -> None:
        """Count a call, or refuse it where there were too many.

        Raises:
            Throttling: too many calls of the account to this API in the region.
            ThrottlingUser: too many of the account in the region.
            ThrottlingApi: too many of everybody to this API in the region.
        """
        meters, ledger = self.meters(account, action, region), self.ledger
        for meter in meters:
            if ledger.watcher is not None:
                ledger.touch(meter.key, Mode.WRITE)
            meter.require(ledger.now_ns)
        for meter in meters:
            meter.count()
