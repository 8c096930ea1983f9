"""Refusals of the operations on instances."""

from cloudsim.api.requests import (
    DeleteInstance,
    DescribeInstances,
    DescribeInstanceStatus,
    DescribeInstanceTypes,
    InstanceInterface,
    StartInstance,
    StopInstance,
    Tag,
)
from cloudsim.values.ids import InstanceId
from tests.operations.family.harness import Case, case
from tests.operations.family.launches import (
    a_primary,
    a_run,
    abandoned,
    assigning,
    broad,
    by_primary,
    current,
    held,
    joining,
    on_one,
    with_enis,
    with_instance,
    zone_out,
)
from tests.small_world import REGION, small

_TEXT = "x" * 300
_TAG = Tag(key="team", value="net")
_TOKEN = a_run(client_token="t-1")
_PROTECTED = a_run(deletion_protection=True)

RULES = (
    case("InvalidParam.Amount", 403, a_run(amount=101), "101", "1 to 100"),
    case("InvalidParam.Amount", 403, a_run(amount=0), "0"),
    case("InvalidParam.Amount", 403, joining("eni-1", amount=2), "2", "one instance"),
    case("InvalidParam.Amount", 403, a_run(amount=2, ipv6_addresses=("2001:db8::9",)), "2"),
    case("InvalidMinAmount.Malformed", 400, a_run(amount=2, min_amount=3), "3 of 2"),
    case("InvalidInstanceName.Malformed", 400, a_run(instance_name="1"), "1 characters"),
    case("InvalidDescription.Malformed", 400, a_run(description=_TEXT), "300"),
    case("InvalidParameter", 400, a_run(network_interface_queue_number=0), "QueueNumber", "0"),
    case("InvalidParameter", 400, a_run(ipv6_address_count=0), "Ipv6AddressCount", "0"),
    case("InvalidParameter", 400, with_enis(InstanceInterface(secondary_private_ip_address_count=50)), "50"),
    case("InvalidParameter.Conflict", 400, a_run(ipv6_addresses=("2001:db8::9",), ipv6_address_count=1), "Ipv6"),
    case("InvalidParameter.EniType", 403, with_enis(InstanceInterface(instance_type="Trunk")), "Trunk"),
    case(
        "InvalidParameter.EniTrafficMode",
        400,
        with_enis(InstanceInterface(network_interface_traffic_mode="Fast")),
        "Fast",
    ),
    case("InvalidParameter.QueuePairNumberMustEmpty", 400, with_enis(InstanceInterface(queue_pair_number=3)), "3"),
    case(
        "InvalidParameter.InvalidQueuePairNumber",
        400,
        with_enis(InstanceInterface(network_interface_traffic_mode="HighPerformance", queue_pair_number=0)),
        "0",
    ),
    case("InvalidParameter.EniQueueSize", 400, with_enis(InstanceInterface(rx_queue_size=8192)), "8192"),
    case("InvalidParam.NetworkInterface", 400, by_primary(a_primary(), a_primary()), "NetworkInterface.2"),
    case("InvalidParam.NetworkInterface", 400, with_enis(a_primary()), "VSwitchId"),
    case("InvalidParam.NetworkInterface", 400, with_enis(InstanceInterface(ipv6_address_count=1)), "IPv6"),
    case(
        "InvalidParam.NetworkInterface",
        400,
        by_primary(a_primary(network_interface_id="eni-1")),
        "no primary",
    ),
    case(
        "InvalidParam.NetworkInterface",
        400,
        with_enis(InstanceInterface(network_interface_id="eni-1", delete_on_release=True)),
        "DeleteOnRelease",
    ),
    case(
        "InvalidParam.NetworkInterface",
        400,
        with_enis(*[InstanceInterface(network_interface_id="eni-1")] * 2),
        "eni-1",
        "twice",
    ),
    case(
        "InvalidParam.NetworkInterface",
        400,
        with_enis(InstanceInterface(vswitch_id="vsw-i")),
        "vsw-i",
        "cn-hangzhou-i",
        world=broad,
    ),
    case("InvalidClientToken.ValueNotSupported", 400, a_run(client_token="t" * 65), "65"),
    case("InvalidSecurityGroupId.SingleIdAndMultiIdConflict", 400, a_run(security_group_ids=("sg-main",))),
    case(
        "JoinedGroupLimitExceed",
        400,
        a_run(security_group_id=None, security_group_ids=tuple(map(str, range(6)))),
        "6",
        "5",
    ),
    case(
        "InvalidParameter.SecurityGroupIdRepeated",
        400,
        a_run(security_group_id=None, security_group_ids=("sg-main", "sg-main")),
        "sg-main",
    ),
    case("MissingParameter", 400, a_run(vswitch_id=None), "VSwitchId"),
    case("MissingParameter", 400, a_run(security_group_id=None), "SecurityGroupId"),
    case("QuotaExceed.Tags", 403, a_run(tags=(_TAG,) * 21), "21"),
    case("InvalidTagKey.Malformed", 400, a_run(tags=(Tag(key=""),))),
    case("InvalidTagValue.Malformed", 400, a_run(tags=(Tag(key="a", value="acs:"),))),
    case("Duplicate.TagKey", 400, a_run(tags=(_TAG, _TAG))),
    case("InvalidPrivateIpAddress.Malformed", 400, a_run(private_ip_address="10.0.0"), "10.0.0"),
    case("InvalidIp.Address", 403, a_run(ipv6_addresses=("10.0.0.9",)), "10.0.0.9"),
    case("InvalidIp.IpRepeated", 403, a_run(ipv6_addresses=("2001:db8::9",) * 2), "2001:db8::9"),
    case("MaxEniIpv6IpsCountExceeded", 403, a_run(ipv6_address_count=11), "11", "10"),
    case(
        "InvalidPrimaryIpAddress.SizeInvalid",
        400,
        with_enis(InstanceInterface(primary_ip_address="10.0.0.9"), amount=2),
        "10.0.0.9",
        "2",
    ),
    case(
        "InvalidParam.SecondaryNetworkInterface",
        400,
        with_enis(InstanceInterface(), amount=2, private_ip_address="10.0.0.9"),
        "10.0.0.9",
    ),
)

TOKENS = (
    case(
        "IdempotentParameterMismatch", 403, a_run(client_token="t-1", amount=2), "t-1", before=lambda s: s.ask(_TOKEN)
    ),
    case("IdempotentProcessing", 403, _TOKEN, "t-1", before=held(_TOKEN)),
    case("IdempotentFailed", 403, _TOKEN, "t-1", before=abandoned(_TOKEN)),
)

SITE = (
    case("InvalidInstanceType.ValueNotSupported", 400, a_run(instance_type="ecs.none"), "ecs.none"),
    case("InvalidVSwitchId.NotFound", 404, a_run(vswitch_id="vsw-none"), "vsw-none"),
    case("IncorrectVSwitchStatus", 400, a_run(), "vsw-a", world=lambda: small(status="Pending")),
    case("ServiceUnavailable", 503, a_run(), before=zone_out),
    case("InvalidSecurityGroupId", 404, a_run(security_group_id="sg-none"), "sg-none"),
    case("InvalidSecurityGroupId.NotVpc", 403, a_run(security_group_id="sg-classic"), "sg-classic", world=broad),
    case("InvalidParameter.Mismatch", 400, a_run(security_group_id="sg-two"), "sg-two", "vpc-two", world=broad),
    case("InvalidParameter.Mismatch", 400, a_run(zone_id="cn-hangzhou-i"), "cn-hangzhou-h", "cn-hangzhou-i"),
    case(
        "InvalidOperation.MultiGroupType",
        403,
        a_run(security_group_id=None, security_group_ids=("sg-main", "sg-firm")),
        "sg-firm",
        world=broad,
    ),
    case("AclLimitExceed", 403, a_run(security_group_id="sg-rules"), "1001", world=broad),
    case(
        "InvalidOperation.ResourceManagedByCloudProduct",
        403,
        a_run(security_group_id="sg-product"),
        "sg-product",
        world=broad,
    ),
    case("InvalidEniId.NotFound", 404, joining("eni-none"), "eni-none"),
    case("InvalidParams.EniId", 400, joining("none"), "none"),
    case("InvalidOperation.InvalidEniType", 403, joining("eni-trunk"), "eni-trunk", "Trunk", world=broad),
    case("InvalidOperation.EniServiceManaged", 403, joining("eni-product"), "eni-product", world=broad),
    case("InvalidOperation.InvalidEniState", 400, joining("eni-busy"), "eni-busy", "InUse", world=broad),
    case(
        "Operation.Conflict",
        403,
        joining("eni-free"),
        "eni-free",
        world=broad,
        before=assigning(lambda _: "eni-free"),
    ),
    case("InvalidOperation.VpcMismatch", 403, joining("eni-two"), "eni-two", "vpc-two", world=broad),
    case("InvalidOperation.AvailabilityZoneMismatch", 403, joining("eni-zone"), "cn-hangzhou-i", world=broad),
    case(
        "EniPerInstanceLimitExceeded",
        403,
        with_enis(InstanceInterface(), InstanceInterface(), instance_type="t.plain"),
        "t.plain",
        "3",
        "2",
        world=broad,
    ),
    case("InvalidResourceGroup.NotFound", 404, a_run(resource_group_id="rg-none")),
)

SCARCE = (
    case("MaxEniCountExceeded", 403, with_enis(InstanceInterface()), "0 of 0", world=lambda: small(quota=0)),
    case(
        "SecurityGroupInstanceLimitExceed",
        403,
        a_run(amount=2, security_group_id="sg-full"),
        "sg-full",
        world=lambda: small().security_group("sg-full", capacity=1),
    ),
    case(
        "InvalidOperation.EniCountExceeded",
        403,
        a_run(amount=2, security_group_id="sg-full"),
        "sg-full",
        world=lambda: current().security_group("sg-full", capacity=1, type="enterprise"),
    ),
    case("InvalidPrivateIpAddress", 400, a_run(private_ip_address="10.9.0.1"), "10.9.0.1"),
    case("InvalidPrivateIpAddress", 400, a_run(private_ip_address="10.0.0.255"), "reserved"),
    case(
        "InvalidPrivateIpAddress.Duplicated",
        400,
        a_run(private_ip_address="10.0.0.9"),
        before=lambda sim: sim.make(primary_ip_address="10.0.0.9"),
    ),
    case("QuotaExceeded.PrivateIpAddress", 400, a_run(amount=5), "vsw-a", world=lambda: small(mask=29)),
    case("InvalidVSwitch.Ipv6NotTurnOn", 403, a_run(ipv6_address_count=1), "vsw-a"),
)

TYPES = (
    case(
        "InvalidOperation.Ipv4CountExceeded",
        403,
        with_enis(InstanceInterface(secondary_private_ip_address_count=2), instance_type="t.plain"),
        "3",
        "2",
        world=broad,
    ),
    case(
        "InvalidOperation.Ipv6CountExceeded",
        403,
        a_run(ipv6_address_count=2, instance_type="t.one"),
        "2",
        "t.one",
        world=lambda: current().instance_type("t.one", ipv6_per_eni=1),
    ),
    case(
        "InvalidOperation.Ipv6NotSupport",
        403,
        a_run(ipv6_address_count=1, instance_type="t.none"),
        "t.none",
        world=lambda: current().instance_type("t.none", ipv6_per_eni=0),
    ),
    case(
        "InvalidOperation.MaxEniQueueNumberExceeded",
        403,
        a_run(instance_type="t.queues", network_interface_queue_number=5),
        "5",
        "4",
        world=broad,
    ),
    case(
        "InvalidOperation.ExceedInstanceTypeQueueNumber",
        403,
        with_enis(InstanceInterface(queue_number=3), instance_type="t.queues"),
        "6",
        world=broad,
    ),
    case("DryRunOperation", 400, a_run(dry_run=True)),
)

LIFE = (
    case("InvalidInstanceId.NotFound", 404, on_one(StartInstance, "i-none"), "i-none"),
    case("IncorrectInstanceStatus", 403, on_one(StartInstance), "Running", "Stopped", world=with_instance()),
    case("ServiceUnavailable", 503, on_one(StartInstance), world=with_instance("Stopped"), before=zone_out),
    case("DryRunOperation", 400, on_one(StartInstance, dry_run=True), world=with_instance("Stopped")),
    case("InvalidParameter", 400, on_one(StopInstance, stopped_mode="Off"), "Off"),
    case("InvalidInstanceId.NotFound", 404, on_one(StopInstance, "i-none"), "i-none"),
    case("IncorrectInstanceStatus", 403, on_one(StopInstance), "Stopped", world=with_instance("Stopped")),
    case("DryRunOperation", 400, on_one(StopInstance, dry_run=True), world=with_instance()),
    case("InvalidInstanceId.NotFound", 404, on_one(DeleteInstance, "i-none"), "i-none"),
    case("IncorrectInstanceStatus", 403, on_one(DeleteInstance), "Running", world=with_instance()),
    case("IncorrectInstanceStatus", 403, on_one(DeleteInstance, force=True), world=with_instance("Pending")),
    case("DryRunOperation", 400, on_one(DeleteInstance, force=True, dry_run=True), world=with_instance()),
    case(
        "Operation.Conflict",
        403,
        on_one(DeleteInstance, force=True),
        "eni-",
        world=with_instance(),
        before=assigning(lambda sim: sim.cloud.instances[InstanceId("i-1")].primary.id),
    ),
    case(
        "InvalidOperation.DeletionProtection",
        403,
        lambda sim: on_one(DeleteInstance, next(iter(sim.cloud.instances)), force=True),
        "i-",
        before=lambda sim: sim.ask(_PROTECTED),
    ),
)

LISTS = (
    case("InvalidParameter", 400, DescribeInstances(region_id=REGION, page_number=0), "PageNumber"),
    case("InvalidParameter", 400, DescribeInstances(region_id=REGION, page_size=101), "PageSize"),
    case("InvalidParameter", 400, DescribeInstances(region_id=REGION, next_token="x"), "NextToken"),
    case("InvalidParameter", 400, DescribeInstances(region_id=REGION, instance_ids=("i-1",) * 101), "InstanceIds"),
    case("InvalidStatus.NotFound", 404, DescribeInstances(region_id=REGION, status="Dead"), "Dead"),
    case("InvalidTagKey.Malformed", 400, DescribeInstances(region_id=REGION, tags=(Tag(value="a"),))),
    case("DryRunOperation", 400, DescribeInstances(region_id=REGION, dry_run=True)),
    case("InvalidParameter", 400, DescribeInstanceStatus(region_id=REGION, page_size=51), "PageSize"),
    case("InvalidParameter", 400, DescribeInstanceTypes(instance_types=("t",) * 11), "InstanceTypes.N"),
    case("InvalidParameter", 400, DescribeInstanceTypes(max_results=1601), "MaxResults"),
)

CASES: tuple[Case, ...] = (*RULES, *TOKENS, *SITE, *SCARCE, *TYPES, *LIFE, *LISTS)
