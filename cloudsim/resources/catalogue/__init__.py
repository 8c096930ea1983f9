"""The catalogue of instance types: what each lets an instance have, from public pages, each row with its source.

The numbers are package data (``instance_types.csv``, 836 types; ``sources.txt`` has the full names of the sources).
They are read when somebody first asks for a type, and only the types asked for become objects: a world without
instances pays nothing, the first look-up about a millisecond. An empty cell is a number that no public page gives; it
becomes None and limits nothing.

Source: eni_api.md section 8; the families pages of 2021 and of 2025/26, the newer one where they differ.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from cloudsim.errors.own import WorldError

_FOLDER: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class InstanceType:
    """What an instance of one type has and may have; None is not known, and limits nothing."""

    name: str
    vcpu: int | None = None
    memory_mib: int | None = None
    """Memory in whole MiB, so that half a GiB stays an integer."""
    eni_quantity: int | None = None
    """ENIs on one instance, the primary one included."""
    ipv4_per_eni: int | None = None
    """Private IPv4 addresses of one ENI, its primary one included."""
    ipv6_per_eni: int | None = None
    primary_queues: int | None = None
    """Queues of the primary ENI."""
    secondary_queues: int | None = None
    """Queues that a secondary ENI gets when it names none."""
    max_queues_per_eni: int | None = None
    total_queues: int | None = None
    eni_total_quantity: int | None = None
    """ENIs with the members of trunks."""
    eni_trunk_supported: bool | None = None
    generation: str | None = None
    """Of its family, ``ecs-1`` being the oldest; no public table that we have says it."""
    eri_quantity: int | None = None
    """ENIs in HighPerformance traffic mode on one instance; 0 for a type without RDMA."""
    queue_pairs_per_eni: int | None = None
    """Queues for RDMA of one ENI."""
    total_queue_pairs: int | None = None
    """Queues for RDMA of all ENIs of an instance."""
    rss_supported: bool | None = None
    """Whether its ENIs have receive side scaling."""
    source: str = "the world"
    """The document that has the numbers."""


class Catalogue:
    """All instance types of one world: the public ones, and its own.

    Args:
        own: types of the world by name; one of the same name takes the place of a public one.
    """

    __slots__ = ("_own", "_read")

    def __init__(self, own: Mapping[str, InstanceType] = MappingProxyType({})) -> None:
        self._own = own
        self._read: dict[str, InstanceType] = dict(own)

    def get(self, name: str) -> InstanceType:
        """Give the type called ``name``; asked again, it is the same object.

        Raises:
            WorldError: no such type is known; the text suggests what may be meant.
        """
        known = self._read.get(name)
        if known is not None:
            return known
        line = _lines().get(name)
        if line is None:
            raise WorldError(f"instance type {name!r} is not known; {self.suggest(name)}")
        made = self._read[name] = _read_line(name, line)
        return made

    def __contains__(self, name: object) -> bool:
        return name in self._own or name in _lines()

    def names(self) -> list[str]:
        """List all names in order."""
        return sorted({**_lines(), **self._own})

    def suggest(self, name: str) -> str:
        """Say what an unknown name may have meant: the nearest one, or what its family has."""
        names = self.names()
        near = get_close_matches(name, names, n=1, cutoff=0.8)
        if near:
            return f"did you mean {near[0]!r}?"
        for family in (name, name.rpartition(".")[0]):
            sizes = [known.removeprefix(f"{family}.") for known in names if known.rpartition(".")[0] == family]
            if sizes:
                return f"{family} has the sizes {', '.join(sizes)}"
        return "`cloudsim catalogue` lists all, and an [[instance_type]] table adds one"


@cache
def _lines() -> dict[str, str]:
    """Give the numbers of each public type as its line's text."""
    _header, *lines = (_FOLDER / "instance_types.csv").read_text("ascii").splitlines()
    return {name: numbers for name, _, numbers in (line.partition(",") for line in lines)}


@cache
def _sources() -> dict[str, str]:
    lines = (_FOLDER / "sources.txt").read_text("ascii").splitlines()
    return {key: text for key, _, text in (line.partition(": ") for line in lines)}


def _read_line(name: str, line: str) -> InstanceType:
    *cells, trunk, source = line.split(",")
    numbers = (int(cell) if cell else None for cell in cells)
    vcpu, memory, enis, ipv4, ipv6, primary, secondary, queues_max, queues, enis_total = numbers
    return InstanceType(
        name=name,
        vcpu=vcpu,
        memory_mib=memory,
        eni_quantity=enis,
        ipv4_per_eni=ipv4,
        ipv6_per_eni=ipv6,
        primary_queues=primary,
        secondary_queues=secondary,
        max_queues_per_eni=queues_max,
        total_queues=queues,
        eni_total_quantity=enis_total,
        eni_trunk_supported=trunk == "true" if trunk else None,
        source=_sources()[source],
    )
