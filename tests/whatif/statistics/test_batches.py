import pytest

from cloudsim.whatif.statistics import batch_means, batch_ratio, ratio_of_sums


def test_batches_leave_the_rest_out_at_the_beginning() -> None:
    values = [1000.0, *([1.0, 3.0] * 10)]
    found = batch_means(values, batches=10)
    assert (found.estimate, found.n, found.method, found.caution) == (2.0, 10, "batch-means", None)
    assert (found.low, found.high) == (2.0, 2.0)


def test_batches_that_are_too_short_are_cautioned() -> None:
    caution = batch_means([float(k) for k in range(100)]).caution
    assert caution is not None
    assert caution.startswith("neighbouring batches are correlated (0.9")


def test_the_batches_of_a_ratio_are_sums() -> None:
    found = batch_ratio([1, 0, 1, 1, 0, 0, 1, 1], [2, 2, 2, 2, 2, 2, 2, 2], batches=4)
    assert (found.estimate, found.n, found.method) == (5 / 16, 4, "batch-ratio-log-odds")
    again = ratio_of_sums([1, 2, 0, 2], [4, 4, 4, 4])
    assert (found.low, found.high) == (again.low, again.high)


def test_batches_with_nothing_in_them_are_no_neighbours() -> None:
    found = batch_ratio([0, 0, 0, 0], [0, 0, 0, 0], batches=2)
    assert (found.estimate, found.caution) == (None, None)


def test_too_few_values_for_the_batches_are_refused() -> None:
    with pytest.raises(AssertionError, match="at least one value"):
        batch_means([1.0], batches=2)
    with pytest.raises(AssertionError, match="no spread"):
        batch_means([1.0], batches=1)
