"""The choice of a vSwitch by a node's agent: in order, at random, or the one with most free addresses.

For ``most-free`` the agent asks DescribeVSwitches of each vSwitch and keeps the counts for a while. After an
IpNotEnough it leaves a vSwitch alone for a while. Both are as terway does it; with the defaults it asks each time and
forgets at once.

Source: terway, pkg/vswitch (counts by id with an expiry of ten minutes, Block); its pull request 680.
"""

from collections.abc import Callable

from cloudsim.api.requests import DescribeVSwitches
from cloudsim.api.responses import DescribeVSwitchesResponse
from cloudsim.resources.vswitch import VSwitch
from cloudsim.values.duration import Ns
from cloudsim.whatif.running.fleet.desk import Desk
from cloudsim.whatif.running.fleet.parts import Wants


class Choice:
    """What one agent knows of vSwitches.

    Args:
        desk: of the agent.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._blocked: dict[str, Ns] = {}
        """Until when each is left alone."""
        self._counts: dict[str, tuple[Ns, int]] = {}
        """Free addresses of each, and when they were told."""

    def block(self, vswitch: VSwitch) -> None:
        """Leave a vSwitch alone for a while: it has just refused for lack of addresses."""
        self._blocked[vswitch.id] = self._desk.now_ns + self._desk.spec.vswitch_block_ns

    def is_blocked(self, vswitch: VSwitch) -> bool:
        """Whether it is left alone now."""
        return self._desk.now_ns < self._blocked.get(vswitch.id, 0)

    def candidates(self, wants: Wants, key: str, then: Callable[[list[VSwitch]], None]) -> None:
        """Find out which vSwitches of the node's zone to try, in which order.

        Args:
            wants: of whom.
            key: keys the chance of a random choice.
            then: is told.
        """
        homes = [home for home in wants.homes(self._desk.zone) if not self.is_blocked(home)]
        if wants.choice == "random" and homes:
            first = self._desk.entropy.integer("vswitch-choice", key, bits=64) * len(homes) >> 64
            then([*homes[first:], *homes[:first]])
        elif wants.choice == "most-free":
            self._count(homes, 0, then)
        else:
            then(homes)

    def _count(self, homes: list[VSwitch], place: int, then: Callable[[list[VSwitch]], None]) -> None:
        """Ask for the counts of the vSwitches from a place on, and sort them all."""
        desk = self._desk
        while place < len(homes) and self._is_fresh(homes[place]):
            place += 1
        if place == len(homes):
            then(sorted(homes, key=lambda home: -self._counts[home.id][1]))
            return
        home = homes[place]

        def counted(response: DescribeVSwitchesResponse | None) -> None:
            # Without an answer the agent goes by what it knew.
            known = self._counts.get(home.id, (0, 0))[1]
            told = known if response is None else response.vswitches[0].available_ip_address_count
            self._counts[home.id] = (desk.now_ns, told)
            self._count(homes, place + 1, then)

        request = DescribeVSwitches(region_id=desk.region, vswitch_id=home.id)
        desk.ask(request, lambda reply: counted(reply.response))  # type: ignore[arg-type]

    def _is_fresh(self, home: VSwitch) -> bool:
        told = self._counts.get(home.id)
        return told is not None and self._desk.now_ns < told[0] + self._desk.spec.vswitch_cache_ns
