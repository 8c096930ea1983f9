"""Members of enumerations that are looked up as fast as any other attribute.

Python 3.11 finds ``Phase.COMMIT`` by a descriptor that is written in Python, which takes ten times as long as an
attribute and longer than a call; from 3.12 on members are attributes. A create looks up more than a dozen.
"""

from enum import Enum
from typing import TypeVar

EnumT = TypeVar("EnumT", bound=Enum)


def quick_members(kind: type[EnumT]) -> type[EnumT]:
    """Make the members of an enumeration plain attributes of its class; nothing else about it changes."""
    for name, member in kind.__members__.items():
        type.__setattr__(kind, name, member)
    return kind
