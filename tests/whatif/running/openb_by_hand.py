"""The fleet's counts by hand: a trace as a CSV, plain dictionaries, and nothing of the product.

What experiments.md says of traces and of the fleet in the mode ``shared-eni``, once more and as short as can be:
pods on the lowest node of their zone, on it the lowest ENI with an idle address, else the lowest with a free slot,
else a new one. Zones are ``row % n``; vSwitch k lies in zone k. While a zone is out its nodes take no pod, and no
address can be taken off an ENI there.
"""

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

NOT_ENOUGH = "InvalidVSwitchId.IpNotEnough"
TOO_MANY = "MaxEniCountExceeded"
NO_NODE = "NoNode"


def rows_of(path: Path, start: str, end: str) -> tuple[list[tuple[int, int, int]], int]:
    """Give (data row, start, end) of all rows that are used, in nanoseconds, and the horizon.

    A row without an end is alive at the horizon, and ends after it.
    """
    spans = []
    with path.open(newline="", encoding="utf-8") as file:
        for row, cells in enumerate(csv.DictReader(file)):
            if cells[start]:
                spans.append((row, _ns(cells[start]), _ns(cells[end]) if cells[end] else None))
    horizon = max(max(begin, last or 0) for _, begin, last in spans)
    held = [(row, begin, last) for row, begin, last in spans if begin != (horizon if last is None else last)]
    return [(row, begin, horizon + 1 if last is None else last) for row, begin, last in held], horizon


def _ns(cell: str) -> int:
    return int(Decimal(cell) * 10**9)


@dataclass
class Rules:
    """What the experiment says."""

    usable: list[int]
    """Addresses of each vSwitch, without the reserved ones."""
    enis: int
    """ENIs for pods on a node."""
    slots: int
    """Addresses of an ENI."""
    quota: int = 10**9
    keeps: bool = False
    """``release_eni = "keep"``."""
    nodes: int | None = None
    """So many in all; None is first-fit."""
    outage: tuple[int, int, int] | None = None
    """A zone, from when to when."""
    pods: str = "stay"
    named_max: int = 10
    """Addresses that one unassign may name."""


@dataclass
class Counts:
    """What comes of it."""

    offered: int = 0
    accepted: int = 0
    rejected: Counter[str] = field(default_factory=Counter)
    rejected_in: Counter[int] = field(default_factory=Counter)
    calls: Counter[str] = field(default_factory=Counter)
    peak: dict[str, int] = field(default_factory=dict)
    holder_ns: int = 0
    address_ns: int = 0


class ByHand:
    """One run."""

    def __init__(self, rules: Rules, horizon: int) -> None:
        self.rules = rules
        self.horizon = horizon
        self.now = 0
        self.counts = Counts()
        self.used = [0] * len(rules.usable)
        self.enis = 0
        self.out: set[int] = set()
        self.zones: list[list[list[dict[str, Any]]]] = [[] for _ in rules.usable]
        """For each zone its nodes, for each node its ENIs."""
        self.live: dict[str, tuple[int, list[dict[str, Any]], dict[str, Any], bool, int]] = {}
        """Pods by key: zone, node, ENI, whether it has the primary address, and its end."""
        for number in range(rules.nodes or 0):
            self.zones[number % len(self.zones)].append([])

    # -- one thing after the other

    def run(self, spans: Iterable[tuple[int, int, int]]) -> Counts:
        arrivals = sorted(spans, key=lambda span: span[1])  # equal starts stay in the order of the file
        instants = {at for _, begin, end in arrivals for at in (begin, end)}
        if self.rules.outage is not None:
            instants |= set(self.rules.outage[1:])
        place = 0
        self._look()
        for at in sorted(instant for instant in instants if instant <= self.horizon):
            self._pass_time(at)
            self._end_those_due()
            self._zones_fail_and_return()
            while place < len(arrivals) and arrivals[place][1] == at:
                row, begin, end = arrivals[place]
                self._arrive(str(row), row % len(self.zones), end - begin)
                place += 1
        self._pass_time(self.horizon)
        return self.counts

    def _pass_time(self, at: int) -> None:
        self.counts.holder_ns += len(self.live) * (at - self.now)
        self.counts.address_ns += sum(self.used) * (at - self.now)
        self.now = at

    def _end_those_due(self) -> None:
        for key in [key for key, pod in self.live.items() if pod[4] == self.now]:
            self._leave(key)

    def _zones_fail_and_return(self) -> None:
        if self.rules.outage is None:
            return
        zone, begin, end = self.rules.outage
        if self.now == begin:
            self.out.add(zone)
            lost = [key for key, pod in self.live.items() if pod[0] == zone] if self.rules.pods != "stay" else []
            left = [self.live[key][4] - self.now for key in lost]
            for key in lost:
                self._leave(key)
            others = [other for other in range(len(self.zones)) if other != zone]
            if self.rules.pods == "moved":
                for turn, key in enumerate(lost):
                    self._arrive(f"{key} again", others[turn % len(others)], left[turn])
        if self.now == end:
            self.out.discard(zone)
            for node in self.zones[zone]:
                self._tidy(zone, node)

    # -- pods

    def _arrive(self, key: str, zone: int, length: int) -> None:
        self.counts.offered += 1
        node = None if zone in self.out else self._node(zone)
        if node is None:
            self._refuse(zone, NO_NODE)
            return
        eni = next((eni for eni in node if not eni["primary"] or eni["idle"]), None)
        if eni is None:
            eni = next((eni for eni in node if eni["size"] < self.rules.slots), None)
            code = self._assign(zone, eni) if eni is not None else self._create(zone, node)
            if code is not None:
                self._refuse(zone, code)
                return
            eni = eni or node[-1]
        has_primary = not eni["primary"]
        if has_primary:
            eni["primary"] = True
        else:
            eni["idle"] -= 1
        eni["pods"] += 1
        self.counts.accepted += 1
        self.live[key] = (zone, node, eni, has_primary, self.now + length)
        self._look()

    def _refuse(self, zone: int, code: str) -> None:
        self.counts.rejected[code] += 1
        self.counts.rejected_in[zone] += 1

    def _node(self, zone: int) -> list[dict[str, Any]] | None:
        for node in self.zones[zone]:
            if sum(eni["pods"] for eni in node) < self.rules.enis * self.rules.slots:
                return node
        if self.rules.nodes is not None:
            return None
        self.zones[zone].append([])
        self._look()
        return self.zones[zone][-1]

    def _leave(self, key: str) -> None:
        zone, node, eni, has_primary, _ = self.live.pop(key)
        eni["pods"] -= 1
        if has_primary:
            eni["primary"] = False
        else:
            eni["idle"] += 1
        self._tidy(zone, node)

    # -- calls

    def _create(self, zone: int, node: list[dict[str, Any]]) -> str | None:
        self.counts.calls["CreateNetworkInterface"] += 1
        if self.enis >= self.rules.quota:
            return TOO_MANY
        if self.used[zone] == self.rules.usable[zone]:
            return NOT_ENOUGH
        self.counts.calls["AttachNetworkInterface"] += 1
        self.enis += 1
        self.used[zone] += 1
        node.append({"pods": 0, "primary": False, "idle": 0, "size": 1})
        return None

    def _assign(self, zone: int, eni: dict[str, Any]) -> str | None:
        self.counts.calls["AssignPrivateIpAddresses"] += 1
        if self.used[zone] == self.rules.usable[zone]:
            return NOT_ENOUGH
        self.used[zone] += 1
        eni["size"] += 1
        eni["idle"] += 1
        return None

    def _tidy(self, zone: int, node: list[dict[str, Any]]) -> None:
        for eni in [] if self.rules.keeps else [eni for eni in reversed(node) if not eni["pods"]]:
            self.counts.calls["DetachNetworkInterface"] += 1
            self.counts.calls["DeleteNetworkInterface"] += 1
            self.enis -= 1
            self.used[zone] -= eni["size"]
            node[:] = [one for one in node if one is not eni]
        surplus = sum(eni["idle"] + (not eni["primary"]) for eni in node)
        for eni in reversed(node):
            while eni["idle"] and surplus:
                self.counts.calls["UnassignPrivateIpAddresses"] += 1
                if zone in self.out:
                    break
                gone = min(eni["idle"], surplus, self.rules.named_max)
                eni["idle"] -= gone
                eni["size"] -= gone
                self.used[zone] -= gone
                surplus -= gone

    def _look(self) -> None:
        values = {
            "addresses": sum(self.used),
            **{f"addresses@{zone}": used for zone, used in enumerate(self.used)},
            "enis": self.enis,
            "nodes": sum(len(nodes) for nodes in self.zones),
            "holders": len(self.live),
        }
        for name, value in values.items():
            self.counts.peak[name] = max(value, self.counts.peak.get(name, 0))
