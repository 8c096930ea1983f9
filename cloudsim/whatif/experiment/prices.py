"""Prices: the user's own, for figures of cost.

    format = 1
    currency = "CNY"
    eni_hour = 0.01                # each secondary ENI that exists, for an hour
    address_hour = 0.0005          # each address in use, primaries included, for an hour
    call = 0                       # each API call
    calls = { DescribeVSwitches = 0.00001 }    # instead of that, by action

    [instance_hour]                # each node of the fleet and each [[instance]], by type
    "ecs.g7ne.xlarge" = 1.25

What has no price costs nothing, but where instances have prices every type that is used has one.
"""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Final, TypeAlias

from msgspec import Meta, field

from cloudsim.api.requests import ACTIONS
from cloudsim.errors.own import ExperimentError, did_you_mean
from cloudsim.simulation.world.findings import Findings
from cloudsim.simulation.world.spec import Table
from cloudsim.whatif.experiment.reading import read
from cloudsim.whatif.experiment.worlds import told_as_experiment

FORMAT: Final = 1

Price: TypeAlias = Annotated[float, Meta(ge=0, lt=1e18)]


class Prices(Table, frozen=True, kw_only=True):
    """A file of prices (``prices = "prices.toml"``), in one currency."""

    format: Annotated[int, Meta(ge=FORMAT, le=FORMAT)]
    """The version of the format, 1."""
    currency: str = ""
    """What prices are in, for people."""
    eni_hour: Price = 0.0
    """Of each secondary ENI that exists, for an hour."""
    address_hour: Price = 0.0
    """Of each address in use, primaries included, for an hour."""
    call: Price = 0.0
    """Of each API call."""
    calls: dict[str, Price] = field(default_factory=dict)
    """Of each call of an action, instead of ``call``."""
    instance_hour: dict[str, Price] = field(default_factory=dict)
    """Of each node of the fleet and each instance of the world, for an hour, by type."""


def read_prices(path: str) -> Prices:
    """Read a file of prices, once for all runs of a process; a file that has changed is read anew.

    Raises:
        ExperimentError: it cannot be read, or a key is misspelt or of the wrong kind; every such thing is told.
    """
    file = Path(path)
    try:
        state = file.stat()
    except (OSError, ValueError):
        raise ExperimentError(f"there is no file {path}") from None
    return _read(path, state.st_size, state.st_mtime_ns)


@lru_cache(maxsize=8)
def _read(path: str, size: int, changed_ns: int) -> Prices:
    del size, changed_ns
    try:
        tables = tomllib.loads(Path(path).read_text("utf-8"))
    except OSError as error:
        raise ExperimentError(f"it cannot be read: {error.strerror}", file=path) from None
    except UnicodeDecodeError:
        raise ExperimentError("it is not UTF-8", file=path) from None
    except (ValueError, RecursionError) as error:  # of which one is that it is no TOML
        raise ExperimentError(f"it is not TOML: {error}", file=path) from None
    findings = Findings()
    prices = read(tables, Prices, "", findings)
    for action in prices.calls if prices is not None else ():
        if action not in ACTIONS:
            findings.add(f"calls.{action}", f"there is no such action; {did_you_mean(action, ACTIONS)}")
    try:
        with told_as_experiment():
            findings.refuse()
    except ExperimentError as error:
        raise error.in_file(path) from None
    assert prices is not None, "what cannot be read is refused"
    return prices
