"""Somebody else detaches an ENI that a node still uses; the node finds out when it next asks, and not before.

An operator's clean-up job takes the ENI off while the node's agent hands out its addresses. The agent's own detach is
refused with InvalidOperation.InvalidEniState; a reconciliation that describes what is really there puts it back.

Source: terway pull requests 613 and 770.
"""

from cloudsim import Expectations, Session, World, attempt

SHOWS = ("InvalidOperation.InvalidEniState",)


def world() -> World:
    return (
        World()
        .account("acme")
        .region("cn-hangzhou", zones=["cn-hangzhou-h"])
        .vpc("vpc-main", cidr="10.0.0.0/8")
        .vswitch("vsw-a", cidr="10.0.0.0/24")
        .security_group("sg-main")
        .instance("i-node", type="ecs.g7.xlarge")
        .eni("eni-pods", vswitch="vsw-a", instance="i-node")
    )


async def drive(sim: Session) -> list[str]:
    """Give what the agent meets, step by step."""
    agent = sim.client(account="acme", region="cn-hangzhou", name="agent")
    janitor = sim.client(account="acme", region="cn-hangzhou", name="janitor")
    await janitor.detach_network_interface(network_interface_id="eni-pods", instance_id="i-node")
    await janitor.wait_until_available("eni-pods")
    met = []
    given = await attempt(
        agent.assign_private_ip_addresses, network_interface_id="eni-pods", secondary_private_ip_address_count=1
    )
    met.append(f"assign to an ENI that is thought to be in use: {given.code}")
    freed = await attempt(agent.detach_network_interface, network_interface_id="eni-pods", instance_id="i-node")
    met.append(f"detach: {freed.code}")
    (shown,) = (await agent.describe_network_interfaces(network_interface_ids=["eni-pods"])).network_interface_sets
    met.append(f"reconciliation sees: {shown.status}")
    if shown.status == "Available":
        await agent.attach_network_interface(network_interface_id="eni-pods", instance_id="i-node")
        await agent.wait_until_in_use("eni-pods")
        met.append("attached again: InUse")
    return met


def check(sim: Session, expect: Expectations, met: list[str]) -> None:
    expect(
        "what the agent met",
        met,
        equals=[
            "assign to an ENI that is thought to be in use: ok",
            "detach: InvalidOperation.InvalidEniState",
            "reconciliation sees: Available",
            "attached again: InUse",
        ],
    )
    del sim
