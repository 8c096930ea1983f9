"""For each refusal that a create can give: the smallest world and the call that provoke it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cloudsim.api.requests import ConnectionTracking, EnhancedNetwork, Tag, TrafficConfig
from cloudsim.operations.operation import Phase
from cloudsim.operations.policy import Policy, TokenInUse
from cloudsim.simulation.world.builder import World
from tests.small_world import REGION, Watched, a_create, code, small


@dataclass(frozen=True, kw_only=True)
class Case:
    """A refusal and the way to it."""

    code: str
    status: int
    facts: tuple[str, ...]
    """What its message tells."""
    world: Callable[[], World] = small
    user: str | None = None
    account: str = "acme"
    before: Callable[[Watched], object] = lambda _: None
    asks: dict[str, Any]
    """What is changed in the usual create."""
    policy: Policy | None = None


def case(code: str, status: int, *facts: str, **how: Any) -> Case:
    known = {name: how.pop(name) for name in ("world", "user", "account", "before", "policy") if name in how}
    return Case(code=code, status=status, facts=facts, **known, asks=how)


def current() -> World:
    return small(profile="current")


def in_place(kind: str, **keys: Any) -> World:
    """Today's world, whose only region or account has further keys."""
    world = current()
    world._tables[kind][0].update(keys)
    return world


def dry() -> World:
    """A second vSwitch, which has no IPv6."""
    return current().vswitch("vsw-dry", cidr="10.0.1.0/24")


def with_account(**keys: Any) -> Callable[[], World]:
    def make() -> World:
        return (
            World()
            .account("acme", **keys)
            .region(REGION)
            .vpc("vpc-main", cidr="10.0.0.0/16")
            .vswitch("vsw-a", cidr="10.0.0.0/24")
            .security_group("sg-main")
        )

    return make


def with_group(name: str, **keys: Any) -> Callable[[], World]:
    return lambda: small().security_group(name, **keys)


def with_two_vpcs() -> World:
    two = small().vpc("vpc-other", cidr="172.16.0.0/16")
    for table in two._tables["vswitch"] + two._tables["security_group"]:
        table["vpc"] = "vpc-main"
    return two.security_group("sg-other", vpc="vpc-other")


def running(sim: Watched) -> None:
    """Let a call with the token t-1 stop in its midst."""
    sim.hold(sim.send(client_token="t-1"), at=Phase.COMMIT)
    sim.run()


def burnt(sim: Watched) -> None:
    """Let a call with the token t-1 end without an answer."""
    sim.faults.abandon(Phase.COMMIT)
    assert code(sim.ask(client_token="t-1")) == "was abandoned at COMMIT"


DENIED: dict[str, Any] = {"users": [{"name": "ci", "denied": ["CreateNetworkInterface"]}]}
NO_RAM: dict[str, Any] = {"users": [{"name": "ci"}], "ram_supported": False}
TWENTY_ONE_TAGS = tuple(Tag(key=f"key-{number}", value="") for number in range(21))

REFERENCE_CASES = (
    case("Abs.InvalidAccount.NotFound", 403, "nobody", "no such account", account="nobody"),
    case("InvalidUserType.NotSupported", 403, "acme", "CreateNetworkInterface", world=with_account(kind="unsupported")),
    case("Forbidden.NotSupportRAM", 403, "ci", world=with_account(**NO_RAM), user="ci"),
    case("Forbidden.SubUser", 403, "ci", "CreateNetworkInterface", world=with_account(**DENIED), user="ci"),
    case("MissingParameter", 400, "VSwitchId", vswitch_id=None),
    case("UnsupportedParameter", 400, "Ipv6AddressCount", "classic", ipv6_address_count=1),
    case("InvalidParameter", 400, "QueueNumber", "2049", "1 to 2048", queue_number=2049),
    case("InvalidParameter.Conflict", 400, "SecurityGroupId", "SecurityGroupIds.N", security_group_ids=("sg-main",)),
    case("QuotaExceed.Tags", 403, "21", "20", tags=TWENTY_ONE_TAGS),
    case("InvalidTagKey.Malformed", 400, "Tag.n.Key is not valid", tags=(Tag(key="acs:mine", value=""),)),
    case("InvalidTagValue.Malformed", 400, "Tag.n.Value is not valid", tags=(Tag(key="mine", value="acs:x"),)),
    case("Duplicate.TagKey", 400, "duplicate key", tags=(Tag(key="a", value="1"), Tag(key="a", value="2"))),
    case("InvalidIp.Address", 403, "2001:db8::1", "IPv4", primary_ip_address="2001:db8::1"),
    case("InvalidIp.IpRepeated", 403, "10.0.0.9", private_ip_addresses=("10.0.0.9", "10.0.0.9")),
    case("Forbidden.RegionId", 400, REGION, "acme", world=with_account(regions_out_of_service=[REGION])),
    case("InvalidVSwitchId.NotFound", 404, "vsw-b", vswitch_id="vsw-b"),
    case("InvalidSecurityGroupId.NotFound", 404, "sg-b", security_group_id="sg-b"),
    case(
        "InvalidSecurityGroupId.NotVpc",
        403,
        "sg-old",
        world=with_group("sg-old", network="classic"),
        security_group_id="sg-old",
    ),
    case(
        "InvalidOperation.VpcMismatch",
        403,
        "vsw-a",
        "vpc-main",
        "sg-other",
        "vpc-other",
        world=with_two_vpcs,
        security_group_id="sg-other",
    ),
    case("InvalidResourceGroup.NotFound", 404, "does not exist", resource_group_id="rg-b"),
    case("MaxEniCountExceeded", 403, "acme", REGION, "0 of 0", "1 more", world=lambda: small(quota=0)),
    case(
        "SecurityGroupInstanceLimitExceed",
        403,
        "sg-tiny",
        "1 of 3",
        "3 more",
        world=with_group("sg-tiny", capacity=3, used=1),
        security_group_id="sg-tiny",
        secondary_private_ip_address_count=2,
    ),
    case(
        "InvalidVSwitchId.IpNotEnough",
        403,
        "vsw-a",
        "4 free",
        "asked for 5",
        world=lambda: small(mask=29),
        secondary_private_ip_address_count=4,
    ),
    case("InvalidVSwitchId.IpInvalid", 403, "10.0.0.253", "reserved", "10.0.0.0/24", primary_ip_address="10.0.0.253"),
    case(
        "InvalidPrivateIpAddress.Duplicated",
        400,
        "private IP address is duplicated",
        before=lambda sim: sim.make(primary_ip_address="10.0.0.9"),
        private_ip_addresses=("10.0.0.9",),
    ),
)

NEWER_CASES = (
    case("InvalidRegionId.NotFound", 404, "cn-nowhere", region_id="cn-nowhere"),
    case(
        "InvalidParameter.SecurityGroupIdRepeated",
        404,
        "sg-main",
        world=current,
        security_group_id=None,
        security_group_ids=("sg-main", "sg-main"),
    ),
    case(
        "JoinedGroupLimitExceed",
        400,
        "6",
        "5",
        security_group_id=None,
        security_group_ids=tuple(f"sg-{number}" for number in range(6)),
    ),
    case("InvalidClientToken.ValueNotSupported", 400, "65", "64", client_token="t" * 65),
    case("InvalidParameter.InvalidEniQueueNumber", 403, "2049", "2048", world=current, queue_number=2049),
    case("InvalidParameter.EniType", 403, "Primary", world=current, instance_type="Primary"),
    case("InvalidParameter.EniTrafficMode", 400, "Fast", world=current, network_interface_traffic_mode="Fast"),
    case("InvalidParameter.QueuePairNumberMustEmpty", 400, "4", world=current, queue_pair_number=4),
    case(
        "InvalidParameter.InvalidQueuePairNumber",
        400,
        "asked for 0",
        world=current,
        network_interface_traffic_mode="HighPerformance",
        queue_pair_number=0,
    ),
    case("InvalidParameter.EniQueueSize", 400, "8192", world=current, rx_queue_size=8192),
    case(
        "InvalidParameter.EniConnectionTrackingConfiguration",
        400,
        "UdpTimeout",
        "11",
        world=current,
        connection_tracking_configuration=ConnectionTracking(udp_timeout=11),
    ),
    case(
        "InvalidParameter.EniEnhancedNetwork",
        400,
        "EnableSriov",
        world=current,
        enhanced_network=EnhancedNetwork(virtual_function_quantity=1),
    ),
    case("InvalidIp.IpPrefixIllegal", 403, "10.0.0.16", world=current, ipv4_prefixes=("10.0.0.16",)),
    case(
        "InvalidIp.IpPrefixMaskNotSame",
        403,
        "10.0.0.16/28",
        "10.0.0.32/27",
        world=current,
        ipv4_prefixes=("10.0.0.16/28", "10.0.0.32/27"),
    ),
    case("InvalidIp.IpPrefixMaskInvalid", 403, "27", "28", world=current, ipv4_prefixes=("10.0.0.32/27",)),
    case("InvalidIp.IpPrefixNotStrict", 403, "10.0.0.17/28", world=current, ipv4_prefixes=("10.0.0.17/28",)),
    case(
        "MaxEniPrivateIpsCountExceeded",
        403,
        "51",
        "50",
        world=current,
        secondary_private_ip_address_count=49,
        ipv4_prefix_count=1,
    ),
    case("MaxEniIpv6IpsCountExceeded", 403, "11", "10", world=current, ipv6_address_count=10, ipv6_prefix_count=1),
    case(
        "IdempotentParameterMismatch",
        400,
        "t-1",
        before=lambda sim: sim.make(client_token="t-1"),
        client_token="t-1",
        queue_number=1,
    ),
    case("IdempotentFailed", 403, "t-1", before=burnt, client_token="t-1"),
    case("IdempotentProcessing", 403, "t-1", before=running, client_token="t-1"),
    case(
        "LastTokenProcessing",
        403,
        "t-1",
        policy=Policy(token_in_use=TokenInUse.LAST_TOKEN_PROCESSING),
        before=running,
        client_token="t-1",
    ),
    case(
        "InvalidOperation.RegionNotSupportIpPrefix",
        500,
        REGION,
        world=lambda: in_place("region", prefixes=False),
        ipv6_prefix_count=1,
    ),
    case(
        "InvalidEniQueueSize.RegionOrUserNotSupported",
        400,
        "acme",
        world=lambda: in_place("account", queue_sizes=False),
        network_interface_traffic_config=TrafficConfig(rx_queue_size=8192, tx_queue_size=8192),
    ),
    case(
        "InvalidConnectionTrackingConfiguration.RegionOrUserNotSupported",
        400,
        "acme",
        world=lambda: in_place("account", connection_tracking=False),
        connection_tracking_configuration=ConnectionTracking(udp_timeout=10),
    ),
    case("IncorrectVSwitchStatus", 400, "vsw-a", "Pending", world=lambda: small(status="Pending")),
    case(
        "InvalidOperation.MultiGroupType",
        403,
        "sg-main is normal",
        "sg-big is enterprise",
        world=with_group("sg-big", type="enterprise"),
        security_group_id=None,
        security_group_ids=("sg-main", "sg-big"),
    ),
    case("AclLimitExceed", 403, "1001", "1000", world=with_group("sg-r", rules=1001), security_group_id="sg-r"),
    case(
        "InvalidOperation.ResourceManagedByCloudProduct",
        403,
        "sg-theirs",
        world=with_group("sg-theirs", service_managed=True),
        security_group_id="sg-theirs",
    ),
    case(
        "InvalidOperation.EniCountExceeded",
        403,
        "sg-big",
        "7 of 7",
        "1 more",
        world=lambda: current().security_group("sg-big", type="enterprise", capacity=7, used=7),
        security_group_id="sg-big",
    ),
    case("InvalidVSwitch.Ipv6NotTurnOn", 403, "vsw-dry", world=dry, vswitch_id="vsw-dry", ipv6_address_count=1),
)


def provoke(case: Case) -> tuple[Watched, Any]:
    """Make the call of a case in its world; give the simulation and the reply."""
    sim = Watched(case.world(), policy=case.policy)
    case.before(sim)
    caller = sim.caller(account=case.account, user=case.user, name="bob")
    return sim, sim.ask(a_create(**case.asks), by=caller)
