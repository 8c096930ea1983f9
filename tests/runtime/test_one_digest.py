"""The same run in every process, whatever the hash seed, the heap, the interpreter or what else is imported."""

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from cloudsim.kernel.strategy import STRATEGIES
from tests.runtime.torture import Torture

ROOT = Path(__file__).parents[2]
SCRIPT = Path(__file__).with_name("torture.py")

GOLDEN = {
    "fifo": "de972fa99c82a2bdaad168570116060e84e511c9f124007332e1b1dad1f94c16",
    "random": "168e0a0e1fdc63042acf0a1f2da248820c44873056bb67366a521461b712c8e8",
    "run-to-block": "5c9121c52391bb21c768a6eb021624efe7007eb95eaae4f9cd83c69e3911ae5a",
}
"""With seed 3. They change when the rules of the order change, which users see: tell it in the change log."""


@cache
def interpreters() -> list[str]:
    """This interpreter, and every other CPython on the path (or in CLOUDSIM_OTHER_PYTHON) that has trio."""
    names = os.environ.get("CLOUDSIM_OTHER_PYTHON", "").split(os.pathsep)
    found = [shutil.which(name) for name in [*names, "python3.11", "python3.12", "python3.13", "python3.14"] if name]
    others = [path for path in dict.fromkeys(found) if path is not None and Path(path) != Path(sys.executable)]
    probe = "import sys, trio; assert sys.version_info >= (3, 11)"
    return [
        sys.executable,
        *(
            path
            for path in others
            if subprocess.run([path, "-c", probe], check=False, capture_output=True).returncode == 0
        ),
    ]


def digest_in_a_fresh_process(strategy: str, number: int) -> str:
    """Run the torture with the interpreter, hash seed and imports that this number of process gets."""
    interpreter = interpreters()[number % len(interpreters())]
    imports = ["import-hypothesis"] if interpreter == sys.executable and number % 2 else []
    return subprocess.run(
        [interpreter, str(SCRIPT), strategy, "3", *imports],
        env={**os.environ, "PYTHONHASHSEED": str(number), "PYTHONPATH": str(ROOT)},
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()


@pytest.mark.parametrize("strategy", sorted(STRATEGIES))
@pytest.mark.parametrize("processes", [2, pytest.param(20, marks=pytest.mark.deep)])
def test_every_process_gives_the_same_digest(strategy: str, processes: int) -> None:
    digests = {digest_in_a_fresh_process(strategy, number) for number in range(processes)}
    assert digests == {GOLDEN[strategy]}


def test_many_runs_in_one_process_give_the_same_digest() -> None:
    assert {Torture("random", 3).digest() for _ in range(5)} == {GOLDEN["random"]}


def test_another_seed_gives_another_run() -> None:
    assert Torture("random", 4).digest() != GOLDEN["random"]
