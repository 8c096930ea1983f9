"""The client's methods on instances and their types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cloudsim.api.requests import (
    DeleteInstance,
    DescribeInstances,
    DescribeInstanceStatus,
    DescribeInstanceTypes,
    RunInstances,
    StartInstance,
    StopInstance,
)
from cloudsim.api.responses import (
    DeleteInstanceResponse,
    DescribeInstancesResponse,
    DescribeInstanceStatusResponse,
    DescribeInstanceTypesResponse,
    RunInstancesResponse,
    StartInstanceResponse,
    StopInstanceResponse,
)
from cloudsim.runtime.client.asking import Asking

if TYPE_CHECKING:
    from typing import Unpack

    from cloudsim.runtime.parameters.instances import (
        DeleteInstanceParameters,
        DescribeInstancesParameters,
        DescribeInstanceStatusParameters,
        DescribeInstanceTypesParameters,
        RunInstancesParameters,
        StartInstanceParameters,
        StopInstanceParameters,
    )


class InstanceMethods(Asking):
    """Methods on instances and their types; what they raise stands at ``Client``."""

    async def run_instances(self, **parameters: Unpack[RunInstancesParameters]) -> RunInstancesResponse:
        """Make instances, each with its primary ENI, and start them."""
        return await self._ask(RunInstances, RunInstancesResponse, parameters)

    async def start_instance(self, **parameters: Unpack[StartInstanceParameters]) -> StartInstanceResponse:
        """Start a stopped instance."""
        return await self._ask(StartInstance, StartInstanceResponse, parameters)

    async def stop_instance(self, **parameters: Unpack[StopInstanceParameters]) -> StopInstanceResponse:
        """Stop a running instance."""
        return await self._ask(StopInstance, StopInstanceResponse, parameters)

    async def delete_instance(self, **parameters: Unpack[DeleteInstanceParameters]) -> DeleteInstanceResponse:
        """End an instance: its primary ENI dies with it, a secondary one if it was told so."""
        return await self._ask(DeleteInstance, DeleteInstanceResponse, parameters)

    async def describe_instances(self, **parameters: Unpack[DescribeInstancesParameters]) -> DescribeInstancesResponse:
        """List instances, one page; the filters are joined by "and", and an unknown id is not in the list."""
        return await self._ask(DescribeInstances, DescribeInstancesResponse, parameters)

    async def describe_instance_status(
        self, **parameters: Unpack[DescribeInstanceStatusParameters]
    ) -> DescribeInstanceStatusResponse:
        """List instances with nothing but their status, one page."""
        return await self._ask(DescribeInstanceStatus, DescribeInstanceStatusResponse, parameters)

    async def describe_instance_types(
        self, **parameters: Unpack[DescribeInstanceTypesParameters]
    ) -> DescribeInstanceTypesResponse:
        """List types of the catalogue with what their instances may have; RegionId is not required."""
        return await self._ask(DescribeInstanceTypes, DescribeInstanceTypesResponse, parameters)
