"""Every figure of items that hold ENIs, held against brute force over the lives of a small random trace."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cloudsim.whatif.experiment.axes import with_values
from cloudsim.whatif.running.replication import run_once
from tests.whatif.running.experiments import experiment
from tests.whatif.running.lives import Course, Life, densest, living, longest, nearest_rank, outage, waiting

HORIZON = 45
NAMES = ("vsw-a", "vsw-b", "vsw-c")
ZONE_OF = {"vsw-a": "h", "vsw-b": "i", "vsw-c": "h"}
QUOTA = "quota:acme/cn-hangzhou"
PRICES = "format = 1\neni_hour = 3.6\naddress_hour = 36\ncall = 0.25\ncalls = { DeleteNetworkInterface = 0.5 }\n"
Rows = list[tuple[int, int]]

rows_drawn = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 12)).map(lambda row: (row[0], row[0] + row[1])),
    min_size=1, max_size=25,
)  # fmt: skip


def played(rows: Rows, *, masks: list[int], quota: int, secondary: int = 0, warmup: int = 0, more: str = "",
           unit: str = "s", policy: str = "uniform") -> dict[str, Any]:  # fmt: skip
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "pods.csv").write_text("start,end\n" + "".join(f"{start},{end}\n" for start, end in rows), "utf-8")
        (folder / "prices.toml").write_text(PRICES, encoding="utf-8")
        vswitches = ", ".join(f'"{name}"' for name in NAMES[: len(masks)])
        workload = (
            f'[[workload]]\nname = "pods"\nkind = "trace"\nfile = "pods.csv"\nstart = "start"\nend = "end"\n'
            f'unit = "{unit}"\nsecondary = {secondary}\nvswitch = [{vswitches}]\n{more}\n'
        )
        top = f'horizon = "{HORIZON}s"\nwarmup = "{warmup}s"\nprices = "prices.toml"'
        made = experiment(folder, workload, masks=masks, quota=quota, top=top)
        return dict(run_once(with_values(made, {"vswitch.vsw-a.policy": policy}), 0).figures)


def by_hand(rows: Rows, sizes: dict[str, int], quota: int, each: int) -> list[Life]:
    """Play a trace: half-open intervals, releases first, equal starts in the order given."""
    lives: list[Life] = []
    for start, end in sorted(rows, key=lambda row: row[0]):
        alive = [one for one in lives if one.lives(start)]
        room = {name: size - each * sum(one.vswitch == name for one in alive) for name, size in sizes.items()}
        free = next((name for name in sizes if room[name] >= each), None)
        if len(alive) >= quota:
            lives.append(Life(start, next(iter(sizes)), code="MaxEniCountExceeded"))
        elif free is None:
            lives.append(Life(start, list(sizes)[-1], code="InvalidVSwitchId.IpNotEnough"))
        else:
            lives.append(Life(start, free, start, end))
    return lives


def scopes(sizes: dict[str, int]) -> dict[str, list[str]]:
    """The vSwitches in each scope."""
    zones = {f"@cn-hangzhou-{zone}": [name for name in sizes if ZONE_OF[name] == zone] for zone in "hi"}
    everywhere = {scope: list(sizes) for scope in ("", "@pods", "@acme", f"@{QUOTA}")}
    return {**everywhere, **{f"@{name}": [name] for name in sizes}, **{k: v for k, v in zones.items() if v}}


def wanted_of_items(lives: list[Life], scope: str, warmup: int) -> dict[str, Any]:
    counted = [one for one in lives if one.arrived >= warmup]
    refused = [one for one in counted if one.code is not None]
    alive = living(lives, warmup, HORIZON)
    first = min((one.arrived for one in lives if one.code is not None), default=None)
    codes = dict.fromkeys(one.code for one in refused)
    return {
        f"offered{scope}": len(counted),
        f"accepted{scope}": len(counted) - len(refused),
        f"rejected{scope}": len(refused),
        **{f"rejected.{code}{scope}": sum(one.code == code for one in refused) for code in codes},
        f"pending{scope}": 0,
        f"rejection_ratio{scope}": len(refused) / len(counted) if counted else None,
        f"p_any_rejection{scope}": int(first is not None),
        f"time_to_first_rejection{scope}": first,
        f"peak_holders{scope}": alive.peak,
        f"mean_holders{scope}": pytest.approx(alive.mean),
        f"peak_enis{scope}": alive.peak,
        f"mean_enis{scope}": pytest.approx(alive.mean),
        f"peak_backlog{scope}": 0,
        f"mean_backlog{scope}": 0,
        f"recovery_time{scope}": 0,
        f"longest_outage{scope}": outage(lives, warmup, HORIZON),
        f"wait.max{scope}": 0 if len(counted) > len(refused) else None,
    }


def wanted_of_places(addresses: Course, full: Course, size: int, scope: str) -> dict[str, Any]:
    """``full``: how many of the vSwitches are, out of how many by its first value."""
    peak, level = addresses.peak, 1
    return {
        f"peak_addresses{scope}": peak,
        f"mean_addresses{scope}": pytest.approx(addresses.mean),
        f"peak_utilisation{scope}": peak / size,
        f"mean_utilisation{scope}": pytest.approx(addresses.mean / size),
        f"headroom{scope}": size - peak,
        f"time_share_full{scope}": pytest.approx(full.share(level)),
        f"p_any_exhaustion{scope}": int(full.first(level) is not None),
        f"time_to_exhaustion{scope}": full.first(level),
        **({f"growth_factor{scope}": size / peak if peak else None} if scope else {}),
    }


@settings(deadline=None, max_examples=60)
@given(rows=rows_drawn, masks=st.sampled_from([[29], [28], [29, 29], [29, 28], [29, 29, 29]]),
       quota=st.integers(1, 20), secondary=st.integers(0, 2), warmup=st.sampled_from([0, 0, 1, 9, 20]))  # fmt: skip
def test_figures_come_to_what_brute_force_says(
    rows: Rows, masks: list[int], quota: int, secondary: int, warmup: int
) -> None:
    each = 1 + secondary
    sizes = {name: 2 ** (32 - mask) - 4 for name, mask in zip(NAMES, masks, strict=False)}  # four are reserved
    lives = by_hand(rows, sizes, quota, each)
    figures = played(rows, masks=masks, quota=quota, secondary=secondary, warmup=warmup)
    wanted: dict[str, Any] = {"measured_seconds": HORIZON - warmup}
    for scope, names in scopes(sizes).items():
        inside = [one for one in lives if one.vswitch in names]
        wanted |= wanted_of_items(inside, scope, warmup)
        addresses = living(inside, warmup, HORIZON, each)
        wanted |= {
            f"peak_addresses{scope}": addresses.peak,
            f"mean_addresses{scope}": pytest.approx(addresses.mean),
        }
        if scope not in ("@pods", f"@{QUOTA}"):
            of_each = [living([one for one in inside if one.vswitch == name], warmup, HORIZON, each) for name in names]
            pairs = zip(of_each, names, strict=True)
            flags = [[value == sizes[name] for value in course.values] for course, name in pairs]
            full = Course([int(all(now)) for now in zip(*flags, strict=True)], warmup)
            wanted |= wanted_of_places(addresses, full, sum(sizes[name] for name in names), scope)
    alive = living(lives, warmup, HORIZON)
    used_up = Course([int(value >= quota) for value in alive.values], warmup)
    of_quota = wanted_of_places(alive, used_up, quota, f"@{QUOTA}")
    wanted |= {name: value for name, value in of_quota.items() if "_addresses" not in name}
    assert {name: figures[name] for name in wanted} == wanted
    growth = [wanted[f"growth_factor@{QUOTA}"], wanted["growth_factor@acme"]]
    least = min((factor for factor in growth if factor is not None), default=None)
    is_refused = any(one.code is not None for one in lives)
    assert figures["growth_factor"] == (least if least is None or not is_refused else min(1, least))


@settings(deadline=None, max_examples=30)
@given(rows=rows_drawn, quota=st.integers(1, 9), warmup=st.sampled_from([0, 9]))
def test_starts_calls_and_costs_come_to_what_brute_force_says(rows: Rows, quota: int, warmup: int) -> None:
    sizes = {"vsw-a": 4, "vsw-b": 4}
    lives = by_hand(rows, sizes, quota, 1)
    figures = played(rows, masks=[29, 29], quota=quota, warmup=warmup)
    begun = [one for one in lives if one.began is not None]
    for scope, names in {"": list(sizes), "@pods": list(sizes), "@cn-hangzhou-i": ["vsw-b"]}.items():
        starts = [one.arrived for one in begun if one.arrived >= warmup and one.vswitch in names]
        told = {length: figures[f"max_starts.{length}s{scope}"] for length in (1, 10, 60, 3600)}
        assert told == {length: densest(starts, length) for length in told}
    # An item that the first vSwitch has no room for asks the second one as well, unless the quota refuses it first.
    tries = [1 if one.code == "MaxEniCountExceeded" or one.vswitch == "vsw-a" else 2 for one in lives]
    creates = [one.arrived for one, tried in zip(lives, tries, strict=True) for _ in range(tried)]
    deletes = [one.ended for one in begun if one.ended is not None and one.ended <= HORIZON]
    made = {"Create": creates, "Delete": deletes}
    made = {name: [one for one in instants if one >= warmup] for name, instants in made.items()}
    for name, instants in made.items():
        for scope in ("", "@pods", "@acme"):
            assert figures.get(f"calls.{name}NetworkInterface{scope}", 0) == len(instants)
        assert figures.get(f"peak_calls.{name}NetworkInterface", 0) == densest(instants, 60)
    every = [one for instants in made.values() for one in instants]
    assert (figures["calls"], figures["calls@pods"], figures["calls@acme"]) == (len(every),) * 3
    assert figures["peak_calls"] == figures["peak_calls@acme"] == densest(every, 60)
    seconds = sum(living(lives, warmup, HORIZON).values[warmup:-1])
    held = (3.6 + 36) * seconds / 3600
    assert figures["cost"] == pytest.approx(held + 0.25 * len(made["Create"]) + 0.5 * len(made["Delete"]))
    assert figures["cost@acme"] == figures["cost"]
    assert figures["cost@cn-hangzhou-h"] + figures["cost@cn-hangzhou-i"] == pytest.approx(held)


TICK_MS = 40
TICKS = 1000 // TICK_MS
"""Of a second: as many as there are rows, so that no two items act in one instant."""


def by_hand_waiting(rows: Rows, size: int, every: int) -> list[Life]:
    """Play a trace whose items ask again and again, in ticks."""
    events = sorted((start, index, "ask") for index, (start, _) in enumerate(rows))
    lives = [Life(start, "vsw-a") for start, _ in rows]
    held = 0
    while events and events[0][0] <= HORIZON * TICKS:
        now, index, what = events.pop(0)
        start, end = rows[index]
        if what == "end":
            held -= 1
        elif held < size:
            held += 1
            lives[index] = Life(start, "vsw-a", now, now + end - start)
            events = sorted([*events, (now + end - start, index, "end")])
        else:
            events = sorted([*events, (now + every, index, "ask")])
    return lives


@settings(deadline=None, max_examples=40)
@given(rows=rows_drawn, every=st.integers(1, 9), warmup=st.sampled_from([0, 9]))
def test_what_waits_comes_to_what_brute_force_says(rows: Rows, every: int, warmup: int) -> None:
    apart = [(TICKS * start + index, TICKS * end + index) for index, (start, end) in enumerate(sorted(rows))]
    lives = by_hand_waiting(apart, 4, TICKS * every)
    more = f'retry = "until-placed"\nretry_every = "{every}s"'
    in_ms = [(start * TICK_MS, end * TICK_MS) for start, end in apart]
    figures = played(in_ms, masks=[29], quota=99, warmup=warmup, more=more, unit="ms")
    counted = [one for one in lives if one.arrived >= TICKS * warmup]
    waits = [((HORIZON * TICKS if one.began is None else one.began) - one.arrived) / TICKS for one in counted]
    backlog = waiting(lives, warmup * TICKS, HORIZON * TICKS)
    alive = living(lives, warmup * TICKS, HORIZON * TICKS)
    wanted = {
        "offered": len(counted),
        "pending": sum(one.began is None for one in counted),
        "rejected": 0,
        "peak_backlog": backlog.peak,
        "mean_backlog": pytest.approx(backlog.mean),
        "recovery_time": pytest.approx(longest(backlog) / TICKS),
        "longest_outage": 0,
        "mean_holders": pytest.approx(alive.mean),
        **{f"wait.p{percent}": nearest_rank(waits, percent) for percent in (50, 95, 99)},
        "wait.max": nearest_rank(waits, 100),
    }
    for scope in ("", "@pods", "@vsw-a", "@cn-hangzhou-h", "@acme", f"@{QUOTA}"):
        assert {name: figures[f"{name}{scope}"] for name in wanted} == wanted


@settings(deadline=None, max_examples=20)
@given(rows=rows_drawn, warmup=st.sampled_from([0, 9]))
def test_whole_free_blocks_are_fewest_where_most_lies_low(rows: Rows, warmup: int) -> None:
    figures = played(rows, masks=[26], quota=99, warmup=warmup, policy="lowest-first")
    taken: dict[int, int] = {}  # the end of the one on each address, by its place from the second one on
    fewest = None
    begins = sorted(rows, key=lambda row: row[0])
    for second in range(HORIZON + 1):
        if second == warmup:
            fewest = _blocks(taken)
        taken = {place: end for place, end in taken.items() if end > second}
        for start, end in begins:
            if start == second:
                taken[next(place for place in range(1, 61) if place not in taken)] = end
                fewest = _blocks(taken) if fewest is None else min(fewest, _blocks(taken))
    for scope in ("", "@vsw-a", "@cn-hangzhou-h", "@acme"):
        assert figures[f"min_free_blocks{scope}"] == fewest


def _blocks(taken: dict[int, int]) -> int:
    reserved = {0, 61, 62, 63}
    return sum(
        not any(place in taken or place in reserved for place in range(first, first + 16)) for first in (0, 16, 32, 48)
    )
