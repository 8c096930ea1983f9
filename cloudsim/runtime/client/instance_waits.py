"""The client's waits for instances, as far as Describe shows them.

Source: eni_api.md section 2.10 (states of instances).
"""

from collections.abc import Sequence

from cloudsim.api.requests import DescribeInstances
from cloudsim.api.responses import DescribeInstancesResponse
from cloudsim.api.responses.instances import InstanceShown
from cloudsim.runtime.client.watching import Look, Watching
from cloudsim.runtime.waiting import ADVISED, Poll
from cloudsim.values.duration import Ns


class InstanceWaits(Watching):
    """Waits for states of instances; each raises as :meth:`wait_until_interface`."""

    async def wait_until_instance(
        self,
        instance_id: str,
        status: str,
        *,
        failed: Sequence[str] = (),
        poll: Poll = ADVISED,
        region_id: str | None = None,
    ) -> InstanceShown:
        """Wait until an instance has a status, such as ``Running``; its parameters are those for an ENI."""
        return await self._until(instance_id, status, self._look_at_instance(instance_id, region_id), failed, poll)

    async def wait_until_instance_gone(
        self, instance_id: str, *, poll: Poll = ADVISED, region_id: str | None = None
    ) -> Ns:
        """Wait until an instance is shown no more, and say how long that took."""
        return await self._until_absent(instance_id, self._look_at_instance(instance_id, region_id), poll)

    def _look_at_instance(self, instance_id: str, region_id: str | None) -> Look[InstanceShown]:
        return self._look(
            DescribeInstances,
            DescribeInstancesResponse,
            lambda answer: answer.instances,
            instance_ids=[instance_id],
            region_id=region_id,
        )
