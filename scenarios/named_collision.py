"""Several callers want the same address by name at the same time: one gets it, the others are told so."""

from cloudsim import Expectations, Outcome, Session, World, attempt, gather
from cloudsim.api.responses import CreateNetworkInterfaceResponse

SHOWS = ("InvalidPrivateIpAddress.Duplicated",)


def world() -> World:
    return (
        World()
        .account("acme")
        .region("cn-hangzhou", zones=["cn-hangzhou-h"])
        .vpc("vpc-main", cidr="10.0.0.0/8")
        .vswitch("vsw-a", cidr="10.0.0.0/24")
        .security_group("sg-main")
    )


async def drive(
    sim: Session, *, callers: int = 20, address: str = "10.0.0.10"
) -> list[Outcome[CreateNetworkInterfaceResponse]]:
    client = sim.client(account="acme", region="cn-hangzhou")
    create = client.create_network_interface
    return await gather(
        attempt(create, vswitch_id="vsw-a", security_group_id="sg-main", primary_ip_address=address)
        for _ in range(callers)
    )


def check(
    sim: Session, expect: Expectations, outcomes: list[Outcome[CreateNetworkInterfaceResponse]], *, callers: int = 20
) -> None:
    codes = [outcome.code for outcome in outcomes]
    expect("callers that got the address", codes.count("ok"), equals=min(callers, 1))
    expect("told that it is taken", codes.count("InvalidPrivateIpAddress.Duplicated"), equals=max(callers - 1, 0))
    expect("quota used at the end", sim.quota(account="acme", region="cn-hangzhou").used, equals=min(callers, 1))
