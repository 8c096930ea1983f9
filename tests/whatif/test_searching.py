"""The search for the smallest capacity, on experiments that are small or made up."""

from collections.abc import Callable

import pytest
from msgspec import structs

from cloudsim.cli.search import sentence
from cloudsim.errors.own import ExperimentError
from cloudsim.whatif.capacities import applied, blocks, path_of, value_at
from cloudsim.whatif.experiment.spec import Experiment, Target
from cloudsim.whatif.found import Found
from cloudsim.whatif.replicating import replicate
from cloudsim.whatif.running.replication import run_once
from cloudsim.whatif.searching import Make, search
from cloudsim.whatif.sweeping.columns import Columns
from cloudsim.whatif.sweeping.local import LocalEngine
from cloudsim.whatif.validation.worlds import experiment as made

BLOCK = "vswitch.vsw-a.cidr"
QUOTA = "account.acme.eni_quota"


def experiment(block: str = "10.0.0.0/28", *, quota: int = 1000, runs: int = 3, other: str | None = None) -> Experiment:
    """A pool at 8 erlang."""
    whole = made(
        "pool",
        [{"rate": "8/h", "lifetime": {"kind": "exponential", "mean": "1h"}, "vswitch": "vsw-a"}],
        horizon="200h", vswitches={"vsw-a": block} | ({} if other is None else {"vsw-b": other}), quota=quota,
        target=[{"metric": "rejection_ratio", "at_most": 0.05}],
    )  # fmt: skip
    return structs.replace(whole, runs=runs)


def really(one: Experiment, columns: Columns) -> None:
    """Make the runs."""
    for run in range(columns.count, one.runs):
        columns.add(run_once(one, run).figures)


def pretending(path: str, rejected: Callable[[int], int]) -> Make:
    """Say how many of 100 are refused by the mask, or count."""

    def make(one: Experiment, columns: Columns) -> None:
        value = value_at(one, path)
        number = int(value.partition("/")[2]) if isinstance(value, str) else value
        for _ in range(columns.count, one.runs):
            count = rejected(number)
            columns.add({"offered": 100, "rejected": count, "rejected.Full": count, "mean_holders": 1.0})

    return make


def values(found: Found) -> list[object]:
    """What was tried, smallest first."""
    return [one.value for one in found.tried]


def test_the_smallest_block_is_found_with_its_neighbours() -> None:
    found = search(experiment(), BLOCK, really)
    assert found.answer == "10.0.0.0/27"
    assert {"10.0.0.0/28", "10.0.0.0/27", "10.0.0.0/26"} <= set(values(found))
    assert found.document()["monotone"] is True
    assert [one["met"] for one in found.document()["tried"]] == sorted(one["met"] for one in found.document()["tried"])
    assert "Take vswitch.vsw-a.cidr = 10.0.0.0/27" in sentence(found)


def test_blocks_keep_the_network_address_and_end_at_an_overlap() -> None:
    assert blocks(experiment(other="10.0.0.64/28"), BLOCK) == (
        "10.0.0.0/29", "10.0.0.0/28", "10.0.0.0/27", "10.0.0.0/26"
    )  # fmt: skip
    assert blocks(experiment("10.0.0.32/28"), BLOCK) == ("10.0.0.32/29", "10.0.0.32/28", "10.0.0.32/27")
    assert blocks(experiment(), BLOCK)[-1] == "10.0.0.0/16"


def test_no_block_that_fits_may_be_enough() -> None:
    found = search(experiment(other="10.0.0.16/28"), BLOCK, really)
    assert found.answer is None
    assert values(found) == ["10.0.0.0/29", "10.0.0.0/28"]
    assert sentence(found).startswith("No vswitch.vsw-a.cidr that was tried keeps rejection_ratio ≤ 5\u00a0%")
    assert "InvalidVSwitchId.IpNotEnough refuses" in sentence(found)


def test_a_count_is_doubled_until_it_is_enough_and_then_bisected() -> None:
    found = search(experiment(quota=5), QUOTA, pretending(QUOTA, lambda quota: max(0, 23 - quota)))
    assert found.answer == 18
    assert values(found) == [17, 18, 19, 20]
    assert {5, 10} <= {one.value for one in found.glanced}


def test_few_runs_show_where_to_look_and_all_runs_decide() -> None:
    """The first runs are kind: they point at 12, and all runs say 18."""

    def make(one: Experiment, columns: Columns) -> None:
        for run in range(columns.count, one.runs):
            short = max(0, (12 if run < 3 else 21) - value_at(one, QUOTA))
            rejected = short + (run % 2 if short else 0)
            columns.add({"offered": 100, "rejected": rejected, "mean_holders": 1.0})

    asked: list[tuple[object, int, int]] = []
    found = search(
        structs.replace(experiment(quota=40), runs=24), QUOTA, make,
        watch=lambda value, runs, left: asked.append((value, runs, left)),
    )  # fmt: skip
    assert found.answer is not None
    assert 12 < found.answer <= 21
    assert {found.answer - 1, found.answer, found.answer + 1} <= set(values(found))
    assert {one.runs for one in found.tried} == {24}
    assert {one.runs for one in found.glanced} == {3}
    assert [{"value", "runs", "estimate"}] * len(found.glanced) == [set(one) for one in found.document()["glanced"]]
    assert all(left >= 1 for _, _, left in asked)


def test_a_count_that_is_more_than_enough_is_made_smaller() -> None:
    found = search(experiment(quota=100), QUOTA, pretending(QUOTA, lambda quota: 100 if quota < 7 else 0))
    assert found.answer == 7
    assert {6, 7, 8} <= set(values(found))


def test_a_count_that_is_enough_at_1_has_one_neighbour() -> None:
    found = search(experiment(quota=1), QUOTA, pretending(QUOTA, lambda _: 0))
    assert (found.answer, values(found)) == (1, [1, 2])


def test_a_quota_that_is_not_what_binds_is_given_up() -> None:
    found = search(experiment("10.0.0.0/29", quota=50), "quota", really)
    assert (found.answer, found.is_without_effect, values(found)) == (None, True, [50, 100])
    assert "more changes nothing: InvalidVSwitchId.IpNotEnough refuses there" in sentence(found)


def test_a_range_of_counts_is_kept_to() -> None:
    make = pretending(QUOTA, lambda quota: max(0, 23 - quota))
    assert search(experiment(), QUOTA, make, bounds=(10, 30)).answer == 18
    assert search(experiment(), QUOTA, make, bounds=(20, 30)).answer == 20
    none = search(experiment(), QUOTA, make, bounds=(2, 9))
    assert none.answer is None
    assert max(one.value for one in none.tried) == 9
    assert "Full refuses" in sentence(none)


def test_a_larger_block_that_fails_is_reported() -> None:
    found = search(experiment(), BLOCK, pretending(BLOCK, lambda mask: 0 if mask == 23 or mask < 20 else 30))
    assert found.answer == "10.0.0.0/23"
    assert found.document()["monotone"] is False
    assert found.findings == (
        "10.0.0.0/23 meets the target and 10.0.0.0/22 does not",
    )  # fmt: skip


def test_a_figure_that_is_worse_with_more_is_reported() -> None:
    found = search(experiment(), BLOCK, pretending(BLOCK, lambda mask: 40 - mask))
    assert found.answer is None
    assert "rejection_ratio is worse with 10.0.0.0/16 than with 10.0.0.0/17" in found.findings


def test_at_least_looks_the_other_way() -> None:
    target = Target(metric="accepted", at_least=10.0)
    one = structs.replace(experiment(quota=4), targets=(target,))

    def make(varied: Experiment, columns: Columns) -> None:
        for _ in range(columns.count, varied.runs):
            columns.add({"accepted": value_at(varied, QUOTA)})

    found = search(one, QUOTA, make)
    assert found.answer == 10
    assert found.document()["target"] == {"metric": "accepted", "at_least": 10.0}
    assert "accepted ≥ 10" in sentence(found)


def test_one_run_proves_nothing() -> None:
    found = search(experiment(runs=1), BLOCK, pretending(BLOCK, lambda _: 0))
    assert found.answer is None
    assert "give the experiment more runs" in sentence(found)


def test_other_axes_take_their_first_value() -> None:
    varied = structs.replace(
        experiment(), axes={BLOCK: ("10.0.0.0/29",), QUOTA: (7, 9), "workload.pods.rate": ("4/h",)}
    )
    alone, taken = applied(varied, BLOCK)
    assert taken == {QUOTA: 7}
    assert (value_at(alone, QUOTA), value_at(alone, BLOCK), alone.axes) == (7, "10.0.0.0/28", {})
    # A count begins with the most that its axis has.
    assert 9 in values(search(varied, QUOTA, pretending(QUOTA, lambda quota: max(0, 14 - quota))))


def test_short_words_stand_for_the_only_one() -> None:
    one = experiment(other="10.0.1.0/28")
    assert path_of(one, "quota") == QUOTA
    assert path_of(one, "group") == "security_group.sg-1.capacity"
    with pytest.raises(ExperimentError, match="there are 2"):
        path_of(one, "vswitch")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("vswitch.vsw-x.cidr", "there is no vswitch 'vsw-x'"),
        ("workload.pods.rate", "through whole numbers"),
        ("policy.quota", "through whole numbers"),
    ],
)
def test_what_is_no_capacity_is_refused(path: str, said: str) -> None:
    with pytest.raises(ExperimentError, match=said):
        search(structs.replace(experiment(), policy={"quota": "hold"}), path, really)


def test_a_target_is_needed_and_chosen_by_its_metric() -> None:
    bare = structs.replace(experiment(), targets=())
    with pytest.raises(ExperimentError, match="none to search for"):
        search(bare, BLOCK, really)
    two = structs.replace(bare, targets=(Target(metric="rejected", at_most=1.0), Target(metric="pending", at_most=1.0)))
    with pytest.raises(ExperimentError, match="--target"):
        search(two, BLOCK, really)
    with pytest.raises(ExperimentError, match="none is about 'offered'"):
        search(two, BLOCK, really, metric="offered")
    assert search(two, BLOCK, pretending(BLOCK, lambda _: 0), metric="rejected").target.metric == "rejected"
    with pytest.raises(ExperimentError, match="a range is for counts"):
        search(experiment(), BLOCK, really, bounds=(1, 2))


def test_an_engine_gives_the_same_figures() -> None:
    one, counted = experiment(), []
    by_engine, ours = Columns(), Columns()
    replicate(one, LocalEngine(2), by_engine, note=lambda: counted.append(1))
    really(one, ours)
    assert {name: by_engine.values(name) for name in by_engine} == {name: ours.values(name) for name in ours}
    assert len(counted) == one.runs
