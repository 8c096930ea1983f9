"""The token book: which ClientTokens have been used, for what, and what came of it.

A token is claimed before any resource is touched and settled with the answer of its call; from then on a repeat with
equal parameters is answered alike, and one with others is refused. A refusal settles a token too, unless its class says
``try_later``: then the token is as if never used. A call that ended without an answer burns its token.

A token is known for as long as its call flies, and for a window of time from its answer on. The scope of a token is
account, region and action. Neither window nor scope is published; both are our choice.

Source: eni_api.md section 3, rules 1 to 10.
"""

from collections import deque
from enum import Enum
from typing import Final, Protocol, Self, TypeAlias

import msgspec

from cloudsim.errors.base import ApiError
from cloudsim.errors.tokens import IdempotentFailed, IdempotentParameterMismatch, IdempotentProcessing
from cloudsim.resources.layers import Layer
from cloudsim.resources.ledger import Ledger, Mode
from cloudsim.values.duration import Ns
from cloudsim.values.members import quick_members


@quick_members
class Ending(Enum):
    """What becomes of a token when there is no answer to repeat."""

    RUNNING = "running"
    BURNT = "burnt"


ANY_PARAMETERS: Final = b""
"""The fingerprint of a token that was burnt without a call."""

Settled: TypeAlias = msgspec.Struct | ApiError
"""An answer to repeat."""


class TokenEntry:
    """One token: the parameters that it stands for, the answer, and until when that is known."""

    __slots__ = ("answer", "expires_ns", "fingerprint", "token")

    def __init__(self, token: str, fingerprint: bytes) -> None:
        self.token = token
        self.fingerprint = fingerprint
        self.expires_ns: Ns = 0
        """Of an answer; a call that runs is known without end."""
        self.answer: Settled | Ending = Ending.RUNNING


class Claim(Protocol):
    """A token while its call runs, to be used with ``with``."""

    repeat: Settled | None
    """The answer of an earlier call with the same token and parameters, if there was one."""

    def settle(self, answer: msgspec.Struct) -> None:
        """Remember the answer of the call."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None: ...


class TokenBook:
    """The tokens of one account in one region.

    Args:
        account: whose; footprints name a token by it alone, which is coarser than the scope and so never too little.
        ledger: of the cloud.
    """

    __slots__ = ("_by_action", "_oldest_first", "account", "ledger")

    def __init__(self, account: str, ledger: Ledger) -> None:
        self.account = account
        self.ledger = ledger
        self._by_action: dict[str, dict[str, TokenEntry]] = {}
        self._oldest_first: dict[str, deque[TokenEntry]] = {}

    def over(self, ledger: Ledger) -> "TokenBook":
        """Give a book over this one, which nobody changes any more: it knows the same tokens.

        What expires of those here is not forgotten but only no longer known, since the memory is shared.

        Args:
            ledger: of the cloud that the book is for.
        """
        assert not self.running(), "what is settled is never changed"
        book = TokenBook(self.account, ledger)
        book._by_action = {action: Layer(entries, _as_it_is) for action, entries in self._by_action.items()}
        book._oldest_first = {action: deque() for action in self._by_action}
        return book

    def claim(self, action: str, token: str, fingerprint: bytes, window_ns: Ns) -> "ClaimedToken":
        """Claim a token for a call, or find the answer that it already has.

        Args:
            action: the API action, part of the scope.
            token: the ClientToken.
            fingerprint: of the call's parameters.
            window_ns: for how long the answer is known, at least 1.

        Raises:
            IdempotentParameterMismatch: the token stands for other parameters, even if that call still runs.
            IdempotentProcessing: a call with this token still runs.
            IdempotentFailed: a call with this token ended without an answer.
        """
        if self.ledger.watcher is not None:
            self.ledger.touch(token_key(self.account, token), Mode.WRITE)
        repeat = self._find(action, token, fingerprint)
        if repeat is not None:
            return ClaimedToken(self, action, None, window_ns, repeat)
        entry = self._enter(action, token, fingerprint)
        self.ledger.write("token-claimed", {"action": action, "token": token})
        return ClaimedToken(self, action, entry, window_ns, None)

    def look_up(self, action: str, token: str, fingerprint: bytes, window_ns: Ns) -> "UnclaimedToken":
        """Look for an answer and claim nothing: the known-bad way, in which two calls with one token both go ahead.

        Raises:
            IdempotentParameterMismatch: as :meth:`claim`.
        """
        self.ledger.touch(token_key(self.account, token), Mode.READ)
        repeat = self._find(action, token, fingerprint)
        return UnclaimedToken(self, action, token, fingerprint, window_ns, repeat)

    def _find(self, action: str, token: str, fingerprint: bytes) -> Settled | None:
        self._forget_expired(action)
        entry = self._by_action.get(action, _NOTHING).get(token)
        if entry is None or self._is_expired(entry):
            return None
        if entry.fingerprint not in (fingerprint, ANY_PARAMETERS):
            raise IdempotentParameterMismatch(token=token)
        if entry.answer is Ending.RUNNING:
            raise IdempotentProcessing(token=token)
        if entry.answer is Ending.BURNT:
            raise IdempotentFailed(token=token)
        assert not isinstance(entry.answer, Ending), "the two endings are handled above"
        return entry.answer

    def _is_expired(self, entry: TokenEntry) -> bool:
        return entry.answer is not Ending.RUNNING and entry.expires_ns <= self.ledger.now_ns

    def _forget_expired(self, action: str) -> None:
        oldest_first = self._oldest_first.get(action)
        while oldest_first and self._is_expired(oldest_first[0]):
            entry = oldest_first.popleft()
            if self._by_action[action].get(entry.token) is entry:
                del self._by_action[action][entry.token]

    def _enter(self, action: str, token: str, fingerprint: bytes) -> TokenEntry:
        entry = TokenEntry(token, fingerprint)
        if action not in self._by_action:
            self._by_action[action], self._oldest_first[action] = {}, deque()
        self._by_action[action][token] = entry
        self._oldest_first[action].append(entry)
        return entry

    def _settle(self, entry: TokenEntry, answer: Settled | Ending, window_ns: Ns) -> None:
        """Remember how the call of a token ended."""
        if self.ledger.watcher is not None:
            self.ledger.touch(token_key(self.account, entry.token), Mode.WRITE)
        entry.answer = answer
        entry.expires_ns = self.ledger.now_ns + window_ns

    def _fail(self, action: str, entry: TokenEntry, error: BaseException | None, window_ns: Ns) -> None:
        """Remember how the call of a claimed token failed, or forget it where the refusal says "try later"."""
        if not isinstance(error, ApiError):
            self._settle(entry, Ending.BURNT, window_ns)
            self.ledger.write("token-burnt", {"action": action, "token": entry.token})
        elif error.try_later:
            self._settle(entry, Ending.BURNT, 0)  # expired at once, so that the queue forgets it in its turn
            if self._by_action[action].get(entry.token) is entry:  # else it was burnt meanwhile
                del self._by_action[action][entry.token]
            self.ledger.write("token-freed", {"action": action, "token": entry.token})
        else:
            self._settle(entry, error.again(), window_ns)

    def burn(self, action: str, token: str, window_ns: Ns) -> None:
        """Burn a token, used or not, for whatever parameters; a call that runs with it settles nothing any more."""
        entry = self._enter(action, token, ANY_PARAMETERS)
        self._settle(entry, Ending.BURNT, window_ns)
        self.ledger.write("token-burnt", {"action": action, "token": token})

    def running(self) -> list[str]:
        """The tokens whose calls still run, as ``action/token``."""
        return [
            f"{action}/{token}"
            for action, entries in self._by_action.items()
            for token, entry in entries.items()
            if entry.answer is Ending.RUNNING
        ]


def _as_it_is(entry: TokenEntry) -> TokenEntry:
    return entry


_NOTHING: Final[dict[str, TokenEntry]] = {}


def token_key(account: str, token: str) -> str:
    """Give the token's name in footprints."""
    return f"token:{account}/{token}"


class ClaimedToken:
    """A token that nobody else can use while its call runs."""

    __slots__ = ("action", "book", "entry", "repeat", "window_ns")

    def __init__(
        self, book: TokenBook, action: str, entry: TokenEntry | None, window_ns: Ns, repeat: Settled | None
    ) -> None:
        self.book = book
        self.action = action
        self.entry = entry
        self.window_ns = window_ns
        self.repeat: Settled | None = repeat

    def settle(self, answer: msgspec.Struct) -> None:
        """Remember the answer; repeats get it from now on."""
        assert self.entry is not None, "a repeat settles nothing"
        self.book._settle(self.entry, answer, self.window_ns)  # noqa: SLF001  the claim is the book's own half

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if self.entry is not None and self.entry.answer is Ending.RUNNING:
            self.book._fail(self.action, self.entry, error, self.window_ns)  # noqa: SLF001


class UnclaimedToken:
    """A token that was looked up and not claimed; settling overwrites whatever another call settled meanwhile."""

    __slots__ = ("action", "book", "fingerprint", "repeat", "token", "window_ns")

    def __init__(
        self, book: TokenBook, action: str, token: str, fingerprint: bytes, window_ns: Ns, repeat: Settled | None
    ) -> None:
        self.book = book
        self.action = action
        self.token = token
        self.fingerprint = fingerprint
        self.window_ns = window_ns
        self.repeat: Settled | None = repeat

    def settle(self, answer: msgspec.Struct) -> None:
        """Remember the answer, too late to keep a second call from going ahead."""
        entry = self.book._enter(self.action, self.token, self.fingerprint)  # noqa: SLF001
        self.book._settle(entry, answer, self.window_ns)  # noqa: SLF001

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        """Leave no trace of a call that failed."""


class NoToken:
    """A call without a ClientToken: nothing is claimed and nothing is remembered."""

    __slots__ = ()
    repeat: Settled | None = None

    def settle(self, answer: msgspec.Struct) -> None:
        """Remember nothing."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        """Leave nothing behind."""
