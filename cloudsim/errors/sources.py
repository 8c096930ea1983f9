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
DESCRIBE: Final = "DescribeNetworkInterfaces, error codes (documented; the text is chosen)"
METADATA: Final = "API metadata of RunInstances (documented code; status and text are chosen)"
TOKENS: Final = "How to ensure idempotence; CreateSecurityGroup and RunInstances, error codes (documented)"
BURNT: Final = "bosh-alicloud-cpi issue 105, terway pull request 934 (observed; the HTTP status 403 is chosen)"
CONFLICT: Final = "terraform-provider-alicloud pull request 4173 (observed; status and text are chosen)"
THROTTLING: Final = "API throttling page of ECS (documented)"
OBSERVED: Final = (
    "RunInstances, error codes (documented); terraform-provider-alicloud issue 5172, terway PR 720 (observed)"
)
