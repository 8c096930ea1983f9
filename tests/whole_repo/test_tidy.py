"""The habits of the code, kept by reading all of it."""

import ast
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

import cloudsim

ROOT = Path(__file__).resolve().parents[2]
OURS = [
    path
    for folder in ("cloudsim", "scenarios", "benchmarks", "tests")
    for path in sorted((ROOT / folder).rglob("*.py"))
]


@cache
def functions() -> tuple[tuple[str, int], ...]:
    """Every function there is, with how many lines it has."""
    found = []
    for path in OURS:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.end_lineno is not None
                length = node.end_lineno - node.lineno + 1
                found.append((f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", length))
    return tuple(found)


def test_no_file_is_longer_than_400_lines() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in OURS}
    assert {path: length for path, length in lengths.items() if length > 400} == {}


def test_no_function_is_longer_than_60_lines() -> None:
    assert {name: length for name, length in functions() if length > 60} == {}


def test_half_of_the_functions_of_the_product_are_short() -> None:
    product = sorted(length for name, length in functions() if name.startswith("cloudsim/"))
    assert product[len(product) // 2] <= 12


@pytest.mark.parametrize("name", [name for name in cloudsim.__all__ if not name.startswith("__")])
def test_a_public_name_is_the_one_of_its_home(name: str) -> None:
    home = import_module(f"cloudsim.{cloudsim._HOMES[name]}")
    assert getattr(cloudsim, name) is getattr(home, name)


def test_public_names_are_typed_as_they_are_loaded() -> None:
    tree = ast.parse((ROOT / "cloudsim" / "__init__.py").read_text(encoding="utf-8"))
    typed = {
        alias.asname: node.module.removeprefix("cloudsim.")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
        if alias.asname
    }
    assert typed == cloudsim._HOMES


def test_an_unknown_public_name_is_refused_by_name() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'Wrold'"):
        cloudsim.Wrold  # noqa: B018


def test_no_set_is_walked_in_the_core() -> None:
    """The order of a set of texts is that of their hashes, which differ from process to process."""
    found = []
    for path in OURS:
        if path.relative_to(ROOT).parts[0] != "cloudsim":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            walked = node.iter if isinstance(node, ast.For | ast.comprehension) else None
            is_set = isinstance(walked, ast.Set | ast.SetComp) or (
                isinstance(walked, ast.Call)
                and isinstance(walked.func, ast.Name)
                and walked.func.id in ("set", "frozenset")
            )
            if is_set:
                assert walked is not None
                found.append(f"{path.relative_to(ROOT)}:{walked.lineno}")
    assert found == []
