"""Laws: scalars survive being written, and no document whatever leads to anything but an experiment or a refusal."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudsim.errors.own import ExperimentError
from cloudsim.whatif.experiment.axes import variants
from cloudsim.whatif.experiment.building import from_tables
from cloudsim.whatif.experiment.reading import to_tables
from cloudsim.whatif.experiment.scalars import Duration, Rate, Shift
from tests.whatif.experiment.documents import pool, read


@given(st.integers(0, 10**24))
def test_a_duration_survives_being_written(ns: int) -> None:
    assert Duration.read(str(Duration(ns))) == ns
    assert Shift.read(str(Shift(-ns))) == -ns


@given(st.integers(0, 10**9), st.integers(1, 10**18))
def test_a_rate_survives_being_written(count: int, span_ns: int) -> None:
    rate = Rate(Fraction(count, span_ns))
    assert Rate.read(str(rate)) == rate


def test_a_rate_is_exact() -> None:
    assert Rate.read("0.1/s") == Fraction(1, 10**10)
    assert Rate.read("3/10m") == Rate.read("18 / h")
    assert str(Rate.read("18/h")) == "18/h"
    assert str(Rate.read("0/h")) == "0/ns"


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just(date(2026, 12, 1)),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["kind", "name", "mean", "id", "x"]), inner)
    ),
    max_leaves=5,
)
PATHS = [
    *((key,) for key in ("name", "seed", "horizon", "world", "latency", "policy", "throttling", "consistency", "axes")),
    *((key,) for key in ("workload", "event", "target", "fleet", "start_date", "extends", "profile", "prices")),
    *(("workload", 0, key) for key in ("kind", "name", "rate", "lifetime", "vswitch", "retry", "zone", "idle", "file")),
    *(("target", 0, key) for key in ("metric", "at_most")),
    *(("world", key) for key in ("vswitch", "import", "profile")),
    ("axes", "workload.pods.rate"),
    ("axes", "world"),
    ("event", 0, "zone"),
]


@given(st.sampled_from(PATHS), ANYTHING)
def test_whatever_a_document_says_it_is_read_or_refused(path: tuple[Any, ...], value: object) -> None:
    said = {**pool(), "axes": {}, "event": [{"kind": "zone-outage", "zone": "cn-hangzhou-h", "at": "1h"}]}
    *above, last = path
    place: Any = said
    for key in above:
        place = place[key]
    place[last] = value
    try:
        experiment = read(said)
        made = variants(experiment)
    except ExperimentError as error:
        assert all(problem.problem for problem in error.problems)  # noqa: PT017  both ends are right
    else:
        assert from_tables(to_tables(experiment), experiment.world) == experiment
        assert made


@pytest.mark.parametrize("value", [10**40, -1, 1.5, "é", [], {}])
def test_odd_seeds_are_refused(value: object) -> None:
    with pytest.raises(ExperimentError, match=r"^seed"):
        read({**pool(), "seed": value})
