"""Regions and their zones."""

from dataclasses import dataclass, field

from cloudsim.values.ids import RegionId, ZoneId, region_infix


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A region with its zones."""

    id: RegionId
    zones: tuple[ZoneId, ...]
    infix: str = field(init=False)
    """What ids of the region begin with."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "infix", region_infix(self.id))
