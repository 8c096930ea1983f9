"""A vSwitch cannot be deleted while its ENIs are still going: DependencyViolation, until the last one is gone.

Today's ENIs are deleted asynchronously: the answer comes first, the ENI goes a second or three later. Whoever deletes
the vSwitch right behind them is refused, and has to try again.

Source: terraform-provider-alicloud pull requests 3370, 2734, 2114 and 2887.
"""

from cloudsim import Expectations, Session, World, attempt, gather

SHOWS = ("DependencyViolation",)


def world(*, enis: int = 5) -> World:
    world = (
        World(profile="current")
        .account("acme")
        .region("cn-hangzhou", zones=["cn-hangzhou-h"])
        .vpc("vpc-main", cidr="10.0.0.0/16")
        .vswitch("vsw-a", cidr="10.0.0.0/24")
        .security_group("sg-main")
    )
    for number in range(enis):
        world.eni(f"eni-{number}")
    return world


async def drive(sim: Session, *, enis: int = 5) -> list[str]:
    """Delete the ENIs, then the vSwitch, every half second until it is gone; give how each try ended."""
    client = sim.client(account="acme", region="cn-hangzhou")
    await gather(client.delete_network_interface(network_interface_id=f"eni-{number}") for number in range(enis))
    ends: list[str] = []
    while not ends or ends[-1] != "ok":
        ends.append((await attempt(client.delete_vswitch, vswitch_id="vsw-a")).code)
        await sim.sleep("500ms")
    await client.wait_until_vswitch_gone("vsw-a")
    return ends


def check(sim: Session, expect: Expectations, ends: list[str], *, enis: int = 5) -> None:
    expect("how the last try ended", ends[-1], equals="ok")
    expect("how the others ended", sorted(set(ends[:-1])), among=([], ["DependencyViolation"]))
    expect("tries that came too early", len(ends) - 1)
    expect("vSwitches left", len(sim.cloud.vswitches), equals=0)
    del enis
