"""Numbers as people read them."""

from cloudsim.lab.bounded import Bounded

_UNITS = ((1e9, "s"), (1e6, "ms"), (1e3, "\u00b5s"))


def time_of(ns: float | None) -> str:
    """Write a time with three digits that count, or a question mark."""
    if ns is None:
        return "?"
    for size, unit in _UNITS:
        if ns >= size:
            return f"{ns / size:.3g} {unit}"
    return f"{ns:.0f} ns"


def bytes_text(count: float) -> str:
    """Write an amount of memory."""
    for size, unit in ((1e6, "MB"), (1e3, "KB")):
        if count >= size:
            return f"{count / size:.3g} {unit}"
    return f"{count:.0f} B"


def number(value: float | None) -> str:
    """Write a number, or a dash."""
    if value is None:
        return "-"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def share(value: float | None) -> str:
    """Write a share in per cent, or a dash."""
    return "-" if value is None else f"{100 * value:.3g} %"


def bound(goal: Bounded) -> str:
    """Write what is asked for."""
    return "-" if goal.goal is None else f"{goal.op} {number(goal.goal)}"


def verdict(goal: Bounded) -> str:
    """Write whether it is met."""
    return {True: "pass", False: "MISS", None: "-"}[goal.met]
