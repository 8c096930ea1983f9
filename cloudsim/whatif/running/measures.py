"""Measures: the figures of one run, by the names of experiments.md, out of its books, census, tally and calls.

Every figure is told of every scope that it can be asked of, also where nothing happened.

Where the documents are silent: an exhaustion of several vSwitches is an instant at which none of them has a free
address. ``growth_factor`` is size over peak, of the tightest instant: so many times the load would use all of it up,
were every item there so many times. It is exact for a workload whose arrivals do not depend on the run, such as a
trace, as long as nothing was refused; what refused items has held fewer than were asked for, and would need a smaller
factor. Of the whole it is the least of the quotas and of the addresses, those of each zone where items have zones, and
at most 1 where any item was refused.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from cloudsim.values.duration import SECOND, Ns
from cloudsim.whatif.experiment.spec import Experiment
from cloudsim.whatif.running.books import Books, Meter, in_seconds, waits_at
from cloudsim.whatif.running.callbook import CallBook, Rush
from cloudsim.whatif.running.census import Census
from cloudsim.whatif.running.costs import costs_of
from cloudsim.whatif.running.fleet.tally import Tally
from cloudsim.whatif.running.gauges import Fullness, Gauge, Stock
from cloudsim.whatif.running.scopes import ALL, Scopes

Named = tuple[str, int | float | None]

_WAITS: Final = {"p50": 50, "p95": 95, "p99": 99, "max": 100}


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """All that was counted in a run."""

    experiment: Experiment
    horizon_ns: Ns
    scopes: Scopes
    books: Books
    census: Census
    tally: Tally
    calls: CallBook


def figures_of(measures: Measures) -> dict[str, int | float | None]:
    """Give all figures of a run."""
    return dict(
        [
            *_of_items(measures),
            *_of_workloads(measures),
            *_of_places(measures),
            *_of_quotas(measures),
            *_of_fleet(measures),
            *_of_calls(measures),
            *costs_of(measures.experiment, measures.scopes, measures.census, measures.tally, measures.calls,
                      measures.horizon_ns),
            ("growth_factor", _growth_of_all(measures)),
            ("measured_seconds", (measures.horizon_ns - measures.experiment.warmup_ns) / SECOND),
        ]
    )  # fmt: skip


# -- items


def _of_items(measures: Measures) -> Iterator[Named]:
    books, end_ns = measures.books, measures.horizon_ns
    for scope, meter in books.meters.by_scope.items():
        yield from _counts(books, scope)
        yield from _over_time(meter, scope, end_ns)
        yield from zip(
            [f"wait.{name}{scope}" for name in _WAITS], waits_at(books.inside(scope), _WAITS.values()), strict=True
        )
    for scope, windows in books.starts.by_scope.items():
        for seconds, most in windows.most().items():
            yield f"max_starts.{seconds}s{scope}", most


def _counts(books: Books, scope: str) -> Iterator[Named]:
    cells = books.inside(scope)
    accepted, pending = sum(cell.accepted for cell in cells), sum(cell.pending for cell in cells)
    by_code = books.refusals(cells)
    rejected = by_code.total()
    offered = accepted + rejected + pending
    yield f"offered{scope}", offered
    yield f"accepted{scope}", accepted
    yield f"rejected{scope}", rejected
    yield f"pending{scope}", pending
    yield f"rejection_ratio{scope}", rejected / offered if offered else None
    for code, count in sorted(by_code.items()):
        yield f"rejected.{code}{scope}", count
    first = [cell.first_rejection_ns for cell in cells if cell.first_rejection_ns is not None]
    yield f"p_any_rejection{scope}", int(bool(first))
    yield f"time_to_first_rejection{scope}", in_seconds(min(first)) if first else None


def _over_time(meter: Meter, scope: str, end_ns: Ns) -> Iterator[Named]:
    yield from _peak_and_mean("holders", scope, meter.living, end_ns)
    yield from _peak_and_mean("backlog", scope, meter.waiting, end_ns)
    yield f"recovery_time{scope}", in_seconds(meter.recovery.longest_ns(end_ns))
    yield f"longest_outage{scope}", in_seconds(meter.outage.longest_ns(end_ns))


def _peak_and_mean(name: str, scope: str, gauge: Gauge, end_ns: Ns) -> Iterator[Named]:
    yield f"peak_{name}{scope}", gauge.peak
    yield f"mean_{name}{scope}", gauge.mean(end_ns)


def _of_workloads(measures: Measures) -> Iterator[Named]:
    """Tell the addresses and ENIs that the items of a workload hold."""
    end_ns = measures.horizon_ns
    for workload in measures.experiment.workloads:
        scope = f"@{workload.name}"
        living = measures.books.meters.by_scope[scope].living
        each = 1 if workload.holds == "ip" else 1 + workload.secondary
        mean = living.mean(end_ns)
        yield f"peak_addresses{scope}", living.peak * each
        yield f"mean_addresses{scope}", None if mean is None else mean * each
        enis = measures.tally.enis[scope] if workload.holds == "ip" else living
        yield from _peak_and_mean("enis", scope, enis, end_ns)


# -- places


def _of_places(measures: Measures) -> Iterator[Named]:
    end_ns, quotas = measures.horizon_ns, measures.scopes.quotas
    for scope, places in measures.census.places.by_scope.items():
        stock = places.addresses
        yield f"peak_addresses{scope}", stock.peak
        yield f"mean_addresses{scope}", stock.used.mean(end_ns)
        yield from _peak_and_mean("enis", scope, places.enis, end_ns)
        if scope in quotas:
            continue  # what follows is of the quota's places there
        yield f"min_free_blocks{scope}", places.blocks.least
        yield from _of_stock(stock, places.full, scope, end_ns)
        if scope != ALL:
            yield f"growth_factor{scope}", _growth(stock)


def _of_quotas(measures: Measures) -> Iterator[Named]:
    for scope, quota in measures.census.quotas.items():
        yield from _of_stock(quota.stock, quota.full, scope, measures.horizon_ns)
        yield f"growth_factor{scope}", _growth(quota.stock)


def _of_stock(stock: Stock, full: Fullness, scope: str, end_ns: Ns) -> Iterator[Named]:
    used, size = stock.tightest
    yield f"peak_utilisation{scope}", used / size if size else None
    yield f"mean_utilisation{scope}", stock.mean_share(end_ns)
    yield f"headroom{scope}", stock.room
    yield f"time_share_full{scope}", full.gauge.mean(end_ns)
    yield f"p_any_exhaustion{scope}", int(full.first_ns is not None)
    yield f"time_to_exhaustion{scope}", None if full.first_ns is None else in_seconds(full.first_ns)


def _growth(stock: Stock) -> float | None:
    used, size = stock.tightest
    return size / used if used else None


def _growth_of_all(measures: Measures) -> float | None:
    scopes, census = measures.scopes, measures.census
    has_zones = any(workload.zone is not None for workload in measures.experiment.workloads)
    stocks = [census.places.by_scope[scope].addresses for scope in (scopes.zones if has_zones else [ALL])]
    found = [_growth(stock) for stock in (*stocks, *(quota.stock for quota in census.quotas.values()))]
    least = min((factor for factor in found if factor is not None), default=None)
    return min(1.0, least) if least is not None and measures.books.has_refused else least


# -- the fleet, and calls


def _of_fleet(measures: Measures) -> Iterator[Named]:
    tally, end_ns = measures.tally, measures.horizon_ns
    for scope in measures.scopes.types:
        yield from _peak_and_mean("enis", scope, tally.enis[scope], end_ns)
    if measures.experiment.fleet is None:
        return
    for scope, gauge in tally.nodes.items():
        yield from _peak_and_mean("nodes", scope, gauge, end_ns)
    for scope, idle in tally.idle.by_scope.items():
        yield from _peak_and_mean("idle_addresses", scope, idle.every.settled(), end_ns)
        for kind, part in idle.by_kind.items():
            yield f"mean_idle_addresses.{kind}{scope}", part.settled().mean(end_ns)
            yield f"peak_idle_addresses.{kind}{scope}", part.settled().peak


def _of_calls(measures: Measures) -> Iterator[Named]:
    calls = measures.calls
    by_scope = {ALL: calls.counts()}
    by_scope |= {f"@{name}": calls.counts(workload=name) for name in measures.scopes.cells}
    by_scope |= {scope: calls.counts(account=scope.removeprefix("@")) for scope in measures.scopes.accounts}
    for scope, counts in by_scope.items():
        yield f"calls{scope}", counts.total()
        for action, count in sorted(counts.items()):
            yield f"calls.{action}{scope}", count
    for scope, rush in calls.rushes.items():
        yield from _rush(rush, scope)


def _rush(rush: Rush, scope: str) -> Iterator[Named]:
    yield f"peak_calls{scope}", rush.most
    for action, most in rush.most_of.items():
        yield f"peak_calls.{action}{scope}", most
