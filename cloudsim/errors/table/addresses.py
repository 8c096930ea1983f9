"""What the operations on addresses of ENIs refuse.

Source: eni_api.md sections 2.6 to 2.8.
"""

from collections.abc import Iterator
from typing import Final

from cloudsim.errors import addresses, network, parameters, quota, tokens
from cloudsim.errors.table.rows import CodeRow, rows_of

_ASSIGN4: Final = "AssignPrivateIpAddresses"
_UNASSIGN4: Final = "UnassignPrivateIpAddresses"
_ASSIGN6: Final = "AssignIpv6Addresses"
_UNASSIGN6: Final = "UnassignIpv6Addresses"


def _rows_of_prefixes(operation: str) -> Iterator[CodeRow]:
    """Rows of names of prefixes."""
    return rows_of(
        operation,
        "ADMIT",
        (addresses.InvalidIpIpRepeated, "an address or a prefix twice in one request"),
        (addresses.InvalidIpIpPrefixIllegal, "a prefix that is no prefix"),
        (addresses.InvalidIpIpPrefixMaskNotSame, "prefixes of different lengths in one request"),
        (addresses.InvalidIpIpPrefixMaskInvalid, "an IPv4 prefix other than /28, an IPv6 one other than /80"),
        (addresses.InvalidIpIpPrefixNotStrict, "a prefix with host bits set"),
    )


def _rows_of_oddities(operation: str) -> Iterator[CodeRow]:
    """Rows of what the operations on IPv6 addresses answer with a status or a spelling of their own."""
    return rows_of(
        operation,
        "ADMIT",
        (addresses.MissingParameterOfIpv6, "RegionId, NetworkInterfaceId or all that is asked for not given"),
        (addresses.ForbiddenRegionIdOfIpv6, "a region that is out of service for the account"),
        (addresses.ForbeddenNotSupportRAM, "a RAM user calls where RAM users are not supported"),
        (addresses.ForbbidenSubUser, "a RAM user calls an action that he is denied"),
    )


def _rows_of_target(operation: str, phase: str) -> Iterator[CodeRow]:
    """Rows of finding the ENI."""
    return rows_of(
        operation,
        phase,
        (addresses.InvalidOperationRegionNotSupportIpPrefix, "prefixes in a region that has none"),
        (network.InvalidEniIdNotFound, "an ENI that the account does not have in the region"),
        (network.InvalidOperationInvalidEniState, "an ENI that is neither Available nor InUse"),
        (network.InvalidOperationEniServiceManaged, "an ENI that is InUse on no instance, and so a cloud product's"),
        (network.InvalidOperationInvalidEcsState, "an ENI on an instance that is neither Running nor Stopped"),
        (network.OperationConflict, "an ENI whose addresses another call is changing"),
    )


def _rows_of_assign(operation: str) -> Iterator[CodeRow]:
    """Rows of an assign of either family."""
    yield from rows_of(
        operation,
        "ADMIT",
        (parameters.UnsupportedParameter, "prefixes or IPv6 under the profile classic"),
        (parameters.InvalidParameter, "a list that is too long or a count out of range"),
        (parameters.InvalidParameterConflict, "a list and its count"),
        (tokens.InvalidClientTokenValueNotSupported, "a ClientToken longer than 64 characters or beyond ASCII"),
        (addresses.InvalidIpAddress, "an IPv6 address where IPv4 is wanted, or a malformed IPv6 address"),
    )
    yield from _rows_of_prefixes(operation)
    yield from rows_of(
        operation,
        "CLAIM_TOKEN",
        (tokens.IdempotentParameterMismatch, "a ClientToken that stands for other parameters"),
        (tokens.IdempotentProcessing, "a ClientToken whose call still runs"),
        (tokens.LastTokenProcessing, "likewise, if policy.token_in_use is last-token-processing"),
        (tokens.IdempotentFailed, "a ClientToken whose call ended without an answer"),
    )
    yield from _rows_of_target(operation, "RESOLVE")
    yield from rows_of(
        operation,
        "RESERVE_QUOTA",
        (quota.SecurityGroupInstanceLimitExceed, "more addresses than a basic security group has room for"),
    )
    yield from rows_of(
        operation,
        "LEASE_ADDRESSES",
        (addresses.InvalidIpIpAssigned, "an address or a prefix that the ENI has already"),
        (addresses.InvalidPrivateIpAddressDuplicated, "an address or a prefix that somebody else has"),
        (addresses.InvalidVSwitchIdIpNotEnough, "more addresses, or more whole blocks, than the vSwitch has free"),
    )


def _rows_of_unassign(operation: str) -> Iterator[CodeRow]:
    """Rows of an unassign of either family."""
    yield from rows_of(
        operation,
        "ADMIT",
        (parameters.UnsupportedParameter, "prefixes or IPv6 under the profile classic"),
        (parameters.InvalidParameter, "a list that is too long"),
    )
    yield from _rows_of_prefixes(operation)
    yield from _rows_of_target(operation, "COMMIT")
    yield from rows_of(
        operation,
        "COMMIT",
        (addresses.InvalidIpIpUnassigned, "an address that the ENI does not have, or its primary one"),
    )


ROWS: Final[tuple[CodeRow, ...]] = (
    *_rows_of_assign(_ASSIGN4),
    *rows_of(
        _ASSIGN4,
        "ADMIT",
        (parameters.MissingParameter, "RegionId, NetworkInterfaceId or all that is asked for not given"),
        (addresses.InvalidVSwitchIdIpInvalid, "a malformed address; one outside the block comes in LEASE_ADDRESSES"),
    ),
    *rows_of(
        _ASSIGN4,
        "RESOLVE",
        (quota.MaxEniPrivateIpsCountExceeded, "more than an ENI on no instance may have, or 50 anywhere"),
        (addresses.InvalidOperationIpv4CountExceeded, "more than the type of the ENI's instance allows"),
    ),
    *rows_of(
        _ASSIGN4,
        "LEASE_ADDRESSES",
        (addresses.VpcAddressesExceeded, "more addresses than the VPC may use"),
    ),
    *_rows_of_unassign(_UNASSIGN4),
    *rows_of(
        _UNASSIGN4,
        "ADMIT",
        (addresses.NothingToUnassign, "neither addresses nor prefixes named"),
        (parameters.InvalidParameterConflict, "both addresses and prefixes named"),
        (addresses.InvalidPrivateIpAddressMalformed, "what is no IPv4 address"),
    ),
    *rows_of(_UNASSIGN4, "COMMIT", (addresses.InvalidEniIdMalformed, "a NetworkInterfaceId that is no id")),
    *_rows_of_oddities(_ASSIGN6),
    *_rows_of_assign(_ASSIGN6),
    *rows_of(
        _ASSIGN6,
        "RESOLVE",
        (network.InvalidParamsEniId, "a NetworkInterfaceId that is no id"),
        (quota.MaxEniIpv6IpsCountExceeded, "more than an ENI on no instance may have"),
        (addresses.InvalidOperationIpv6CountExceeded, "more than the type of the ENI's instance allows"),
        (addresses.InvalidOperationIpv6NotSupport, "any where the type of the ENI's instance has no IPv6"),
    ),
    *rows_of(
        _ASSIGN6,
        "LEASE_ADDRESSES",
        (addresses.InvalidVSwitchIpv6NotTurnOn, "a vSwitch without IPv6"),
        (addresses.InvalidVSwitchIdIpInvalid, "an address outside the vSwitch's block, or one of the system's"),
    ),
    *_rows_of_oddities(_UNASSIGN6),
    *_rows_of_unassign(_UNASSIGN6),
    *rows_of(
        _UNASSIGN6,
        "ADMIT",
        (addresses.NothingToUnassign, "neither addresses nor prefixes named"),
        (addresses.InvalidIpAddress, "what is no IPv6 address"),
    ),
    *rows_of(_UNASSIGN6, "COMMIT", (network.InvalidParamsEniId, "a NetworkInterfaceId that is no id")),
)
"""Every row."""
