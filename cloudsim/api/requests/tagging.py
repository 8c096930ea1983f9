"""Tags and resource groups, of any resource.

A type of resources is ``eni``, ``instance``, ``securitygroup``, ``vpc`` or ``vswitch``, in capitals or not.

Source: eni_api.md section 2.12; the references of the four operations.
"""

from typing import ClassVar

from msgspec import field

from cloudsim.api.requests.base import Request, Tag, TagFilter


class TagResources(Request, frozen=True, kw_only=True, gc=False):
    """Bind tags to resources, all or nothing."""

    action: ClassVar[str] = "TagResources"

    resource_ids: tuple[str, ...] | None = field(default=None, name="ResourceId")
    """Required; 1 to 50, of one type."""
    resource_type: str | None = None
    """Required."""
    tags: tuple[Tag, ...] | None = field(default=None, name="Tag")
    """Required; 1 to 20, each key once. A key that a resource has already gets the new value."""


class UntagResources(Request, frozen=True, kw_only=True, gc=False):
    """Take tags off resources."""

    action: ClassVar[str] = "UntagResources"

    resource_ids: tuple[str, ...] | None = field(default=None, name="ResourceId")
    """Required; 1 to 50, of one type."""
    resource_type: str | None = None
    """Required."""
    all: bool | None = None
    """Whether to take every tag off; in force only where no TagKey.N is given. This or TagKey.N is required."""
    tag_keys: tuple[str, ...] | None = field(default=None, name="TagKey")
    """1 to 20; a key that a resource lacks is no error."""


class ListTagResources(Request, frozen=True, kw_only=True, gc=False):
    """List tags of resources, or resources of tags."""

    action: ClassVar[str] = "ListTagResources"

    resource_type: str | None = None
    """Required."""
    next_token: str | None = None
    """From the page before."""
    resource_ids: tuple[str, ...] | None = field(default=None, name="ResourceId")
    """At most 50; one that is unknown finds nothing. These, Tag.N or TagFilter.N are required."""
    tags: tuple[Tag, ...] | None = field(default=None, name="Tag")
    """At most 20, all of which a resource has to have; one without a value finds every value of its key."""
    tag_filters: tuple[TagFilter, ...] | None = field(default=None, name="TagFilter")
    """At most 5, all of which have to fit. A key without values, or a value, is exact, or ends with ``*`` for
    "begins with", or has ``*`` at both ends for "contains"; any of up to 5 values will do. Not together with Tag.N."""


class JoinResourceGroup(Request, frozen=True, kw_only=True, gc=False):
    """Move a resource to another resource group."""

    action: ClassVar[str] = "JoinResourceGroup"

    resource_group_id: str | None = None
    """Required."""
    resource_id: str | None = None
    """Required."""
    resource_type: str | None = None
    """Required."""
