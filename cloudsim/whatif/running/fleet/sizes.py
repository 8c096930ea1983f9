"""Sizes: how many pods a node of a type takes in a mode, and what one ENI has room for.

| mode | ENIs for pods | addresses of one ENI | pods |
|---|---|---|---|
| shared-eni | ENIs - 1 | all, the primary one too | (ENIs - 1) x addresses |
| exclusive-eni | ENIs - 1 | the primary one | ENIs - 1 |
| prefix | ENIs - 1 | 16 for each address but the primary one | (ENIs - 1) x (addresses - 1) x 16 |
| trunk | members | the primary one | all ENIs - ordinary ENIs |

Source: experiments.md, "Fleet"; eni_api.md sections 2.9 and 8; terway, docs/ip-prefix.md (the primary address of an ENI
with prefixes is no pod's).
"""

from dataclasses import dataclass
from typing import Final

from cloudsim.resources.catalogue import InstanceType
from cloudsim.values.profile import Profile
from cloudsim.whatif.experiment.fleets import Fleet

PREFIX_SIZE: Final = 16
"""Addresses of a /28."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """What a node has room for."""

    enis: int
    """ENIs that carry pods; of a trunk: members."""
    slots: int
    """Addresses and prefixes of one ENI, its primary address included."""
    unit: int
    """Pods for each slot but the primary one."""
    primary: int
    """Pods on the primary address of an ENI."""
    pods: int
    """Pods on the node."""
    is_trunk: bool
    """Whether its ENIs are members of a trunk."""
    has_prefixes: bool
    """Whether a slot is a prefix."""


def sizes_of(fleet: Fleet, kind: InstanceType, profile: Profile) -> Sizes:
    """Work a node of a type out.

    Args:
        fleet: has the mode, and how many pods a node takes at most.
        kind: its ENI numbers are known.
        profile: how many addresses any one ENI may have.
    """
    ordinary, addresses = kind.eni_quantity, kind.ipv4_per_eni
    assert ordinary is not None, "an experiment's types have ENI numbers"
    assert addresses is not None, "an experiment's types have ENI numbers"
    enis, slots, unit, primary = ordinary - 1, min(addresses, profile.addresses_per_eni_ever), 1, 1
    if fleet.mode == "trunk":
        enis, slots = (kind.eni_total_quantity or ordinary) - ordinary, 1
    elif fleet.mode == "exclusive-eni":
        slots = 1
    elif fleet.mode == "prefix":
        unit, primary = PREFIX_SIZE, 0
    pods = enis * (primary + (slots - 1) * unit)
    return Sizes(
        enis=enis,
        slots=slots,
        unit=unit,
        primary=primary,
        pods=pods if fleet.pods_per_node is None else min(pods, fleet.pods_per_node),
        is_trunk=fleet.mode == "trunk",
        has_prefixes=fleet.mode == "prefix",
    )
