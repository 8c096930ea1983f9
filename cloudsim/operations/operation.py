"""The contract of an operation: phases, the generator, the call, and the footprint beside it.

An operation is one API action, top to bottom. It yields the phase that it is about to do; at each yield others may act,
and what was read before is stale after it. Between two yields the cloud goes from one valid state to another. Scarce
things are taken with ``with`` and kept in COMMIT, in one instant; no step looks back, and undo is the end of a
``with``.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Final, Generic, TypeAlias, TypeVar

import msgspec

from cloudsim.api.requests import Request
from cloudsim.errors.own import SettingError, did_you_mean
from cloudsim.operations.policy import Policy
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.ledger import Mode
from cloudsim.values.draws import Draws
from cloudsim.values.ids import AccountId, CallName, RegionId
from cloudsim.values.members import quick_members


@quick_members
class Phase(StrEnum):
    """Where a request is on its way; the time until a phase is done is the latency of that phase."""

    ADMIT = "ADMIT"
    """Account, caller, stateless rules, region."""
    CLAIM_TOKEN = "CLAIM_TOKEN"  # noqa: S105  a phase, no secret
    """The ClientToken is looked up and claimed; left out by calls that have none."""
    RESOLVE = "RESOLVE"
    """The things that the request names are looked up."""
    RESERVE_QUOTA = "RESERVE_QUOTA"
    """Places of the account's quota and of security groups are held."""
    LEASE_ADDRESSES = "LEASE_ADDRESSES"
    """Addresses are held."""
    COMMIT = "COMMIT"
    """One instant at which everything that was held is kept, or the thing is removed."""
    READ = "READ"
    """A description is made."""
    RESPOND = "RESPOND"
    """The answer has travelled back and reaches the caller."""
    FINISH = "FINISH"
    """What an asynchronous operation does after its answer; it may come several times."""
    STRIKE = "STRIKE"
    """The only step of a trouble, which no API has; it takes no time, and has no way there."""


def as_phase(name: str) -> Phase:
    """Take a phase, or the text of one.

    Raises:
        SettingError: there is none of that name.
    """
    if name not in list(Phase):
        raise SettingError(f"there is no phase {name!r}; {did_you_mean(str(name), map(str, Phase))}")
    return Phase(name)


class Anything(Enum):
    """The footprint of a step that says nothing: it conflicts with every other."""

    ANYTHING = "anything"


ANYTHING: Final = Anything.ANYTHING

Touches: TypeAlias = tuple[tuple[str, Mode], ...]
"""Keys and modes."""

Footprint: TypeAlias = "Touches | Anything"
"""What a step may touch: keys and modes; the holds that are open are included, since a refusal gives them back."""

RequestT = TypeVar("RequestT", bound=Request)
RequestT_co = TypeVar("RequestT_co", bound=Request, covariant=True)


class Call(msgspec.Struct, Generic[RequestT_co], frozen=True):
    """One request with who asks; its name keys all chance that belongs to it."""

    name: CallName
    account: AccountId
    user: str | None
    request: RequestT_co
    draws: Draws


def metered_region(cloud: Cloud, request: Request) -> RegionId:
    """Give the region under which a call is counted; none where it says one that is not, or such would be kept."""
    region = RegionId(request.region_id or "")
    return region if region in cloud.regions else RegionId("")


Operation: TypeAlias = Generator[Phase, None, None]


@dataclass(frozen=True, slots=True)
class OperationKind(Generic[RequestT]):
    """An action's two functions: the operation, and what each of its phases may touch."""

    run: Callable[[Cloud, Call[RequestT], Policy], Operation]
    footprint: Callable[[Cloud, Call[RequestT], Policy, Phase], Footprint]
    """Is not asked about ADMIT and RESPOND, which are the same for all: see :meth:`touches`."""

    def touches(self, cloud: Cloud, call: Call[RequestT], policy: Policy, phase: Phase) -> Footprint:
        """Say what a phase of a call may touch."""
        if phase is Phase.ADMIT:
            region = metered_region(cloud, call.request)
            return cloud.conditions.admission_touches(call.account, call.request.action, region)
        if phase is Phase.RESPOND:
            return ()
        return self.footprint(cloud, call, policy, phase)
