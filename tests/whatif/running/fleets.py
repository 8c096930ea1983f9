"""Small experiments with a fleet, for tests: one zone, or several, and pods that come as a table says."""

from pathlib import Path
from typing import Any

from cloudsim.whatif.experiment.building import from_tables
from cloudsim.whatif.experiment.check import check
from cloudsim.whatif.experiment.spec import Experiment
from cloudsim.whatif.experiment.worlds import read_world
from cloudsim.whatif.running.replication import Replication

ZONES = ("cn-hangzhou-h", "cn-hangzhou-i")


def pods(path: Path, *rows: tuple[int | None, int | None], **workload: Any) -> dict[str, Any]:
    """A workload whose pods start and end at these seconds."""
    file = path / "pods.csv"
    cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
    file.write_text("start,end\n" + "".join(f"{start},{end}\n" for start, end in cells))
    usual = {"name": "pods", "kind": "trace", "file": str(file), "start": "start", "end": "end", "holds": "ip"}
    return {**usual, "vswitch": ["vsw-a"], **workload}


def a_fleet(workload: dict[str, Any] | list[dict[str, Any]], fleet: dict[str, Any], **changes: Any) -> Experiment:
    """An experiment with a node type of two ENIs for pods with three addresses each."""
    world = {
        "profile": changes.pop("profile", "classic"),
        "limits": changes.pop("limits", {}),
        "account": [{"id": "acme", **changes.pop("account", {})}],
        "region": [{"id": "cn-hangzhou", "zones": [*ZONES]}],
        "vpc": [{"id": "vpc-main", "cidr": "10.0.0.0/16", **changes.pop("vpc", {})}],
        "vswitch": changes.pop(
            "vswitches",
            [
                {"id": "vsw-a", "zone": ZONES[0], "cidr": "10.0.0.0/24"},
                {"id": "vsw-b", "zone": ZONES[1], "cidr": "10.0.1.0/24"},
                {"id": "vsw-c", "zone": ZONES[0], "cidr": "10.0.2.0/24"},
            ],
        ),
        "security_group": [{"id": "sg-main"}],
        "instance_type": [
            {
                "name": "ecs.small", "eni_quantity": 3, "ipv4_per_eni": 3, "vcpu": 2, "eni_total_quantity": 7,
                "eni_trunk_supported": True,
            },
            {"name": "ecs.large", "eni_quantity": 5, "ipv4_per_eni": 10},
            {"name": "ecs.tiny", "eni_quantity": 2, "ipv4_per_eni": 3},
        ],
    }  # fmt: skip
    tables = {
        "format": 1,
        "name": "fleet",
        "workload": [workload] if isinstance(workload, dict) else workload,
        "fleet": {"instance_type": "ecs.small", **fleet},
        **changes,
    }
    experiment = from_tables(tables, read_world(world))
    check(experiment)
    return experiment


def run(experiment: Experiment) -> dict[str, Any]:
    """Run it once, hold the cloud against its invariants, and give the figures."""
    replication = Replication(experiment, 1)
    figures = replication.run().figures
    found = replication.simulation.audit()
    assert not found, found
    return dict(figures)


def calls(figures: dict[str, Any]) -> dict[str, int]:
    """Calls by action, with short names."""
    short = {"PrivateIpAddresses": "", "NetworkInterface": ""}
    named = {name: count for name, count in figures.items() if name.startswith("calls.") and "@" not in name}
    result = {}
    for name, count in named.items():
        action = name.removeprefix("calls.")
        for long, brief in short.items():
            action = action.replace(long, brief)
        result[action] = count
    return result
