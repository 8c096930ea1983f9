"""What this is: versions, and whether another distribution sits in the same place.

The name ``cloudsim`` on the package index belongs to another project, whose wheel has the same import package and
script; installed beside this one, each overwrites files of the other without a word. Only metadata tells, and reading
it is slow, so that is done on ``--version -v`` alone.
"""

import platform
from importlib import metadata
from typing import Final

from cloudsim.version import __version__

DISTRIBUTION: Final = "cloudsim-eni"
DEPENDENCIES: Final = ("trio", "sortedcontainers", "netaddr", "msgspec", "h11", "click", "rich")


def describe_version(*, is_long: bool = False) -> str:
    """Say which version runs where.

    Args:
        is_long: with the versions of the dependencies, a line each, and with a warning if the import name is shared.
    """
    line = f"cloudsim {__version__} (Python {platform.python_version()}, trio {_version('trio')})"
    if not is_long:
        return line
    lines = [line, *(f"{name} {_version(name)}" for name in DEPENDENCIES)]
    others = other_owners(metadata.packages_distributions().get("cloudsim", []))
    if others:
        lines.append(
            f"warning: {', '.join(others)} installed files under the same name `cloudsim`, and each may have"
            f" overwritten the other's; remove both and install {DISTRIBUTION} alone"
        )
    return "\n".join(lines)


def other_owners(distributions: list[str]) -> list[str]:
    """Give the distributions that are not ours."""
    return sorted(name for name in dict.fromkeys(distributions) if name.lower().replace("_", "-") != DISTRIBUTION)


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "is not installed"
