"""The policies that a pool can be given, by the name that settings use.

A policy that cannot serve an IPv6 block says why, and which one comes to the same there: a sparse map has no list of
all its addresses, and no block of it ever fills.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from cloudsim.ipam.chance import branch
from cloudsim.ipam.policies.banded import Banded
from cloudsim.ipam.policies.longest_free import LongestFree
from cloudsim.ipam.policies.lowest_first import LowestFirst
from cloudsim.ipam.policies.next_fit import NextFit
from cloudsim.ipam.policies.pack import Pack
from cloudsim.ipam.policies.prefixes import BestFitPrefix, LowestPrefix, UniformPrefix
from cloudsim.ipam.policies.protocol import Policy, PrefixPolicy
from cloudsim.ipam.policies.uniform import SparseUniform, Uniform

_PREFIXES: Final = 1
_LOW_BAND: Final = 2
_NEVER_USED_UP: Final = "a /64 always has addresses left that nobody used, and those come first"


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyKind:
    """What a name stands for."""

    dense: Callable[[int], Policy]
    """Makes it for an IPv4 block from a seed of 64 bits."""
    sparse: Callable[[int], Policy] | None
    """Makes it for an IPv6 block; None if it does not serve one."""
    why_not_sparse: str = ""
    """Why it does not."""
    instead: str = ""
    """The policy that comes to the same in an IPv6 block."""
    prefixes: str = "lowest"
    """How whole blocks are chosen beside it unless a pool says otherwise: at random where addresses are."""

    def make(self, seed: int, *, sparse: bool) -> Policy:
        """Make the policy for a map that is sparse or not, from a seed of 64 bits."""
        if not sparse:
            return self.dense(seed)
        assert self.sparse is not None, "a pool asks only what serves its family"
        return self.sparse(seed)


_PLAIN: Final = {
    "uniform": PolicyKind(dense=Uniform, sparse=SparseUniform, prefixes="uniform"),
    "lowest-first": PolicyKind(dense=lambda _: LowestFirst(), sparse=lambda _: LowestFirst()),
    "next-fit": PolicyKind(dense=lambda _: NextFit(), sparse=lambda _: NextFit()),
    "longest-free": PolicyKind(
        dense=LongestFree, sparse=None, why_not_sparse=_NEVER_USED_UP, instead="uniform", prefixes="uniform"
    ),
    "longest-free-sequential": PolicyKind(
        dense=lambda _: LongestFree(), sparse=None, why_not_sparse=_NEVER_USED_UP, instead="next-fit"
    ),
    "pack": PolicyKind(
        dense=lambda _: Pack(),
        sparse=None,
        why_not_sparse="a /80 has 2**48 addresses and never fills",
        instead="lowest-first",
    ),
}


def _banded(kind: PolicyKind) -> PolicyKind:
    """Make the same of two bands."""

    def of(make: Callable[[int], Policy]) -> Callable[[int], Policy]:
        return lambda seed: Banded(make(seed), make(branch(seed, _LOW_BAND)))

    if kind.sparse is SparseUniform:
        rare = "an address at random is hardly ever in the low band of a /64"
        return replace(kind, dense=of(kind.dense), sparse=None, why_not_sparse=rare, instead="uniform")
    if kind.sparse is not None:
        return replace(kind, dense=of(kind.dense), sparse=of(kind.sparse))
    instead = kind.instead if kind.instead == "uniform" else f"banded-{kind.instead}"
    return replace(kind, dense=of(kind.dense), instead=instead)


POLICIES: Final[Mapping[str, PolicyKind]] = {
    **_PLAIN,
    **{f"banded-{name}": _banded(kind) for name, kind in _PLAIN.items()},
}
"""The choices of a single address."""

PREFIX_POLICIES: Final[Mapping[str, Callable[[int], PrefixPolicy]]] = {
    "uniform": lambda seed: UniformPrefix(branch(seed, _PREFIXES)),
    "lowest": lambda _: LowestPrefix(),
    "best-fit": lambda _: BestFitPrefix(),
}
"""The choices of a whole block, made from the pool's seed."""
