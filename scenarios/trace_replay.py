"""Each pod of a trace creates an ENI when it starts and deletes it when it ends: what is refused, and why.

Intervals are half-open: at one instant releases come before starts, and equal starts go in file order. Rows without a
start are skipped, intervals of no length hold nothing, and a refused create is lost. Nothing takes any time.

``cloudsim run trace_replay --set trace=FILE.csv --set mask=28 --set quota=100``
"""

import csv
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import NamedTuple

from cloudsim import CreateNetworkInterface, DeleteNetworkInterface, Expectations, Session, World
from cloudsim.api.responses import CreateNetworkInterfaceResponse
from cloudsim.errors.own import SettingError
from cloudsim.kernel.actor import URGENT
from cloudsim.simulation.caller import Caller
from cloudsim.simulation.reply import Reply

SHOWS = ("MaxEniCountExceeded", "InvalidVSwitchId.IpNotEnough")
LATENCY = "none"
STRATEGY = "run-to-block"  # each create is done before the next one begins, as in a plain count

SYNTHETIC = Path(__file__).parent / "data" / "synthetic_pods.csv"


class Pod(NamedTuple):
    """A pod with its line in the file and its interval, half-open, in nanoseconds."""

    line: int
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
) -> tuple[list[Pod], dict[int, Reply]]:
    if not sim.latency.is_none:
        raise SettingError("trace_replay is held against a plain count, in which nothing takes any time: latency=none")
    pods = read(Path(trace) if trace else SYNTHETIC, start, end)
    caller = sim.caller(account="acme", name="pods")
    replies: dict[int, Reply] = {}
    for pod in pods:
        arrive(sim, caller, pod, replies, total=len(pods))
    last_ns = max((pod.end_ns or pod.start_ns for pod in pods), default=0)
    await sim.sleep_until(last_ns)
    await sim.settle()
    return pods, replies


def arrive(sim: Session, caller: Caller, pod: Pod, replies: dict[int, Reply], *, total: int) -> None:
    """Plan the two calls of a pod."""

    def create() -> None:
        request = CreateNetworkInterface(region_id="cn-hangzhou", vswitch_id="vsw-a", security_group_id="sg-main")
        replies[pod.line] = sim.submit(caller, request)
        sim.progress(len(replies), total)

    def delete() -> None:
        made = replies[pod.line]
        if made.error is None:
            answer = made.result()
            assert isinstance(answer, CreateNetworkInterfaceResponse)
            request = DeleteNetworkInterface(region_id="cn-hangzhou", network_interface_id=answer.network_interface_id)
            sim.submit(caller, request, priority=URGENT)

    sim.at(pod.start_ns, create, name=f"start of line {pod.line}")
    if pod.end_ns is not None:
        sim.at(pod.end_ns, delete, name=f"end of line {pod.line}", priority=URGENT)


def read(path: Path, start: str, end: str) -> list[Pod]:
    """Read the pods that hold something, in file order; times are seconds."""
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            rows = csv.DictReader(file)
            for column in (start, end):
                if column not in (rows.fieldnames or ()):
                    has = ", ".join(rows.fieldnames or ())
                    raise SettingError(f"{path}: there is no column {column!r}, only {has or 'an empty file'}")
            pods = [pod_of(row, rows.line_num, path, start, end) for row in rows if row[start]]
    except (OSError, UnicodeDecodeError) as wrong:
        raise SettingError(f"trace={path}: {wrong}") from None
    return [pod for pod in pods if pod.end_ns is None or pod.end_ns > pod.start_ns]


def pod_of(row: dict[str, str], line: int, path: Path, start: str, end: str) -> Pod:
    """Read one row; its times are seconds, by their decimal text, since a float's noise could break a tie."""

    def nanoseconds(column: str) -> int:
        try:
            instant = Decimal(row[column]) * 1_000_000_000
        except InvalidOperation:
            raise SettingError(f"{path}, line {line}, {column}: {row[column]!r} is no number of seconds") from None
        if not (instant.is_finite() and instant >= 0):
            raise SettingError(f"{path}, line {line}, {column}: {row[column]} is not at or after the beginning, 0")
        return round(instant)

    return Pod(line, nanoseconds(start), nanoseconds(end) if row[end] else None)


def check(
    sim: Session,
    expect: Expectations,
    driven: tuple[list[Pod], dict[int, Reply]],
    *,
    mask: int = 24,
    quota: int = 100,
) -> None:
    """Hold the replay against a plain count over the same pods."""
    pods, replies = driven
    room = {"MaxEniCountExceeded": quota, "InvalidVSwitchId.IpNotEnough": 2 ** (32 - mask) - 4}
    binding = min(room, key=lambda limit: room[limit])
    ties = [limit for limit in room if room[limit] == room[binding]]
    refused, peak = plain_count(pods, room[binding])
    codes = ["ok" if reply.error is None else reply.error.code for reply in replies.values()]
    expect("pods that asked", len(codes), equals=len(pods))
    by_limit = sum(codes.count(limit) for limit in ties)
    expect(f"refused with {' or '.join(ties)}", by_limit, equals=refused)
    expect("refused for another reason", len(codes) - codes.count("ok") - by_limit, equals=0)
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


def peak_of(replies: dict[int, Reply], pods: list[Pod]) -> int:
    """The most ENIs at once, by the answers."""
    changes = sorted(
        change
        for pod in pods
        if replies[pod.line].error is None
        for change in ((pod.start_ns, 1), (pod.end_ns if pod.end_ns is not None else 1 << 80, -1))
    )
    now = peak = 0
    for _, change in changes:
        now += change
        peak = max(peak, now)
    return peak
