"""``cloudsim list``, ``catalogue`` and ``codes``: what there is, for people and for machines."""

from dataclasses import asdict
from fnmatch import fnmatchcase
from typing import Any, Final

import click

from cloudsim.cli.documents import echo_document
from cloudsim.errors.own import NothingToRun
from cloudsim.errors.table import GATEWAY_TABLE, TABLE, CodeRow
from cloudsim.resources.catalogue import Catalogue, InstanceType

FORMAT_VERSION: Final = 1
"""Of the JSON documents; additions keep it, anything else raises it."""

_CODES_WIDTH_MIN: Final = 184
"""A terminal narrower than that has no room for what provokes a code beside the rest."""

_COLUMNS: Final = {
    "vCPU": "vcpu",
    "MiB": "memory_mib",
    "ENIs": "eni_quantity",
    "IPv4/ENI": "ipv4_per_eni",
    "IPv6/ENI": "ipv6_per_eni",
    "queues": "total_queues",
}
"""Columns of the catalogue; one type alone is printed with all it has."""


def list_command(*, as_json: bool) -> None:
    """Print the bundled scenarios.

    Raises:
        NothingToRun: there are none.
    """
    from cloudsim.scenario.load import bundled, bundled_folder, read_scenario

    scenarios = [read_scenario(path) for path in bundled().values()]
    if not scenarios:
        raise NothingToRun(f"no scenario is bundled: {bundled_folder()} has none")
    if as_json:
        rows = [
            {
                "name": one.name,
                "summary": one.summary,
                "settings": one.settings,
                "shows": one.shows,
                "recovers": one.recover is not None,
            }
            for one in scenarios
        ]
        echo_document({"format_version": FORMAT_VERSION, "scenarios": rows})
        return
    for scenario in scenarios:
        click.echo(f"{scenario.name}\n    {scenario.summary}")
        if scenario.settings:
            click.echo(f"    settings  {'  '.join(f'{name}={value}' for name, value in scenario.settings.items())}")
        if scenario.shows:
            click.echo(f"    shows     {', '.join(scenario.shows)}")
        if scenario.recover is not None:
            click.echo("    recovers  once all faults are off")


def catalogue_command(wanted: str | None, *, as_json: bool, no_color: bool) -> None:
    """Print instance types.

    Args:
        wanted: a type, or a pattern with ``*`` or ``?``; None for all.
        as_json: as a document.
        no_color: no colours.

    Raises:
        WorldError: there is no such type.
        NothingToRun: no type fits the pattern.
    """
    catalogue = Catalogue()
    pattern = wanted if wanted is not None else "*"
    is_pattern = any(sign in pattern for sign in "*?[")
    names = [name for name in catalogue.names() if fnmatchcase(name, pattern)] if is_pattern else [pattern]
    types = [catalogue.get(name) for name in names]
    if not types:
        raise NothingToRun(f"no instance type fits {pattern!r}; `cloudsim catalogue` lists all")
    if as_json:
        echo_document({"format_version": FORMAT_VERSION, "instance_types": types})
    elif is_pattern:
        _print_types(types, no_color=no_color)
    else:
        for key, value in asdict(types[0]).items():
            click.echo(f"{key:20} {_cell(value)}")


def _print_types(types: list[InstanceType], *, no_color: bool) -> None:
    from cloudsim.cli.paper import Paper, table

    made = table("type", *_COLUMNS, "trunk", numbers=tuple(_COLUMNS), whole=("type",))
    for one in types:
        numbers = [_cell(getattr(one, attribute)) for attribute in _COLUMNS.values()]
        made.add_row(one.name, *numbers, _cell(one.eni_trunk_supported))
    Paper(no_color=no_color).show(made)


def _cell(value: int | str | bool | None) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def codes_command(*, as_json: bool, no_color: bool) -> None:
    """Print every refusal of every operation, and those of the gateway of ``cloudsim serve``."""
    rows = (*TABLE, *GATEWAY_TABLE)
    if as_json:
        echo_document({"format_version": FORMAT_VERSION, "codes": [_code_row(row) for row in rows]})
        return
    from cloudsim.cli.paper import Paper, table

    paper = Paper(no_color=no_color)
    if paper.width < _CODES_WIDTH_MIN:
        for row in rows:
            click.echo(row.error.code)
            where = f"{row.operation} at {row.phase}" if row.phase else row.operation
            for told in (f"{row.error.http_status}  {where}, shown by {row.shown_by}", row.trigger):
                click.echo(click.wrap_text(told, paper.width, initial_indent="    ", subsequent_indent="    "))
        return
    columns = ("code", "status", "operation", "phase", "what provokes it", "shown by")
    made = table(*columns, numbers=("status",), whole=("code", "status", "operation", "phase", "shown by"))
    for row in rows:
        error = row.error
        made.add_row(error.code, str(error.http_status), row.operation, row.phase or "-", row.trigger, row.shown_by)
    paper.show(made)


def _code_row(row: CodeRow) -> dict[str, Any]:
    error = row.error
    return {
        "code": error.code,
        "http_status": error.http_status,
        "operation": row.operation,
        "phase": row.phase,
        "trigger": row.trigger,
        "shown_by": row.shown_by,
        "try_later": error.try_later,
        "source": error.source,
    }
