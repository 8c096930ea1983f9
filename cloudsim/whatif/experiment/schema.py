"""The format of experiments, for machines and for people: a JSON Schema, and a documentation, both made of the specs.

What a key means stands once, as the text under it in the sources; the meanings that are not of one key alone stand in
``format.md`` beside this file.
"""

import ast
import inspect
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from textwrap import dedent, fill
from typing import Any, Final

import msgspec

from cloudsim.simulation.world.spec import Table
from cloudsim.whatif.experiment.events import AnyEvent, CurvePoint, Event
from cloudsim.whatif.experiment.figures import FIGURES
from cloudsim.whatif.experiment.fleets import Autoscaler, Fleet, Pool
from cloudsim.whatif.experiment.lifetimes import AnyDistribution
from cloudsim.whatif.experiment.prices import Prices
from cloudsim.whatif.experiment.reading import kinds_of_tables, to_tables
from cloudsim.whatif.experiment.scalars import Duration, Rate, Shift
from cloudsim.whatif.experiment.spec import Experiment, Target
from cloudsim.whatif.experiment.workloads import AnyWorkload, Retry, Surge, Workload

_DURATION: Final = r"^\s*(0|(\d+(\.\d+)?(d|h|m|s|ms|us|ns))+)\s*$"
_TEXTS: Final[dict[type, tuple[str, str]]] = {
    Duration: ("a duration, such as 50ms or 1h30m", _DURATION),
    Shift: ("a duration, also a negative one, such as -1h", _DURATION.replace("^", "^-?")),
    Rate: ("a rate, such as 8/h or 3/10m", r"^\s*\d+(\.\d+)?\s*/\s*\S+\s*$"),
}
_WIDTH: Final = 100


def json_schema() -> dict[str, Any]:
    """Give the JSON Schema of an experiment file; the documentation is its description."""
    schema: dict[str, Any] = msgspec.json.schema(Experiment, schema_hook=_schema_of_scalar)
    found = {kind.__name__: kind for kind in tables_of(Experiment)}
    for name, definition in schema["$defs"].items():
        _describe(definition, found[name])
    top = schema["$defs"]["Experiment"]
    properties = top["properties"]
    path = {"type": "string", "description": "The path of a world's file."}
    properties["world"]["anyOf"] = [path, {"$ref": properties["world"].pop("$ref")}]
    schema["$defs"]["WorldSpec"]["properties"]["import"] = {"type": "object", "description": "Describe answers."}
    top["anyOf"] = [{"required": top.pop("required")}, {"required": ["format", "extends"]}]
    properties["axes"] = {"type": "object", "description": properties["axes"]["description"]}
    properties["extends"] = {"type": "string", "description": "A file that has all that is not said here."}
    for name in ("throttling", "consistency"):
        table = {key: properties[name].pop(key) for key in ("type", "additionalProperties")}
        properties[name]["anyOf"] = [{"type": "string"}, table]
    for name in ("Closed", "Trace", "Poisson", "Steady", "Diurnal", "Burst", "Growth"):
        _allow_one_text(schema["$defs"][name]["properties"], "vswitch")
    _allow_one_text(schema["$defs"]["Closed"]["properties"], "idle")
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "cloudsim experiment", **schema}
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(whole))
    return plain


def _allow_one_text(properties: dict[str, Any], name: str) -> None:
    """Allow the short form of a key."""
    said = properties[name]
    described = {key: said.pop(key) for key in ("description", "default") if key in said}
    properties[name] = {"anyOf": [{"type": "string"}, said], **described}


def _schema_of_scalar(kind: type) -> dict[str, Any]:
    text, pattern = _TEXTS[kind]
    return {"type": "string", "description": text, "pattern": pattern}


def _describe(definition: dict[str, Any], kind: type[Table]) -> None:
    """Put the meanings of keys in, and defaults as files say them."""
    texts = docs_of(kind)
    definition["description"] = format_documentation() if kind is Experiment else _first(kind)
    for field in msgspec.structs.fields(kind):
        said = definition["properties"][field.encode_name]
        if field.name in texts:
            said["description"] = texts[field.name]
        default = default_of(field)
        if default is not msgspec.NODEFAULT:
            said["default"] = to_tables(default)


# -- for people


@cache
def format_documentation() -> str:
    """Give the documentation of the format: meanings, every key with its default, every figure."""
    parts = [(Path(__file__).parent / "format.md").read_text("utf-8").rstrip()]
    parts.append(_section("Keys of the top level", Experiment))
    parts.append(_section("[[workload]]: of all kinds", Workload))
    parts += _kinds("[[workload]], kind = ", AnyWorkload, Workload)
    parts += [_section("retry = {...}", Retry), _section("surges = [{...}] of a trace", Surge)]
    parts += _kinds("lifetime = {...}, kind = ", AnyDistribution, None)
    parts += [_section("[fleet]", Fleet), _section("pool = {...} of the fleet", Pool)]
    parts.append(_section("nodes = {...} of the fleet", Autoscaler))
    parts.append(_section("[[event]]: of all kinds", Event))
    parts += _kinds("[[event]], kind = ", AnyEvent, Event)
    parts += [_section("points = [{...}] of a growth curve", CurvePoint), _section("[[target]]", Target)]
    parts += [_section("A file of prices", Prices), _figures()]
    return "\n\n".join(parts) + "\n"


def _kinds(title: str, kinds: object, common: type[Table] | None) -> list[str]:
    return [_section(f'{title}"{name}"', kind, common) for name, kind in kinds_of_tables(kinds).items()]


def _section(title: str, kind: type[Table], common: type[Table] | None = None) -> str:
    """Write one table: what it is, and its keys but those that it has in common with others."""
    texts = docs_of(kind)
    known = {field.name for field in msgspec.structs.fields(common)} if common is not None else frozenset[str]()
    keys = [field for field in msgspec.structs.fields(kind) if field.name not in known]
    lines = [f"## {title}", "", fill(_first(kind), _WIDTH), ""]
    for field in keys:
        text = f"- `{field.encode_name}`{_default(field)}: {' '.join(texts.get(field.name, '').split())}"
        lines.append(fill(text, _WIDTH, subsequent_indent="  "))
    return "\n".join(lines).rstrip()


def _default(field: msgspec.structs.FieldInfo) -> str:
    if field.required:
        return " (needed)"
    value = default_of(field)
    if not isinstance(value, msgspec.Struct) and value not in (None, (), "", {}):
        return f" ({msgspec.json.encode(to_tables(value)).decode()})"
    return ""


def default_of(field: msgspec.structs.FieldInfo) -> Any:  # noqa: ANN401  of whatever type the key has
    """Give the default of a key; ``msgspec.NODEFAULT`` where there is none."""
    if field.default_factory is not msgspec.NODEFAULT:
        return field.default_factory()
    return field.default


def _figures() -> str:
    lines = ["## Figures", ""]
    for name, figure in FIGURES.items():
        parts = "".join(f" `.{part}`" for part in figure.members) if len(figure.members) < 10 else " `.NAME`"
        scopes = f" Of a {', '.join(figure.scopes)}." if figure.scopes else ""
        lines.append(fill(f"- `{name}`{parts}: {figure.meaning}.{scopes}", _WIDTH, subsequent_indent="  "))
    return "\n".join(lines)


# -- from the sources


def docs_of(kind: type[Table]) -> dict[str, str]:
    """Give the meaning of each key of a table, by the name of its field: the text under it in the sources."""
    texts: dict[str, str] = {}
    for base in reversed(kind.__mro__):
        if issubclass(base, Table) and base is not Table:
            tree = ast.parse(dedent(inspect.getsource(base)))
            texts |= dict(_texts_of(tree.body[0]))
    return texts


def _texts_of(of_class: ast.stmt) -> Iterator[tuple[str, str]]:
    assert isinstance(of_class, ast.ClassDef), "the source of a class is one"
    for statement, after in zip(of_class.body, of_class.body[1:], strict=False):
        if not (isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name)):
            continue
        if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
            yield statement.target.id, inspect.cleandoc(str(after.value.value)).replace("\n", " ")


def _first(kind: type[Table]) -> str:
    """Give what a table is, in one paragraph."""
    return " ".join((kind.__doc__ or "").partition("\n\n")[0].split())


def tables_of(kind: type[Table]) -> list[type[Table]]:
    """List all kinds of table that one has in it, itself included."""
    found: dict[type[Table], None] = {}
    waiting: list[Any] = [kind]
    while waiting:
        part = waiting.pop()
        if isinstance(part, type) and issubclass(part, Table):
            if part not in found:
                found[part] = None
                waiting += [field.type for field in msgspec.structs.fields(part)]
        else:
            waiting += list(getattr(part, "__args__", ()))
    return list(found)
