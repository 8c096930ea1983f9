"""A controller that believes a stale list makes one ENI after the other, until the account's quota stops it.

It wants five ENIs, and counts what is there before each create. The list that it counts is a cache, and nobody
refreshes it. The quota is the only thing that stands in the way; then another team's create is refused for it.
``--set stale=false`` lets it count what really exists.

Source: terway pull requests 1030 and 1031; kubernetes-ops-handbook issue 7.
"""

from cloudsim import Expectations, Outcome, Session, World, attempt
from cloudsim.api.responses import CreateNetworkInterfaceResponse

SHOWS = ("MaxEniCountExceeded",)
WANTED = 5


def world(*, quota: int = 40) -> World:
    return (
        World()
        .account("acme", eni_quota=quota)
        .region("cn-hangzhou", zones=["cn-hangzhou-h"])
        .vpc("vpc-main", cidr="10.0.0.0/8")
        .vswitch("vsw-a", cidr="10.0.0.0/20")
        .security_group("sg-main")
    )


async def drive(
    sim: Session, *, rounds: int = 100, stale: bool = True
) -> tuple[int, Outcome[CreateNetworkInterfaceResponse]]:
    """Reconcile so many times, then let another team create one ENI; give what was made, and how that one ended."""
    controller = sim.client(account="acme", region="cn-hangzhou", name="controller")
    other = sim.client(account="acme", region="cn-hangzhou", name="other-team")
    made, seen = 0, 0
    for _ in range(rounds):
        if not stale:
            found = await controller.describe_network_interfaces(network_interface_name="pool-eni", page_size=100)
            seen = found.total_count
        if seen >= WANTED:
            break
        ended = await attempt(
            controller.create_network_interface,
            vswitch_id="vsw-a",
            security_group_id="sg-main",
            network_interface_name="pool-eni",
        )
        made += ended.is_ok
    return made, await attempt(other.create_network_interface, vswitch_id="vsw-a", security_group_id="sg-main")


def check(
    sim: Session,
    expect: Expectations,
    ended: tuple[int, Outcome[CreateNetworkInterfaceResponse]],
    *,
    rounds: int = 100,
    quota: int = 40,
    stale: bool = True,
) -> None:
    made, other = ended
    wanted = min(rounds, quota) if stale else min(rounds, quota, WANTED)
    expect("ENIs that the controller made", made, equals=wanted)
    expect("the other team's create", other.code, equals="ok" if wanted < quota else "MaxEniCountExceeded")
    del sim
