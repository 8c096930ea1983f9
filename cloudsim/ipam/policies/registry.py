"""The policies that a pool can be given, by the name that settings use."""

from collections.abc import Callable, Mapping

from cloudsim.ipam.policies.lowest_first import LowestFirst
from cloudsim.ipam.policies.next_fit import NextFit
from cloudsim.ipam.policies.protocol import Policy
from cloudsim.ipam.policies.uniform import SparseUniform, Uniform

PolicyFactory = Callable[[int, bool], Policy]
"""Makes a policy from a seed (64 bits) and whether the map is sparse."""

POLICIES: Mapping[str, PolicyFactory] = {
    "uniform": lambda seed, sparse: SparseUniform(seed) if sparse else Uniform(seed),
    "lowest-first": lambda _seed, _sparse: LowestFirst(),
    "next-fit": lambda _seed, _sparse: NextFit(),
}
