"""Small worlds, each of them sound: what stands in them fits, and every name is known beforehand."""

from hypothesis import strategies as st

from cloudsim.simulation.world.builder import World

_LONGEST_MASK = 29
_SHORTEST_MASK = 24
_MANY = 2
"""Instances, and ENIs, at most: together they fit into the smallest vSwitch, which has four addresses."""


def make_world(
    *, eni_quota: int = 10, masks: tuple[int, ...] = (24,), groups: int = 1, instances: int = 0, enis: int = 0
) -> World:
    """Make a world: account ``acme`` in ``cn-hangzhou``, ``vpc-1``, and what is asked for, numbered from 1.

    Args:
        eni_quota: how many ENIs the account may have besides those of the world.
        masks: lengths of the blocks of ``vsw-1``, ``vsw-2``, ..., each from 16 to 29.
        groups: how many security groups, ``sg-1``, ``sg-2``, ...
        instances: how many, ``i-1``, ``i-2``, ..., in ``vsw-1``.
        enis: how many that are attached to nothing, in ``vsw-1``.
    """
    world = (
        World()
        .account("acme", eni_quota=eni_quota + enis)
        .region("cn-hangzhou", zones=["cn-hangzhou-h"])
        .vpc("vpc-1", cidr="10.0.0.0/8")
    )
    for number, mask in enumerate(masks, start=1):
        world.vswitch(f"vsw-{number}", cidr=f"10.{number}.0.0/{mask}")
    for number in range(1, groups + 1):
        world.security_group(f"sg-{number}")
    for number in range(1, instances + 1):
        world.instance(f"i-{number}", type="ecs.g7.xlarge", vswitch="vsw-1", security_groups=["sg-1"])
    for number in range(1, enis + 1):
        world.eni(f"eni-{number}", vswitch="vsw-1", security_groups=["sg-1"])
    return world


def worlds() -> st.SearchStrategy[World]:
    """Give small worlds; all have account ``acme``, region ``cn-hangzhou``, ``vpc-1``, ``vsw-1`` and ``sg-1``.

    They shrink to one vSwitch (a /24), one group, nothing else, and no room in the quota.
    """
    masks = st.integers(_SHORTEST_MASK, _LONGEST_MASK)
    return st.builds(
        make_world,
        eni_quota=st.integers(0, 5),
        masks=st.lists(masks, min_size=1, max_size=2).map(tuple),
        groups=st.integers(1, 2),
        instances=st.integers(0, _MANY),
        enis=st.integers(0, _MANY),
    )
