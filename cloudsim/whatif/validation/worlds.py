"""The worlds of validation: no instances, and every limit that a case does not test raised out of the way."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from cloudsim.values.entropy import Entropy
from cloudsim.whatif.experiment.building import from_tables
from cloudsim.whatif.experiment.check import check
from cloudsim.whatif.experiment.spec import Experiment
from cloudsim.whatif.experiment.worlds import read_world

SEED: Final = 1
"""Of all cases; that of one is derived by its name. It was not chosen for what comes of it."""

AMPLE: Final = 1_000_000
"""A limit that nothing reaches."""

SLASH_29, SLASH_28, SLASH_27, SLASH_16 = "10.0.0.0/29", "10.0.0.0/28", "10.0.0.0/27", "10.0.0.0/16"
SIZES: Final = {SLASH_29: 4, SLASH_28: 12, SLASH_27: 28}
"""Addresses that can be given: the first and the last three are the system's."""


def world_tables(
    vswitches: Mapping[str, str], *, quota: int = AMPLE, places: int = AMPLE, private_addresses: int = AMPLE
) -> dict[str, Any]:
    """Write a world of one VPC.

    Args:
        vswitches: blocks by id.
        quota: ENIs that the account may have.
        places: addresses that the security group takes.
        private_addresses: addresses that the VPC may have in use.
    """
    return {
        "account": [{"id": "acme", "eni_quota": quota}],
        "region": [{"id": "cn-hangzhou"}],
        "vpc": [{"id": "vpc-1", "cidr": "10.0.0.0/8", "private_addresses": private_addresses}],
        "vswitch": [{"id": name, "cidr": cidr} for name, cidr in vswitches.items()],
        "security_group": [{"id": "sg-1", "capacity": places}],
    }


def experiment(
    name: str,
    workloads: Sequence[Mapping[str, Any]],
    *,
    horizon: str,
    warmup: str = "0s",
    vswitches: Mapping[str, str] | None = None,
    quota: int = AMPLE,
    places: int = AMPLE,
    private_addresses: int = AMPLE,
    **dials: Any,  # noqa: ANN401  tables of the file
) -> Experiment:
    """Make the experiment of a case, and check it as if a file said so.

    Args:
        name: of the case; the seed comes of it.
        workloads: their tables; ``name`` is ``pods`` and ``kind`` is ``poisson`` unless said.
        horizon: how long a run is.
        warmup: what is not measured of it.
        vswitches: blocks by id; one /16 unless given.
        quota: as for :func:`world_tables`.
        places: likewise.
        private_addresses: likewise.
        dials: further keys of the top level.
    """
    tables = {
        "format": 1,
        "name": name,
        "seed": Entropy(SEED).integer("validate", name, bits=32),
        "horizon": horizon,
        "warmup": warmup,
        "latency": "none",
        "workload": [{"name": "pods", "kind": "poisson", **table} for table in workloads],
        **dials,
    }
    blocks = {"vsw-a": SLASH_16} if vswitches is None else vswitches
    world = world_tables(blocks, quota=quota, places=places, private_addresses=private_addresses)
    made = from_tables(tables, read_world(world))
    check(made)
    return made
