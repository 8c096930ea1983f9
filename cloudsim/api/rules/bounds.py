"""What holds for numbers, lists, words and blocks wherever they are said."""

from collections.abc import Iterable
from typing import Final

from cloudsim.errors.parameters import InvalidParameter
from cloudsim.errors.queues import InvalidParameterInvalidEniQueueNumber

QUEUES_MAX: Final = 2048
"""Queues of one ENI, of whatever type its instance is."""


def require_range(parameter: str, value: int | None, least: int, most: int) -> None:
    """Refuse a number that is given and out of its range.

    Raises:
        InvalidParameter: the number is below ``least`` or above ``most``.
    """
    if value is not None and not least <= value <= most:
        raise InvalidParameter(parameter=parameter, reason=f"asked for {value}, {least} to {most} are allowed")


def require_least(parameter: str, value: int | None, least: int) -> None:
    """Refuse a number that is given and too small, where nothing says how large it may be.

    Raises:
        InvalidParameter: the number is below ``least``.
    """
    if value is not None and value < least:
        raise InvalidParameter(parameter=parameter, reason=f"asked for {value}, at least {least} is allowed")


def require_short(parameter: str, items: tuple[object, ...] | None, most: int) -> None:
    """Refuse a list that is too long.

    Raises:
        InvalidParameter: there are more than ``most`` items.
    """
    if items and len(items) > most:
        raise InvalidParameter(parameter=parameter, reason=f"{len(items)} are listed, the maximum is {most}")


def require_word(parameter: str, word: str | None, known: Iterable[str]) -> None:
    """Refuse a word that is given and none of those that there are.

    Raises:
        InvalidParameter: it is none of them.
    """
    words = list(known)
    if word and word not in words:
        raise InvalidParameter(parameter=parameter, reason=f'"{word}" is none of {", ".join(words)}')


def require_queues(number: int | None) -> None:
    """Refuse a number of queues that is given and none that an ENI may have.

    Raises:
        InvalidParameterInvalidEniQueueNumber: it is below 1 or above 2048.
    """
    if number is not None and not 1 <= number <= QUEUES_MAX:
        raise InvalidParameterInvalidEniQueueNumber(asked=number, reason=f"1 to {QUEUES_MAX} are allowed")
