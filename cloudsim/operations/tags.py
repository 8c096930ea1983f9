"""Tags: as things keep them, as ECS shows them, and looked for.

A thing keeps its tags as pairs, in the order in which they were given, each key once.
"""

from collections.abc import Iterable

from cloudsim.api.requests import Tag
from cloudsim.api.responses.base import TagPair


def pairs_of(tags: tuple[Tag, ...] | None) -> tuple[tuple[str, str], ...]:
    """Give a request's tags as a thing keeps them."""
    return tuple([(tag.key or "", tag.value or "") for tag in tags]) if tags else ()


def shown_tags(tags: tuple[tuple[str, str], ...]) -> tuple[TagPair, ...]:
    """Give tags as ECS shows them; the VPC API has a form of its own."""
    return tuple([TagPair(tag_key=key, tag_value=value) for key, value in tags])


def has_tags(tags: tuple[tuple[str, str], ...], wanted: Iterable[Tag] | None) -> bool:
    """Tell whether all wanted tags are there; one without a value finds every value of its key."""
    return all(any(key == one.key and one.value in {None, value} for key, value in tags) for one in wanted or ())
