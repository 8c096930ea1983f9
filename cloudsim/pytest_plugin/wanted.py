"""What is wanted of a test: its mark, the command line, the ini file, put together.

The command line goes before the mark, the nearest mark before those of the class and the module, and marks before the
ini file.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pytest

from cloudsim.errors.own import SettingError, did_you_mean
from cloudsim.pytest_plugin.keys import Options
from cloudsim.scenario.exploring import ASYNC, TIES
from cloudsim.scenario.settings import Value

_DIALS: Final = ("latency", "throttling", "consistency")
_GROUPS: Final = ("policy", "throttling", "consistency")
_NAMES: Final = ("seed", "schedules", "strategy", "mode", "faults", "policy", *_DIALS)
FIFO: Final = "fifo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How a test is to be run."""

    seed: int
    schedules: int | None
    """In how many orders; None for as many as the strategy usually takes."""
    strategy: str
    mode: str
    seeks_faults: bool
    given: dict[str, Value]
    """Settings, as scenarios have them."""

    @property
    def is_single(self) -> bool:
        """Whether it is run once, in the order in which things come."""
        return self.strategy == FIFO


def wanted_of(item: pytest.Item) -> Wanted:
    """Read what is wanted of a test.

    Raises:
        SettingError: a mark, an option or the ini file says what cannot be.
    """
    said = _said(item)
    schedules = _number("schedules", said.get("schedules"), least=1)
    strategy = said.get("strategy")
    if strategy is None:
        strategy = FIFO if schedules in (None, 1) else "auto"
    faults = said.get("faults", False)
    if not isinstance(faults, bool):
        raise SettingError(f"cloudsim(faults=...) is True or False, not {faults!r}")
    usual_mode = TIES if strategy == FIFO else ASYNC
    return Wanted(
        seed=_number("seed", said.get("seed")) or 0,
        schedules=schedules,
        strategy=str(strategy),
        mode=str(said.get("mode", usual_mode)),
        seeks_faults=faults,
        given=_settings(said),
    )


def _said(item: pytest.Item) -> dict[str, Any]:
    config = item.config
    said = {name: config.getini(f"cloudsim_{name}") or None for name in ("seed", "schedules", "strategy")}
    for mark in reversed(list(item.iter_markers("cloudsim"))):
        if mark.args:
            raise SettingError(f"the mark cloudsim takes its parameters by name, such as schedules={mark.args[0]!r}")
        for name in mark.kwargs:
            if name not in _NAMES:
                raise SettingError(f"the mark cloudsim takes no {name!r}; {did_you_mean(name, _NAMES)}")
        said.update(mark.kwargs)
    options = Options.of(config)
    given = {"seed": options.seed, "schedules": options.schedules, "strategy": options.strategy}
    return {**said, **{name: value for name, value in given.items() if value is not None}}


def _number(name: str, value: object, *, least: int | None = None) -> int | None:
    if value is None:
        return None
    if isinstance(value, str) and value.lstrip("-").isdecimal():  # as the ini file has it
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or (least is not None and value < least):
        raise SettingError(f"{name} is a whole number{'' if least is None else f' of at least {least}'}, not {value!r}")
    return value


def _settings(said: Mapping[str, Any]) -> dict[str, Value]:
    """Write the mark's parameters as settings of a scenario."""
    given: dict[str, Value] = {}
    for name in (*_DIALS, "policy"):
        value = said.get(name)
        if isinstance(value, Mapping) and name in _GROUPS:
            given.update({f"{name}.{key}": _text(each) for key, each in value.items()})
        elif value is not None and name in _DIALS and isinstance(value, str):
            given[name] = value
        elif value is not None:
            raise SettingError(f"cloudsim({name}=...) is {_kinds(name)}, not {value!r}")
    return given


def _kinds(name: str) -> str:
    kinds = [*(["a name"] if name in _DIALS else []), *(["a dictionary"] if name in _GROUPS else [])]
    return " or ".join(kinds)


def _text(value: object) -> Value:
    return str(value).lower() if isinstance(value, bool) else str(value)
