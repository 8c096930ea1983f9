"""Tags and resource groups, of any resource."""

from typing import Any, Final

from cloudsim.api.requests import JoinResourceGroup, ListTagResources, Request, TagResources, UntagResources
from cloudsim.operations.operation import OperationKind
from cloudsim.operations.tagging import listing, resource_group, tag

KINDS: Final[dict[type[Request], OperationKind[Any]]] = {
    TagResources: OperationKind(tag.tag, tag.footprint),
    UntagResources: OperationKind(tag.untag, tag.footprint),
    ListTagResources: OperationKind(listing.list_tags, listing.footprint),
    JoinResourceGroup: OperationKind(resource_group.join, resource_group.footprint),
}
"""Which operation does which request."""
