"""Refusals whose cause is a fact of its own: bonds, stock, vCPUs, RDMA, regions, denied tags, deep pages."""

from collections.abc import Callable
from functools import partial
from typing import Any

from cloudsim.api.requests import (
    DeleteInstance,
    DescribeNetworkInterfaces,
    DescribeVSwitches,
    EnhancedNetwork,
    InstanceInterface,
    Request,
    TrafficConfig,
)
from cloudsim.resources.throttle import Throttling
from cloudsim.simulation.world.builder import World
from tests.operations.family.cases_interfaces import (
    TYPE,
    attach,
    delete,
    detach,
    elsewhere,
    hosted,
    made,
    modify,
    of_type,
)
from tests.operations.family.cases_tagging import listed, tag, untag
from tests.operations.family.harness import Case, case
from tests.operations.family.launches import a_run, held, joining, on_one, with_enis, with_instance
from tests.small_world import REGION, Watched, small

ZONE = "cn-hangzhou-h"
FAST: dict[str, Any] = {"network_interface_traffic_mode": "HighPerformance"}
RSS = EnhancedNetwork(enable_rss=True)
SRIOV = EnhancedNetwork(enable_sriov=True, virtual_function_quantity=2, virtual_function_total_queue_number=4)


def far() -> World:
    """An ENI here, and instances: in another region, and of another account."""
    return (
        World()
        .account("acme")
        .account("other")
        .region(REGION, zones=[ZONE])
        .region("cn-beijing", zones=["cn-beijing-a"])
        .vpc("vpc-main", account="acme", region=REGION, cidr="10.0.0.0/16")
        .vpc("vpc-north", account="acme", region="cn-beijing", cidr="10.0.0.0/16")
        .vpc("vpc-other", account="other", region=REGION, cidr="10.0.0.0/16")
        .vswitch("vsw-a", vpc="vpc-main", cidr="10.0.0.0/24")
        .vswitch("vsw-north", vpc="vpc-north", cidr="10.0.0.0/24")
        .vswitch("vsw-other", vpc="vpc-other", cidr="10.0.0.0/24")
        .instance("i-north", type=TYPE, vswitch="vsw-north")
        .instance("i-other", type=TYPE, vswitch="vsw-other")
        .eni("eni-1", vswitch="vsw-a")
    )


def bonded(sim: Watched) -> object:
    """Bond the ENI on the instance to the free one."""
    return sim.trouble.bond("eni-on", "eni-1")


def of_account(world: Callable[[], World] = small, **keys: Any) -> Callable[[], World]:
    """A world whose account has further keys."""

    def make() -> World:
        found = world()
        found._tables["account"][0].update(keys)
        return found

    return make


def attach_beside_fast(sim: Watched) -> Request:
    """Attach a second HighPerformance ENI, each with three queues for RDMA."""
    first, second = [sim.make(**FAST, queue_pair_number=3).network_interface_id for _ in range(2)]
    sim.ask(attach(first))
    return attach(second)


def modify_beside_fast(sim: Watched) -> Request:
    """Let an ENI on the instance become HighPerformance beside another one."""
    first = sim.make(**FAST, queue_pair_number=3).network_interface_id
    sim.ask(attach(first))
    sim.ask(attach("eni-1"))
    return make_fast(queue_pair_number=3)


def make_fast(**more: Any) -> Request:
    return modify(network_interface_traffic_config=TrafficConfig(**FAST, **more))


def on_instance(**numbers: Any) -> Callable[[], World]:
    return partial(of_type, eni={"instance": "i-1"}, **numbers)


def trunk_on(sim: Watched) -> Request:
    trunk = sim.make(instance_type="Trunk").network_interface_id
    sim.ask(attach(trunk))
    return modify(trunk, enhanced_network=SRIOV)


def launch_of(count: int = 1, **more: Any) -> Request:
    """A launch of the world's own type with HighPerformance ENIs."""
    return with_enis(*[InstanceInterface(**FAST, **more)] * count, instance_type="tiny")


_NO_RDMA = "InvalidOperation.InstanceTypeNotSupportHighPerformance"
_LIMIT = "HighPerformanceEniPerInstanceLimitExceeded"
_PAIRS, _OVERFLOW = "InvalidOperation.MaxEniQueuePairNumberExceed", "InvalidOperation.EniQueuePairNumberOverflow"
_NO_RSS, _NO_ECS = "InvalidOperation.InstanceTypeNotSupportRss", "InvalidInstanceId.NotFound"

PLACES = (
    case("InvalidOperation.InvalidRegion", 400, attach(instance="i-north"), "i-north", REGION, "cn-beijing", world=far),
    case("InvalidOperation.InvalidRegion", 400, detach("eni-1", "i-north"), "i-north", "cn-beijing", world=far),
    case(_NO_ECS, 403, attach(instance="i-other"), "i-other", world=far),
    case(_NO_ECS, 403, detach("eni-1", "i-other"), "i-other", world=far),
    case(
        "InvalidOperation.InvalidGeneration",
        400,
        attach(),
        *("i-1", "tiny", "ecs-2"),
        world=partial(of_type, generation="ecs-2"),
    ),
    case(
        "InvalidVpc.Empty",
        403,
        DescribeNetworkInterfaces(region_id=REGION, vpc_id="vpc-empty"),
        "vpc-empty",
        world=lambda: elsewhere().vpc("vpc-empty", cidr="10.0.0.0/16"),
    ),
    case(
        "Throttling.DeepPageSkip",
        400,
        DescribeVSwitches(region_id=REGION, page_number=3, page_size=10),
        *("page 3 of 10", "skips 20", "at most 10"),
        run={"throttling": Throttling(deep_page=10)},
    ),
)

BONDS = (
    case("InvalidOperation.EniLinked", 403, detach(), "eni-on", "eni-1", world=hosted, before=bonded),
    case("InvalidOperation.HasSlaveEniBonded", 400, delete("eni-1"), "1, eni-on", world=hosted, before=bonded),
    case(
        "InvalidOperation.EniLinked",
        403,
        on_one(DeleteInstance, force=True),
        *("eni-on", "eni-1"),
        world=hosted,
        before=bonded,
    ),
)

RDMA = (
    case(_NO_RDMA, 400, made(attach, **FAST), "i-1", "tiny", world=partial(of_type, eri_quantity=0)),
    case(f"InvalidOperation.{_LIMIT}", 400, attach_beside_fast, "1 of 1", world=partial(of_type, eri_quantity=1)),
    case(
        _PAIRS,
        400,
        made(attach, **FAST, queue_pair_number=5),
        *("asks for 5", "allows 4"),
        world=partial(of_type, queue_pairs_per_eni=4),
    ),
    case(_OVERFLOW, 400, attach_beside_fast, "3", "5", world=partial(of_type, total_queue_pairs=5)),
    case(_NO_RSS, 400, made(attach, enhanced_network=RSS), "tiny", world=partial(of_type, rss_supported=False)),
    case(_NO_RDMA, 400, make_fast(), "eni-1", "i-1", "tiny", world=on_instance(eri_quantity=0)),
    case(f"InvalidOperation.{_LIMIT}", 400, modify_beside_fast, "1 of 1", world=partial(of_type, eri_quantity=1)),
    case(
        _PAIRS,
        400,
        make_fast(queue_pair_number=5),
        *("asks for 5", "allows 4"),
        world=on_instance(queue_pairs_per_eni=4),
    ),
    case(_OVERFLOW, 400, modify_beside_fast, "3 more", "allows 5", world=partial(of_type, total_queue_pairs=5)),
    case(_NO_RSS, 400, modify(enhanced_network=RSS), "eni-1", "tiny", world=on_instance(rss_supported=False)),
    case(
        "InvalidOperation.NotSupportModifyVFQueueNumberAndVFQuantity",
        400,
        made(
            partial(
                modify,
                enhanced_network=EnhancedNetwork(
                    enable_sriov=True, virtual_function_quantity=3, virtual_function_total_queue_number=4
                ),
            ),
            enhanced_network=SRIOV,
        ),
        *("2 with 4", "3 with 4"),
        world=of_type,
    ),
    case("InvalidOperation.TrunkAttachmentMustEmpty", 400, trunk_on, "eni-", "i-1", world=of_type),
)

LAUNCHES = (
    case("OperationDenied.NoStock", 403, a_run(), TYPE, ZONE, before=lambda sim: sim.trouble.sell_out(ZONE, TYPE)),
    case("OperationDenied.NoStock", 403, a_run(), TYPE, ZONE, before=lambda sim: sim.trouble.sell_out(ZONE)),
    case(
        "QuotaExceed.ElasticQuota",
        403,
        a_run(amount=3),
        *("acme", "8 of 10", REGION, "4 more"),
        world=of_account(with_instance(), vcpu_quota=10),
    ),
    case(
        "OperationDenied.CreatingConflict",
        404,
        a_run(),
        *("acme", REGION),
        world=of_account(launches_alone=True),
        before=held(a_run()),
    ),
    case(f"{_NO_RDMA}TrafficMode", 403, launch_of(), "tiny", world=partial(of_type, eri_quantity=0)),
    case(f"InvalidOperation.{_LIMIT}", 403, launch_of(2), "1 of 1", world=partial(of_type, eri_quantity=1)),
    case(_PAIRS, 403, launch_of(queue_pair_number=5), "allows 4", world=partial(of_type, queue_pairs_per_eni=4)),
    case(_OVERFLOW, 403, launch_of(2, queue_pair_number=3), "allows 5", world=partial(of_type, total_queue_pairs=5)),
    case(
        _NO_RSS,
        400,
        made(partial(joining, instance_type="tiny"), enhanced_network=RSS),
        "tiny",
        world=partial(of_type, rss_supported=False),
    ),
)

DENIED: dict[str, Any] = {"user": "ci", "world": of_account(users=[{"name": "ci", "denied_tags": ["a"]}])}

TAGS = (
    case("NoPermission.Tag", 403, tag(), "ci", '"a"', **DENIED),
    case("NoPermission.Tag", 403, untag(), "ci", '"a"', **DENIED),
    case("NoPermission.Tag", 403, untag(tag_keys=None, all=True), "ci", before=lambda sim: sim.ask(tag()), **DENIED),
    case("NoPermission.Tag", 403, listed(tags=tag().tags), "ci", '"a"', **DENIED),
)

CASES: tuple[Case, ...] = (*PLACES, *BONDS, *RDMA, *LAUNCHES, *TAGS)
