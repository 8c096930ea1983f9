"""Strategies by their names, and the portfolio, which takes turns.

``pct:3`` is PCT of depth 3. The portfolio has one member for each kind of bug, since none is good at all of them: SURW
where two must interleave, PCT where one must lose, partial-order sampling where most steps are noise.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from cloudsim.errors.own import SettingError, did_you_mean
from cloudsim.exploration.strategies.pct import Pct
from cloudsim.exploration.strategies.pos import Pos
from cloudsim.exploration.strategies.surw import Surw
from cloudsim.kernel.strategy import STRATEGIES, RandomOrder, Strategy

PORTFOLIO: Final = "portfolio"
PCT_DEPTH: Final = 3
"""Of ``pct`` without a number."""
_DEPTH_MAX: Final = 64
_STEPS: Final = 1000
"""How many steps a run is taken to have where nobody has looked."""

_LABEL_AWARE: Final = ("pct", "pos", "surw")


@dataclass(frozen=True, slots=True)
class Profile:
    """How long a run is, as one run showed."""

    steps: int = _STEPS
    by_thread: Mapping[str, int] = field(default_factory=dict)


_MEMBERS: Final[tuple[Callable[[int, Profile], Strategy], ...]] = (
    lambda seed, profile: Surw(seed, steps=profile.by_thread),
    lambda seed, _: Pos(seed),
    lambda seed, profile: Pct(seed, depth=1, steps=profile.steps),
    lambda seed, _: RandomOrder(seed),
    lambda seed, profile: Pct(seed, depth=2 + seed % 2, steps=profile.steps),
)


def require_strategy(name: str) -> str:
    """Take the name of a strategy.

    Raises:
        SettingError: there is none of that name.
    """
    kind, _, depth = name.partition(":")
    if name in (*STRATEGIES, *_LABEL_AWARE, PORTFOLIO):
        return name
    if kind == "pct":
        if depth.isascii() and depth.isdigit() and 1 <= int(depth) <= _DEPTH_MAX:
            return name
        raise SettingError(f"the depth of PCT is 1 to {_DEPTH_MAX}, such as pct:3, not {depth!r}")
    raise SettingError(f"there is no strategy {name!r}; {did_you_mean(name, strategy_names())}")


def strategy_names() -> list[str]:
    """The names, for suggestions and help."""
    return [*STRATEGIES, *_LABEL_AWARE, PORTFOLIO]


def make_strategy(name: str, seed: int, *, number: int = 0, profile: Profile | None = None) -> Strategy:
    """Make the strategy of one run.

    Args:
        name: see :func:`require_strategy`, which has accepted it.
        seed: of the run.
        number: how many runs came before it, by which a portfolio takes turns.
        profile: how long a run is; a guess if None.
    """
    known = profile if profile is not None else Profile()
    if name == PORTFOLIO:
        return _MEMBERS[number % len(_MEMBERS)](seed, known)
    kind, _, depth = name.partition(":")
    if kind == "pct":
        return Pct(seed, depth=int(depth or PCT_DEPTH), steps=known.steps)
    if kind == "pos":
        return Pos(seed)
    if kind == "surw":
        return Surw(seed, steps=known.by_thread)
    return STRATEGIES[kind](seed)
