"""Settings: the keyword-only parameters of a scenario's functions, and the values that a run gives them.

A setting is declared where it is used, with its default and its type. The command line gives text, which is read by the
type of the default: a number, a truth, a duration's text stays a text. What every run has besides is in
:mod:`cloudsim.scenario.dials`.
"""

import inspect
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from cloudsim.errors.own import SettingError, did_you_mean
from cloudsim.scenario.dials import dial_names

Value: TypeAlias = str | int | bool

_TRUTHS: Final = {
    "true": True,
    "yes": True,
    "on": True,
    "1": True,
    "false": False,
    "no": False,
    "off": False,
    "0": False,
}


def declared(functions: Mapping[str, Callable[..., object]]) -> dict[str, Value]:
    """Collect the settings of a scenario's functions.

    Args:
        functions: by name; their keyword-only parameters are settings.

    Returns:
        The defaults by name.

    Raises:
        SettingError: a setting has no default, or two of them.
    """
    found: dict[str, Value] = {}
    for name, function in functions.items():
        for parameter in inspect.signature(function).parameters.values():
            if parameter.kind is not inspect.Parameter.KEYWORD_ONLY:
                continue
            default = parameter.default
            if not isinstance(default, (str, int, bool)):
                raise SettingError(
                    f"setting {parameter.name!r} of {name}() needs a default: a text, a whole number or a bool"
                )
            if found.setdefault(parameter.name, default) != default:
                other = found[parameter.name]
                raise SettingError(
                    f"setting {parameter.name!r} has two defaults: {other!r}, and {default!r} in {name}()"
                )
    return found


def used_by(function: Callable[..., object], settings: Mapping[str, Value]) -> dict[str, Value]:
    """Give the settings that a function declares."""
    parameters = inspect.signature(function).parameters.values()
    wanted = [parameter.name for parameter in parameters if parameter.kind is inspect.Parameter.KEYWORD_ONLY]
    return {name: settings[name] for name in wanted}


def parse(assignments: list[str]) -> dict[str, str]:
    """Split ``key=value`` texts.

    Raises:
        SettingError: a text has no ``=``, or a key comes twice.
    """
    found: dict[str, str] = {}
    for assignment in assignments:
        key, equals, value = assignment.partition("=")
        if not equals or not key:
            raise SettingError(f"{assignment!r} sets nothing: write key=value, such as callers=50")
        if key in found:
            raise SettingError(f"{key!r} is set twice: to {found[key]!r} and to {value!r}")
        found[key] = value
    return found


def apply(defaults: Mapping[str, Value], given: Mapping[str, Value]) -> dict[str, Value]:
    """Give the settings of a run: the defaults, and what was given in their place.

    Raises:
        SettingError: a name is unknown, or a value is not of the default's type.
    """
    settings = dict(defaults)
    for name, value in given.items():
        if name not in defaults:
            raise SettingError(f"there is no setting {name!r}; {did_you_mean(name, [*defaults, *dial_names()])}")
        settings[name] = _read(name, value, defaults[name])
    return settings


def _read(name: str, value: Value, default: Value) -> Value:
    """Read a value by the type of the default."""
    if isinstance(default, bool):
        if isinstance(value, bool):
            return value
        if isinstance(value, str) and value.lower() in _TRUTHS:
            return _TRUTHS[value.lower()]
        raise SettingError(f"setting {name!r} is true or false, not {value!r}")
    if isinstance(default, int):
        try:
            number = int(value)
        except ValueError:
            raise SettingError(f"setting {name!r} is a whole number, such as {default}, not {value!r}") from None
        if number < 0 <= default:
            raise SettingError(f"setting {name!r} is at least 0, not {number}")
        return number
    return str(value)
