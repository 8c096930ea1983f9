"""A cached AvailableIpAddressCount sends everybody to the vSwitch that has just run dry.

An agent takes the vSwitch with the most free addresses, by counts that it reads every ten minutes. Between two readings
it hammers the fullest one with creates that cannot succeed. ``--set block=10m`` lets it leave a vSwitch alone for a
while after an InvalidVSwitchId.IpNotEnough, as terway does; then each dry vSwitch is met once.

Source: terway pull request 680; cilium pull request 25285 (most free addresses first).
"""

from cloudsim import ApiError, Client, Expectations, Session, World
from cloudsim.values.duration import parse_duration

SHOWS = ("InvalidVSwitchId.IpNotEnough",)


def world() -> World:
    return (
        World()
        .account("acme", eni_quota=1000)
        .region("cn-hangzhou", zones=["cn-hangzhou-h"])
        .vpc("vpc-main", cidr="10.0.0.0/8")
        .vswitch("vsw-a", cidr="10.0.0.0/28")
        .vswitch("vsw-b", cidr="10.0.1.0/28", used=2)
        .security_group("sg-main")
    )


async def drive(sim: Session, *, pods: int = 20, refresh: str = "10m", block: str = "0s") -> tuple[int, int]:
    """Place one pod after the other; give how many were placed at once, and the creates that were refused."""
    client = sim.client(account="acme", region="cn-hangzhou")
    placed = refused = 0
    read_ns = -parse_duration(refresh)
    counts: dict[str, int] = {}
    blocked: dict[str, int] = {}
    for _ in range(pods):
        if sim.now_ns - read_ns >= parse_duration(refresh):
            read_ns, counts = sim.now_ns, await free_addresses(client)
        known = {vswitch: free for vswitch, free in counts.items() if blocked.get(vswitch, 0) <= sim.now_ns}
        chosen = max(known, key=lambda vswitch: known[vswitch])
        try:
            await client.create_network_interface(vswitch_id=chosen, security_group_id="sg-main")
            placed += 1
        except ApiError:
            refused += 1
            blocked[chosen] = sim.now_ns + parse_duration(block)
        await sim.sleep("1s")
    return placed, refused


async def free_addresses(client: Client) -> dict[str, int]:
    found = await client.describe_vswitches(vpc_id="vpc-main")
    return {one.vswitch_id: one.available_ip_address_count for one in found.vswitches}


def check(
    sim: Session,
    expect: Expectations,
    ended: tuple[int, int],
    *,
    pods: int = 20,
    refresh: str = "10m",
    block: str = "0s",
) -> None:
    placed, refused = ended
    expect("pods placed at the first try", placed, equals=pods - refused)
    if parse_duration(refresh) >= parse_duration("10m"):
        is_blocking = parse_duration(block) >= parse_duration("10m")
        wasted = min(1, max(0, pods - 12)) if is_blocking else max(0, pods - 12)
        expect("creates wasted on a dry vSwitch", refused, equals=wasted)
    expect("addresses left in the other vSwitch", sim.free_addresses("vsw-b"))
