"""The openb trace through a fleet, and made-up traces likewise: the counts are those that come out by hand."""

import csv
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cloudsim.whatif.experiment.building import from_tables
from cloudsim.whatif.experiment.check import check
from cloudsim.whatif.experiment.load import read_experiment
from cloudsim.whatif.experiment.worlds import read_world
from cloudsim.whatif.running.replication import Replication
from tests.whatif.running.openb_by_hand import ByHand, Counts, Rules, rows_of

OPENB = Path(__file__).parents[3].parent / "shared" / "traces" / "openb_pod_list_default.csv"
ZONES = ("cn-hangzhou-h", "cn-hangzhou-i", "cn-hangzhou-j")
SECOND = 10**9
NAMES = ("vsw-a", "vsw-b", "vsw-c")


def an_experiment(
    path: Path, rules: Rules, mask: int, *, zones: int = 3, columns: tuple[str, str] = ("start", "end")
) -> Any:
    """The second file of the issue, with some of it changed."""
    world = {
        "account": [{"id": "acme", "eni_quota": rules.quota}],
        "region": [{"id": "cn-hangzhou", "zones": [*ZONES[:zones]]}],
        "vpc": [{"id": "vpc-main", "cidr": "10.0.0.0/8"}],
        "vswitch": [
            {"id": name, "zone": zone, "cidr": f"10.{place}.0.0/{mask}"}
            for place, (name, zone) in enumerate(zip(NAMES[:zones], ZONES, strict=False))
        ],
        "security_group": [{"id": "sg-main", "capacity": 1_000_000}],
        "instance_type": [
            {"name": "ecs.small", "eni_quantity": rules.enis + 1, "ipv4_per_eni": rules.slots, "vcpu": 1}
        ],
    }
    event: dict[str, Any] = {}
    if rules.outage is not None:
        zone, begin, end = rules.outage
        event = {"kind": "zone-outage", "zone": ZONES[zone], "at": f"{begin}ns", "lasting": f"{end - begin}ns"}
        event["pods"] = rules.pods
    tables = {
        "format": 1,
        "name": "openb",
        "seed": 1,
        "latency": "none",
        "workload": [
            {
                "name": "pods",
                "kind": "trace",
                "file": str(path),
                "start": columns[0],
                "end": columns[1],
                "unit": "s",
                "blank_start": "skip",
                "blank_end": "end",
                "ties": "release-first",
                "zone": f"row % {zones}",
                "vswitch": [*NAMES[:zones]],
                "holds": "ip",
            }
        ],
        "fleet": {
            "instance_type": "ecs.small",
            "nodes": "first-fit" if rules.nodes is None else rules.nodes,
            "mode": "shared-eni",
            "release_eni": "keep" if rules.keeps else "when-empty",
            "pool": {"min": 0, "max": 0, "warm_up": 0},
        },
        "event": [event] if event else [],
    }
    experiment = from_tables(tables, read_world(world))
    check(experiment)
    return experiment


def assert_equal_counts(figures: dict[str, Any], hand: Counts, zones: int, horizon: int) -> None:
    by_hand = {
        "offered": hand.offered,
        "accepted": hand.accepted,
        "rejected": hand.rejected.total(),
        "pending": 0,
        "rejection_ratio": hand.rejected.total() / hand.offered if hand.offered else None,
        "peak_addresses": hand.peak["addresses"],
        "peak_enis": hand.peak["enis"],
        "peak_nodes": hand.peak["nodes"],
        "peak_holders": hand.peak["holders"],
        "mean_holders": hand.holder_ns / horizon if horizon else None,
        "mean_addresses": hand.address_ns / horizon if horizon else None,
        "calls": hand.calls.total(),
        **{f"rejected.{code}": count for code, count in hand.rejected.items()},
        **{f"calls.{action}": count for action, count in hand.calls.items()},
        **{f"peak_addresses@{NAMES[zone]}": hand.peak[f"addresses@{zone}"] for zone in range(zones)},
        **{f"rejected@{ZONES[zone]}": count for zone, count in hand.rejected_in.items()},
        **{f"rejected@{NAMES[zone]}": count for zone, count in hand.rejected_in.items()},
    }
    assert {name: figures[name] for name in by_hand} == by_hand
    assert {name for name in figures if name.startswith("rejected.") and "@" not in name} == {
        f"rejected.{code}" for code in hand.rejected
    }


@pytest.mark.skipif(not OPENB.exists(), reason="the openb trace is not here")
@pytest.mark.parametrize(
    ("mask", "pods"),
    [
        (27, "moved"),
        *[
            pytest.param(*case, marks=pytest.mark.deep)
            for case in ((16, ""), (28, ""), (27, ""), (16, "stay"), (28, "stay"), (27, "stay"), (28, "lost"))
        ],
    ],
)
def test_the_openb_trace_has_the_counts_that_come_out_by_hand(mask: int, pods: str) -> None:
    """Alone, under a /28 and a /27, and with the second of three zones out for 300,000 seconds."""
    spans, horizon = rows_of(OPENB, "scheduled_time", "deletion_time")
    outage = (1, 12_500_000 * SECOND, 12_800_000 * SECOND) if pods else None
    rules = Rules(
        usable=[2 ** (32 - mask) - 4] * 3, enis=3, slots=15, quota=1_000_000, outage=outage, pods=pods
    )  # as ecs.g7ne.xlarge
    run = Replication(an_experiment(OPENB, rules, mask, columns=("scheduled_time", "deletion_time")), 1)
    figures = run.run().figures
    assert_equal_counts(figures, ByHand(rules, horizon).run(spans), 3, horizon)
    assert run.horizon_ns == horizon
    assert not run.simulation.audit()


SPANS = st.lists(
    st.tuples(st.one_of(st.none(), st.integers(0, 12)), st.one_of(st.none(), st.integers(0, 6))),
    min_size=1,
    max_size=40,
).filter(lambda rows: any(start is not None for start, _ in rows))


@settings(max_examples=120, deadline=None)
@given(
    rows=SPANS,
    zones=st.integers(1, 3),
    mask=st.sampled_from([29, 28]),
    enis=st.integers(1, 2),
    slots=st.integers(1, 3),
    quota=st.sampled_from([2, 5, 1000]),
    keeps=st.booleans(),
    nodes=st.sampled_from([None, None, 1, 4]),
    outage=st.one_of(st.none(), st.tuples(st.integers(0, 2), st.integers(0, 8), st.integers(1, 6))),
    pods=st.sampled_from(["stay", "lost", "moved"]),
)
def test_any_trace_has_the_counts_that_come_out_by_hand(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[int | None, int | None]],
    zones: int,
    mask: int,
    enis: int,
    slots: int,
    quota: int,
    keeps: bool,
    nodes: int | None,
    outage: tuple[int, int, int] | None,
    pods: str,
) -> None:
    path = tmp_path_factory.mktemp("trace") / "made_up.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["start", "end"])
        for start, length in rows:
            end = "" if length is None else (start or 0) + length
            writer.writerow(["" if start is None else start, end])
    spans, horizon = rows_of(path, "start", "end")
    failing = None
    if outage is not None and outage[1] * SECOND <= horizon:
        failing = (outage[0] % zones, outage[1] * SECOND, (outage[1] + outage[2]) * SECOND)
    rules = Rules(
        usable=[2 ** (32 - mask) - 4] * zones, enis=enis, slots=slots, quota=quota, keeps=keeps, nodes=nodes,
        outage=failing, pods=pods if zones > 1 else "stay",
    )  # fmt: skip
    run = Replication(an_experiment(path, rules, mask, zones=zones), 1)
    figures = run.run().figures
    assert_equal_counts(figures, ByHand(rules, horizon).run(spans), zones, horizon)
    assert not run.simulation.audit()


THE_FILE = """
format = 1
name = "openb"
seed = 1
world = "world.toml"
latency = "none"

[[workload]]
name = "pods"
kind = "trace"
file = "../shared/traces/openb_pod_list_default.csv"
start = "scheduled_time"       # a column, in `unit`
end = "deletion_time"
unit = "s"
blank_start = "skip"           # skip | begin (alive before the start: initial state, no API call)
blank_end = "end"              # skip | end (alive at the horizon; default horizon: the last instant of the trace)
ties = "release-first"         # half-open intervals; equal starts in file order; no length, no hold
zone = "row % 3"               # data rows from 0; or a column, or "round-robin"; without it one pool of all vSwitches
vswitch = ["vsw-a", "vsw-b", "vsw-c"]   # by zone where zones are given
holds = "ip"

[fleet]                        # needed where something holds = "ip"
instance_type = "ecs.g7ne.xlarge"
nodes = "first-fit"            # as many as are needed, lowest first; or a number, or an autoscaler table
mode = "shared-eni"            # shared-eni | exclusive-eni | trunk | prefix
release_eni = "when-empty"     # when-empty | keep
pool = { min = 0, max = 0, warm_up = 0 }
"""
THE_WORLD = """
format = 1
account = [{ id = "acme" }]
region = [{ id = "cn-hangzhou", zones = ["cn-hangzhou-h", "cn-hangzhou-i", "cn-hangzhou-j"] }]
vpc = [{ id = "vpc-main", cidr = "10.0.0.0/8" }]
security_group = [{ id = "sg-main" }]
vswitch = [
    { id = "vsw-a", zone = "cn-hangzhou-h", cidr = "10.0.0.0/28" },
    { id = "vsw-b", zone = "cn-hangzhou-i", cidr = "10.0.0.16/28" },
    { id = "vsw-c", zone = "cn-hangzhou-j", cidr = "10.0.0.32/28" },
]
"""


def test_the_file_works_as_it_is_written(tmp_path: Path) -> None:
    trace = tmp_path / "shared" / "traces" / "openb_pod_list_default.csv"
    trace.parent.mkdir(parents=True)
    trace.write_text("name,deletion_time,scheduled_time\n" + "".join(f"p,{40 + row},{row}\n" for row in range(40)))
    folder = tmp_path / "here"
    folder.mkdir()
    (folder / "openb.toml").write_text(THE_FILE)
    (folder / "world.toml").write_text(THE_WORLD)
    spans, horizon = rows_of(trace, "scheduled_time", "deletion_time")
    rules = Rules(usable=[12] * 3, enis=3, slots=15)
    figures = Replication(read_experiment(folder / "openb.toml"), 1).run().figures
    assert_equal_counts(figures, ByHand(rules, horizon).run(spans), 3, horizon)
    assert figures["rejected.InvalidVSwitchId.IpNotEnough"] == 4
