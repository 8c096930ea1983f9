"""Failures that are remembered: a file for each, which the next exploration of the same scenario tries first.

They lie under ``.cloudsim/failures/`` in the current folder, named by scenario, settings and what is wrong, so that
the same failure found again takes the place of the old one.
"""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Final

from cloudsim.errors.own import ScheduleError
from cloudsim.scenario.schedule import SUFFIX, Schedule, read_schedule, to_document
from cloudsim.scenario.settings import Value

FOLDER: Final = Path(".cloudsim") / "failures"


class Failures:
    """The failures of one folder.

    Args:
        folder: made when something is kept.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder

    def keep(self, schedule: Schedule) -> Path:
        """Write a failure down.

        Args:
            schedule: its smallest run, with all that is wrong with it.

        Returns:
            The file.

        Raises:
            OSError: it cannot be written.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        ignored = self._folder.parent / ".gitignore"
        if not ignored.exists():
            ignored.write_text("*\n", encoding="utf-8")
        settings = sorted(_without_callers(schedule.settings).items())
        key = sha256(repr((str(Path(schedule.scenario)), settings, schedule.expect.wrong)).encode()).hexdigest()[:8]
        path = self._folder / f"{Path(schedule.scenario).stem}-{key}{SUFFIX}"
        path.write_bytes(to_document(schedule))
        return path

    def of(self, scenario: str, settings: Mapping[str, Value]) -> Iterator[tuple[Path, Schedule]]:
        """Give what is remembered of a scenario, in the order of the file names; files that are damaged are left out.

        Args:
            scenario: how it is asked for.
            settings: what was given; how many callers there are does not matter.
        """
        wanted = _without_callers(settings)
        for path in sorted(self._folder.glob(f"{Path(scenario).stem}-*{SUFFIX}")):
            try:
                schedule = read_schedule(path)
            except ScheduleError:
                continue
            if Path(schedule.scenario) == Path(scenario) and _without_callers(schedule.settings) == wanted:
                yield path, schedule


def _without_callers(settings: Mapping[str, Value]) -> dict[str, str]:
    return {name: str(value) for name, value in settings.items() if name != "callers"}
