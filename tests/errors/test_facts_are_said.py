"""Wherever the product refuses, it says all facts that the message names; else reading the message would fail."""

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import cloudsim
from cloudsim.errors.codes import CODES
from cloudsim.errors.table import TABLE

REFUSALS = (*CODES.values(), *(row.error for row in TABLE))
"""Those of the registry, and the variants that operations give."""
FIELDS = {
    (refusal.__module__, refusal.__name__): {name for _, name, _, _ in Formatter().parse(refusal.form) if name}
    for refusal in REFUSALS
}
PACKAGE = Path(cloudsim.__file__).parent


def refusals_made() -> Iterator[tuple[str, tuple[str, str], set[str]]]:
    """Where a refusal is made by its name, which it is, and the facts that are said.

    What takes over the facts of another refusal whole, ``**refusal.facts``, is left to the case that provokes it.
    """
    for file in sorted(PACKAGE.rglob("*.py")):
        nodes = list(ast.walk(ast.parse(file.read_text())))
        imports = [node for node in nodes if isinstance(node, ast.ImportFrom) and node.module is not None]
        refusals = {
            alias.asname or alias.name: (str(node.module), alias.name) for node in imports for alias in node.names
        }
        for node in nodes:
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            refusal = refusals.get(node.func.id)
            if refusal in FIELDS and not any(_takes_over(keyword) for keyword in node.keywords):
                facts = {keyword.arg for keyword in node.keywords if keyword.arg is not None}
                yield f"{file.relative_to(PACKAGE)}:{node.lineno}", refusal, facts


def _takes_over(keyword: ast.keyword) -> bool:
    return keyword.arg is None and isinstance(keyword.value, ast.Attribute) and keyword.value.attr == "facts"


def test_every_refusal_is_made_with_the_facts_that_its_message_names() -> None:
    made = list(refusals_made())
    assert len(made) > 30
    assert [(where, refusal) for where, refusal, facts in made if not FIELDS[refusal] <= facts] == []
