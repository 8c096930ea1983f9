"""Buggify: named fault sites in the control plane, which a seed enables for a run and fires now and then.

Enabled and fired are two draws, each keyed by what it is for: a site is enabled in half of all runs, and fires at one
visit in eight, for the same calls in every order of one run. Each site counts its visits and how often it fired, so
that an exploration can say which rare paths it has seen.

Sites at which an answer is lost strike only callers who have a time-out: others would wait for ever.

Source: FoundationDB, "BUGGIFY", and its pull request 13198: that something is enabled and that it fires are kept apart.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from cloudsim.errors.own import SettingError, did_you_mean
from cloudsim.errors.service import InternalError, ServiceUnavailable
from cloudsim.operations.operation import Call, Phase
from cloudsim.simulation.faults import Abandon, Delay, Fault, LoseAnswer, Match, Refuse, Struck, throttled
from cloudsim.values.duration import SECOND
from cloudsim.values.entropy import Entropy

_ENABLED_PER_MILLE: Final = 500
_FIRED_PER_MILLE: Final = 125


@dataclass(frozen=True, slots=True)
class Site:
    """A place in the control plane at which something may go wrong."""

    fault: Fault
    action: str | None = None
    """Only in calls of this action."""
    loses_answer: bool = False


SITES: Final[Mapping[str, Site]] = {
    "admit.throttled": Site(Refuse(Phase.ADMIT, throttled)),
    "claim.slow": Site(Delay(Phase.CLAIM_TOKEN, 5 * SECOND)),
    "lease.unavailable": Site(Refuse(Phase.LEASE_ADDRESSES, lambda _: ServiceUnavailable())),
    "commit.slow": Site(Delay(Phase.COMMIT, 30 * SECOND)),
    "commit.failed": Site(Refuse(Phase.COMMIT, lambda _: InternalError())),
    "commit.abandoned": Site(Abandon(Phase.COMMIT), loses_answer=True),
    "respond.slow": Site(Delay(Phase.RESPOND, 30 * SECOND)),
    "respond.lost": Site(LoseAnswer(), loses_answer=True),
    "attach.failed": Site(Refuse(Phase.FINISH, lambda _: InternalError()), "AttachNetworkInterface"),
    "attach.slow": Site(Delay(Phase.FINISH, 60 * SECOND), "AttachNetworkInterface"),
    "detach.slow": Site(Delay(Phase.FINISH, 60 * SECOND), "DetachNetworkInterface"),
    "delete.slow": Site(Delay(Phase.FINISH, 60 * SECOND), "DeleteNetworkInterface"),
}
"""All sites, by name."""


class Buggify:
    """The sites of one run.

    Args:
        entropy: of the run; with the number it decides.
        number: which data tape of the seed.
        strikes: fire at these visits and no others, each told as ``site@call``; None leaves it to the draws.

    Raises:
        SettingError: a strike is none.
    """

    def __init__(self, entropy: Entropy, *, number: int = 0, strikes: Iterable[str] | None = None) -> None:
        self._entropy = entropy
        self._number = number
        self._strikes = None if strikes is None else frozenset(map(_require_strike, strikes))
        self.is_off = False
        """Whether nothing strikes any more."""
        self.visits: Counter[str] = Counter()
        """How often each site was come to; a site of the control plane by every call that it could strike."""
        self._struck: list[tuple[str, Match]] = []

    @property
    def is_by_chance(self) -> bool:
        """Whether draws say what fires, and no strikes."""
        return self._strikes is None

    @property
    def fired(self) -> list[str]:
        """Where it fired, as ``site@call``, in the order of the visits; not of calls that never came to the phase."""
        return [strike for strike, match in self._struck if match.fired]

    @property
    def fires(self) -> dict[str, int]:
        """How often each site fired."""
        return dict(Counter(strike.partition("@")[0] for strike in self.fired))

    def is_enabled(self, site: str) -> bool:
        """Whether a site may fire in this run."""
        return self._strikes is not None or self._chance("site", site) < _ENABLED_PER_MILLE

    def visit(self, site: str, where: str) -> bool:
        """Come to a site, and say whether it fires.

        Args:
            site: its name; scripts have sites of their own.
            where: names the visit, such as the call; the chance is keyed by it.
        """
        match = self._strike(site, where)
        if match is not None:
            match.fired += 1
        return match is not None

    def _strike(self, site: str, where: str) -> Match | None:
        """Count a visit, and say by a match to count in whether the site strikes there."""
        self.visits[site] += 1
        strike = f"{site}@{where}"
        if self.is_off:
            return None
        if self._strikes is not None:
            does_strike = strike in self._strikes
        else:
            does_strike = self.is_enabled(site) and self._chance("visit", strike) < _FIRED_PER_MILLE
        if not does_strike:
            return None
        self._struck.append((strike, match := Match()))
        return match

    def _chance(self, what: str, key: str) -> int:
        return self._entropy.integer(f"buggify-{what}", f"{self._number}/{key}", bits=32) * 1000 >> 32

    def strike_call(self, call: Call[Any], struck: Struck, *, waits_for_ever: bool) -> None:
        """Add what goes wrong with a call; a phase that ends in some way already is left alone."""
        for name, site in SITES.items():
            if site.action not in (None, call.request.action) or (site.loses_answer and waits_for_ever):
                continue
            if not struck.has_room_for(site.fault):
                continue
            match = self._strike(name, call.name)
            if match is not None:
                struck.add(site.fault, match)


def _require_strike(text: str) -> str:
    """Take a strike as it is written.

    Raises:
        SettingError: it is none.
    """
    site, at, where = text.partition("@")
    if not at or not where:
        raise SettingError(f"{text!r} is no strike: one is written site@call, such as respond.lost@client-1/1")
    if "." in site and site not in SITES:
        raise SettingError(f"there is no fault site {site!r}; {did_you_mean(site, SITES)}")
    return text
