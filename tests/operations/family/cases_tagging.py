"""Refusals of the operations of this subject."""

from typing import Any

from cloudsim.api.requests import (
    JoinResourceGroup,
    ListTagResources,
    Tag,
    TagFilter,
    TagResources,
    UntagResources,
)
from tests.operations.family.harness import Case, case
from tests.small_world import REGION, Watched

USUAL: dict[str, Any] = {"region_id": REGION, "resource_type": "securitygroup", "resource_ids": ("sg-main",)}
TAGS = tuple(Tag(key=f"k{n}", value="v") for n in range(21))


def tag(**said: Any) -> TagResources:
    return TagResources(**{**USUAL, "tags": (Tag(key="a", value="b"),), **said})


def untag(**said: Any) -> UntagResources:
    return UntagResources(**{**USUAL, "tag_keys": ("a",), **said})


def listed(**said: Any) -> ListTagResources:
    return ListTagResources(**{**USUAL, **said})


def regroup(**said: Any) -> JoinResourceGroup:
    usual = {"resource_type": "securitygroup", "resource_id": "sg-main", "resource_group_id": "rg-x"}
    return JoinResourceGroup(**{"region_id": REGION, **usual, **said})


def of_all(ask: Any, nothing: Any, too_many: Any) -> tuple[Case, ...]:
    """What tagging, untagging and listing refuse alike."""
    return (
        case("MissingParameter.RegionId", 404, ask(region_id=None)),
        case("MissingParameter.ResourceType", 404, ask(resource_type=None)),
        case("MissingParameter.Tags", 404, nothing),
        case("NumberExceed.ResourceIds", 400, ask(resource_ids=tuple(f"sg-{n}" for n in range(51))), "50", "51"),
        case("NumberExceed.Tags", 400, too_many, "20", "21"),
        case("InvalidResourceType.NotFound", 404, ask(resource_type="disk"), "disk"),
    )


def tagged(count: int) -> Any:
    def before(sim: Watched) -> None:
        sim.ask(tag(tags=TAGS[:count]))

    return before


CASES: tuple[Case, ...] = (
    *of_all(tag, tag(tags=None), tag(tags=TAGS)),
    *of_all(untag, untag(tag_keys=None, all=False), untag(tag_keys=tuple(f"k{n}" for n in range(21)))),
    *of_all(listed, listed(resource_ids=None), listed(tags=TAGS)),
    case("MissingParameter.ResourceIds", 404, tag(resource_ids=())),
    case("MissingParameter.ResourceIds", 404, untag(resource_ids=None)),
    case("Duplicate.TagKey", 400, tag(tags=(Tag(key="a"), Tag(key="a")))),
    case("InvalidTagKey.Malformed", 400, tag(tags=(Tag(key=""),))),
    case("InvalidTagValue.Malformed", 400, tag(tags=(Tag(key="a", value="acs:"),))),
    case("InvalidResourceId.NotFound", 404, tag(resource_ids=("sg-main", "sg-x")), "sg-x"),
    case("InvalidResourceId.NotFound", 404, untag(resource_ids=("sg-x",)), "sg-x"),
    case("InvalidResourceId.NotFound", 404, regroup(resource_id="sg-x"), "sg-x"),
    case("QuotaExceed.Tags", 403, tag(tags=TAGS[5:20]), "sg-main", "6 of 20", "21", before=lambda sim: (
        sim.ask(tag(tags=(*TAGS[:5], TAGS[20])))
    )),
    case("OperationDenied.QuotaExceed", 400, tag(), "sg-main", "20 of 20", before=tagged(20)),
    case("InvalidParameter.Conflict", 400, listed(tags=TAGS[:1], tag_filters=(TagFilter(tag_key="a"),)), "Tag.N"),
    case("InvalidParameter", 400, listed(tag_filters=(TagFilter(tag_key="a"),) * 6), "TagFilter.N", "6", "5"),
    case(
        "InvalidParameter", 400, listed(tag_filters=(TagFilter(tag_key="a", tag_values=("v",) * 6),)),
        "TagValues", "6", "5",
    ),
    case("InvalidParameter", 400, listed(next_token="odd"), "NextToken", "odd"),
    case("InvalidParameter.TagValue", 400, listed(tags=(Tag(value="v"),)), "v"),
    case("InvalidTagKey.Malformed", 400, listed(tags=(Tag(),))),
    case("InvalidTagKey.Malformed", 400, listed(tag_filters=(TagFilter(tag_values=("v",)),))),
    case("MissingParameter", 403, regroup(resource_id=None), "ResourceId"),
    case("MissingParameter", 403, regroup(resource_type=None), "ResourceType"),
    case("InvalidResourceType.NotFound", 404, regroup(resource_type="disk"), "disk"),
    case("InvalidResourceGroup.NotFound", 404, regroup()),
)  # fmt: skip
