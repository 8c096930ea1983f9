"""A create succeeds, the attach behind it is refused, and the ENI leaks: nobody deletes what nobody can use.

Pods of one node ask for an ENI each, and each looks first whether the node has a free slot. They all look before anyone
has attached. Who is refused with EniPerInstanceLimitExceeded leaves an Available ENI behind, which holds an address and
a place of the quota for ever. ``--set cleanup=true`` deletes it, as the fix does.

Source: cilium issue 21747, fixed by pull request 21800.
"""

from cloudsim import ApiError, Client, Expectations, Session, World, gather

SHOWS = ("EniPerInstanceLimitExceeded",)


def world(*, pods: int = 8) -> World:
    return (
        World()
        .account("acme", eni_quota=max(100, pods))
        .region("cn-hangzhou", zones=["cn-hangzhou-h"])
        .vpc("vpc-main", cidr="10.0.0.0/8")
        .vswitch("vsw-a", cidr="10.0.0.0/16")
        .security_group("sg-main")
        .instance("i-node", type="ecs.g7.xlarge")
    )


async def drive(sim: Session, *, pods: int = 8, cleanup: bool = False) -> int:
    """Let each pod of the node get its ENI; give the number of those that got none though a slot was free for them."""
    client = sim.client(account="acme", region="cn-hangzhou")
    sure = sum(await gather(sees_a_free_slot(client) for _ in range(pods)))
    return sum(await gather(get_eni(client, cleanup=cleanup) for _ in range(sure)))


async def sees_a_free_slot(client: Client) -> bool:
    types = await client.describe_instance_types(instance_types=["ecs.g7.xlarge"])
    on_node = await client.describe_network_interfaces(instance_id="i-node", page_size=100)
    return on_node.total_count < (types.instance_types[0].eni_quantity or 0)


async def get_eni(client: Client, *, cleanup: bool) -> bool:
    """Create and attach; tell whether the attach was refused though a slot was free."""
    made = await client.create_network_interface(vswitch_id="vsw-a", security_group_id="sg-main")
    eni = made.network_interface_id
    try:
        await client.attach_network_interface(network_interface_id=eni, instance_id="i-node")
    except ApiError:
        if cleanup:
            await client.delete_network_interface(network_interface_id=eni)
        return True
    await client.wait_until_in_use(eni)
    return False


def check(sim: Session, expect: Expectations, refused: int, *, pods: int = 8, cleanup: bool = False) -> None:
    enis = [eni for eni in sim.interfaces(account="acme", region="cn-hangzhou") if eni.type != "Primary"]
    attached = sum(eni.status == "InUse" for eni in enis)
    expect("ENIs in use", attached, equals=min(pods, 3))
    expect("attaches refused", refused, equals=max(0, pods - 3))
    expect("leaked ENIs", len(enis) - attached, equals=0 if cleanup else refused)
