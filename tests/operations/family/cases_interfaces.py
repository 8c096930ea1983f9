"""Refusals of the operations on ENIs: attach, detach, delete and show."""

from collections.abc import Callable
from functools import partial
from typing import Any

from cloudsim.api.requests import (
    AssignPrivateIpAddresses,
    AttachNetworkInterface,
    DeleteNetworkInterface,
    DescribeNetworkInterfaceAttribute,
    DescribeNetworkInterfaces,
    DetachNetworkInterface,
    ModifyNetworkInterfaceAttribute,
    Request,
)
from cloudsim.operations.operation import Phase
from cloudsim.simulation.world.builder import World
from tests.operations.family.harness import Case, case
from tests.small_world import REGION, Watched, small

TYPE = "ecs.g7.xlarge"


def attach(eni: str | None = "eni-1", instance: str | None = "i-1", **more: Any) -> AttachNetworkInterface:
    return AttachNetworkInterface(region_id=REGION, network_interface_id=eni, instance_id=instance, **more)


def detach(eni: str | None = "eni-on", instance: str | None = "i-1", **more: Any) -> DetachNetworkInterface:
    return DetachNetworkInterface(region_id=REGION, network_interface_id=eni, instance_id=instance, **more)


def delete(eni: str) -> DeleteNetworkInterface:
    return DeleteNetworkInterface(region_id=REGION, network_interface_id=eni)


def show(eni: str) -> DescribeNetworkInterfaceAttribute:
    return DescribeNetworkInterfaceAttribute(region_id=REGION, network_interface_id=eni)


def modify(eni: str = "eni-1", **more: Any) -> ModifyNetworkInterfaceAttribute:
    return ModifyNetworkInterfaceAttribute(region_id=REGION, network_interface_id=eni, **more)


def hosted(profile: str = "classic", status: Any = "Running", **eni: Any) -> World:
    """An instance, an ENI on it, and a free one."""
    world = small(profile=profile).instance("i-1", type=TYPE, status=status)
    return world.eni("eni-1", **eni).eni("eni-on", instance="i-1")


def current(**more: Any) -> World:
    return hosted(profile="current", **more)


def of_type(profile: str = "current", eni: dict[str, Any] | None = None, **numbers: Any) -> World:
    """An instance of a type of our own, and a free ENI."""
    world = small(profile=profile).instance_type("tiny", **numbers).instance("i-1", type="tiny", status="Stopped")
    return world.eni("eni-1", **(eni or {}))


def elsewhere() -> World:
    """A free ENI in another zone, one in another VPC, and groups there and of the classic network."""
    return (
        World()
        .account("acme")
        .region(REGION, zones=["cn-hangzhou-h", "cn-hangzhou-i"])
        .vpc("vpc-main", cidr="10.0.0.0/16")
        .vpc("vpc-far", cidr="10.0.0.0/16")
        .vswitch("vsw-a", vpc="vpc-main", zone="cn-hangzhou-h", cidr="10.0.0.0/24")
        .vswitch("vsw-i", vpc="vpc-main", zone="cn-hangzhou-i", cidr="10.0.1.0/24")
        .vswitch("vsw-far", vpc="vpc-far", zone="cn-hangzhou-h", cidr="10.0.0.0/24")
        .security_group("sg-main", vpc="vpc-main")
        .security_group("sg-far", vpc="vpc-far")
        .security_group("sg-old", network="classic")
        .instance("i-1", type=TYPE, vswitch="vsw-a")
        .eni("eni-1", vswitch="vsw-a")
        .eni("eni-i", vswitch="vsw-i")
        .eni("eni-far", vswitch="vsw-far")
    )


def product() -> World:
    """An ENI that is in use, and on no instance of the account."""
    return hosted().eni("eni-theirs", status="InUse")


def changing(eni: str) -> Callable[[Watched], object]:
    """Let the addresses of an ENI be under change, for as long as one looks."""

    def begin(sim: Watched) -> None:
        request = AssignPrivateIpAddresses(
            region_id=REGION, network_interface_id=eni, secondary_private_ip_address_count=1
        )
        sim.hold(sim.send(request), at=Phase.COMMIT)
        sim.run()

    return begin


def made(wanted: Callable[[str], Request], **how: Any) -> Callable[[Watched], Request]:
    """A request about an ENI that is made first."""
    return lambda sim: wanted(sim.make(**how).network_interface_id)


def with_trunk(sim: Watched, instance: str = "i-1") -> str:
    """Put a trunk on the instance."""
    trunk = sim.make(instance_type="Trunk").network_interface_id
    sim.ask(attach(trunk, instance))
    return trunk


def detach_with_member(sim: Watched) -> Request:
    trunk = with_trunk(sim)
    sim.ask(attach("eni-1", trunk_network_instance_id=trunk))
    return detach(trunk)


def primary(request: Callable[..., Request], **more: Any) -> Callable[[Watched], Request]:
    """A request about the primary ENI of the instance."""
    return lambda sim: request(next(iter(sim.cloud.instances.values())).primary.id, **more)


def fast_on(sim: Watched) -> Request:
    """Put a HighPerformance ENI on the instance, to be detached."""
    eni = sim.make(network_interface_traffic_mode="HighPerformance").network_interface_id
    sim.ask(attach(eni))
    return detach(eni)


STATE, TYPE_CODE = "InvalidOperation.InvalidEniState", "InvalidOperation.InvalidEniType"
THEIRS, BUSY, BAD_ID = "InvalidOperation.EniServiceManaged", "Operation.Conflict", "InvalidParams.EniId"
ECS_STATE, NO_ENI, NO_ECS = "InvalidOperation.InvalidEcsState", "InvalidEniId.NotFound", "InvalidEcsId.NotFound"

ATTACHES = (
    case("UnsupportedParameter", 400, attach(network_card_index=0), "NetworkCardIndex", "classic", world=hosted),
    case("UnsupportedParameter", 400, attach(trunk_network_instance_id="eni-2"), "TrunkNetworkInst", world=hosted),
    case("InvalidParameter", 400, attach(network_card_index=-1), "NetworkCardIndex", "-1", world=current),
    case(NO_ECS, 404, attach(instance="i-x"), "i-x", world=hosted),
    case("InvalidInstanceID.Malformed", 400, attach(instance="x y"), "x y", world=hosted),
    case(NO_ENI, 404, attach("eni-x"), "eni-x", world=hosted),
    case(BAD_ID, 400, attach("x y"), "x y", world=hosted),
    case(TYPE_CODE, 403, primary(attach), "Primary", "Secondary or Trunk", world=hosted),
    case(THEIRS, 403, attach("eni-theirs"), "eni-theirs", world=product),
    case(STATE, 400, attach("eni-on"), "eni-on", "InUse", world=hosted),
    case(BUSY, 403, attach(), "eni-1", world=hosted, before=changing("eni-1")),
    case(ECS_STATE, 400, attach("eni-1"), "i-1", '"Starting"', world=partial(hosted, status="Starting")),
    case(
        "InvalidOperation.VpcMismatch", 403, attach("eni-far"), "eni-far", "vpc-far", "i-1", "vpc-main", world=elsewhere
    ),
    case(
        "InvalidOperation.AvailabilityZoneMismatch",
        403,
        attach("eni-i"),
        *("eni-i", "cn-hangzhou-i", "i-1", "cn-hangzhou-h"),
        world=elsewhere,
    ),
    case(
        "InvalidInstanceType.ElasticNetworkInterfaceNotSupported",
        400,
        attach(),
        *("i-1", "tiny"),
        world=partial(of_type, eni_quantity=1),
    ),
    case(
        "InvalidOperation.InstanceTypeNotSupportEniTrunking",
        403,
        made(attach, instance_type="Trunk"),
        *("i-1", "tiny"),
        world=partial(of_type, eni_trunk_supported=False),
    ),
    case(
        "InvalidOperation.EniTypeNotSupportTrunking",
        403,
        attach(trunk_network_instance_id="eni-on"),
        *("eni-on", "Secondary"),
        world=current,
    ),
    case(
        "InvalidOperation.InvalidTrunkEniStatus",
        403,
        made(lambda trunk: attach(trunk_network_instance_id=trunk), instance_type="Trunk"),
        *("i-1", '"Available"', "no instance"),
        world=current,
    ),
    case(
        "InvalidOperation.Ipv4CountExceeded",
        403,
        attach(),
        *("eni-1", "i-1", "tiny", "asked for 3", "maximum is 2"),
        world=partial(of_type, eni={"secondary_count": 2}, ipv4_per_eni=2),
    ),
    case(
        "InvalidOperation.Ipv6CountExceeded",
        403,
        made(attach, ipv6_address_count=2),
        *("i-1", "tiny", "asked for 2", "maximum is 1"),
        world=partial(of_type, ipv6_per_eni=1),
    ),
    case(
        "InvalidOperation.Ipv6NotSupport",
        403,
        made(attach, ipv6_address_count=1),
        *("i-1", "tiny"),
        world=partial(of_type, ipv6_per_eni=0),
    ),
    case(
        "InvalidOperation.MaxEniQueueNumberExceeded",
        403,
        attach(),
        *("eni-1", "asks for 5", "tiny", "allows 4"),
        world=partial(of_type, eni={"queue_number": 5}, max_queues_per_eni=4),
    ),
    case(
        "InvalidOperation.ExceedInstanceTypeQueueNumber",
        403,
        attach(),
        *("i-1", "has 2", "asked for 5 more", "tiny", "allows 6"),
        world=partial(of_type, eni={"queue_number": 5}, primary_queues=2, total_queues=6),
    ),
    case(
        "EniPerInstanceLimitExceeded",
        403,
        attach(),
        *("i-1", TYPE, "4 of 4", "1 more"),
        world=lambda: hosted().eni("eni-{n}-more", instance="i-1", count=2),
    ),
)

DETACHES = (
    case("UnsupportedParameter", 400, detach(trunk_network_instance_id="eni-2"), "classic", world=hosted),
    case(NO_ECS, 404, detach(instance="i-x"), "i-x", world=hosted),
    case("InvalidInstanceID.Malformed", 400, detach(instance="x y"), "x y", world=hosted),
    case(NO_ENI, 404, detach("eni-x"), "eni-x", world=hosted),
    case(BAD_ID, 400, detach("x y"), "x y", world=hosted),
    case("InvalidOperation.DetachPrimaryEniNotAllowed", 400, primary(detach), "i-1", world=hosted),
    case(THEIRS, 403, detach("eni-theirs"), "eni-theirs", world=product),
    case(
        "InvalidParameter.EniNotBelongEcs",
        400,
        detach(instance="i-2"),
        *("eni-on", "i-2", "but on i-1"),
        world=lambda: hosted().instance("i-2", type=TYPE),
    ),
    case(STATE, 400, detach("eni-1"), "eni-1", "InUse or Detaching", "Available", world=hosted),
    case(BUSY, 403, detach(), "eni-on", world=hosted, before=changing("eni-on")),
    case(ECS_STATE, 400, detach(), "i-1", '"Stopping"', world=partial(hosted, status="Stopping")),
    case(
        "InvalidParameter.EniNotBelongTrunk",
        403,
        detach(trunk_network_instance_id="eni-1"),
        *("eni-on", "eni-1"),
        world=current,
    ),
    case(
        "InvalidOperation.HasMemberEniAttached", 403, detach_with_member, "has 1 member", "eni-1 first", world=current
    ),
    case("InvalidOperation.EniHotPlugNotSupported", 400, fast_on, "i-1", "Running", world=current),
)

OTHERS = (
    case(NO_ENI, 404, delete("eni-x"), "eni-x", world=hosted),
    case(BAD_ID, 400, delete("x y"), "x y", world=hosted),
    case(TYPE_CODE, 403, primary(delete), "Primary", world=hosted),
    case(THEIRS, 403, delete("eni-theirs"), "eni-theirs", world=product),
    case("InvalidOperation.Conflict", 403, delete("eni-1"), "eni-1", world=hosted, before=changing("eni-1")),
    case(STATE, 400, delete("eni-on"), "eni-on", "Available or Deleting", "InUse", world=hosted),
    case("InvalidRegionId.MalFormed", 400, DescribeNetworkInterfaces(region_id="Hangzhou!"), "Hangzhou!"),
    case("InvalidRegionId.NotFound", 404, DescribeNetworkInterfaces(region_id="cn-nowhere-1"), "cn-nowhere-1"),
    case(NO_ENI, 404, show("eni-x"), "eni-x", world=hosted),
    case(BAD_ID, 400, show("x y"), "x y", world=hosted),
)

CASES: tuple[Case, ...] = (*ATTACHES, *DETACHES, *OTHERS)
