"""What answers are made of: the root of all, and what several of them show.

A field's wire name stands beside it where it is not simply the same in capitals; one with a dot is a list in its
wrapper, such as ``SecurityGroupIds.SecurityGroupId``, and ``render`` writes it so. What is None is left out.

Source: wire.md W15 to W20.
"""

from typing import ClassVar

import msgspec


class Shape(msgspec.Struct, frozen=True, kw_only=True, rename="pascal", gc=False):
    """A part of an answer, with the documented names."""


class Answer(Shape, frozen=True, kw_only=True, gc=False):
    """The answer of an action; ``action`` names the root of its XML form."""

    action: ClassVar[str]
    request_id: str
    """Fresh for every call, also for one that repeats another's ClientToken."""


class TagPair(Shape, frozen=True, kw_only=True, gc=False):
    """A tag; answers of ECS say TagKey and TagValue where requests say Key and Value."""

    tag_key: str
    tag_value: str


class VpcTag(Shape, frozen=True, kw_only=True, gc=False):
    """A tag in an answer of the VPC API, which says Key and Value."""

    key: str
    value: str
