"""Building: the tables of a document to an experiment, short forms written out and defaults filled in."""

from collections.abc import Mapping
from typing import Any, Final

from msgspec import structs

from cloudsim.simulation.world.findings import Findings
from cloudsim.simulation.world.spec import FORMAT, WorldSpec
from cloudsim.whatif.experiment.reading import read
from cloudsim.whatif.experiment.spec import Experiment
from cloudsim.whatif.experiment.worlds import told_as_experiment

_WITH_KIND: Final = ("throttling", "consistency")


def from_tables(tables: Mapping[str, Any], world: WorldSpec) -> Experiment:
    """Make an experiment of its tables.

    Args:
        tables: the top level without ``extends``; what it says of a world is not looked at.
        world: its world.

    Raises:
        ExperimentError: a key is misspelt, missing or of the wrong kind; every such thing is told.
    """
    written_out = {key: _written_out(key, value) for key, value in tables.items()}
    with told_as_experiment():
        findings = Findings()
        spec = read({**written_out, "world": {"format": FORMAT}}, Experiment, "", findings)
        findings.refuse()
    assert spec is not None, "what cannot be read is refused"
    if spec.profile is not None:
        world = structs.replace(world, profile=spec.profile)
    everywhere = tuple(vswitch.id for vswitch in world.vswitches)
    workloads = tuple(
        structs.replace(one, vswitch=everywhere) if one.vswitch is None else one for one in spec.workloads
    )
    return structs.replace(spec, world=world, workloads=workloads)


def _written_out(key: str, value: Any) -> Any:  # noqa: ANN401  whatever TOML has
    """Write the short forms of a key of the top level out."""
    if key in _WITH_KIND and isinstance(value, str):
        return {"kind": value}
    if key == "axes" and isinstance(value, Mapping):
        return flatten_axes(value)
    if key == "workload" and isinstance(value, list | tuple):
        return [
            {name: written_out_in_workload(name, said) for name, said in table.items()}
            if isinstance(table, Mapping)
            else table
            for table in value
        ]
    return value


def written_out_in_workload(name: str, said: object) -> object:
    """Write the short form of a key of a workload out: one vSwitch, or the mean of an idle time."""
    if isinstance(said, str):
        if name == "vswitch":
            return [said]
        if name == "idle":
            return {"kind": "exponential", "mean": said}
    return said


def flatten_axes(axes: Mapping[str, Any]) -> dict[str, Any]:
    """Join the parts of each axis's key, which TOML makes tables of where they are not quoted; one value is a list."""
    flat: dict[str, Any] = {}
    for key, value in axes.items():
        if isinstance(value, Mapping):
            flat |= {f"{key}.{inner}": values for inner, values in flatten_axes(value).items()}
        else:
            flat[key] = value if isinstance(value, list | tuple) else [value]
    return flat
