"""Limits: how much one client may ask of the server, and for how long.

Clients keep connections open and idle between calls, and no official one tries again when such a connection is gone
(wire.md W25), so an idle one is kept for minutes. What has begun, a request or an answer, has to go on moving.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Sizes in bytes, times in seconds of the wall."""

    header_bytes: int = 65_536
    """Request line and headers together."""
    body_bytes: int = 1 << 20
    """Of an API request, decoded; the real gateway takes less."""
    admin_body_bytes: int = 64 << 20
    """Of an admin request, which may bring a world or a snapshot."""
    connections: int = 1_000
    """At one time; those beyond are told so and closed."""
    idle_s: float = 600.0
    """Between two requests of a connection."""
    read_s: float = 30.0
    """For a request, from its first byte to its last."""
    write_s: float = 30.0
    """For an answer, or for each part of a stream."""
    linger_s: float = 1.0
    """For what a refused client still sends, which must be read lest the refusal be lost with it."""
    grace_s: float = 5.0
    """For calls under way, once the server is told to stop."""

    @property
    def look_s(self) -> float:
        """How often connections are looked at: no wait ends later than by this after its limit."""
        return min(1.0, min(self.idle_s, self.read_s, self.write_s) / 8)

    def __post_init__(self) -> None:
        assert min(self.header_bytes, self.body_bytes, self.admin_body_bytes, self.connections) > 0, "room for one"
