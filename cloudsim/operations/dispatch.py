"""Which operation does which request."""

from typing import Any, Final

from cloudsim.api.requests import (
    CreateNetworkInterface,
    DeleteNetworkInterface,
    DescribeNetworkInterfaces,
    Request,
)
from cloudsim.operations import create, delete, describe
from cloudsim.operations.operation import OperationKind

OPERATIONS: Final[dict[type[Request], OperationKind[Any]]] = {
    CreateNetworkInterface: OperationKind(create.create, create.footprint),
    DeleteNetworkInterface: OperationKind(delete.delete, delete.footprint),
    DescribeNetworkInterfaces: OperationKind(describe.describe, describe.footprint),
}
"""One kind for each request; the request's class says which."""
