"""Pages of lists: the old style by number and size, and the new style by a token from the page before.

Source: eni_api.md section 2.4 (ENIs) and sections 2.9 to 2.13 (the other lists).
"""

from collections.abc import Sequence
from typing import Final, Generic, NamedTuple, TypeVar

from cloudsim.errors.parameters import InvalidParameter

ThingT = TypeVar("ThingT")

PAGE_SIZE_DEFAULT: Final = 10
MAX_RESULTS_MIN: Final = 10


class Page(NamedTuple, Generic[ThingT]):
    """One page of a list."""

    things: Sequence[ThingT]
    total: int
    number: int
    """In the new style always 1."""
    size: int
    next_token: str
    """Empty in the old style, and on the last page."""


def is_new_style(max_results: int | None, next_token: str | None) -> bool:
    """Whether a request asks for pages by token; it then puts the old style's parameters out of force."""
    return max_results is not None or bool(next_token)


def size_in(asked: int | None, most: int) -> int:
    """How large a page of the new style is: what is asked for, brought to 10 or to the most that there is."""
    return min(max(asked or MAX_RESULTS_MIN, MAX_RESULTS_MIN), most)


def read_token(next_token: str | None) -> int | None:
    """Read the place in a list that a token of ours stands for; None without a token.

    Raises:
        InvalidParameter: the token is none of ours.
    """
    if not next_token:
        return None
    if not (next_token.isascii() and next_token.isdigit() and len(next_token) < 20):
        raise InvalidParameter(parameter="NextToken", reason=f"{next_token[:40]!r} is not from an answer")
    return int(next_token)


def page_by_number(
    things: Sequence[ThingT], number: int | None, size: int | None, *, default: int = PAGE_SIZE_DEFAULT
) -> Page[ThingT]:
    """Cut a page of the old style out of a list."""
    number, size = number or 1, size or default
    start = (number - 1) * size
    return Page(things[start : start + size], len(things), number, size, "")


def page_by_token(things: Sequence[ThingT], next_token: str | None, size: int) -> Page[ThingT]:
    """Cut a page of the new style out of a list; the token is the place where the next one begins.

    Raises:
        InvalidParameter: the token is none of ours.
    """
    start = read_token(next_token) or 0
    is_last = start + size >= len(things)
    return Page(things[start : start + size], len(things), 1, size, "" if is_last else str(start + size))
