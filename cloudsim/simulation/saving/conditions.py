"""The conditions of the service: meters of calls, what is shown late, what is out, sold out, snagged or occupied."""

from collections import deque
from typing import Final

import msgspec

from cloudsim.resources.cloud import Cloud
from cloudsim.resources.conditions import Snag
from cloudsim.resources.consistency import IMMEDIATE, Consistency, Lag
from cloudsim.resources.throttle import BucketMeter, Throttle, Throttling
from cloudsim.values.duration import Ns
from cloudsim.values.ids import CallName, EniId, SecurityGroupId, VSwitchId, ZoneId


class MeterRecord(msgspec.Struct, array_like=True):
    """A meter of calls."""

    key: str
    limit: int
    minute: int
    calls: int
    level: tuple[str, Ns] | None
    """Of a bucket, how full it was, as text since it has parts of a call, and when; None for fixed minutes."""


class LagRecord(msgspec.Struct):
    """What is shown late."""

    how: Consistency
    born: list[tuple[str, list[EniId]]]
    lingering: list[tuple[EniId, list[tuple[str, Ns]]]]
    leaving: list[tuple[Ns, EniId, str]]
    groups: list[tuple[Ns, EniId, tuple[SecurityGroupId, ...]]]
    counts: list[tuple[VSwitchId, list[tuple[Ns, int]]]]


class ConditionsRecord(msgspec.Struct):
    """All conditions."""

    throttling: Throttling | None
    meters: list[MeterRecord]
    lag: LagRecord | None
    zones_out: list[tuple[ZoneId, bool]]
    sold_out: list[tuple[tuple[ZoneId, str], bool]]
    snags: list[tuple[tuple[str, EniId], Snag]]
    occupied: list[tuple[VSwitchId, list[tuple[CallName, str]]]]


def record(cloud: Cloud) -> ConditionsRecord:
    """Say under which conditions a cloud is."""
    conditions = cloud.conditions
    throttle, lag = conditions.throttle, conditions.lag
    return ConditionsRecord(
        throttling=None if throttle is None else throttle.how,
        meters=[] if throttle is None else _record_meters(throttle),
        lag=None if lag is None else _record_lag(lag, cloud),
        zones_out=list(conditions.zones_out.items()),
        sold_out=list(conditions.sold_out.items()),
        snags=list(conditions.snags.items()),
        occupied=[(vswitch, list(taken)) for vswitch, taken in conditions.occupied.items()],
    )


def restore(cloud: Cloud, said: ConditionsRecord) -> None:
    """Lay conditions on a cloud that has all its ENIs."""
    conditions = cloud.conditions
    conditions.set(said.throttling, IMMEDIATE if said.lag is None else said.lag.how)
    if conditions.throttle is not None:
        _restore_meters(conditions.throttle, said.meters)
    if conditions.lag is not None and said.lag is not None:
        _restore_lag(conditions.lag, said.lag, cloud)
    conditions.zones_out = dict(said.zones_out)
    conditions.sold_out = dict(said.sold_out)
    conditions.snags = dict(said.snags)
    conditions.occupied = {vswitch: list(taken) for vswitch, taken in said.occupied}


# -- meters


def _record_meters(throttle: Throttle) -> list[MeterRecord]:
    return [
        MeterRecord(
            key,
            meter.limit,
            meter._minute,
            meter._calls,
            (str(meter._level), meter._filled_ns) if isinstance(meter, BucketMeter) else None,
        )
        for key, meter in throttle._by_key.items()
    ]


def _restore_meters(throttle: Throttle, said: list[MeterRecord]) -> None:
    for one in said:
        meter = throttle.meter_of(one.key, one.limit)
        meter._minute, meter._calls = one.minute, one.calls
        if isinstance(meter, BucketMeter) and one.level is not None:
            meter._level, meter._filled_ns = int(one.level[0]), one.level[1]


# -- lag


def _record_lag(lag: Lag, cloud: Cloud) -> LagRecord:
    exist = cloud.interface_ids
    return LagRecord(
        how=lag.how,
        born=[(name, [eni.id for eni in born if eni.id in exist]) for name, born in lag._born.items()],
        lingering=[(eni, list(texts.items())) for eni, texts in lag._lingering.items()],
        leaving=list(lag._leaving),
        groups=list(lag._groups),
        counts=[(vswitch, list(counts)) for vswitch, counts in lag._counts.items()],
    )


def _restore_lag(lag: Lag, said: LagRecord, cloud: Cloud) -> None:
    lists: Final = {estate.interfaces_key: estate.interfaces for estate in cloud.estates.values()}
    lag._born = {name: deque([lists[name][eni] for eni in born]) for name, born in said.born}
    lag._lingering = {eni: dict(texts) for eni, texts in said.lingering}
    lag._leaving = deque(said.leaving)
    lag._groups = deque(said.groups)
    lag._counts = {vswitch: deque(counts) for vswitch, counts in said.counts}
