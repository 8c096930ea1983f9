"""The client's waits for ENIs, as far as Describe shows them.

Source: eni_api.md section 4; section 2.1 (an ENI that falls back to Available was not attached).
"""

from collections.abc import Sequence

from cloudsim.api.requests import DescribeNetworkInterfaces
from cloudsim.api.responses import DescribeNetworkInterfacesResponse, NetworkInterfaceSet
from cloudsim.runtime.client.watching import Look, Watching
from cloudsim.runtime.waiting import ADVISED, Poll
from cloudsim.values.duration import Ns


class InterfaceWaits(Watching):
    """Waits for states of ENIs; each raises as :meth:`wait_until_interface`."""

    async def wait_until_available(
        self, eni_id: str, *, poll: Poll = ADVISED, region_id: str | None = None
    ) -> NetworkInterfaceSet:
        """Wait until an ENI is Available: after its create, or after a detach."""
        return await self.wait_until_interface(eni_id, "Available", poll=poll, region_id=region_id)

    async def wait_until_in_use(
        self, eni_id: str, *, poll: Poll = ADVISED, region_id: str | None = None
    ) -> NetworkInterfaceSet:
        """Wait until an ENI is InUse, once its attach has been answered; one that fell back to Available failed."""
        return await self.wait_until_interface(eni_id, "InUse", failed=("Available",), poll=poll, region_id=region_id)

    async def wait_until_interface(
        self,
        eni_id: str,
        status: str,
        *,
        failed: Sequence[str] = (),
        poll: Poll = ADVISED,
        region_id: str | None = None,
    ) -> NetworkInterfaceSet:
        """Wait until an ENI has a status.

        Args:
            eni_id: of the ENI.
            status: which.
            failed: statuses that say that it will not come.
            poll: when to look and when to give up.
            region_id: where, if not in the client's region.

        Returns:
            The ENI as it was shown then.

        Raises:
            WaitTimeout: it did not come while the policy lasted.
            WaitFailed: it will not come.
            ApiError: a look was refused.
            RequestTimeout: a look was not answered.
        """
        return await self._until(eni_id, status, self._look_at_interface(eni_id, region_id), failed, poll)

    async def wait_until_gone(self, eni_id: str, *, poll: Poll = ADVISED, region_id: str | None = None) -> Ns:
        """Wait until an ENI is shown no more, and say how long that took."""
        return await self._until_absent(eni_id, self._look_at_interface(eni_id, region_id), poll)

    async def wait_until_unassigned(
        self, eni_id: str, addresses: Sequence[str], *, poll: Poll = ADVISED, region_id: str | None = None
    ) -> NetworkInterfaceSet:
        """Wait until an ENI is shown without some addresses or prefixes of its own."""
        look = self._look_at_interface(eni_id, region_id)

        async def look_for_them() -> tuple[str, NetworkInterfaceSet | None]:
            status, eni = await look()
            if eni is None:
                return status, None
            shown = (*eni.private_ip_addresses, *eni.ipv6_addresses, *eni.ipv4_prefixes, *eni.ipv6_prefixes)
            left = [address for address in addresses if address in shown]
            return (f"with {', '.join(left)}" if left else "without them"), eni

        return await self._until(eni_id, "without them", look_for_them, (), poll)

    def _look_at_interface(self, eni_id: str, region_id: str | None) -> Look[NetworkInterfaceSet]:
        return self._look(
            DescribeNetworkInterfaces,
            DescribeNetworkInterfacesResponse,
            lambda answer: answer.network_interface_sets,
            network_interface_ids=[eni_id],
            region_id=region_id,
        )
