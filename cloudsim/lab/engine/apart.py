"""Measuring in a process of its own, which has done nothing else; and what of memory a process has.

Used as a program it is that process: ``python -m cloudsim.lab.engine.apart module function JSON``.
"""

import json
import resource
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path


def apart(act: Callable[..., float | dict[str, float]], *values: str | int | bool) -> dict[str, float]:
    """Call a function in a process of its own.

    Args:
        act: a function at the top of a module.
        values: its arguments.

    Returns:
        What it gives; a number alone under the name ``value``.

    Raises:
        subprocess.CalledProcessError: it failed there; its words are on stderr.
    """
    command = [sys.executable, "-m", __name__, act.__module__, act.__qualname__, json.dumps(values)]
    told = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)  # noqa: S603  ourselves
    return told if isinstance(told, dict) else {"value": float(told)}


def resident_bytes() -> int:
    """Give the resident memory of this process."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * resource.getpagesize()


if __name__ == "__main__":
    module, function, values = sys.argv[1:]
    sys.stdout.write(json.dumps(getattr(import_module(module), function)(*json.loads(values))))
