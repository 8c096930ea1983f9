"""A naive cloud: dictionaries, sets and loops that say again, in the plainest way, what creates and deletes do.

It knows nothing of the product but the words of its phases, and nothing of speed. Addresses are numbers of the last
octet, handed out lowest first.
"""

from dataclasses import dataclass, field
from typing import Any

USABLE = (1, 2, 3, 4)
"""Of a /29: the first address and the last three are the system's."""
CREATE = ("ADMIT", "CLAIM_TOKEN", "RESOLVE", "RESERVE_QUOTA", "LEASE_ADDRESSES", "COMMIT", "RESPOND")
DELETE = ("ADMIT", "COMMIT", "RESPOND", "FINISH")
WINDOW_NS = 100
COOL_NS = 30


@dataclass(eq=False)
class NaiveEni:
    """An ENI."""

    addresses: tuple[int, ...]
    token: str | None
    status: str = "Available"


@dataclass(eq=False)
class NaiveCall:
    """A call on its way."""

    wants: dict[str, Any]
    """Of a create: token, named, count, vswitch. Of a delete: eni."""
    ahead: list[str]
    ended: str = ""
    """How it ended, as far as the caller will ever learn."""
    answer: NaiveEni | None = None
    places: int = 0
    group_places: int = 0
    leased: tuple[int, ...] = ()
    has_claim: bool = False
    fault: tuple[str, str] | None = None
    """A phase and what goes wrong there: a code, ``abandoned`` or ``lost``."""


@dataclass(eq=False)
class NaiveToken:
    """What is known of a token."""

    parameters: object
    ending: str
    """``running``, ``burnt``, ``ok`` or a code."""
    answer: NaiveEni | None = None
    ended_ns: int = -1


@dataclass
class NaiveCloud:
    """The naive cloud."""

    quota: int
    group_capacity: int
    lingers: bool
    """Whether a deleted ENI is Deleting for a while."""
    order: tuple[str, ...] = CREATE
    now_ns: int = 0
    enis: list[NaiveEni] = field(default_factory=list)
    calls: list[NaiveCall] = field(default_factory=list)
    tokens: dict[str, NaiveToken] = field(default_factory=dict)
    cooling: dict[int, int] = field(default_factory=dict)

    # -- what is there

    @property
    def free(self) -> list[int]:
        """Addresses that the next request could have, the lowest first."""
        taken = {address for eni in self.enis for address in eni.addresses}
        taken |= {address for call in self.calls for address in call.leased}
        taken |= {address for address, due_ns in self.cooling.items() if due_ns > self.now_ns}
        return [address for address in USABLE if address not in taken]

    @property
    def held(self) -> int:
        """Places of the quota that are held."""
        return sum(call.places for call in self.calls)

    @property
    def group_used(self) -> int:
        """Places of the group that ENIs have."""
        return sum(len(eni.addresses) for eni in self.enis)

    def token(self, name: str) -> NaiveToken | None:
        """What is known of a token at the moment."""
        known = self.tokens.get(name)
        if known is None or (known.ended_ns >= 0 and known.ended_ns + WINDOW_NS <= self.now_ns):
            return None
        return known

    # -- calls

    def begin(self, call: NaiveCall, hold_at: str | None) -> None:
        """Let a call go, as far as a phase if one is given."""
        self.calls.append(call)
        self.go_on(call, hold_at)

    def go_on(self, call: NaiveCall, hold_at: str | None = None) -> None:
        """Do phases until one to be held at, or the end."""
        while call.ahead:
            phase = call.ahead[0]
            if phase == hold_at:
                return
            call.ahead.pop(0)
            self._do(call, phase)
        self.calls.remove(call)

    def abandon_all(self) -> None:
        """End whatever is on its way."""
        for call in list(self.calls):
            self._abandon(call)
            self.calls.remove(call)

    def _do(self, call: NaiveCall, phase: str) -> None:
        fault = call.fault
        if fault is not None and fault[0] == phase:
            if fault[1] == "abandoned":
                self._abandon(call)
                return
            if fault[1] == "lost":
                call.ended = "lost"
            else:
                self._refuse(call, fault[1])
                return
        if phase == "RESPOND":
            call.ended = call.ended or "ok"
            if call.ended not in ("ok", "lost"):
                call.ahead.clear()
            return
        work = getattr(self, f"_{phase.lower()}", None)
        refusal = work(call) if work is not None else ""
        if refusal:
            self._refuse(call, refusal)

    def _refuse(self, call: NaiveCall, code: str) -> None:
        """Give everything back; the refusal is on its way."""
        self._give_back(call)
        if call.has_claim:
            call.has_claim = False
            if code == "InternalError":
                del self.tokens[call.wants["token"]]
            else:
                self._settle(call, code)
        call.ended = code
        call.ahead = ["RESPOND"]

    def _abandon(self, call: NaiveCall) -> None:
        self._give_back(call)
        if call.has_claim:
            call.has_claim = False
            self._settle(call, "burnt")
        call.ended = "abandoned"
        call.ahead.clear()

    def _give_back(self, call: NaiveCall) -> None:
        call.places = call.group_places = 0
        call.leased = ()

    def _settle(self, call: NaiveCall, ending: str) -> None:
        token = self.tokens[call.wants["token"]]
        token.ending, token.answer, token.ended_ns = ending, call.answer, self.now_ns

    # -- phases

    def _claim_token(self, call: NaiveCall) -> str:
        name = call.wants["token"]
        known = self.token(name)
        parameters = {key: value for key, value in call.wants.items() if key != "token"}
        if known is None:
            self.tokens[name] = NaiveToken(parameters, "running")
            call.has_claim = True
            return ""
        if known.parameters != parameters:
            return "IdempotentParameterMismatch"
        if known.ending == "running":
            return "IdempotentProcessing"
        if known.ending == "burnt":
            return "IdempotentFailed"
        if known.ending != "ok":
            return known.ending
        call.answer = known.answer
        call.ahead = ["RESPOND"]
        return ""

    def _resolve(self, call: NaiveCall) -> str:
        return "" if call.wants["vswitch"] == "vsw-a" else "InvalidVSwitchId.NotFound"

    def _reserve_quota(self, call: NaiveCall) -> str:
        wanted = 1 + len(call.wants["named"]) + call.wants["count"]
        if len(self.enis) + self.held + 1 > self.quota:
            return "MaxEniCountExceeded"
        in_group = self.group_used + sum(other.group_places for other in self.calls)
        if in_group + wanted > self.group_capacity:
            return "SecurityGroupInstanceLimitExceed"
        call.places, call.group_places = 1, wanted
        return ""

    def _lease_addresses(self, call: NaiveCall) -> str:
        named, free = call.wants["named"], self.free
        if any(address not in free for address in named):
            return "InvalidPrivateIpAddress.Duplicated"
        others = [address for address in free if address not in named]
        chosen = 1 + call.wants["count"]
        if len(others) < chosen:
            return "InvalidVSwitchId.IpNotEnough"
        call.leased = (others[0], *named, *others[1:chosen])
        return ""

    def _commit(self, call: NaiveCall) -> str:
        if "eni" in call.wants:
            return self._delete(call)
        call.answer = NaiveEni(call.leased, call.wants["token"])
        self.enis.append(call.answer)
        self._give_back(call)
        if call.has_claim:
            call.has_claim = False
            self._settle(call, "ok")
        return ""

    def _delete(self, call: NaiveCall) -> str:
        eni = call.wants["eni"]
        if eni not in self.enis:
            return "InvalidEniId.NotFound"
        if self.lingers:
            eni.status = "Deleting"
        else:
            self._end(eni)
        return ""

    def _finish(self, call: NaiveCall) -> str:
        eni = call.wants["eni"]
        if eni in self.enis:
            self._end(eni)
        return ""

    def _end(self, eni: NaiveEni) -> None:
        self.enis.remove(eni)
        for address in eni.addresses:
            self.cooling[address] = self.now_ns + COOL_NS
