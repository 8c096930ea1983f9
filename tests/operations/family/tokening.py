"""Refusals that every operation with a ClientToken, or with tags, has in common in the VPC API."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from cloudsim.api.requests import Request, Tag
from cloudsim.operations.operation import Phase
from cloudsim.simulation.faults import Match
from cloudsim.simulation.world.builder import World
from tests.operations.family.harness import Case, case
from tests.small_world import Watched, small

Made = Request | Callable[[Watched], Request]
Make = Callable[..., Made]


def said(sim: Watched, made: Made) -> Request:
    """The call itself; some are made from the simulation."""
    return made if isinstance(made, Request) else made(sim)


def token_cases(
    make: Make, other: Mapping[str, Any], phase: Phase, world: Callable[[], World] = small
) -> Iterator[Case]:
    """What becomes of a second call with a token.

    Args:
        make: makes the call.
        other: parameters that make it another one.
        phase: behind the claim, where the first call is held or ends.
        world: where the call would succeed.
    """

    def hold(sim: Watched) -> None:
        sim.hold(sim.send(said(sim, make(client_token="t-1"))), at=phase)
        sim.run()

    def abandon(sim: Watched) -> None:
        sim.faults.abandon(phase, Match())
        sim.ask(said(sim, make(client_token="t-1")))

    yield case("InvalidClientToken.ValueNotSupported", 400, make(client_token="t" * 65), "65", world=world)
    changed = make(client_token="t-1", **other)
    yield case("IdempotentParameterMismatch", 400, changed, "t-1", world=world, before=hold)
    again = make(client_token="t-1")
    yield case("OperationFailed.IdempotentTokenProcessing", 400, again, "t-1", world=world, before=hold)
    yield case("IdempotentFailed", 403, again, "t-1", world=world, before=abandon)


def tag_cases(make: Make) -> Iterator[Case]:
    """What tags are refused for."""
    many = tuple(Tag(key=f"k{number}", value="") for number in range(21))
    yield case("QuotaExceed.Tags", 403, make(tags=many), "21", "20")
    yield case("InvalidTagKey.Malformed", 400, make(tags=(Tag(key="acs:k", value=""),)))
    yield case("InvalidTagValue.Malformed", 400, make(tags=(Tag(key="k", value="acs:v"),)))
    yield case("Duplicate.TagKey", 400, make(tags=(Tag(key="k", value="1"), Tag(key="k", value="2"))))
