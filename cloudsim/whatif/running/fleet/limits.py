"""Client-side limits: how many calls a minute an agent lets itself make.

A token bucket for each action that has a limit, and one for all others together where ``"*"`` has one: so many at once,
then evenly. It is terway's kind of limiter, one in each agent; all of it is integers.

Source: terway, pkg/aliyun/client (rate limits by API, QPS = limit / 60, burst = limit); eni_api.md section 6.
"""

from collections.abc import Mapping
from typing import Final

from cloudsim.values.duration import Ns

MINUTE: Final[Ns] = 60_000_000_000
OTHERS: Final = "*"


class Limits:
    """The limits of one client.

    Args:
        per_minute: by action; ``"*"`` for all others together.
    """

    __slots__ = ("_full_at", "_per_minute")

    def __init__(self, per_minute: Mapping[str, int]) -> None:
        self._per_minute = per_minute
        self._full_at: dict[str, int] = {}
        """When each bucket is full again, in nanoseconds times its limit."""

    def wait_ns(self, action: str, now_ns: Ns) -> Ns:
        """Take a token, and say how long until it is there; calls go in the order in which they ask."""
        name = action if action in self._per_minute else OTHERS
        limit = self._per_minute.get(name)
        if limit is None:
            return 0
        full_at = max(self._full_at.get(name, 0), now_ns * limit)
        # A call may go while the bucket is at most (limit - 1) tokens, of a minute / limit each, from full.
        may_go_ns = -((MINUTE * (limit - 1) - full_at) // limit)
        self._full_at[name] = full_at + MINUTE
        return max(0, may_go_ns - now_ns)
