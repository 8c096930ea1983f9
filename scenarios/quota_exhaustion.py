"""200 callers create an ENI each at the same time, and the quota is 100: exactly 100 are made.

Who gets a place is decided by who reserves first, not by who asked first; another seed lets others win, never more.
"""

from cloudsim import Expectations, Outcome, Session, World, attempt, gather
from cloudsim.api.responses import CreateNetworkInterfaceResponse
from cloudsim.errors.own import SettingError

SHOWS = ("MaxEniCountExceeded",)


def world(*, quota: int = 100) -> World:
    return (
        World()
        .account("acme", eni_quota=quota)
        .region("cn-hangzhou", zones=["cn-hangzhou-h"])
        .vpc("vpc-main", cidr="10.0.0.0/8")
        .vswitch("vsw-a", cidr="10.0.0.0/20")
        .security_group("sg-main", capacity=1 << 20)
    )


async def drive(sim: Session, *, callers: int = 200) -> list[Outcome[CreateNetworkInterfaceResponse]]:
    if min(callers, sim.quota(account="acme", region="cn-hangzhou").limit) > sim.free_addresses("vsw-a"):
        raise SettingError(
            f"the vSwitch runs dry before the quota does: it has {sim.free_addresses('vsw-a')} addresses"
        )
    client = sim.client(account="acme", region="cn-hangzhou")
    create = client.create_network_interface
    creates = (attempt(create, vswitch_id="vsw-a", security_group_id="sg-main") for _ in range(callers))
    return await gather(creates, progress=sim.progress)


def check(
    sim: Session,
    expect: Expectations,
    outcomes: list[Outcome[CreateNetworkInterfaceResponse]],
    *,
    callers: int = 200,
    quota: int = 100,
) -> None:
    codes = [outcome.code for outcome in outcomes]
    expect("ENIs made", codes.count("ok"), equals=min(callers, quota))
    expect("refused with MaxEniCountExceeded", codes.count("MaxEniCountExceeded"), equals=max(0, callers - quota))
    expect("quota used at the end", sim.quota(account="acme", region="cn-hangzhou").used, equals=min(callers, quota))
