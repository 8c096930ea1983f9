"""The experiments that come with the product: each can be read, varied and run, and shows what its first line says."""

from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from cloudsim.cli.main import program
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


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_run_with_a_digest_is_the_same_run(path: Path) -> None:
    """Runs with events once failed where a digest was asked for: the journal was given an instant as a Duration."""
    experiment = variants(read_experiment(path))[-1].experiment
    with_digest = run_once(experiment, 0, with_digest=True)
    assert with_digest.digest
    assert with_digest.figures == run_once(experiment, 0).figures


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


def test_few_large_nodes_carry_the_pods_on_fewer_addresses() -> None:
    small, large = (figures_of("instance_type", variant) for variant in (0, 1))
    assert small["offered"] == large["offered"]
    assert (small["mean_nodes"] or 0) > 5 * (large["mean_nodes"] or 0)
    assert (small["mean_addresses"] or 0) > 1.08 * (large["mean_addresses"] or 0)


def test_a_warm_pool_saves_calls_and_holds_addresses() -> None:
    cold, warm = (figures_of("warm_pool", variant) for variant in (0, 3))
    assert cold["offered"] == warm["offered"]
    assert (warm["calls"] or 0) < 0.2 * (cold["calls"] or 0)
    assert (warm["mean_idle_addresses"] or 0) > 3 + (cold["mean_idle_addresses"] or 0)


def test_prefixes_are_refused_in_a_vswitch_that_is_half_empty() -> None:
    single, prefixes = (figures_of("prefix_fragmentation", variant) for variant in (0, 1))
    assert single["rejected"] == 0
    assert prefixes["rejected.InvalidVSwitchId.IpNotEnough@pods"] == prefixes["rejected"] != 0
    assert (prefixes["peak_utilisation@vsw-h"] or 1) < 0.7


def test_a_release_fits_into_a_large_vswitch_if_it_takes_its_time() -> None:
    hasty_small, slow_small, hasty, slow = (figures_of("deployment_surge", variant) for variant in range(4))
    assert (hasty_small["rejected"] or 0) > (slow_small["rejected"] or 0) > 0
    assert (hasty["peak_utilisation@vsw-h"] or 0) > 0.85
    assert (slow["peak_utilisation@vsw-h"] or 1) < 0.75
    assert slow["rejected"] == 0


ADVICE = {
    "deployment_surge": "peak_utilisation@vsw-h ≤ 90 % is kept by vsw-h.cidr 10.0.1.0/24, release.over 4h; not by",
    "growth_until_exhaustion": "time_to_exhaustion.q05 ≥ 60 d is kept: in 95 % of all cases it lasts until 2027-02-2",
    "instance_type": "rejection_ratio ≤ 1 % is kept with fleet.instance_type = ecs.g7.4xlarge (at most",
    "pool_size": "Take vswitch.vsw-h.cidr = 10.0.1.0/27: of those tried it is the smallest that keeps rejection_ratio",
    "prefix_fragmentation": "p_any_rejection@pods ≤ 20 % is kept with fleet.mode = shared-eni (at most",
    "quota_request": "Take account.acme.eni_quota = 250: of those tried it is the smallest that keeps p_any_rejection",
    "warm_pool": "Take fleet.pool.max = ",
    "zone_failure": "Take vswitch.vsw-h.cidr = 10.0.1.0/24: of those tried it is the smallest that keeps peak_utilisat",
}


@pytest.mark.deep
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_experiment_ends_in_a_sentence_to_act_on(path: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(program, ["sweep", str(path), "--dir", str(tmp_path / "results"), "--no-report"])
    assert result.exit_code == 0
    told = result.stdout.replace("\u00a0", " ").partition("Results: ")[2].split("\n\n")
    assert any(one.startswith(ADVICE[path.stem]) for one in told[-2:]), told
