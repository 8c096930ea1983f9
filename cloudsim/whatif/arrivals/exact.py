"""Numbers as people write them, exactly: ``0.1`` is a tenth."""

from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from cloudsim.errors.own import SettingError

Number: TypeAlias = int | float | Decimal | Fraction
"""What a file or a caller may give; a float stands for the shortest decimal text that reads back as it."""


def exact(number: Number) -> Fraction:
    """Take a number for what was written.

    Raises:
        SettingError: it is not finite.
    """
    try:
        return Fraction(repr(number)) if isinstance(number, float) else Fraction(number)
    except (ValueError, OverflowError) as error:
        raise SettingError(f"{number!r} is no finite number") from error
