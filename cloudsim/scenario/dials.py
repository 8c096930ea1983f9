"""Dials: the settings that every scenario has, because every simulation has them.

    latency, strategy                 a latency profile and a strategy by their names
    policy.NAME                       a choice where the documents leave one
    throttling                        none, minute or bucket
    throttling.ACTION                 calls of an action per minute; ``*`` for all others; also user, api and burst
    throttling.deep_page              how many vSwitches a page may skip
    consistency                       immediate or eventual
    consistency.NAME                  how late one thing is shown, such as ``eni_after_create``

A scenario may say what is usual for it; the command line has the last word.
"""

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from enum import StrEnum
from typing import Any, Final

from cloudsim.errors.own import SettingError, did_you_mean, require
from cloudsim.operations.policy import Policy
from cloudsim.resources.consistency import Consistency, consistency_named
from cloudsim.resources.throttle import ThrottleKind, Throttling
from cloudsim.simulation.throttling import require_known_actions
from cloudsim.values.duration import parse_duration

_SINGLE: Final = ("latency", "strategy", "throttling", "consistency")
_GROUPS: Final = ("policy.", "throttling.", "consistency.")
NO_THROTTLING: Final = "none"
_OTHER_CEILINGS: Final = ("user", "api", "deep_page", "burst")


def is_dial(name: str) -> bool:
    """Whether a setting is one that every scenario has."""
    return name in _SINGLE or name.startswith(_GROUPS)


def dial_names() -> list[str]:
    """The dials, for suggestions."""
    return [
        *_SINGLE,
        *(f"policy.{field.name.removesuffix('_ns')}" for field in fields(Policy)),
        *(f"consistency.{field.name}" for field in fields(Consistency)),
    ]


def require_dials(names: Iterable[str]) -> None:
    """Refuse settings that are no dials, where there is no scenario to have some of its own.

    Raises:
        SettingError: one is none.
    """
    for name in names:
        if not is_dial(name):
            raise SettingError(f"there is no setting {name!r}; {did_you_mean(name, dial_names())}")


def of_group(dials: Mapping[str, object], group: str) -> dict[str, str]:
    """The dials of a group, without its name and the dot."""
    start = f"{group}."
    return {name.removeprefix(start): str(value) for name, value in dials.items() if name.startswith(start)}


def throttling_from(dials: Mapping[str, object], usual: str | Throttling | None) -> Throttling | None:
    """Read what is let through.

    Args:
        dials: all dials that were given.
        usual: what the scenario says.

    Raises:
        SettingError: there is no such kind or action, a number is none, or limits are given where nothing is limited.
    """
    chosen = _throttling(str(dials["throttling"]), usual) if "throttling" in dials else _throttling(usual, usual)
    given = of_group(dials, "throttling")
    if chosen is None:
        if given:
            raise SettingError(
                f"throttling.{next(iter(given))} limits nothing while throttling is off: set throttling=minute as well"
            )
        return None
    numbers = {name: _whole(f"throttling.{name}", text) for name, text in given.items()}
    ceilings = {name: number for name, number in numbers.items() if name in _OTHER_CEILINGS}
    limits = {name: number for name, number in numbers.items() if name not in _OTHER_CEILINGS}
    changes: dict[str, Any] = {**ceilings, "limits": {**(chosen.limits or {}), **limits}}
    return require_known_actions(replace(chosen, **changes) if numbers else chosen)


def _throttling(said: str | Throttling | None, usual: str | Throttling | None) -> Throttling | None:
    """Take a kind by its name, with the usual numbers where the scenario has some."""
    if not isinstance(said, str):
        if said is not None:
            require(said, Throttling, "THROTTLING")
        return said
    known = [NO_THROTTLING, *map(str, ThrottleKind)]
    if said not in known:
        raise SettingError(f"throttling cannot be {said!r}; {did_you_mean(said, known)}")
    if said == NO_THROTTLING:
        return None
    return replace(usual if isinstance(usual, Throttling) else Throttling(), kind=ThrottleKind(said))


def _whole(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise SettingError(f"{name} is a whole number of at least 0, not {text!r}")
    return int(text)


def consistency_from(dials: Mapping[str, object], usual: str | Consistency) -> Consistency:
    """Read how late descriptions are.

    Args:
        dials: all dials that were given.
        usual: what the scenario says.

    Raises:
        SettingError: there is no such name.
        DurationError: a value is no duration.
    """
    said = str(dials["consistency"]) if "consistency" in dials else usual
    chosen = consistency_named(said) if isinstance(said, str) else said
    require(chosen, Consistency, "CONSISTENCY")
    known = [field.name for field in fields(Consistency)]
    changes: dict[str, Any] = of_group(dials, "consistency")
    for name in changes:
        if name not in known:
            raise SettingError(f"nothing named {name!r} is shown late; {did_you_mean(name, known)}")
    return replace(chosen, **changes)


def policy_from(given: Mapping[str, str]) -> Policy:
    """Choose policies by their names.

    Args:
        given: values by name, without ``policy.``.

    Raises:
        SettingError: no policy, or no value of a policy, has such a name.
        DurationError: a window is no duration.
    """
    policy = Policy()
    kinds = {field.name.removesuffix("_ns"): field.name for field in fields(Policy)}
    for name, value in given.items():
        if name not in kinds:
            raise SettingError(f"there is no policy {name!r}; {did_you_mean(name, kinds)} (write policy.NAME=VALUE)")
        present = getattr(policy, kinds[name])
        chosen: Any = _member(name, value, type(present)) if isinstance(present, StrEnum) else parse_duration(value)
        policy = replace(policy, **{kinds[name]: chosen})
    return policy


def _member(name: str, value: str, kind: type[StrEnum]) -> StrEnum:
    try:
        return kind(value)
    except ValueError:
        raise SettingError(
            f"policy.{name} cannot be {value!r}; {did_you_mean(value, [str(member) for member in kind])}"
        ) from None
