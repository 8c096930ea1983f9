"""A run held against an older one says what is beyond the noise of both, and nothing else."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from cloudsim.errors.own import SettingError
from cloudsim.lab.engine.comparing import OldRun, Verdict, changes, differences, read_run


def run(*ratios: tuple[str, float | None, str, float | None, float | None], **more: Any) -> OldRun:
    fields = ("name", "value", "op", "low", "high")
    return msgspec.convert(
        {
            "format_version": 1, "benchmark": "engine", "quick": False, "large": False,
            "machine": {"python": "CPython 3.11.7"}, "versions": {"simpy": "4.1.2"},
            "ratios": [{"part": "create", **dict(zip(fields, one, strict=True))} for one in ratios], **more,
        },
        OldRun,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("was", "now", "verdict"),
    [
        ((5.0, "<=", 4.8, 5.2), (4.0, "<=", 3.9, 4.1), Verdict.BETTER),
        ((5.0, "<=", 4.8, 5.2), (6.0, "<=", 5.9, 6.1), Verdict.WORSE),
        ((5.0, ">=", 4.8, 5.2), (6.0, ">=", 5.9, 6.1), Verdict.BETTER),
        ((5.0, ">=", 4.8, 5.2), (4.0, ">=", 3.9, 4.1), Verdict.WORSE),
        ((5.0, "<=", 4.8, 5.2), (5.4, "<=", 5.1, 5.6), Verdict.NOISE),
        ((5.0, "<=", 4.0, 9.0), (6.0, "<=", 5.9, 6.1), Verdict.NOISE),
        ((5.0, "<=", None, None), (50.0, "<=", None, None), Verdict.ONCE),
        ((None, "<=", None, None), (5.0, "<=", 4.8, 5.2), Verdict.NEW),
        ((5.0, "<=", 4.8, 5.2), (None, "<=", None, None), Verdict.GONE),
    ],
)
def test_a_difference_is_judged_only_outside_the_noise_of_both_runs(was: Any, now: Any, verdict: Verdict) -> None:
    (found,) = changes(run(("a", *was)), run(("a", *now)))
    assert (found.before, found.after, found.verdict) == (was[0], now[0], verdict)


def test_a_run_does_not_differ_from_itself() -> None:
    same = run(("a", 5.0, "<=", 5.0, 5.0))
    assert [one.verdict for one in changes(same, same)] == [Verdict.NOISE]
    assert list(differences(same, same)) == []


def test_parts_that_were_not_measured_now_are_not_gone() -> None:
    old = run(("a", 5.0, "<=", 4.8, 5.2), ("b", 5.0, "<=", 4.8, 5.2))
    assert [one.verdict for one in changes(old, run(("a", 5.0, "<=", 4.8, 5.2)))] == [Verdict.NOISE, Verdict.GONE]
    assert changes(old, run()) == []


def test_another_machine_another_version_and_other_sizes_are_told() -> None:
    new = run(machine={"python": "CPython 3.13.0"}, versions={"simpy": None, "ciw": "3.2.7"}, quick=True)
    assert list(differences(run(), new)) == [
        "python: CPython 3.11.7 before, CPython 3.13.0 now",
        "simpy: 4.1.2 before, not installed now",
        "ciw: not installed before, 3.2.7 now",
        "sizes: not quick before, quick now",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"{", "is not what cloudsim bench engine --json prints"),
        (b"\xff\xfe", "is not what cloudsim bench engine --json prints"),
        (b'{"ratios": 5}', "is not what cloudsim bench engine --json prints"),
        (msgspec.json.encode(msgspec.structs.replace(run(), benchmark="pools")), "is of cloudsim bench pools"),
        (msgspec.json.encode(msgspec.structs.replace(run(), format_version=2)), "has the format 2"),
    ],
)
def test_a_file_that_is_no_older_run_is_refused(tmp_path: Path, text: bytes, said: str) -> None:
    path = tmp_path / "old.json"
    path.write_bytes(text)
    with pytest.raises(SettingError, match=said):
        read_run(path)
