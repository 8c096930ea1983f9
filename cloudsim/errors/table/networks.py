"""What the operations on VPCs, vSwitches and reserved blocks refuse.

Source: eni_api.md section 2.13 and section 5.
"""

from collections.abc import Iterator
from typing import Final

from cloudsim.errors import addresses, network, parameters, service, tags, tokens, vpc
from cloudsim.errors.table.rows import CodeRow, rows_of


def _token_rows(operation: str) -> Iterator[CodeRow]:
    """What every operation with a ClientToken refuses because of it."""
    yield from rows_of(
        operation,
        "ADMIT",
        (tokens.InvalidClientTokenValueNotSupported, "a ClientToken longer than 64 characters or beyond ASCII"),
    )
    yield from rows_of(
        operation,
        "CLAIM_TOKEN",
        (tokens.IdempotentParameterMismatch, "a ClientToken that stands for other parameters"),
        (tokens.IdempotentFailed, "a ClientToken whose call ended without an answer"),
        (vpc.OperationFailedIdempotentTokenProcessing, "a ClientToken whose call still runs"),
        (vpc.OperationFailedLastTokenProcessing, "likewise, if policy.token_in_use is last-token-processing"),
    )


def _tag_rows(operation: str) -> Iterator[CodeRow]:
    """What every operation that binds tags refuses because of them."""
    yield from rows_of(
        operation,
        "ADMIT",
        (tags.QuotaExceedTags, "more than 20 tags"),
        (tags.InvalidTagKeyMalformed, "a tag key that is empty, too long, reserved or a link"),
        (tags.InvalidTagValueMalformed, "a tag value that is too long, reserved or a link"),
        (tags.DuplicateTagKey, "a tag key twice"),
    )


_DRY_RUN: Final = (parameters.DryRunOperation, "a dry run that passes every check")
_NO_VPC: Final = (vpc.InvalidVpcIdNotFound, "a VPC that the account does not have in the region")
_NO_VSWITCH: Final = (network.InvalidVSwitchIdNotFound, "a vSwitch that the account does not have in the region")
_VPC_STATUS: Final = (vpc.IncorrectVpcStatus, "a VPC that is being made or ended")
_VSWITCH_STATUS: Final = (network.IncorrectVSwitchStatus, "a vSwitch that is being made or ended")

VPC_ROWS: Final = (
    *_token_rows("CreateVpc"),
    *_tag_rows("CreateVpc"),
    *rows_of(
        "CreateVpc",
        "ADMIT",
        (vpc.InvalidVpcNameMalformed, "a name of more than 128 characters, or like a link"),
        (parameters.InvalidParameter, "a block that no VPC may have, or a malformed description"),
        (vpc.InvalidCidrBlockMalformed, "a CidrBlock that is no IPv4 block"),
    ),
    *rows_of(
        "CreateVpc",
        "RESERVE_QUOTA",
        (network.InvalidResourceGroupNotFound, "a resource group that the account does not have"),
        (vpc.QuotaExceededVpc, "one more VPC than the account may have in the region"),
        _DRY_RUN,
    ),
    *_token_rows("DeleteVpc"),
    *rows_of(
        "DeleteVpc",
        "COMMIT",
        _NO_VPC,
        _VPC_STATUS,
        (vpc.DependencyViolationVSwitch, "a VPC with vSwitches"),
        (vpc.DependencyViolationSecurityGroup, "a VPC with security groups"),
        (vpc.DependencyViolation, "a VPC that a request in flight stands on"),
        _DRY_RUN,
    ),
    *rows_of("DescribeVpcs", "ADMIT", (parameters.InvalidParameter, "a page size of more than 50"), _DRY_RUN),
    *rows_of("DescribeVpcAttribute", "READ", _NO_VPC, _DRY_RUN),
    *rows_of(
        "ModifyVpcAttribute",
        "COMMIT",
        (vpc.InvalidVpcNameMalformed, "a name of more than 128 characters, or like a link"),
        (parameters.InvalidParameter, "an IPv6 block that is no /56, or another one than the VPC has"),
        _NO_VPC,
        _VPC_STATUS,
    ),
)
"""Of the operations on VPCs."""

ROUTE_TABLE_ROWS: Final = tuple(
    rows_of(
        "DescribeRouteTableList",
        "ADMIT",
        (parameters.InvalidParameter, "a type of routers or tables that there is not, or a page size of more than 50"),
    )
)
"""Of the operation on route tables."""

VSWITCH_ROWS: Final = (
    *_token_rows("CreateVSwitch"),
    *_tag_rows("CreateVSwitch"),
    *rows_of(
        "CreateVSwitch",
        "ADMIT",
        (parameters.InvalidParameterConflict, "CidrBlock and CidrMask together"),
        (vpc.InvalidCidrBlockMalformed, "a CidrBlock that is no IPv4 block"),
        (vpc.InvalidCirdrBlockMaskLength, "a mask that is not 16 to 29"),
    ),
    *rows_of(
        "CreateVSwitch",
        "RESOLVE",
        _NO_VPC,
        _VPC_STATUS,
        (network.IncorrectVSwitchStatus, "another vSwitch of the VPC is being made"),
        (vpc.InvalidZoneIdNotFound, "a zone that the region does not have"),
        (parameters.InvalidParameter, "a block outside of those of the VPC, or a malformed name"),
        (vpc.InvalidCidrBlockOverlapped, "a block, IPv4 or IPv6, of which a vSwitch has addresses"),
    ),
    *rows_of("CreateVSwitch", "RESERVE_QUOTA", (vpc.QuotaExceededVSwitch, "one more vSwitch than a VPC may have")),
    *rows_of(
        "DeleteVSwitch",
        "COMMIT",
        _NO_VSWITCH,
        _VSWITCH_STATUS,
        (vpc.OperationDeniedOtherSubnetProcessing, "another vSwitch of the VPC is being made or ended"),
        (
            vpc.DependencyViolation,
            "ENIs, requests in flight, reserved blocks or other products' addresses in it",
            "vswitch_in_use",
        ),
        _DRY_RUN,
    ),
    *rows_of(
        "DescribeVSwitches",
        "READ",
        (parameters.InvalidParameter, "a page size of more than 50"),
        (vpc.InvalidVpcIdNotFound, "an unknown VPC that would have told the region"),
        (service.ThrottlingDeepPageSkip, "a page that skips more than throttling.deep_page"),
        _DRY_RUN,
    ),
    *rows_of("DescribeVSwitchAttributes", "READ", _NO_VSWITCH, _DRY_RUN),
    *rows_of(
        "ModifyVSwitchAttribute",
        "COMMIT",
        (parameters.InvalidParameter, "a malformed name, or IPv6 in a VPC that has none"),
        _NO_VSWITCH,
        _VSWITCH_STATUS,
        (vpc.InvalidCidrBlockOverlapped, "an IPv6 block that another vSwitch has"),
    ),
)
"""Of the operations on vSwitches."""

RESERVATION_ROWS: Final = (
    *_token_rows("CreateVSwitchCidrReservation"),
    *_tag_rows("CreateVSwitchCidrReservation"),
    *rows_of(
        "CreateVSwitchCidrReservation",
        "ADMIT",
        (parameters.InvalidParameterConflict, "two of block, mask and number of prefixes"),
        (vpc.InvalidCidrBlockMalformed, "a block that is none of the family"),
    ),
    *rows_of(
        "CreateVSwitchCidrReservation",
        "COMMIT",
        _NO_VSWITCH,
        _VSWITCH_STATUS,
        (addresses.InvalidVSwitchIpv6NotTurnOn, "an IPv6 block of a vSwitch without IPv6"),
        (vpc.QuotaExceededVSwitchCidrReservation, "one more block of a family than a vSwitch may have"),
        (parameters.InvalidParameter, "a block that is too large or small, outside, of the system, or in use"),
        (vpc.InvalidCidrBlockOverlapped, "a block that overlaps another reserved one"),
        (addresses.InvalidVSwitchIdIpNotEnough, "a mask of which no block is wholly free"),
        _DRY_RUN,
    ),
    *_token_rows("DeleteVSwitchCidrReservation"),
    *rows_of(
        "DeleteVSwitchCidrReservation",
        "COMMIT",
        (vpc.InvalidVSwitchCidrReservationIdNotFound, "a reserved block that the account does not have in the region"),
        (vpc.IncorrectStatus, "a reserved block that is being made or given back"),
        (vpc.DependencyViolation, "a reserved block of which prefixes are in use"),
        _DRY_RUN,
    ),
    *rows_of(
        "ListVSwitchCidrReservations",
        "ADMIT",
        (parameters.InvalidParameter, "more than 10 ids, or a page of more than 100"),
    ),
)
"""Of the operations on reserved blocks."""

ROWS: Final[tuple[CodeRow, ...]] = (*VPC_ROWS, *ROUTE_TABLE_ROWS, *VSWITCH_ROWS, *RESERVATION_ROWS)
"""Every row."""
