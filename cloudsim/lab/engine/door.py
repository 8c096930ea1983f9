"""What the gateway's door adds to a call: a request of HTTP that has been read, to an answer that can be written.

A create by a V1 query that asks for JSON, unsigned and unverified, and signed and verified, against the same create by
``Simulation.submit``. Sockets and HTTP's own text are not in it.
"""

from base64 import b64encode
from collections.abc import Callable, Iterator
from hmac import digest
from itertools import count
from typing import Final
from urllib.parse import urlencode

from cloudsim.gateway.door import Door, Visit
from cloudsim.gateway.http import HttpRequest
from cloudsim.gateway.keys import keys_of
from cloudsim.gateway.signature import string_to_sign_v1
from cloudsim.lab.engine.create import ROOM, requests, roomy
from cloudsim.lab.engine.ratio import Effort, Ratio, rate, ratio
from cloudsim.lab.timing import measure
from cloudsim.simulation.latency import NONE
from cloudsim.simulation.simulation import Simulation

CALLS: Final = 200
"""In a round."""
_KEY, _SECRET = "bench-key", "bench-secret"
_VSWITCHES: Final = 4


def gateway_part(effort: Effort) -> Iterator[Ratio]:
    """Measure it."""
    works: dict[str, Submitted | AtTheDoor] = {
        "submit": Submitted(),
        "door": AtTheDoor(),
        "verified": AtTheDoor(is_signed=True),
    }

    def prepare() -> None:
        for work in works.values():
            work.prepare()

    timings = measure({name: work.run for name, work in works.items()}, rounds=effort.rounds(31), before=prepare)
    yield ratio("a create at the door / by submit", timings, "door", "submit")
    yield ratio("a create at the door, signed and verified / by submit", timings, "verified", "submit")
    yield rate("requests per CPU second at the door, without sockets", timings["door"])


class Submitted:
    """Creates by ``submit``, each to its end before the next one."""

    def __init__(self) -> None:
        self.simulation = Simulation(roomy(_VSWITCHES).spec, latency=NONE)
        self._caller = self.simulation.caller(account="acme", name=_KEY)
        self._requests = requests(token=False)

    def prepare(self) -> None:
        """Do nothing: requests are made in no time."""

    def run(self) -> int:
        """Make a round."""
        simulation, caller = self.simulation, self._caller
        for _, request in zip(range(CALLS), self._requests, strict=False):
            reply = simulation.submit(caller, request)
            simulation.run()
            assert reply.error is None, "every create succeeds"
        return CALLS


class AtTheDoor:
    """The same by requests of HTTP.

    Args:
        is_signed: whether they are signed and verified.
    """

    def __init__(self, *, is_signed: bool = False) -> None:
        spec = roomy(_VSWITCHES).spec
        self.simulation = Simulation(spec, latency=NONE)
        self._door = Door(self.simulation, keys_of(spec, more=(f"{_KEY}:{_SECRET}",)), verify=is_signed)
        self._write: Callable[[int], HttpRequest] = signed if is_signed else unsigned
        self._numbers = count()
        self._round: list[HttpRequest] = []

    def prepare(self) -> None:
        """Write the requests of a round."""
        self._round = [self._write(next(self._numbers)) for _ in range(CALLS)]

    def run(self) -> int:
        """Make a round."""
        door, simulation = self._door, self.simulation
        for request in self._round:
            visit = door.receive(request, wall_ns=0)
            assert isinstance(visit, Visit), "every request is let in"
            simulation.run()
            answer = door.answer(visit)
            assert answer is not None, "no answer is lost"
            assert answer.status == 200, "every create succeeds"
        return CALLS


def _parameters(number: int) -> dict[str, str]:
    place = number // ROOM
    return {
        "Action": "CreateNetworkInterface", "Version": "2014-05-26", "Format": "JSON", "RegionId": "cn-hangzhou",
        "VSwitchId": f"vsw-{place}", "SecurityGroupId": f"sg-{place}", "AccessKeyId": _KEY,
    }  # fmt: skip


def unsigned(number: int) -> HttpRequest:
    """Write a request that has no signature.

    Args:
        number: which one it is, from 0.
    """
    return HttpRequest("GET", f"/?{urlencode(_parameters(number))}", (("host", "localhost"),))


def signed(number: int) -> HttpRequest:
    """Write one that is signed, at the beginning of 1970.

    Args:
        number: which one it is, from 0.
    """
    parameters = _parameters(number) | {
        "SignatureMethod": "HMAC-SHA1", "SignatureVersion": "1.0", "SignatureNonce": f"nonce-{number}",
        "Timestamp": "1970-01-01T00:00:00Z",
    }  # fmt: skip
    code = digest(f"{_SECRET}&".encode(), string_to_sign_v1("GET", parameters).encode(), "sha1")
    target = f"/?{urlencode({**parameters, 'Signature': b64encode(code).decode()})}"
    return HttpRequest("GET", target, (("host", "localhost"),))
