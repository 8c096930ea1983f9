"""Token books: which ClientTokens are known, and the answers that they have.

A token that has expired is as if it had never been, and is not written. An answer is written under the name of its
kind; a refusal by its class and its facts.
"""

from collections import deque
from collections.abc import Iterator
from functools import cache

import msgspec

from cloudsim.api import responses
from cloudsim.errors.base import ApiError
from cloudsim.errors.own import SnapshotError
from cloudsim.resources.tokens import Ending, Settled, TokenBook, TokenEntry
from cloudsim.simulation.saving.things import name_of, refusal_named
from cloudsim.values.duration import Ns

_BURNT = "burnt"
_REFUSED = "refused"


class TokenRecord(msgspec.Struct, array_like=True):
    """A token."""

    token: str
    fingerprint: bytes
    expires_ns: Ns
    kind: str
    """``burnt``, ``refused``, or the name of the answer's class."""
    answer: msgspec.Raw


class RefusalRecord(msgspec.Struct, array_like=True):
    """A refusal."""

    name: str
    facts: dict[str, str | int]


BookRecord = list[tuple[str, list[TokenRecord]]]
"""By action, in the order in which tokens were first used."""


def record(book: TokenBook, encoder: msgspec.msgpack.Encoder) -> BookRecord:
    """Say which tokens are known."""
    said = [
        (action, [_record_entry(entry, encoder) for entry in entries.values() if not book._is_expired(entry)])
        for action, entries in book._by_action.items()
    ]
    return [(action, entries) for action, entries in said if entries]


def _record_entry(entry: TokenEntry, encoder: msgspec.msgpack.Encoder) -> TokenRecord:
    answer, body = entry.answer, msgspec.Raw(encoder.encode(None))
    if isinstance(answer, Ending):
        assert answer is Ending.BURNT, "at rest no call runs"
        kind = _BURNT
    elif isinstance(answer, ApiError):
        kind, body = _REFUSED, msgspec.Raw(encoder.encode(RefusalRecord(name_of(type(answer)), answer.facts)))
    else:
        kind, body = type(answer).__name__, msgspec.Raw(encoder.encode(answer))
    return TokenRecord(entry.token, entry.fingerprint, entry.expires_ns, kind, body)


def restore(book: TokenBook, said: BookRecord) -> None:
    """Let a book that knows no token know those of a record."""
    for action, entries in said:
        book._by_action[action] = {entry.token: entry for entry in _entries(entries)}
        book._oldest_first[action] = deque(book._by_action[action].values())


def _entries(said: list[TokenRecord]) -> Iterator[TokenEntry]:
    for one in said:
        entry = TokenEntry(one.token, one.fingerprint)
        entry.expires_ns = one.expires_ns
        entry.answer = Ending.BURNT if one.kind == _BURNT else _answer(one)
        yield entry


def _answer(said: TokenRecord) -> Settled:
    answer = _decoder(said.kind).decode(said.answer)
    if isinstance(answer, RefusalRecord):
        return refusal_named(answer.name)(**answer.facts)
    return answer


@cache
def _decoder(kind: str) -> "msgspec.msgpack.Decoder[msgspec.Struct]":
    """Give what reads an answer of one kind.

    Raises:
        SnapshotError: there is no such kind.
    """
    if kind == _REFUSED:
        return msgspec.msgpack.Decoder(RefusalRecord)
    found = getattr(responses, kind, None)
    if not isinstance(found, type) or not issubclass(found, msgspec.Struct):
        raise SnapshotError(f"there is no answer {kind!r}")
    return msgspec.msgpack.Decoder(found)
