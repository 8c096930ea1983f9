"""Forms in which a caller may write what a request holds as Structs."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from cloudsim.api.requests import Tag

Part: TypeAlias = Mapping[str, Any]
"""A Struct as a table: its parts in snake case, or by their names on the wire."""

Tags: TypeAlias = Mapping[str, str] | Sequence[Tag | Part]
"""Keys with their values, or tags one by one; in a filter a tag without a value finds every value."""
