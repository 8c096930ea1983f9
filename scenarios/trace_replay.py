"""Each pod of a trace creates an ENI when it starts and deletes it when it ends; what is refused, and why?

Intervals are half-open: at one instant releases come before starts, and equal starts go in file order. Rows without a
start are skipped, intervals of no length hold nothing, and a refused create is lost. Nothing takes any time.

``cloudsim run trace_replay --set trace=FILE.csv --set mask=28 --set quota=100``
"""

import csv
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from cloudsim import CreateNetworkInterface, DeleteNetworkInterface, Expectations, Session, World
from cloudsim.errors.own import SettingError
from cloudsim.kernel.actor import URGENT
from cloudsim.simulation.caller import Caller
from cloudsim.simulation.reply import Reply

SHOWS = ("MaxEniCountExceeded", "InvalidVSwitchId.IpNotEnough")
LATENCY = "none"
STRATEGY = "run-to-block"  # each create is done before the next one begins, as in a plain count

SYNTHETIC = Path(__file__).parent / "data" / "synthetic_pods.csv"


class Pod(NamedTuple):
    """A pod with its interval, half-open, in nanoseconds."""

    name: str
    start_ns: int
    end_ns: int | None


def world(*, mask: int = 24, quota: int = 100) -> World:
    return (
        World()
        .account("acme", eni_quota=quota)
        .region("cn-hangzhou", zones=["cn-hangzhou-h"])
        .vpc("vpc-main", cidr="10.0.0.0/8")
        .vswitch("vsw-a", cidr=f"10.0.0.0/{mask}")
        .security_group("sg-main", capacity=1 << 20)
    )


async def drive(
    sim: Session, *, trace: str = "", start: str = "scheduled_time", end: str = "deletion_time"
) -> tuple[list[Pod], dict[str, Reply]]:
    pods = read(Path(trace) if trace else SYNTHETIC, start, end)
    caller = sim.caller(account="acme", name="pods")
    replies: dict[str, Reply] = {}
    for pod in pods:
        arrive(sim, caller, pod, replies, total=len(pods))
    last_ns = max((pod.end_ns or pod.start_ns for pod in pods), default=0)
    await sim.sleep_until(last_ns)
    await sim.settle()
    return pods, replies


def arrive(sim: Session, caller: Caller, pod: Pod, replies: dict[str, Reply], *, total: int) -> None:
    """Plan the two calls of a pod."""

    def create() -> None:
        request = CreateNetworkInterface(
            region_id="cn-hangzhou", vswitch_id="vsw-a", security_group_id="sg-main", network_interface_name=pod.name
        )
        replies[pod.name] = sim.submit(caller, request)
        sim.progress(len(replies), total)

    def delete() -> None:
        made = replies[pod.name]
        if made.error is None:
            eni = made.result().network_interface_id
            request = DeleteNetworkInterface(region_id="cn-hangzhou", network_interface_id=eni)
            sim.submit(caller, request, priority=URGENT)

    sim.at(pod.start_ns, create, name=f"start of {pod.name}")
    if pod.end_ns is not None:
        sim.at(pod.end_ns, delete, name=f"end of {pod.name}", priority=URGENT)


def read(path: Path, start: str, end: str) -> list[Pod]:
    """Read the pods that hold something, in file order; times are seconds."""
    if not path.is_file():
        raise SettingError(f"trace={path}: there is no such file")
    with path.open(newline="", encoding="utf-8") as file:
        rows = csv.DictReader(file)
        for column in ("name", start, end):
            if column not in (rows.fieldnames or ()):
                raise SettingError(f"{path}: there is no column {column!r}, only {', '.join(rows.fieldnames or ())}")
        pods = [
            Pod(row["name"], nanoseconds(row[start]), nanoseconds(row[end]) if row[end] else None)
            for row in rows
            if row[start]
        ]
    return [pod for pod in pods if pod.end_ns is None or pod.end_ns > pod.start_ns]


def nanoseconds(seconds: str) -> int:
    """Read seconds by their decimal text, since a float's noise could break a tie."""
    return round(Decimal(seconds) * 1_000_000_000)


def check(
    sim: Session,
    expect: Expectations,
    driven: tuple[list[Pod], dict[str, Reply]],
    *,
    mask: int = 24,
    quota: int = 100,
) -> None:
    """Hold the replay against a plain count over the same pods."""
    pods, replies = driven
    room = {"MaxEniCountExceeded": quota, "InvalidVSwitchId.IpNotEnough": 2 ** (32 - mask) - 4}
    binding = min(room, key=lambda limit: room[limit])
    refused, peak = plain_count(pods, room[binding])
    codes = ["ok" if reply.error is None else reply.error.code for reply in replies.values()]
    expect("pods that asked", len(codes), equals=len(pods))
    expect(f"refused with {binding}", codes.count(binding), equals=refused)
    expect("refused for another reason", len(codes) - codes.count("ok") - codes.count(binding), equals=0)
    endless = sum(pod.end_ns is None for pod in pods)
    expect("ENIs at the end", len(sim.interfaces(account="acme", region="cn-hangzhou")), at_most=endless)
    expect("peak of ENIs at once", peak_of(replies, pods), equals=peak)


def plain_count(pods: list[Pod], room: int) -> tuple[int, int]:
    """Count refusals and the peak, with nothing but a list of ends."""
    ends: list[int] = []
    refused = peak = 0
    for pod in sorted(pods, key=lambda pod: pod.start_ns):
        ends = [end for end in ends if end > pod.start_ns]
        if len(ends) < room:
            ends.append(pod.end_ns if pod.end_ns is not None else 1 << 80)
        else:
            refused += 1
        peak = max(peak, len(ends))
    return refused, peak


def peak_of(replies: dict[str, Reply], pods: list[Pod]) -> int:
    """The most ENIs at once, by the answers."""
    changes = sorted(
        change
        for pod in pods
        if replies[pod.name].error is None
        for change in ((pod.start_ns, 1), (pod.end_ns if pod.end_ns is not None else 1 << 80, -1))
    )
    now = peak = 0
    for _, change in changes:
        now += change
        peak = max(peak, now)
    return peak
