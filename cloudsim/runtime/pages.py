"""Lists, page by page: what is in one comes one by one, and the next page is asked for when the last one is used up.

An object with ``__anext__`` and no async generator: one that is left in the middle has nothing to be closed, which
otherwise the garbage collector would do, at an instant of its own choice.
"""

from collections.abc import Awaitable, Callable, Sequence
from enum import StrEnum
from typing import Generic, TypeVar

from cloudsim.errors.own import SettingError, did_you_mean

ItemT = TypeVar("ItemT")


class PageStyle(StrEnum):
    """How the pages of a list are asked for."""

    TOKENS = "tokens"
    """NextToken and MaxResults: what is made or ended between two pages does not shift the rest."""
    PAGES = "pages"
    """PageNumber and PageSize: what is ended between two pages lets one slip through."""


def as_style(style: str) -> PageStyle:
    """Take a style, or the text of one.

    Raises:
        SettingError: there is none of that name.
    """
    if style not in list(PageStyle):
        raise SettingError(f"there is no style of pages {style!r}; {did_you_mean(str(style), map(str, PageStyle))}")
    return PageStyle(style)


class Listing(Generic[ItemT]):
    """All there is in a list: ``async for vpc in client.all_vpcs(): ...``.

    Args:
        next_page: gives the items of the next page, and whether another one follows.
    """

    __slots__ = ("_has_more", "_next_page", "_page", "_place")

    def __init__(self, next_page: Callable[[], Awaitable[tuple[Sequence[ItemT], bool]]]) -> None:
        self._next_page = next_page
        self._page: Sequence[ItemT] = ()
        self._place = 0
        self._has_more = True

    def __aiter__(self) -> "Listing[ItemT]":
        return self

    async def __anext__(self) -> ItemT:
        """Give the next item.

        Raises:
            StopAsyncIteration: there is none.
            ApiError: the call for the next page was refused; the same page is asked for once more if one goes on.
        """
        while self._place >= len(self._page):
            if not self._has_more:
                raise StopAsyncIteration
            self._page, self._has_more = await self._next_page()
            self._place = 0
        item = self._page[self._place]
        self._place += 1
        return item
