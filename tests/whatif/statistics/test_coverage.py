"""How often the intervals hold the truth, by simulation of a loss system whose truth is Erlang's B."""

from itertools import accumulate

import pytest

from cloudsim.values.entropy import Entropy, Stream
from cloudsim.whatif.analytic import erlang_b, occupancy
from cloudsim.whatif.statistics import batch_ratio, paired_ratio_difference, quantile, ratio_of_sums

LOAD = 8


class Loss:
    """A pool with arrivals and departures in turn; only their order matters, so no time is drawn.

    It begins as it goes on: with the probabilities that the next arrival or departure finds.
    """

    def __init__(self, places: int, stream: Stream) -> None:
        weights = [p * (LOAD + taken) for taken, p in enumerate(occupancy(float(LOAD), places))]
        ticket = stream.bits32() / 2**32 * sum(weights)
        self.places, self.stream = places, stream
        self.taken = sum(edge < ticket for edge in accumulate(weights[:-1]))

    def run(self, steps: int) -> tuple[int, int]:
        """Go on for so many arrivals and departures; give the refused and the arrived."""
        refused = arrived = 0
        taken, places, bits32 = self.taken, self.places, self.stream.bits32
        for _ in range(steps):
            if bits32() * (LOAD + taken) < LOAD << 32:
                arrived += 1
                if taken == places:
                    refused += 1
                else:
                    taken += 1
            else:
                taken -= 1
        self.taken = taken
        return refused, arrived


def replications(places: int, runs: int, steps: int, seed: str) -> tuple[list[int], list[int]]:
    entropy = Entropy(1)
    found = [Loss(places, entropy.stream(seed, str(run))).run(steps) for run in range(runs)]
    return [refused for refused, _ in found], [arrived for _, arrived in found]


def coverage(places: int, runs: int, steps: int, trials: int) -> tuple[float, float, float]:
    """Give how often the truth is within the interval, below the upper bound, above the lower bound."""
    truth, inside, below, above = erlang_b(float(LOAD), places), 0, 0, 0
    for trial in range(trials):
        found = ratio_of_sums(*replications(places, runs, steps, f"{places}/{runs}/{trial}"))
        assert found.low is not None
        assert found.high is not None
        assert found.upper_bound is not None
        assert found.lower_bound is not None
        inside += found.low <= truth <= found.high
        below += truth <= found.upper_bound
        above += found.lower_bound <= truth
    return inside / trials, below / trials, above / trials


def test_a_ratio_over_twenty_runs_holds_the_truth_about_as_often_as_it_says() -> None:
    inside, below, above = coverage(12, 20, 400, 100)
    assert min(inside, below, above) > 0.88


@pytest.mark.deep
@pytest.mark.parametrize(
    ("places", "runs", "steps"),
    [(12, 20, 1000), (12, 5, 1000), (10, 10, 200), (16, 20, 1000), (16, 40, 4000), (16, 10, 400), (18, 20, 1000)],
)
def test_ratios_hold_the_truth_as_often_as_they_say(places: int, runs: int, steps: int) -> None:
    """Of 1000 trials, 95 % is within 0.7 % in two of three cases; where rejections are rare, bounds hold more often."""
    inside, below, above = coverage(places, runs, steps, 1000)
    print(f"{places} places, {runs} runs: {inside:.3f} inside, {below:.3f} below, {above:.3f} above")  # noqa: T201
    assert min(inside, below, above) > 0.93


@pytest.mark.deep
def test_paired_ratios_hold_the_true_difference_about_as_often_as_they_say() -> None:
    truth, inside, trials = erlang_b(float(LOAD), 12) - erlang_b(float(LOAD), 10), 0, 500
    for trial in range(trials):
        before, after = [replications(places, 20, 500, f"pair/{trial}") for places in (10, 12)]
        found = paired_ratio_difference(before, after)
        assert found.low is not None
        assert found.high is not None
        inside += found.low <= truth <= found.high
    assert 0.92 <= inside / trials <= 0.98


@pytest.mark.deep
def test_batches_of_one_long_run_hold_the_truth_about_as_often_as_they_say() -> None:
    truth, inside, trials = erlang_b(float(LOAD), 12), 0, 500
    for trial in range(trials):
        loss = Loss(12, Entropy(2).stream("batches", str(trial)))
        stretches = [loss.run(100) for _ in range(200)]
        found = batch_ratio([refused for refused, _ in stretches], [arrived for _, arrived in stretches])
        assert found.low is not None
        assert found.high is not None
        inside += found.low <= truth <= found.high
    assert 0.92 <= inside / trials <= 0.98


@pytest.mark.deep
@pytest.mark.parametrize("runs", [20, 100])
def test_quantiles_hold_the_truth_at_least_as_often_as_they_say(runs: int) -> None:
    """Of uniform times, of which those after 0.6 are censored."""
    inside, bounded, trials = 0, 0, 2000
    for trial in range(trials):
        stream = Entropy(3).stream("quantiles", f"{runs}/{trial}")
        times = [time if time < 0.6 else None for time in (stream.bits32() / 2**32 for _ in range(runs))]
        found = quantile(times, 0.5, horizon=0.6)
        assert found.low is not None
        assert found.lower_bound is not None
        inside += found.low <= 0.5 <= (1.0 if found.high is None else found.high)
        bounded += found.lower_bound <= 0.5
    assert inside / trials >= 0.94
    assert bounded / trials >= 0.94
