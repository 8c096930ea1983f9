"""Same scenario, seed and version: the same digest in any process, under any hash seed, whatever else is imported.

Each run is a process of its own that imports neither hypothesis nor pytest unless the test says so, since both switch
trio's scheduler into a seedable mode, which would hide a leak of order.
"""

import os
import subprocess
import sys

import pytest

DIGEST = """
from cloudsim import load_scenario, run_scenario
import sys
print(run_scenario(load_scenario(sys.argv[1]), seed=int(sys.argv[2])).digest)
"""

SCENARIOS = (
    "first_limit",
    "ip_not_enough",
    "lost_answer",
    "named_collision",
    "phantom_refusal",
    "quota_exhaustion",
    "token_race",
)


def digest(scenario: str, seed: int, *, hash_seed: str = "0", before: str = "", python: str = sys.executable) -> str:
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    command = [python, "-c", before + DIGEST, scenario, str(seed)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_hash_seeds_change_nothing(scenario: str) -> None:
    assert len({digest(scenario, 7, hash_seed=hash_seed) for hash_seed in ("0", "1", "random")}) == 1


def test_another_seed_gives_another_digest() -> None:
    assert len({digest("quota_exhaustion", seed) for seed in range(4)}) == 4


def test_importing_hypothesis_changes_nothing() -> None:
    bare = digest("quota_exhaustion", 7)
    assert digest("quota_exhaustion", 7, before="import hypothesis, pytest_trio\n") == bare


def test_another_python_gives_the_same_digest() -> None:
    others = os.environ.get("CLOUDSIM_OTHER_PYTHON")
    if not others:
        pytest.skip(
            "CLOUDSIM_OTHER_PYTHON names no other Python with cloudsim installed; .ci/run does where it finds one"
        )
    for scenario in SCENARIOS:
        assert {digest(scenario, 7, python=other) for other in others.split(os.pathsep)} == {digest(scenario, 7)}


@pytest.mark.deep
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_twenty_processes_agree(scenario: str) -> None:
    assert len({digest(scenario, 3, hash_seed=str(number)) for number in range(20)}) == 1
