"""Which policies are tried on which blocks: each on those of the families that it serves."""

import pytest

from cloudsim.ipam.edge import AddressSpace, Family
from cloudsim.ipam.policies.registry import POLICIES


def serves(policy: str, family: Family) -> bool:
    """Whether pools of the family can be given the policy."""
    return family is Family.IPV4 or POLICIES[policy].sparse is not None


def every_policy_on(*cidrs: str) -> pytest.MarkDecorator:
    """All policies, each on those of the blocks that it serves."""
    pairs = [(policy, cidr) for policy in POLICIES for cidr in cidrs if serves(policy, AddressSpace.parse(cidr).family)]
    return pytest.mark.parametrize(("policy", "cidr"), pairs)


every_policy = pytest.mark.parametrize("policy", POLICIES)
