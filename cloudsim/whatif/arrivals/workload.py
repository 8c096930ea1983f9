"""Workloads of an experiment as laws and items: the one place that knows both sides."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

from cloudsim.errors.own import SettingError, TraceError
from cloudsim.values.duration import UNITS, Ns
from cloudsim.values.entropy import Entropy
from cloudsim.whatif.arrivals import lifetimes, processes
from cloudsim.whatif.arrivals.files import rows_of
from cloudsim.whatif.arrivals.items import ClosedItems, Item, open_items
from cloudsim.whatif.arrivals.rows import cycle_of, time_of
from cloudsim.whatif.arrivals.trace import TraceItems, read_trace
from cloudsim.whatif.experiment import lifetimes as laws
from cloudsim.whatif.experiment.workloads import (
    AnyWorkload,
    Burst,
    Closed,
    Diurnal,
    Growth,
    Poisson,
    Steady,
    Trace,
    Workload,
)


def items(
    workload: AnyWorkload,
    *,
    entropy: Entropy,
    horizon_ns: Ns,
    zones: tuple[str, ...] = (),
    bend: Callable[[processes.Process], processes.Process] | None = None,
) -> Iterator[Item]:
    """Give the items of an open-loop workload, in order of time.

    Args:
        workload: any kind but ``closed``, whose arrivals depend on the run: see :func:`closed_items`.
        entropy: the chance of the run.
        horizon_ns: the last instant at which one may come.
        zones: those of its vSwitches, in their order, each once.
        bend: changes when the items of a rule come, such as along a growth curve.

    Raises:
        TraceError: the file of a trace, or of lifetimes, is not as the workload says.
        SettingError: a law has no such parameters.
    """
    if isinstance(workload, Trace):
        return iter(trace_items(workload, zones=zones, horizon_ns=horizon_ns).items)
    assert not isinstance(workload, Closed), "what a closed workload brings depends on the run"
    process = process_of(workload)
    return open_items(
        workload.name,
        process if bend is None else bend(process),
        lifetime_of(workload.lifetime),
        entropy=entropy,
        horizon_ns=horizon_ns,
        zones=_dealt(workload, zones),
    )


def closed_items(workload: Closed, *, entropy: Entropy, zones: tuple[str, ...] = ()) -> ClosedItems:
    """Give what the members of a closed workload draw.

    Raises:
        TraceError: a file of times cannot be read.
        SettingError: a law has no such parameters.
    """
    idle, lifetime = lifetime_of(workload.idle), lifetime_of(workload.lifetime)
    return ClosedItems(workload.name, workload.population, idle, lifetime, entropy, _dealt(workload, zones))


def trace_items(workload: Trace, *, zones: tuple[str, ...] = (), horizon_ns: Ns | None = None) -> TraceItems:
    """Read a trace, once for all runs of a process; a file that has changed is read anew.

    Args:
        workload: its ``file`` is absolute, or relative to the current folder.
        zones: those of its vSwitches, in their order, each once.
        horizon_ns: the last instant; that of the trace unless given.

    Raises:
        TraceError: the file is not as the workload says.
    """
    path = Path(workload.file)
    key = (*_state_of(path), repr(workload), zones, horizon_ns)
    known = _TRACES.get(key)
    if known is None:
        known = read_trace(workload, zones=zones, horizon_ns=horizon_ns)
        while len(_TRACES) >= _TRACES_MAX:
            del _TRACES[next(iter(_TRACES))]
        _TRACES[key] = known
    return known


_TRACES: Final[dict[tuple[object, ...], TraceItems]] = {}
_TRACES_MAX: Final = 4


def _state_of(path: Path) -> tuple[str, int, int]:
    try:
        state = path.stat()
    except OSError as error:
        raise TraceError(f"{path}: the file cannot be read: {error.strerror or error}") from error
    return str(path.resolve()), state.st_size, state.st_mtime_ns


def process_of(workload: AnyWorkload) -> processes.Process:
    """Make the process of a workload that comes of a rule.

    Raises:
        SettingError: it has no such parameters.
    """
    match workload:
        case Poisson():
            return processes.Poisson(workload.rate)
        case Steady():
            return processes.constant(workload.rate)
        case Diurnal():
            return processes.Diurnal(workload.mean, workload.amplitude, workload.period_ns, workload.peak_at_ns)
        case Burst():
            return processes.burst(workload.size, workload.every_ns)
        case Growth():
            return processes.growth(workload.start, workload.per_day)
    raise SettingError(f"workload {workload.name!r} comes of no rule of time")


def lifetime_of(law: laws.Lifetime) -> lifetimes.Lifetime:  # noqa: PLR0911  one for each law
    """Make the law of a lifetime, or of an idle time.

    Raises:
        TraceError: a file of times is not as the law says.
        SettingError: the law has no such parameters.
    """
    match law:
        case laws.Exponential():
            return lifetimes.Exponential(law.mean_ns)
        case laws.Constant():
            return lifetimes.Constant(law.mean_ns)
        case laws.Lognormal():
            return lifetimes.LogNormal(law.mean_ns, law.sigma)
        case laws.Hyperexponential():
            return lifetimes.HyperExponential(law.p, law.means_ns)
        case laws.Weibull():
            return lifetimes.Weibull(law.mean_ns, law.shape)
        case laws.Empirical():
            path = Path(law.file)
            return _empirical(*_state_of(path), law.column, law.unit)
    return lifetimes.Forever()


@lru_cache(maxsize=8)
def _empirical(file: str, size: int, changed_ns: int, column: str, unit: str) -> lifetimes.Empirical:
    """Read a column of lifetimes, once for all runs of a process."""
    del size, changed_ns
    path = Path(file)
    rows = rows_of(path, (column,))
    read = (time_of(path, line, column, cell, UNITS[unit]) for line, (cell,) in rows)
    values = tuple(value for value in read if value is not None)
    if not values or min(values) < 0:
        raise TraceError(f"{path}: {column} has {'a time below 0' if values else 'no time at all'}")
    return lifetimes.Empirical(values)


def _dealt(workload: Workload, zones: tuple[str, ...]) -> tuple[str, ...]:
    if workload.zone is None:
        return ()
    cycle = cycle_of(workload.zone, zones)
    if cycle is None:
        raise SettingError(
            f'zone of workload {workload.name!r} is "row % {max(len(zones), 1)}" or "round-robin", '
            f"not {workload.zone!r}: only a trace has columns"
        )
    return cycle
