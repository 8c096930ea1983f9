"""The client's waits for VPCs and vSwitches, which are made and ended after the answer.

Source: eni_api.md section 2.13 (Pending, then Available).
"""

from cloudsim.api.requests import DescribeVpcs, DescribeVSwitches
from cloudsim.api.responses import DescribeVpcsResponse, DescribeVSwitchesResponse
from cloudsim.api.responses.networks import VpcShape, VSwitchShape
from cloudsim.runtime.client.watching import Look, Watching
from cloudsim.runtime.waiting import ADVISED, Poll
from cloudsim.values.duration import Ns


class NetworkWaits(Watching):
    """Waits for states of VPCs and vSwitches; each raises as :meth:`wait_until_interface`."""

    async def wait_until_vpc_available(
        self, vpc_id: str, *, poll: Poll = ADVISED, region_id: str | None = None
    ) -> VpcShape:
        """Wait until a VPC is Available."""
        return await self._until(vpc_id, "Available", self._look_at_vpc(vpc_id, region_id), (), poll)

    async def wait_until_vpc_gone(self, vpc_id: str, *, poll: Poll = ADVISED, region_id: str | None = None) -> Ns:
        """Wait until a VPC is shown no more, and say how long that took."""
        return await self._until_absent(vpc_id, self._look_at_vpc(vpc_id, region_id), poll)

    async def wait_until_vswitch_available(
        self, vswitch_id: str, *, poll: Poll = ADVISED, region_id: str | None = None
    ) -> VSwitchShape:
        """Wait until a vSwitch is Available."""
        return await self._until(vswitch_id, "Available", self._look_at_vswitch(vswitch_id, region_id), (), poll)

    async def wait_until_vswitch_gone(
        self, vswitch_id: str, *, poll: Poll = ADVISED, region_id: str | None = None
    ) -> Ns:
        """Wait until a vSwitch is shown no more, and say how long that took."""
        return await self._until_absent(vswitch_id, self._look_at_vswitch(vswitch_id, region_id), poll)

    def _look_at_vpc(self, vpc_id: str, region_id: str | None) -> Look[VpcShape]:
        return self._look(
            DescribeVpcs, DescribeVpcsResponse, lambda answer: answer.vpcs, vpc_id=vpc_id, region_id=region_id
        )

    def _look_at_vswitch(self, vswitch_id: str, region_id: str | None) -> Look[VSwitchShape]:
        return self._look(
            DescribeVSwitches,
            DescribeVSwitchesResponse,
            lambda answer: answer.vswitches,
            vswitch_id=vswitch_id,
            region_id=region_id,
        )
