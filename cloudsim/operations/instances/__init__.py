"""Instances and their types."""

from typing import Any, Final

from cloudsim.api.requests import (
    DeleteInstance,
    DescribeInstances,
    DescribeInstanceStatus,
    DescribeInstanceTypes,
    Request,
    RunInstances,
    StartInstance,
    StopInstance,
)
from cloudsim.operations.instances import catalogue, delete, describe, power, run
from cloudsim.operations.operation import OperationKind

KINDS: Final[dict[type[Request], OperationKind[Any]]] = {
    RunInstances: OperationKind(run.run, run.footprint),
    StartInstance: OperationKind(power.start, power.footprint),
    StopInstance: OperationKind(power.stop, power.footprint),
    DeleteInstance: OperationKind(delete.delete, delete.footprint),
    DescribeInstances: OperationKind(describe.describe, describe.footprint),
    DescribeInstanceStatus: OperationKind(describe.describe_status, describe.footprint),
    DescribeInstanceTypes: OperationKind(catalogue.describe_types, catalogue.footprint),
}
"""Which operation does which request."""
