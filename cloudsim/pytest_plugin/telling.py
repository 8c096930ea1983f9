"""What is told of a failure besides its traceback: the seed, the smallest run, and how to have it again."""

import shlex
from dataclasses import dataclass
from os.path import relpath
from pathlib import Path

import pytest

from cloudsim.exploration.shrinking import Failing
from cloudsim.scenario.schedule import Schedule, to_token
from cloudsim.scenario.timeline_text import timeline_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A failure."""

    headline: str
    failing: Failing
    schedule: Schedule
    file: Path | None
    """Where its schedule lies, if anywhere."""


def tell(item: pytest.Item, story: Story) -> str:
    """Write all that there is to tell."""
    schedule = story.schedule
    settings = "".join(f"  {name}={value}" for name, value in schedule.settings.items())
    lines = [f"seed {schedule.seed}  mode {schedule.mode}{settings}", story.headline]
    lines += [f"wrong: {_first_line(one.text)}" for one in story.failing.run.wrong]
    timeline = timeline_text(story.failing.log)
    if timeline:
        lines += ["", timeline]
    lines += ["", "replay it:", replay_line(item, to_token(schedule))]
    if story.file is not None:
        file = relpath(story.file, item.config.invocation_params.dir)
        lines += ["or, also after edits of the test:", replay_line(item, file)]
    return "\n".join(lines)


def _first_line(text: str) -> str:
    return next(iter(text.splitlines()), "")


def replay_line(item: pytest.Item, schedule: str) -> str:
    """Write the command that runs one test in one order, as it is typed in the folder that pytest was started in."""
    _, _, inside = str(item.nodeid).partition("::")
    where = f"{relpath(item.path, item.config.invocation_params.dir)}::{inside}"
    return f"pytest {shlex.quote(where)} --cloudsim-schedule={shlex.quote(schedule)}"
