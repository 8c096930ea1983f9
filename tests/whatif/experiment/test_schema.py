"""The format is printed: a JSON Schema for machines, and every key and figure for people."""

import json

import msgspec
import pytest

from cloudsim.cli.guard import Exit
from cloudsim.whatif.experiment.figures import FIGURES
from cloudsim.whatif.experiment.schema import docs_of, format_documentation, json_schema, tables_of
from cloudsim.whatif.experiment.spec import Experiment
from tests.cli.conftest import Run, folder, run

__all__ = ["folder", "run"]

OURS = [kind for kind in tables_of(Experiment) if kind.__module__.startswith("cloudsim.whatif")]


@pytest.mark.parametrize("kind", OURS)
def test_every_key_has_a_meaning(kind: type[msgspec.Struct]) -> None:
    texts = docs_of(kind)  # type: ignore[arg-type]
    assert [field.name for field in msgspec.structs.fields(kind) if not texts.get(field.name)] == []


def test_the_schema_has_every_key_with_its_meaning_and_default() -> None:
    schema = json_schema()
    top = schema["$defs"]["Experiment"]
    assert {"world", "workload", "fleet", "event", "target", "axes", "extends", "horizon"} <= set(top["properties"])
    assert top["properties"]["warmup"]["default"] == "0s"
    assert schema["$defs"]["Fleet"]["properties"]["pool"]["default"] == {"idle_reclaim_every": "10m"}
    assert all(text["description"] for text in schema["$defs"]["Trace"]["properties"].values() if "enum" not in text)
    assert top["description"] == format_documentation()


def test_the_documentation_has_every_key_and_figure() -> None:
    text = format_documentation()
    names = {field.encode_name for kind in OURS for field in msgspec.structs.fields(kind)} - {"index", "experiment"}
    assert sorted(name for name in names if f"- `{name}`" not in text) == []
    assert [name for name in FIGURES if f"- `{name}`" not in text] == []
    assert max(map(len, text.splitlines())) <= 120


def test_the_command_prints_both(run: Run) -> None:
    result = run("schema", "experiment")
    assert result.exit_code == Exit.OK
    assert json.loads(result.stdout) == json_schema()
    assert run("schema", "experiment", "--json").stdout == result.stdout
    assert run("schema", "experiment", "--text").stdout == format_documentation()
    assert run("schema", "experiment", "--text", "--json").exit_code == Exit.WRONG_INPUT
    assert "'experiment'" in run("schema", "experment").stderr
