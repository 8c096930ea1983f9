"""Several callers race with one ClientToken and equal parameters: one ENI is made, whoever comes first.

The others meet IdempotentProcessing while the first call runs, and its answer once it has finished. With the known-bad
``--set policy.token=look-up-then-commit`` every caller makes an ENI of its own, and the audit says so.
"""

from cloudsim import Expectations, Outcome, Session, World, attempt, gather
from cloudsim.api.responses import CreateNetworkInterfaceResponse

SHOWS = ("IdempotentProcessing",)


def world() -> World:
    return (
        World()
        .account("acme")
        .region("cn-hangzhou", zones=["cn-hangzhou-h"])
        .vpc("vpc-main", cidr="10.0.0.0/8")
        .vswitch("vsw-a", cidr="10.0.0.0/24")
        .security_group("sg-main")
    )


async def drive(sim: Session, *, callers: int = 3) -> list[Outcome[CreateNetworkInterfaceResponse]]:
    clients = [sim.client(account="acme", region="cn-hangzhou") for _ in range(callers)]
    return await gather(
        attempt(client.create_network_interface, vswitch_id="vsw-a", security_group_id="sg-main", client_token="pod-1")
        for client in clients
    )


def check(sim: Session, expect: Expectations, outcomes: list[Outcome[CreateNetworkInterfaceResponse]]) -> None:
    codes = [outcome.code for outcome in outcomes]
    ids = {outcome.unwrap().network_interface_id for outcome in outcomes if outcome.is_ok}
    one = min(len(codes), 1)
    expect("ENIs that exist", len(sim.interfaces(account="acme", region="cn-hangzhou")), equals=one)
    expect("different ids in the answers", len(ids), equals=one)
    expect("answers of a known kind", codes.count("ok") + codes.count("IdempotentProcessing"), equals=len(codes))
