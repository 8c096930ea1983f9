"""A driver in a process of its own, to be killed: ``python -m ...driver DIR ENGINE JOBS [resume]``."""

import sys
from pathlib import Path

from cloudsim.whatif.sweeping.cluster import DaskEngine
from cloudsim.whatif.sweeping.engine import Engine
from cloudsim.whatif.sweeping.local import LocalEngine
from cloudsim.whatif.sweeping.sweep import sweep
from tests.whatif.sweeping.small import slow, small

RUNS = 40


def main(folder: Path, engine: str, jobs: int, *, resume: bool) -> None:
    made: Engine = LocalEngine(jobs, replicate=slow) if engine == "local" else DaskEngine(jobs, replicate=slow)
    sweep(small(folder, runs=RUNS), made, folder / "results", resume=resume)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), resume="resume" in sys.argv)
