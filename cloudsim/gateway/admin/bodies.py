"""Bodies: what a request says, read by its type, and refused with what would be right.

Every body is one JSON object. Documents travel in it and never by name, so that no request can reach a file.
"""

import re
from collections.abc import Mapping
from typing import Annotated, Any, Final, TypeVar

import msgspec
from msgspec import Meta

from cloudsim.errors.own import did_you_mean
from cloudsim.gateway.admin.answers import AdminRefusal, BadRequest

T = TypeVar("T", bound=msgspec.Struct)

NUMBER_MAX: Final = 1 << 62
"""Of every number that is sent: nanoseconds of 146 years. Sums of two of them still fit what snapshots can write."""
DEPTH_MAX: Final = 32
TEXT_MAX: Final = 512
"""Characters of every text but documents."""

Number = Annotated[int, Meta(ge=0, le=NUMBER_MAX)]
Text = Annotated[str, Meta(max_length=TEXT_MAX)]

_KINDS: Final = {
    list: "an array", str: "a text", int: "a number", float: "a number", bool: "true or false", type(None): "null",
}  # fmt: skip
_UNKNOWN: Final = re.compile(r"Object contains unknown field `(.*)`", re.DOTALL)


class Body(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The root of all bodies."""


class Nothing(Body, frozen=True, kw_only=True):
    """A body without keys; it may be left out."""


def read_object(body: bytes) -> dict[str, Any]:
    """Read a JSON object; an empty body is an empty one.

    Raises:
        BadRequest: it is no JSON, or something else.
    """
    try:
        value = msgspec.json.decode(body) if body else {}
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise BadRequest(f"the body is no JSON: {error}") from None
    if not isinstance(value, dict):
        raise BadRequest(f"the body is a JSON object, not {_KINDS[type(value)]}")
    require_plain(value)
    return value


def require_plain(value: object, *, depth: int = 0) -> None:
    """Refuse a document that is nested deeper than any that means something, or has a number that nobody can write.

    Raises:
        BadRequest: it is or has.
    """
    if depth > DEPTH_MAX:
        raise BadRequest(f"the body is nested deeper than {DEPTH_MAX} levels")
    if isinstance(value, int) and abs(value) > NUMBER_MAX:
        raise BadRequest(f"a number of {value.bit_length()} bits is beyond the largest, {NUMBER_MAX}")
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            require_plain(inner, depth=depth + 1)


def read(body: bytes, kind: type[T]) -> T:
    """Read the body of a request.

    Raises:
        BadRequest: a key is unknown, missing or of the wrong kind.
    """
    return read_keys(read_object(body), kind)


def read_keys(keys: Mapping[str, Any], kind: type[T]) -> T:
    """Read a body that was taken apart already.

    Raises:
        BadRequest: as :func:`read`.
    """
    try:
        return msgspec.convert(dict(keys), kind)
    except msgspec.ValidationError as error:
        unknown = _UNKNOWN.match(str(error))
        if unknown is None:
            raise BadRequest(f"the body cannot be used: {error}") from None
        raise BadRequest(
            f"there is no key {unknown[1]!r}; {did_you_mean(unknown[1], kind.__struct_fields__)}"
        ) from None


def require_type(content_type: str | None, wanted: str) -> None:
    """Refuse a body that is said to be of another type than the wanted one, which no form of another site can send.

    Raises:
        AdminRefusal: it is.
    """
    if content_type is None or content_type.partition(";")[0].strip().lower() != wanted:
        said = "none" if content_type is None else repr(content_type[:TEXT_MAX])
        raise AdminRefusal(
            415, "UnsupportedMediaType", f"the content-type of this body is {wanted}, and {said} is said"
        )
