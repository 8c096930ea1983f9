"""The world that the official clients are shown, and what they are told of it."""

from cloudsim import World

REGION, ZONE, TYPE = "cn-hangzhou", "cn-hangzhou-h", "ecs.g7.xlarge"
TOKEN = "pod-1"  # noqa: S105  a ClientToken is no secret


def a_world(*, quota: int | None = None, mask: int = 24) -> World:
    """An account with a VPC, a vSwitch and a security group, under the profile of today's clients."""
    return (
        World(profile="current")
        .account("acme", eni_quota=quota)
        .region(REGION, zones=[ZONE])
        .vpc("vpc-main", cidr="10.0.0.0/16")
        .vswitch("vsw-a", cidr=f"10.0.0.0/{mask}")
        .security_group("sg-main")
    )
