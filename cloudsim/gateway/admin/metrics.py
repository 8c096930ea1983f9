"""Metrics in the text format of Prometheus, with a bound on the series of each metric.

Source: Prometheus, "Exposition formats", version 0.0.4.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Final, Literal

from cloudsim.gateway.admin.host import Host
from cloudsim.gateway.admin.state import addresses_of, enis_by_status, quotas_of
from cloudsim.simulation.simulation import Simulation
from cloudsim.values.duration import SECOND

MEDIA_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
SERIES_MAX: Final = 1_000
"""Of each metric; what is beyond is left out, and counted."""

Sample = tuple[dict[str, str], int | str]
"""Labels and value."""
Kind = Literal["counter", "gauge"]
_ESCAPES: Final = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n"})


def metrics_of(host: Host, *, subscribers: int) -> str:
    """Write all metrics.

    Args:
        host: of which.
        subscribers: how many streams are open.
    """
    written: list[str] = []
    left_out = 0
    for name, kind, text, samples_of in _METRICS:
        samples = samples_of(host)
        written += _family(name, kind, text, islice(samples, SERIES_MAX))
        left_out += sum(1 for _ in samples)
    written += _family("cloudsim_subscribers", "gauge", "Open streams of events.", [({}, subscribers)])
    written += _family(
        "cloudsim_series_left_out", "gauge", "Series beyond the bound of their metric.", [({}, left_out)]
    )
    return "\n".join((*written, ""))


def _family(name: str, kind: Kind, text: str, samples: Iterable[Sample]) -> Iterator[str]:
    yield f"# HELP {name} {text}"
    yield f"# TYPE {name} {kind}"
    for labels, value in samples:
        said = ",".join([f'{label}="{text.translate(_ESCAPES)}"' for label, text in labels.items()])
        yield f"{name}{{{said}}} {value}" if said else f"{name} {value}"


def _calls(host: Host) -> Iterator[Sample]:
    for action, endings in host.simulation.calls.items():
        for ending, count in endings.items():
            yield {"action": action, "code": ending}, count


def _refused(host: Host) -> Iterator[Sample]:
    for code, count in host.refused.items():
        yield {"code": code}, count


def _enis(host: Host) -> Iterator[Sample]:
    for status, count in enis_by_status(host.simulation).items():
        yield {"status": status}, count


def _addresses(host: Host) -> Iterator[Sample]:
    for vswitch in host.simulation.cloud.vswitches.values():
        for state, count in addresses_of(host.simulation, vswitch).items():
            yield {"vswitch": vswitch.id, "state": state}, count


def _quotas(number: str) -> Callable[[Host], Iterator[Sample]]:
    def samples(host: Host) -> Iterator[Sample]:
        for quota in quotas_of(host.simulation)["quotas"]:
            yield {key: quota[key] for key in ("quota", "account", "region", "vpc") if key in quota}, quota[number]

    return samples


def _one(value: Callable[[Simulation], int | str]) -> Callable[[Host], Iterator[Sample]]:
    return lambda host: iter([({}, value(host.simulation))])


def _seconds(simulation: Simulation) -> str:
    """Write the clock without a float, which has too few digits for it."""
    seconds, rest = divmod(simulation.now_ns, SECOND)
    return f"{seconds}.{rest:09}"


_METRICS: Final[tuple[tuple[str, Kind, str, Callable[[Host], Iterator[Sample]]], ...]] = (
    ("cloudsim_virtual_time_seconds", "gauge", "The clock of the simulation.", _one(_seconds)),
    (
        "cloudsim_events_total",
        "counter",
        "Lines of the journal.",
        _one(lambda sim: sim.cloud.journal.events),
    ),
    ("cloudsim_calls_in_flight", "gauge", "Calls under way.", _one(lambda simulation: len(simulation.in_flight))),
    ("cloudsim_calls_total", "counter", "Calls answered, by action and code.", _calls),
    ("cloudsim_gateway_refused_total", "counter", "Requests that the gateway refused, by code.", _refused),
    ("cloudsim_enis", "gauge", "ENIs, by state.", _enis),
    ("cloudsim_vswitch_addresses", "gauge", "IPv4 addresses of vSwitches, by state.", _addresses),
    ("cloudsim_quota_limit", "gauge", "Limits of quotas.", _quotas("limit")),
    ("cloudsim_quota_used", "gauge", "Places of quotas in use.", _quotas("used")),
    ("cloudsim_quota_held", "gauge", "Places of quotas held by calls under way.", _quotas("held")),
)
