"""Costs: what a run would have cost by the user's prices, over the measured time.

ENIs, addresses and instances cost by the hour that they are there, calls by the call. Of a zone it is what is there,
without calls, which are of no zone; of a type it is its nodes and instances alone. Instances of the world are there all
the time. ENIs and addresses are those of the vSwitches that workloads use.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final

from cloudsim.values.duration import UNITS, Ns
from cloudsim.whatif.arrivals.exact import exact
from cloudsim.whatif.experiment.prices import Prices, read_prices
from cloudsim.whatif.experiment.spec import Experiment
from cloudsim.whatif.running.callbook import CallBook
from cloudsim.whatif.running.census import Census
from cloudsim.whatif.running.fleet.tally import Tally
from cloudsim.whatif.running.scopes import ALL, Scopes

_HOUR: Final[Ns] = UNITS["h"]


def costs_of(
    experiment: Experiment, scopes: Scopes, census: Census, tally: Tally, calls: CallBook, end_ns: Ns
) -> Iterator[tuple[str, float]]:
    """Give the figures of cost; none where the experiment has no prices.

    Raises:
        ExperimentError: the file of prices has gone, or is none any more.
    """
    if experiment.prices is None:
        return
    prices = read_prices(experiment.prices)

    def there(scope: str) -> Fraction:
        places = census.places.by_scope[scope]
        enis, addresses = places.enis.integral(end_ns), places.addresses.used.integral(end_ns)
        return (exact(prices.eni_hour) * enis + exact(prices.address_hour) * addresses) / _HOUR

    def run(place: int, scope: str) -> Fraction:
        """What instances cost whose account, zone or type it is."""
        return sum(
            (
                exact(prices.instance_hour.get(owner[2], 0.0)) * gauge.integral(end_ns) / _HOUR
                for owner, gauge in tally.owned.items()
                if scope in (ALL, f"@{owner[place]}")
            ),
            Fraction(0),
        )

    yield "cost", float(there(ALL) + run(0, ALL) + _of_calls(prices, calls.counts()))
    for scope in scopes.accounts:
        made = calls.counts(account=scope.removeprefix("@"))
        yield f"cost{scope}", float(there(scope) + run(0, scope) + _of_calls(prices, made))
    for scope in scopes.zones:
        yield f"cost{scope}", float(there(scope) + run(1, scope))
    for scope in scopes.types:
        yield f"cost{scope}", float(run(2, scope))


def _of_calls(prices: Prices, counts: Mapping[str, int]) -> Fraction:
    return sum((exact(prices.calls.get(action, prices.call)) * count for action, count in counts.items()), Fraction(0))
