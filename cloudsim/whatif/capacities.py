"""Capacities: the values that a search goes through, smallest first.

A vSwitch's block keeps its network address and goes through the masks; where one overlaps another block, leaves its
VPC or has no such network address, the range ends. Anything else is a whole number.

Source: experiments.md, "JSON" (search).
"""

from collections.abc import Iterator, Mapping, Sequence
from ipaddress import IPv4Network
from typing import Any, Final

from cloudsim.errors.own import ExperimentError, did_you_mean
from cloudsim.whatif.experiment.addresses import NoSuchKey, find
from cloudsim.whatif.experiment.axes import with_values, without_axes
from cloudsim.whatif.experiment.reading import to_tables
from cloudsim.whatif.experiment.spec import AxisValue, Experiment

_LONGEST, _SHORTEST = 29, 16
"""Masks of vSwitches."""

_SHORT: Final = {
    "vswitch": ("vswitch", "cidr"),
    "quota": ("account", "eni_quota"),
    "group": ("security_group", "capacity"),
}
"""Short words for paths, where a world has one such thing."""


def path_of(experiment: Experiment, said: str) -> str:
    """Give the path of a key, also where a short word stands for it.

    Args:
        experiment: whose world it is.
        said: a path as axes have it, or ``vswitch``, ``quota`` or ``group``.

    Raises:
        ExperimentError: there are several such things in the world, or none.
    """
    if said not in _SHORT:
        return said
    kind, key = _SHORT[said]
    ids = [table["id"] for table in to_tables(experiment)["world"].get(kind, [])]
    if len(ids) != 1:
        paths = [f"{kind}.{name}.{key}" for name in ids]
        raise ExperimentError(f"{said!r} stands for the only one, and there are {len(ids)}; {did_you_mean('', paths)}")
    return f"{kind}.{ids[0]}.{key}"


def value_at(experiment: Experiment, path: str) -> AxisValue:
    """Give what an experiment says at a path; None where it says nothing.

    Raises:
        ExperimentError: the path addresses nothing.
    """
    try:
        place = find(to_tables(experiment), path)
    except NoSuchKey as error:
        raise ExperimentError(str(error), key=path) from None
    value: Any = place.container.get(place.name)
    return value


def is_block(path: str) -> bool:
    """Whether a path is the block of a vSwitch."""
    return path.removeprefix("world.").startswith("vswitch.") and path.endswith(".cidr")


def blocks(experiment: Experiment, path: str) -> tuple[str, ...]:
    """List the blocks that a vSwitch could have, the smallest first.

    Args:
        experiment: one whose axes are applied.
        path: of the block.
    """
    present = IPv4Network(value_at(experiment, path))
    smaller = _sound(experiment, path, present, range(present.prefixlen + 1, _LONGEST + 1))
    larger = _sound(experiment, path, present, range(present.prefixlen - 1, _SHORTEST - 1, -1))
    return (*reversed([*smaller]), str(present), *larger)


def _sound(experiment: Experiment, path: str, present: IPv4Network, masks: Sequence[int]) -> Iterator[str]:
    """Give the blocks with such masks up to the first that the world cannot have."""
    for mask in masks:
        block = f"{present.network_address}/{mask}"
        try:
            with_values(experiment, {path: block})
        except ExperimentError:
            return
        yield block


def applied(experiment: Experiment, path: str) -> tuple[Experiment, Mapping[str, AxisValue]]:
    """Apply the first value of each axis but the one that is searched.

    Returns:
        The experiment without axes, and of the axes with several values which was taken.
    """
    first = {key: values[0] for key, values in experiment.axes.items() if key != path}
    taken = {key: value for key, value in first.items() if len(experiment.axes[key]) > 1}
    return without_axes(with_values(without_axes(experiment), first)), taken


def count_at(experiment: Experiment, path: str) -> int | None:
    """Give the whole number at a path; None where none is said.

    Raises:
        ExperimentError: there is something else.
    """
    value = value_at(experiment, path)
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise ExperimentError(
        f"a search goes through the masks of a vSwitch or through whole numbers, and this is {value!r}", key=path
    )
