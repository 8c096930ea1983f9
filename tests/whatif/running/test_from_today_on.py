"""From today on: a run that begins with what real Describe answers tell, or with what other products have taken."""

from pathlib import Path
from typing import Any

import pytest

from cloudsim.whatif.experiment.load import experiment_of
from cloudsim.whatif.running.replication import run_once
from tests.simulation.world.test_describe_import import ALL, ANSWERS, SG_A, VSW_A
from tests.whatif.running.fleets import ZONES, a_fleet, pods, run


def growing(**world: Any) -> dict[str, Any]:
    growth = {"name": "new", "kind": "growth", "per_day": 24, "vswitch": [VSW_A], "security_group": SG_A}
    return {"format": 1, "name": "today", "horizon": "10d", "start_date": "2026-12-01", "world": world,
            "workload": [growth]}  # fmt: skip


def test_what_the_answers_tell_is_there_and_new_enis_come_on_top(tmp_path: Path) -> None:
    files = [str(ANSWERS / name) for name in ALL]
    figures = run_once(experiment_of(growing(**{"import": {"files": files}}), folder=tmp_path), 0).figures
    known = figures[f"mean_enis@{VSW_A}"], figures[f"peak_enis@{VSW_A}"]
    assert all(isinstance(one, int | float) for one in known)
    accepted, peak = figures["accepted"], figures[f"peak_enis@{VSW_A}"]
    assert isinstance(accepted, int)
    assert isinstance(peak, int)
    assert peak > accepted > 0, "those of the answers are among them"
    addresses = figures[f"peak_addresses@{VSW_A}"]
    assert isinstance(addresses, int)
    assert addresses > accepted, "their addresses as well"


def test_what_other_products_have_taken_leaves_less_room(tmp_path: Path) -> None:
    vswitches = [{"id": "vsw-a", "zone": ZONES[0], "cidr": "10.0.0.0/28", "used": 10}]
    workload = pods(tmp_path, *[(second, None) for second in (1, 2, 3)], holds="eni")
    figures = run(a_fleet(workload, {}, vswitches=vswitches, horizon="4s"))
    assert (figures["accepted"], figures["rejected"], figures["time_to_exhaustion"]) == (2, 1, 2)
    assert figures["peak_addresses"] == 12
    assert figures["mean_addresses"] == pytest.approx((10 + 11 + 12 + 12) / 4)
