"""Refusals of ModifyNetworkInterfaceAttribute."""

from functools import partial
from typing import Any

from cloudsim.api.requests import ConnectionTracking, EnhancedNetwork, TrafficConfig
from cloudsim.operations.operation import Phase
from cloudsim.simulation.world.builder import World
from tests.operations.family.cases_interfaces import (
    BAD_ID,
    BUSY,
    NO_ENI,
    STATE,
    THEIRS,
    TYPE,
    changing,
    current,
    detach,
    elsewhere,
    hosted,
    made,
    modify,
    of_type,
    primary,
    product,
)
from tests.operations.family.harness import Case, case
from tests.small_world import small


def grouped() -> World:
    """A free ENI with two addresses in a basic group, and groups that it cannot join."""
    return (
        small(profile="current")
        .security_group("sg-full", capacity=8, used=7)
        .security_group("sg-big", type="enterprise")
        .security_group("sg-rules", rules=1001)
        .security_group("sg-theirs", service_managed=True)
        .eni("eni-1", security_groups=["sg-main"], secondary_count=1)
    )


def of_account(**keys: Any) -> World:
    """The usual world of an account with further keys."""
    world = current()
    world._tables["account"][0].update(keys)
    return world


def crowded() -> World:
    """A free ENI in an enterprise group, and another such group without room."""
    return (
        small(profile="current")
        .security_group("sg-big", type="enterprise")
        .security_group("sg-packed", type="enterprise", capacity=7, used=7)
        .eni("eni-1", security_groups=["sg-big"])
    )


FAST, STANDARD = (TrafficConfig(network_interface_traffic_mode=mode) for mode in ("HighPerformance", "Standard"))

CASES: tuple[Case, ...] = (
    case("UnsupportedParameter", 400, modify(delete_on_release=True), "DeleteOnRelease", "classic", world=hosted),
    case("InvalidParams.NetworkInterfaceName", 403, modify(network_interface_name="1a"), "letter", world=hosted),
    case("InvalidParameter", 400, modify(description="x" * 256), "256", "255", "Description", world=hosted),
    case("InvalidParameter.InvalidEniQueueNumber", 403, modify(queue_number=2049), "2049", "2048", world=hosted),
    case(
        "InvalidParameter.EniTrafficMode",
        400,
        modify(network_interface_traffic_config=TrafficConfig(network_interface_traffic_mode="Fast")),
        "Fast",
        world=current,
    ),
    case("InvalidParameter.EniQueueSize", 400, modify(rx_queue_size=8192), "8192", "not given", world=current),
    case(
        "InvalidParameter.EniConnectionTrackingConfiguration",
        400,
        modify(connection_tracking_configuration=ConnectionTracking(udp_timeout=11)),
        *("UdpTimeout", "11"),
        world=current,
    ),
    case(
        "InvalidParameter.EniEnhancedNetwork",
        400,
        modify(enhanced_network=EnhancedNetwork(enable_sriov=True)),
        "VirtualFunctionTotalQueueNumber",
        world=current,
    ),
    case(
        "JoinedGroupLimitExceed",
        400,
        modify(security_group_ids=tuple(f"sg-{n}" for n in range(6))),
        *("6", "5"),
        world=hosted,
    ),
    case(
        "InvalidParameter.SecurityGroupIdRepeated",
        404,
        modify(security_group_ids=("sg-main", "sg-main")),
        "sg-main",
        world=current,
    ),
    case(
        "InvalidEniQueueSize.RegionOrUserNotSupported",
        400,
        modify(rx_queue_size=8192, tx_queue_size=8192),
        "acme",
        world=partial(of_account, queue_sizes=False),
    ),
    case(
        "InvalidConnectionTrackingConfiguration.RegionOrUserNotSupported",
        400,
        modify(connection_tracking_configuration=ConnectionTracking(udp_timeout=10)),
        "acme",
        world=partial(of_account, connection_tracking=False),
    ),
    case(NO_ENI, 404, modify("eni-x"), "eni-x", world=hosted),
    case(BAD_ID, 400, modify("x y"), "x y", world=hosted),
    case(THEIRS, 403, modify("eni-theirs"), "eni-theirs", world=product),
    case("InvalidOperation.ModifyPrimaryEniQueueNumber", 403, primary(modify, queue_number=1), "eni-", world=hosted),
    case(
        "InvalidOperation.PrimaryEniOnlySupportModifyNameAndDesc",
        404,
        primary(modify, security_group_ids=("sg-main",)),
        "SecurityGroupId",
        world=hosted,
    ),
    case(
        STATE,
        400,
        modify("eni-1", network_interface_name="ab"),
        *("Available or InUse", "Detaching"),
        world=partial(hosted, instance="i-1", status="Running"),
        before=lambda sim: sim.faults.abandon(Phase.FINISH) and sim.ask(detach("eni-1")),
    ),
    case(BUSY, 403, modify(description="ab"), "eni-1", world=hosted, before=changing("eni-1")),
    case(
        "InvalidOperation.NotSupportModifyQueueNumber",
        400,
        modify("eni-on", queue_number=1),
        *("eni-on", "i-1", "Running"),
        world=hosted,
    ),
    case(
        "InvalidOperation.MaxEniQueueNumberExceeded",
        403,
        modify("eni-on", queue_number=5),
        *("eni-on", "asks for 5", TYPE, "allows 4"),
        world=partial(hosted, status="Stopped"),
    ),
    case(
        "InvalidOperation.ExceedInstanceTypeQueueNumber",
        403,
        modify(queue_number=5),
        *("i-1", "has 2", "asked for 5 more", "tiny", "allows 6"),
        world=partial(of_type, eni={"instance": "i-1"}, primary_queues=2, total_queues=6),
    ),
    case(
        "InvalidTrafficMode.ModifyToStandardNotSupported",
        400,
        made(
            partial(modify, network_interface_traffic_config=STANDARD), network_interface_traffic_mode="HighPerformance"
        ),
        "eni-",
        world=current,
    ),
    case(
        "InvalidOperation.EniTrafficModeNotSupportIPv6",
        400,
        made(partial(modify, network_interface_traffic_config=FAST), ipv6_address_count=2),
        "2 IPv6",
        world=current,
    ),
    case(
        "InvalidParameter.QueuePairNumberMustEmpty",
        400,
        modify(network_interface_traffic_config=TrafficConfig(queue_pair_number=1)),
        "asked for 1",
        world=current,
    ),
    case(
        "InvalidParameter.InvalidQueuePairNumber",
        400,
        modify(
            network_interface_traffic_config=TrafficConfig(
                network_interface_traffic_mode="HighPerformance", queue_pair_number=0
            )
        ),
        "asked for 0",
        world=current,
    ),
    case("InvalidSecurityGroupId.NotFound", 404, modify(security_group_ids=("sg-x",)), "sg-x", world=hosted),
    case("InvalidSecurityGroupId.NotVpc", 403, modify(security_group_ids=("sg-old",)), "sg-old", world=elsewhere),
    case(
        "InvalidOperation.VpcMismatch",
        403,
        modify(security_group_ids=("sg-far",)),
        *("vsw-a", "vpc-main", "sg-far", "vpc-far"),
        world=elsewhere,
    ),
    case(
        "InvalidOperation.MultiGroupType",
        403,
        modify(security_group_ids=("sg-main", "sg-big")),
        *("sg-main is normal", "sg-big is enterprise"),
        world=grouped,
    ),
    case("AclLimitExceed", 403, modify(security_group_ids=("sg-rules",)), "1001", "1000", world=grouped),
    case(
        "InvalidOperation.ResourceManagedByCloudProduct",
        403,
        modify(security_group_ids=("sg-main", "sg-theirs")),
        "sg-theirs",
        world=grouped,
    ),
    case(
        "SecurityGroupInstanceLimitExceed",
        403,
        modify(security_group_ids=("sg-full",)),
        *("sg-full", "7 of 8", "2 more"),
        world=grouped,
    ),
    case(
        "InvalidOperation.EniCountExceeded",
        403,
        modify(security_group_ids=("sg-packed",)),
        *("sg-packed", "7 of 7"),
        world=crowded,
    ),
)
