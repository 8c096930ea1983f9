"""The world without a file: the real regions and zones, the catalogue of instance types, one account, nothing else.

Its profile is ``current``, since the clients of today send parameters that the older one refuses.

Source: ``regions.toml`` beside this file.
"""

import tomllib
from pathlib import Path
from typing import Final

from cloudsim.simulation.world.spec import AccountSpec, RegionSpec, WorldSpec

ACCOUNT: Final = "default"
"""The account that every access key maps to."""


def default_world() -> WorldSpec:
    """Give the world that is served where no file says another."""
    text = Path(__file__).with_name("regions.toml").read_text(encoding="utf-8")
    regions = tomllib.loads(text)["zones"]
    return WorldSpec(
        profile="current",
        accounts=(AccountSpec(id=ACCOUNT),),
        regions=tuple(
            RegionSpec(id=region, zones=tuple(_zone(region, letter) for letter in letters))
            for region, letters in regions.items()
        ),
    )


def _zone(region: str, letter: str) -> str:
    """Name a zone: ``cn-hangzhou-b``, but ``ap-southeast-1b``."""
    return f"{region}{'' if region[-1].isdigit() else '-'}{letter}"
