"""A document: the tables of a world, with an ``[import]`` of real Describe answers beside them.

    [import]
    files = ["vswitches.json", "enis.json", "instances.json"]   # relative to the file that says so
    account = "acme"                                              # the only account unless given

A table whose id an import has too overrides the keys that it says, and leaves the rest: so a planner takes today's
account and changes a quota or a policy.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from cloudsim.errors.own import WorldError
from cloudsim.simulation.world.describe_import import import_answers
from cloudsim.simulation.world.describe_pages import read_answers
from cloudsim.simulation.world.spec import Id, Table, WorldSpec
from cloudsim.simulation.world.tables import KINDS_OF_TABLES, read_table, read_tables
from cloudsim.values.profile import CLASSIC, PROFILES

_IMPORT: Final = "import"


class ImportSpec(Table, frozen=True, kw_only=True):
    """``[import]``: which answers, and whose."""

    files: tuple[Id, ...]
    """JSON files of DescribeVSwitches and, as far as there are, DescribeNetworkInterfaces, DescribeInstances,
    DescribeVpcs and DescribeSecurityGroups, in any order and any number of pages."""
    account: str | None = None
    """Whose; the only account of the document unless given, and their OwnerId where it has none."""


def read_document(document: Mapping[str, Any], *, folder: Path) -> WorldSpec:
    """Read a world from its document.

    Args:
        document: what a TOML file or the builder says.
        folder: what the names of imported files are relative to.

    Raises:
        WorldError: a key is misspelt, missing or of the wrong kind; an imported file cannot be used.
    """
    if _IMPORT not in document:
        return read_tables(document)
    own = {key: value for key, value in document.items() if key != _IMPORT}
    spec = read_table(document[_IMPORT], ImportSpec, path=_IMPORT)
    if any(not _is_list_of_tables(own.get(kind, [])) for kind in KINDS_OF_TABLES):
        return read_tables(own)  # which says what is wrong
    imported = import_answers(
        read_answers([folder / file for file in spec.files]),
        account=spec.account if spec.account is not None else _only_account(own),
        vpc_prefix_min=_vpc_prefix_min(own),
        known_vswitches=[table.get("id") for table in own.get("vswitch", [])],
    )
    return read_tables({**own, **{kind: _merge(kind, own.get(kind, []), tables) for kind, tables in imported.items()}})


def _is_list_of_tables(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(table, Mapping) for table in value)


def _only_account(own: Mapping[str, Any]) -> str | None:
    """Give the account that an import is of when it names none."""
    accounts = own.get("account", [])
    if len(accounts) > 1:
        raise WorldError(f"there are {len(accounts)} accounts, so name one", key=f"{_IMPORT}.account")
    only = accounts[0].get("id") if accounts else None
    return only if isinstance(only, str) else None


def _vpc_prefix_min(own: Mapping[str, Any]) -> int:
    """Look up how large a VPC may be, in a document that nobody has checked yet."""
    profile = PROFILES.get(str(own.get("profile")), CLASSIC)
    limits = own.get("limits")
    limit = limits.get("vpc_prefix_min") if isinstance(limits, Mapping) else None
    return limit if isinstance(limit, int) and 0 <= limit <= 28 else profile.vpc_prefix_min


def _merge(kind: str, own: list[Mapping[str, Any]], imported: list[dict[str, Any]]) -> list[Mapping[str, Any]]:
    """Lay a user's tables over imported ones of the same id; the user's keep their places, and so their key paths."""
    key = "name" if kind == "instance_type" else "id"
    found = {table[key]: table for table in imported}
    merged: list[Mapping[str, Any]] = []
    for table in own:
        name = table.get(key)
        merged.append({**found.pop(name, {}), **table} if isinstance(name, str) else table)
    return [*merged, *found.values()]
