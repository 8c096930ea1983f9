"""An SDK retries creates by itself and sends no ClientToken, so every lost answer leaks an ENI.

The older Python SDK (aliyun-python-sdk-core) repeats a CreateNetworkInterface whose connection broke up to three times.
It has code that would add a ClientToken, and the switch for it is never set. So who loses answers has more ENIs than he
was ever told of, and nothing in his logs says so: each of his calls succeeded. ``--set cure=true`` gives each call one
token for all its tries; then there are the ENIs that were told of, and no others.

``tests/gateway/sdk`` shows the same with the SDK itself, against ``cloudsim serve``.

Source: wire.md section 3 (which errors the SDK repeats, its read time-out of 16 s, the leak).
"""

from cloudsim import Expectations, Match, Retry, Session, World, gather
from cloudsim.errors.own import SettingError
from cloudsim.runtime.retry import TokenUse


def world() -> World:
    return (
        World()
        .account("acme")
        .region("cn-hangzhou", zones=["cn-hangzhou-h"])
        .vpc("vpc-main", cidr="10.0.0.0/8")
        .vswitch("vsw-a", cidr="10.0.0.0/24")
        .security_group("sg-main")
    )


async def drive(sim: Session, *, pods: int = 5, lost: int = 1, cure: bool = False) -> list[str]:
    """Let each pod ask for an ENI and lose its first answers, at most three; give the ENIs that the pods know of."""
    if not 0 <= lost <= 3:
        raise SettingError(f"lost is 0 to 3, since the SDK tries four times, not {lost}")
    clients = [
        sim.client(
            account="acme",
            region="cn-hangzhou",
            name=f"pod-{number}",
            timeout="16s",
            retry=Retry(attempts=4, backoff="100ms", token=TokenUse.SAME if cure else TokenUse.NONE),
        )
        for number in range(pods)
    ]
    for client in clients if lost else []:
        sim.faults.lose_answer(Match(action="CreateNetworkInterface", caller=client.name, times=lost))
    answers = await gather(
        client.create_network_interface(vswitch_id="vsw-a", security_group_id="sg-main") for client in clients
    )
    return [answer.network_interface_id for answer in answers]


def check(
    sim: Session, expect: Expectations, known: list[str], *, pods: int = 5, lost: int = 1, cure: bool = False
) -> None:
    made = [eni.id for eni in sim.interfaces(account="acme", region="cn-hangzhou")]
    expect("ENIs that the pods know of", len(set(known)), equals=pods)
    expect("ENIs that nobody knows of", sum(eni not in known for eni in made), equals=0 if cure else pods * lost)
