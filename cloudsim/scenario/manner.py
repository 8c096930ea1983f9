"""The manner of a run: what exploration and tests do otherwise than a plain run, which its result does not tell of."""

from collections.abc import Callable
from dataclasses import dataclass

from cloudsim.kernel.strategy import Strategy
from cloudsim.runtime.session import Session
from cloudsim.values.duration import Ns


def _as_it_is(_session: Session) -> None:
    """Change nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a run is otherwise than usual."""

    strategy: Strategy | None = None
    """Who goes first, in place of the strategy that was set."""
    slack_ns: Ns = 0
    """How much later than the first step another one may be due and compete with it."""
    audits_events: bool | None = None
    """Audit after every event; if None, where the run is watched."""
    begin: Callable[[Session], None] = _as_it_is
    """Is given the session before anything happens in it."""
