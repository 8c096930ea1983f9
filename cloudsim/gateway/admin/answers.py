"""Answers of the admin API: JSON, text or bytes, each with the headers that keep browsers from guessing or storing."""

from typing import Final

import msgspec

from cloudsim.gateway.http import HttpAnswer

JSON: Final = "application/json"
BYTES: Final = "application/octet-stream"

COMMON: Final = (
    ("cache-control", "no-store"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("x-frame-options", "DENY"),
)
"""Headers of every answer; nothing here may be shown inside, read by or kept for another site."""

CLOSED: Final = ("content-security-policy", "default-src 'none'; frame-ancestors 'none'")
"""For everything but the dashboard's page: even if a browser showed it, nothing in it would run."""


class AdminRefusal(Exception):
    """An answer that is a refusal.

    Args:
        status: of HTTP.
        code: for programs.
        message: for people: what is wrong, and what would be right.
        headers: further headers of the answer.
    """

    def __init__(self, status: int, code: str, message: str, *headers: tuple[str, str]) -> None:
        self.status, self.code, self.message, self.headers = status, code, message, headers
        super().__init__(message)

    @property
    def answer(self) -> HttpAnswer:
        """The refusal as it is sent."""
        return json_answer({"code": self.code, "message": self.message}, *self.headers, status=self.status)


class BadRequest(AdminRefusal):
    """What was sent cannot be used."""

    def __init__(self, message: str) -> None:
        super().__init__(400, "BadRequest", message)


class Conflict(AdminRefusal):
    """It cannot be done as things are now."""

    def __init__(self, message: str) -> None:
        super().__init__(409, "Conflict", message)


def json_answer(value: object, *headers: tuple[str, str], status: int = 200) -> HttpAnswer:
    """Answer with a value as JSON."""
    return answer(msgspec.json.encode(value) + b"\n", JSON, CLOSED, *headers, status=status)


def answer(body: bytes, media_type: str, *headers: tuple[str, str], status: int = 200) -> HttpAnswer:
    """Answer with bytes of a type."""
    return HttpAnswer(status, (("content-type", media_type), *COMMON, *headers), body)
