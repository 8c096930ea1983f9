"""Refusals of the operations of this subject."""

from typing import Any

from cloudsim.api.requests import (
    AssignPrivateIpAddresses,
    CreateSecurityGroup,
    CreateVpc,
    DeleteSecurityGroup,
    DescribeSecurityGroupAttribute,
    DescribeSecurityGroupReferences,
    DescribeSecurityGroups,
    JoinSecurityGroup,
    LeaveSecurityGroup,
    ModifySecurityGroupAttribute,
    ModifySecurityGroupPolicy,
    Tag,
)
from cloudsim.operations.operation import Phase
from cloudsim.simulation.world.builder import World
from tests.operations.family.harness import Case, case
from tests.small_world import REGION, Watched, small


def create(**said: Any) -> CreateSecurityGroup:
    return CreateSecurityGroup(**{"region_id": REGION, "vpc_id": "vpc-main", **said})


def delete(group: str = "sg-main") -> DeleteSecurityGroup:
    return DeleteSecurityGroup(region_id=REGION, security_group_id=group)


def rename(group: str = "sg-main", **said: Any) -> ModifySecurityGroupAttribute:
    return ModifySecurityGroupAttribute(region_id=REGION, security_group_id=group, **said)


def let(policy: str | None = "Drop", group: str | None = "sg-main", **said: Any) -> ModifySecurityGroupPolicy:
    return ModifySecurityGroupPolicy(region_id=REGION, security_group_id=group, inner_access_policy=policy, **said)


def refer(*groups: str) -> DescribeSecurityGroupReferences:
    return DescribeSecurityGroupReferences(region_id=REGION, security_group_ids=groups)


def groups_world(**limits: int) -> World:
    """A stopped and a starting instance, ENIs in every way to be wrong, and groups of every kind."""
    return (
        World(limits=limits)
        .account("acme")
        .region(REGION, zones=["cn-hangzhou-h"])
        .vpc("vpc-main", cidr="10.0.0.0/16")
        .vpc("vpc-else", cidr="10.0.0.0/16")
        .vswitch("vsw-a", vpc="vpc-main", cidr="10.0.0.0/24")
        .security_group("sg-main", vpc="vpc-main")
        .security_group("sg-2", vpc="vpc-main", name="second")
        .security_group("sg-else", vpc="vpc-else")
        .security_group("sg-classic", network="classic")
        .security_group("sg-firm", vpc="vpc-main", type="enterprise")
        .security_group("sg-managed", vpc="vpc-main", service_managed=True)
        .security_group("sg-full", vpc="vpc-main", capacity=1)
        .security_group("sg-rules", vpc="vpc-main", rules=1_001)
        .instance("i-1", type="ecs.g7.xlarge", status="Stopped", security_groups=["sg-main"])
        .instance("i-2", type="ecs.g7.xlarge", status="Starting", security_groups=["sg-main"])
        .eni("eni-1", secondary_count=1, security_groups=["sg-main"])
        .eni("eni-two", security_groups=["sg-main", "sg-managed"])
        .eni("eni-lb", status="InUse", security_groups=["sg-main"])
        .eni("eni-going", status="Deleting", security_groups=["sg-main"])
    )


def few_groups() -> World:
    return groups_world(groups_per_eni_max=2)


def no_more_groups() -> World:
    return groups_world(security_groups_per_region_max=8)


def two_firms() -> World:
    """Enterprise groups that count ENIs."""
    return (
        small(profile="current")
        .security_group("sg-firm", type="enterprise")
        .security_group("sg-firm-full", type="enterprise", capacity=0)
        .eni("eni-1", security_groups=["sg-firm"])
    )


def pending_vpc(sim: Watched) -> CreateSecurityGroup:
    """A group in a VPC whose making is held."""
    making = sim.send(CreateVpc(region_id=REGION))
    sim.hold(making, at=Phase.FINISH)
    sim.run()
    return create(vpc_id=making.result().vpc_id)  # type: ignore[union-attr]


def a_running_twin(sim: Watched) -> None:
    sim.hold(sim.send(create(client_token="t-1")), at=Phase.COMMIT)
    sim.run()


def a_burnt_twin(sim: Watched) -> None:
    sim.faults.abandon(Phase.COMMIT)
    sim.ask(create(client_token="t-1"))


def a_running_twin_of_a_policy(sim: Watched) -> None:
    sim.hold(sim.send(let(client_token="t-1")), at=Phase.COMMIT)
    sim.run()


def a_burnt_twin_of_a_policy(sim: Watched) -> None:
    sim.faults.abandon(Phase.COMMIT)
    sim.ask(let(client_token="t-1"))


def an_assignment_under_way(sim: Watched) -> None:
    request = AssignPrivateIpAddresses(
        region_id=REGION, network_interface_id="eni-1", secondary_private_ip_address_count=1
    )
    sim.hold(sim.send(request), at=Phase.COMMIT)
    sim.run()


CREATES = (
    case("InvalidSecurityGroupName.Malformed", 400, create(security_group_name="1"), "1 characters"),
    case("InvalidSecurityGroupDiscription.Malformed", 400, create(description="http://a"), "http://"),
    case("InvalidParameter", 400, create(security_group_type="odd"), "SecurityGroupType", "odd"),
    case("InvalidClientToken.ValueNotSupported", 400, create(client_token="x" * 65), "65"),
    case("QuotaExceed.Tags", 403, create(tags=tuple(Tag(key=f"k{n}") for n in range(21))), "21", "20"),
    case("InvalidTagKey.Malformed", 400, create(tags=(Tag(key="aliyun"),))),
    case("InvalidTagValue.Malformed", 400, create(tags=(Tag(key="a", value="acs:b"),))),
    case("Duplicate.TagKey", 400, create(tags=(Tag(key="a"), Tag(key="a", value="b")))),
    case(
        "IdempotentParameterMismatch", 400, create(client_token="t-1", description="other"), "t-1",
        before=lambda sim: sim.ask(create(client_token="t-1")),
    ),
    case("IdempotentProcessing", 403, create(client_token="t-1"), "t-1", before=a_running_twin),
    case("IdempotentFailed", 403, create(client_token="t-1"), "t-1", before=a_burnt_twin),
    case("InvalidVpcId.NotFound", 404, create(vpc_id="vpc-x"), "vpc-x"),
    case("InvalidVpcId.NotFound", 403, create(vpc_id=None), "acme", world=lambda: small(profile="current")),
    case("IncorrectVpcStatus", 400, pending_vpc, "Pending"),
    case("InvalidResourceGroup.NotFound", 404, create(resource_group_id="rg-x")),
    case("QuotaExceed.SecurityGroup", 403, create(), "8 of 8", "acme", REGION, world=no_more_groups),
)  # fmt: skip

DELETES = (
    case("InvalidSecurityGroupId.NotFound", 404, delete("sg-x"), "sg-x"),
    case("InvalidOperation.ResourceManagedByCloudProduct", 403, delete("sg-managed"), "sg-managed", world=groups_world),
    case("DependencyViolation", 403, delete(), "sg-main", "1 ENIs", before=lambda sim: sim.make()),
)

DESCRIBES = (
    case(
        "InvalidParameter", 400,
        DescribeSecurityGroups(region_id=REGION, security_group_ids=tuple(f"sg-{n}" for n in range(101))), "101", "100",
    ),
    case("InvalidParameter", 400, DescribeSecurityGroups(region_id=REGION, page_number=0), "PageNumber"),
    case("InvalidParameter", 400, DescribeSecurityGroups(region_id=REGION, page_size=51), "PageSize", "51", "50"),
    case("InvalidTagKey.Malformed", 400, DescribeSecurityGroups(region_id=REGION, tags=(Tag(value="a"),))),
    case("InvalidParameter", 400, DescribeSecurityGroups(region_id=REGION, next_token="junk"), "NextToken", "junk"),
    case("DryRunOperation", 400, DescribeSecurityGroups(region_id=REGION, dry_run=True)),
    case(
        "InvalidNicType.ValueNotSupported", 400,
        DescribeSecurityGroupAttribute(region_id=REGION, security_group_id="sg-main", nic_type="odd"), "odd",
    ),
    case(
        "InvalidParameter", 400,
        DescribeSecurityGroupAttribute(region_id=REGION, security_group_id="sg-main", direction="up"), "up",
    ),
    case(
        "InvalidSecurityGroupId.NotFound", 404,
        DescribeSecurityGroupAttribute(region_id=REGION, security_group_id="sg-x"), "sg-x",
    ),
)  # fmt: skip


MODIFIES = (
    case("MissingParameter", 400, rename(""), "SecurityGroupId"),
    case("InvalidSecurityGroupName.Malformed", 400, rename(security_group_name="1"), "1 characters"),
    case("InvalidSecurityGroupDiscription.Malformed", 400, rename(description="http://a"), "http://"),
    case("InvalidSecurityGroupId.NotFound", 404, rename("sg-x"), "sg-x"),
    case("InvalidOperation.ResourceManagedByCloudProduct", 403, rename("sg-managed"), "sg-managed", world=groups_world),
    case("MissingParameter", 400, let(group=None), "SecurityGroupId"),
    case("MissingParameter", 400, let(None), "InnerAccessPolicy"),
    case("InvalidParameter", 400, let("odd"), "InnerAccessPolicy", '"odd" is none of Accept, Drop'),
    case("InvalidParameter", 400, let("accept", "sg-firm"), "sg-firm", "enterprise", "Drop", world=groups_world),
    case("InvalidClientToken.ValueNotSupported", 400, let(client_token="x" * 65), "65"),
    case(
        "IdempotentParameterMismatch", 400, let("Accept", client_token="t-1"), "t-1",
        before=lambda sim: sim.ask(let(client_token="t-1")),
    ),
    case("IdempotentProcessing", 403, let(client_token="t-1"), "t-1", before=a_running_twin_of_a_policy),
    case("IdempotentFailed", 403, let(client_token="t-1"), "t-1", before=a_burnt_twin_of_a_policy),
    case("InvalidSecurityGroupId.NotFound", 404, let(group="sg-x"), "sg-x"),
    case(
        "InvalidOperation.ResourceManagedByCloudProduct", 403, let(group="sg-managed"), "sg-managed",
        world=groups_world,
    ),
)  # fmt: skip

REFERENCES = (
    case("MissingParameter", 400, refer(), "SecurityGroupId"),
    case("InvalidParameter", 400, refer(*(f"sg-{n}" for n in range(11))), "11", "10"),
    case("InvalidSecurityGroupId.NotFound", 404, refer("sg-main", "sg-x"), "sg-x"),
)


def join(group: str = "sg-2", **said: Any) -> JoinSecurityGroup:
    return JoinSecurityGroup(region_id=REGION, security_group_id=group, **said)


def leave(group: str = "sg-main", **said: Any) -> LeaveSecurityGroup:
    return LeaveSecurityGroup(region_id=REGION, security_group_id=group, **said)


def of_both(kind: type[JoinSecurityGroup] | type[LeaveSecurityGroup]) -> tuple[Case, ...]:
    """What both refuse alike."""

    def ask(**said: Any) -> JoinSecurityGroup | LeaveSecurityGroup:
        return kind(**{"region_id": REGION, "security_group_id": "sg-main", **said})

    def primary(sim: Watched) -> JoinSecurityGroup | LeaveSecurityGroup:
        return ask(network_interface_id=sim.enis[0].id)

    return (
        case("MissingParameter.RegionId", 400, ask(region_id=None, instance_id="i-1")),
        case("MissingParameter", 400, ask(security_group_id=None, instance_id="i-1"), "SecurityGroupId"),
        case("MissingParameter", 400, ask(), "InstanceId or NetworkInterfaceId"),
        case(
            "InvalidParam.EniIdAndInstanceId.Conflict", 403, ask(instance_id="i-1", network_interface_id="eni-1"),
            "i-1", "eni-1",
        ),
        case("InvalidInstanceId.NotFound", 404, ask(instance_id="i-x"), "i-x"),
        case("IncorrectInstanceStatus", 403, ask(instance_id="i-2"), "i-2", "Starting", world=groups_world),
        case("InvalidEniId.NotFound", 404, ask(network_interface_id="eni-x"), "eni-x"),
        case("InvalidOperation.InvalidEniType", 403, primary, "Primary", world=groups_world),
        case(
            "InvalidOperation.EniServiceManaged", 403, ask(network_interface_id="eni-lb"), "eni-lb", world=groups_world
        ),
        case(
            "InvalidOperation.InvalidEniState", 400, ask(network_interface_id="eni-going"), "eni-going", "Deleting",
            world=groups_world,
        ),
        case(
            "InvalidOperation.Conflict", 409, ask(network_interface_id="eni-1"), "eni-1", world=groups_world,
            before=an_assignment_under_way,
        ),
        case(
            "InvalidSecurityGroupId.NotFound", 404, ask(security_group_id="sg-x", instance_id="i-1"), "sg-x",
            world=groups_world,
        ),
    )  # fmt: skip


MEMBERSHIPS = (
    *of_both(JoinSecurityGroup),
    *of_both(LeaveSecurityGroup),
    case(
        "InvalidOperation.ResourceManagedByCloudProduct", 403, join("sg-managed", instance_id="i-1"), "sg-managed",
        world=groups_world,
    ),
    case(
        "InvalidOperation.ResourceManagedByCloudProduct", 403, leave("sg-managed", network_interface_id="eni-two"),
        "sg-managed", world=groups_world,
    ),
    case(
        "InvalidInstanceId.Mismatch", 400, join("sg-else", instance_id="i-1"), "i-1", "vpc-else", "sg-else",
        world=groups_world,
    ),
    case(
        "InvalidInstanceId.Mismatch", 400, join("sg-classic", instance_id="i-1"), "classic network", world=groups_world
    ),
    case(
        "InvalidOperation.VpcMismatch", 403, join("sg-else", network_interface_id="eni-1"), "sg-else", "vpc-else",
        world=groups_world,
    ),
    case(
        "InvalidInstanceId.AlreadyExists", 403, join("sg-main", instance_id="i-1"), "i-1", "sg-main",
        world=groups_world,
    ),
    case(
        "InstanceSecurityGroupLimitExceeded", 400, join(network_interface_id="eni-two"), "asked for 3", "is 2",
        world=few_groups,
    ),
    case(
        "InvalidOperation.MultiGroupType", 400, join("sg-firm", instance_id="i-1"), "sg-firm", "enterprise",
        world=groups_world,
    ),
    case("AclLimitExceed", 403, join("sg-rules", instance_id="i-1"), "1001 of 1000", world=groups_world),
    case(
        "SecurityGroupInstanceLimitExceeded", 403, join("sg-full", network_interface_id="eni-1"), "sg-full", "0 of 1",
        world=groups_world,
    ),
    case(
        "InvalidOperation.NetworkInterfaceCountExceeded", 403, join("sg-firm-full", network_interface_id="eni-1"),
        "sg-firm-full", "0 of 0", world=two_firms,
    ),
    case("InstanceNotInSecurityGroup", 403, leave("sg-2", instance_id="i-1"), "i-1", "sg-2", world=groups_world),
    case(
        "InvalidSecurityGroupAssociation.NotFound", 400, leave("sg-2", network_interface_id="eni-1"), "eni-1", "sg-2",
        world=groups_world,
    ),
    case("InstanceLastSecurityGroup", 403, leave(instance_id="i-1"), "i-1", "sg-main", world=groups_world),
    case("InvalidOperation.AtLeastInOneGroup", 403, leave(network_interface_id="eni-1"), "eni-1", world=groups_world),
)  # fmt: skip

CASES: tuple[Case, ...] = (*CREATES, *DELETES, *DESCRIBES, *MODIFIES, *REFERENCES, *MEMBERSHIPS)
