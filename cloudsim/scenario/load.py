"""Finding and reading scenarios: by path, or by the name of a bundled one.

A file is executed as ``python FILE`` would: its folder can be imported from, and it is a module of its own, so that
classes in it find their names. Nothing is written beside it.
"""

import inspect
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from cloudsim.errors.own import CloudsimError, NothingToRun, ScenarioError, did_you_mean
from cloudsim.scenario.blame import why_broken
from cloudsim.scenario.load_world import load_world
from cloudsim.scenario.recorded import recorded_scenario
from cloudsim.scenario.recording import is_recording
from cloudsim.scenario.scenario import Scenario
from cloudsim.simulation.world.spec import WorldSpec

_FORMS: Final = {
    "world": ((), "def world(*, ...)"),
    "drive": (("sim",), "async def drive(sim, *, ...)"),
    "recover": (("sim", "driven"), "async def recover(sim, driven, *, ...)"),
    "check": (("sim", "expect", "driven"), "def check(sim, expect, driven, *, ...)"),
}
"""For each function its positional parameters, and how it is written; all others are settings."""


def bundled_folder() -> Path:
    """Where the bundled scenarios lie: inside the package, or at the top of a checkout."""
    package = Path(__file__).parents[1]
    inside = package / "bundled_scenarios"
    return inside if inside.is_dir() else package.parent / "scenarios"


def bundled() -> dict[str, Path]:
    """The bundled scenarios by name."""
    return {path.stem: path for path in sorted(bundled_folder().glob("*.py")) if not path.stem.startswith("_")}


def load_scenario(wanted: str) -> Scenario:
    """Read a scenario.

    Args:
        wanted: a path that ends in ``.py``, that of a recording, or the name of a bundled scenario, which goes first.

    Raises:
        ScenarioError: there is none, or its file cannot be used.
        SettingError: its functions disagree about a setting.
    """
    known = bundled()
    if wanted in known:
        return read_scenario(known[wanted])
    path = Path(wanted)
    if path.is_dir():
        raise ScenarioError(f"{wanted} is a folder; a scenario is a file that ends in .py")
    if path.suffix == ".py":
        return read_scenario(path)
    if is_recording(path):
        return recorded_scenario(path)
    if path.suffix == ".toml":
        raise ScenarioError(f"{wanted} is a world, which `cloudsim check` reads; a scenario is a file that ends in .py")
    if path.exists() or len(path.parts) > 1:
        raise ScenarioError(f"{wanted} is no scenario: a scenario is a file that ends in .py")
    raise ScenarioError(f"there is no bundled scenario {wanted!r}; {did_you_mean(wanted, known)}")


def read_scenario(path: Path) -> Scenario:
    """Read a scenario file.

    Raises:
        ScenarioError: the file cannot be read or executed, or a part of it is wrong.
        NothingToRun: it has no ``drive``.
        SettingError: its functions disagree about a setting.
    """
    module = _execute(path)
    if "drive" not in module:
        raise NothingToRun(f"{path}: there is nothing to run: a scenario has {_FORMS['drive'][1]}")
    functions: dict[str, Any] = {
        "world": _world_of(path, module.get("world")),
        "drive": module["drive"],
        "check": module.get("check", _expect_nothing),
    }
    if "recover" in module:
        functions["recover"] = module["recover"]
    for name, function in functions.items():
        _check_form(path, name, function)
    return Scenario(
        name=path.stem,
        **functions,
        summary=(module.get("__doc__") or "").strip().partition("\n")[0],
        shows=_texts(path, module.get("SHOWS", ())),
        latency=module.get("LATENCY", "default"),
        strategy=module.get("STRATEGY", "fifo"),
        throttling=module.get("THROTTLING"),
        consistency=module.get("CONSISTENCY", "immediate"),
    )


def _execute(path: Path) -> Mapping[str, Any]:
    """Run the file's own code; what goes wrong in it is told with its line."""
    file = str(path)
    try:
        code = compile(path.read_bytes(), file, "exec", dont_inherit=True)
    except OSError as wrong:
        raise ScenarioError(f"{path}: {wrong.strerror or wrong}") from wrong
    except (SyntaxError, ValueError) as wrong:
        raise ScenarioError(f"{path}: {_unreadable(wrong)}") from wrong
    module = ModuleType(f"cloudsim_scenario_{path.stem}")
    module.__file__ = file
    sys.modules[module.__name__] = module
    sys.path.insert(0, str(path.parent))
    try:
        exec(code, module.__dict__)  # noqa: S102  a scenario is a program
    except CloudsimError as wrong:
        raise ScenarioError(f"{path}: {wrong}") from wrong
    except (Exception, SystemExit) as wrong:  # the file is the user's: whatever it raises is told
        raise ScenarioError(f"{path}: {why_broken(wrong, file).removeprefix(f'{path.name}, ')}") from wrong
    finally:
        sys.path.remove(str(path.parent))
    return module.__dict__


def _unreadable(wrong: SyntaxError | ValueError) -> str:
    """Say why a file is no Python: a wrong line, bytes that are no UTF-8, or null bytes."""
    if isinstance(wrong, SyntaxError) and wrong.lineno:
        return f"line {wrong.lineno}: {wrong.msg}"
    return f"it is no Python file: {wrong}"


def _world_of(path: Path, world: object) -> Callable[..., Any]:
    if isinstance(world, str):
        file = path.parent / world

        def from_file() -> WorldSpec:
            return load_world(file)

        return from_file
    if callable(world):
        return world
    raise ScenarioError(f'{path}: a scenario needs {_FORMS["world"][1]}, or world = "FILE.toml"')


def _check_form(path: Path, name: str, function: object) -> None:
    """Hold a function against how it is written, so that no mistake in it shows only when it is called."""
    positional, form = _FORMS[name]
    if not callable(function):
        raise ScenarioError(f"{path}: {name} is no function; write {form}")
    if inspect.iscoroutinefunction(function) != form.startswith("async") or inspect.isasyncgenfunction(function):
        raise ScenarioError(f"{path}: {name} is of the wrong kind; write {form}, without yield")
    signature = inspect.signature(function)
    try:
        signature.bind_partial(*positional)
    except TypeError:
        raise ScenarioError(f"{path}: {name} takes too few parameters; write {form}") from None
    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    extra = [each.name for each in signature.parameters.values() if each.kind in kinds][len(positional) :]
    if extra:
        raise ScenarioError(f"{path}: {name} takes {extra[0]!r} by position; settings come after a *: {form}")


def _texts(path: Path, shows: object) -> tuple[str, ...]:
    if isinstance(shows, (list, tuple)) and all(isinstance(text, str) for text in shows):
        return tuple(shows)
    raise ScenarioError(f"{path}: SHOWS is a tuple of texts, such as SHOWS = ('MaxEniCountExceeded',)")


def _expect_nothing(_sim: object, _expect: object, _driven: object) -> None:
    """A scenario without a check expects nothing but a clean audit."""
