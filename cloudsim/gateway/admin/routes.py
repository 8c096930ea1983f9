"""The table of routes: every path there is, what may be done with it, and what it is sent."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

import msgspec

from cloudsim.gateway.admin import changing, faults, reading, troubles
from cloudsim.gateway.admin.bodies import Body, Nothing
from cloudsim.gateway.http import HttpAnswer

if TYPE_CHECKING:
    from cloudsim.gateway.admin.admin import Desk

Handler: TypeAlias = "Callable[[Desk, bytes], HttpAnswer]"


class Route(NamedTuple):
    """What is done by one method at one path."""

    method: str
    path: str
    """Behind ``/_cloudsim/``."""
    does: str
    handler: Handler
    body: "type[Body] | Mapping[str, type[Body]] | None" = None
    """What it is sent; by verb where it takes several; None for what is read, and for bytes."""
    query: "Mapping[str, tuple[str, ...]]" = MappingProxyType({})
    """What may stand behind a question mark, and the words that it may be; without any, it is a whole number."""
    is_bytes: bool = False
    """Whether the body is bytes and no JSON."""


ROUTES: Final = (
    Route("GET", "health", "Say that the server is there, whether all is well, version and clock.", reading.health),
    Route("GET", "state", "Say what is there: clock, calls by code, ENIs, vSwitches, quotas.", reading.state),
    Route("GET", "quotas", "List the quotas.", reading.quotas),
    Route("POST", "quotas", "Set a quota, also to below what is in use.", changing.set_quota, troubles.QUOTA),
    Route("GET", "journal", "Give lines of the journal, from the number `after` on.", reading.journal,
          query={"after": (), "limit": ()}),
    Route("GET", "audit", "Hold the simulation against its invariants, and say what is wrong.", reading.audit),
    Route("GET", "metrics", "Give metrics in the text format of Prometheus.", reading.metrics),
    Route("GET", "clock", "Say what the time is, and what it waits for.", reading.clock),
    Route("POST", "clock", "Let time pass: `advance` by a duration, `to_ns` an instant, or, with neither, until "
          "nothing is due.", changing.clock, changing.ClockBody),
    Route("GET", "faults", "List the faults that were planned here.", reading.faults),
    Route("POST", "faults", "Plan a fault for the calls that match.", changing.fault, faults.BODIES),
    Route("POST", "faults/stop", "Let no fault strike any more.", changing.stop_faults, Nothing),
    Route("GET", "troubles", "List the troubles that were thrown, and what is wrong in the cloud now.",
          reading.troubles),
    Route("POST", "troubles", "Throw a trouble, now or at an instant.", changing.trouble, troubles.BODIES),
    Route("POST", "reset", "Begin again what was begun with: the same world under the same seed, or the server's own "
          "snapshot.", changing.reset, Nothing),
    Route("POST", "seed", "Begin the same world under another seed.", changing.seed, changing.SeedBody),
    Route("GET", "world", "Give the present as a world that can be loaded, without secrets; the header "
          f"{reading.LEFT_OUT} says what it has not. `at=begin`: the world that was begun with.", reading.world,
          query={"at": (reading.NOW, reading.BEGIN)}),
    Route("POST", "world", "Begin another world: `world` as tables, or `toml` as the text of a file.", changing.world,
          changing.WorldBody),
    Route("GET", "snapshot", "Give all of the simulation, at rest, as bytes.", reading.snapshot),
    Route("POST", "restore", "Go on from the bytes of a snapshot (application/octet-stream).", changing.restore,
          is_bytes=True),
)  # fmt: skip
"""What the table has beside it: the dashboard and its two files, ``events`` (the stream) and ``login``, which is the
guard's."""

BY_PATH: Final[dict[str, dict[str, Route]]] = {
    route.path: {other.method: other for other in ROUTES if other.path == route.path} for route in ROUTES
}
OTHERS: Final = (
    {"method": "GET", "path": "", "does": "The dashboard, for people."},
    {"method": "GET", "path": "help", "does": "This list."},
    {"method": "GET", "path": "events", "does": "A stream of server-sent events: world, state, lines, gap."},
    {"method": "POST", "path": "login", "does": "Give a browser the cookie of the token.", "keys": {"token": {}}},
)


def described() -> list[dict[str, Any]]:
    """Say all routes, with the JSON schema of what each is sent."""
    return [*[_described(route) for route in ROUTES], *OTHERS]


def _described(route: Route) -> dict[str, Any]:
    said: dict[str, Any] = {"method": route.method, "path": route.path, "does": route.does}
    if route.query:
        said["query"] = {name: list(words) or "a whole number" for name, words in route.query.items()}
    if route.is_bytes:
        said["sent"] = "application/octet-stream"
    elif isinstance(route.body, Mapping):
        said["verbs"] = {verb: _keys(body) for verb, body in route.body.items()}
    elif route.body is not None:
        said["keys"] = _keys(route.body)
    return said


def _keys(body: type[Body]) -> dict[str, Any]:
    """Say the keys of a body by their JSON schema, and which of them it must have."""
    components = msgspec.json.schema_components([body], ref_template="{name}")[1]
    schema = components[body.__name__]
    required = schema.get("required", [])
    inside = {key: _without_references(kind, components) for key, kind in schema.get("properties", {}).items()}
    return {key: {**kind, "required": key in required} for key, kind in inside.items()}


def _without_references(schema: Any, components: Mapping[str, Any]) -> Any:  # noqa: ANN401  any JSON
    """Put what a schema refers to in its place; nothing refers to itself."""
    if isinstance(schema, list):
        return [_without_references(one, components) for one in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return _without_references(components[schema["$ref"]], components)
    return {key: _without_references(value, components) for key, value in schema.items()}
