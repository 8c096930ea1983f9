"""For each refusal of the family's operations: the smallest world and the shortest calls that provoke it."""

from collections.abc import Callable
from dataclasses import dataclass

from cloudsim.api.requests import Request
from cloudsim.simulation.reply import Reply
from cloudsim.simulation.world.builder import World
from tests.small_world import Watched, small


@dataclass(frozen=True, kw_only=True)
class Case:
    """A refusal and the way to it."""

    code: str
    status: int
    facts: tuple[str, ...]
    """What its message tells."""
    request: Request | Callable[[Watched], Request]
    """The call that is refused; made from the simulation where it names something that is drawn."""
    world: Callable[[], World] = small
    before: Callable[[Watched], object] = lambda _: None
    """The calls that come first."""
    user: str | None = None
    account: str = "acme"


def case(code: str, status: int, request: Request | Callable[[Watched], Request], *facts: str, **how: object) -> Case:
    """Say a case in a line."""
    return Case(code=code, status=status, request=request, facts=facts, **how)  # type: ignore[arg-type]


def provoke(case: Case) -> tuple[Watched, Reply]:
    """Make the call of a case in its world; give the simulation and the reply."""
    sim = Watched(case.world())
    case.before(sim)
    request = case.request if isinstance(case.request, Request) else case.request(sim)
    return sim, sim.ask(request, by=sim.caller(account=case.account, user=case.user, name="bob"))
