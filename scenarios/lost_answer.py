"""An answer is lost and the client tries again: with the same ClientToken, with a fresh one, and without any.

The first try has made its ENI, and nobody knows. The same token gives that ENI back; a fresh one, or none, makes a
second ENI and leaks the first.
"""

from cloudsim import Expectations, Match, Retry, Session, World, gather
from cloudsim.runtime.retry import TokenUse

KINDS = (TokenUse.SAME, TokenUse.FRESH, TokenUse.NONE)


def world() -> World:
    return (
        World()
        .account("acme")
        .region("cn-hangzhou", zones=["cn-hangzhou-h"])
        .vpc("vpc-main", cidr="10.0.0.0/8")
        .vswitch("vsw-a", cidr="10.0.0.0/24")
        .security_group("sg-main")
    )


async def drive(sim: Session, *, timeout: str = "5s") -> list[str]:
    clients = [
        sim.client(
            account="acme",
            region="cn-hangzhou",
            name=f"{kind}-token",
            timeout=timeout,
            retry=Retry(attempts=2, backoff="1s", token=kind),
        )
        for kind in KINDS
    ]
    for client in clients:
        sim.faults.lose_answer(Match(caller=client.name))
    answers = await gather(
        client.create_network_interface(
            vswitch_id="vsw-a", security_group_id="sg-main", network_interface_name=client.name
        )
        for client in clients
    )
    return [answer.network_interface_id for answer in answers]


def check(sim: Session, expect: Expectations, known: list[str]) -> None:
    made = sim.interfaces(account="acme", region="cn-hangzhou")
    for kind, wanted in zip(KINDS, (1, 2, 2), strict=True):
        expect(f"ENIs made with token = {kind}", sum(eni.name == f"{kind}-token" for eni in made), equals=wanted)
    expect("ENIs that nobody knows of", sum(eni.id not in known for eni in made), equals=2)
