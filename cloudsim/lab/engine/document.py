"""A run for machines: one JSON document, which ``--compare`` reads."""

from collections.abc import Sequence
from typing import Any

import msgspec

from cloudsim.lab.engine.comparing import Change
from cloudsim.lab.engine.every import PEERS, Measured
from cloudsim.lab.engine.ratio import Ratio
from cloudsim.lab.report.document import FORMAT_VERSION, machine, versions


def document(measured: Measured) -> dict[str, Any]:
    """Give all of it."""
    return {
        "format_version": FORMAT_VERSION,
        "benchmark": "engine",
        "quick": measured.effort.is_quick,
        "large": measured.effort.is_large,
        "machine": machine(),
        "versions": versions("trio", *PEERS),
        "ratios": [ratio_document(part, one) for part, ratios in measured.parts.items() for one in ratios],
        "not_installed": measured.peers_missing,
    }


def ratio_document(part: str, one: Ratio) -> dict[str, Any]:
    """Give a ratio."""
    note = f"{one.note} is not installed" if one.value is None else one.note
    return {
        "part": part, "name": one.name, "value": one.value, "op": one.op, "goal": one.goal, "met": one.met,
        "low": one.low, "high": one.high, "ns": one.ns, "note": note,
    }  # fmt: skip


def compared(path: str, told: Sequence[str], found: Sequence[Change]) -> dict[str, Any]:
    """Give a comparison.

    Args:
        path: of the older run.
        told: in what else the runs differ.
        found: ratio by ratio.
    """
    return {"with": path, "differences": list(told), "changes": msgspec.to_builtins(list(found))}
