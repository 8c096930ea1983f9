"""A detach hangs: the ENI stays Detaching until somebody says it again.

The guest does not cooperate, and a waiter that gives up after a minute, as Terraform's does, fails. The documents say
to repeat the call; the repeat lets the ENI go, and only then can it be deleted.

Source: terraform-provider-alicloud issue 6436; DetachNetworkInterface, "may stay in Detaching".
"""

from cloudsim import Expectations, Match, Session, World, attempt
from cloudsim.errors.own import WaitTimeout
from cloudsim.runtime.waiting import TERRAFORM_DETACH

SHOWS = ("InvalidOperation.InvalidEniState",)


def world() -> World:
    return (
        World()
        .account("acme")
        .region("cn-hangzhou", zones=["cn-hangzhou-h"])
        .vpc("vpc-main", cidr="10.0.0.0/8")
        .vswitch("vsw-a", cidr="10.0.0.0/24")
        .security_group("sg-main")
        .instance("i-node", type="ecs.g7.xlarge")
        .eni("eni-pod", vswitch="vsw-a", instance="i-node")
    )


async def drive(sim: Session) -> list[str]:
    """Detach, wait in vain, try to delete, say it again; give how each step ended."""
    client = sim.client(account="acme", region="cn-hangzhou")
    sim.faults.hang_detach(Match(action="DetachNetworkInterface"))
    ends = []
    for _ in range(2):
        ended = await attempt(client.detach_network_interface, network_interface_id="eni-pod", instance_id="i-node")
        ends.append(f"detach: {ended.code}")
        try:
            await client.wait_until_available("eni-pod", poll=TERRAFORM_DETACH)
            ends.append("wait: Available")
        except WaitTimeout:
            ends.append("wait: gave up")
        deleted = await attempt(client.delete_network_interface, network_interface_id="eni-pod")
        ends.append(f"delete: {deleted.code}")
    return ends


def check(sim: Session, expect: Expectations, ends: list[str]) -> None:
    hung = ["detach: ok", "wait: gave up", "delete: InvalidOperation.InvalidEniState"]
    expect("the first round, which hangs", ends[:3], equals=hung)
    expect("the second round", ends[3:], equals=["detach: ok", "wait: Available", "delete: ok"])
    left = [eni.id for eni in sim.interfaces(account="acme", region="cn-hangzhou") if eni.id == "eni-pod"]
    expect("what is left of the ENI", left, equals=[])
