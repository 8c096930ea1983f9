"""The table of refusals of a create: what provokes each, in which phase, and what shows it.

The reference prints 34 codes, but its table is shared by the whole family of ENI operations: nine of them no create can
give, and they name the operation that gives them instead of a phase. Behind the reference's codes come those that newer
documents add. Refusals that are in no row, such as Throttling, only a fault gives.

Phases are named as ``cloudsim.operations.operation.Phase`` names them; rules that need no state count as ADMIT.

Source: CreateNetworkInterface reference, error codes; eni_api.md sections 1.3, 2.1 to 2.3 and 3.
"""

from collections.abc import Iterator
from typing import Final

from cloudsim.errors import account, addresses, network, parameters, queues, quota, tags, tokens
from cloudsim.errors.base import ApiError
from cloudsim.errors.table.rows import TESTS, CodeRow


def _rows(phase: str, *rows: tuple[type[ApiError], str]) -> Iterator[CodeRow]:
    for error, trigger in rows:
        yield CodeRow(error=error, trigger=trigger, phase=phase)


REFERENCE_ROWS: Final = (
    *_rows(
        "ADMIT",
        (account.AbsInvalidAccountNotFound, "an account, RAM user or key that is unknown or not in force"),
        (account.InvalidUserTypeNotSupported, "an account of a kind that may not have ENIs"),
        (account.ForbiddenNotSupportRAM, "a RAM user calls where RAM users are not supported"),
        (account.ForbiddenSubUser, "a RAM user calls an action that he is denied"),
        (parameters.MissingParameter, "RegionId, VSwitchId, or both forms of security groups not given or empty"),
        (parameters.UnsupportedParameter, "a newer parameter under the profile classic"),
        (parameters.InvalidParameter, "a name, description, list, count or queue number out of form or range"),
        (parameters.InvalidParameterConflict, "both forms of security groups, or a list and its count"),
        (tags.QuotaExceedTags, "more than 20 tags"),
        (tags.InvalidTagKeyMalformed, "a tag key that is empty, too long, reserved or a link"),
        (tags.InvalidTagValueMalformed, "a tag value that is too long, reserved or a link"),
        (tags.DuplicateTagKey, "a tag key twice"),
        (addresses.InvalidIpAddress, "an IPv6 address where IPv4 is wanted, or a malformed IPv6 address"),
        (addresses.InvalidIpIpRepeated, "an address twice in one request"),
        (account.ForbiddenRegionId, "a region that is out of service for the account"),
    ),
    *_rows(
        "RESOLVE",
        (network.InvalidVSwitchIdNotFound, "a vSwitch that the account does not have in the region"),
        (network.InvalidSecurityGroupIdNotFound, "a security group that the account does not have in the region"),
        (network.InvalidSecurityGroupIdNotVpc, "a security group of the classic network"),
        (network.InvalidOperationVpcMismatch, "a security group of another VPC than the vSwitch's"),
        (network.InvalidResourceGroupNotFound, "a resource group that the account does not have"),
    ),
    CodeRow(
        error=quota.MaxEniCountExceeded,
        trigger="one more ENI than the account's quota in the region, places held for other requests counted",
        phase="RESERVE_QUOTA",
        shown_by="quota_exhaustion",
    ),
    CodeRow(
        error=quota.SecurityGroupInstanceLimitExceed,
        trigger="more addresses than the security group has room for",
        phase="RESERVE_QUOTA",
    ),
    CodeRow(
        error=addresses.InvalidVSwitchIdIpNotEnough,
        trigger="more addresses than the vSwitch has free",
        phase="LEASE_ADDRESSES",
        shown_by="ip_not_enough",
    ),
    CodeRow(
        error=addresses.InvalidVSwitchIdIpInvalid,
        trigger="an address outside the vSwitch's block or reserved in it; a malformed one is refused in ADMIT",
        phase="LEASE_ADDRESSES",
    ),
    CodeRow(
        error=addresses.InvalidPrivateIpAddressDuplicated,
        trigger="an address that somebody has, or has leased",
        phase="LEASE_ADDRESSES",
        shown_by="named_collision",
    ),
)
"""The reference's codes that a create can give."""


def _family(error: type[ApiError], operation: str, trigger: str) -> CodeRow:
    return CodeRow(error=error, trigger=trigger, phase=None, shown_by=TESTS, operation=operation)


_ON_AN_INSTANCE: Final = "AttachNetworkInterface, DetachNetworkInterface"

FAMILY_ROWS: Final = (
    _family(network.InvalidInstanceIDMalformed, _ON_AN_INSTANCE, "an InstanceId that is no id"),
    _family(network.InvalidEcsIdNotFound, _ON_AN_INSTANCE, "an instance that does not exist"),
    _family(
        network.InvalidOperationInvalidEcsState, _ON_AN_INSTANCE, "an instance that is neither running nor stopped"
    ),
    _family(
        network.InvalidEniIdNotFound,
        f"{_ON_AN_INSTANCE}, DeleteNetworkInterface",
        "an ENI that does not exist",
    ),
    _family(
        network.InvalidOperationInvalidEniState,
        f"{_ON_AN_INSTANCE}, DeleteNetworkInterface",
        "an ENI whose state has no such move",
    ),
    _family(
        network.InvalidOperationInvalidEniType,
        "AttachNetworkInterface, DeleteNetworkInterface",
        "a primary ENI where a secondary one is wanted",
    ),
    _family(
        network.InvalidOperationDetachPrimaryEniNotAllowed,
        "DetachNetworkInterface",
        "the primary ENI of an instance",
    ),
    _family(
        network.InvalidOperationAvailabilityZoneMismatch,
        "AttachNetworkInterface",
        "ENI and instance in different zones",
    ),
    _family(
        quota.EniPerInstanceLimitExceeded, "AttachNetworkInterface", "one more ENI than the instance type has slots"
    ),
)
"""The reference's codes that only sister operations give."""

NEWER_ROWS: Final = (
    *_rows(
        "ADMIT",
        (account.InvalidRegionIdNotFound, "a region that does not exist"),
        (network.InvalidParameterSecurityGroupIdRepeated, "a security group twice, under the profile current"),
        (quota.JoinedGroupLimitExceed, "more security groups than an ENI may be in"),
        (tokens.InvalidClientTokenValueNotSupported, "a ClientToken longer than 64 characters or beyond ASCII"),
        (queues.InvalidParameterInvalidEniQueueNumber, "a QueueNumber outside 1 to 2048, under the profile current"),
        (queues.InvalidParameterEniType, "an InstanceType other than Secondary and Trunk"),
        (queues.InvalidParameterEniTrafficMode, "a traffic mode other than Standard and HighPerformance"),
        (queues.InvalidParameterQueuePairNumberMustEmpty, "QueuePairNumber without HighPerformance"),
        (queues.InvalidParameterInvalidQueuePairNumber, "a QueuePairNumber below 1"),
        (queues.InvalidParameterEniQueueSize, "RxQueueSize and TxQueueSize unequal, or neither 8192 nor 16384"),
        (queues.InvalidParameterEniConnectionTrackingConfiguration, "a time-out that is none of the documented"),
        (queues.InvalidParameterEniEnhancedNetwork, "virtual functions without EnableSriov, or it without them"),
        (addresses.InvalidIpIpPrefixIllegal, "a prefix that is no prefix"),
        (addresses.InvalidIpIpPrefixMaskNotSame, "prefixes of different lengths in one request"),
        (addresses.InvalidIpIpPrefixMaskInvalid, "an IPv4 prefix other than /28, an IPv6 one other than /80"),
        (addresses.InvalidIpIpPrefixNotStrict, "a prefix with host bits set"),
        (quota.MaxEniPrivateIpsCountExceeded, "more than 50 private addresses and prefixes together"),
        (quota.MaxEniIpv6IpsCountExceeded, "more than 10 IPv6 addresses and prefixes together"),
    ),
    *_rows(
        "CLAIM_TOKEN",
        (tokens.IdempotentParameterMismatch, "a ClientToken that stands for other parameters"),
    ),
    CodeRow(
        error=tokens.IdempotentFailed,
        trigger="a ClientToken whose call ended without an answer",
        phase="CLAIM_TOKEN",
        shown_by="burnt_token",
    ),
    CodeRow(
        error=tokens.IdempotentProcessing,
        trigger="a ClientToken whose call still runs",
        phase="CLAIM_TOKEN",
        shown_by="token_race",
    ),
    CodeRow(
        error=tokens.LastTokenProcessing,
        trigger="likewise, if policy.token_in_use is last-token-processing",
        phase="CLAIM_TOKEN",
    ),
    *_rows(
        "RESOLVE",
        (addresses.InvalidOperationRegionNotSupportIpPrefix, "prefixes in a region that has none"),
        (queues.InvalidEniQueueSizeRegionOrUserNotSupported, "depths of queues from an account not let set them"),
        (
            queues.InvalidConnectionTrackingConfigurationRegionOrUserNotSupported,
            "time-outs of connection tracking from an account not let set them",
        ),
        (network.IncorrectVSwitchStatus, "a vSwitch that is being changed"),
        (network.InvalidOperationMultiGroupType, "basic and enterprise security groups together"),
        (quota.AclLimitExceed, "security groups with more than 1,000 rules together"),
        (network.InvalidOperationResourceManagedByCloudProduct, "a security group that a cloud product manages"),
    ),
    *_rows(
        "RESERVE_QUOTA",
        (network.InvalidOperationEniCountExceeded, "an enterprise security group without room for one more ENI"),
    ),
    *_rows(
        "LEASE_ADDRESSES",
        (addresses.InvalidVSwitchIpv6NotTurnOn, "an IPv6 address in a vSwitch without IPv6"),
    ),
)
"""Codes of newer documents that a create can give."""

CREATE_TABLE: Final = (*REFERENCE_ROWS, *FAMILY_ROWS, *NEWER_ROWS)
"""Every row."""
