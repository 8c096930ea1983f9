"""The report of a deadlock: who waits for what, and who has it.

It is the text of :class:`~cloudsim.errors.own.Deadlock`, so it is equal in every run that comes to the same end: tasks
in the order of their spawning, no addresses, no folders.
"""

from collections.abc import Mapping

from trio.lowlevel import Task

from cloudsim.runtime.frames import describe_wait
from cloudsim.runtime.script import Script
from cloudsim.values.duration import Ns, format_duration


def deadlock_report(scripts: Mapping[Task, Script], now_ns: Ns) -> str:
    """Tell of each script what it waits for.

    Args:
        scripts: all tasks that live, each parked.
        now_ns: the instant of the deadlock.
    """
    lines = [f"everybody waits and nothing is due, at {format_duration(now_ns)}:"]
    for script in sorted(scripts.values(), key=lambda script: script.number):
        wait = describe_wait(script.coroutine)
        held = ", ".join(sorted(scripts[task].name for task in wait.holders if task in scripts))
        what = script.why or wait.primitive
        lines.append(f"  {script.name} waits for {what}{f', held by {held}' if held else ''} ({wait.place})")
    return "\n".join(lines)
