"""Where the codes come from, each with how sure that is.

``documented`` is a page or metadata of the vendor, ``observed`` a real log, ``chosen`` our own answer to what no
document says. A message's words are those that old pages, or pages of sister operations, print, where they do; the
facts in it are ours, since the reference prints ``%s``.
"""

from typing import Final

REFERENCE: Final = "CreateNetworkInterface reference, error codes (documented)"
COMMON: Final = "common error codes of ECS (documented)"
ASSIGN: Final = "AssignPrivateIpAddresses and AssignIpv6Addresses, error codes (documented)"
UNASSIGN: Final = "UnassignPrivateIpAddresses, error codes (documented)"
MODIFY: Final = "ModifyNetworkInterfaceAttribute, error codes (documented)"
DELETE: Final = "DeleteNetworkInterface, error codes (documented)"
DESCRIBE: Final = "DescribeNetworkInterfaces, error codes (documented code and status; the text is chosen)"
METADATA: Final = "API metadata of RunInstances (documented code; status and text are chosen)"
TOKENS: Final = "How to ensure idempotence; CreateSecurityGroup and RunInstances, error codes (documented)"
BURNT: Final = "bosh-alicloud-cpi issue 105, terway pull request 934 (observed; the HTTP status 403 is chosen)"
CONFLICT: Final = "terraform-provider-alicloud pull request 4173 (observed; status and text are chosen)"
THROTTLING: Final = "API throttling page of ECS (documented)"
DEEP_PAGES: Final = "VPC SDK, DescribeVSwitches (documented code; status, text and cause are chosen)"
VPC: Final = "VPC API 2016-04-28, operation notes and error codes of its SDK (documented)"
VPC_CHOSEN: Final = "terraform-provider-alicloud, what it tries again (observed; status and text are chosen)"
RESERVATIONS: Final = (
    "CreateVSwitchCidrReservation, notes (documented as a limit or a precondition; code, status and text are chosen)"
)
GROUPS: Final = "operations on security groups, error codes (documented)"
INSTANCES: Final = "operations on instances, error codes (documented)"
LAUNCH: Final = "RunInstances, help page of 2024 (documented; the facts in the text are chosen)"
TAGGING: Final = "TagResources, UntagResources, ListTagResources, error codes (documented)"
TAG_FILTERS: Final = "ListTagResources, Tag.N.Value (documented code; status and text are chosen)"
REGROUPING: Final = "JoinResourceGroup, error codes (documented)"
ATTRIBUTES: Final = "DescribeAccountAttributes, error codes (documented)"
ATTACH: Final = "AttachNetworkInterface and DetachNetworkInterface, error codes (documented)"
ATTACH_CHOSEN: Final = (
    "AttachNetworkInterface and DetachNetworkInterface, error codes (documented code and status; the cause is chosen)"
)
STOCK: Final = "RunInstances, error codes (documented; the facts in the text are chosen)"
OBSERVED: Final = (
    "RunInstances, error codes (documented); terraform-provider-alicloud issue 5172, terway PR 720 (observed)"
)
GATEWAY: Final = "public error codes of the API gateway (documented; the facts in the text are ours)"
GATEWAY_CHOSEN: Final = (
    "public error codes of the API gateway (documented codes; the HTTP status and the cause are chosen)"
)
