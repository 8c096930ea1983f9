"""Judging: run cases, and say of each check whether the estimate agrees with what is known, and is sharp enough."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from cloudsim.whatif.running.replication import Figure
from cloudsim.whatif.statistics.distributions import student_quantile
from cloudsim.whatif.statistics.estimate import LEVEL
from cloudsim.whatif.validation.case import ABSOLUTE, Case, Check, Row
from cloudsim.whatif.validation.controlling import controlled

Z_MAX: Final = 4.0
"""Fewer standard errors than this lie between what is expected and what is estimated."""

CONTROL_Z_MAX: Final = 6.0
"""The same for controls, a coarse guard: lifetimes are skewed, so that two dozen short runs stray further than normal
numbers would, and there are two controls or more in most cases."""

QUICK_LOOSENESS: Final = 8.0
"""How many times as large standard errors may be with ``--quick``."""

Progress = Callable[[int, int], None]
"""Is told how many of how many replications are done."""


def validate(
    cases: Sequence[Case], *, looseness: float = 1.0, progress: Progress | None = None
) -> Iterator[tuple[Case, tuple[Row, ...]]]:
    """Run cases, and judge each as it is done.

    Args:
        cases: which.
        looseness: how many times as large standard errors may be.
        progress: is told how far it is, in replications.
    """
    done, total = 0, sum(case.runs for case in cases)
    for case in cases:
        results: list[Mapping[str, Figure]] = []
        for run in range(case.runs):
            results.append(case.trial(run))
            done += 1
            if progress is not None:
                progress(done, total)
        yield case, judge_case(case, results, looseness=looseness)


def judge_case(case: Case, results: Sequence[Mapping[str, Figure]], *, looseness: float = 1.0) -> tuple[Row, ...]:
    """Judge each check of a case.

    Args:
        case: which.
        results: figures of its replications, at least two.
        looseness: how many times as large standard errors may be.
    """
    problem = _problem_of_case(case, results)
    return tuple(_row(case, check, results, problem, looseness) for check in case.checks)


def _problem_of_case(case: Case, results: Sequence[Mapping[str, Figure]]) -> str | None:
    """Say what is wrong with a case whatever is checked of it."""
    stray = _stray_codes(case, results)
    if stray:
        return f"refused by {', '.join(stray)} too"
    for control in case.controls:
        values = [control.value(result) for result in results]
        estimate, error, _ = controlled(values, [1.0] * len(values), [])
        if estimate and abs(estimate) >= CONTROL_Z_MAX * error:
            return f"{control.name}: off by {estimate:.3g}, with a standard error of {error:.2g}"
    return None


def _stray_codes(case: Case, results: Sequence[Mapping[str, Figure]]) -> list[str]:
    """Find codes that refused something and should not have."""
    named = {name for result in results for name, count in result.items() if count and "@" not in name}
    return sorted({name.removeprefix("rejected.") for name in named if name.startswith("rejected.")} - case.codes)


def _row(
    case: Case, check: Check, results: Sequence[Mapping[str, Figure]], problem: str | None, looseness: float
) -> Row:
    values = [check.value(result) for result in results]
    controls = [[control.value(result) for result in results] for control in case.controls]
    estimate, error, free = controlled([part for part, _ in values], [whole for _, whole in values], controls)
    off = estimate - check.expected
    z = off / error if error else (0.0 if not off else None)
    half = student_quantile((1 + LEVEL) / 2, free) * error
    problem = problem or _problem(case, check, z, error, looseness)
    return Row(
        family=case.family,
        name=f"{case.name}: {check.name}" if check.name else case.name,
        parameters=case.parameters,
        code=check.code,
        expected=check.expected,
        estimate=estimate,
        standard_error=error,
        low=estimate - half,
        high=estimate + half,
        n=len(values),
        z=z,
        is_good=problem is None,
        problem=problem,
    )


def _problem(case: Case, check: Check, z: float | None, error: float, looseness: float) -> str | None:
    if z is None:
        return "all runs agree on another number"
    if abs(z) >= Z_MAX:
        return f"{abs(z):.1f} standard errors {'above' if z > 0 else 'below'}"
    if error > looseness * max(case.share_max * check.expected, ABSOLUTE):
        return f"not sharp enough: the standard error is {error / check.expected:.1%}"
    return None
