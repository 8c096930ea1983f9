"""A client of the admin API, for tests and scripts: one method for each route, plain values in and out.

    admin = AdminClient("http://127.0.0.1:8080")
    admin.fault("lose_answer", action="CreateNetworkInterface", times=3)
    admin.advance("5m")
    assert admin.state()["enis"]["Available"] == 7

It blocks, and speaks to the one server that it is given; redirects and proxies play no part. Keys of verbs are those of
``GET /_cloudsim/help``.
"""

from http.client import HTTPConnection, HTTPException, HTTPMessage
from typing import Any, Final, Literal
from urllib.parse import urlsplit

import msgspec

from cloudsim.errors.own import CloudsimError, SettingError
from cloudsim.gateway.admin.reading import LEFT_OUT
from cloudsim.gateway.admin.security import CHANGE_HEADER, PREFIX
from cloudsim.values.duration import as_duration

_TIMEOUT_S: Final = 60.0


class AdminError(CloudsimError):
    """The admin API refused something, or cannot be reached.

    Args:
        message: why.
        status: of HTTP; 0 if there was no answer.
        code: for programs.
    """

    def __init__(self, message: str, *, status: int = 0, code: str = "") -> None:
        self.status, self.code = status, code
        super().__init__(message)


class AdminClient:
    """Asks the admin API of one server.

    Args:
        url: where the server is, such as ``http://127.0.0.1:8080``.
        token: its token, where it asks for one.
        timeout_s: for each answer, in seconds of the wall.

    Raises:
        SettingError: the address is none.
    """

    def __init__(self, url: str, *, token: str | None = None, timeout_s: float = _TIMEOUT_S) -> None:
        parts = urlsplit(url)
        if parts.scheme != "http" or parts.hostname is None or parts.path.strip("/"):
            raise SettingError(f"an admin API is at an address such as http://127.0.0.1:8080, not {url!r}")
        self._host, self._port = parts.hostname, parts.port or 80
        self._headers = {} if token is None else {"authorization": f"Bearer {token}"}
        self._timeout_s = timeout_s

    # -- reading

    def health(self) -> dict[str, Any]:
        """Say version, seed, epoch and clock, and whether all is well: ``ok``, and the ``problems`` where it is not."""
        return self._get("health")

    def state(self) -> dict[str, Any]:
        """Say what is there: clock, calls by code, ENIs, vSwitches, quotas."""
        return self._get("state")

    def quotas(self) -> list[dict[str, Any]]:
        """List the quotas."""
        quotas: list[dict[str, Any]] = self._get("quotas")["quotas"]
        return quotas

    def journal(self, after: int = 0, *, limit: int = 1_000) -> dict[str, Any]:
        """Give lines of the journal from a number on: ``first``, ``next``, ``end`` and the ``lines``."""
        return self._get(f"journal?after={after}&limit={limit}")

    def problems(self) -> list[str]:
        """Say what is wrong with the simulation; nothing, or there is a bug."""
        problems: list[str] = self._get("audit")["problems"]
        return problems

    def metrics(self) -> str:
        """Give the metrics, in the text format of Prometheus."""
        return self._ask("GET", "metrics").decode()

    def faults(self) -> list[dict[str, Any]]:
        """List the faults that were planned here, with how often each has struck."""
        faults: list[dict[str, Any]] = self._get("faults")["faults"]
        return faults

    def troubles(self) -> dict[str, Any]:
        """List the troubles that were thrown, the latest first."""
        return self._get("troubles")

    def world(self, *, at: Literal["now", "begin"] = "now") -> dict[str, Any]:
        """Give a world as tables, without secrets, for :meth:`load_world` or a file that ends in ``.json``.

        Args:
            at: ``now``, the present as far as a world can say it; ``begin``, what was begun with.
        """
        return self._get(f"world?at={at}")

    def left_out_of_world(self) -> list[str]:
        """Say what the present has and a world of it has not, such as ``access keys: 3``; a snapshot has most of it."""
        return str(self._exchange("HEAD", "world")[0][LEFT_OUT]).split("; ")

    def help(self) -> list[dict[str, Any]]:
        """List all routes."""
        routes: list[dict[str, Any]] = self._get("help")["routes"]
        return routes

    # -- changing

    def fault(self, verb: str, **keys: object) -> dict[str, Any]:
        """Plan a fault, such as ``fault("delay", phase="COMMIT", by="2s", times=5)``."""
        return self._post("faults", {"fault": verb, **keys})

    def stop_faults(self) -> None:
        """Let no fault strike any more."""
        self._post("faults/stop", {})

    def trouble(self, verb: str, **keys: object) -> dict[str, Any]:
        """Throw a trouble, such as ``trouble("take_zone_out", zone="cn-hangzhou-h", lasting="5m")``."""
        return self._post("troubles", {"trouble": verb, **keys})

    def set_quota(self, quota: str, limit: int, **whose: object) -> dict[str, Any]:
        """Set a quota, such as ``set_quota("eni", 3, account="default", region="cn-hangzhou")``."""
        return self._post("quotas", {"quota": quota, "limit": limit, **whose})

    def advance(self, by: str | int | None = None) -> int:
        """Let time pass by a duration, or until nothing is due.

        Returns:
            The instant to which it came, in nanoseconds.

        Raises:
            DurationError: it is no duration.
        """
        keys = {} if by is None else {"to_ns": self.health()["now_ns"] + as_duration(by)}
        while not (said := self._post("clock", keys))["is_reached"]:
            pass
        now_ns: int = said["now_ns"]
        return now_ns

    def reset(self, *, seed: int | None = None) -> None:
        """Begin again what was begun with; a world also under another seed."""
        self._post("reset", {}) if seed is None else self._post("seed", {"seed": seed})

    def load_world(self, world: dict[str, Any] | str, *, seed: int | None = None) -> None:
        """Begin another world: its tables, or the text of its file."""
        said = {"toml": world} if isinstance(world, str) else {"world": world}
        self._post("world", said if seed is None else {**said, "seed": seed})

    def snapshot(self) -> bytes:
        """Give all of the simulation, at rest."""
        return self._ask("GET", "snapshot")

    def restore(self, snapshot: bytes) -> None:
        """Go on from a snapshot."""
        self._ask("POST", "restore", snapshot, media_type="application/octet-stream")

    def _get(self, path: str) -> dict[str, Any]:
        return msgspec.json.decode(self._ask("GET", path), type=dict[str, Any])

    def _post(self, path: str, keys: dict[str, Any]) -> dict[str, Any]:
        answer = self._ask("POST", path, msgspec.json.encode(keys), media_type="application/json")
        return msgspec.json.decode(answer, type=dict[str, Any])

    def _ask(self, method: str, path: str, body: bytes | None = None, *, media_type: str = "") -> bytes:
        return self._exchange(method, path, body, media_type=media_type)[1]

    def _exchange(
        self, method: str, path: str, body: bytes | None = None, *, media_type: str = ""
    ) -> tuple[HTTPMessage, bytes]:
        """Ask, and give headers and body of the answer.

        Raises:
            AdminError: it is a refusal, or there is none.
        """
        changing = {CHANGE_HEADER: "client", "content-type": media_type} if method == "POST" else {}
        connection = HTTPConnection(self._host, self._port, timeout=self._timeout_s)
        try:
            connection.request(method, PREFIX + path, body=body, headers={**self._headers, **changing})
            answer = connection.getresponse()
            said = answer.read()
        except (OSError, HTTPException) as error:
            raise AdminError(f"{self._host}:{self._port} does not answer: {error!r}") from None
        finally:
            connection.close()
        if answer.status != 200:
            raise _refusal(answer.status, said)
        return answer.headers, said


def _refusal(status: int, said: bytes) -> AdminError:
    try:
        refusal = msgspec.json.decode(said, type=dict[str, str])
    except msgspec.MsgspecError:
        return AdminError(f"HTTP {status}: {said[:200]!r}", status=status)
    return AdminError(refusal.get("message", ""), status=status, code=refusal.get("code", ""))
