"""A document: the tables of a world, with an ``[import]`` of real Describe answers beside them.

    [import]
    files = ["vswitches.json", "enis.json", "instances.json"]   # relative to the file that says so
    account = "acme"                                              # the only account unless given

A table whose id an import has too overrides the keys that it says, and leaves the rest: so a planner takes today's
account and changes a quota or a policy.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final

from msgspec import Meta

from cloudsim.errors.own import WorldError
from cloudsim.simulation.world.describe_answers import Answers, Found
from cloudsim.simulation.world.describe_import import import_answers
from cloudsim.simulation.world.describe_pages import read_answers
from cloudsim.simulation.world.spec import Id, Table, WorldSpec
from cloudsim.simulation.world.tables import IMPORT, KINDS_OF_TABLES, read_table, read_tables
from cloudsim.simulation.world.validate import validate
from cloudsim.values.profile import CLASSIC, PROFILES

_KEY: Final = re.compile(r"(\w+)\[(\d+)\]\.?(.*)")
"""A key of a table: its kind, its place, and what of it."""


class ImportSpec(Table, frozen=True, kw_only=True):
    """``[import]``: which answers, and whose."""

    files: Annotated[tuple[Id, ...], Meta(min_length=1)]
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
    if IMPORT not in document:
        return read_tables(document)
    own = {key: value for key, value in document.items() if key != IMPORT}
    spec = read_table(document[IMPORT], ImportSpec, path=IMPORT)
    if any(not _is_list_of_tables(own.get(kind, [])) for kind in KINDS_OF_TABLES):
        return read_tables(own)  # which says what is wrong
    answers = read_answers([folder / file for file in spec.files])
    imported = import_answers(
        answers,
        account=spec.account if spec.account is not None else _only_account(own),
        vpc_prefix_min=_vpc_prefix_min(own),
        known_vswitches=[table.get("id") for table in own.get("vswitch", [])],
    )
    tables = {**own, **{kind: _merge(kind, own.get(kind, []), tables) for kind, tables in imported.items()}}
    try:
        world = read_tables(tables)
        validate(world)  # here, where it is still known which file each table is of
    except WorldError as error:
        first, *others = (_by_its_origin(problem, own, tables, answers, spec.files) for problem in error.problems)
        raise WorldError(first.problem, key=first.key, file=first.file, others=tuple(others)) from None
    return world


def _is_list_of_tables(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(table, Mapping) for table in value)


def _only_account(own: Mapping[str, Any]) -> str | None:
    """Give the account that an import is of when it names none."""
    accounts = own.get("account", [])
    if len(accounts) > 1:
        raise WorldError(f"there are {len(accounts)} accounts, so name one", key=f"{IMPORT}.account")
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


def _by_its_origin(
    error: WorldError, own: Mapping[str, Any], tables: Mapping[str, Any], answers: Answers, files: tuple[str, ...]
) -> WorldError:
    """Say a problem of an imported table by the file and the JSON path that it came from, or else by all files."""
    match = _KEY.fullmatch(error.key)
    if match is None:
        return WorldError(error.problem, key=error.key)
    kind, place, what = match[1], int(match[2]), match[3]
    if place < len(own.get(kind, [])):
        return WorldError(error.problem, key=error.key)
    found = _listed(kind, tables[kind][place].get("id"), answers)
    if found is None:
        return WorldError(f"{error.problem} (imported from {', '.join(files)})", key=error.key)
    return WorldError(f"{what}: {error.problem}" if what else error.problem, key=found.path, file=found.file)


def _listed(kind: str, name: str, answers: Answers) -> Found[Any] | None:
    """Find where an answer lists something; what is inferred is in none."""
    listed: dict[str, Mapping[str, Found[Any]]] = {
        "vpc": answers.vpcs,
        "vswitch": answers.vswitches,
        "security_group": answers.groups,
        "instance": answers.instances,
        "eni": answers.enis,
    }
    return listed.get(kind, {}).get(name)
