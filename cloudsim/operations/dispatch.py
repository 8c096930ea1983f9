"""Which operation does which request."""

from typing import Any, Final

from cloudsim.api.requests import Request
from cloudsim.operations import account, addresses, groups, instances, interfaces, networks, tagging, troubles
from cloudsim.operations.operation import OperationKind

OPERATIONS: Final[dict[type[Request], OperationKind[Any]]] = {
    **interfaces.KINDS,
    **addresses.KINDS,
    **instances.KINDS,
    **networks.KINDS,
    **groups.KINDS,
    **account.KINDS,
    **tagging.KINDS,
    **troubles.KINDS,
}
"""One kind for each request; the request's class says which."""
