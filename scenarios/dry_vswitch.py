"""A vSwitch runs dry, allocation stands still, and the first release lets it go on.

More pods than a /28 has addresses want an ENI each, and whoever meets InvalidVSwitchId.IpNotEnough asks again after a
while. At half time some pods end and delete their ENIs: as many waiting ones get theirs, and not one more.

Source: terway issue 100.
"""

from collections.abc import Mapping

import trio

from cloudsim import ApiError, Client, Expectations, Session, World
from cloudsim.values.duration import parse_duration

SHOWS = ("InvalidVSwitchId.IpNotEnough",)


def world(*, mask: int = 28) -> World:
    return (
        World()
        .account("acme", eni_quota=1000)
        .region("cn-hangzhou", zones=["cn-hangzhou-h"])
        .vpc("vpc-main", cidr="10.0.0.0/8")
        .vswitch("vsw-a", cidr=f"10.0.0.0/{mask}")
        .security_group("sg-main")
    )


async def drive(sim: Session, *, pods: int = 20, ends: int = 5, pause: str = "10s") -> tuple[int, int]:
    """Give how many pods had an ENI before the release, and how many at the end."""
    client = sim.client(account="acme", region="cn-hangzhou")
    got: list[str] = []
    with trio.move_on_after(600 + parse_duration(pause) / parse_duration("1s")):
        async with trio.open_nursery() as nursery:
            for _ in range(pods):
                nursery.start_soon(ask_until_placed, sim, client, got, pause)
            await sim.sleep("5m")
            before = len(got)
            for eni in got[:ends]:
                await client.delete_network_interface(network_interface_id=eni)
    return before, len(got)


async def ask_until_placed(sim: Session, client: Client, got: list[str], pause: str) -> None:
    while True:
        try:
            made = await client.create_network_interface(vswitch_id="vsw-a", security_group_id="sg-main")
        except ApiError:
            await sim.sleep(pause)
        else:
            got.append(made.network_interface_id)
            return


def check(
    sim: Session, expect: Expectations, placed: tuple[int, int], *, pods: int = 20, ends: int = 5, mask: int = 28
) -> None:
    room = 2 ** (32 - mask) - 4
    before = min(pods, room)
    expect("pods with an ENI before the release", placed[0], equals=before)
    expect(
        "pods with an ENI at the end, the ended ones included", placed[1], equals=min(pods, room + min(ends, before))
    )
    made: Mapping[str, int] = sim.calls.get("CreateNetworkInterface", {})
    expect("refused with InvalidVSwitchId.IpNotEnough", made.get("InvalidVSwitchId.IpNotEnough", 0))
