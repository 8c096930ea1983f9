"""For each refusal of the family's operations: the smallest world and the shortest calls that provoke it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from cloudsim.api.requests import Request
from cloudsim.operations.policy import Policy, TokenInUse
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
    run: Mapping[str, Any] = field(default_factory=dict)
    """What the run, not its world, decides: a policy, throttling."""
    user: str | None = None
    account: str = "acme"


def case(code: str, status: int, request: Request | Callable[[Watched], Request], *facts: str, **how: object) -> Case:
    """Say a case in a line."""
    return Case(code=code, status=status, request=request, facts=facts, **how)  # type: ignore[arg-type]


def provoke(case: Case) -> tuple[Watched, Reply]:
    """Make the call of a case in its world; give the simulation and the reply."""
    sim = Watched(case.world(), **case.run)
    case.before(sim)
    request = case.request if isinstance(case.request, Request) else case.request(sim)
    return sim, sim.ask(request, by=sim.caller(account=case.account, user=case.user, name="bob"))


LAST_TOKEN: Final = Policy(token_in_use=TokenInUse.LAST_TOKEN_PROCESSING)
_OTHER_CODE: Final = {
    "IdempotentProcessing": "LastTokenProcessing",
    "OperationFailed.IdempotentTokenProcessing": "OperationFailed.LastTokenProcessing",
}


def by_the_other_code(cases: Iterable[Case]) -> Iterator[Case]:
    """For each case of a token in use, the same under the policy that has the other code for it."""
    for one in cases:
        if one.code in _OTHER_CODE:
            yield replace(one, code=_OTHER_CODE[one.code], run={**one.run, "policy": LAST_TOKEN})
