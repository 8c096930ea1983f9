from collections.abc import Mapping

from cloudsim.whatif.experiment.spec import Target
from cloudsim.whatif.statistics import judge
from cloudsim.whatif.sweeping.columns import Columns
from cloudsim.whatif.sweeping.estimating import estimate_of, warnings_of
from cloudsim.whatif.sweeping.stretches import stretch_of

HOUR = 3600
Run = Mapping[str, int | float | None]

QUIET: Run = {
    "offered": 8000, "accepted": 8000, "rejected": 0, "offered@pods": 8000, "accepted@pods": 8000,
    "measured_seconds": 1000 * HOUR, "mean_holders": 8.0, "mean_holders@pods": 8.0,
    "max_starts.1s": 2, "max_starts.10s": 3, "max_starts.60s": 4, "max_starts.3600s": 20,
}  # fmt: skip
"""Eight pods an hour, for an hour each."""


def columns_of(*runs: Run) -> Columns:
    made = Columns()
    for run in runs:
        made.add(run)
    return made


def stretch(*runs: Run) -> float:
    return stretch_of(columns_of(*runs), offered="offered", rejected="rejected")


def varied(count: int, **more: float) -> list[Run]:
    return [{**QUIET, "mean_holders": 8.0 + k / 10**6, **more} for k in range(count)]


def test_a_stretch_has_as_many_items_as_two_mean_stays_of_the_busiest_hour() -> None:
    assert stretch(*varied(2)) == 3 * 20 / 8000, "a mean stay is a little more than an hour"


def test_the_workload_that_stays_longest_says_how_long_a_stretch_is() -> None:
    long = {"mean_holders@web": 4.0, "accepted@web": 100}
    assert stretch(*({**run, **long} for run in varied(2))) == 80 * 20 / 8000


def test_what_stays_for_as_long_as_the_run_makes_it_one_stretch() -> None:
    assert stretch(*varied(2, **{"mean_holders@pods": 4000.0})) == 1
    assert stretch(*varied(2, **{"accepted@pods": 0})) == 1


def test_a_burst_is_one_stretch_however_long_the_run() -> None:
    assert stretch(*varied(2, **{"max_starts.1s": 6000, "max_starts.10s": 6000, "max_starts.60s": 6000,
                                 "max_starts.3600s": 6000})) == 1  # fmt: skip


def test_runs_that_do_not_say_are_one_stretch_each() -> None:
    assert stretch({"offered": 5, "rejected": 0}, {"offered": 6, "rejected": 0}) == 1
    assert stretch() == 1
    assert stretch(*({**run, "offered": 0} for run in varied(2))) == 1


def test_runs_that_are_all_alike_have_no_chance_in_them() -> None:
    assert stretch(QUIET, QUIET) == 0
    assert stretch(QUIET) > 0, "one run cannot tell"


def test_twenty_long_runs_without_a_rejection_show_one_percent_and_two_do_not() -> None:
    target = Target(metric="rejection_ratio", at_most=0.01)
    few, many = (estimate_of(target.metric, columns_of(*varied(count)), horizon=None) for count in (2, 20))
    assert judge(many, at_most=0.01).met
    assert not judge(few, at_most=0.01).met
    assert warnings_of(target, many) == ()
    assert "needs 3 runs or more" in warnings_of(target, few)[1]


def test_short_runs_without_a_rejection_show_no_more_than_their_number() -> None:
    less = dict.fromkeys(("offered", "accepted", "offered@pods", "accepted@pods"), 16)
    short = [{**run, **less, "measured_seconds": 2 * HOUR} for run in varied(298)]
    assert not judge(estimate_of("rejection_ratio", columns_of(*short), horizon=None), at_most=0.01).met
    assert judge(estimate_of("rejection_ratio", columns_of(*short, short[0]), horizon=None), at_most=0.01).met
