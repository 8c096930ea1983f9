"""ClientTokens: each stands for one answer, for as long as it is known.

A repeat with equal parameters is answered alike, but for its RequestId. A token is claimed before the work and settled
with it, which is no single instant: IdempotentProcessing is just while another call with the token is under way, and
so is a mismatch with a call of other parameters. A refusal may have settled the token or have come before it was
claimed; both are allowed. A call without an answer may have burnt its token, or settled it with anything.

Source: eni_api.md section 3, rules 1 to 10.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple, TypeAlias

import msgspec

from cloudsim.api.requests import fingerprint
from cloudsim.api.troubles import BurnToken
from cloudsim.errors.tokens import IdempotentFailed, IdempotentParameterMismatch
from cloudsim.linearizability.observed import Observed
from cloudsim.linearizability.part import Object, Part, unmoved
from cloudsim.linearizability.survey import Survey, token_of
from cloudsim.values.duration import Ns

PROCESSING: Final = (
    "IdempotentProcessing",
    "LastTokenProcessing",
    "OperationFailed.IdempotentTokenProcessing",
    "OperationFailed.LastTokenProcessing",
)
"""The codes that say that a call with the token still runs."""


class Standing(StrEnum):
    """What a token stands for."""

    UNUSED = "unused"
    ANSWERED = "answered"
    BURNT = "burnt"


class Token(NamedTuple):
    """A token at one instant."""

    standing: Standing = Standing.UNUSED
    parameters: bytes | None = None
    """The fingerprint of its parameters; None for any."""
    answer: object = None
    """The answer or the code of the refusal; None for one that nobody has been told."""
    since_ns: Ns = 0
    """When it was settled at the earliest."""


Step: TypeAlias = Callable[[Token], tuple[Token, ...]]


def token_objects(survey: Survey, window_ns: Ns) -> Iterator[Object[Token]]:
    """Give the tokens that several calls have, or of which a refusal speaks."""
    burnt: dict[tuple[str, str, str, str], list[Observed]] = {}
    for call in survey.calls:
        request = call.request
        if isinstance(request, BurnToken) and call.may_have_acted:
            of = request.account, request.region_id or "", request.of_action, request.client_token
            burnt.setdefault(of, []).append(call)
    for (account, region, action, token), calls in survey.tokens.items():
        if not region:
            continue  # the VPC's region decides, which the request does not say
        speaks = any(_says_something(call) for call in calls)
        troubles = burnt.get((account, region, action, token), [])
        if len(calls) < 2 and not speaks:
            continue
        key = _Key(calls, troubles, window_ns)
        parts = [*map(key.part, calls), *map(key.burnt, troubles)]
        name = f"token:{account}/{region}/{action}/{token}"
        yield Object(key=name, start=Token(), parts=parts, idle=unmoved, tell=_tell)


def _says_something(call: Observed) -> bool:
    error = call.error
    if error is None:
        return False
    return error.code in PROCESSING or isinstance(error, IdempotentFailed | IdempotentParameterMismatch)


def _tell(token: Token) -> str:
    if token.standing is Standing.ANSWERED:
        return "settled with " + ("an answer that nobody was told" if token.answer is None else _told(token.answer))
    return str(token.standing)


def _told(answer: object) -> str:
    """An answer, for people: what it made, or the code of a refusal."""
    for name in ("network_interface_id", "instance_id_sets", "security_group_id", "vpc_id", "vswitch_id"):
        made = getattr(answer, name, None)
        if made:
            return " ".join(made) if isinstance(made, tuple) else str(made)
    return answer if isinstance(answer, str) else type(answer).__name__


@dataclass(frozen=True, slots=True)
class _Key:
    """One token.

    Args:
        calls: that have it.
        troubles: that burn it.
        window_ns: for how long an answer is known.
    """

    calls: list[Observed]
    troubles: list[Observed]
    window_ns: Ns

    def part(self, call: Observed) -> Part[Token]:
        """What a call says of the token."""
        parameters = fingerprint(call.request)
        if call.is_unknown:
            step = self._lost(call, parameters)
            said = f"has the token {token_of(call.request)}"
            return Part(call=call, step=step, said=said, against=_tell, is_optional=True, effect=parameters)
        error = call.error
        if error is None:
            answer = msgspec.structs.replace(call.response, request_id="")  # type: ignore[type-var]
            return Part(
                call=call,
                step=self._settled(call, parameters, answer),
                said=f"answered with {_told(answer)}",
                against=lambda token: (
                    f"it is answered with {_told(answer)}, but the token is {_tell(token)}"
                    + _with_others(token, parameters)
                ),
            )
        if _says_something(call):
            return self._spoken(call, parameters)
        return Part(
            call=call,
            step=self._refused(call, parameters, error.code),
            said=str(error),
            against=lambda token: f"it is refused, but the token is {_tell(token)}",
        )

    def burnt(self, trouble: Observed) -> Part[Token]:
        """What a trouble does to the token."""
        burnt = Token(Standing.BURNT, None, None, trouble.invoked_ns)
        return Part(
            call=trouble, step=lambda _: (burnt,), said="burnt it", against=_tell, is_optional=trouble.is_unknown
        )

    def _before(self, token: Token, call: Observed) -> tuple[Token, ...]:
        """The token as a call may find it: as it is, or expired."""
        is_used = token.standing is not Standing.UNUSED
        late = is_used and (call.answered_ns is None or call.answered_ns - token.since_ns >= self.window_ns)
        return (token, Token()) if late else (token,)

    def _settled(self, call: Observed, parameters: bytes, answer: object) -> Step:
        settled = Token(Standing.ANSWERED, parameters, answer, call.invoked_ns)

        def step(token: Token) -> tuple[Token, ...]:
            ends: list[Token] = []
            for before in self._before(token, call):
                if before.standing is Standing.UNUSED:
                    ends.append(settled)
                elif before.standing is Standing.ANSWERED and before.parameters == parameters:
                    if before.answer is None or before.answer == answer:
                        ends.append(before._replace(answer=answer))
                elif self.troubles and before.standing is Standing.BURNT:
                    ends.append(before)  # burnt while the call ran, which settles nothing any more
            return tuple(ends)

        return step

    def _refused(self, call: Observed, parameters: bytes, code: str) -> Step:
        """A refusal came before the token was claimed, or settles it, or repeats one that had."""
        settled = Token(Standing.ANSWERED, parameters, code, call.invoked_ns)

        def step(token: Token) -> tuple[Token, ...]:
            was_unused = any(before.standing is Standing.UNUSED for before in self._before(token, call))
            return (token, settled) if was_unused else (token,)

        return step

    def _lost(self, call: Observed, parameters: bytes) -> Step:
        ends = (
            Token(Standing.ANSWERED, parameters, None, call.invoked_ns),
            Token(Standing.BURNT, parameters, None, call.invoked_ns),
        )

        def step(token: Token) -> tuple[Token, ...]:
            return ends if any(one.standing is Standing.UNUSED for one in self._before(token, call)) else ()

        return step

    def _spoken(self, call: Observed, parameters: bytes) -> Part[Token]:
        """A refusal that speaks of the token itself."""
        error = call.error
        beside = [one for one in self.calls if one is not call and one.overlaps(call)]
        asks: Callable[[Token], bool]
        if isinstance(error, IdempotentFailed):
            asks = lambda token: token.standing is Standing.BURNT  # noqa: E731  one of three
        elif isinstance(error, IdempotentParameterMismatch):
            runs = any(fingerprint(one.request) != parameters for one in beside)
            asks = lambda token: runs or token.parameters not in {None, parameters}  # noqa: E731
        else:
            runs = any(fingerprint(one.request) == parameters for one in beside)
            asks = lambda _: runs  # noqa: E731
        return Part(
            call=call,
            step=lambda token: (token,) if asks(token) else (),
            said=str(error),
            against=lambda token: f"the token is {_tell(token)}, and no other call with it was under way to say so",
            only_reads=True,
        )


def _with_others(token: Token, parameters: bytes) -> str:
    return ", for other parameters" if token.parameters not in {None, parameters} else ""
