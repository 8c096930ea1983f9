"""A user's own allocator, by ``module:Class``: found, made, held to the contract, and then measured like the others."""

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from cloudsim.errors.own import SettingError, did_you_mean
from cloudsim.lab.allocator import FEATURES, Allocator, Ground
from cloudsim.lab.catalogue import Entry
from cloudsim.lab.contract import check_contract

_METHODS = ("allocate", "release", "take", "free_at")
_PREFIX_METHODS = ("allocate_prefix", "release_prefix")


def load_allocator(text: str) -> Entry:
    """Find a class, and check that it is an allocator.

    It is made as ``Class(size=256, reserved=(1, 3), seed=1)``: addresses of the block, how many at its ends are the
    system's, and 64 bits for its chance. Its methods are those of :class:`~cloudsim.lab.allocator.Allocator`, and it
    refuses as said there. ``supports``, a tuple, names what else it can do: ``prefixes``. ``probes`` and ``draws`` are
    shown where it counts them.

    Args:
        text: ``module:Class``; modules of the current folder are found too.

    Raises:
        SettingError: there is no such module or class, or it lacks a method.
        ContractBroken: it does what no allocator may.
    """
    made = _find(text)
    supports = tuple(getattr(made, "supports", ()))
    for feature in supports:
        if feature not in FEATURES:
            raise SettingError(f"{text} supports {feature!r}; {did_you_mean(str(feature), FEATURES)}")
    for method in (*_METHODS, *(_PREFIX_METHODS if "prefixes" in supports else ())):
        if not callable(getattr(made, method, None)):
            raise SettingError(f"{text} has no method {method}(); cloudsim.lab.allocator says what an allocator has")

    def make(where: Ground) -> Allocator:
        allocator: Allocator = made(size=where.size, reserved=tuple(where.reserved), seed=where.seed)
        return allocator

    entry = Entry(name=text, policy="own", structure=text, make=make, count=make, supports=supports)
    check_contract(entry)
    return entry


def _find(text: str) -> Any:  # noqa: ANN401  the user's class
    module_name, colon, name = text.partition(":")
    if not (module_name and colon and name):
        raise SettingError(f"{text!r} is no module:Class, such as my_allocator:Bitmap")
    folder = str(Path.cwd())
    if folder not in sys.path:
        sys.path.insert(0, folder)
    try:
        module = import_module(module_name)
    except ModuleNotFoundError as error:
        if error.name is None or not f"{module_name}.".startswith(f"{error.name}."):
            raise SettingError(f"{module_name} cannot be imported: {error}") from error
        raise SettingError(f"there is no module {module_name!r}, neither installed nor in {folder}") from None
    except Exception as error:
        raise SettingError(f"{module_name} cannot be imported: {type(error).__name__}: {error}") from error
    made = getattr(module, name, None)
    if not isinstance(made, type):
        classes = [key for key, value in vars(module).items() if isinstance(value, type)]
        raise SettingError(f"{module_name} has no class {name!r}; {did_you_mean(name, classes)}")
    return made
