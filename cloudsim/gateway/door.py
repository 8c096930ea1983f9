"""The door: requests of HTTP in, calls of a simulation out, and their answers back.

It decides nothing about time: a call that it lets in has been submitted and no more, and whoever drives the simulation
asks for the answer once the visit is over. Each access key has a caller of the simulation, whose name is the key's id,
so chance depends on the key and on how many calls it has made, and on nothing else that a client sends (wire.md W14).

What the gateway refuses never reaches the simulation, and is in no journal.

Source: design.md decisions 1, 5 and 11; wire.md section 1.
"""

from collections import Counter
from typing import Final
from urllib.parse import quote

import msgspec

from cloudsim.api.params import ParsedRequest, from_parameters
from cloudsim.api.requests import Request
from cloudsim.errors.base import ApiError
from cloudsim.errors.gateway import InvalidAccessKeyIdNotFound
from cloudsim.errors.parameters import UnsupportedParameter
from cloudsim.gateway.exchange import Exchange, Format, write_answer, write_refusal
from cloudsim.gateway.http import HttpAnswer, HttpRequest
from cloudsim.gateway.keys import KEY_LENGTH_MAX, AccessKey, Keys, Nonces, require_timely
from cloudsim.gateway.signature import read_signature, verify
from cloudsim.operations.operation import Call
from cloudsim.simulation.caller import Caller
from cloudsim.simulation.reply import Reply
from cloudsim.simulation.simulation import Simulation
from cloudsim.values.draws import Draws

STRANGERS_MAX: Final = 1_000
"""Keys that nobody knows which have callers of their own; all further ones share one."""
ANONYMOUS: Final = "anonymous"
"""The caller of requests that name no key."""
OTHERS: Final = "other-keys"
"""The caller of keys that nobody knows, beyond the first thousand."""
UNKNOWN_MAX: Final = 50
"""Names of unknown parameters that the journal is told of one call."""
_UNKNOWN_LENGTH_MAX: Final = 100


class Asked(msgspec.Struct, frozen=True):
    """A request that may become a call."""

    caller: Caller
    request: Request
    format: Format
    host_id: str
    product: str
    unknown: tuple[str, ...]
    """Names of parameters that the action does not know."""


class Visit(msgspec.Struct, frozen=True):
    """A call that was let in, until it is answered."""

    reply: Reply
    format: Format
    host_id: str
    product: str
    unknown: tuple[str, ...]
    """Names of parameters that the action does not know, as the journal has them."""

    @property
    def call(self) -> Call[Request]:
        """The call: its name, whose it is, and what it asks for."""
        return self.reply.call

    @property
    def is_over(self) -> bool:
        """Whether the answer has come, or is known never to come; one that is held may yet come."""
        return self.reply.is_settled or (bool(self.reply.fate) and not self.reply.journey.is_held)


class Door:
    """The gateway of one simulation.

    Args:
        simulation: where calls go.
        keys: who may call.
        verify: whether signatures, time stamps and nonces are verified.
        strict: whether a parameter that an action does not know is refused, instead of ignored and journalled.
    """

    def __init__(self, simulation: Simulation, keys: Keys, *, verify: bool = False, strict: bool = False) -> None:
        self.simulation = simulation
        self.keys = keys
        self.verifies = verify
        self.is_strict = strict
        self.refused: Counter[str] = Counter()
        """By code, how many requests the gateway itself has refused."""
        self.refused_last = ""
        """The code of the latest of these."""
        self._nonces = Nonces()
        self._callers: dict[str, Caller] = {}
        self._strangers = 0

    def go_on_with(self, simulation: Simulation, *, keys: Keys | None = None) -> None:
        """Send calls to another simulation from now on, such as one that begins anew; nonces stay used.

        Args:
            simulation: the other one; callers that it has already go on counting.
            keys: other keys; the same if None.
        """
        self.simulation = simulation
        self.keys = self.keys if keys is None else keys
        self._callers.clear()
        self._strangers = 0

    def receive(self, request: HttpRequest, *, wall_ns: int) -> HttpAnswer | Visit:
        """Take a request: :meth:`read` and :meth:`enter` together, with the same arguments.

        Returns:
            A visit, if the request has become a call; else the answer, which is a refusal.
        """
        asked = self.read(request, wall_ns=wall_ns)
        return asked if isinstance(asked, HttpAnswer) else self.enter(asked)

    def read(self, request: HttpRequest, *, wall_ns: int) -> HttpAnswer | Asked:
        """Say what a request asks for, and let nothing happen yet.

        Args:
            request: the request.
            wall_ns: the time of day, for time stamps and nonces; it enters nothing that a simulation does.

        Returns:
            What may become a call; else the answer, which is a refusal.
        """
        exchange = Exchange(request)
        try:
            exchange.read(from_parameters_alone=self.verifies)
            caller = self._caller_of(exchange, wall_ns)
            parsed = from_parameters(exchange.action, exchange.parameters)
            unknown = self._unknown_of(parsed)
        except ApiError as refusal:
            return self._refuse(exchange, refusal)
        return Asked(caller, parsed.request, exchange.format, exchange.host_id, exchange.product, unknown)

    def enter(self, asked: Asked, *, is_alone: bool = False) -> Visit:
        """Submit what is asked for.

        Args:
            asked: what is asked for.
            is_alone: whether it may come to its answer at once, since it is the only one.
        """
        submit = self.simulation.submit_alone if is_alone else self.simulation.submit
        reply = submit(asked.caller, asked.request, unknown=asked.unknown)
        return Visit(reply, asked.format, asked.host_id, asked.product, asked.unknown)

    def answer(self, visit: Visit) -> HttpAnswer | None:
        """Write the answer of a visit that is over.

        Returns:
            The answer; None if it was lost on purpose, and the client shall see its connection close.
        """
        assert visit.is_over, "an answer is asked for when it has come, or will not"
        reply = visit.reply
        if reply.error is not None:
            return write_refusal(
                reply.error,
                visit.format,
                request_id=reply.call.draws.request_id(),
                host_id=visit.host_id,
                product=visit.product,
            )
        return None if reply.response is None else write_answer(reply.response, visit.format)

    def _refuse(self, exchange: Exchange, refusal: ApiError) -> HttpAnswer:
        self.refused[refusal.code] += 1
        self.refused_last = refusal.code
        ordinal = self.refused.total()
        return write_refusal(
            refusal,
            exchange.format,
            request_id=Draws(self.simulation.entropy, f"refused by the gateway/{ordinal}").request_id(),
            host_id=exchange.host_id,
            product=exchange.product,
        )

    def _unknown_of(self, parsed: ParsedRequest) -> tuple[str, ...]:
        unknown = parsed.unknown
        if not unknown:
            return ()
        if self.is_strict:
            raise UnsupportedParameter(parameter=unknown[0], profile=self.simulation.cloud.profile.name)
        return tuple([name[:_UNKNOWN_LENGTH_MAX] for name in unknown[:UNKNOWN_MAX]])

    def _caller_of(self, exchange: Exchange, wall_ns: int) -> Caller:
        """Say who calls.

        Raises:
            ApiError: the signature is not right, or the key is not in force.
        """
        if self.verifies:
            return self._caller_for(self._signer_of(exchange, wall_ns))
        name = access_key_of(exchange)
        key = self.keys.find(name)
        if key is not None:
            key.require_force()
            return self._caller_for(key)
        return self._stranger(name)

    def _signer_of(self, exchange: Exchange, wall_ns: int) -> AccessKey:
        signed = read_signature(exchange)
        key = self.keys.require(signed.key)
        key.require_force()
        key.require_token(signed.security_token)
        require_timely(signed.timestamp, wall_ns=wall_ns)
        verify(exchange, signed, key.secret)
        self._nonces.use(key.id, signed.nonce, wall_ns=wall_ns)
        return key

    def _caller_for(self, key: AccessKey) -> Caller:
        caller = self._callers.get(key.id)
        return caller if caller is not None else self._enter(key.id, key.account, key.user)

    def _stranger(self, name: str) -> Caller:
        """Give the caller of a key that nobody knows, or of none: the default account."""
        name = name or ANONYMOUS
        caller = self._callers.get(name)
        if caller is not None:
            return caller
        if len(name) > KEY_LENGTH_MAX:
            raise InvalidAccessKeyIdNotFound(key=name)
        if self._strangers >= STRANGERS_MAX:
            name = OTHERS
            if name in self._callers:
                return self._callers[name]
        self._strangers += 1
        return self._enter(name, self.keys.default_account, None)

    def _enter(self, key: str, account: str, user: str | None) -> Caller:
        """Make a caller for a key, or go on with the one that the simulation has."""
        name = quote(key, safe="")
        callers = self.simulation.callers
        while (known := callers.get(name)) is not None and (known.account, known.user) != (account, user):
            name += "~"  # somebody else is called so, such as who makes troubles
        caller = known if known is not None else self.simulation.caller(account=account, user=user, name=name)
        self._callers[key] = caller
        return caller


def access_key_of(exchange: Exchange) -> str:
    """Give the id of the access key that a request names, which nobody has verified; empty if it names none."""
    if exchange.is_v3:
        authorization = exchange.request.header("authorization") or ""
        return authorization.partition("Credential=")[2].partition(",")[0].strip()
    return exchange.parameters.get("AccessKeyId") or exchange.request.header("x-acs-accesskey-id") or ""
