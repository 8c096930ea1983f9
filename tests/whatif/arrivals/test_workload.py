"""Workloads as an experiment states them, turned into items."""

import os
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from cloudsim.errors.own import SettingError, TraceError
from cloudsim.values.duration import SECOND
from cloudsim.values.entropy import Entropy
from cloudsim.whatif.arrivals import lifetimes, processes
from cloudsim.whatif.arrivals.workload import closed_items, items, lifetime_of, process_of, trace_items
from cloudsim.whatif.experiment import lifetimes as laws
from cloudsim.whatif.experiment.scalars import Duration, Rate
from cloudsim.whatif.experiment.workloads import (
    AnyWorkload,
    Burst,
    Closed,
    Diurnal,
    Growth,
    Poisson,
    Steady,
    Synthetic,
    Trace,
)

HOUR = Duration(3600 * SECOND)
RATE = Rate.read("8/h")
STAY = laws.Exponential(mean_ns=HOUR)


@pytest.mark.parametrize(
    ("workload", "process"),
    [
        (Poisson(name="w", rate=RATE, lifetime=STAY), processes.Poisson(Fraction(8, HOUR))),
        (Steady(name="w", rate=RATE, lifetime=STAY), processes.Regular(Fraction(HOUR, 8))),
        (
            Diurnal(name="w", mean=RATE, amplitude=0.5, peak_at_ns=HOUR, lifetime=STAY),
            processes.Diurnal(Fraction(8, HOUR), 0.5, 24 * HOUR, HOUR),
        ),
        (Burst(name="w", size=4, every_ns=HOUR, lifetime=STAY), processes.Regular(Fraction(HOUR), 4)),
        (Growth(name="w", start=3, per_day=12), processes.Poisson(Fraction(1, 2 * HOUR), 3)),
    ],
)
def test_each_kind_has_its_process(workload: AnyWorkload, process: processes.Process) -> None:
    assert process_of(workload) == process
    assert isinstance(workload, Synthetic)
    horizon_ns = 100 * HOUR
    found = list(items(workload, entropy=Entropy(1), horizon_ns=horizon_ns))
    assert found
    assert all(item.workload == "w" and 0 <= item.at_ns <= horizon_ns and item.zone is None for item in found)


@pytest.mark.parametrize(
    ("law", "lifetime"),
    [
        (STAY, lifetimes.Exponential(HOUR)),
        (laws.Constant(mean_ns=HOUR), lifetimes.Constant(HOUR)),
        (laws.Lognormal(mean_ns=HOUR, sigma=2), lifetimes.LogNormal(HOUR, 2)),
        (laws.Weibull(mean_ns=HOUR, shape=0.5), lifetimes.Weibull(HOUR, 0.5)),
        (
            laws.Hyperexponential(p=(0.9, 0.1), means_ns=(HOUR, Duration(2 * HOUR))),
            lifetimes.HyperExponential((0.9, 0.1), (HOUR, 2 * HOUR)),
        ),
        ("forever", lifetimes.Forever()),
    ],
)
def test_each_law_has_its_lifetime(law: laws.Lifetime, lifetime: lifetimes.Lifetime) -> None:
    assert lifetime_of(law) == lifetime


def test_an_empirical_law_is_a_column_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "lives.csv"
    file.write_text("name,lived\na,2\nb,\nc,0.5\n")
    law = laws.Empirical(file=str(file), column="lived", unit="m")
    assert lifetime_of(law) == lifetimes.Empirical((30 * SECOND, 120 * SECOND))
    file.write_text("name,lived\na,-1\n")
    with pytest.raises(TraceError, match="lived has a time below 0"):
        lifetime_of(law)
    file.write_text("lived\n\n")
    with pytest.raises(TraceError, match="lived has no time at all"):
        lifetime_of(law)
    file.unlink()
    with pytest.raises(TraceError, match=r"lives\.csv: the file cannot be read"):
        lifetime_of(law)


def test_items_of_a_rule_may_be_dealt_to_zones() -> None:
    def zones(**keys: Any) -> list[str | None]:
        workload = Steady(name="w", rate=RATE, lifetime=STAY, **keys)
        found = items(workload, entropy=Entropy(1), horizon_ns=HOUR // 2, zones=("a", "b", "c"))
        return [item.zone for item in found]

    assert zones(zone="row % 3") == zones(zone="round-robin") == ["a", "b", "c", "a"]
    assert zones(zone="row % 2") == ["a", "b", "a", "b"]
    with pytest.raises(SettingError, match=r"zone of workload 'w' is .*, not 'az': only a trace has columns"):
        zones(zone="az")


def test_a_closed_workload_gives_its_draws() -> None:
    workload = Closed(name="w", population=5, idle=STAY, lifetime=laws.Constant(mean_ns=HOUR), zone="round-robin")
    closed = closed_items(workload, entropy=Entropy(1), zones=("a", "b"))
    assert (closed.population, closed.item(1, 0, 7).lifetime_ns, closed.item(1, 0, 7).zone) == (5, HOUR, "b")
    assert closed.idle_ns(0, 0) != closed.idle_ns(0, 1)
    with pytest.raises(SettingError, match="workload 'w' comes of no rule of time"):
        process_of(workload)


def test_a_trace_is_read_once_until_its_file_changes(tmp_path: Path) -> None:
    file = tmp_path / "trace.csv"
    file.write_text("start,end\n1,3\n")
    workload = Trace(name="w", file=str(file), start="start", end="end")
    first = trace_items(workload)
    assert trace_items(workload) is first
    assert trace_items(workload, horizon_ns=HOUR) is not first
    file.write_text("start,end\n1,3\n2,4\n")
    os.utime(file, ns=(1, 1))
    found = list(items(workload, entropy=Entropy(1), horizon_ns=HOUR))
    assert [item.key for item in found] == ["w/0", "w/1"]
    for horizon_s in range(10, 16):  # more than are remembered
        trace_items(workload, horizon_ns=horizon_s * SECOND)
    file.unlink()
    with pytest.raises(TraceError, match="cannot be read"):
        trace_items(workload)
