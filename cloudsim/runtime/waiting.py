"""Waiting for a state: how often a client looks whether something has come to it, and when it gives up.

Real clients learn of an asynchronous change by asking again and again; how they do it decides how many calls they make
(and whether those are throttled) and which slow changes they miss. The policies of the known ones are here by name.

Source: eni_api.md section 4, "Client polling".
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeVar

from cloudsim.errors.own import SettingError, WaitFailed, WaitTimeout, require
from cloudsim.values.duration import Ns, as_duration, format_duration
from cloudsim.values.entropy import Stream

if TYPE_CHECKING:
    from cloudsim.runtime.session import Session

ThingT = TypeVar("ThingT")

ABSENT: Final = "absent"
"""The state of what is not shown."""
UNSEEN: Final = "nothing yet"
"""The state of what nobody has looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """When a client looks, from the moment on that it begins to wait; durations as text or nanoseconds.

    Args:
        first: the pause before the first look.
        interval: the pause before the second.
        factor_percent: what each further pause is in terms of the one before it, at least 100.
        cap: no pause is longer, jitter aside; None lets them grow.
        jitter_percent: by how much of itself a pause is lengthened at most, by lot; not the first one.
        steps: looks in all, at least 1; None sets no limit.
        timeout: no look begins later; None sets no limit. One of the two limits is required.
        complaint: what a real client with this policy says when it gives up, where that is known; ``{wanted}``,
            ``{seen}`` and ``{timeout}`` stand for themselves.

    Raises:
        SettingError: a number is too small, or nothing ever ends the wait.
        DurationError: a pause is no duration.
    """

    first: str | Ns = "1s"
    interval: str | Ns = "1s"
    factor_percent: int = 100
    cap: str | Ns | None = None
    jitter_percent: int = 0
    steps: int | None = None
    timeout: str | Ns | None = None
    complaint: str = ""
    first_ns: Ns = field(init=False)
    interval_ns: Ns = field(init=False)
    cap_ns: Ns | None = field(init=False)
    timeout_ns: Ns | None = field(init=False)

    def __post_init__(self) -> None:
        for name, least in (("factor_percent", 100), ("jitter_percent", 0), ("steps", 1)):
            value = getattr(self, name)
            if name == "steps" and value is None:
                continue
            require(value, int, f"{name} of a Poll")
            if value < least:
                raise SettingError(f"{name} of a Poll is at least {least}, not {value}")
        if self.steps is None and self.timeout is None:
            raise SettingError("a Poll has steps or a timeout, or what never comes is waited for without end")
        for name in ("first", "interval", "cap", "timeout"):
            value = getattr(self, name)
            object.__setattr__(self, f"{name}_ns", None if value is None else as_duration(value))
        if self.interval_ns < 1 or self.cap_ns == 0:
            raise SettingError("interval and cap of a Poll are more than nothing, or an instant has no end")

    def pauses(self, lot: Stream) -> Iterator[Ns]:
        """Give the pause before each look, as far as the steps go.

        Args:
            lot: what jitter is drawn from.
        """
        yield self.first_ns
        looks, pause_ns = 1, self.interval_ns
        while self.steps is None or looks < self.steps:
            if self.cap_ns is not None:
                pause_ns = min(pause_ns, self.cap_ns)
            jitter_ns = pause_ns * self.jitter_percent * lot.bits32() // (100 << 32) if self.jitter_percent else 0
            yield pause_ns + jitter_ns
            looks += 1
            pause_ns = pause_ns * self.factor_percent // 100


_KUBERNETES: Final = "timed out waiting for the condition"
_TERRAFORM: Final = "timeout while waiting for state to become '{wanted}' (last state: '{seen}', timeout: {timeout})"

ADVISED: Final = Poll(first="1s", interval="2s", timeout="5m")
"""For a client that is none of the known: every 1 to 2 s, as the ECS documents suggest; the end is our choice."""

TERWAY_ATTACH: Final = Poll(
    first="3s", interval="3s", factor_percent=150, jitter_percent=50, steps=8, complaint=_KUBERNETES
)
"""Terway, for an attach or a detach: 3 s, then 3 s x 1.5, jitter 0.5, 8 steps; it gives up after about 2.5 min."""

TERWAY_MEMBER: Final = Poll(first="2s", interval="1s", factor_percent=150, steps=8, complaint=_KUBERNETES)
"""Terway, for a member ENI: 2 s, then 1 s x 1.5, 8 steps."""

TERWAY_DELETE: Final = Poll(first="1s", interval="2s", factor_percent=150, cap="4s", steps=4, complaint=_KUBERNETES)
"""Terway, to confirm a delete: 1 s, then 2 s x 1.5 (cap 4 s), 4 steps."""

TERWAY_UNASSIGN: Final = Poll(first="1s", interval="2s", factor_percent=150, steps=4, complaint=_KUBERNETES)
"""Terway, until unassigned addresses are gone: 1 s, then 2 s x 1.5, 4 steps."""

TERRAFORM_CREATE: Final = Poll(first="5s", interval="5s", timeout="2m", complaint=_TERRAFORM)
"""Terraform, after a create: 5 s, up to 2 min."""

TERRAFORM_ATTACH: Final = Poll(first="5s", interval="5s", timeout="2m", complaint=_TERRAFORM)
"""Terraform, after an attach: 5 s, up to 2 min."""

TERRAFORM_DETACH: Final = Poll(first="5s", interval="5s", timeout="1m", complaint=_TERRAFORM)
"""Terraform, after a detach: 5 s, up to 1 min, too short when one hangs (terraform-provider-alicloud #6436)."""

TERRAFORM_DELETE: Final = Poll(first="5s", interval="5s", timeout="1m", complaint=_TERRAFORM)
"""Terraform, after a delete: 5 s, up to 1 min."""

CILIUM_ATTACH: Final = Poll(first="2500ms", interval="2500ms", steps=6, complaint=_KUBERNETES)
"""Cilium, for an attach: 2.5 s x 6, about 15 s."""


async def watch(
    session: Session,
    look: Callable[[], Awaitable[tuple[str, ThingT]]],
    *,
    thing: str,
    wanted: str,
    failed: Sequence[str] = (),
    poll: Poll = ADVISED,
    lot: Stream,
) -> ThingT:
    """Look at something until it has a state.

    Args:
        session: whose time passes meanwhile.
        look: gives its state, and what is to be returned once that is the wanted one.
        thing: its id.
        wanted: the state.
        failed: states that say that it will not come.
        poll: when to look, and when to give up.
        lot: what jitter is drawn from.

    Raises:
        WaitTimeout: it did not come while the policy lasted.
        WaitFailed: it will not come: the thing has failed, or was there and is gone.
    """
    begun_ns, seen, looks = session.now_ns, UNSEEN, 0
    end_ns = None if poll.timeout_ns is None else begun_ns + poll.timeout_ns
    for pause_ns in poll.pauses(lot):
        if end_ns is not None and session.now_ns + pause_ns > end_ns:
            await session.sleep_until(end_ns)
            break
        await session.sleep(pause_ns)
        before, (seen, found) = seen, await look()
        looks += 1
        if seen == wanted:
            return found
        if seen in failed or (seen == ABSENT and before not in {ABSENT, UNSEEN}):
            waited_ns = session.now_ns - begun_ns
            raise WaitFailed(
                f"{thing} will not be {wanted}: after {_effort(waited_ns, looks)} it is {seen}, seen before: {before}",
                thing=thing, wanted=wanted, seen=seen, waited_ns=waited_ns, polls=looks,
            )  # fmt: skip
    waited_ns = session.now_ns - begun_ns
    text = f"{thing} is not {wanted} after {_effort(waited_ns, looks)}, last seen: {seen}"
    if poll.complaint:
        said = poll.complaint.format(wanted=wanted, seen=seen, timeout=format_duration(poll.timeout_ns or 0))
        text += f'; a client that waits so says "{said}"'
    raise WaitTimeout(text, thing=thing, wanted=wanted, seen=seen, waited_ns=waited_ns, polls=looks)


def _effort(waited_ns: Ns, looks: int) -> str:
    return f"{format_duration(waited_ns)} and {looks} look{'' if looks == 1 else 's'}"
