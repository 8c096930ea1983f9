"""A doomed request holds the last place of the quota, and a sound one is refused meanwhile.

Places are held from the check on, so that two requests can never share the last one. The price is this phantom: the
first request fails for its address and gives the place back, too late for the second. Nobody is left with an ENI.
"""

from cloudsim import CreateNetworkInterface, Expectations, Phase, Session, World, attempt
from cloudsim.api.responses import Response
from cloudsim.runtime.client import Client
from cloudsim.simulation.reply import Reply

SHOWS = ("MaxEniCountExceeded", "InvalidPrivateIpAddress.Duplicated")


def world() -> World:
    return (
        World()
        .account("acme", eni_quota=1)
        .region("cn-hangzhou", zones=["cn-hangzhou-h"])
        .vpc("vpc-main", cidr="10.0.0.0/8")
        .vswitch("vsw-a", cidr="10.0.0.0/24")
        .security_group("sg-main")
        .instance("i-1", type="ecs.g7.xlarge", vswitch="vsw-a", primary_ip="10.0.0.10")
    )


async def drive(sim: Session) -> list[str]:
    client = sim.client(account="acme", region="cn-hangzhou")
    doomed = client.submit(create(primary_ip_address="10.0.0.10"))
    sim.hold(doomed, at=Phase.LEASE_ADDRESSES)
    await sim.wait_held(doomed)
    sound = await attempt(answer, client, client.submit(create()))
    sim.release(doomed)
    ended = await attempt(answer, client, doomed)
    again = await attempt(answer, client, client.submit(create()))
    return [ended.code, sound.code, again.code]


def create(*, primary_ip_address: str | None = None) -> CreateNetworkInterface:
    """A create like any other, but for its address."""
    return CreateNetworkInterface(
        vswitch_id="vsw-a", security_group_id="sg-main", primary_ip_address=primary_ip_address
    )


async def answer(client: Client, reply: Reply) -> Response:
    """Wait for a submitted call."""
    return await client.answer(reply)


def check(sim: Session, expect: Expectations, codes: list[str]) -> None:
    doomed, sound, again = codes
    expect("the doomed request ends with", doomed, equals="InvalidPrivateIpAddress.Duplicated")
    expect("the sound one meanwhile with", sound, equals="MaxEniCountExceeded")
    expect("the same a moment later with", again, equals="ok")
    expect("quota used at the end", sim.quota(account="acme", region="cn-hangzhou").used, equals=1)
