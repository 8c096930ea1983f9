"""The world that tests have where they say nothing."""

from cloudsim.simulation.world.builder import World


def small_world() -> World:
    """Make a world with one of each: account, region, VPC, vSwitch (a /24), security group, instance."""
    return (
        World()
        .account("acme")
        .region("cn-hangzhou", zones=["cn-hangzhou-h"])
        .vpc("vpc-a", cidr="10.0.0.0/8")
        .vswitch("vsw-a", cidr="10.0.0.0/24")
        .security_group("sg-a")
        .instance("i-a", type="ecs.g7.xlarge", vswitch="vsw-a", security_groups=["sg-a"])
    )
