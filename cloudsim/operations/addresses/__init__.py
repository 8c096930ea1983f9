"""Addresses of ENIs: assigned and unassigned."""

from typing import Any, Final

from cloudsim.api.requests import (
    AssignIpv6Addresses,
    AssignPrivateIpAddresses,
    Request,
    UnassignIpv6Addresses,
    UnassignPrivateIpAddresses,
)
from cloudsim.operations.addresses import assign, unassign
from cloudsim.operations.operation import OperationKind

_ASSIGN: Final[OperationKind[Any]] = OperationKind(assign.assign, assign.footprint)
_UNASSIGN: Final[OperationKind[Any]] = OperationKind(unassign.unassign, unassign.footprint)

KINDS: Final[dict[type[Request], OperationKind[Any]]] = {
    AssignPrivateIpAddresses: _ASSIGN,
    UnassignPrivateIpAddresses: _UNASSIGN,
    AssignIpv6Addresses: _ASSIGN,
    UnassignIpv6Addresses: _UNASSIGN,
}
"""Which operation does which request."""
