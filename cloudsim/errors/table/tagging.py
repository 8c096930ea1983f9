"""What the operations on tags and resource groups refuse.

Source: eni_api.md section 2.12; the references of the four operations, error codes.
"""

from typing import Final

from cloudsim.errors import network, parameters, tagging, tags
from cloudsim.errors.table.rows import CodeRow, rows_of

_PLACE: Final = (
    (tagging.MissingParameterRegionId, "no RegionId"),
    (tagging.MissingParameterResourceType, "no ResourceType"),
    (tagging.MissingParameterTags, "nothing that says which tags"),
    (tagging.NumberExceedResourceIds, "more than 50 resources"),
    (tagging.NumberExceedTags, "more than 20 tags"),
    (tagging.InvalidResourceTypeNotFound, "a type of resources that does not exist here"),
)
_RESOURCES: Final = (tagging.InvalidResourceIdNotFound, "a resource that the account does not have in the region")
_NO_PERMISSION: Final = (tagging.NoPermissionTag, "a tag that the RAM user is denied")
_NO_RESOURCES: Final = (tagging.MissingParameterResourceIds, "no ResourceId.N")

ROWS: Final[tuple[CodeRow, ...]] = (
    *rows_of(
        "TagResources",
        "ADMIT",
        *_PLACE,
        _NO_RESOURCES,
        (tags.DuplicateTagKey, "a tag key twice"),
        (tags.InvalidTagKeyMalformed, "a malformed tag key"),
        (tags.InvalidTagValueMalformed, "a malformed tag value"),
    ),
    *rows_of(
        "TagResources",
        "COMMIT",
        _NO_PERMISSION,
        _RESOURCES,
        (tagging.ResourceQuotaExceedTags, "a resource that would come to have more than 20 tags"),
        (tagging.OperationDeniedQuotaExceed, "a further tag for a resource that has 20"),
    ),
    *rows_of("UntagResources", "ADMIT", *_PLACE, _NO_RESOURCES),
    *rows_of("UntagResources", "COMMIT", _RESOURCES, _NO_PERMISSION),
    *rows_of(
        "ListTagResources",
        "ADMIT",
        *_PLACE,
        (parameters.InvalidParameterConflict, "both Tag.N and TagFilter.N"),
        (parameters.InvalidParameter, "more than five filters, or values of one"),
        (tagging.InvalidParameterTagValue, "a tag with a value and no key"),
        (tags.InvalidTagKeyMalformed, "a tag or a filter with neither"),
    ),
    *rows_of("ListTagResources", "READ", _NO_PERMISSION),
    *rows_of("ListTagResources", "READ", (parameters.InvalidParameter, "a NextToken that is none of ours")),
    *rows_of(
        "JoinResourceGroup",
        "ADMIT",
        (tagging.MissingForResourceGroup, "a parameter that is not given"),
        (tagging.InvalidResourceTypeNotFound, "a type of resources that does not exist here"),
    ),
    *rows_of(
        "JoinResourceGroup",
        "COMMIT",
        _RESOURCES,
        (network.InvalidResourceGroupNotFound, "a resource group that the account does not have"),
    ),
)
"""Every row."""
