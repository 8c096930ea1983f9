"""Wherever the product refuses, it says all facts that the message names; else reading the message would fail."""

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import cloudsim
from cloudsim.errors.codes import CODES

FIELDS = {
    refusal.__name__: {name for _, name, _, _ in Formatter().parse(refusal.form) if name} for refusal in CODES.values()
}
PACKAGE = Path(cloudsim.__file__).parent


def refusals_made() -> Iterator[tuple[str, str, set[str]]]:
    """Where a refusal is made by its name, which it is, and the facts that are said."""
    for file in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FIELDS:
                facts = {keyword.arg for keyword in node.keywords if keyword.arg is not None}
                yield f"{file.relative_to(PACKAGE)}:{node.lineno}", node.func.id, facts


def test_every_refusal_is_made_with_the_facts_that_its_message_names() -> None:
    made = list(refusals_made())
    assert len(made) > 30
    assert [(where, name) for where, name, facts in made if not FIELDS[name] <= facts] == []
