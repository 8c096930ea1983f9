"""Talking to a server over real sockets, byte by byte where that is the point."""

import json
import socket
from http.client import HTTPConnection, HTTPResponse
from typing import Any
from urllib.parse import urlencode

from cloudsim.gateway.thread import ThreadServer

ECS = "2014-05-26"


def query(action: str, **parameters: str) -> str:
    """The target of a call that any server takes."""
    said = {"Action": action, "Version": ECS, "AccessKeyId": "testid", "Format": "JSON", "RegionId": "cn-hangzhou"}
    return "/?" + urlencode({**said, **parameters})


class Talk:
    """Calls over one connection that is kept."""

    def __init__(self, server: ThreadServer, key: str = "testid") -> None:
        self.connection = HTTPConnection(server.host, server.port, timeout=20)
        self.key = key

    def ask(self, action: str, **parameters: str) -> dict[str, Any]:
        """Make a call, and give its answer whatever it is."""
        self.connection.request("GET", query(action, **{"AccessKeyId": self.key, **parameters}))
        answer: dict[str, Any] = json.loads(self.connection.getresponse().read())
        return answer

    def admin(self, path: str, body: object = None) -> dict[str, Any]:
        """Ask the admin API, and change something where there is a body."""
        method = "GET" if body is None else "POST"
        headers = {"content-type": "application/json", "x-cloudsim-admin": "1"}
        self.connection.request(method, f"/_cloudsim/{path}", None if body is None else json.dumps(body), headers)
        answer: dict[str, Any] = json.loads(self.connection.getresponse().read())
        return answer

    def close(self) -> None:
        """Hang up."""
        self.connection.close()


class Line:
    """A raw connection."""

    def __init__(self, server: ThreadServer) -> None:
        self.socket = socket.create_connection((server.host, server.port), timeout=20)

    def say(self, text: str | bytes) -> None:
        """Send bytes."""
        self.socket.sendall(text.encode("latin-1") if isinstance(text, str) else text)

    def hear(self, method: str = "GET") -> tuple[int, bytes, dict[str, str]]:
        """Read one answer."""
        answer = HTTPResponse(self.socket, method=method)
        # A file of one byte at a time, so that nothing of the next answer is read with this one.
        answer.fp = self.socket.makefile("rb", buffering=0)  # type: ignore[assignment]
        answer.begin()
        return answer.status, answer.read(), {name.lower(): value for name, value in answer.getheaders()}

    def is_closed(self) -> bool:
        """Whether the server has closed its side; waits for it."""
        try:
            return self.socket.recv(1) == b""
        except ConnectionResetError:
            return True

    def close(self) -> None:
        """Hang up."""
        self.socket.close()


def get(target: str, *, host: str = "ecs.cn-hangzhou.aliyuncs.com", more: str = "") -> str:
    """A GET as bytes."""
    return f"GET {target} HTTP/1.1\r\nHost: {host}\r\n{more}\r\n"
