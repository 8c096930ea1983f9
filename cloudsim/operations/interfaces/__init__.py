"""ENIs: made, ended, put on instances and taken off, listed and changed."""

from typing import Any, Final

from cloudsim.api.requests import (
    AttachNetworkInterface,
    CreateNetworkInterface,
    DeleteNetworkInterface,
    DescribeNetworkInterfaceAttribute,
    DescribeNetworkInterfaces,
    DetachNetworkInterface,
    ModifyNetworkInterfaceAttribute,
    Request,
)
from cloudsim.operations.interfaces import attach, create, delete, describe, describe_attribute, detach, modify
from cloudsim.operations.operation import OperationKind

KINDS: Final[dict[type[Request], OperationKind[Any]]] = {
    CreateNetworkInterface: OperationKind(create.create, create.footprint),
    DeleteNetworkInterface: OperationKind(delete.delete, delete.footprint),
    DescribeNetworkInterfaces: OperationKind(describe.describe, describe.footprint),
    AttachNetworkInterface: OperationKind(attach.attach, attach.footprint),
    DetachNetworkInterface: OperationKind(detach.detach, detach.footprint),
    DescribeNetworkInterfaceAttribute: OperationKind(
        describe_attribute.describe_attribute, describe_attribute.footprint
    ),
    ModifyNetworkInterfaceAttribute: OperationKind(modify.modify, modify.footprint),
}
"""Which operation does which request."""
