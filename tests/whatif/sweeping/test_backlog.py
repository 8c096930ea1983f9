from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from cloudsim.whatif.sweeping.backlog import Backlog
from cloudsim.whatif.sweeping.work import Task


def backlog_of(*runs: int, jobs: int = 2) -> Backlog:
    def missing() -> Iterator[tuple[int, bytes, list[Task]]]:
        for variant, count in enumerate(runs):
            yield variant, b"", [Task(run, f"{variant}/{run}", with_digest=False) for run in range(count)]

    return Backlog(missing(), count=sum(runs), jobs=jobs)


@given(
    runs=st.lists(st.integers(0, 300), max_size=4),
    seconds=st.floats(0, 10),
    gives_back=st.lists(st.booleans(), max_size=8),
)
def test_every_run_is_given_out_once_however_chunks_are_cut(
    runs: list[int], seconds: float, gives_back: list[bool]
) -> None:
    backlog, seen = backlog_of(*runs), []
    while (chunk := backlog.take()) is not None:
        if gives_back and gives_back.pop():
            backlog.put_back(chunk)
            continue
        assert len({chunk.variant}) == 1
        seen += [(chunk.variant, task.run) for task in chunk.tasks]
        backlog.note(seconds)
    assert sorted(seen) == [(variant, run) for variant, count in enumerate(runs) for run in range(count)]


def test_quick_runs_go_in_large_chunks_and_slow_ones_alone() -> None:
    quick, slow = backlog_of(100_000), backlog_of(100_000)
    quick.note(0.001)
    slow.note(3)
    assert [len(backlog.take().tasks) for backlog in (quick, slow)] == [250, 1]  # type: ignore[union-attr]
    assert quick.is_quick
    assert not slow.is_quick


def test_the_last_runs_are_spread_over_all_workers() -> None:
    backlog = backlog_of(40, jobs=4)
    backlog.note(0.000001)
    sizes = []
    while (chunk := backlog.take()) is not None:
        sizes.append(len(chunk.tasks))
    assert sizes[0] == 5
    assert sizes[-5:] == [1, 1, 1, 1, 1]
