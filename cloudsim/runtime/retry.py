"""Retry policies of a client: how often, after how long, and with which ClientToken.

A client repeats a call when no answer came in time, and when the refusal says "try later" (``ApiError.try_later``).
Which token a repeat carries decides what a lost answer costs: with the same one the repeat meets its own first try;
with a fresh one, or with none, it makes a second ENI, and the first is leaked.

Source: eni_api.md section 3, "What clients do" (Terway: same; Terraform's vSwitch creation: fresh; Cilium: none).
"""

from dataclasses import dataclass, field
from enum import StrEnum

from cloudsim.errors.base import ApiError
from cloudsim.errors.own import RequestTimeout, SettingError, did_you_mean, require
from cloudsim.values.duration import Ns, as_duration


class TokenUse(StrEnum):
    """Which ClientToken the tries of one call carry."""

    SAME = "same"
    """One for all tries: the caller's, or one that the client draws."""
    FRESH = "fresh"
    """A new one for each try."""
    NONE = "none"
    """None but the caller's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retry:
    """How a client repeats its calls; by default it does not.

    Args:
        attempts: tries in all, at least 1.
        backoff: the pause before the second try, as text or nanoseconds.
        factor: what each further pause is multiplied by, at least 1.
        token: which ClientToken the tries carry, where the action takes one.

    Raises:
        SettingError: a number is too small, or there is no such use of tokens.
        DurationError: the pause is no duration.
    """

    attempts: int = 1
    backoff: str | Ns = "1s"
    factor: int = 2
    token: TokenUse = TokenUse.NONE
    backoff_ns: Ns = field(init=False)

    def __post_init__(self) -> None:
        require(self.attempts, int, "attempts of a Retry")
        require(self.factor, int, "factor of a Retry")
        if self.attempts < 1 or self.factor < 1:
            raise SettingError(f"attempts ({self.attempts}) and factor ({self.factor}) of a Retry are at least 1")
        if self.token not in list(TokenUse):
            raise SettingError(
                f"token {self.token!r} of a Retry is no use of tokens; {did_you_mean(self.token, map(str, TokenUse))}"
            )
        object.__setattr__(self, "token", TokenUse(self.token))
        object.__setattr__(self, "backoff_ns", as_duration(self.backoff))

    def wants_another(self, error: ApiError | RequestTimeout, tries: int) -> bool:
        """Whether a call that failed so is tried again."""
        return tries < self.attempts and (isinstance(error, RequestTimeout) or error.try_later)

    def pause_ns(self, tries: int) -> Ns:
        """The pause after so many tries."""
        pause_ns = self.backoff_ns
        for _ in range(tries - 1):
            pause_ns *= self.factor
        return pause_ns
