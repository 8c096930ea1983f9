"""The default page has ten ENIs: who reads one page believes that there are no more, and makes what exists already.

A controller keeps one ENI for each of 25 pods. It lists the ENIs by their names and makes those that it does not see.
With the default page it sees ten at each round, and makes the others again and again. ``--set paging=true`` reads all
pages, and nothing is made twice.

Source: cloud-provider-alibaba-cloud pull request 164.
"""

from cloudsim import Client, Expectations, Session, World


def world(*, pods: int = 25) -> World:
    return (
        World()
        .account("acme", eni_quota=10 * pods + 100)
        .region("cn-hangzhou", zones=["cn-hangzhou-h"])
        .vpc("vpc-main", cidr="10.0.0.0/8")
        .vswitch("vsw-a", cidr="10.0.0.0/20")
        .security_group("sg-main")
    )


async def drive(sim: Session, *, pods: int = 25, rounds: int = 3, paging: bool = False) -> None:
    """Reconcile so many times."""
    client = sim.client(account="acme", region="cn-hangzhou")
    for _ in range(rounds):
        seen = await names(client, paging=paging)
        for number in range(pods):
            if f"pod-{number}" not in seen:
                await client.create_network_interface(
                    vswitch_id="vsw-a", security_group_id="sg-main", network_interface_name=f"pod-{number}"
                )


async def names(client: Client, *, paging: bool) -> list[str]:
    if paging:
        return [eni.network_interface_name async for eni in client.all_network_interfaces(vswitch_id="vsw-a")]
    page = await client.describe_network_interfaces(vswitch_id="vsw-a")
    return [eni.network_interface_name for eni in page.network_interface_sets]


def check(
    sim: Session, expect: Expectations, nothing: None, *, pods: int = 25, rounds: int = 3, paging: bool = False
) -> None:
    made = len(sim.interfaces(account="acme", region="cn-hangzhou"))
    hidden = 0 if paging else max(0, pods - 10)
    expect("ENIs made", made, equals=(pods + (rounds - 1) * hidden) if rounds else 0)
    expect("ENIs that nobody needed", made - pods, equals=(rounds - 1) * hidden if rounds else -pods)
    del nothing
