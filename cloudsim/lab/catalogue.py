"""All allocators that can be compared: every policy that a pool of ours can be given, and the models of others.

Ours are read from the registry of policies, so what is added there joins. What needs a library that is not installed
is listed and left out.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from typing import Final

from cloudsim.errors.own import SettingError, did_you_mean
from cloudsim.ipam.policies.registry import POLICIES
from cloudsim.lab.allocator import CLONES, COOLS, IPV6, PREFIXES, Maker
from cloudsim.lab.models.big_integers import BigIntLowest, BigIntNext
from cloudsim.lab.models.bit_arrays import BitarrayLowest, BitarrayNext
from cloudsim.lab.models.ip_sets import IPSetLowest, IPSetUniform, NeutronRebuild
from cloudsim.lab.models.kea import KeaIterative, KeaQueue, KeaQueueInOrder, KeaRandom
from cloudsim.lab.models.model import Model
from cloudsim.lab.models.numpy_bytes import NumpyLowest, NumpyUniform
from cloudsim.lab.models.roaring import RoaringLowest, RoaringUniform
from cloudsim.lab.models.scans import KubernetesScan, StdlibScan, StringScan
from cloudsim.lab.models.sets import Rejection
from cloudsim.lab.models.sorted_lists import Intervals, NeutronWindow, SortedLowest, SortedUniform
from cloudsim.lab.ours import CountingPool, make_pool

POOL: Final = "pool"
"""The structure of ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An allocator that can be made."""

    name: str
    policy: str
    """In what order it hands out."""
    structure: str
    """What it keeps."""
    make: Maker
    """Makes it to be timed."""
    count: Maker
    """Makes it to be counted."""
    supports: tuple[str, ...]
    work: Callable[[int, int], float] = Model.work
    """In proportion to what an allocation takes time; see ``Model.work``."""
    library: str = ""
    """What must be installed for it."""
    is_ours: bool = False

    @property
    def is_installed(self) -> bool:
        """Whether its library is there."""
        return not self.library or find_spec(self.library) is not None


_OTHERS: Final[Sequence[tuple[str, str, str, type[Model], str]]] = (
    ("set-rejection", "uniform", "set, guesses", Rejection, ""),
    ("ipset-uniform", "uniform", "netaddr IPSet", IPSetUniform, ""),
    ("pyroaring-uniform", "uniform", "pyroaring", RoaringUniform, "pyroaring"),
    ("numpy-uniform", "uniform", "numpy bytes", NumpyUniform, "numpy"),
    ("sortedlist-uniform", "uniform", "SortedList", SortedUniform, ""),
    ("ipset-lowest", "lowest-first", "netaddr IPSet", IPSetLowest, ""),
    ("ipaddress-lowest", "lowest-first", "set of ipaddress", StdlibScan, ""),
    ("go-ipam", "lowest-first", "texts in a table", StringScan, ""),
    ("bigint-lowest", "lowest-first", "big integer", BigIntLowest, ""),
    ("bitarray-lowest", "lowest-first", "bitarray", BitarrayLowest, "bitarray"),
    ("pyroaring-lowest", "lowest-first", "pyroaring", RoaringLowest, "pyroaring"),
    ("numpy-lowest", "lowest-first", "numpy bytes", NumpyLowest, "numpy"),
    ("sortedlist-lowest", "lowest-first", "SortedList", SortedLowest, ""),
    ("intervals-lowest", "lowest-first", "SortedDict of intervals", Intervals, ""),
    ("bigint-next", "next-fit", "big integer", BigIntNext, ""),
    ("bitarray-next", "next-fit", "bitarray", BitarrayNext, "bitarray"),
    ("kea-iterative", "next-fit", "lease table", KeaIterative, ""),
    ("kea-random", "kea-permutation", "lease table", KeaRandom, ""),
    ("kea-flq", "longest-free", "queue", KeaQueue, ""),
    ("kea-flq-sequential", "longest-free-sequential", "queue", KeaQueueInOrder, ""),
    ("kubernetes", "random-scan", "bitmap", KubernetesScan, ""),
    ("neutron-window", "window-1000", "SortedList", NeutronWindow, ""),
    ("neutron-rebuild", "window-1000", "netaddr IPSet, made anew", NeutronRebuild, ""),
)
"""Name, policy, structure, model, library."""


def ours() -> list[Entry]:
    """List our pools, one for each policy of the registry."""
    return [
        Entry(
            name=name,
            policy=name,
            structure=POOL,
            make=partial(make_pool, name),
            count=partial(CountingPool.of, name),
            supports=(PREFIXES, CLONES, COOLS, *([IPV6] if kind.sparse is not None else [])),
            is_ours=True,
        )
        for name, kind in POLICIES.items()
    ]


def others() -> list[Entry]:
    """List the models of others, installed or not."""
    return [
        Entry(
            name=name,
            policy=policy,
            structure=structure,
            make=model,
            count=model,
            supports=model.supports,
            work=model.work,
            library=library,
        )
        for name, policy, structure, model, library in _OTHERS
    ]


def plain(entries: Sequence[Entry]) -> list[Entry]:
    """Leave out our policies of two bands, which differ little from those of one."""
    return [entry for entry in entries if not (entry.is_ours and entry.name.startswith("banded-"))]


def chosen(names: Sequence[str], extra: Sequence[Entry] = ()) -> list[Entry]:
    """Choose allocators by name; a name of a policy chooses all that hand out so.

    Args:
        names: of entries or policies, or ``ours`` or ``others``; all if there are none.
        extra: a user's own, which are always chosen.

    Raises:
        SettingError: a name is unknown.
    """
    known = [*ours(), *others()]
    words = dict.fromkeys(["ours", "others", *(entry.name for entry in known), *(entry.policy for entry in known)])
    for name in names:
        if name not in words:
            raise SettingError(f"there is no allocator or policy {name!r}; {did_you_mean(name, words)}")
    wanted = [
        entry
        for entry in known
        if not names or entry.name in names or entry.policy in names or ("ours" if entry.is_ours else "others") in names
    ]
    return [*wanted, *extra]
