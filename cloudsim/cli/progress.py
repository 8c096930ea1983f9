"""Progress on a terminal: a bar with the time that is left, on stderr, which goes away at the end."""

import sys
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class ProgressBar:
    """Is called with (done, total, text); shows nothing before, so that a run without progress imports nothing."""

    def __init__(self) -> None:
        self._shown: tuple[Progress, TaskID] | None = None

    @staticmethod
    def is_wanted() -> bool:
        """Whether somebody would see it."""
        return sys.stderr.isatty()

    def __call__(self, done: int, total: int, text: str = "") -> None:
        """Show how far it is, and what is being done."""
        progress, task = self._shown if self._shown is not None else self._begin()
        progress.update(task, completed=done, total=total, description=text)

    def _begin(self) -> "tuple[Progress, TaskID]":
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        progress = Progress(
            BarColumn(), MofNCompleteColumn(), "left:", TimeRemainingColumn(),
            TextColumn("{task.description}", markup=False),
            console=Console(stderr=True), transient=True, refresh_per_second=5,
        )  # fmt: skip
        progress.start()
        self._shown = (progress, progress.add_task(""))
        return self._shown

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown is not None:
            self._shown[0].stop()
