"""``cloudsim actions``: what of the API is there, read off the code, so that it cannot claim too much.

An action is simulated if an operation does it. A parameter works if the action's request has it and some code asks for
it; what is documented and changes nothing here is named as such. Codes are those of the table of refusals, each of
which a test provokes, and those that many actions share. What only a fault gives, such as InternalError, is not among
them.
"""

from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import Any, Final

import click

from cloudsim.api.params import PARAMETERS, Parameter
from cloudsim.api.requests import ACTIONS, VPC_VERSION, Request
from cloudsim.api.rules import check
from cloudsim.cli.documents import echo_document
from cloudsim.errors.base import ApiError
from cloudsim.errors.own import NothingToRun, SettingError, did_you_mean
from cloudsim.errors.parameters import MissingParameter
from cloudsim.errors.table import TABLE, CodeRow
from cloudsim.errors.table.common import ANYWHERE, EVERY_CALL, IN_A_REGION, LACKING
from cloudsim.operations.dispatch import OPERATIONS
from cloudsim.runtime.making import method_of
from cloudsim.values.profile import PROFILES

FORMAT_VERSION: Final = 1
"""Of the JSON document; additions keep it, anything else raises it."""

_WIDTH_MIN: Final = 80
"""A terminal narrower than that has no room for the table."""

_COLUMNS: Final = ("action", "API", "simulated", "parameters", "idle", "codes")
"""Of the table; idle parameters are taken and change nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What there is of one action."""

    request: type[Request]
    is_simulated: bool
    parameters: dict[str, Parameter]
    """Those that work, by documented name."""
    codes: tuple[CodeRow, ...]
    """What it can refuse, one row a code."""

    @property
    def action(self) -> str:
        """Its documented name."""
        return self.request.action

    @property
    def product(self) -> str:
        """Whose API has it."""
        return "VPC" if self.request.version == VPC_VERSION else "ECS"

    @property
    def without_effect(self) -> tuple[str, ...]:
        """Documented parameters that are taken and change nothing."""
        return (*self.request.without_effect, *self.request.idle_fields)


def coverage(action: str) -> Coverage:
    """Read off the code what there is of an action."""
    request = ACTIONS[action]
    is_simulated = request in OPERATIONS
    return Coverage(
        request=request,
        is_simulated=is_simulated,
        parameters={name: one for name, one in PARAMETERS[action].items() if name not in request.idle_fields},
        codes=_codes(request) if is_simulated else (),
    )


def _codes(request: type[Request]) -> tuple[CodeRow, ...]:
    """Gather an action's rows; what it says itself of a code goes before what is said of all."""
    shared = [
        *EVERY_CALL,
        *(IN_A_REGION if request.action not in ANYWHERE else ()),
        *(LACKING if _requires_something(request) else ()),
    ]
    rows = [replace(row, error=request.variants.get(row.error, row.error)) for row in shared]
    rows += reversed([row for row in TABLE if request.action in row.operation.split(", ")])
    by_code = {row.error.code: row for row in rows}
    return tuple(by_code[code] for code in sorted(by_code))


def _requires_something(request: type[Request]) -> bool:
    """Whether a request that says nothing lacks a parameter, by the common code; some actions have one of their own."""
    try:
        check(request(), PROFILES["current"])
    except ApiError as refusal:
        return refusal.code == MissingParameter.code
    return False


def actions_command(wanted: str | None, *, as_json: bool, no_color: bool) -> None:
    """Print the actions.

    Args:
        wanted: an action, or a pattern with ``*`` or ``?``, to be printed in full; None for the table of all.
        as_json: as a document.
        no_color: no colours.

    Raises:
        SettingError: there is no such action.
        NothingToRun: no action fits the pattern.
    """
    found = [coverage(action) for action in _fitting(wanted)]
    if as_json:
        echo_document({"format_version": FORMAT_VERSION, "actions": [_document(one) for one in found]})
    elif wanted is None:
        _print_table(found, no_color=no_color)
    else:
        _print_in_full(found, no_color=no_color)


def _fitting(wanted: str | None) -> list[str]:
    if wanted is None:
        return list(ACTIONS)
    if not any(sign in wanted for sign in "*?["):
        if wanted not in ACTIONS:
            raise SettingError(f"there is no action {wanted!r}; {did_you_mean(wanted, ACTIONS)}")
        return [wanted]
    found = [action for action in ACTIONS if fnmatchcase(action, wanted)]
    if not found:
        raise NothingToRun(f"no action fits {wanted!r}; `cloudsim actions` lists all")
    return found


def _print_table(found: list[Coverage], *, no_color: bool) -> None:
    from cloudsim.cli.paper import Paper, table

    paper = Paper(no_color=no_color)
    rows = [
        (
            *(one.action, one.product, "yes" if one.is_simulated else "no"),
            *map(str, (len(one.parameters), len(one.without_effect), len(one.codes))),
        )
        for one in found
    ]
    if paper.width < _WIDTH_MIN:
        for action, *cells in rows:
            click.echo(action)
            told = ", ".join(f"{column}: {cell}" for column, cell in zip(_COLUMNS[1:], cells, strict=True))
            click.echo(click.wrap_text(told, paper.width, initial_indent="    ", subsequent_indent="    "))
        return
    made = table(*_COLUMNS, numbers=_COLUMNS[3:], whole=_COLUMNS)
    for row in rows:
        made.add_row(*row)
    paper.show(made)


def _print_in_full(found: list[Coverage], *, no_color: bool) -> None:
    from cloudsim.cli.paper import Paper

    width = Paper(no_color=no_color).width
    for place, one in enumerate(found):
        if place:
            click.echo()
        simulated = "simulated" if one.is_simulated else "not simulated"
        click.echo(one.action)
        _print_wrapped(f"{one.product} {one.request.version}, {simulated}, client.{method_of(one.action)}", width)
        _print_part("parameters", [_parameter_line(name, part) for name, part in one.parameters.items()], width)
        if one.without_effect:
            _print_part("without effect", [", ".join(one.without_effect)], width)
        _print_part("codes", [_code_line(row) for row in one.codes], width)


def _print_part(title: str, lines: list[str], width: int) -> None:
    click.echo(f"  {title}")
    for line in lines or ["none"]:
        _print_wrapped(line, width)


def _print_wrapped(line: str, width: int) -> None:
    """Print a line, set in; a word that is never broken, such as a code, is set in as far as there is room for it."""
    room = width - max(map(len, line.split()))
    first, others = (" " * max(0, min(indent, room)) for indent in (4, 8))
    click.echo(click.wrap_text(line, width, initial_indent=first, subsequent_indent=others))


def _parameter_line(name: str, parameter: Parameter) -> str:
    return f"{name}  {_kind(parameter)}, {parameter.field}"


def _kind(parameter: Parameter) -> str:
    return "JSON array" if parameter.is_json else parameter.kind.__name__


def _code_line(row: CodeRow) -> str:
    return f"{row.error.code}  {row.error.http_status}: {row.trigger}"


def _document(one: Coverage) -> dict[str, Any]:
    return {
        "action": one.action,
        "product": one.product,
        "version": one.request.version,
        "simulated": one.is_simulated,
        "method": method_of(one.action),
        "parameters": [
            {"name": name, "field": parameter.field, "kind": _kind(parameter)}
            for name, parameter in one.parameters.items()
        ],
        "without_effect": one.without_effect,
        "codes": [
            {
                "code": row.error.code,
                "http_status": row.error.http_status,
                "phase": row.phase,
                "trigger": row.trigger,
                "try_later": row.error.try_later,
            }
            for row in one.codes
        ],
    }
