"""Lines of a scenario's file that can make its runs differ, found by reading it.

A hint and no proof: a line may be harmless, and what differs may come from a module that the file imports. What is
looked for is what the table of sources names: clocks, chance, hash order, addresses, the environment, threads, and what
a module keeps from one run to the next.

Source: determinism.md section 2, the table of sources of nondeterminism.
"""

import ast
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Final, TypeAlias

import msgspec


class Cause(StrEnum):
    """What kind of thing makes runs differ."""

    STATE = "surviving-state"
    PROCESS = "process"
    CHANCE = "chance"

    @property
    def text(self) -> str:
        """What to look for."""
        return _TEXTS[self]


_TEXTS: Final = {
    Cause.STATE: "state that survives a run: a variable, counter or cache of a module, a mutable default",
    Cause.PROCESS: "what is another in every process: the order of a set of texts, hash(), id(), the environment",
    Cause.CHANCE: "a wall clock, chance or threads: time, datetime, random, os.urandom, uuid, secrets",
}

_CLOCK: Final = (Cause.CHANCE, "the wall clock")
_UNSEEDED: Final = (Cause.CHANCE, "chance that does not follow the seed")
_THREADS: Final = (Cause.CHANCE, "threads run in any order")
_ENVIRONMENT: Final = (Cause.PROCESS, "the environment")
_FOLDER: Final = (Cause.PROCESS, "a folder has an order of its own")
_SET_ORDER: Final = "a set of texts has another order in every process; sort it"
_KEPT: Final = "kept from one run to the next"

_NAMED: Final = {
    "datetime": _CLOCK,
    "os.environ": _ENVIRONMENT,
    "os.getenv": _ENVIRONMENT,
    "os.getpid": (Cause.PROCESS, "the process's number"),
    "os.listdir": _FOLDER,
    "os.scandir": _FOLDER,
    "os.urandom": _UNSEEDED,
    "random": _UNSEEDED,
    "secrets": _UNSEEDED,
    "tempfile": (Cause.CHANCE, "names by chance"),
    "threading": _THREADS,
    "time": _CLOCK,
    "trio.to_thread": _THREADS,
    "uuid": _UNSEEDED,
}
"""Modules where they are imported, and parts of modules where they are named."""

_FUNCTIONS: Final = {"hash": "a text has another hash in every process", "id": "an address"}
_SET_MAKERS: Final = ("frozenset", "set")
_WALKERS: Final = ("enumerate", "iter", "list", "map", "next", "reversed", "tuple", "zip")
"""Functions that walk what they are given, and keep its order."""
_CHANGING: Final = (
    *("Counter", "collections.Counter", "count", "cycle", "defaultdict", "collections.defaultdict", "deque"),
    *("collections.deque", "dict", "iter", "itertools.count", "itertools.cycle", "list", "set"),
)
"""What makes something that a run can change."""
_QUOTED_MAX: Final = 60
"""Characters of a line that are shown."""


class Suspect(msgspec.Struct, frozen=True):
    """A line that may be why."""

    file: str
    """Without its folders."""
    line: int
    cause: Cause
    what: str
    """What stands there, and why it is suspect."""


Found: TypeAlias = tuple[int, Cause, str]


def suspects(path: Path) -> list[Suspect]:
    """Read a scenario's file and name its suspect lines, from the top.

    Args:
        path: a Python file that has been loaded, so that it can be read.
    """
    tree = ast.parse(path.read_bytes())
    sets = _names_of_sets(tree)
    found = [one for node in ast.walk(tree) for one in _looked_at(node, sets)]
    found += _kept_by_module(tree)
    return [Suspect(path.name, line, cause, what) for line, cause, what in sorted(dict.fromkeys(found))]


def _looked_at(node: ast.AST, sets: list[str]) -> Iterator[Found]:
    if isinstance(node, ast.Import | ast.ImportFrom):
        imported = [alias.name for alias in node.names]
        if isinstance(node, ast.ImportFrom):
            imported = [node.module or "", *(f"{node.module}.{name}" for name in imported)]
        yield from _named(node, imported)
    elif isinstance(node, ast.Attribute):
        yield from _named(node, [ast.unparse(node)])
    elif isinstance(node, ast.Global):
        yield node.lineno, Cause.STATE, f"global {', '.join(node.names)}: {_KEPT}"
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _FUNCTIONS:
        yield node.lineno, Cause.PROCESS, f"{node.func.id}(): {_FUNCTIONS[node.func.id]}"
    for walked in _walked_by(node):
        if _is_set(walked, sets):
            yield walked.lineno, Cause.PROCESS, f"{_quoted(walked)} is walked: {_SET_ORDER}"


def _named(node: ast.Import | ast.ImportFrom | ast.Attribute, names: list[str]) -> Iterator[Found]:
    for name in names:
        if name in _NAMED:
            cause, why = _NAMED[name]
            yield node.lineno, cause, f"{name}: {why}"


def _quoted(node: ast.AST) -> str:
    text = ast.unparse(node)
    return text if len(text) <= _QUOTED_MAX else f"{text[:_QUOTED_MAX]}..."


def _walked_by(node: ast.AST) -> list[ast.expr]:
    """Give what a loop or a function walks in order; a comprehension that makes a set again asks for no order."""
    if isinstance(node, ast.For | ast.AsyncFor):
        return [node.iter]
    if isinstance(node, ast.ListComp | ast.GeneratorExp | ast.DictComp):
        return [generator.iter for generator in node.generators]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _WALKERS:
        return node.args
    return []


def _is_set(node: ast.expr, sets: list[str]) -> bool:
    if isinstance(node, ast.Name):
        return node.id in sets
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id in _SET_MAKERS
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr | ast.BitAnd | ast.Sub | ast.BitXor):
        return _is_set(node.left, sets) or _is_set(node.right, sets)
    return isinstance(node, ast.Set | ast.SetComp)


def _names_of_sets(tree: ast.Module) -> list[str]:
    """Give the names that a set is assigned to anywhere in the file."""
    names = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None and _is_set(node.value, []):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names += [target.id for target in targets if isinstance(target, ast.Name)]
    return names


def _kept_by_module(tree: ast.Module) -> Iterator[Found]:
    """Find what a run can change and the next finds changed: a module's own lists and the like, mutable defaults."""
    for statement in tree.body:
        if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value and _can_change(statement.value):
            yield statement.lineno, Cause.STATE, f"{_quoted(statement)}: {_KEPT}"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for default in [*node.args.defaults, *node.args.kw_defaults]:
                if default is not None and _can_change(default):
                    yield default.lineno, Cause.STATE, f"default {_quoted(default)} of {node.name}(): {_KEPT}"


def _can_change(node: ast.expr) -> bool:
    if isinstance(node, ast.Call):
        return ast.unparse(node.func) in _CHANGING
    return isinstance(node, ast.List | ast.Dict | ast.Set | ast.ListComp | ast.DictComp | ast.SetComp)
