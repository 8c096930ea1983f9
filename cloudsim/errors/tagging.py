"""Tags and resource groups of any resource: what their own operations refuse.

What these operations miss has codes of its own, with the status 404; JoinResourceGroup misses with 403.
"""

from cloudsim.errors.base import ApiError
from cloudsim.errors.parameters import MissingParameter
from cloudsim.errors.sources import REGROUPING, TAG_FILTERS, TAGGING
from cloudsim.errors.tags import QuotaExceedTags


class MissingParameterRegionId(ApiError):
    """RegionId is not given."""

    code = "MissingParameter.RegionId"
    http_status = 404
    form = "The parameter - RegionId should not be null"
    source = TAGGING


class MissingParameterResourceType(ApiError):
    """ResourceType is not given."""

    code = "MissingParameter.ResourceType"
    http_status = 404
    form = "The parameter - ResourceType should not be null"
    source = TAGGING


class MissingParameterResourceIds(ApiError):
    """No ResourceId.N is given."""

    code = "MissingParameter.ResourceIds"
    http_status = 404
    form = "The parameter - ResourceIds.N should not be null"
    source = TAGGING


class MissingParameterTags(ApiError):
    """Nothing says which tags."""

    code = "MissingParameter.Tags"
    http_status = 404
    form = "The parameter - Tags should not be null"
    source = TAGGING


class MissingForResourceGroup(MissingParameter):
    """JoinResourceGroup lacks a parameter."""

    http_status = 403
    source = REGROUPING


class NumberExceedResourceIds(ApiError):
    """One request names too many resources."""

    code = "NumberExceed.ResourceIds"
    http_status = 400
    form = "The ResourceIds parameter's number is exceed , Valid : {limit}, asked for {asked}"
    source = TAGGING


class NumberExceedTags(ApiError):
    """One request names too many tags."""

    code = "NumberExceed.Tags"
    http_status = 400
    form = "The Tags parameter's number is exceed , Valid : {limit}, asked for {asked}"
    source = TAGGING


class InvalidParameterTagValue(ApiError):
    """A tag to look for has a value and no key."""

    code = "InvalidParameter.TagValue"
    http_status = 400
    form = 'The Tag.N.Value "{value}" is given without a key.'
    source = TAG_FILTERS


class InvalidResourceTypeNotFound(ApiError):
    """There is no such type of resources, or it does not exist here."""

    code = "InvalidResourceType.NotFound"
    http_status = 404
    form = 'The ResourceType provided does not exist in our records: "{type}".'
    source = TAGGING


class InvalidResourceIdNotFound(ApiError):
    """There is no such resource."""

    code = "InvalidResourceId.NotFound"
    http_status = 404
    form = "The specified ResourceIds are not found in our records: {resource}."
    source = TAGGING


class ResourceQuotaExceedTags(QuotaExceedTags):
    """A resource would have more tags than it may have."""

    form = (
        "The maximum number of tags is exceeded: {resource} has {used} of {limit} tags, and would have {asked}."
    )  # fmt: skip
    source = TAGGING


class OperationDeniedQuotaExceed(ApiError):
    """A resource has as many tags as it may have, and can be given no other."""

    code = "OperationDenied.QuotaExceed"
    http_status = 400
    form = "The quota of tags on resource is beyond permitted range: {resource} has {used} of {limit}."
    source = TAGGING


class NoPermissionTag(ApiError):
    """A RAM user has to do with a tag that he is denied."""

    code = "NoPermission.Tag"
    http_status = 403
    form = 'The operator is not permission for the tag: RAM user {user} and key "{key}".'
    source = TAGGING
