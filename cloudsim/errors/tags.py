"""Tags: too many, twice, or malformed."""

from cloudsim.errors.base import ApiError
from cloudsim.errors.sources import REFERENCE


class DuplicateTagKey(ApiError):
    """One tag key is said twice."""

    code = "Duplicate.TagKey"
    http_status = 400
    form = "The Tag.N.Key contain duplicate key."
    source = REFERENCE


class InvalidTagKeyMalformed(ApiError):
    """A tag key is malformed, empty or reserved."""

    code = "InvalidTagKey.Malformed"
    http_status = 400
    form = "The specified Tag.n.Key is not valid."
    source = REFERENCE


class InvalidTagValueMalformed(ApiError):
    """A tag value is malformed or reserved."""

    code = "InvalidTagValue.Malformed"
    http_status = 400
    form = "The specified Tag.n.Value is not valid."
    source = REFERENCE


class QuotaExceedTags(ApiError):
    """More tags are asked for than a resource may have."""

    code = "QuotaExceed.Tags"
    http_status = 403
    form = "The maximum number of tags is exceeded: asked for {asked}, the maximum is {limit}."
    source = REFERENCE
