"""Latency: how long each phase takes, as data.

A profile names a distribution for each phase and for the way there. Zero is a valid latency: phases still separate, so
races remain. Distributions draw integers from a stream that belongs to the call alone, so that one call's delays do not
move another's.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Protocol

from cloudsim.api.requests import ACTIONS
from cloudsim.errors.own import SettingError, did_you_mean
from cloudsim.operations.operation import Phase
from cloudsim.values.duration import Ns, format_duration, parse_duration
from cloudsim.values.entropy import Stream


class Distribution(Protocol):
    """A delay that is drawn anew for each request."""

    def draw(self, stream: Stream) -> Ns:
        """Draw a delay, at least 0."""
        ...


@dataclass(frozen=True, slots=True)
class Constant:
    """Always the same delay; draws nothing."""

    value_ns: Ns

    def draw(self, stream: Stream) -> Ns:
        """Give the delay."""
        del stream
        return self.value_ns


@dataclass(frozen=True, slots=True)
class Uniform:
    """Any delay from the least to the most, both included, in 2**32 even steps."""

    least_ns: Ns
    most_ns: Ns

    def draw(self, stream: Stream) -> Ns:
        """Draw a delay."""
        return self.least_ns + (stream.bits32() * (self.most_ns - self.least_ns + 1) >> 32)


@dataclass(frozen=True, slots=True)
class Quantiles:
    """A delay by its quantiles, evenly spaced from the 0 % to the 100 % one, straight lines between them."""

    values_ns: tuple[Ns, ...]
    """In rising order, at least two."""

    def draw(self, stream: Stream) -> Ns:
        """Draw a delay."""
        values = self.values_ns
        position = stream.bits32() * (len(values) - 1)
        cell = position >> 32
        below = values[cell]
        return below + ((values[cell + 1] - below) * (position & 0xFFFF_FFFF) >> 32)


@dataclass(frozen=True, slots=True)
class LatencyProfile:
    """A distribution for each phase; a phase that is not named takes no time.

    Args:
        name: for messages.
        there: the way of the request to the service.
        phases: the time until each phase is done; RESPOND is the way of the answer back.
        actions: for an action, the phases that take another time than those of the others.
    """

    name: str
    there: Distribution = Constant(0)
    phases: Mapping[Phase, Distribution] = field(default_factory=dict)
    actions: Mapping[str, Mapping[Phase, Distribution]] = field(default_factory=dict)
    is_none: bool = field(init=False, repr=False, compare=False)
    """Whether nothing takes any time."""
    _of_action: dict[str, Mapping[Phase, Distribution]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        own = {action: {**self.phases, **phases} for action, phases in self.actions.items()}
        object.__setattr__(self, "_of_action", own)
        object.__setattr__(self, "is_none", self.there == Constant(0) and not self.phases and not self.actions)

    def of_action(self, action: str) -> Mapping[Phase, Distribution]:
        """Give the distributions of an action's phases."""
        return self._of_action.get(action, self.phases)


def _ms(*quantiles: int) -> Quantiles:
    return Quantiles(tuple(value * 1_000_000 for value in quantiles))


NONE: Final = LatencyProfile("none")
DEFAULT: Final = LatencyProfile(
    "default",
    there=_ms(4, 5, 6, 8, 15, 60),
    phases={
        Phase.ADMIT: _ms(1, 2, 2, 3, 4, 10),
        Phase.CLAIM_TOKEN: _ms(1, 2, 3, 4, 6, 20),
        Phase.RESOLVE: _ms(3, 5, 8, 10, 15, 50),
        Phase.RESERVE_QUOTA: _ms(2, 4, 6, 8, 12, 40),
        Phase.LEASE_ADDRESSES: _ms(5, 10, 20, 30, 60, 200),
        Phase.COMMIT: _ms(10, 40, 80, 120, 200, 800),
        Phase.READ: _ms(5, 10, 20, 40, 80, 300),
        Phase.RESPOND: _ms(4, 5, 6, 8, 15, 60),
        Phase.FINISH: _ms(1000, 1400, 1800, 2200, 2600, 3000),
    },
    actions={
        "AttachNetworkInterface": {Phase.FINISH: _ms(2000, 2600, 3200, 4000, 5200, 8000)},
        "DetachNetworkInterface": {Phase.FINISH: _ms(2000, 2600, 3200, 4000, 5200, 8000)},
        "RunInstances": {Phase.FINISH: _ms(5000, 7000, 9000, 11000, 15000, 30000)},
        "StartInstance": {Phase.FINISH: _ms(10000, 14000, 18000, 22000, 30000, 60000)},
        "StopInstance": {Phase.FINISH: _ms(10000, 14000, 18000, 22000, 30000, 60000)},
    },
)
"""A guess by us, since nothing is published: a create takes 0.1 to 0.4 s; after the answer, what is deleted, and what
VPCs and vSwitches are made of, takes 1 to 3 s, attaching and detaching 2 to 8 s, and instances tens of seconds.

Source: eni_api.md section 4, "a sane simulator default".
"""
LATENCIES: Final = {profile.name: profile for profile in (NONE, DEFAULT)}
"""The profiles that have a name."""


def latency_named(name: str) -> LatencyProfile:
    """Look a profile up.

    Raises:
        SettingError: there is none of that name.
    """
    if name not in LATENCIES:
        raise SettingError(f"there is no latency profile {name!r}; {did_you_mean(name, LATENCIES)}")
    return LATENCIES[name]


def parse_distribution(text: str) -> Distribution:
    """Read a distribution: ``20ms`` is constant, ``5ms..20ms`` uniform.

    Raises:
        DurationError: a part is no duration.
        SettingError: the second is less than the first.
    """
    least, dots, most = text.partition("..")
    if not dots:
        return Constant(parse_duration(least))
    least_ns, most_ns = parse_duration(least), parse_duration(most)
    if most_ns < least_ns:
        raise SettingError(
            f"{text!r} ends before it begins: write {format_duration(most_ns)}..{format_duration(least_ns)}"
        )
    return Uniform(least_ns, most_ns)


def latency(
    name: str = "custom", *, there: str = "0", actions: Mapping[str, Mapping[str, str]] | None = None, **phases: str
) -> LatencyProfile:
    """Make a profile from texts, such as ``latency(commit="50ms", finish="2s..8s")``.

    Args:
        name: for messages.
        there: the way of the request.
        actions: for an action, phases that take another time: ``{"StartInstance": {"finish": "20s"}}``.
        phases: by the phases' names in lower case; what is not named takes no time.

    Raises:
        SettingError: there is no such phase or action, or a range is upside down.
        DurationError: a text is no duration.
    """
    own = actions or {}
    for action in own:
        if action not in ACTIONS:
            raise SettingError(f"there is no action {action!r}; {did_you_mean(action, ACTIONS)}")
    by_action = {action: _read_phases(texts) for action, texts in own.items()}
    return LatencyProfile(name, parse_distribution(there), _read_phases(phases), by_action)


def _read_phases(texts: Mapping[str, str]) -> dict[Phase, Distribution]:
    known = {phase.name.lower(): phase for phase in Phase if phase is not Phase.STRIKE}
    for phase in texts:
        if phase not in known:
            raise SettingError(f"there is no phase {phase!r}; {did_you_mean(phase, known)}")
    return {known[phase]: parse_distribution(text) for phase, text in texts.items()}
