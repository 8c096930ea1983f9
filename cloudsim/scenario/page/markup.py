"""HTML as text that is escaped by construction: whatever is not markup already is escaped where it is put in.

A page is a few thousand elements at most, so a template engine would be a dependency for thirty lines.
"""

from collections.abc import Iterable
from html import escape
from typing import Final, TypeAlias

_VOID: Final = ("meta", "link", "wbr")
_JOINTS: Final = "_:/.-"


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


Attribute: TypeAlias = "str | int | bool"


def element(name: str, /, *children: str | Iterable[str], **attributes: Attribute) -> Markup:
    """Make an element.

    Args:
        name: of the element.
        children: texts, which are escaped, and markup, which is not; also iterables of them.
        attributes: ``class_`` stands for ``class``, ``data_step`` for ``data-step``; True is an attribute without a
            value, and False, like an empty class, is none.
    """
    said = "".join(_attribute(key.rstrip("_").replace("_", "-"), value) for key, value in attributes.items())
    if name in _VOID:
        return Markup(f"<{name}{said}>")
    return Markup(f"<{name}{said}>{join(*children)}</{name}>")


def join(*parts: str | Iterable[str]) -> Markup:
    """Put texts and markup one after the other."""
    return Markup("".join(_text(part) if isinstance(part, str) else join(*part) for part in parts))


def breakable(name: str) -> Markup:
    """Write a long name so that it may be broken after its joints."""
    return join(*(join(letter, element("wbr")) if letter in _JOINTS else letter for letter in name))


def _text(part: str) -> str:
    return part if isinstance(part, Markup) else escape(part)


def _attribute(name: str, value: Attribute) -> str:
    if value is False or (name == "class" and not value):
        return ""
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'
