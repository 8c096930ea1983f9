"""Finding and reading scenarios: by path, or by the name of a bundled one."""

import runpy
import traceback
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from cloudsim.errors.own import CloudsimError, ScenarioError, did_you_mean
from cloudsim.scenario.load_world import load_world
from cloudsim.scenario.scenario import Scenario
from cloudsim.simulation.world.spec import WorldSpec


def bundled_folder() -> Path:
    """Where the bundled scenarios lie: inside the package, or at the top of a checkout."""
    found = find_spec("cloudsim")
    assert found is not None, "this is a part of it"
    assert found.origin is not None, "cloudsim lies in a folder"
    package = Path(found.origin).parent
    inside = package / "bundled_scenarios"
    return inside if inside.is_dir() else package.parent / "scenarios"


def bundled() -> dict[str, Path]:
    """The bundled scenarios by name."""
    return {path.stem: path for path in sorted(bundled_folder().glob("*.py")) if not path.stem.startswith("_")}


def load_scenario(wanted: str) -> Scenario:
    """Read a scenario.

    Args:
        wanted: a path that ends in ``.py``, or the name of a bundled scenario.

    Raises:
        ScenarioError: there is none, or its file cannot be run.
        SettingError: its functions disagree about a setting.
    """
    known = bundled()
    if wanted in known:
        return read_scenario(known[wanted])
    path = Path(wanted)
    if path.suffix == ".py" and path.is_file():
        return read_scenario(path)
    if path.suffix == ".py" or "/" in wanted:
        raise ScenarioError(f"{wanted}: there is no such file")
    raise ScenarioError(
        f"there is no bundled scenario {wanted!r}; {did_you_mean(wanted, known)} `cloudsim list` shows all"
    )


def read_scenario(path: Path) -> Scenario:
    """Read a scenario file.

    Raises:
        ScenarioError: the file cannot be run, or lacks a part.
        SettingError: its functions disagree about a setting.
    """
    module = _execute(path)
    drive, check = module.get("drive"), module.get("check", _expect_nothing)
    if not callable(drive):
        raise ScenarioError(f"{path}: a scenario needs `async def drive(sim, *, ...)`")
    return Scenario(
        name=path.stem,
        world=_world_of(path, module.get("world")),
        drive=drive,
        check=check,
        summary=(module.get("__doc__") or "").strip().partition("\n")[0],
        shows=tuple(module.get("SHOWS", ())),
        latency=module.get("LATENCY", "default"),
    )


def _execute(path: Path) -> dict[str, Any]:
    """Run the file's own code; what goes wrong in it is told with its line."""
    try:
        return runpy.run_path(str(path), run_name=f"cloudsim_scenario_{path.stem}")
    except SyntaxError as wrong:
        raise ScenarioError(f"{path}, line {wrong.lineno}: {wrong.msg}") from wrong
    except CloudsimError:
        raise
    except Exception as wrong:
        lines = [frame.lineno for frame in traceback.extract_tb(wrong.__traceback__) if frame.filename == str(path)]
        where = f"{path}, line {lines[-1]}" if lines else str(path)
        raise ScenarioError(f"{where}: {type(wrong).__name__}: {wrong}") from wrong


def _world_of(path: Path, world: object) -> Callable[..., Any]:
    if isinstance(world, str):
        file = path.parent / world

        def from_file() -> WorldSpec:
            return load_world(file)

        return from_file
    if callable(world):
        return world
    raise ScenarioError(f'{path}: a scenario needs `def world(*, ...)`, or `world = "FILE.toml"`')


def _expect_nothing(_sim: object, _expect: object, _driven: object) -> None:
    """A scenario without a check expects nothing but a clean audit."""
