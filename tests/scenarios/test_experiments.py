"""The experiments that come with the product: each can be read, varied and run, and shows what its first line says."""

from pathlib import Path

import msgspec
import pytest

from cloudsim.scenario.load import bundled_folder
from cloudsim.values.duration import SECOND
from cloudsim.whatif.experiment.axes import variants
from cloudsim.whatif.experiment.load import read_experiment
from cloudsim.whatif.running.replication import run_once

HOUR = 3600 * SECOND
FILES = sorted(path for path in (bundled_folder() / "experiments").glob("*.toml") if path.stem != "world")


def figures_of(name: str, variant: int = 0, *, hours: int | None = None) -> dict[str, int | float | None]:
    experiment = variants(read_experiment(bundled_folder() / "experiments" / f"{name}.toml"))[variant].experiment
    if hours is not None:
        experiment = msgspec.structs.replace(experiment, horizon_ns=hours * HOUR)
    return run_once(experiment, 0).figures


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_experiment_says_what_it_asks_and_can_be_varied(path: Path) -> None:
    assert path.read_text(encoding="utf-8").partition("\n")[0].endswith(("?", "."))
    experiment = read_experiment(path)
    assert experiment.targets
    assert variants(experiment)


def test_a_small_pool_refuses_pods_and_the_next_size_does_not() -> None:
    small, large = (figures_of("pool_size", variant, hours=300) for variant in range(2))
    assert small["offered"] == large["offered"]
    assert (small["rejection_ratio"] or 0) > 0.03
    assert (large["rejection_ratio"] or 0) < 0.01


def test_growth_uses_the_vswitch_up() -> None:
    time_to_exhaustion = figures_of("growth_until_exhaustion")["time_to_exhaustion"]
    assert time_to_exhaustion is not None
    assert 80 < time_to_exhaustion / 86_400 < 115


def test_pods_of_a_zone_that_fails_move_to_the_others() -> None:
    figures = figures_of("zone_failure", 1)
    assert figures["rejected"] == 0
    assert (figures["peak_addresses@vsw-h"] or 0) > 80


def test_a_surge_meets_a_quota_that_was_asked_for_too_small() -> None:
    small, large = (figures_of("quota_request", variant) for variant in (0, 2))
    assert small["rejected.MaxEniCountExceeded"] == small["rejected"] != 0
    assert large["rejected"] == 0
