"""A call dies inside the service and burns its ClientToken: whoever repeats it with that token fails for ever.

IdempotentFailed says that the token is spent. One client keeps its token, as one that follows the rule "repeat with the
same token" does; the other takes a new one after IdempotentFailed, as terway does since its fix.

Source: terway pull request 934; bosh-alicloud-cpi issue 105.
"""

from cloudsim import ApiError, Expectations, Match, Phase, RequestTimeout, Session, World, gather

SHOWS = ("IdempotentFailed",)


def world() -> World:
    return (
        World()
        .account("acme")
        .region("cn-hangzhou", zones=["cn-hangzhou-h"])
        .vpc("vpc-main", cidr="10.0.0.0/8")
        .vswitch("vsw-a", cidr="10.0.0.0/24")
        .security_group("sg-main")
    )


async def drive(sim: Session, *, tries: int = 4) -> list[list[str]]:
    """Let both clients try; give the ends of each one's tries."""
    for name in ("keeps", "renews"):
        sim.faults.abandon(Phase.COMMIT, Match(action="CreateNetworkInterface", caller=name))
    return await gather(try_often(sim, name, tries) for name in ("keeps", "renews"))


async def try_often(sim: Session, name: str, tries: int) -> list[str]:
    client = sim.client(account="acme", region="cn-hangzhou", name=name, timeout="5s")
    token, ends = f"{name}-0", []
    for number in range(1, tries + 1):
        try:
            await client.create_network_interface(
                vswitch_id="vsw-a", security_group_id="sg-main", client_token=token, network_interface_name=name
            )
        except (ApiError, RequestTimeout) as error:
            ends.append(error.code)
            if name == "renews" and error.code == "IdempotentFailed":
                token = f"{name}-{number}"
            await sim.sleep("10s")
        else:
            ends.append("ok")
            break
    return ends


def check(sim: Session, expect: Expectations, ends: list[list[str]], *, tries: int = 4) -> None:
    kept, renewed = ends
    burnt = ["RequestTimeout", *["IdempotentFailed"] * 100]
    expect("the client that keeps its token", kept, equals=burnt[:tries])
    expect("the client that takes a new one", renewed, equals=[*burnt[:2], "ok"][:tries])
    names = [eni.name for eni in sim.interfaces(account="acme", region="cn-hangzhou")]
    expect("ENIs made", names, equals=["renews"] if tries > 2 else [])
