"""All orders of the phases of two calls, said by hand: each call is held before its next phase until its turn comes."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from cloudsim.api.requests import CreateNetworkInterface, DeleteNetworkInterface, Request
from cloudsim.api.responses import CreateNetworkInterfaceResponse
from cloudsim.operations.holding import PHASES_IN_ORDER
from cloudsim.operations.operation import Phase
from cloudsim.operations.policy import Policy
from cloudsim.simulation.latency import NONE
from cloudsim.simulation.reply import Reply
from cloudsim.simulation.simulation import Simulation
from cloudsim.simulation.world.builder import World
from tests.small_world import REGION, code


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one order came to."""

    codes: tuple[str, str]
    enis: int
    same_eni: bool
    """Whether both were answered with one ENI."""
    audit: tuple[str, ...] = ()


def phases_of(request: Request, policy: Policy) -> tuple[Phase, ...]:
    """The phases that touch the cloud; a refused call leaves the rest of them out."""
    if isinstance(request, CreateNetworkInterface):
        token = (Phase.CLAIM_TOKEN,) if request.client_token else ()
        return (Phase.ADMIT, *token, Phase.RESOLVE, *PHASES_IN_ORDER[policy.order], Phase.COMMIT)
    assert isinstance(request, DeleteNetworkInterface)
    return (Phase.ADMIT, Phase.COMMIT)


def all_orders(first: int, second: int) -> Iterator[str]:
    """Every order of so many steps of A and so many of B: ``AABAB``, ..."""
    total = first + second
    for places in combinations(range(total), first):
        yield "".join("A" if place in places else "B" for place in range(total))


class ByHand:
    """One call that goes on by one phase at a time."""

    def __init__(self, sim: Simulation, reply: Reply, phases: tuple[Phase, ...]) -> None:
        self.sim, self.reply = sim, reply
        self._ahead = list(phases)
        sim.hold(reply, at=phases[0])

    def step(self) -> None:
        """Do the next phase; a call that was refused has none left."""
        self._ahead.pop(0)
        if self.reply.is_settled:
            return
        self.sim.release(self.reply)
        if self._ahead:
            self.sim.hold(self.reply, at=self._ahead[0])
        self.sim.run()


def in_order(world: World, requests: tuple[Request, Request], policy: Policy, order: str) -> tuple[Outcome, Simulation]:
    """Run two calls of two callers in one order of their phases."""
    sim = Simulation(world.spec, latency=NONE, policy=policy)
    callers = [sim.caller(account="acme", name=name) for name in "AB"]
    calls = {
        caller.name: ByHand(sim, sim.submit(caller, request), phases_of(request, policy))
        for caller, request in zip(callers, requests, strict=True)
    }
    sim.run()
    for name in order:
        calls[name].step()
    replies = calls["A"].reply, calls["B"].reply
    made = {
        reply.response.network_interface_id
        for reply in replies
        if isinstance(reply.response, CreateNetworkInterfaceResponse)
    }
    outcome = Outcome(
        codes=(code(replies[0]), code(replies[1])),
        enis=len(sim.interfaces(account="acme", region=REGION)),
        same_eni=len(made) == 1 and all(reply.error is None for reply in replies),
        audit=tuple(sim.audit()),
    )
    return outcome, sim


def outcomes(world: World, first: Request, second: Request, policy: Policy | None = None) -> dict[Outcome, list[str]]:
    """Run two calls in all orders of their phases; give the orders by what they came to."""
    chosen = policy if policy is not None else Policy()
    steps = [len(phases_of(request, chosen)) for request in (first, second)]
    found: dict[Outcome, list[str]] = {}
    for order in all_orders(*steps):
        outcome, sim = in_order(world, (first, second), chosen, order)
        found.setdefault(outcome, []).append(order)
        assert sim.in_flight == ()
    return found
