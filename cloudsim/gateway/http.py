"""A request and an answer of HTTP, as plain values: what the server reads and writes, and the gateway decides about."""

import msgspec

Headers = tuple[tuple[str, str], ...]
"""Names in lower case with their values, in the order of the wire; a name may come twice."""


class HttpRequest(msgspec.Struct, frozen=True, gc=False):
    """A request, read whole."""

    method: str
    """As it was sent, such as ``POST``."""
    target: str
    """As it was sent: a path with its query, or an absolute URL."""
    headers: Headers
    body: bytes = b""

    def header(self, name: str) -> str | None:
        """Give the first value of a header, or None.

        Args:
            name: in lower case.
        """
        for known, value in self.headers:
            if known == name:
                return value
        return None


class HttpAnswer(msgspec.Struct, frozen=True, gc=False):
    """An answer, to be written whole."""

    status: int
    headers: Headers
    body: bytes
