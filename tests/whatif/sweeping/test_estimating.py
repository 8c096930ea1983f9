import pytest

from cloudsim.whatif.experiment.spec import Target
from cloudsim.whatif.statistics import mean, proportion, quantile, ratio_of_sums
from cloudsim.whatif.sweeping.columns import Columns
from cloudsim.whatif.sweeping.estimating import estimate_of, method_of, metrics_of, warnings_of

RUNS: list[dict[str, int | float | None]] = [
    {"offered": 10, "rejected": 1, "rejected.A": 1, "rejection_ratio": 0.1, "wait.p50": 3.0, "p_any_rejection": 1},
    {"offered": 30, "rejected": 0, "rejection_ratio": 0.0, "wait.p50": None, "time_to_first_rejection": None},
    {"offered": 20, "rejected": 2, "rejected.A": 2, "time_to_first_rejection": 8.0, "p_any_rejection": 1},
]


@pytest.fixture
def columns() -> Columns:
    made = Columns()
    for run in RUNS:
        made.add(run)
    return made


def test_a_ratio_is_that_of_the_sums(columns: Columns) -> None:
    found = estimate_of("rejection_ratio", columns, horizon=None)
    assert found == ratio_of_sums([1, 0, 2], [10, 30, 20])
    assert found.estimate == 0.05


def test_what_a_run_does_not_name_did_not_happen_in_it(columns: Columns) -> None:
    assert estimate_of("rejected.A", columns, horizon=None) == mean([1, 0, 2])
    assert estimate_of("rejected.Never@vsw-z", columns, horizon=None) == mean([0, 0, 0])
    assert estimate_of("p_any_rejection", columns, horizon=None) == proportion([True, False, True])


def test_a_mean_is_of_the_runs_that_have_it(columns: Columns) -> None:
    assert estimate_of("wait.p50", columns, horizon=None) == mean([3.0])


def test_a_time_that_did_not_come_is_censored_and_not_dropped(columns: Columns) -> None:
    for metric, q in (("time_to_first_rejection", 0.5), ("time_to_first_rejection.q05", 0.05)):
        found = estimate_of(metric, columns, horizon=9.0)
        assert found == quantile([None, None, 8.0], q, horizon=9.0)
        assert found.censored == 2


def test_a_time_has_its_quantiles_as_metrics(columns: Columns) -> None:
    metrics = list(metrics_of(columns))
    assert len(metrics) == len(set(metrics))
    assert {"time_to_first_rejection", "time_to_first_rejection.q05", "offered", "rejected.A"} <= {*metrics}


def test_methods_are_known_before_any_run() -> None:
    metrics = ("rejection_ratio@vsw-a", "p_any_rejection", "time_to_exhaustion.q05@vsw-a", "peak_addresses")
    assert [method_of(one) for one in metrics] == [
        "ratio-log-odds",
        "clopper-pearson",
        "order-statistics",
        "student-t",
    ]


def test_a_claim_on_one_percent_needs_299_runs() -> None:
    columns = Columns()
    for _ in range(298):
        columns.add({"p_any_rejection": 0})
    target = Target(metric="p_any_rejection", at_most=0.01)
    [text] = warnings_of(target, estimate_of(target.metric, columns, horizon=None))
    assert "needs 299 runs" in text
    columns.add({"p_any_rejection": 0})
    assert warnings_of(target, estimate_of(target.metric, columns, horizon=None)) == ()
