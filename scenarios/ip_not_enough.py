"""300 callers create an ENI each in a /24 at the same time: 252 fit, since four addresses are reserved."""

from cloudsim import Expectations, Outcome, Session, World, attempt, gather
from cloudsim.api.responses import CreateNetworkInterfaceResponse
from cloudsim.errors.own import SettingError

SHOWS = ("InvalidVSwitchId.IpNotEnough",)


def world(*, mask: int = 24, quota: int = 1000) -> World:
    return (
        World()
        .account("acme", eni_quota=quota)
        .region("cn-hangzhou", zones=["cn-hangzhou-h"])
        .vpc("vpc-main", cidr="10.0.0.0/8")
        .vswitch("vsw-a", cidr=f"10.0.0.0/{mask}")
        .security_group("sg-main", capacity=1 << 20)
    )


async def drive(sim: Session, *, callers: int = 300) -> list[Outcome[CreateNetworkInterfaceResponse]]:
    if callers > sim.quota(account="acme", region="cn-hangzhou").limit:
        raise SettingError(f"{callers} callers meet the quota before the vSwitch: set quota to {callers} or more")
    client = sim.client(account="acme", region="cn-hangzhou")
    create = client.create_network_interface
    creates = (attempt(create, vswitch_id="vsw-a", security_group_id="sg-main") for _ in range(callers))
    return await gather(creates, progress=sim.progress)


def check(
    sim: Session,
    expect: Expectations,
    outcomes: list[Outcome[CreateNetworkInterfaceResponse]],
    *,
    callers: int = 300,
    mask: int = 24,
) -> None:
    fit = min(callers, 2 ** (32 - mask) - 4)
    codes = [outcome.code for outcome in outcomes]
    addresses = {outcome.unwrap().private_ip_address for outcome in outcomes if outcome.is_ok}
    expect("ENIs made", codes.count("ok"), equals=fit)
    expect("different addresses", len(addresses), equals=fit)
    expect("refused with IpNotEnough", codes.count("InvalidVSwitchId.IpNotEnough"), equals=callers - fit)
    expect("free addresses at the end", sim.free_addresses("vsw-a"), equals=2 ** (32 - mask) - 4 - fit)
