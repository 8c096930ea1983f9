"""Measures: the figures of one run, by the names of experiments.md, out of its books and gauges."""

from collections.abc import Iterator
from dataclasses import dataclass

from cloudsim.simulation.simulation import Simulation
from cloudsim.values.duration import SECOND, Ns
from cloudsim.whatif.experiment.spec import Experiment
from cloudsim.whatif.running.books import Books, in_seconds
from cloudsim.whatif.running.census import Census
from cloudsim.whatif.running.fleet.fleet import Fleet
from cloudsim.whatif.running.holders import Holders

Named = tuple[str, int | float | None]


@dataclass(frozen=True, slots=True)
class Measures:
    """All that was counted in a run."""

    experiment: Experiment
    horizon_ns: Ns
    books: Books
    holders: Holders
    census: Census
    simulation: Simulation
    fleet: Fleet | None = None

    @property
    def length_ns(self) -> Ns:
        """The measured time."""
        return self.horizon_ns - self.experiment.warmup_ns


def figures_of(measures: Measures) -> dict[str, int | float | None]:
    """Give all figures of a run."""
    fleet = measures.fleet
    of_nodes = () if fleet is None else fleet.tally.figures(measures.horizon_ns)
    return dict(
        [
            *_of_items(measures),
            *_of_addresses(measures),
            *_of_enis(measures),
            *_of_holders(measures),
            *of_nodes,
            *_of_calls(measures),
        ]
    )


def _of_items(measures: Measures) -> Iterator[Named]:
    books = measures.books
    scopes = ["", *sorted({*books.offered, *books.first_rejection} - {""})]
    for scope in scopes:
        offered, accepted, rejected = books.offered[scope], books.accepted[scope], books.rejected[scope]
        yield f"offered{scope}", offered
        yield f"accepted{scope}", accepted
        yield f"rejected{scope}", rejected
        yield f"pending{scope}", offered - accepted - rejected
        yield f"rejection_ratio{scope}", rejected / offered if offered else None
        for code, count in sorted(books.by_code.get(scope, {}).items()):
            yield f"rejected.{code}{scope}", count
        first_ns = books.first_rejection.get(scope)
        yield f"p_any_rejection{scope}", int(first_ns is not None)
        yield f"time_to_first_rejection{scope}", None if first_ns is None else in_seconds(first_ns)


def _of_addresses(measures: Measures) -> Iterator[Named]:
    census, end_ns = measures.census, measures.horizon_ns
    names = list(census.in_use)
    yield from _of_one(measures, "", list(names))
    yield "peak_addresses", census.total.peak
    yield "mean_addresses", census.total.mean(end_ns)
    yield "time_share_full", census.all_full.mean(end_ns)
    for name in names:
        gauge, full = census.in_use[name], census.is_full[name]
        size = census.sizes([name])
        yield f"peak_addresses@{name}", gauge.peak
        yield f"mean_addresses@{name}", gauge.mean(end_ns)
        yield f"time_share_full@{name}", full.mean(end_ns)
        yield f"peak_utilisation@{name}", gauge.peak / size if size else None
        yield f"headroom@{name}", size - gauge.peak
        yield from _of_one(measures, f"@{name}", [name])


def _of_one(measures: Measures, scope: str, names: list[str]) -> Iterator[Named]:
    """When all of some vSwitches have been full for the first time, each on its own."""
    since = measures.census.full_since
    first_ns = max((since[name] for name in names), default=None) if all(name in since for name in names) else None
    yield f"p_any_exhaustion{scope}", int(first_ns is not None)
    yield f"time_to_exhaustion{scope}", None if first_ns is None else in_seconds(first_ns)


def _of_enis(measures: Measures) -> Iterator[Named]:
    census, end_ns = measures.census, measures.horizon_ns
    for scope, gauge in (("", census.all_enis), *((f"@{name}", gauge) for name, gauge in census.enis.items())):
        yield f"peak_enis{scope}", gauge.peak
        yield f"mean_enis{scope}", gauge.mean(end_ns)


def _of_holders(measures: Measures) -> Iterator[Named]:
    holders, end_ns = measures.holders, measures.horizon_ns
    yield "peak_holders", holders.total.peak
    yield "mean_holders", holders.total.mean(end_ns)
    for name, gauge in holders.by_workload.items():
        yield f"peak_holders@{name}", gauge.peak
        yield f"mean_holders@{name}", gauge.mean(end_ns)
    for seconds, most in holders.starts.most().items():
        yield f"max_starts.{seconds}s", most


def _of_calls(measures: Measures) -> Iterator[Named]:
    yield "calls", sum(measures.books.calls.values())
    for action, count in sorted(measures.books.calls.items()):
        yield f"calls.{action}", count
    yield "measured_seconds", measures.length_ns / SECOND
